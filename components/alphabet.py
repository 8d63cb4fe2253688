"""Sorting of names by the alphabet of the language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from data.language import Language
from data.text import OKINA, TUTUQ, tidy

_RUSSIAN = [*"абвгдеёжзийклмнопрстуфхцчшщъыьэюя"]
_UZBEK_CYRILLIC = [*"абвгдеёжзийклмнопрстуфхцчшъьэюя", "ў", "қ", "ғ", "ҳ"]
_UZBEK_LATIN = [*"abdefghijklmnopqrstuvxyz", f"o{OKINA}", f"g{OKINA}", "sh", "ch"]
_ALPHABETS: Mapping[Language, list[str]] = {
    Language.UZ_LATN: _UZBEK_LATIN,
    Language.UZ_CYRL: _UZBEK_CYRILLIC,
    Language.RU: _RUSSIAN,
    Language.EN: [*"abcdefghijklmnopqrstuvwxyz"],
}
_LETTER = re.compile(f"[og]{OKINA}|sh|ch|.", re.DOTALL)
_AFTER_ALPHABET = 1000


def alphabet_key(text: str, language: Language) -> tuple[int, ...]:
    """A key that sorts by the language's alphabet: ``oʻ``, ``gʻ``, ``sh`` and ``ch`` close the Uzbek Latin one,
    ``ў``, ``қ``, ``ғ`` and ``ҳ`` the Cyrillic one. The tutuq belgisi and letter case do not count."""
    alphabet = _ALPHABETS[language]
    letters = _LETTER.findall(tidy(text).lower().replace(TUTUQ, ""))
    if language is not Language.UZ_LATN:
        letters = [*"".join(letters)]
    return tuple(_rank(letter, alphabet) for letter in letters)


def _rank(letter: str, alphabet: list[str]) -> int:
    if letter in alphabet:
        return alphabet.index(letter) + 1
    return _AFTER_ALPHABET + ord(letter[0]) if letter.isalpha() else 0
