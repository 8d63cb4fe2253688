"""Verdicts: what is more than chance, beside a year before, the rest of the country and a target."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy.stats import binom

from data.dates.period import Period
from data.indicators import INDICATORS, AreaTarget
from data.indicators.verdicts import Change, TargetVerdict, Verdict, against_target
from queries.indicators.measures import Nation, measure
from queries.indicators.verdicts import changes, item_verdicts, ngo_verdicts, verdicts
from tests.long_tests import is_long

CODE = "plan_execution"
WORLDS = 1000 if is_long() else 25


def values_of(fulfilled: list[float], items: list[float]) -> pd.DataFrame:
    """Values of plan execution in areas called 0, 1, …"""
    index = pd.Index([str(place) for place in range(len(items))])
    sums = pd.DataFrame({"plan_fulfilled": fulfilled, "plan_items": items}, index=index, dtype=np.float64)
    nation = Nation(*(np.full(len(items), np.nan),) * 4, k=5.0)
    return measure(sums, nation=nation, key="area_code", codes=[CODE])


def test_a_change_within_chance_is_none_and_a_large_one_is() -> None:
    before, now = values_of([52, 60, 2], [100, 100, 2]), values_of([51, 40, 3], [100, 100, 3])
    assert changes(now, before)["change_code"].tolist() == ["not_clear", "worse", "unknown"]


def test_a_clear_change_of_what_has_no_better_end_is_different() -> None:
    frames = []
    for offences in (200.0, 300.0):
        counts = {"offences": offences, "offences_a_year": offences, "inhabitants_counted": 50_000.0, "months": 12.0}
        nation = Nation(*(np.full(1, np.nan),) * 4, k=5.0)
        sums = pd.DataFrame(counts | {"offences_counted": offences}, index=["0"])
        frames.append(measure(sums, nation=nation, key="area_code", codes=["offences_per_10k"]))
    before, now = frames
    assert changes(now, before)["change_code"].tolist() == [Change.DIFFERENT.value]


def test_an_area_is_compared_with_all_others_and_not_with_itself() -> None:
    values, whole = values_of([95, 50, 50, 20], [100] * 4), values_of([215], [400])
    found = verdicts(values, whole)
    assert found["rest_value"].tolist() == pytest.approx([40, 55, 55, 65])
    assert found["verdict_code"].tolist() == ["much_better", "similar", "similar", "much_worse"]


def shares(random: np.random.Generator, areas: int) -> pd.DataFrame:
    """Plan items of areas of which each is fulfilled as likely as any other."""
    items = random.integers(3, 200, areas)
    return pd.DataFrame({"plan_fulfilled": random.binomial(items, 0.6), "plan_items": items}, dtype=np.float64)


def rates(random: np.random.Generator, areas: int) -> pd.DataFrame:
    """Events of areas that come as often as anywhere else."""
    people = random.integers(20_000, 400_000, areas)
    held = random.poisson(people / 10_000 * random.uniform(0.5, 3))
    return pd.DataFrame({"events_known": held, "inhabitants": people, "months": 1}, dtype=np.float64)


def months(random: np.random.Generator, areas: int) -> pd.DataFrame:
    """Months with an event of mahallas that are all alike but for luck, a few of them to many an area."""
    mahallas = random.integers(3, 30 if areas > 14 else 300, areas)
    held = [1 + random.binomial(11, 0.12, count) for count in mahallas]
    counted = {"mahalla_months": [found.sum() for found in held], "mahallas_active": mahallas}
    squares = {"mahalla_months_square": [(found**2).sum() for found in held], "mahalla_months_possible": 12 * mahallas}
    return pd.DataFrame(counted | squares, dtype=np.float64)


def codes_in(sums: pd.DataFrame, code: str) -> NDArray[np.object_]:
    """The verdicts on areas with some sums."""
    values, whole = (
        measure(rows, nation=Nation(*(np.full(len(rows), np.nan),) * 4, k=5.0), key="area_code", codes=[code])
        for rows in (sums.set_axis(sums.index.astype(str)), sums.sum().to_frame("").T)
    )
    return verdicts(values, whole)["verdict_code"].to_numpy()


@pytest.mark.parametrize("areas", [14, 208])
@pytest.mark.parametrize(("drawn", "code"), [(shares, CODE), (rates, "events_per_10k"), (months, "regularity")])
def test_in_a_country_of_equals_one_stands_out_in_at_most_one_of_twenty_worlds(
    drawn: Callable[[np.random.Generator, int], pd.DataFrame], code: str, areas: int
) -> None:
    random = np.random.default_rng(1)
    false = sum((codes_in(drawn(random, areas), code) != Verdict.SIMILAR.value).any() for _ in range(WORLDS))
    assert false <= binom.isf(0.001, WORLDS, 0.05)


def test_one_area_that_differs_is_found() -> None:
    """Of 208: 80 % of 100 plan items for 60 % of those of the others is found in 3 of 4 worlds; a district of 20
    mahallas with two months more each in all."""
    random, found = np.random.default_rng(2), []
    for _ in range(WORLDS):
        items, held = shares(random, 208), months(random, 208)
        items.loc[0] = [random.binomial(100, 0.8), 100]
        better = 3 + random.binomial(9, 0.15, 20)
        held.loc[0] = [better.sum(), 20, (better**2).sum(), 240]
        found.append([codes_in(items, CODE)[0], codes_in(held, "regularity")[0]])
    power = np.isin(np.array(found), [Verdict.BETTER, Verdict.MUCH_BETTER]).mean(axis=0)
    assert (power >= [0.6, 0.9]).all()


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
