"""Words for codes: their labels in all languages, and other spellings that districts use."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from data.codes import Labelled
from data.indicators import INDICATORS
from data.language import Wording
from data.workbook.cells.text_matching import WordIndex
from data.workbook.spellings import code_spellings

# Indicators are no enum of their own; a workbook reads them like any other codes.
IndicatorChoice = StrEnum("IndicatorChoice", list(INDICATORS))  # type: ignore[misc]  # members are not literals


def label_of(code: StrEnum) -> Wording:
    """Label of a code, as a template offers it."""
    if isinstance(code, IndicatorChoice):
        return Wording(INDICATORS[code].name)
    if isinstance(code, Labelled):
        return Wording(code.label)
    raise TypeError(f"{code!r} has no label")


def spellings_of(code: StrEnum) -> tuple[str, ...]:
    """All words for a code: its labels, other spellings, and the code itself."""
    spellings = (spelling for value, spelling in code_spellings(type(code).__name__) if value == code.value)
    return (*label_of(code).in_all_languages(), *spellings, code.value)


@cache
def word_index(codes: type[StrEnum]) -> WordIndex[StrEnum]:
    """Index that finds the code of one kind by any of its words."""
    return WordIndex((word, code) for code in codes for word in spellings_of(code))
