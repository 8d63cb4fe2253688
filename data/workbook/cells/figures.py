"""Finds the single figure of a text, and the words and signs beside it that say what it counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from data.workbook.cells.text_matching import WordIndex, visible
from data.workbook.spellings import numbered_word_list

_LONGEST = 200
_DASHES = re.compile(r"[‐‑‒–—―−]")
_APOSTROPHES = "'`´‘’‛ʻʼ"
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_APOSTROPHES}](?=[^\W\d_]))*")
_WORDS = rf"(?:(?![\d_])[\w{_APOSTROPHES} .,:;])*"
_FIGURE = re.compile(
    rf"(?P<before>{_WORDS})(?P<sign>-?) ?(?P<digits>\d(?:[\d ,.']*\d)?)(?P<percent> ?%)?"
    rf"(?P<after>(?: ?- ?(?=[^\W\d_]))?{_WORDS})"
)
_BRACKETS = re.compile(r"\(([^()\d]*)\)")


@dataclass(frozen=True)
class Figure:
    """Figure of a text: ``digits`` as written, with a minus; ``words`` beside it; ``in_words``: said again there."""

    digits: str
    words: tuple[str, ...]
    is_percent: bool = False
    in_words: int | None = None

    def is_also(self, number: object) -> bool:
        """Whether the brackets, where there are such, say the same number."""
        return self.in_words is None or self.in_words == number


@cache
def _number_words() -> WordIndex[int]:
    return WordIndex([*numbered_word_list("number_word"), *numbered_word_list("multiple")])


def _in_words(words: Iterable[str]) -> int:
    """Number of number words in their order: hundreds and thousands multiply what stands before them."""
    total = part = 0
    for word in words:
        value = _number_words().known(word) or 0
        if value >= 1000:
            total, part = total + max(part, 1) * value, 0
        else:
            part = max(part, 1) * value if value == 100 else part + value
    return total + part


def _is_odd(letter: str) -> bool:
    return unicodedata.category(letter) in {"No", "Me"}


def plain_text(value: object) -> str:
    """Text as a person sees it: visible letters, single spaces, dashes of one kind."""
    text = visible(str(value)).translate(dict.fromkeys(map(ord, _APOSTROPHES), "'"))
    # A raised or circled digit is none of the figure, so it stays what it is.
    letters = (letter if _is_odd(letter) else unicodedata.normalize("NFKC", letter) for letter in text)
    text = _DASHES.sub("-", "".join(letters))
    return re.sub(r"\s+", " ", text).strip()


def find_figure(value: object) -> Figure | None:
    """Single figure of a text, or None where there is not exactly one, or a sign stands beside it.

    Raised digits, fractions, currencies, plus, comparison and footnote signs change what a figure says, so only letters
    and marks of a sentence may stand beside it.
    """
    text = plain_text(value) if len(str(value)) <= _LONGEST else ""
    if any(map(_is_odd, text)):
        return None
    beside = " ".join(_BRACKETS.findall(text))
    text = _BRACKETS.sub(" ", text).strip(" .,;:'\"«»“”„")
    match = _FIGURE.fullmatch(re.sub(r"\s+", " ", text))
    if match is None or not re.fullmatch(_WORDS, beside):
        return None
    words = _WORD.findall(f"{match['before']} {match['after']}")
    repeated = [word for word in _WORD.findall(beside) if _number_words().known(word)]
    words += [word for word in _WORD.findall(beside) if word not in repeated]
    in_words = _in_words(repeated) if repeated else None
    return Figure(match["sign"] + match["digits"], tuple(words), match["percent"] is not None, in_words)
