"""Parses dates as districts write them: date cells, digits in several orders, words in three languages, open-ended
terms.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data.workbook import errors
from data.workbook.cells.text_matching import WordIndex, compact, fold
from data.workbook.errors import CellError
from data.workbook.spellings import numbered_word_list, word_list

EARLIEST, LATEST = date(1991, 9, 1), date(2100, 12, 31)
_EXCEL_EPOCH = date(1899, 12, 30)
_MONTH_ENDINGS = ("", "i", "da", "dan", "ning", "gacha", "ga", "idan", "igacha")
MONTH_INDEX = WordIndex(
    [(f"{word}{end}", month) for word, month in numbered_word_list("month") for end in _MONTH_ENDINGS]
)
_OPEN_ENDED = WordIndex((word, True) for word in word_list("open_ended"))
_DAY_FIRST = re.compile(r"(\d{1,2})\s?[./\-, ]\s?(\d{1,2})\s?[./\-, ]\s?(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})\s?[./\-, ]\s?(\d{1,2})\s?[./\-, ]\s?(\d{1,2})")
_TIME = re.compile(r"[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?Z?$", re.IGNORECASE)
_YEAR_WORD = re.compile(
    r"(?<=\d)[\s\-]*(?:yilgacha|yildan|yilda|yil|йилгача|йилда|йил|года|году|год|гг?\.?|y\.?|й\.?)$"
)
_TERM = re.compile(
    r"([1-9]\d?) ?(yil(?:ga|lik|gacha)?|god(?:a|u)?|let|years?|oy(?:ga|lik|gacha)?|mes(?:yas(?:a|ev)?)?|months?)"
)


@dataclass(frozen=True)
class Term:
    """Length of a term in months, counted from the day of coming into force."""

    months: int

    def after(self, start: date) -> date:
        """Same day of the month ``months`` later, or the last day of that month."""
        year, month = divmod(start.year * 12 + start.month - 1 + self.months, 12)
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _in_range(found: date, value: object) -> date:
    if not EARLIEST <= found <= LATEST:
        raise CellError(errors.DATE_OUT_OF_RANGE, value=value)
    return found


def _made(year: int, month: int, day: int, value: object) -> date:
    try:
        return _in_range(date(year, month, day), value)
    except ValueError:
        raise CellError(errors.NO_SUCH_DATE, value=value) from None


def _from_serial(value: float, shown: object) -> date:
    if not 33_000 <= value < 73_500:
        raise CellError(errors.NOT_A_DATE, value=shown)
    return _in_range(_EXCEL_EPOCH + timedelta(days=int(value)), shown)


def _full_year(year: str, *, is_dashed: bool, value: str) -> int:
    if len(year) == 4:
        return int(year)
    if is_dashed:
        raise CellError(errors.UNCLEAR_YEAR, value=value)
    return 2000 + int(year)


def _from_words(text: str, value: str) -> date | None:
    said = re.findall(r"\d+|[^\W\d_]+", fold(re.sub(r"[ʻʼ'`’‘]", "", text)))
    numbers = [word for word in said if word.isdigit()]
    months = [month for word in said if not word.isdigit() and (month := MONTH_INDEX.find(word)[0])]
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(months) != 1 or len(numbers) != 2:
        return None
    if len(days) == 2:
        raise CellError(errors.UNCLEAR_YEAR, value=value)
    if len(years) != 1 or len(days) != 1:
        return None
    return _made(int(years[0]), months[0], int(days[0]), value)


def _from_text(value: str) -> date:
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", value)).strip(" .,;'\"«»“”")
    text = re.sub(r"[‐‑‒–—―−]", "-", text)
    digits = _YEAR_WORD.sub("", _TIME.sub("", text).lower()).strip(" .,")
    if match := _YEAR_FIRST.fullmatch(digits):
        year, month, day = match.groups()
        return _made(int(year), int(month), int(day), value)
    if match := _DAY_FIRST.fullmatch(digits):
        day, month, short = match.groups()
        year_number = _full_year(short, is_dashed="-" in digits, value=value)
        return _made(year_number, int(month), int(day), value)
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", digits):
        return _from_serial(float(digits.replace(",", ".")), value)
    found = _from_words(text, value)
    if found is None:
        raise CellError(errors.NOT_A_DATE, value=value)
    return found


def parse_date(value: object) -> date:
    """Date of a cell. Raises :class:`CellError` where there is none or an impossible one."""
    if isinstance(value, datetime):
        return _in_range(value.date(), value.date())
    if isinstance(value, date):
        return _in_range(value, value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_serial(value, value)
    if isinstance(value, str):
        return _from_text(value)
    raise CellError(errors.NOT_A_DATE, value=value)


def parse_term(value: object) -> date | Term | None:
    """Expiry of a cell: a date, a length of time, or None for open-ended. Raises :class:`CellError`."""
    if not isinstance(value, str):
        return parse_date(value)
    if not compact(value) or _OPEN_ENDED.find(value)[0]:
        return None
    if match := _TERM.fullmatch(fold(re.sub(r"\([^\d)]*\)", " ", value))):
        is_years = match.group(2).startswith(("yil", "god", "let", "year"))
        return Term(int(match.group(1)) * (12 if is_years else 1))
    return parse_date(re.sub(r"\s*(?:gacha|гача)\s*$", "", re.sub(r"^\s*(?:до|по)\s+", "", value)))
