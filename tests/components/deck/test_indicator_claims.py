"""Conclusions of comparisons: they count verdicts, in room for any number of them."""

from __future__ import annotations

import pytest

from components.deck.slides.indicators import Pair, against_before, against_others, against_targets
from components.deck.source import PackSource, make_source
from components.deck.texts import TITLE_LENGTH
from data.indicators.verdicts import Change, TargetVerdict, Verdict
from data.language import Language, Translator
from data.policy import ScopeKind
from tests.components.deck.samples import sample_content

PLAN = "plan_execution"


def source_of(language: Language = Language.EN, kind: ScopeKind = ScopeKind.DISTRICT) -> PackSource:
    """The sample area in a language."""
    return make_source(sample_content(kind), translate=Translator(language))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", [ScopeKind.DISTRICT, ScopeKind.REGION, ScopeKind.NATION])
def test_every_conclusion_fits_a_title(kind: ScopeKind, language: Language) -> None:
    source = source_of(language, kind)
    conclusions = (
        (against_targets, (TargetVerdict.MET, TargetVerdict.MISSED, TargetVerdict.WITHIN)),
        (against_before, (Change.BETTER, Change.WORSE, Change.NOT_CLEAR)),
        (against_others, (Verdict.BETTER, Verdict.WORSE, Verdict.SIMILAR)),
    )
    for conclude, verdicts in conclusions:
        for counts in ((11, 10, 12), (0, 0, 12)):
            title = conclude(source, dict(zip(verdicts, counts, strict=True)))
            assert len(title) <= TITLE_LENGTH, title


def test_fewer_is_better_where_the_declaration_says_so() -> None:
    assert Pair("answer_days", 5.0, 7.0).gain == 2.0
    assert Pair(PLAN, 5.0, 7.0).gain == -2.0
