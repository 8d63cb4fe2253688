"""Changes of the index of many areas: none is named where nothing changed but luck, and large ones are found."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data.effectiveness.index import EQUAL_WEIGHTS
from data.indicators import PILLARS
from queries.statistics.contributions import compared_scores
from queries.statistics.index_changes import index_changes
from tests.long_tests import is_long
from tests.queries.statistics.index_worlds import equal_world, frame

WORLDS = 400 if is_long() else 20
CODES = [code for codes in PILLARS.values() for code in codes]


def even(score: float) -> dict[str, float]:
    """Return an area with the same score in every indicator."""
    return dict.fromkeys(CODES, score) | {"evaluation_score": 1 + score / 25}


def changed(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the changes of all areas with equal weights."""
    return index_changes(before, after, EQUAL_WEIGHTS, among=set(after["area_code"]))


def two_periods(random: np.random.Generator, *, numbers: tuple[int, int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return values of two periods of areas that are equal and stay so: they differ by luck alone."""
    values = equal_world(random, areas=416, numbers=numbers)
    codes = values["area_code"].unique()
    before, after = (values[values["area_code"].isin(half)] for half in (codes[:208], codes[208:]))
    return before, after.assign(area_code=after["area_code"].map(dict(zip(codes[208:], codes[:208], strict=True))))


@pytest.mark.parametrize("numbers", [(3, 12), (5, 60), (40, 400)])
def test_where_nothing_changed_but_luck_hardly_any_world_names_an_area(numbers: tuple[int, int]) -> None:
    random = np.random.default_rng(7)
    named = [changed(*two_periods(random, numbers=numbers))["p"].min() <= 0.05 for _ in range(WORLDS)]
    assert np.mean(named) <= 0.05


def test_a_large_rise_is_found_and_a_small_one_is_not() -> None:
    before = frame({"1": even(40), "2": even(50), "3": even(60)}, n=60)
    found = changed(before, frame({"1": even(70), "2": even(52), "3": even(60)}, n=60)).set_index("area_code")
    assert (found["p"] <= 0.05).tolist() == [True, False, False]
    assert (found["index_after"] - found["index_before"]).tolist() == pytest.approx([30, 2, 0])


def test_indices_are_over_the_pillars_known_in_both_periods() -> None:
    without = {code: score for code, score in even(50).items() if code not in ("requests_on_time",)}
    before, after = frame({"1": even(30), "2": even(30)}), frame({"1": without, "2": even(30)})
    found = changed(before, after)
    expected = compared_scores(before, after, EQUAL_WEIGHTS, area_code="1")
    assert tuple(found.loc[0, ["index_before", "index_after"]]) == pytest.approx(expected)


def test_an_area_without_an_index_in_one_period_is_not_compared() -> None:
    few = {"plan_execution": 90.0, "requests_on_time": 90.0}
    found = changed(frame({"1": few, "2": even(30)}), frame({"1": even(60), "2": even(30), "3": even(30)}))
    assert found["area_code"].tolist() == ["2"]
    assert changed(frame({"1": few}), frame({"1": few})).empty
