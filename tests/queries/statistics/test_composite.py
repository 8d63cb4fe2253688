"""Index against computation by hand, and properties of any index."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import gmean

from data.effectiveness.index import EQUAL_WEIGHTS, INDEX_METHOD, Pillar, Weights
from data.indicators import PILLARS
from queries.statistics.composite import index_range, index_scores, index_table, normalised, pillar_scores
from tests.queries.statistics.index_worlds import frame

FULL = {code: 100.0 for codes in PILLARS.values() for code in codes} | {"evaluation_score": 5.0}
SCORES = st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=6, max_size=6)
WEIGHTS = st.lists(st.integers(0, 5), min_size=6, max_size=6).filter(any).map(tuple).map(Weights)


def index_of(pillars: list[float | None], weights: Weights = EQUAL_WEIGHTS) -> float:
    """Return the index of one area from its six pillars."""
    table = pd.DataFrame([pillars], columns=list(Pillar), dtype=np.float64)
    return float(index_scores(table, weights).iloc[0])


def test_index_by_hand() -> None:
    """Foundation (100 + 50 + 60) / 3 = 70; mark 4 of 1-5 is 75; the others 40, 80; two pillars are 5 to 100."""
    area = {
        "memorandum_coverage": 100.0,
        "memorandum_alive": 50.0,
        "obligations_on_time": 60.0,
        "plan_execution": 40.0,
        "requests_on_time": 80.0,
        "evaluation_score": 4.0,
        "answer_days": 3.0,
    }
    row = index_table(frame({"1703": area}), EQUAL_WEIGHTS).iloc[0]
    assert row[Pillar.FOUNDATION.value] == pytest.approx(70)
    assert row[Pillar.FEEDBACK.value] == pytest.approx(75)
    assert row["index_score"] == pytest.approx((70 * 40 * 80 * 75 * 5 * 5) ** (1 / 6))
    assert row["index_most"] == pytest.approx((70 * 40 * 80 * 75 * 100 * 100) ** (1 / 6))
    assert (row["pillars_known"], row["missing_pillars"]) == (4, "follow_through;capacity")
    assert np.isnan(row[Pillar.CAPACITY.value])


def test_the_ends_of_the_scale_are_the_goalposts() -> None:
    assert index_table(frame({"1703": FULL}), EQUAL_WEIGHTS)["index_score"].tolist() == pytest.approx([100])
    lowest = dict.fromkeys(FULL, 0.0) | {"evaluation_score": 1.0}
    table = index_table(frame({"1703": lowest}), EQUAL_WEIGHTS)
    assert table["index_score"].tolist() == pytest.approx([INDEX_METHOD.pillar_floor])
    assert table[[pillar.value for pillar in Pillar]].to_numpy().ravel().tolist() == [0] * 6


def test_fewer_than_four_pillars_make_no_index() -> None:
    assert np.isnan(index_of([90, 90, 90, None, None, None]))
    assert index_of([90, 90, 90, 90, None, None]) == pytest.approx((90**4 * 5**2) ** (1 / 6))


def test_pillars_that_carry_little_of_the_weights_make_no_index() -> None:
    assert np.isnan(index_of([90, 90, 90, 90, None, None], Weights((1, 1, 1, 1, 5, 5))))
    assert index_of([90, 90, 90, 90, None, None], Weights((2, 2, 3, 3, 5, 5))) == pytest.approx((90 * 5) ** 0.5)
    assert np.isnan(index_of([90, 90, 90, 90, None, None], Weights((0, 0, 0, 0, 5, 5))))


def test_values_below_the_smallest_number_count_for_nothing() -> None:
    values = frame({"1703": FULL})
    values.loc[values["indicator_code"] == "requests_on_time", "is_enough"] = False
    scores = normalised(values)
    assert scores["requests_on_time"].isna().all()
    assert pillar_scores(scores)[Pillar.EXCHANGE].isna().all()


@settings(deadline=None)
@given(st.lists(st.floats(INDEX_METHOD.pillar_floor, 100), min_size=6, max_size=6), WEIGHTS)
def test_it_is_the_weighted_geometric_mean(pillars: list[float], weights: Weights) -> None:
    assert index_of([*pillars], weights) == pytest.approx(float(gmean(pillars, weights=weights.values)))


@settings(deadline=None)
@given(SCORES, st.integers(0, 5), WEIGHTS)
def test_to_leave_out_a_pillar_is_never_a_gain(pillars: list[float | None], at: int, weights: Weights) -> None:
    before, after = index_of(pillars, weights), index_of([*pillars[:at], None, *pillars[at + 1 :]], weights)
    assert np.isnan(after) or after <= before + 1e-9


@settings(deadline=None)
@given(SCORES, st.floats(0, 100), WEIGHTS)
def test_the_range_holds_the_index_whatever_a_pillar_without_data_turns_out_to_be(
    pillars: list[float | None], found: float, weights: Weights
) -> None:
    least, most = index_range(np.array([pillars], dtype=np.float64), weights)
    index = index_of([found if pillar is None else pillar for pillar in pillars], weights)
    assert np.isnan(least[0]) or least[0] - 1e-9 <= index <= most[0] + 1e-9


@settings(deadline=None)
@given(SCORES, st.integers(0, 5), st.floats(0, 50), WEIGHTS)
def test_no_pillar_can_be_better_and_the_index_worse(
    pillars: list[float | None], at: int, rise: float, weights: Weights
) -> None:
    before, old = index_of(pillars, weights), pillars[at]
    if old is not None and not np.isnan(before):
        raised = [*pillars[:at], min(old + rise, 100), *pillars[at + 1 :]]
        assert index_of(raised, weights) >= before - 1e-9


@settings(deadline=None)
@given(SCORES, WEIGHTS)
def test_only_proportions_of_weights_matter(pillars: list[float | None], weights: Weights) -> None:
    doubled = Weights(tuple(2 * value for value in weights.values))
    assert index_of(pillars, doubled) == pytest.approx(index_of(pillars, weights), nan_ok=True)


@settings(deadline=None)
@given(SCORES, WEIGHTS, st.permutations(range(6)))
def test_the_order_of_pillars_does_not_matter(pillars: list[float | None], weights: Weights, order: list[int]) -> None:
    shuffled = index_of([pillars[at] for at in order], Weights(tuple(weights.values[at] for at in order)))
    assert shuffled == pytest.approx(index_of(pillars, weights), nan_ok=True)


@settings(deadline=None)
@given(SCORES, WEIGHTS)
def test_the_index_lies_between_the_worst_and_the_best_pillar(pillars: list[float | None], weights: Weights) -> None:
    found, known = index_of(pillars, weights), [pillar for pillar in pillars if pillar is not None]
    if not np.isnan(found):
        lowest = INDEX_METHOD.pillar_floor if len(known) < len(pillars) else min(known)
        assert lowest - 1e-9 <= found <= max(*known, INDEX_METHOD.pillar_floor) + 1e-9
