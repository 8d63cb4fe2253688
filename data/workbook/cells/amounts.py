"""Parses sums of money and values of indicators as districts write them: with spaces, commas, words
and percent signs.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from data.workbook import errors
from data.workbook.cells.text_matching import WordIndex
from data.workbook.errors import CellError
from data.workbook.spellings import numbered_word_list, word_list

LARGEST_AMOUNT = 10**15
_SUM_WORDS = WordIndex((word, True) for word in word_list("sum"))
_MULTIPLES = WordIndex(numbered_word_list("multiple"))
_UNITS = WordIndex((word, True) for word in word_list("value"))
_THOUSANDS = re.compile(r"(\d{1,3}(?:[ .,']\d{3})+)(?:[.,](\d{1,2}))?")
_PLAIN = re.compile(r"(\d+)(?:[.,](\d+))?")


@dataclass(frozen=True)
class ParsedValue:
    """Value of a cell; ``is_percent`` is set where a percent sign or word follows it."""

    value: float
    is_percent: bool = False


def _plain(value: object) -> str:
    text = unicodedata.normalize("NFKC", str(value))
    return re.sub(r"[‐‑‒–—―−]", "-", re.sub(r"\s+", " ", text)).strip(" .,;")


def _split(text: str) -> tuple[str, list[str]] | None:
    """Single number of a text, and the words around it; None where there is not exactly one."""
    match = re.fullmatch(r"([^\d\-+]*)(-? ?\d(?:[\d ,.']*\d)?)([^\d]*)", text)
    if match is None or re.search(r"[~≈<>≤≥+]", text) or "-" in match.group(3):
        return None
    return match.group(2).replace("- ", "-"), re.findall(r"[^\W\d_]+", f"{match.group(1)} {match.group(3)}")


def _number(digits: str, *, has_thousands: bool) -> Decimal | None:
    """Number of digits; a group of three is a thousand where ``has_thousands``, else a fraction."""
    sign, digits = (-1, digits[1:]) if digits.startswith("-") else (1, digits)
    if match := _THOUSANDS.fullmatch(digits):
        is_group = has_thousands or len(re.findall(r"[ .,']", match.group(1))) > 1 or " " in match.group(1)
        if is_group:
            return sign * Decimal(re.sub(r"\D", "", match.group(1)) + "." + (match.group(2) or "0"))
    match = _PLAIN.fullmatch(digits)
    return sign * Decimal(f"{match.group(1)}.{match.group(2) or 0}") if match else None


def _amount(value: object) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return Decimal(str(value)) if math.isfinite(value) else None
    found = _split(_plain(value))
    if found is None or len(found[0]) > 30:
        return None
    digits, beside = found
    multiples = [multiple for word in beside if (multiple := _MULTIPLES.find(word)[0])]
    is_known = all(_MULTIPLES.find(word)[0] or _SUM_WORDS.find(word)[0] for word in beside)
    number = _number(digits, has_thousands=not multiples)
    return number * math.prod(multiples) if number is not None and is_known and len(multiples) <= 1 else None


def parse_amount(value: object) -> int:
    """Sum in soʻm of a cell: "5 000 000", "5,5 mln soʻm", "1.250.000,00". Raises :class:`CellError`."""
    amount = _amount(value)
    if amount is None or amount != amount.to_integral_value():
        raise CellError(errors.NOT_AN_AMOUNT, value=value)
    if amount < 0:
        raise CellError(errors.BELOW_ZERO, value=value)
    if amount > LARGEST_AMOUNT:
        raise CellError(errors.TOO_LARGE_NUMBER, value=value)
    return int(amount)


def parse_value(value: object) -> ParsedValue:
    """Value of an indicator in a cell: "85 %", "4,2 ball", 0.85. Raises :class:`CellError`."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST_AMOUNT:
        return ParsedValue(float(value))
    text = _plain(value)
    found = _split(text) if isinstance(value, str) else None
    is_known = found is not None and len(found[0]) <= 30 and all(_UNITS.find(word)[0] for word in found[1])
    number = _number(found[0], has_thousands=False) if found is not None and is_known else None
    if number is None:
        raise CellError(errors.NOT_A_VALUE, value=value)
    return ParsedValue(float(number), is_percent=bool(re.search(r"%|foiz|фоиз|процент|percent", text.lower())))
