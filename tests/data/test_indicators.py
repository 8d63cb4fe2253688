"""The declarations are whole, and their version moves whenever the method does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.effectiveness.index import INDEX_METHOD, PILLARS, Pillar
from data.effectiveness.method_version import METHOD_VERSION, method_version
from data.indicators import INDICATORS, METHOD, Better, Indicator, IndicatorCode, Sampling, Unit


def test_every_code_is_declared_in_order() -> None:
    assert list(INDICATORS) == list(IndicatorCode)
    assert all(code is indicator.code for code, indicator in INDICATORS.items())


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=list(INDICATORS))
def test_declaration_explains_the_indicator(indicator: Indicator) -> None:
    texts = (
        indicator.name,
        indicator.description,
        indicator.numerator_text,
        indicator.denominator_text,
        indicator.n_text,
        indicator.limits_text,
        indicator.source,
    )
    assert all(text.strip() == text and text for text in texts)
    assert indicator.minimum_n >= 1
    assert len(indicator.description) > 60


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=list(INDICATORS))
def test_classes_of_the_map_lie_between_the_goalposts(indicator: Indicator) -> None:
    edges = indicator.thresholds
    assert list(edges) == sorted(set(edges))
    if indicator.goalposts is not None:
        low, high = indicator.goalposts
        assert low < edges[0]
        assert edges[-1] < high


def test_what_is_in_a_pillar_has_end_points_and_nothing_else_has() -> None:
    inside = [code for codes in PILLARS.values() for code in codes]
    assert len(inside) == len(set(inside))
    assert set(inside) == {code for code, indicator in INDICATORS.items() if indicator.goalposts is not None}
    assert all(INDICATORS[code].better is Better.UP for code in inside)


def test_counts_money_and_offences_are_no_part_of_the_index() -> None:
    outside = {code for code, indicator in INDICATORS.items() if indicator.goalposts is None}
    assert outside == {
        IndicatorCode.EVENTS_PER_10K,
        IndicatorCode.PARTICIPANTS,
        IndicatorCode.ANSWER_DAYS,
        IndicatorCode.SUPPORT_GINI,
        IndicatorCode.OFFENCES_PER_10K,
        IndicatorCode.CRIME_FREE_MAHALLAS,
    }


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=list(INDICATORS))
def test_what_is_outside_the_index_says_why_and_nothing_else_does(indicator: Indicator) -> None:
    assert bool(indicator.outside_text) is (indicator.goalposts is None)


def test_counts_are_no_reason_for_days_unevenness_and_offences() -> None:
    counts = {code for code, indicator in INDICATORS.items() if "counts" in indicator.outside_text}
    assert counts == {IndicatorCode.EVENTS_PER_10K, IndicatorCode.PARTICIPANTS}


def test_only_percents_are_drawn_as_shares_of_counted_things() -> None:
    shares = {code for code, indicator in INDICATORS.items() if indicator.sampling is Sampling.BINOMIAL}
    assert {INDICATORS[code].unit for code in shares} == {Unit.PERCENT}
    means = [code for code, indicator in INDICATORS.items() if indicator.sampling is Sampling.MEAN]
    assert means == [IndicatorCode.EVALUATION_SCORE]


def test_days_named_in_the_words_are_those_of_the_method() -> None:
    assert f"{METHOD.evaluation_days} days" in INDICATORS[IndicatorCode.EVALUATION_COVERAGE].description
    assert f"{METHOD.closing_days} days" in INDICATORS[IndicatorCode.RECOMMENDATIONS_CLOSED].description
    assert f"{METHOD.alive_days} days" in INDICATORS[IndicatorCode.MEMORANDUM_ALIVE].description
    limits = INDICATORS[IndicatorCode.EVALUATION_SCORE].limits_text
    assert f"{METHOD.confidential_evaluations} evaluations by at least {METHOD.confidential_ngos} NGOs" in limits


def test_version_of_the_method_moves_with_any_declaration() -> None:
    assert method_version() == METHOD_VERSION
    code = IndicatorCode.WOULD_REPEAT
    changed = {**INDICATORS, code: replace(INDICATORS[code], minimum_n=6)}
    moved = {
        method_version(indicators=changed),
        method_version(method=replace(METHOD, evaluation_days=15)),
        method_version(pillars={**PILLARS, Pillar.EXCHANGE: (IndicatorCode.ANSWER_DAYS,)}),
        method_version(index_method=replace(INDEX_METHOD, pillar_floor=1.0)),
    }
    assert len(moved - {METHOD_VERSION}) == 4
