"""Tiles: the colour of a change says better or worse, its arrow only up or down."""

from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from components.indicators.area_tiles import indicator_tiles
from components.indicators.tiles import change_arrow, change_colour
from components.memoranda.status import status_label, status_text
from components.shell.formatter import Formatter
from data.codes import MemorandumStatus
from data.indicators import AreaTarget, Better
from data.policy import ScopeKind
from tests.components.samples import ENGLISH, NO_VALUE


@pytest.mark.parametrize(
    ("delta", "better", "colour", "arrow"),
    [
        (2.0, Better.UP, "blue", "up"),
        (-2.0, Better.UP, "orange", "down"),
        (2.0, Better.DOWN, "orange", "up"),
        (-2.0, Better.DOWN, "blue", "down"),
        (2.0, Better.NONE, "gray", "up"),
        (0.0, Better.UP, "gray", "off"),
        (None, Better.UP, "gray", "off"),
        (NO_VALUE, Better.UP, "gray", "off"),
    ],
)
def test_a_change_is_coloured_by_what_is_better(delta: float | None, better: Better, colour: str, arrow: str) -> None:
    assert (change_colour(delta, better), change_arrow(delta)) == (colour, arrow)


def tile_page() -> None:
    """A page with one tile without and one with a comparison."""
    from components.indicators.tiles import IndicatorTile, render_tiles

    render_tiles(
        [
            IndicatorTile("Plan execution", "Not enough data", n_text="plan items: 2"),
            IndicatorTile(
                "Participants", "1,200", delta=-5, delta_text="−5", compared_with="than before", trend=[1, 2]
            ),
        ]
    )


def test_tiles_are_metrics_with_what_they_rest_on() -> None:
    page = AppTest.from_function(tile_page).run()
    assert [(metric.label, metric.value, metric.delta) for metric in page.metric] == [
        ("Plan execution", "Not enough data", ""),
        ("Participants", "1,200", "−5"),
    ]
    shown = [element.proto.body for element in page.get("html")]
    assert "plan items: 2" in shown[0]
    assert any("<img" in body for body in shown[1:])


def test_a_missing_value_is_a_dash_and_its_reason_stands_below_in_full() -> None:
    code = "plan_execution"
    frame = pd.DataFrame({"indicator_code": [code], "value": [NO_VALUE], "n": [2.0]})
    changes = frame.assign(change=NO_VALUE, value_before=NO_VALUE, change_code="unknown")
    (tile,) = indicator_tiles(
        [code], now=frame, changes=changes, trend=frame.assign(is_finished=True), fmt=Formatter(ENGLISH)
    )
    assert (tile.value_text, tile.delta_text, tile.delta) == ("–", "Not enough data", None)


@pytest.mark.parametrize(
    ("change_code", "is_clear", "text"),
    [
        ("worse", True, "−8.0 pp"),
        ("not_clear", False, "−8.0 pp, no clear change"),
        ("fact", False, "A year ago: 60%"),
        ("unknown", False, ""),
    ],
)
def test_only_a_change_that_is_more_than_chance_is_coloured(change_code: str, is_clear: bool, text: str) -> None:
    code = "plan_execution"
    frame = pd.DataFrame({"indicator_code": [code], "value": [52.0], "n": [300.0]})
    changes = frame.assign(change=-8.0, value_before=60.0, change_code=change_code)
    (tile,) = indicator_tiles(
        [code], now=frame, changes=changes, trend=frame.assign(is_finished=True), fmt=Formatter(ENGLISH)
    )
    assert (tile.is_clear, tile.delta_text) == (is_clear, text)


@pytest.mark.parametrize(
    ("low", "text", "tone"),
    [(45.0, "Target 55%: missed", "bad"), (52.0, "Target 55%: within the interval", "neutral")],
)
def test_the_target_and_not_the_sign_of_a_change_colours_a_value(low: float, text: str, tone: str) -> None:
    code = "plan_execution"
    high = 54.0 if tone == "bad" else 58.0
    frame = pd.DataFrame(
        {"indicator_code": [code], "value": [50.0], "interval_low": low, "interval_high": high, "n": 9}
    )
    changes = frame.assign(change=8.0, value_before=42.0, change_code="better")
    verdicts = pd.DataFrame({"indicator_code": [code], "verdict_code": ["similar"]})
    (tile,) = indicator_tiles(
        [code],
        now=frame,
        changes=changes,
        trend=frame.assign(is_finished=True),
        verdicts=verdicts,
        kind=ScopeKind.DISTRICT,
        targets={code: AreaTarget(55.0, "")},
        fmt=Formatter(ENGLISH),
    )
    assert [(verdict.text, verdict.tone) for verdict in tile.verdicts] == [
        (text, tone),
        ("No clear difference from all other districts", "neutral"),
    ]


def test_a_status_is_an_icon_and_a_word() -> None:
    assert status_label("none", translate=ENGLISH) == "No memorandum"
    for status in MemorandumStatus:
        icon, word = status_text(status, translate=ENGLISH).split(" ", 1)
        assert icon.startswith(":material/")
        assert word
