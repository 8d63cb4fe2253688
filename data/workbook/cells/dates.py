"""Parses dates as districts write them: date cells, digits in several orders, words in three languages, open-ended
terms.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from data.workbook import errors
from data.workbook.cells.text_matching import WordIndex, compact, fold, visible
from data.workbook.errors import CellError
from data.workbook.spellings import numbered_word_list, word_list

EARLIEST, LATEST = date(1991, 9, 1), date(2100, 12, 31)
_EXCEL_EPOCH = date(1899, 12, 30)
_MONTH_ENDINGS = ("", "i", "da", "dan", "ning", "gacha", "ga", "idan", "igacha")
MONTH_INDEX = WordIndex(
    [(f"{word}{end}", month) for word, month in numbered_word_list("month") for end in _MONTH_ENDINGS]
)
NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = {numeral: month for month, numeral in enumerate(NUMERALS, 1)}
# A Cyrillic keyboard writes Roman numerals with look-alikes.
_LATIN = str.maketrans("іхѵІХѴ", "ixvIXV")
_BESIDE = WordIndex((word, True) for name in ("month_beside", "date_beside", "weekday") for word in word_list(name))
_WEEKDAYS = WordIndex(numbered_word_list("weekday"))
_NUMBER_WORDS = WordIndex((word, True) for word in word_list("number_word"))
_OPEN_ENDED = WordIndex((word, True) for word in word_list("open_ended"))
_DAY_FIRST = re.compile(r"(\d{1,2})\s?([./\-, ])\s?(\d{1,2})\s?[./\-, ]\s?(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})\s?[./\-, ]\s?(\d{1,2})\s?[./\-, ]\s?(\d{1,2})")
_TIME = re.compile(
    r"(?:[T ]+|,? (?:soat|соат|в|at) )\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m| ?(?:da|да))?$", re.IGNORECASE
)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})", re.IGNORECASE)
_LONGEST = 200
_TASHKENT = timezone(timedelta(hours=5))
_YEAR_WORD = re.compile(
    r"(?<=\d)[\s\-]*(?:yilgacha|yildan|yilda|yil|йилгача|йилда|йил|года|году|год|гг?\.?|y\.?|й\.?)$"
)
_TERM = re.compile(
    r"([1-9]\d?) ?(yil(?:ga|lik|gacha)?|god(?:a|u)?|let|years?|oy(?:ga|lik|gacha)?|mes(?:yas(?:a|ev)?)?|months?)"
)


@dataclass(frozen=True)
class DateDigits:
    """Date in three numbers with the year last: which of the first two is the day, only their order says."""

    first: int
    second: int
    year: int
    separator: str
    is_short_year: bool


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
    said = re.findall(r"\d+|[^\W\d_]+", re.sub(r"[ʻʼ'`’‘]", "", text))
    numbers = [word for word in said if word.isdecimal()]
    words = [word for word in said if not word.isdecimal() and (fold(word) or month_of(word))]
    months = [month for word in words if (month := month_of(word))]
    if not all(month_of(word) or _BESIDE.known(word) for word in words):
        return None
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(months) != 1 or len(numbers) != 2:
        return None
    if len(days) == 2:
        raise CellError(errors.UNCLEAR_YEAR, value=value)
    if len(years) != 1 or len(days) != 1:
        return None
    return _made(int(years[0]), months[0], int(days[0]), value)


def month_of(word: str) -> int | None:
    """Month that a word or a Roman numeral names."""
    return _ROMAN.get(word.translate(_LATIN).lower()) or MONTH_INDEX.find(word)[0]


def _plain(value: str) -> str:
    """Text of one spacing without the time of day and the day of the week."""
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", visible(value))).strip(" .,;'\"«»“”")
    text = _TIME.sub("", re.sub(r"[‐‑‒–—―−]", "-", text))
    text = re.sub(r"\(([^()\d]*)\)", lambda match: "" if _WEEKDAYS.known(match.group(1)) else match.group(), text)
    words = text.split(" ")
    while len(words) > 1 and _WEEKDAYS.known(words[0]):
        words = words[1:]
    while len(words) > 1 and _WEEKDAYS.known(words[-1]):
        words = words[:-1]
    return " ".join(words).strip(" .,;'\"«»“”")


def _without_year_word(text: str) -> str:
    return _YEAR_WORD.sub("", text.lower()).strip(" .,")


def is_on_its_weekday(value: str, found: date) -> bool:
    """Whether no other day of the week stands beside a date."""
    words = re.findall(r"[^\W\d_]+", value)
    return all(weekday in (None, found.isoweekday()) for weekday in map(_WEEKDAYS.known, words))


@lru_cache(maxsize=5_000)
def digits_of(value: str) -> DateDigits | None:
    """Numbers of a text that is a date in digits with the year last, else None."""
    match = _DAY_FIRST.fullmatch(_without_year_word(_plain(value))) if len(value) <= _LONGEST else None
    if match is None:
        return None
    first, separator, second, year = match.groups()
    is_short = len(year) == 2
    return DateDigits(int(first), int(second), int(year) + (2000 if is_short else 0), separator, is_short)


def _from_text(value: str) -> date:
    if _MOMENT.fullmatch(value.strip()):
        return _in_range(datetime.fromisoformat(value.strip()).astimezone(_TASHKENT).date(), value)
    # Raised digits are footnotes.
    if any(unicodedata.category(letter) == "No" for letter in value):
        raise CellError(errors.NOT_A_DATE, value=value)
    text = _plain(value)
    digits = _without_year_word(text)
    if match := _YEAR_FIRST.fullmatch(digits):
        year, month, day = match.groups()
        return _made(int(year), int(month), int(day), value)
    if match := _DAY_FIRST.fullmatch(digits):
        day, _, month, short = match.groups()
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


def _without_number_words(match: re.Match[str]) -> str:
    """Empty text for brackets that say a number again in words."""
    return " " if all(map(_NUMBER_WORDS.known, match.group(1).split())) else match.group()


def parse_term(value: object) -> date | Term | None:
    """Expiry of a cell: a date, a length of time, or None for open-ended. Raises :class:`CellError`."""
    if not isinstance(value, str):
        return parse_date(value)
    if re.search(r"[?~≈<>≤≥±+]", value):
        return parse_date(value)
    if not compact(value) or _OPEN_ENDED.known(value):
        return None
    if match := _TERM.fullmatch(fold(re.sub(r"\(([^\d)]*)\)", _without_number_words, value))):
        is_years = match.group(2).startswith(("yil", "god", "let", "year"))
        return Term(int(match.group(1)) * (12 if is_years else 1))
    return parse_date(re.sub(r"\s*(?:gacha|гача)\s*$", "", re.sub(r"^\s*(?:до|по)\s+", "", value)))
