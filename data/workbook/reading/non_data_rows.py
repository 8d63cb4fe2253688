"""Detects the rows of a sheet that are no records: totals, repeated headings, numbering of columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from data.registers.declaration import FEWEST_HEADINGS, RegisterSheet
from data.workbook.cells.numbers import is_blank
from data.workbook.cells.text_matching import compact, fold
from data.workbook.reading.headings import Header
from data.workbook.spellings import word_list

LONGEST_LABEL = 80
_TOTAL_WORDS = frozenset(word_list("total"))
# Official forms number the columns of words by letters, and those of figures by numbers.
_COLUMN_LETTERS = frozenset("абвгabcd")


class NonDataRows:
    """Detector for one sheet; rows must be passed in their order."""

    def __init__(self, header: Header, sheet: RegisterSheet) -> None:
        self._header = header
        self._known = tuple(header.fields)
        by_code = {field.code: at for at, field in header.fields.items()}
        self._key_at = by_code.get(sheet.key)
        self._required = frozenset(by_code[field.code] for field in sheet.fields if field.is_required)
        self._fewest = sheet.fewest_headings
        self._is_first = True

    def includes(self, cells: Sequence[object]) -> bool:
        """Whether the row is a total, repeats the headings, or numbers the columns."""
        is_first, self._is_first = self._is_first, False
        if is_first and _numbers_columns(cells):
            return True
        filled = {at: value for at, value in enumerate(cells) if not is_blank(value)}
        return self._is_total(filled) or self._is_header_again(filled)

    def is_fragment(self, cells: Sequence[object]) -> bool:
        """Whether the row has a single filled cell, or only numbers in columns that are not enough for a record."""
        filled = {at: value for at, value in enumerate(cells) if not is_blank(value)}
        known = [value for at, value in filled.items() if at in self._header.fields]
        return len(filled) == 1 or (not self._required & filled.keys() and all(map(_is_numeric, known)))

    def _is_total(self, filled: Mapping[int, object]) -> bool:
        """Whether the row is labelled as a total, and either lacks the key or has only numbers besides."""
        is_keyless = self._key_at not in filled
        for at, value in filled.items():
            said = _label(value)
            if said and said[0] in _TOTAL_WORDS and (is_keyless or at == self._key_at):
                return True
            is_label = said and (said[0] in _TOTAL_WORDS or (is_keyless and said[-1] in _TOTAL_WORDS))
            if is_label or (at == self._key_at and not _TOTAL_WORDS.isdisjoint(said)):
                return all(_is_numeric(other) for place, other in filled.items() if place != at)
        return False

    def _is_header_again(self, filled: Mapping[int, object]) -> bool:
        return (
            sum(_is_same_word(filled[at], self._header.titles[at]) for at in self._known if at in filled)
            >= self._fewest
        )


def _is_same_word(value: object, title: object) -> bool:
    """Whether a cell repeats its heading, in any script and case."""
    if not (isinstance(value, str) and isinstance(title, str)) or len(value) > 2 * len(title):
        return value == title
    return compact(value) == compact(title)


def _label(value: object) -> list[str]:
    return fold(value).split() if isinstance(value, str) and len(value) < LONGEST_LABEL else []


def _is_numeric(value: object) -> bool:
    return isinstance(value, int | float) or re.fullmatch(r"[\d\s.,]+", str(value)) is not None


def _numbers_columns(cells: Sequence[object]) -> bool:
    """Whether the row numbers the columns: 1, 2, 3 or A, B, 1, 2."""
    texts = [str(value).strip(" .()") for value in cells if not is_blank(value)]
    numbers = [text for text in texts if text.lower() not in _COLUMN_LETTERS]
    first = int(numbers[0]) if numbers and numbers[0] in {"1", "2"} else 1
    return len(texts) >= FEWEST_HEADINGS and numbers == [str(first + step) for step in range(len(numbers))]
