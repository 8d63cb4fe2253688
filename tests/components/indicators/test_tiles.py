"""Tiles: the colour of a change says better or worse, its arrow only up or down."""

from __future__ import annotations

import pandas as pd
import pytest

from components.indicators.area_tiles import indicator_tiles
from components.indicators.tiles import IndicatorTile, change_arrow, change_tone, tiles_html
from components.memoranda.status import status_label, status_text
from components.shell.formatter import Formatter
from data.codes import MemorandumStatus
from data.indicators import AreaTarget, Better
from data.policy import ScopeKind
from tests.components.samples import ENGLISH, NO_VALUE


@pytest.mark.parametrize(
    ("delta", "better", "tone", "arrow"),
    [
        (2.0, Better.UP, "good", "↑"),
        (-2.0, Better.UP, "bad", "↓"),
        (2.0, Better.DOWN, "bad", "↑"),
        (-2.0, Better.DOWN, "good", "↓"),
        (2.0, Better.NONE, "neutral", "↑"),
        (0.0, Better.UP, "neutral", ""),
        (None, Better.UP, "neutral", ""),
        (NO_VALUE, Better.UP, "neutral", ""),
    ],
)
def test_a_change_is_coloured_by_what_is_better(delta: float | None, better: Better, tone: str, arrow: str) -> None:
    assert (change_tone(delta, better), change_arrow(delta)) == (tone, arrow)


def test_tiles_are_a_list_of_figures_with_what_they_rest_on() -> None:
    shown = tiles_html(
        [
            IndicatorTile("Plan execution", "Not enough data", n_text="plan items: 2", address="/plan?view=list&a=1"),
            IndicatorTile(
                "Participants <b>", "1,200", delta=-5, delta_text="−5", compared_with="than before", trend=[1, 2]
            ),
        ],
        title="Indicators",
    )
    first, second = shown.split("<li>")[1:]
    named = 'aria-label="Plan execution. plan items: 2"'
    assert f'<a href="/plan?view=list&amp;a=1" target="_self" {named}>Plan execution</a>' in first
    assert "plan items: 2" in first
    assert "<img" not in first
    assert "Participants &lt;b&gt;" in second
    assert "−5" in second
    assert "than before" in second
    assert "<img" in second


def test_more_tiles_than_stand_in_a_row_are_shared_out_among_rows_of_equal_length() -> None:
    rows = {number: tiles_html([IndicatorTile("a", "1")] * number, title="") for number in (3, 6, 8, 11)}
    assert {number: text.split("--most: ")[1][0] for number, text in rows.items()} == {3: "3", 6: "6", 8: "4", 11: "6"}


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
