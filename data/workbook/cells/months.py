"""Parses years and months as districts write them: numbers, names in three languages, Roman
numerals, dates of any day.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from data.workbook import errors
from data.workbook.cells.dates import EARLIEST, LATEST, month_of, parse_date
from data.workbook.cells.text_matching import WordIndex, fold
from data.workbook.errors import CellError
from data.workbook.spellings import word_list

_BESIDE = WordIndex((word, True) for word in word_list("month_beside"))


@dataclass(frozen=True)
class ParsedMonth:
    """Month, 1-12, and its year where the cell gives one."""

    month: int
    year: int | None = None


def _in_range(year: int, value: object) -> int:
    if not EARLIEST.year <= year <= LATEST.year:
        raise CellError(errors.NOT_A_YEAR, value=value)
    return year


def parse_year(value: object) -> int:
    """Year of a cell. Raises :class:`CellError`."""
    if isinstance(value, date):
        return _in_range(value.year, value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        text = str(int(value)) if value == value // 1 and abs(value) < 10_000 else ""
    else:
        text = _plain(value)
    said = re.findall(r"\d+|[^\W\d_]+", text)
    numbers = [word for word in said if word.isdecimal()]
    if len(numbers) != 1 or len(numbers[0]) != 4 or not all(map(_says_nothing, set(said) - set(numbers))):
        raise CellError(errors.NOT_A_YEAR, value=value)
    return _in_range(int(numbers[0]), value)


def parse_month(value: object) -> ParsedMonth:
    """Month of a cell, with its year where given: "mart", 3, "III", "03.2026", "mart 2026". Raises
    :class:`CellError`.
    """
    if isinstance(value, date):
        return ParsedMonth(value.month, _in_range(value.year, value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    text = _plain(value)
    if match := re.fullmatch(r"(\d{4})[.\-/ ]?(\d{2})|(\d{1,2})[.\-/ ](\d{4})", text):
        year, month = (match.group(1), match.group(2)) if match.group(1) else (match.group(4), match.group(3))
        return _made(month, year, value)
    return _from_words(text, value) or _from_day(text, value)


def _from_number(value: float) -> ParsedMonth:
    whole = int(value) if abs(value) < 10**7 and value == int(value) else 0
    if whole > 100_000:
        return _made(str(whole % 100), str(whole // 100), value)
    if 33_000 <= value < 73_500:
        found = parse_date(value)
        return ParsedMonth(found.month, found.year)
    return _made(str(whole), None, value)


def _made(month: str, year: str | None, value: object) -> ParsedMonth:
    if not 1 <= int(month) <= 12:
        raise CellError(errors.NOT_A_MONTH, value=value)
    return ParsedMonth(int(month), _in_range(int(year), value) if year else None)


def _from_words(text: str, value: object) -> ParsedMonth | None:
    """Month of a text with one month, at most one year, and only filler words besides."""
    said = re.findall(r"\d+|[^\W\d_]+", text)
    years = [word for word in said if word.isdecimal() and len(word) == 4]
    named = [month for word in said if (month := _month_of(word))]
    others = [word for word in said if word not in years and not _month_of(word)]
    if len(named) != 1 or len(years) > 1 or not all(map(_says_nothing, others)):
        return None
    return _made(str(named[0]), years[0] if years else None, value)


def _from_day(text: str, value: object) -> ParsedMonth:
    try:
        found = parse_date(text)
    except CellError:
        raise CellError(errors.NOT_A_MONTH, value=value) from None
    return ParsedMonth(found.month, found.year)


def _month_of(word: str) -> int | None:
    if word.isdecimal():
        return int(word) if len(word) <= 2 and 1 <= int(word) <= 12 else None
    return month_of(re.sub(r"[ʻʼ'`’‘]", "", word))


def _says_nothing(word: str) -> bool:
    return not fold(word) or _BESIDE.known(word) is True


def _plain(value: object) -> str:
    text = re.sub(r"[‐‑‒–—―−]", "-", unicodedata.normalize("NFKC", str(value)))
    return re.sub(r"\s+", " ", text).strip(" .,;'\"«»“”()")
