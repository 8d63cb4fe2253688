"""Matches words regardless of script, apostrophes, keyboard layout and small typing errors."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from data.texts.search_keys import APOSTROPHES, search_key

Meaning = TypeVar("Meaning")

_LOOK_ALIKE = dict(zip("aceopxykmtbhi", "асеорхукмтвні", strict=True))
_TO_CYRILLIC = str.maketrans(_LOOK_ALIKE | {key.upper(): value.upper() for key, value in _LOOK_ALIKE.items()})
_TO_LATIN = str.maketrans({cyrillic.upper(): latin.upper() for latin, cyrillic in _LOOK_ALIKE.items()})
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z]")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
# What people type who lack the Uzbek letters, and the letters that are taken for each other.
_LOOSE = str.maketrans({"x": "h", "q": "k", "u": "o", "w": "v", "j": "j"})

# Cells repeat each other: districts, directions, words of state.
_FOLDED = 20_000
LONGEST_WORD = 300
"""Most characters of a text that may be a known word or heading."""
SAFE_RATIO = 87.0
SAFE_LENGTH = 5
SAFE_MARGIN = 3.0


class MatchQuality(IntEnum):
    """Quality of a match, best last."""

    NONE = 0
    SLIP = 1
    LOOSE = 2
    EXACT = 3


def _one_script(word: str) -> str:
    """Word of mixed scripts (a Latin c in a Cyrillic word) turned to Cyrillic where look-alikes allow."""
    if _CYRILLIC.search(word) and _LATIN.search(word):
        changed = word.translate(_TO_CYRILLIC)
        return word if _LATIN.search(changed) else changed
    return word


def fold(text: str) -> str:
    """Key equal for all spellings of ``text``: its search key after correcting mixed scripts."""
    # Only short texts repeat, and a cache of long ones would fill the memory.
    return _fold_once(text) if len(text) <= LONGEST_WORD else _fold(text)


def _fold(text: str) -> str:
    visible = text.translate(_INVISIBLE)
    return search_key(re.sub(r"\w+", lambda match: _one_script(match.group()), visible))


_fold_once = lru_cache(maxsize=_FOLDED)(_fold)


def compact(text: str) -> str:
    """:func:`fold` without spaces, so that a wrong or missing space does not matter."""
    return fold(text).replace(" ", "")


def loose(key: str) -> str:
    """Folded key in which letters are equal that a Russian keyboard or hasty typing confuses."""
    return key.translate(_LOOSE)


def number_key(text: str) -> str:
    """Key of a document number: capitals without spaces, dashes of one kind, look-alike letters as Latin."""
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).upper().translate(_TO_LATIN)
    plain = re.sub(r"[‐‑‒–—―−]", "-", plain)
    plain = re.sub(rf"[\s{re.escape(APOSTROPHES)}\"«»]", "", plain)
    return re.sub(r"^(?:№|NO\.?|N)(?=\d)", "", plain)


def spellings(text: str) -> set[str]:
    """Keys of ``text``, also with е typed for ё."""
    return {compact(text), compact(text.replace("ё", "е").replace("Ё", "Е"))}


class WordIndex(Generic[Meaning]):
    """Finds the meaning of a word among known ones: exactly, loosely, or by a typing error that is safe to correct."""

    def __init__(self, words: Iterable[tuple[str, Meaning]], *, ratio: float = SAFE_RATIO) -> None:
        self._ratio = ratio
        self._exact: dict[str, Meaning] = {}
        loosely: dict[str, set[Meaning]] = defaultdict(set)
        for word, meaning in words:
            for key in spellings(word):
                self._exact.setdefault(key, meaning)
                loosely[loose(key)].add(meaning)
        self._loose = {key: next(iter(found)) for key, found in loosely.items() if len(found) == 1}
        self._find_folded = lru_cache(maxsize=_FOLDED)(self._find)

    def find(self, text: str) -> tuple[Meaning | None, MatchQuality]:
        """Meaning of ``text`` and the quality of the match; (None, NONE) where none is safe."""
        return self._find_folded(text) if len(text) <= LONGEST_WORD else (None, MatchQuality.NONE)

    def _find(self, text: str) -> tuple[Meaning | None, MatchQuality]:
        for key in sorted(spellings(text)):
            if key and key in self._exact:
                return self._exact[key], MatchQuality.EXACT
        key = loose(compact(text))
        if key and key in self._loose:
            return self._loose[key], MatchQuality.LOOSE
        return self._find_slip(key)

    def _find_slip(self, key: str) -> tuple[Meaning | None, MatchQuality]:
        if len(key) < SAFE_LENGTH:
            return None, MatchQuality.NONE
        best: dict[Meaning, float] = defaultdict(float)
        for known, meaning in self._loose.items():
            if len(known) >= SAFE_LENGTH and abs(len(known) - len(key)) <= 3:
                best[meaning] = max(best[meaning], fuzz.ratio(key, known))
        ranked = sorted(best.items(), key=lambda item: -item[1])
        if not ranked or ranked[0][1] < self._ratio:
            return None, MatchQuality.NONE
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < SAFE_MARGIN:
            return None, MatchQuality.NONE
        return ranked[0][0], MatchQuality.SLIP
