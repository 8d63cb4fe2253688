"""Matches words regardless of script, apostrophes, keyboard layout and small typing errors."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import lru_cache
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from data.texts.search_keys import APOSTROPHES, search_key, to_latin
from data.workbook.spellings import word_list

Meaning = TypeVar("Meaning")

_LOOK_ALIKE = dict(zip("aceopxykmtbhi", "асеорхукмтвні", strict=True))
_TO_CYRILLIC = str.maketrans(_LOOK_ALIKE | {key.upper(): value.upper() for key, value in _LOOK_ALIKE.items()})
_TO_LATIN = str.maketrans({cyrillic.upper(): latin.upper() for latin, cyrillic in _LOOK_ALIKE.items()})
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z]")
# Words and signs for "number" around a document number: № 12-son, 12-сонли, raqami 12, No. 12, #12.
_NUMBER_WORDS = frozenset(["SON", "SONI", "SONLI", "RAQAM", "RAQAMI", "RAQAMLI", "NOMER", "NUMBER", "NCHI", "INCHI"])
_NUMBER_WORD_FIRST = re.compile(
    r"^(?:(?:#|N[RO]|NUM|NUMBER|NOMER|RAQAMI?)(?![A-Z])[\s.:#-]*|N(?![A-Z-])[\s.:#]*)+(?=[A-Z]{0,6}-?\d)"
)
_NUMBER_WORD_LAST = re.compile(rf"(?<=\d)(?:[\s-]*(?:{'|'.join(sorted(_NUMBER_WORDS, key=len, reverse=True))}))+$")
_DIGITS = re.compile(r"\d+(?:[.,]0)?")
_INVISIBLE = dict.fromkeys(
    [
        *map(ord, "\u00ad\u061c\u2060\ufeff\ufe0e\ufe0f"),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ]
)
# What people type who lack the Uzbek letters, and the letters that are taken for each other.
_LOOSE = str.maketrans({"x": "h", "q": "k", "u": "o", "w": "v", "j": "j"})

_NEGATION_WORDS = "|".join(word.translate(_LOOSE) for word in word_list("denial"))
_NEGATION_STARTS = "|".join(word.translate(_LOOSE) for word in word_list("denial_start"))
# Words of denial, beginnings (no-, be-, не-, un-), and endings (-madi, -magan, -mas, -siz, -n't).
_NEGATIONS = (
    re.compile(rf"\b(?:{_NEGATION_WORDS})\b|\b(?:{_NEGATION_STARTS})(?=[a-z]{{3}})|(?<=[a-z]{{2}})(?:mas|ma|siz|nt)"),
    re.compile(r"(?<=[a-z]{2})m(?=a(?:di|gan|y|s))"),
)

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


def visible(text: str) -> str:
    """Text without the signs that nobody sees: soft hyphens, zero-width spaces, marks of direction."""
    return text.translate(_INVISIBLE)


def fold(text: str) -> str:
    """Key equal for all spellings of ``text``: its search key after correcting mixed scripts."""
    # Only short texts repeat, and a cache of long ones would fill the memory.
    return _fold_once(text) if len(text) <= LONGEST_WORD else _fold(text)


def _fold(text: str) -> str:
    return search_key(re.sub(r"\w+", lambda match: _one_script(match.group()), visible(text)))


_fold_once = lru_cache(maxsize=_FOLDED)(_fold)


def compact(text: str) -> str:
    """:func:`fold` without spaces, so that a wrong or missing space does not matter."""
    return fold(text).replace(" ", "")


def loose(key: str) -> str:
    """Folded key in which letters are equal that a Russian keyboard or hasty typing confuses."""
    return key.translate(_LOOSE)


def _one_alphabet(word: str) -> str:
    """Capital word as Latin: by sound where a letter is plainly Cyrillic, else by look, as keyboards are mixed up."""
    by_sound, by_look = to_latin(word).upper(), word.translate(_TO_LATIN)
    is_cyrillic = by_sound in _NUMBER_WORDS or _CYRILLIC.search(by_look)
    return by_sound if is_cyrillic and not _LATIN.search(word) else by_look


def denies(one: str, other: str) -> bool:
    """Whether two folded texts that are nearly the same differ by a negation: without it they are more so."""
    bare = one.replace(" ", ""), other.replace(" ", "")
    ratio = fuzz.ratio(*bare)
    for text, rest in ((one, bare[1]), (other, bare[0])):
        for negation in (found for pattern in _NEGATIONS for found in pattern.finditer(text)):
            without = text[: negation.start()] + text[negation.end() :]
            if fuzz.ratio(without.replace(" ", ""), rest) > ratio:
                return True
    return False


@lru_cache(maxsize=_FOLDED)
def number_key(text: str) -> str:
    """Key of a document number: capitals in one alphabet without spaces, quotes and the word or sign for "number"."""
    plain = unicodedata.normalize("NFKC", visible(text).replace("№", " No ")).upper()
    plain = re.sub(rf"[{re.escape(APOSTROPHES)}\"«»“”„]", "", re.sub(r"[‐‑‒–—―−_]", "-", plain))
    plain = re.sub(r"[^\W\d_]+", lambda match: _one_alphabet(match.group()), plain)
    plain = _NUMBER_WORD_FIRST.sub("", plain.strip(" .,;:"))
    plain = re.sub(r"\s", "", _NUMBER_WORD_LAST.sub("", plain)).strip(".,;:")
    return re.sub(r"^0+(?=\d)", "", re.sub(r"(?<=\d)[.,]0$", "", plain)) if _DIGITS.fullmatch(plain) else plain


def spellings(text: str) -> set[str]:
    """Keys of ``text``, also with е typed for ё."""
    return {compact(text), compact(text.replace("ё", "е").replace("Ё", "Е"))}


class WordIndex(Generic[Meaning]):
    """Finds the meaning of a word among known ones: exactly, loosely, or by a typing error that is safe to correct.

    A word that denies a known one is never taken for a typing error of it.
    """

    def __init__(self, words: Iterable[tuple[str, Meaning]], *, ratio: float = SAFE_RATIO) -> None:
        self._ratio = ratio
        self._exact: dict[str, Meaning] = {}
        self._spaced: dict[str, str] = {}
        loosely: dict[str, set[Meaning]] = defaultdict(set)
        for word, meaning in words:
            for key in spellings(word):
                self._exact.setdefault(key, meaning)
                loosely[loose(key)].add(meaning)
                self._spaced.setdefault(loose(key), loose(fold(word)))
        self._loose = {key: next(iter(found)) for key, found in loosely.items() if len(found) == 1}
        self._find_folded = lru_cache(maxsize=_FOLDED)(self._find)

    def find(self, text: str) -> tuple[Meaning | None, MatchQuality]:
        """Meaning of ``text`` and the quality of the match; (None, NONE) where none is safe."""
        return self._find_folded(text) if len(text) <= LONGEST_WORD else (None, MatchQuality.NONE)

    def known(self, text: str) -> Meaning | None:
        """Meaning of a known word; a typing error is not corrected."""
        meaning, quality = self.find(text)
        return meaning if quality >= MatchQuality.LOOSE else None

    def _find(self, text: str) -> tuple[Meaning | None, MatchQuality]:
        for key in sorted(spellings(text)):
            if key and key in self._exact:
                return self._exact[key], MatchQuality.EXACT
        key = loose(compact(text))
        if key and key in self._loose:
            return self._loose[key], MatchQuality.LOOSE
        return self._find_slip(text)

    def denied(self, text: str) -> Meaning | None:
        """Meaning that ``text`` denies: it is nearly a known word, with a negation more or less."""
        near = list(self._near(text))
        found = [(ratio, meaning) for ratio, known, meaning in near if self._is_denial(text, known, ratio)]
        return max(found, key=lambda entry: entry[0])[1] if found else None

    def _is_denial(self, text: str, known: str, ratio: float) -> bool:
        return ratio >= self._ratio and denies(loose(fold(text)), self._spaced[known])

    def _near(self, text: str) -> Iterator[tuple[float, str, Meaning]]:
        """Known words of nearly the same length: how much they are like the text, the word and its meaning."""
        key = loose(compact(text))
        if len(key) >= SAFE_LENGTH:
            for known, meaning in self._loose.items():
                if len(known) >= SAFE_LENGTH and abs(len(known) - len(key)) <= 4:
                    yield fuzz.ratio(key, known), known, meaning

    def _find_slip(self, text: str) -> tuple[Meaning | None, MatchQuality]:
        best: dict[Meaning, float] = defaultdict(float)
        near = list(self._near(text))
        for ratio, _, meaning in near:
            best[meaning] = max(best[meaning], ratio)
        for ratio, known, meaning in near:
            if meaning in best and self._is_denial(text, known, ratio):
                del best[meaning]
        ranked = sorted(best.items(), key=lambda item: -item[1])
        if not ranked or ranked[0][1] < self._ratio:
            return None, MatchQuality.NONE
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < SAFE_MARGIN:
            return None, MatchQuality.NONE
        return ranked[0][0], MatchQuality.SLIP
