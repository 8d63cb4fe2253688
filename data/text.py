"""Uzbek text: keys that find a name whatever apostrophe or script was typed."""

from __future__ import annotations

import re
import unicodedata

OKINA, TUTUQ = "ʻ", "ʼ"
APOSTROPHES = "'`´‘’‛ʻʼʹ′＇"

_CYRILLIC_TO_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "j", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "x", "ц": "s", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "'", "ы": "i", "ь": "",
    "э": "e", "ю": "yu", "я": "ya", "ў": "o", "қ": "q", "ғ": "g", "ҳ": "h",
}  # fmt: skip
_VOWELS = "аеёиоуўэюяыъь"
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def to_latin(text: str) -> str:
    """Uzbek Cyrillic as lower-case Latin, letter by letter, for comparison only (not for display)."""
    lower = unicodedata.normalize("NFKC", text).lower()
    letters = []
    for position, letter in enumerate(lower):
        starts_syllable = position == 0 or not lower[position - 1].isalpha() or lower[position - 1] in _VOWELS
        letters.append("ye" if letter == "е" and starts_syllable else _CYRILLIC_TO_LATIN.get(letter, letter))
    return "".join(letters)


def search_key(text: str) -> str:
    """A key equal for all spellings of a name: script, case, apostrophes, spaces and punctuation are folded.

    ``oʻ`` and ``o`` fold together on purpose: the apostrophe is the sign that people leave out or mistype.
    """
    latin = to_latin(text)
    for mark in APOSTROPHES:
        latin = latin.replace(mark, "")
    return _NOT_WORD.sub(" ", latin).strip()


def tidy(text: str) -> str:
    """Text for storing: one space between words, none around, apostrophes after o and g as ʻ, others as ʼ."""
    folded = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
    marks = f"[{re.escape(APOSTROPHES)}]"
    folded = re.sub(rf"(?<=[OoGg]){marks}(?=\w|\b|$)", OKINA, folded)
    return re.sub(rf"(?<=\w){marks}(?=\w)", lambda match: match.group() if match.group() == OKINA else TUTUQ, folded)
