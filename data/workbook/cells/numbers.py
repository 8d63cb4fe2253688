"""Parses numbers as districts write them: counts with words, ratings in words, tax numbers with spaces."""

from __future__ import annotations

import math
import re
import unicodedata

from data.workbook import errors
from data.workbook.cells.text_matching import WordIndex, compact, fold
from data.workbook.errors import CellError
from data.workbook.spellings import numbered_word_list, word_list

LARGEST_COUNT = 1_000_000
STIR_LENGTH = 9
_PEOPLE = WordIndex((word, True) for word in word_list("people"))
_THINGS = WordIndex((word, True) for word in word_list("things"))
_NOT_APPLICABLE = WordIndex((word, True) for word in word_list("not_applicable"))
_MARK_WORDS = {fold(word): mark for word, mark in numbered_word_list("mark")}
_THOUSANDS = re.compile(r"(\d{1,3}(?:[ '.,]\d{3})+)(?:[.,]0{1,2})?")
_WHOLE = re.compile(r"(\d+)(?:[.,]0+)?")


def is_blank(value: object) -> bool:
    """Whether a cell is empty or holds only spaces and dashes."""
    if value is None:
        return True
    if not isinstance(value, str):
        return False
    return not re.sub(r"[\s\-‐‑‒–—―−_.\u200b\ufeff]", "", unicodedata.normalize("NFKC", value))


def is_not_applicable(value: object) -> bool:
    """Whether a rating is given as not applicable: empty, a dash, or words such as ``n/a``."""
    return is_blank(value) or (isinstance(value, str) and _NOT_APPLICABLE.find(value)[0] is True)


def _from_number(value: float) -> int | None:
    return int(value) if math.isfinite(value) and value == int(value) else None


def _digits_of(text: str, units: WordIndex[bool]) -> tuple[str, str] | None:
    """Sign and digits of the single number in ``text``, if only known words stand beside it."""
    plain = (
        re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).replace("−", "-").replace("–", "-").replace("—", "-")
    )
    plain = re.sub(r"\([^\d]*\)", "", plain).strip(" .,;:'")
    match = re.fullmatch(r"([^\d\-+]*)([\-+]?) ?(\d(?:[\d ,.']*\d)?)([^\d]*)", plain)
    # "50+" and "~50" are no numbers that were counted.
    if match is None or re.search(r"[~≈<>≤≥+]", plain):
        return None
    before, sign, digits, after = match.groups()
    beside = re.findall(r"[^\W\d_]+", f"{before} {after}")
    if any(units.find(word)[0] is None for word in beside):
        return None
    if thousands := _THOUSANDS.fullmatch(digits):
        return sign, re.sub(r"\D", "", thousands.group(1))
    whole = _WHOLE.fullmatch(digits)
    return (sign, whole.group(1)) if whole else None


def _whole_number(value: object, units: WordIndex[bool] = _PEOPLE) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _from_number(value)
    found = _digits_of(value, units) if isinstance(value, str) else None
    if found is None or len(found[1]) > 12:
        return None
    return int(found[1]) * (-1 if found[0] == "-" else 1)


def parse_count(value: object) -> int:
    """Number of people in a cell. Raises :class:`CellError`."""
    number = _whole_number(value)
    if number is None:
        raise CellError(errors.NOT_A_NUMBER, value=value)
    if number < 0:
        raise CellError(errors.NEGATIVE, value=value)
    if number > LARGEST_COUNT:
        raise CellError(errors.TOO_LARGE, value=value)
    return number


def parse_whole(value: object) -> int:
    """Whole number in a cell, of hours, mahallas, offences and the like. Raises :class:`CellError`."""
    number = _whole_number(value, _THINGS)
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
    text = re.sub(r"^\s*(\d)\s*(?:/|из|dan|out of)\s*5\b", r"\1", value) if isinstance(value, str) else value
    number = _whole_number(text)
    if isinstance(value, str) and number is None:
        number = _MARK_WORDS.get(fold(value))
    if number is None or not 1 <= number <= 5:
        raise CellError(errors.NOT_A_RATING, value=value)
    return number


def parse_stir(value: object) -> str:
    """Nine digits of a tax number (STIR). Raises :class:`CellError`."""
    if isinstance(value, float) and not isinstance(value, bool):
        value = _from_number(value) if math.isfinite(value) else value
    text = unicodedata.normalize("NFKC", str(value))
    text = re.sub(r"\([^\d)]*\)", "", text)
    text = re.sub(r"^\D{0,12}?(?:stir|inn|стир|инн)\W*(?:no\W*)?", "", text.strip(), flags=re.IGNORECASE)
    digits = re.sub(r"[\s\-–—.,'`’‘ʻ_№]", "", re.sub(r"\.0+$", "", text))
    # One digit nine times over stands for a number that is not known.
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{9}", digits) or len(set(digits)) == 1:
        raise CellError(errors.NOT_A_STIR, value=value)
    return digits


def parse_stirs(value: object) -> tuple[str, ...]:
    """Tax numbers in a cell, in order and without repeats; separated by ``;``, ``,`` or line breaks."""
    if not isinstance(value, str):
        return (parse_stir(value),)
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
