"""Parses numbers as districts write them: counts with words, ratings in words, tax numbers with spaces."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache

from data.workbook import errors
from data.workbook.cells.figures import find_figure, plain_text
from data.workbook.cells.text_matching import WordIndex, compact, fold, visible
from data.workbook.errors import CellError
from data.workbook.spellings import numbered_word_list, word_list

LARGEST_COUNT = 1_000_000
STIR_LENGTH = 9
_PEOPLE = WordIndex((word, True) for word in word_list("people"))
_BESIDE_RATING = WordIndex((word, True) for word in word_list("rating_beside"))
_NOT_APPLICABLE = WordIndex((word, True) for word in word_list("not_applicable"))
_MARK_WORDS = {fold(word): mark for word, mark in numbered_word_list("mark")}
_RATING_WORDS = WordIndex(numbered_word_list("rating_word"))
_THOUSANDS = re.compile(r"([1-9]\d{0,2}([ '.,])\d{3}(?:\2\d{3})*)(?:[.,]0{1,2})?")
_WHOLE = re.compile(r"(\d+)(?:[.,]0{1,2})?")
_OF_FIVE = re.compile(r"^\s*(\d)\s*(?:/|из|out of|of)\s*5(?![\d.,])")


def is_blank(value: object) -> bool:
    """Whether a cell is empty or holds only spaces and dashes."""
    if value is None:
        return True
    if not isinstance(value, str) or value[:1].isalnum():
        return False
    return not re.sub(r"[\s\-‐‑‒–—―−_.]", "", unicodedata.normalize("NFKC", visible(value)))


def is_not_applicable(value: object) -> bool:
    """Whether a rating is given as not applicable: empty, a dash, or words such as ``n/a``."""
    return is_blank(value) or (isinstance(value, str) and "?" not in value and _NOT_APPLICABLE.known(value) is True)


def _from_number(value: float) -> int | None:
    return int(value) if math.isfinite(value) and value == int(value) else None


@cache
def _units(name: str) -> WordIndex[bool]:
    """Words that may stand beside a number of the things of a list."""
    return WordIndex((word, True) for word in (*word_list("things"), *word_list(name)))


def _whole_number(value: object, units: WordIndex[bool]) -> int | None:
    """Whole number of a cell, if only known words stand beside it."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _from_number(value)
    figure = find_figure(value) if isinstance(value, str) else None
    if figure is None or figure.is_percent or any(units.known(word) is None for word in figure.words):
        return None
    digits = figure.digits.removeprefix("-")
    if thousands := _THOUSANDS.fullmatch(digits):
        digits = re.sub(r"\D", "", thousands.group(1))
    elif whole := _WHOLE.fullmatch(digits):
        digits = whole.group(1)
    if not digits.isdecimal() or len(digits) > 12 or not figure.is_also(int(digits)):
        return None
    return int(digits) * (-1 if figure.digits.startswith("-") else 1)


def parse_count(value: object) -> int:
    """Number of people in a cell. Raises :class:`CellError`."""
    number = _whole_number(value, _PEOPLE)
    if number is None:
        raise CellError(errors.NOT_A_NUMBER, value=value)
    if number < 0:
        raise CellError(errors.NEGATIVE, value=value)
    if number > LARGEST_COUNT:
        raise CellError(errors.TOO_LARGE, value=value)
    return number


def parse_whole(value: object, units: str = "things") -> int:
    """Whole number in a cell, of hours, mahallas, offences and the like; ``units`` is the list of words that may stand
    beside it. Raises :class:`CellError`.
    """
    number = _whole_number(value, _units(units))
    if number is None:
        raise CellError(errors.NOT_A_NUMBER, value=value)
    if number < 0:
        raise CellError(errors.BELOW_ZERO, value=value)
    if number > LARGEST_COUNT:
        raise CellError(errors.TOO_LARGE_NUMBER, value=value)
    return number


def parse_rating(value: object) -> int | None:
    """Rating in a cell, 1-5, or None for not applicable. Raises :class:`CellError`."""
    if is_not_applicable(value):
        return None
    text = _without_rating_word(_OF_FIVE.sub(r"\1", plain_text(value))) if isinstance(value, str) else value
    number = _whole_number(text, _BESIDE_RATING)
    if isinstance(text, str) and number is None:
        number = _mark_in_words(text)
    if number is None or not 1 <= number <= 5:
        raise CellError(errors.NOT_A_RATING, value=value)
    return number


def _without_rating_word(text: str) -> str:
    """Text without brackets that say the rating before them again in words: 5 (аъло)."""
    match = re.fullmatch(r"(\d)([^()\d]*)\(([^()\d]+)\)", text)
    is_same = match is not None and _RATING_WORDS.known(match.group(3)) == int(match.group(1))
    return f"{match.group(1)}{match.group(2)}" if match and is_same else text


def _mark_in_words(text: str) -> int | None:
    words = [word for word in fold(text).split() if _BESIDE_RATING.known(word) is None]
    return _MARK_WORDS.get(words[0]) if len(words) == 1 else None


def parse_stir(value: object) -> str:
    """Nine digits of a tax number (STIR). Raises :class:`CellError`."""
    whole = _from_number(value) if isinstance(value, float) else None
    text = unicodedata.normalize("NFKC", visible(str(value if whole is None else whole)))
    text = re.sub(r"\([^\d)]*\)", "", text)
    text = re.sub(r"^\W*(?:stir|inn|стир|инн)\W*(?:no\W*)?", "", text.strip(), flags=re.IGNORECASE)
    digits = re.sub(r"[\s\-–—.,'`’‘ʻ_№]", "", re.sub(r"\.0+$", "", text))
    is_number = not isinstance(value, bool) and not (isinstance(value, int | float) and value < 0)
    # One digit nine times over stands for a number that is not known.
    if not is_number or not re.fullmatch(r"[1-9][0-9]{8}", digits) or len(set(digits)) == 1:
        raise CellError(errors.NOT_A_STIR, value=value)
    return digits


def parse_stirs(value: object) -> tuple[str, ...]:
    """Tax numbers in a cell, in order and without repeats; separated by ``;``, ``,`` or line breaks."""
    if not isinstance(value, str):
        return (parse_stir(value),)
    value = re.sub(r"(?<=\d{9})[.,]0{1,2}\s*$", "", value)
    parts = [part for part in re.split(r"[;\n/|]| va | и | ва |(?<=\d{9})\s+(?=\d{9})", value) if compact(part)]
    found: list[str] = []
    for part in parts:
        pieces = [piece for piece in part.split(",") if compact(piece)]
        if all(len(re.sub(r"\D", "", piece)) == 3 for piece in pieces):
            pieces = [part]
        found += [parse_stir(piece) for piece in pieces]
    if not found:
        raise CellError(errors.NOT_A_STIR, value=value)
    return tuple(dict.fromkeys(found))
