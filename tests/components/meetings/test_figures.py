"""Figures of a pack on the Meeting page: coloured only by verdicts that the pack holds."""

from __future__ import annotations

import pandas as pd
import pytest

from components.meetings.figures import figure_columns, figure_rows, figure_tiles
from components.shell.formatter import Formatter
from data.policy import ScopeKind
from tests.components.deck.sample_rows import Rows
from tests.components.deck.samples import sample_content, sample_frames
from tests.components.samples import ENGLISH

FMT = Formatter(ENGLISH)
SAMPLE = sample_frames(ScopeKind.DISTRICT)
PLAN, REACH = "Plan execution", "Reach of mahallas"


def old_frames() -> dict[str, Rows]:
    """Frames of a pack of the first format: compared with the period before, without verdicts."""
    times = {"year_before": "before"}
    return {
        "comparisons": [],
        "values": [{**row, "when": times.get(row["when"], row["when"])} for row in SAMPLE["values"]],
    }


def test_a_tile_says_its_verdicts_and_an_unclear_change_has_no_colour() -> None:
    tiles = {tile.label: tile for tile in figure_tiles(sample_content(ScopeKind.DISTRICT), fmt=FMT)}
    plan = tiles[PLAN]
    assert (plan.delta_text, plan.is_clear) == ("+6.1 pp, no clear change", False)
    assert [verdict.text for verdict in plan.verdicts] == ["Target 80%: missed", "Worse than all other districts"]
    assert tiles[REACH].delta_text == "A year ago: 41%"


def test_the_nation_is_beside_nobody() -> None:
    content = sample_content(ScopeKind.NATION)
    assert all("other" not in verdict.text for tile in figure_tiles(content, fmt=FMT) for verdict in tile.verdicts)
    assert "verdict" not in {column.key for column in figure_columns(content, has_last=False, fmt=FMT)}


def test_an_old_pack_has_its_figures_and_no_verdicts() -> None:
    content = sample_content(ScopeKind.DISTRICT, frames=old_frames())
    tiles = {tile.label: tile for tile in figure_tiles(content, fmt=FMT)}
    assert (tiles[PLAN].delta_text, tiles[PLAN].is_clear) == ("", False)
    rows = figure_rows(content, None, fmt=FMT).set_index("indicator")
    assert [rows.loc[PLAN, name] for name in ("now", "before", "change")] == ["58%", "52%", "–"]
    titles = [column.label for column in figure_columns(content, has_last=False, fmt=FMT)]
    assert "Period before" in titles
    assert "A year ago" not in titles


@pytest.mark.parametrize("has_last", [False, True])
def test_the_table_has_verdicts_limits_and_n_and_the_last_meeting_where_there_is_one(has_last: bool) -> None:
    content = sample_content(ScopeKind.DISTRICT)
    last = pd.DataFrame({"indicator_code": ["plan_execution"], "value_before": [41.0], "value_now": [58.3]})
    rows = figure_rows(content, last if has_last else None, fmt=FMT).set_index("indicator")
    shown = [column.key for column in figure_columns(content, has_last=has_last, fmt=FMT)]
    assert ("last" in shown) is has_last
    assert set(shown) - {"indicator"} <= set(rows.columns)
    plan = rows.loc[PLAN]
    assert plan["change_verdict"] == "No clear change"
    assert plan["verdict"] == "Worse"
    assert plan["target_verdict"] == "Target missed"
    assert (plan["interval_low"], plan["interval_low_95"], plan["interval_low_998"]) == ("49%", "48%", "41%")
    assert plan["counted"] == "plan items: 72"
    assert plan["last"] == ("41%" if has_last else "Not enough data")
