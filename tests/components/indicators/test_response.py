"""The response rate stands beside what NGOs say, and warns under one half."""

from __future__ import annotations

import pandas as pd
import pytest

from components.indicators.area_tiles import indicator_tiles
from components.indicators.response import (
    response_columns,
    response_of,
    response_text,
    response_warning,
    with_response,
)
from components.indicators.tables import comparison_rows
from components.shell.formatter import Formatter
from data.indicators import INDICATORS
from tests.components.samples import ENGLISH, NO_VALUE, PLAN, SCORE

FMT = Formatter(ENGLISH)


def values(response: float) -> pd.DataFrame:
    """The rating and the coverage of one area."""
    codes = ["evaluation_score", "evaluation_coverage", "plan_execution"]
    return pd.DataFrame({"indicator_code": codes, "value": [4.1, response, 60.0], "n": [40.0, 100.0, 50.0]})


@pytest.mark.parametrize(
    ("response", "text", "warns"),
    [(62.4, "Response: 62%", False), (49.9, "Response: 50%, low", True), (NO_VALUE, "", False)],
)
def test_a_response_under_one_half_warns(response: float, text: str, warns: bool) -> None:
    assert response_text(response, fmt=FMT) == text
    assert bool(response_warning(response, fmt=FMT)) is warns


def test_a_tile_of_what_ngos_say_has_the_response_and_no_other_one() -> None:
    now = values(38.0)
    changes = now.assign(change=NO_VALUE, value_before=NO_VALUE, change_code="unknown")
    trend = now.assign(is_finished=True, month=pd.Timestamp(2026, 1, 1))
    score, plan = indicator_tiles(
        ["evaluation_score", "plan_execution"], now=now, changes=changes, trend=trend, fmt=FMT
    )
    assert (score.n_text, score.response_text) == ("ratings of events: 40", "Response: 38%, low")
    assert score.is_response_low
    assert plan.response_text == ""


def test_a_table_of_areas_has_columns_of_the_response_where_ngos_say_the_value() -> None:
    assert response_columns(PLAN, fmt=FMT) == []
    assert [column.key for column in response_columns(SCORE, fmt=FMT)] == ["response", "response_note"]
    rows = pd.DataFrame({"area_code": ["a", "b", "c"]})
    coverage = pd.DataFrame({"area_code": ["a", "b"], "indicator_code": "evaluation_coverage", "value": [80.0, 20.0]})
    found = with_response(rows, coverage, fmt=FMT)
    assert found["response"].tolist()[:2] == [80, 20]
    assert found["response_note"].tolist() == ["", "Low response", ""]


def test_the_comparison_of_a_district_has_a_column_of_it() -> None:
    codes = list(INDICATORS)
    frame = pd.DataFrame({"indicator_code": codes, "value": 1.0, "n": 9.0, "region": 1.0, "nation": 1.0})
    frame = frame.assign(response=response_of(values(38.0)), verdict_code="similar", value_before=1.0, change_code="")
    shown = comparison_rows(frame, {}, fmt=FMT)
    said = dict(zip(codes, shown["response"], strict=True))
    assert (said["evaluation_score"], said["would_repeat"], said["plan_execution"]) == ("38%, low", "38%, low", "–")
