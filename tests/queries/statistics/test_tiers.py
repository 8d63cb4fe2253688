"""Tiers: no false ones in equal worlds, none by a single paper, none that hangs on a seed, and their power.

In worlds whose areas differ as much as those of :func:`world` (a pillar's true score by 15 to 20 points, 5 to 60 cases
each), about half of all areas are in an outer tier, and less than 1 in 100 of these on the wrong side of the middle.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data.effectiveness.index import EQUAL_WEIGHTS, Pillar, Tier, Weights
from data.indicators import PILLARS
from queries.statistics.composite import index_scores, pillar_scores
from queries.statistics.draws import pillar_draws, rank_table
from tests.long_tests import is_long
from tests.queries.statistics.index_worlds import equal_world, frame, world

CODES = [code for codes in PILLARS.values() for code in codes]
WORLDS = 400 if is_long() else 20
OUTER = {Tier.UPPER.value, Tier.LOWER.value}


def even(score: float) -> dict[str, float]:
    """Return an area with the same score in every indicator."""
    return dict.fromkeys(CODES, score) | {"evaluation_score": 1 + score / 25}


def ranked(values: pd.DataFrame, *, seed: int = 1, weights: Weights = EQUAL_WEIGHTS) -> pd.DataFrame:
    """Return ranks from a few draws: tiers rest on none."""
    return rank_table(pillar_draws(values, draws=20, seed=seed), weights)


def outer_tiers(values: pd.DataFrame, column: str = "tier") -> int:
    return int(ranked(values)[column].isin(OUTER).sum())


def test_tiers_say_on_which_side_of_the_middle_an_area_surely_is() -> None:
    found = ranked(frame({"1": even(90), "2": even(88), "3": even(50), "4": even(12), "5": even(10)}, n=200))
    assert found["tier"].tolist() == [Tier.UPPER, Tier.UPPER, Tier.MIDDLE, Tier.LOWER, Tier.LOWER]


def test_little_data_puts_nobody_in_an_outer_tier() -> None:
    crowd = {str(area): even(score) for area, score in enumerate(range(40, 60, 2), start=1)}
    assert outer_tiers(frame(crowd, n=3)) == 0


@pytest.mark.parametrize("numbers", [(3, 12), (5, 60), (40, 400)])
def test_where_all_areas_are_equal_hardly_any_world_has_an_outer_tier(numbers: tuple[int, int]) -> None:
    random = np.random.default_rng(5)
    false = [outer_tiers(equal_world(random, numbers=numbers), "tier_of_all") for _ in range(WORLDS)]
    assert np.mean([found > 0 for found in false]) <= 0.05


def test_no_signed_paper_decides_a_tier() -> None:
    """A memorandum in one half of otherwise equal districts and none in the other."""
    random = np.random.default_rng(6)
    for _ in range(5):
        assert outer_tiers(equal_world(random, has_paper=True)) == 0


def test_no_tier_hangs_on_the_seed() -> None:
    values = world(np.random.default_rng(7), missing=0.1).values
    found = [rank_table(pillar_draws(values, seed=seed), EQUAL_WEIGHTS)["tier"] for seed in range(4)]
    assert all(found[0].equals(other) for other in found[1:])


def test_half_of_the_areas_that_differ_are_found_and_hardly_any_on_the_wrong_side() -> None:
    random, found, wrong = np.random.default_rng(8), 0, 0
    for _ in range(5):
        invented = world(random)
        tiers = ranked(invented.values)["tier"]
        true = index_scores(pillar_scores(pd.DataFrame(invented.truth, columns=CODES)), EQUAL_WEIGHTS)
        is_above = (true > true.median()).to_numpy()
        found += int(tiers.isin(OUTER).sum())
        wrong += int(((tiers == Tier.UPPER) & ~is_above).sum() + ((tiers == Tier.LOWER) & is_above).sum())
    assert found > 0.4 * 5 * 208
    assert wrong <= 0.01 * found


def test_fewer_than_five_pillars_make_no_tier() -> None:
    four = {code: value for code, value in even(95).items() if code not in PILLARS[Pillar.EXCHANGE]}
    four = {code: value for code, value in four.items() if code not in PILLARS[Pillar.CAPACITY]}
    crowd = {str(score): even(score) for score in range(30, 60, 5)}
    row = ranked(frame(crowd | {"four": four}, n=400)).set_index("area_code").loc["four"]
    assert not np.isnan(row["index_score"])
    assert pd.isna(row["tier"])


@pytest.mark.parametrize(("crowd", "score", "tier"), [(50, 3, Tier.LOWER), (50, 50, Tier.MIDDLE), (20, 99, Tier.UPPER)])
def test_a_missing_pillar_leads_to_a_tier_only_whatever_it_could_be(crowd: int, score: float, tier: Tier) -> None:
    others = {str(number): even(number) for number in range(crowd - 5, crowd + 5)}
    without = {code: value for code, value in even(score).items() if code not in PILLARS[Pillar.EXCHANGE]}
    found = ranked(frame(others | {"missing": without}, n=2000)).set_index("area_code")["tier"]
    assert found["missing"] == tier


def test_a_tier_agrees_with_the_interval_of_places() -> None:
    values = world(np.random.default_rng(9)).values
    found = rank_table(pillar_draws(values), EQUAL_WEIGHTS)
    middle = (len(found) + 1) / 2
    assert (found.loc[found["tier"] == Tier.UPPER, "rank_median"] < middle).all()
    assert (found.loc[found["tier"] == Tier.LOWER, "rank_median"] > middle).all()
