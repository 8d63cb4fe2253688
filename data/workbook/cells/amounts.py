"""Parses sums of money and values of indicators as districts write them: with spaces, commas, words
and percent signs.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal

from data.workbook import errors
from data.workbook.cells.figures import find_figure
from data.workbook.cells.text_matching import WordIndex, fold
from data.workbook.errors import CellError
from data.workbook.spellings import numbered_word_list, word_list

LARGEST_AMOUNT = 10**15
_SUM_WORDS = WordIndex((word, True) for word in word_list("sum"))
_MULTIPLES = WordIndex(numbered_word_list("multiple"))
_UNITS = WordIndex((word, True) for word in word_list("value"))
_FLOORS = sorted(map(fold, word_list("value_floor")), key=len, reverse=True)
_THOUSANDS = re.compile(r"([1-9]\d{0,2}(?:[ .,']\d{3})+)(?:[.,](\d{1,2}))?")
_PLAIN = re.compile(r"(\d+)(?:[.,](\d+))?")


@dataclass(frozen=True)
class ParsedValue:
    """Value of a cell; ``is_percent`` is set where a percent sign or word follows it."""

    value: float
    is_percent: bool = False


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
    figure = find_figure(value)
    if figure is None or figure.is_percent or len(figure.digits) > 30:
        return None
    multiples = [multiple for word in figure.words if (multiple := _MULTIPLES.known(word))]
    is_known = all(_MULTIPLES.known(word) or _SUM_WORDS.known(word) for word in figure.words)
    number = _number(figure.digits, has_thousands=not multiples) if is_known else None
    amount = number * math.prod(multiples) if number is not None and len(multiples) <= 1 else None
    return amount if figure.is_also(amount) else None


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
    figure = find_figure(value) if isinstance(value, str) else None
    number = None
    if figure is not None and len(figure.digits) <= 30 and all(map(_UNITS.known, _without_floor(figure.words))):
        number = _number(figure.digits, has_thousands=False)
    if number is None:
        raise CellError(errors.NOT_A_VALUE, value=value)
    said = " ".join(figure.words).lower() if figure else ""
    is_percent = bool(figure and figure.is_percent) or bool(re.search(r"foiz|фоиз|процент|percent", said))
    return ParsedValue(float(number), is_percent=is_percent)


def _without_floor(words: tuple[str, ...]) -> list[str]:
    """Words without a phrase that calls the value the least one, which is what a target is."""
    text = f" {' '.join(map(fold, words))} "
    for phrase in _FLOORS:
        text = text.replace(f" {phrase} ", " ", 1)
    return text.split()
