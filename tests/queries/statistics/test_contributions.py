"""Change of an index: the contributions add up to it, whatever values came, went or stayed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data.effectiveness.index import EQUAL_WEIGHTS, Pillar, Presence, Weights
from data.indicators import PILLARS
from queries.statistics.composite import index_table
from queries.statistics.contributions import (
    CONTRIBUTION_COLUMNS,
    compared_scores,
    contributions,
    pillar_contributions,
)
from tests.queries.statistics.index_worlds import frame

CODES = [code for codes in PILLARS.values() for code in codes]
MARK = "evaluation_score"
AREA = "1703"
EVEN = dict.fromkeys(CODES, 50.0) | {MARK: 3.0}
SCORES = st.one_of(st.floats(0, 100), st.sampled_from([None, 0.0, 50.0, 50.0000001, 100.0]))
WEIGHTS = st.lists(st.integers(0, 5), min_size=6, max_size=6).filter(any).map(tuple).map(Weights)


def area(values: dict[str, float]) -> pd.DataFrame:
    return frame({AREA: values})


def even_without(left_out: str) -> dict[str, float]:
    return {code: value for code, value in EVEN.items() if code != left_out}


def index_of(values: pd.DataFrame, weights: Weights = EQUAL_WEIGHTS) -> float:
    return float(index_table(values, weights)["index_score"].iloc[0])


def explained(before: dict[str, float], after: dict[str, float]) -> pd.Series[float]:
    """Return the contribution by pillar, with equal weights."""
    table = contributions(area(before), area(after), EQUAL_WEIGHTS, area_code=AREA)
    return pillar_contributions(table).set_index("pillar_code")["contribution"]


def known(scores: list[float | None]) -> dict[str, float]:
    """Return scores of 0-100 as values of indicators, those that are known."""
    pairs = zip(CODES, scores, strict=True)
    return {code: (1 + score / 25 if code is MARK else score) for code, score in pairs if score is not None}


@settings(deadline=None, max_examples=50)
@given(
    st.lists(SCORES, min_size=len(CODES), max_size=len(CODES)),
    st.lists(SCORES, min_size=len(CODES), max_size=len(CODES)),
    WEIGHTS,
)
def test_contributions_add_up_to_the_change(
    before: list[float | None], after: list[float | None], weights: Weights
) -> None:
    first, second = area(known(before)), area(known(after))
    start, end = compared_scores(first, second, weights, area_code=AREA)
    change = end - start
    assume(not np.isnan(change))
    table = contributions(first, second, weights, area_code=AREA)
    assert table["contribution"].sum() == pytest.approx(change, abs=1e-9)
    assert pillar_contributions(table)["contribution"].sum() == pytest.approx(change, abs=1e-9)


def test_one_pillar_that_changed_takes_the_whole_change() -> None:
    after = EVEN | {"requests_on_time": 80.0}
    parts = explained(EVEN, after)
    assert parts[Pillar.EXCHANGE] == pytest.approx(index_of(area(after)) - 50)
    assert parts.drop(Pillar.EXCHANGE).abs().max() == pytest.approx(0, abs=1e-12)


def test_two_indicators_of_one_pillar_that_offset_each_other() -> None:
    after = EVEN | {"ngos_supported": 60.0, "trained": 40.0}
    table = contributions(area(EVEN), area(after), EQUAL_WEIGHTS, area_code=AREA).set_index("indicator_code")
    supported, trained = (table["contribution"][code] for code in ("ngos_supported", "trained"))
    assert supported == pytest.approx(-trained)
    assert supported == pytest.approx(5 / 50 * 50 / 6)


def test_a_pillar_known_in_one_period_is_not_compared() -> None:
    without = even_without("requests_on_time")
    parts = explained(without | {"trained": 20.0}, EVEN | {"requests_on_time": 90.0})
    assert Pillar.EXCHANGE not in parts
    assert parts[Pillar.CAPACITY] == pytest.approx(50 - (50**4 * 35) ** (1 / 5))
    assert parts.drop(Pillar.CAPACITY).abs().max() == pytest.approx(0, abs=1e-12)


def test_where_all_pillars_are_known_the_change_is_that_of_the_index() -> None:
    before, after = area(EVEN), area(EVEN | {"trained": 90.0})
    assert compared_scores(before, after, EQUAL_WEIGHTS, area_code=AREA) == pytest.approx(
        (index_of(before), index_of(after))
    )


def test_a_new_indicator_lifts_its_pillar_only_if_it_is_better_than_the_others() -> None:
    without = even_without("trained")
    gains = [explained(without, without | {"trained": value})[Pillar.CAPACITY] for value in (20.0, 50.0, 80.0)]
    assert gains[0] < 0 < gains[2]
    assert gains[1] == pytest.approx(0, abs=1e-12)


def test_going_back_undoes_the_change() -> None:
    before = {code: 30.0 for code in CODES if code is not MARK}
    after = EVEN | {"trained": 90.0}
    assert explained(after, before).to_numpy() == pytest.approx(-explained(before, after).to_numpy())


def test_it_says_what_came_and_what_went() -> None:
    before, after = even_without("trained"), even_without("would_repeat")
    table = contributions(area(before), area(after), EQUAL_WEIGHTS, area_code=AREA).set_index("indicator_code")
    assert list(table.reset_index().columns.sort_values()) == sorted(CONTRIBUTION_COLUMNS)
    assert table["presence"]["trained"] == Presence.APPEARED
    assert table["presence"]["would_repeat"] == Presence.GONE
    assert set(table["presence"].drop(["trained", "would_repeat"])) == {Presence.BOTH}
    assert np.isnan(table["value_before"]["trained"])
    assert (table["value_after"]["evaluation_score"], table["score_after"]["evaluation_score"]) == (3, 50)


def test_nothing_is_explained_without_two_indices() -> None:
    few = dict.fromkeys(PILLARS[Pillar.FOUNDATION], 50.0)
    for before, after in ((few, EVEN), (EVEN, few), (few, few)):
        assert contributions(area(before), area(after), EQUAL_WEIGHTS, area_code=AREA).empty
    assert contributions(area(EVEN), area(EVEN), EQUAL_WEIGHTS, area_code="1799").empty
