"""Verdicts: what is more than chance, beside a year before, the rest of the country and a target."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from data.dates.period import Period
from data.indicators import INDICATORS, AreaTarget
from data.indicators.verdicts import TargetVerdict, Verdict, against_target
from queries.indicators.measures import Nation, measure
from queries.indicators.verdicts import changes, item_verdicts, ngo_verdicts, verdicts

CODE = "plan_execution"


def values_of(fulfilled: list[float], items: list[float]) -> pd.DataFrame:
    """Values of plan execution in areas called 0, 1, …"""
    index = pd.Index([str(place) for place in range(len(items))])
    sums = pd.DataFrame({"plan_fulfilled": fulfilled, "plan_items": items}, index=index, dtype=np.float64)
    nation = Nation(*(np.full(len(items), np.nan),) * 4, k=5.0)
    return measure(sums, nation=nation, key="area_code", codes=[CODE])


def test_a_change_within_chance_is_none_and_a_large_one_is() -> None:
    before, now = values_of([52, 60, 2], [100, 100, 2]), values_of([51, 40, 3], [100, 100, 3])
    assert changes(now, before)["change_code"].tolist() == ["not_clear", "worse", "unknown"]


def test_an_area_is_compared_with_all_others_and_not_with_itself() -> None:
    values, whole = values_of([95, 50, 50, 20], [100] * 4), values_of([215], [400])
    found = verdicts(values, whole)
    assert found["rest_value"].tolist() == pytest.approx([40, 55, 55, 65])
    assert found["verdict_code"].tolist() == ["much_better", "similar", "similar", "much_worse"]


@pytest.mark.parametrize("seed", range(5))
def test_in_a_country_of_equals_hardly_anyone_stands_out(seed: int) -> None:
    random = np.random.default_rng(seed)
    items = random.integers(3, 200, 208).astype(np.float64)
    fulfilled = random.binomial(items.astype(int), 0.6).astype(np.float64)
    found = verdicts(values_of(list(fulfilled), list(items)), values_of([fulfilled.sum()], [items.sum()]))
    assert (found["verdict_code"] != Verdict.SIMILAR.value).sum() <= 1


def items_of(*means: float, width: float) -> pd.DataFrame:
    """Mean ratings of items with equally wide intervals."""
    mean = np.array(means)
    return pd.DataFrame({"mean": mean, "interval_low": mean - width, "interval_high": mean + width})


def test_an_item_stands_out_only_where_it_differs_from_all_others() -> None:
    assert item_verdicts(items_of(3.0, 4.0, 4.0, 4.1, width=0.1))["verdict_code"].tolist()[0] == "much_worse"
    # The outer two intervals do not overlap, and yet each is what the extremes of seven equal items may be.
    near = items_of(3.7, 3.9, 4.0, 4.0, 4.0, 4.1, 4.3, width=0.29)
    assert set(item_verdicts(near)["verdict_code"]) == {"similar"}
    assert item_verdicts(items_of(np.nan, 4.0, width=0.1))["verdict_code"].tolist() == ["not_compared"] * 2


def test_hardly_any_world_of_equal_items_has_one_that_stands_out() -> None:
    random = np.random.default_rng(3)
    found = [item_verdicts(items_of(*random.normal(4, 0.1, 7), width=0.1645))["verdict_code"] for _ in range(400)]
    assert np.mean([(codes != "similar").any() for codes in found]) <= 0.07


def test_ngos_are_beside_all_others_and_not_judged_by_what_they_say() -> None:
    values = values_of([40, 9, 16], [40, 20, 20]).rename(columns={"area_code": "ngo_id"})
    assert ngo_verdicts(values)["verdict_code"].tolist() == ["much_better", "much_worse", "similar"]
    said = values.assign(indicator_code="would_repeat")
    assert set(ngo_verdicts(said)["verdict_code"]) == {"not_compared"}
    assert set(ngo_verdicts(values.head(1))["verdict_code"]) == {"not_compared"}, "nobody else is there"


def test_a_target_inside_the_interval_is_neither_met_nor_missed() -> None:
    row = {"value": 50.0, "interval_low": 45.0, "interval_high": 55.0}
    for target, verdict in ((52.0, "within"), (60.0, "missed"), (40.0, "met")):
        assert against_target(row, INDICATORS[CODE], AreaTarget(target, "")) == verdict
    fact = {"value": 50.0, "interval_low": np.nan, "interval_high": np.nan}
    assert against_target(fact, INDICATORS["trained"], AreaTarget(50.0, "")) is TargetVerdict.MET


def test_figures_are_of_months_that_are_over() -> None:
    quarter = Period.of_months(date(2026, 1, 1), 3)
    assert quarter.whole_months(date(2026, 3, 3)) == Period.of_months(date(2026, 1, 1), 2)
    assert quarter.whole_months(date(2026, 1, 31)) == quarter, "none is over"
    assert quarter.whole_months(date(2026, 4, 1)) == quarter
    assert quarter.year_before() == Period.of_months(date(2025, 1, 1), 3)
    assert Period.of_months(date(2025, 1, 1), 24).year_before() == Period.of_months(date(2023, 1, 1), 24)
