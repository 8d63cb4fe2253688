"""Shared helpers for office files: templates, document properties, and estimates of text size."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from data.settings import ROOT

TEMPLATES = ROOT / "components" / "assets" / "templates"
AUTHOR = "Hamkor"
# More is refused in the properties of a file.
LONGEST_PROPERTY = 255
# The mean width of a letter in heights of the type, a little more than Latin and Cyrillic texts in Arial take.
LETTER = 0.58
# Words may be of wide letters, short ones of the widest; longer ones than this are broken.
WORD_LETTER, SHORTEST_WORD, LONGEST_WORD = 0.68, 2, 24


def line_count(text: str, *, width: float, size: float) -> int:
    """Estimated number of lines of a text in a width in points; office programs break the lines themselves."""
    return sum(max(1, ceil(len(line) * size * LETTER / width)) for line in text.split("\n"))


def column_widths(
    titles: Sequence[str], rows: Sequence[Sequence[str]], *, width: float, size: float, margins: float
) -> list[float]:
    """Column widths in points that fill ``width``: each as wide as its cells, or where there is no room for that, as
    its longest word and a share of the rest; titles may take several lines.

    ``margins`` is the sum of both side margins of a cell.
    """
    least = word_widths(titles, rows, size=size, margins=margins)
    whole = [max([have, *(len(row[at]) * size * LETTER + margins for row in rows)]) for at, have in enumerate(least)]
    rest = width - sum(least)
    if rest <= 0:
        return [each * width / sum(least) for each in least]
    lacking = [want - have for want, have in zip(whole, least, strict=True)]
    part = min(1.0, rest / (sum(lacking) or 1.0))
    spare = (rest - part * sum(lacking)) / len(titles)
    return [have + part * lack + spare for have, lack in zip(least, lacking, strict=True)]


def word_widths(titles: Sequence[str], rows: Sequence[Sequence[str]], *, size: float, margins: float) -> list[float]:
    """Column widths in points that break no word, except words longer than any column."""
    columns = [[title, *(row[at] for row in rows)] for at, title in enumerate(titles)]
    return [max(map(_longest_word, column)) * size * WORD_LETTER + margins for column in columns]


def _longest_word(text: str) -> int:
    return min(max([SHORTEST_WORD, *map(len, text.split())]), LONGEST_WORD)
