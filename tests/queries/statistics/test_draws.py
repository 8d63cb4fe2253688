"""Ranks with their uncertainty: repeatable, fair to small numbers, fast, and with the stated coverage."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy.stats import beta, rankdata

from data.effectiveness.index import EQUAL_WEIGHTS, INDEX_METHOD, Pillar, Weights
from data.indicators import PILLARS
from queries.statistics.composite import index_scores, pillar_scores
from queries.statistics.draws import (
    PillarDraws,
    cannot_be_told_apart,
    change_draws,
    index_change,
    pillar_draws,
    place_counts,
    rank_table,
)
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
        assert drawn.terms.shape == (6, 208, 10_000)
    assert min(drawing) < 1.0
    assert min(weighing) < 0.3


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
    found: NDArray[np.float32] = drawn.terms[list(Pillar).index(pillar), 0, drawn.is_arithmetic]
    return found


def test_the_other_draws_average_logarithms_and_what_is_missing_is_at_its_lowest() -> None:
    settled = replace(INDEX_METHOD, pillar_floor=1.0)
    values = frame({"1": {**even(60), "requests_on_time": 0.0}}, n=10_000_000)
    drawn = pillar_draws(values, method=settled)
    geometric = drawn.terms[:, 0, ~drawn.is_arithmetic]
    assert np.allclose(geometric[list(Pillar).index(Pillar.FOUNDATION)], np.log(60), atol=0.01)
    assert np.allclose(geometric[list(Pillar).index(Pillar.EXCHANGE)], np.log(1.0))
    unknown = pillar_draws(frame({"1": {"requests_on_time": 50.0}}))
    capacity = unknown.terms[list(Pillar).index(Pillar.CAPACITY), 0]
    assert np.allclose(capacity[unknown.is_arithmetic], INDEX_METHOD.pillar_floor)
    assert np.allclose(capacity[~unknown.is_arithmetic], np.log(INDEX_METHOD.pillar_floor))


def test_facts_are_not_drawn_anew_and_outcomes_are() -> None:
    drawn = pillar_draws(frame({"1": even(60)}, n=10))
    systematic, capacity = (drawn_pillar(drawn, pillar) for pillar in (Pillar.SYSTEMATIC, Pillar.CAPACITY))
    assert np.allclose(capacity, 60)
    assert systematic.std() > 5
    facts = drawn_pillar(pillar_draws(frame({"1": {"memorandum_coverage": 60.0}}, n=10)), Pillar.FOUNDATION)
    assert np.allclose(facts, 60)
    for outcome, pillar in (("memorandum_alive", Pillar.FOUNDATION), ("mahalla_reach", Pillar.SYSTEMATIC)):
        assert drawn_pillar(pillar_draws(frame({"1": {outcome: 60.0}}, n=10)), pillar).std() > 10


def test_regularity_is_drawn_by_the_error_that_its_interval_tells() -> None:
    drawn = drawn_pillar(pillar_draws(frame({"1": {"regularity": 60.0}}, n=10)), Pillar.SYSTEMATIC)
    assert drawn.std() == pytest.approx(0.2 / 1.6449, rel=0.05)


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
    scores = np.round(np.abs(np.random.default_rng(2).normal(size=(30, 50))), 1).astype(np.float32)
    places = rankdata(-scores, method="min", axis=0).astype(int)
    counts = np.array([np.bincount(of_area, minlength=31)[1:] for of_area in places])
    assert (place_counts(scores) == counts).all()


def test_a_test_tells_areas_apart_and_not_their_intervals() -> None:
    areas = {"1": even(90), "2": even(89), "3": even(30), "4": {}}
    drawn = pillar_draws(frame(areas, n=50))
    assert cannot_be_told_apart(drawn, EQUAL_WEIGHTS, area_code="1") == ("2",)
    assert cannot_be_told_apart(drawn, EQUAL_WEIGHTS, area_code="3") == ()
    assert cannot_be_told_apart(drawn, EQUAL_WEIGHTS, area_code="4") == ()
    with pytest.raises(ValueError, match="no area"):
        cannot_be_told_apart(drawn, EQUAL_WEIGHTS, area_code="5")


def test_an_area_whose_pillar_is_not_known_is_told_apart_only_whatever_that_could_be() -> None:
    unknown = {code: value for code, value in even(60).items() if code not in PILLARS[Pillar.EXCHANGE]}
    drawn = pillar_draws(frame({"1": unknown, "2": even(60), "3": even(5), "4": even(99)}, n=300))
    assert cannot_be_told_apart(drawn, EQUAL_WEIGHTS, area_code="1") == ("2",)


def test_places_run_over_all_that_a_pillar_without_data_could_be() -> None:
    unknown = {code: value for code, value in even(60).items() if code not in PILLARS[Pillar.EXCHANGE]}
    areas = {str(score): even(score) for score in range(30, 90, 5)}
    ranks = rank_table(pillar_draws(frame(areas | {"unknown": unknown}, n=500)), EQUAL_WEIGHTS).set_index("area_code")
    row = ranks.loc["unknown"]
    assert row["index_low"] <= row["index_score"] == pytest.approx((60**5 * 5) ** (1 / 6))
    assert row["index_high"] >= row["index_most"] == pytest.approx((60**5 * 100) ** (1 / 6))
    assert row["rank_high"] - row["rank_low"] > (ranks["rank_high"] - ranks["rank_low"]).drop("unknown").max()


def change(before: pd.DataFrame, after: pd.DataFrame, *, area_code: str = "1") -> tuple[float, float]:
    return index_change(change_draws(before, after, area_code=area_code), EQUAL_WEIGHTS)


def test_a_change_has_an_interval_from_paired_draws() -> None:
    """Weights cancel out of it: where luck is settled and all pillars rise alike there is no width."""
    before, after, much = (frame({"1": even(score)}, n=10_000_000) for score in (50, 60, 60))
    for settled in (before, after):
        settled[["interval_low", "interval_high"]] = settled[["value", "value"]].to_numpy()
    assert change(before, after) == pytest.approx((10, 10), abs=0.2)
    low, high = change(frame({"1": even(50)}), frame({"1": even(52)}))
    assert low < 0 < high
    assert np.isnan(change(before, much, area_code="9")).all()
    assert np.isnan(change(frame({"1": {}}), much)).all()


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
        true = rankdata(-index_scores(pillars, EQUAL_WEIGHTS).to_numpy(), method="min")
        held.append(((ranks["rank_low"] <= true) & (true <= ranks["rank_high"])).mean())
    assert 0.86 <= np.mean(held) <= 0.94
