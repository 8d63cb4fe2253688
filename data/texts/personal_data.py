"""Detects passport numbers, PINFL and phone numbers in free text.

The product holds no personal data, so a text that seems to contain some is refused with the kind found; the text itself
goes into no message and no log.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from data.language import N_, DomainError
from data.texts.visible import visible_text


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


class PersonalDataError(DomainError):
    """Raised for free text that seems to contain personal data; ``kind`` says which."""

    def __init__(self, kind: PersonalData) -> None:
        super().__init__(REASONS[kind])
        self.kind = kind


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


def _has_passport(text: str) -> bool:
    if _PASSPORT_JOINED.search(text):
        return True
    series = (match.group(1) for match in _PASSPORT_SPACED.finditer(text))
    return any(letters not in _SHORT_WORDS for letters in series)


def _is_birth_number(match: re.Match[str]) -> bool:
    """Whether 14 spaced digits have the structure of a PINFL: century and sex, then day, month and year of birth."""
    digits = re.sub(r"\D", "", match.group())
    return 1 <= int(digits[1:3]) <= 31 and 1 <= int(digits[3:5]) <= 12


def find_personal_data(text: str) -> PersonalData | None:
    """Kind of personal data that ``text`` seems to contain, in any usual spacing and either script, or None."""
    plain = _plain(text)
    if _has_passport(plain):
        return PersonalData.PASSPORT
    if _PINFL_JOINED.search(plain) or any(map(_is_birth_number, _PINFL_SPACED.finditer(plain))):
        return PersonalData.PINFL
    if any(pattern.search(plain.lower()) for pattern in _PHONES):
        return PersonalData.PHONE
    return None


def refuse_personal_data(text: str) -> None:
    """Raise :class:`PersonalDataError` if ``text`` seems to contain personal data."""
    kind = find_personal_data(text)
    if kind is not None:
        raise PersonalDataError(kind)
