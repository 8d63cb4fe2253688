"""Widths of the columns of a printed table: as declared, but none so narrow that a word does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from components.deck.fonts import Weight, text_width

# In heights of the type: the space beside a cell's text, and the longest piece that is kept in one line.
PADDING, LONGEST_WORD = 1.25, 19.0
LONGEST_PIECE = 24


@dataclass(frozen=True)
class Widths:
    """The widths of the columns in heights of the type, and the part of its size that the type keeps to fit."""

    columns: tuple[float, ...]
    scale: float


def fitting_widths(shares: Sequence[float], texts: Sequence[Sequence[str]], *, width: float) -> Widths:
    """How the columns share ``width``, in heights of the type; ``texts`` are the words of each column.

    A column whose share would cut its longest word takes what that needs, and the others share the rest; where there
    is none the type becomes smaller.
    """
    least = [_longest_word(column) + PADDING for column in texts]
    if sum(least) >= width:
        return Widths(tuple(least), width / sum(least))
    tight: set[int] = set()
    while True:
        rest = width - sum(least[at] for at in tight)
        whole = sum(share for at, share in enumerate(shares) if at not in tight)
        widths = [least[at] if at in tight else rest * share / whole for at, share in enumerate(shares)]
        narrow = {at for at, each in enumerate(widths) if each < least[at] and at not in tight}
        if not narrow:
            return Widths(tuple(widths), 1.0)
        tight |= narrow


def breakable(text: str) -> str:
    """A text in which a word too long for any line may go on in the next."""
    return " ".join(
        "\u200b".join(word[at : at + LONGEST_PIECE] for at in range(0, len(word), LONGEST_PIECE))
        for word in text.split(" ")
    )


def _longest_word(texts: Iterable[str]) -> float:
    words = {word for text in texts for word in text.split()}
    widths = (text_width(word, size=1.0, weight=Weight.SEMIBOLD) for word in words)
    return min(max(widths, default=0.0), LONGEST_WORD)
