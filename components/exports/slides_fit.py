"""Does a text fit its box? Measured with the shipped typeface, so that nothing overflows where it is drawn.

Widths are taken a little wider than they are, because office programs round to the pixels of the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from components.deck import fonts
from components.deck.fonts import Weight
from components.deck.words import shortened
from components.exports.slides_markup import Font, Style
from components.exports.slides_places import Box

LINE_HEIGHT = 1.21
ROUNDING = 1.03
BREAKS = re.compile("[ \n\t]+")
SHRINK_STEP = 0.05
WEIGHTS = {Font.HEADING: Weight.SEMIBOLD, Font.BODY: Weight.REGULAR}


@dataclass(frozen=True)
class Passage:
    """A paragraph with its look; ``level`` is its place in the outline, ``indent`` its distance from the left."""

    text: str
    style: Style
    level: int = 0
    indent: float = 0


def text_width(text: str, style: Style) -> float:
    """The width of a line of text in points, a little generous."""
    return fonts.text_width(text, size=style.size, weight=WEIGHTS[style.font]) * ROUNDING


def words(text: str) -> list[str]:
    """The words between which a line may end; a figure and its sign, held together by a fixed space, are one."""
    return [word for word in BREAKS.split(text) if word]


def wrapped(text: str, *, width: float, style: Style) -> list[str]:
    """The lines of a text in a box of ``width`` points; a word that is wider than the box is broken."""
    lines = [""]
    for word in (piece for whole in words(text) for piece in _pieces(whole, width=width, style=style)):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, style) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def text_height(passages: Iterable[Passage], *, width: float) -> float:
    """The height of paragraphs under each other in points, with the spaces between them."""
    return sum(
        passage.style.space * (number > 0)
        + len(wrapped(passage.text, width=width - passage.indent, style=passage.style)) * line_height(passage.style)
        for number, passage in enumerate(passages)
    )


def line_height(style: Style) -> float:
    """The height of a line in points."""
    return style.size * LINE_HEIGHT


def fits(passages: Sequence[Passage], box: Box, *, may_break: bool = False) -> bool:
    """Do the paragraphs stay inside the box, with every word whole unless words may be broken?"""
    whole = may_break or all(
        text_width(word, passage.style) <= box.width - passage.indent
        for passage in passages
        for word in words(passage.text)
    )
    return whole and text_height(passages, width=box.width) <= box.height


def shrunk(passages: Sequence[Passage], box: Box, *, smallest: float) -> list[Passage] | None:
    """The paragraphs as large as the box lets them be, all by the same measure; None if they do not fit.

    ``smallest`` is the least size of the largest text, in points. Words are broken only where they must be.
    """
    largest = max(passage.style.size for passage in passages)
    steps = round((1 - smallest / largest) / SHRINK_STEP)
    tried = [[_scaled(passage, 1 - step * SHRINK_STEP) for passage in passages] for step in range(steps + 1)]
    whole = (each for each in tried if fits(each, box))
    broken = (each for each in tried if fits(each, box, may_break=True))
    return next(whole, None) or next(broken, None)


def fitted(passage: Passage, box: Box, *, smallest: float) -> Passage:
    """The paragraph as large as the box lets it be; cut with an ellipsis where it does not fit in the smallest size."""
    found = shrunk([passage], box, smallest=smallest)
    if found:
        return found[0]
    shorter = shortened(passage.text, len(passage.text) * 9 // 10)
    return fitted(replace(passage, text=shorter), box, smallest=smallest)


def _scaled(passage: Passage, factor: float) -> Passage:
    style = passage.style
    size = round(style.size * factor * 2) / 2
    return replace(passage, style=replace(style, size=size, space=style.space * factor))


def _pieces(word: str, *, width: float, style: Style) -> list[str]:
    if text_width(word, style) <= width:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, style) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
