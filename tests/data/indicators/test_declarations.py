"""The declarations are whole, and their version moves whenever the method does."""

from __future__ import annotations

from dataclasses import replace

from data.effectiveness.index import INDEX_METHOD, Pillar
from data.effectiveness.method_version import METHOD_VERSION, method_version
from data.indicators import (
    INDICATORS,
    METHOD,
    PILLARS,
    Better,
    Indicator,
    OutsideIndex,
    Panel,
    Sampling,
    Unit,
    activity,
    agreement,
    answers,
    capacity,
    context,
    evaluations,
    shown_on,
)
from data.indicators.computations import Gini, Ratio, ShrunkMean


def test_every_entry_is_registered_by_its_name() -> None:
    modules = (agreement, activity, evaluations, answers, capacity, context)
    named = {name.lower(): entry for module in modules for name, entry in vars(module).items()}
    assert {code: entry for code, entry in named.items() if isinstance(entry, Indicator)} == INDICATORS


def test_declarations_explain_the_indicators() -> None:
    for indicator in INDICATORS.values():
        texts = (
            indicator.name,
            indicator.description,
            indicator.numerator_text,
            indicator.denominator_text,
            indicator.n_text,
            indicator.limits_text,
            indicator.source,
        )
        assert all(text.strip() == text and text for text in texts), indicator.code
        assert indicator.minimum_n >= 1, indicator.code
        assert len(indicator.description) > 60, indicator.code


def test_classes_of_the_map_lie_between_the_goalposts() -> None:
    for indicator in INDICATORS.values():
        edges = indicator.thresholds
        assert list(edges) == sorted(set(edges)), indicator.code
        if indicator.goalposts is not None:
            low, high = indicator.goalposts
            assert low < edges[0], indicator.code
            assert edges[-1] < high, indicator.code


def test_what_is_in_a_pillar_has_end_points_and_nothing_else_has() -> None:
    inside = [code for codes in PILLARS.values() for code in codes]
    assert len(inside) == len(set(inside))
    assert set(inside) == {code for code, indicator in INDICATORS.items() if indicator.goalposts is not None}
    assert all(INDICATORS[code].better is Better.UP for code in inside)


def test_counts_money_and_offences_are_no_part_of_the_index() -> None:
    outside = {code for code, indicator in INDICATORS.items() if indicator.goalposts is None}
    assert outside >= {
        "events_per_10k",
        "participants",
        "answer_days",
        "support_gini",
        "offences_per_10k",
        "crime_free_mahallas",
    }


def test_what_is_outside_the_index_says_why() -> None:
    why = {code: entry.index.text for code, entry in INDICATORS.items() if isinstance(entry.index, OutsideIndex)}
    assert all(text.startswith("Not part of the index: ") for text in why.values())
    assert all("counts" in why[code] for code in ("events_per_10k", "participants"))
    others = ("answer_days", "support_gini", "offences_per_10k", "crime_free_mahallas")
    assert not any("counts" in why[code] for code in others)


def test_shares_and_ratings_lie_on_their_scales() -> None:
    for code, entry in INDICATORS.items():
        assert (entry.unit is Unit.PERCENT) is isinstance(entry.computation, Ratio), code
        if isinstance(entry.computation, ShrunkMean):
            assert entry.computation.scale == entry.goalposts, code


def test_no_two_indicators_share_a_place_on_a_panel() -> None:
    for panel in Panel:
        orders = [one.order for entry in INDICATORS.values() for one in entry.shown if one.panel is panel]
        assert sorted(orders) == list(range(1, len(orders) + 1)), panel
        assert len(shown_on(panel)) == len(orders)


def test_only_percents_are_drawn_as_shares_of_counted_things() -> None:
    shares = {code for code, indicator in INDICATORS.items() if indicator.sampling is Sampling.BINOMIAL}
    assert {INDICATORS[code].unit for code in shares} == {Unit.PERCENT}
    means = [code for code, indicator in INDICATORS.items() if indicator.sampling is Sampling.MEAN]
    assert means == ["regularity", "evaluation_score"]


def test_days_named_in_the_words_are_those_of_the_method() -> None:
    assert f"{METHOD.evaluation_days} days" in INDICATORS["evaluation_coverage"].description
    assert f"{METHOD.closing_days} days" in INDICATORS["recommendations_closed"].description
    assert f"{METHOD.alive_days} days" in INDICATORS["memorandum_alive"].description
    limits = INDICATORS["evaluation_score"].limits_text
    assert f"{METHOD.confidential_evaluations} evaluations by at least {METHOD.confidential_ngos} NGOs" in limits


def test_version_of_the_method_moves_with_any_declaration() -> None:
    assert method_version() == METHOD_VERSION
    code = "would_repeat"
    changed = {**INDICATORS, code: replace(INDICATORS[code], minimum_n=6)}
    computed = replace(INDICATORS[code], computation=Gini("repeat_yes", "repeat_all", value="repeat_yes"))
    moved = {
        method_version(indicators={**INDICATORS, code: computed}),
        method_version(indicators=changed),
        method_version(method=replace(METHOD, evaluation_days=15)),
        method_version(pillars={**PILLARS, Pillar.EXCHANGE: ("answer_days",)}),
        method_version(index_method=replace(INDEX_METHOD, pillar_floor=1.0)),
    }
    assert len(moved - {METHOD_VERSION}) == 5


def test_where_an_indicator_is_shown_is_no_part_of_the_method() -> None:
    code = "plan_execution"
    elsewhere = {**INDICATORS, code: replace(INDICATORS[code], shown=(), records=None)}
    assert method_version(indicators=elsewhere) == METHOD_VERSION
