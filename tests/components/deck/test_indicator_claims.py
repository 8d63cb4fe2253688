"""Conclusions of comparisons: which indicator is named, which way it goes, and whether both its values are there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from components.deck.slides.indicators import (
    COMPARED_INDICATORS,
    Pair,
    against_before,
    against_target,
    against_wider,
    chance,
)
from components.deck.source import PackSource, make_source
from components.deck.texts import TITLE_LENGTH
from data.language import Language, Translator
from data.policy import ScopeKind
from tests.components.deck.samples import sample_content

PLAN, REACH, REPEAT = "plan_execution", "mahalla_reach", "would_repeat"
CLAIMS = (against_target, against_wider, against_before)
Claim = Callable[[PackSource, Sequence[Pair]], str]


def source_of(language: Language = Language.EN) -> PackSource:
    """The sample district in a language."""
    return make_source(sample_content(ScopeKind.DISTRICT), translate=Translator(language))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("claim", CLAIMS)
def test_every_indicator_has_room_for_both_its_values(claim: Claim, language: Language) -> None:
    source = source_of(language)
    for code in COMPARED_INDICATORS:
        for pair in (Pair(code, 100.0, 88.0), Pair(code, 77.0, 100.0)):
            title = claim(source, [pair])
            assert len(title) <= TITLE_LENGTH, title
            assert source.fmt.percent(pair.value) in title
            assert source.fmt.percent(pair.other) in title


def test_the_worst_is_named_against_a_target_and_the_wider_area() -> None:
    pairs = [Pair(PLAN, 40.0, 80.0), Pair(REACH, 60.0, 50.0)]
    assert against_target(source_of(), pairs) == (
        "The indicator furthest from its target is “Plan execution”: 40% against 80%"
    )
    assert against_wider(source_of(), pairs) == (
        "The indicator furthest behind is “Plan execution”: 40% against 80% (Andijan Region)"
    )


def test_where_nothing_is_behind_the_best_is_named() -> None:
    pairs = [Pair(REACH, 60.0, 50.0), Pair(PLAN, 90.0, 50.0)]
    assert against_wider(source_of(), pairs) == (
        "No indicator is behind; furthest ahead is “Plan execution”: 90% against 50%"
    )


@pytest.mark.parametrize(
    ("pairs", "title"),
    [
        (
            [Pair(PLAN, 40.0, 80.0), Pair(REACH, 60.0, 50.0)],
            "“Reach of mahallas” improved most: 50% before, 60% now; “Plan execution” worsened: 80% before, 40% now",
        ),
        (
            [Pair(PLAN, 40.0, 80.0), Pair(REACH, 40.0, 50.0)],
            "“Plan execution” worsened most: 80% before, 40% now",
        ),
        (
            [Pair(PLAN, 80.0, 80.0), Pair(REACH, 60.0, 50.0)],
            "“Reach of mahallas” improved most: 50% before, 60% now",
        ),
        ([Pair(PLAN, 80.0, 80.0)], "No indicator changed"),
    ],
)
def test_changes_name_the_best_and_the_worst(pairs: list[Pair], title: str) -> None:
    assert against_before(source_of(), pairs) == title


def test_fewer_is_better_where_the_declaration_says_so() -> None:
    assert Pair("answer_days", 5.0, 7.0).gain == 2.0
    assert Pair(PLAN, 5.0, 7.0).gain == -2.0


def test_a_value_whose_interval_holds_the_other_one_may_differ_by_chance() -> None:
    near, far = Pair(PLAN, 58.3, 60.0), Pair(REPEAT, 78.3, 20.0)
    words = chance(source_of(), [near, far])
    assert "plan execution" in words
    assert "would hold it again" not in words
    assert chance(source_of(), [far]) == ""
