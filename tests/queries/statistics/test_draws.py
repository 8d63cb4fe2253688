"""Ranks with their uncertainty: repeatable, fair to small numbers, fast, and with the stated coverage."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy.stats import beta, rankdata

from data.effectiveness.index import EQUAL_WEIGHTS, INDEX_METHOD, Pillar, Tier, Weights
from data.indicators import PILLARS
from queries.statistics.composite import index_scores, pillar_scores
from queries.statistics.draws import PillarDraws, cannot_be_told_apart, pillar_draws, places, rank_table
from tests.queries.statistics.index_worlds import frame, world

CODES = [code for codes in PILLARS.values() for code in codes]
MARK = "evaluation_score"
RANKS = ["rank_median", "rank_low", "rank_high"]


def even(score: float) -> dict[str, float]:
    """Return an area with the same score in every indicator."""
    return dict.fromkeys(CODES, score) | {MARK: 1 + score / 25}


@pytest.fixture(scope="module")
def seen() -> pd.DataFrame:
    return world(np.random.default_rng(1), missing=0.15).values


def test_the_same_seed_gives_the_same_figures_in_any_order(seen: pd.DataFrame) -> None:
    shuffled = seen.sample(frac=1, random_state=3)
    first, second = (rank_table(pillar_draws(values), EQUAL_WEIGHTS) for values in (seen, shuffled))
    pd.testing.assert_frame_equal(first, second)
    other = rank_table(pillar_draws(seen, seed=INDEX_METHOD.seed + 1), EQUAL_WEIGHTS)
    assert not other[RANKS].equals(first[RANKS])


def test_the_index_of_an_area_does_not_depend_on_which_others_are_there(seen: pd.DataFrame) -> None:
    some = seen[seen["area_code"] < "1700014"]
    columns = ["area_code", "index_score", "index_low", "index_high"]
    alone, among = (rank_table(pillar_draws(values), EQUAL_WEIGHTS)[columns] for values in (some, seen))
    pd.testing.assert_frame_equal(alone, among.head(len(alone)))


def test_all_districts_are_ranked_in_time(seen: pd.DataFrame) -> None:
    """Processor time and the best of three, so that a busy machine does not fail it."""
    drawing, weighing = [], []
    for _ in range(3):
        start = time.process_time()
        drawn = pillar_draws(seen)
        made = time.process_time()
        rank_table(drawn, Weights((5, 5, 5, 5, 5, 9)))
        drawing.append(made - start)
        weighing.append(time.process_time() - made)
        assert drawn.terms.shape == (1000, 208, 6)
    assert min(drawing) < 1.0
    assert min(weighing) < 0.1


def test_areas_without_an_index_have_no_place_and_take_none() -> None:
    poor = {
        code: 90.0 for pillar in (Pillar.FOUNDATION, Pillar.SYSTEMATIC, Pillar.EXCHANGE) for code in PILLARS[pillar]
    }
    ranks = rank_table(pillar_draws(frame({"1": even(80), "2": poor, "3": even(20)})), EQUAL_WEIGHTS).set_index(
        "area_code"
    )
    assert ranks.loc["2"].isna().all()
    assert ranks.loc[["1", "3"], "rank_median"].tolist() == [1, 2]
    assert rank_table(pillar_draws(frame({"2": poor})), EQUAL_WEIGHTS).loc[0].drop("area_code").isna().all()


def drawn_pillar(drawn: PillarDraws, pillar: Pillar) -> NDArray[np.float32]:
    """Return a pillar of the first area in the draws that average pillars arithmetically."""
    found: NDArray[np.float32] = drawn.terms[drawn.is_arithmetic, 0, list(Pillar).index(pillar)]
    return found


def test_the_other_draws_average_logarithms_and_what_is_missing_counts_as_nothing() -> None:
    settled = replace(INDEX_METHOD, pillar_floor=1.0)
    values = frame({"1": {**even(60), "requests_on_time": 0.0}}, n=10_000_000)
    drawn = pillar_draws(values, method=settled)
    geometric = drawn.terms[~drawn.is_arithmetic, 0]
    assert np.allclose(geometric[:, list(Pillar).index(Pillar.FOUNDATION)], np.log(60), atol=0.01)
    assert np.allclose(geometric[:, list(Pillar).index(Pillar.EXCHANGE)], np.log(1.0))
    unknown = pillar_draws(frame({"1": {"requests_on_time": 50.0}}))
    assert (unknown.terms[:, 0, list(Pillar).index(Pillar.CAPACITY)] == 0).all()


def test_facts_are_not_drawn_anew_and_counts_are() -> None:
    drawn = pillar_draws(frame({"1": even(60)}, n=10))
    systematic, capacity = (drawn_pillar(drawn, pillar) for pillar in (Pillar.SYSTEMATIC, Pillar.CAPACITY))
    assert np.allclose(capacity, 60)
    assert systematic.std() > 5


def test_shares_are_drawn_from_the_posterior_of_jeffreys() -> None:
    only = {"requests_on_time": 100.0}
    drawn = drawn_pillar(pillar_draws(frame({"1": only}, n=3), draws=40_000), Pillar.EXCHANGE)
    for share in (0.05, 0.5, 0.95):
        assert np.quantile(drawn, share) == pytest.approx(100 * beta(3.5, 0.5).ppf(share), abs=1.5)


def test_marks_are_drawn_by_the_error_that_their_interval_tells() -> None:
    """An interval cut at the end of the scale counts with its longer side."""
    values = frame({"1": {MARK: 4.0}})
    values.loc[values["indicator_code"] == MARK, "interval_high"] = 4.05
    drawn = drawn_pillar(pillar_draws(values, draws=40_000), Pillar.FEEDBACK)
    assert drawn.std() == pytest.approx(0.2 / 1.6449 * 25, rel=0.03)


def test_without_luck_and_choice_of_method_places_are_certain() -> None:
    settled = replace(INDEX_METHOD, weight_spread=0.0, has_both_means=False)
    values = frame({str(area): even(score) for area, score in enumerate((90, 70, 50))}, n=10_000_000)
    values[["interval_low", "interval_high"]] = values[["value", "value"]].to_numpy()
    ranks = rank_table(pillar_draws(values, method=settled), EQUAL_WEIGHTS)
    assert ranks[RANKS].to_numpy().tolist() == [[1, 1, 1], [2, 2, 2], [3, 3, 3]]
    assert ranks["index_score"].tolist() == pytest.approx([90, 70, 50])


def test_places_are_those_of_scipy() -> None:
    scores = np.round(np.random.default_rng(2).normal(size=(50, 30)), 1)
    assert (places(scores) == rankdata(-scores, method="min", axis=1)).all()


def test_tiers_say_on_which_side_of_the_middle_an_area_surely_is() -> None:
    values = frame({"1": even(90), "2": even(88), "3": even(50), "4": even(12), "5": even(10)}, n=200)
    ranks = rank_table(pillar_draws(values), EQUAL_WEIGHTS)
    assert ranks["tier"].tolist() == [Tier.UPPER, Tier.UPPER, Tier.MIDDLE, Tier.LOWER, Tier.LOWER]


def test_little_data_puts_nobody_in_an_outer_tier() -> None:
    crowd = {str(area): even(score) for area, score in enumerate(range(40, 60, 2), start=1)}
    ranks = rank_table(pillar_draws(frame(crowd, n=3)), EQUAL_WEIGHTS)
    assert set(ranks["tier"]) == {Tier.MIDDLE}


def test_overlapping_intervals_cannot_be_told_apart() -> None:
    values = frame({"1": even(90), "2": even(89), "3": even(30), "4": {}}, n=50)
    ranks = rank_table(pillar_draws(values), EQUAL_WEIGHTS)
    assert cannot_be_told_apart(ranks, area_code="1") == ("2",)
    assert cannot_be_told_apart(ranks, area_code="3") == ()
    assert cannot_be_told_apart(ranks, area_code="4") == ()
    with pytest.raises(ValueError, match="no area"):
        cannot_be_told_apart(ranks, area_code="5")


def test_the_interval_of_the_index_holds_the_index(seen: pd.DataFrame) -> None:
    ranks = rank_table(pillar_draws(seen), EQUAL_WEIGHTS).dropna()
    assert (ranks["index_low"] <= ranks["index_score"]).all()
    assert (ranks["index_score"] <= ranks["index_high"]).all()
    assert ((ranks["rank_low"] <= ranks["rank_median"]) & (ranks["rank_median"] <= ranks["rank_high"])).all()


@pytest.mark.parametrize("numbers", [(5, 60), (20, 100)])
def test_intervals_of_places_hold_the_true_place_about_nine_times_in_ten(numbers: tuple[int, int]) -> None:
    """By sampling alone: the choice of method is left out, as there is one true index."""
    method = replace(INDEX_METHOD, weight_spread=0.0, has_both_means=False)
    random, held = np.random.default_rng(4), []
    for _ in range(12):
        invented = world(random, numbers=numbers)
        ranks = rank_table(pillar_draws(invented.values, draws=300, method=method), EQUAL_WEIGHTS)
        pillars = pillar_scores(pd.DataFrame(invented.truth, columns=CODES))
        true = places(index_scores(pillars, EQUAL_WEIGHTS).to_numpy())
        held.append(((ranks["rank_low"] <= true) & (true <= ranks["rank_high"])).mean())
    assert 0.86 <= np.mean(held) <= 0.94
