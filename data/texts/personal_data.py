"""Detects passport numbers, PINFL and phone numbers in free text.

The product holds no personal data, so a text that seems to contain some is refused with the kind found; the text itself
goes into no message and no log.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from data.language import N_, DomainError, Message
from data.texts.visible import visible_text

# Letters of the text that stand around a piece, so that it is found.
AROUND = 20


class PersonalData(StrEnum):
    """Kinds of personal data that free text must not hold."""

    PASSPORT = "passport"
    PINFL = "pinfl"
    PHONE = "phone"


REASONS = {
    PersonalData.PASSPORT: N_("The text looks as if it held a passport number. Leave out data on persons."),
    PersonalData.PINFL: N_("The text looks as if it held a PINFL. Leave out data on persons."),
    PersonalData.PHONE: N_("The text looks as if it held a phone number. Leave out data on persons."),
}


NAMES = {
    PersonalData.PASSPORT: N_("a passport number"),
    PersonalData.PINFL: N_("a PINFL"),
    PersonalData.PHONE: N_("a phone number"),
}


class PersonalDataError(DomainError):
    """Raised for free text that seems to contain personal data; ``kinds`` says which, ``kind`` is the first of them."""

    def __init__(self, kinds: Sequence[PersonalData]) -> None:
        self.kind, self.kinds = kinds[0], tuple(kinds)
        names = [Message(NAMES[kind]) for kind in kinds]
        match names:
            case [_]:
                super().__init__(REASONS[self.kind])
            case [first, second]:
                text = N_("The text looks as if it held {first} and {second}. Leave out data on persons.")
                super().__init__(text, first=first, second=second)
            case _:
                super().__init__(
                    N_("The text looks as if it held a passport number, a PINFL and a phone number. Leave them out.")
                )


@dataclass(frozen=True)
class Piece:
    """Piece of a text that seems to be personal data, with a few letters of the text before and after it."""

    kind: PersonalData
    before: str
    text: str
    after: str


_DASHES = re.compile(r"[‐‑‒–—―−﹣－]")
_GAP = r"[ .\-]?"
_MONEY = r"(?! ?(?:so.?m|сўм|сум|ming|минг|тыс|mln|млн|uzs|usd|\$))"

# Two letters in either script and seven digits, however they are spaced: AA1234567, АА № 123-45-67.
_LETTERS = r"(?<![^\W\d_])[^\W\d_]{2}"
_SEVEN_DIGITS = r"\d(?:[ \-]?\d){6}(?![ \-]?\d)"
_PASSPORT_JOINED = re.compile(rf"{_LETTERS}(?:no|n|[\-:#.])?{_SEVEN_DIGITS}", re.IGNORECASE)
_PASSPORT_SPACED = re.compile(rf"({_LETTERS})[ .:]*(?:no?\.?|#|\-)?[ ]*{_SEVEN_DIGITS}{_MONEY}", re.IGNORECASE)
# Short words that may stand before an amount; written in capitals they are a passport's series all the same.
_SHORT_WORDS = frozenset(
    ["ta", "ga", "da", "va", "ni", "bu", "so", "по", "на", "до", "от", "из", "за", "не", "та", "га", "да", "ва"]
    + ["to", "of", "in", "at", "no"]
)

_PINFL_JOINED = re.compile(r"(?<!\d)\d{14}(?!\d)")
_PINFL_SPACED = re.compile(r"(?<!\d)[1-6](?:[ \-]?\d){13}(?![ \-]?\d)")

_OPERATOR = r"(?:20|33|50|55|6[1-79]|7[0-9]|8[78]|9[0-9])"
_PHONES = (
    re.compile(r"\+ ?\d(?:[ .\-]?[()]?[ ]?\d){8,14}"),
    re.compile(r"(?<!\d)998[ .\-]?\(?\d{2}\)?(?:[ .\-]?\d){7}(?![ .\-]?\d)"),
    re.compile(r"\(\d{2,5}\)(?:[ .\-]?\d){5,7}(?!\d)"),
    re.compile(rf"(?<![\d.,]){_OPERATOR}[ .\-]\d{{3}}[ .\-]?\d{{2}}[ .\-]?\d{{2}}(?![ .\-]?\d){_MONEY}"),
    re.compile(r"(?<![\d\-.])\d{3}-\d{2}-\d{2}(?![\-.]?\d)"),
    re.compile(rf"(?<![\d.,])(?:33|50|55|7[1-9]|88|9[0-9])(?!\d{{3}}0000)\d{{7}}(?![\d.,]\d|\d){_MONEY}"),
    re.compile(r"(?:tel|phone|mob|тел|моб|qo.?ng.?iroq)[^\d]{0,20}\d(?:[ .\-()]{0,2}\d){5,}"),
)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", visible_text(text)).replace("\u200d", "")
    return re.sub(r"\s+", " ", _DASHES.sub("-", folded))


def _passports(text: str) -> Iterator[re.Match[str]]:
    yield from _PASSPORT_JOINED.finditer(text)
    yield from (match for match in _PASSPORT_SPACED.finditer(text) if match.group(1) not in _SHORT_WORDS)


def _pinfls(text: str) -> Iterator[re.Match[str]]:
    yield from _PINFL_JOINED.finditer(text)
    yield from (match for match in _PINFL_SPACED.finditer(text) if _is_birth_number(match))


def _phones(text: str) -> Iterator[re.Match[str]]:
    lower = text.lower()
    return chain.from_iterable(pattern.finditer(lower) for pattern in _PHONES)


def _is_birth_number(match: re.Match[str]) -> bool:
    """Whether 14 spaced digits have the structure of a PINFL: century and sex, then day, month and year of birth."""
    digits = re.sub(r"\D", "", match.group())
    return 1 <= int(digits[1:3]) <= 31 and 1 <= int(digits[3:5]) <= 12


def find_personal_data(text: str) -> PersonalData | None:
    """Kind of personal data that ``text`` seems to contain, in any usual spacing and either script, or None."""
    plain = _plain(text)
    return next((kind for kind, find in _FINDERS.items() if next(iter(find(plain)), None) is not None), None)


def personal_data_in(text: str) -> tuple[Piece, ...]:
    """Every piece of ``text`` that seems to be personal data, in the order of the text; none is named twice.

    For the screen of the person who wrote it, never for a message or a log.
    """
    plain = _plain(text)
    spans: list[tuple[int, int, PersonalData]] = []
    for kind, find in _FINDERS.items():
        for match in find(plain):
            start, end = match.span()
            if all(end <= known_start or start >= known_end for known_start, known_end, _ in spans):
                spans.append((start, end, kind))
    return tuple(
        Piece(kind, _whole_words(plain[:start], is_end=True), plain[start:end], _whole_words(plain[end:], is_end=False))
        for start, end, kind in sorted(spans)
    )


def _whole_words(text: str, *, is_end: bool) -> str:
    """Return the last or first letters of a text, without the word that is cut."""
    if len(text) <= AROUND:
        return text
    return text[-AROUND:].partition(" ")[2] if is_end else text[:AROUND].rpartition(" ")[0]


def refuse_personal_data(text: str) -> None:
    """Raise :class:`PersonalDataError` if ``text`` seems to contain personal data, with all kinds of it."""
    if find_personal_data(text) is not None:
        found = {piece.kind for piece in personal_data_in(text)}
        raise PersonalDataError([kind for kind in PersonalData if kind in found])


_FINDERS: Mapping[PersonalData, Callable[[str], Iterable[re.Match[str]]]] = {
    PersonalData.PASSPORT: _passports,
    PersonalData.PINFL: _pinfls,
    PersonalData.PHONE: _phones,
}
