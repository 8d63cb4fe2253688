"""Finds the header row of a sheet, and the field of each heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest

from data.registers.declaration import RegisterSheet, SheetField
from data.workbook import errors
from data.workbook.cells.numbers import is_blank
from data.workbook.cells.text_matching import MatchQuality, WordIndex, compact, fold, loose
from data.workbook.errors import WorkbookError
from data.workbook.reading.files import RawSheet
from data.workbook.spellings import word_list

HEADER_ROWS = 40
_NUMBERING = frozenset(word_list("heading_number"))
# Words that name a column when they stand alone, but say nothing of it within a longer heading ("Approved on").
_GENERAL = frozenset(map(loose, word_list("heading_general")))
_COUNTED = re.compile(
    r"\b(?:soni|nafar|kishi|kolichestvo|chislo|chel|chelovek|kol vo|number of|obshchee|imya)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Header:
    """Header of a sheet: position of its last row, heading texts, field by column, and unknown headings."""

    position: int
    titles: tuple[object, ...]
    fields: Mapping[int, SheetField]
    unknown: tuple[str, ...]
    score: float


@cache
def _heading_index(sheet: RegisterSheet) -> WordIndex[SheetField]:
    return WordIndex((word, field) for field in sheet.fields for word in sheet.headings_of(field))


@cache
def _word_sets(sheet: RegisterSheet) -> tuple[tuple[frozenset[str], SheetField], ...]:
    sets = [
        (frozenset(loose(fold(word)).split()), field) for field in sheet.fields for word in sheet.headings_of(field)
    ]
    sets = [(known, field) for known, field in sets if not known <= _GENERAL]
    return tuple(sorted(sets, key=lambda entry: -sum(map(len, entry[0]))))


def _readings(heading: str) -> list[str]:
    """Heading as it is, without what follows in brackets or after a comma, and without counting words."""
    plain = re.sub(r"^\(?\d{1,2} ?[.)\-] ?(?=\D)", "", re.sub(r"\s+", " ", heading).strip(" *:."))
    bare = re.sub(r"\([^)]*\)", " ", plain)
    first = re.split(r"[,:\n]", bare)[0]
    return [plain, bare, first, _COUNTED.sub(" ", fold(first))]


@lru_cache(maxsize=10_000)
def match_heading(heading: str, sheet: RegisterSheet) -> tuple[SheetField | None, float]:
    """Field of a heading, and the certainty of the match: 1 for an exact match, 0.4 for words within it."""
    index = _heading_index(sheet)
    readings = [reading for reading in _readings(heading) if fold(reading)]
    for lowest, score in ((MatchQuality.LOOSE, 1.0), (MatchQuality.SLIP, 0.8)):
        for reading in readings:
            field, likeness = index.find(reading)
            if field is not None and likeness >= lowest:
                return field, score
    said = frozenset(loose(fold(heading)).split())
    if len(said) <= 8:
        for known, field in _word_sets(sheet):
            if known <= said and sum(map(len, known)) >= 4:
                return field, 0.4
    return None, 0.0


def _fields_of(
    row: Sequence[object], sheet: RegisterSheet
) -> tuple[dict[int, SheetField], list[str], float, list[SheetField]]:
    """Fields by column, unknown headings, score of the row, and fields that occur twice."""
    titles = {at: value for at, value in enumerate(row) if isinstance(value, str) and fold(value)}
    found = {at: match_heading(title, sheet) for at, title in titles.items()}
    best: dict[str, tuple[float, int]] = {}
    twice: list[SheetField] = []
    for at, (field, score) in found.items():
        if field is None:
            continue
        known = best.get(field.code)
        if known and known[0] == score == 1.0:
            twice.append(field)
        if known is None or score > known[0]:
            best[field.code] = (score, at)
    fields = {at: field for at, (field, _) in found.items() if field and best[field.code][1] == at}
    unknown = [title for at, title in titles.items() if at not in fields and compact(title) not in _NUMBERING]
    return fields, unknown, sum(score for score, _ in best.values()), twice


def _in_two_rows(upper: Sequence[object], lower: Sequence[object]) -> tuple[object, ...] | None:
    """Headings of two rows merged, the lower ones for the columns of a group; None where the lower row has no words."""
    if not all(value is None or isinstance(value, str) for value in lower):
        return None
    pairs = zip_longest(upper, lower)
    return tuple(above if is_blank(below) else below for above, below in pairs)


def _candidates(raw: RawSheet) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Rows that may be the header, alone and with the row below, and the position of the last one."""
    rows = raw.rows[: HEADER_ROWS + 1]
    for position, (number, row) in enumerate(rows[:HEADER_ROWS]):
        yield position, row
        if position + 1 < len(rows) and rows[position + 1][0] == number + 1:
            both = _in_two_rows(row, rows[position + 1][1])
            if both is not None:
                yield position + 1, both


def find_header(raw: RawSheet, sheet: RegisterSheet) -> Header | None:
    """Header row (or two rows) that matches most columns, or None where none matches enough.

    Raises :class:`WorkbookError` where a column occurs twice.
    """
    best: Header | None = None
    doubled: list[SheetField] = []
    for position, titles in _candidates(raw):
        fields, unknown, score, twice = _fields_of(titles, sheet)
        if len(fields) >= sheet.fewest_headings and (best is None or score > best.score):
            best, doubled = Header(position, titles, fields, tuple(unknown), score), twice
    if doubled:
        raise WorkbookError(errors.REPEATED_HEADING, sheet=raw.name, column=doubled[0].canonical)
    return best
