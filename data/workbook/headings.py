"""Finds the row of headings in a sheet, and the column that each heading means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest

from data.workbook import faults
from data.workbook.declaration import Column, Sheet
from data.workbook.faults import WorkbookError
from data.workbook.folding import Likeness, WordIndex, compact, fold, loose
from data.workbook.numbers import is_blank
from data.workbook.reading import RawSheet

HEADER_ROWS = 40
_NUMBERING = frozenset(
    ["no", "n", "tr", "nn", "nopp", "pp", "npp", "tartibraqami", "tartibraqam", "tartibno", "nomer", "id"]
)
# Words that name a column when they stand alone, but say nothing of it within a longer heading ("Approved on").
_GENERAL = frozenset(
    loose(
        "nomi naimenovanie nazvanie raqami raqam nomer number sana sanasi data date chislo kun kuni vaqti muddat"
        " muddati srok jami vsego total umumiy turi vid tip type forma sababi prichina mazmuni izoh primechanie soni"
    ).split()
)
_COUNTED = re.compile(
    r"\b(?:soni|nafar|kishi|kolichestvo|chislo|chel|chelovek|kol vo|number of|obshchee|imya)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Header:
    """The headings of a sheet: the place of their last row, their texts, the column at each position, the unknown."""

    position: int
    titles: tuple[object, ...]
    columns: Mapping[int, Column]
    unknown: tuple[str, ...]
    score: float


@cache
def _heading_index(sheet: Sheet) -> WordIndex[Column]:
    return WordIndex((word, column) for column in sheet.columns for word in column.words)


@cache
def _word_sets(sheet: Sheet) -> tuple[tuple[frozenset[str], Column], ...]:
    sets = [(frozenset(loose(fold(word)).split()), column) for column in sheet.columns for word in column.words]
    sets = [(words, column) for words, column in sets if not words <= _GENERAL]
    return tuple(sorted(sets, key=lambda entry: -sum(map(len, entry[0]))))


def _readings(heading: str) -> list[str]:
    """A heading as it is, without what stands in brackets or after a comma, and without words of counting."""
    plain = re.sub(r"^\(?\d{1,2} ?[.)\-] ?(?=\D)", "", re.sub(r"\s+", " ", heading).strip(" *:."))
    bare = re.sub(r"\([^)]*\)", " ", plain)
    first = re.split(r"[,:\n]", bare)[0]
    return [plain, bare, first, _COUNTED.sub(" ", fold(first))]


@lru_cache(maxsize=10_000)
def match_heading(heading: str, sheet: Sheet) -> tuple[Column | None, float]:
    """The column that a heading means, and how sure that is: 1 for its very words, 0.4 for words within it."""
    index = _heading_index(sheet)
    readings = [reading for reading in _readings(heading) if fold(reading)]
    for lowest, score in ((Likeness.LOOSE, 1.0), (Likeness.SLIP, 0.8)):
        for reading in readings:
            column, likeness = index.find(reading)
            if column is not None and likeness >= lowest:
                return column, score
    words = frozenset(loose(fold(heading)).split())
    if len(words) <= 8:
        for known, column in _word_sets(sheet):
            if known <= words and sum(map(len, known)) >= 4:
                return column, 0.4
    return None, 0.0


def _columns_of(row: Sequence[object], sheet: Sheet) -> tuple[dict[int, Column], list[str], float, list[Column]]:
    """The columns by position, headings without meaning, the score of the row, and columns that are there twice."""
    titles = {at: value for at, value in enumerate(row) if isinstance(value, str) and fold(value)}
    found = {at: match_heading(title, sheet) for at, title in titles.items()}
    best: dict[str, tuple[float, int]] = {}
    twice: list[Column] = []
    for at, (column, score) in found.items():
        if column is None:
            continue
        known = best.get(column.code)
        if known and known[0] == score == 1.0:
            twice.append(column)
        if known is None or score > known[0]:
            best[column.code] = (score, at)
    columns = {at: column for at, (column, _) in found.items() if column and best[column.code][1] == at}
    unknown = [title for at, title in titles.items() if at not in columns and compact(title) not in _NUMBERING]
    return columns, unknown, sum(score for score, _ in best.values()), twice


def _in_two_rows(upper: Sequence[object], lower: Sequence[object]) -> tuple[object, ...] | None:
    """The headings of two rows, the lower standing for a group's parts; None where the lower is none of words."""
    if not all(value is None or isinstance(value, str) for value in lower):
        return None
    pairs = zip_longest(upper, lower)
    return tuple(above if is_blank(below) else below for above, below in pairs)


def _candidates(raw: RawSheet) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Rows that may be the headings, alone and with the row below, and the place of the last."""
    rows = raw.rows[: HEADER_ROWS + 1]
    for position, (number, row) in enumerate(rows[:HEADER_ROWS]):
        yield position, row
        if position + 1 < len(rows) and rows[position + 1][0] == number + 1:
            both = _in_two_rows(row, rows[position + 1][1])
            if both is not None:
                yield position + 1, both


def find_header(raw: RawSheet, sheet: Sheet) -> Header | None:
    """The row or two rows of headings that mean most columns, or None where no row means enough of them.

    Raises :class:`WorkbookError` where a column is there twice.
    """
    best: Header | None = None
    doubled: list[Column] = []
    for position, titles in _candidates(raw):
        columns, unknown, score, twice = _columns_of(titles, sheet)
        if len(columns) >= sheet.fewest_headings and (best is None or score > best.score):
            best, doubled = Header(position, titles, columns, tuple(unknown), score), twice
    if doubled:
        raise WorkbookError(faults.REPEATED_HEADING, sheet=raw.name, column=doubled[0].canonical)
    return best
