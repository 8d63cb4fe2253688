"""Texts on written slides and the room that they take, measured apart from the code that placed them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu

from components.deck.fonts import Weight, text_width
from components.exports import slides_layouts as layouts
from components.exports.slides_markup import Font, Style

LINE = 1.21
INDENT = 18.0
CONTENT = Style(20)


@dataclass(frozen=True)
class Text:
    """A text frame in its room, in points; ``usual`` is how its layout has it, bullets need an indent."""

    frame: TextFrame
    width: float
    height: float
    usual: Style = CONTENT
    indent: float = 0

    @property
    def words(self) -> str:
        """The text itself."""
        return str(self.frame.text)

    @property
    def needed(self) -> float:
        """The height that its paragraphs need."""
        return sum(self._height(number) for number in range(len(self.frame.paragraphs)))

    def _height(self, number: int) -> float:
        paragraph = self.frame.paragraphs[number]
        space = paragraph.space_before.pt if paragraph.space_before is not None else self.usual.space
        total = space if number else 0.0
        for run in paragraph.runs:
            size = run.font.size.pt if run.font.size else self.usual.size
            weight = Weight.SEMIBOLD if (run.font.name or self.usual.font) == Font.HEADING else Weight.REGULAR
            total += len(lines(run.text, self.width - self.indent, size, weight)) * size * LINE
        return total


def texts(slide: Slide) -> Iterator[Text]:
    """The texts of a slide, cells of tables among them; the slide's number is left out."""
    shapes: list[Any] = list(slide.shapes)
    for shape in shapes:
        if getattr(shape, "has_table", False):
            yield from _cells(shape)
        elif shape.has_text_frame and not _is_number(shape):
            yield _framed(shape, is_cover=not _has_number(slide))


def lines(text: str, width: float, size: float, weight: Weight) -> list[str]:
    """The lines of a text; what is wider than the room is broken between letters."""
    found = [""]
    for word in text.split(" "):
        longer = f"{found[-1]} {word}".strip()
        if text_width(longer, size=size, weight=weight) <= width:
            found[-1] = longer
            continue
        found.append("")
        for letter in word:
            if found[-1] and text_width(found[-1] + letter, size=size, weight=weight) > width:
                found.append("")
            found[-1] += letter
    return [line for line in found if line]


def _framed(shape: Shape, *, is_cover: bool) -> Text:
    frame: TextFrame = shape.text_frame
    insets = 0 if shape.is_placeholder else Emu(frame.margin_left + frame.margin_right).pt
    room = shape.width.pt - insets, shape.height.pt - insets
    index = shape.placeholder_format.idx if shape.is_placeholder else None
    if index == layouts.CONTENT_INDEX:
        return Text(frame, *room, indent=INDENT)
    return Text(frame, *room, usual=_usual(index, is_cover=is_cover))


def _usual(index: int | None, *, is_cover: bool) -> Style:
    cover = {0: layouts.COVER_TITLE, 1: layouts.COVER_SUBTITLE, 10: layouts.COVER_DETAILS}
    inside = {0: layouts.TITLE, layouts.HEADING_INDEX: layouts.HEADING, layouts.REMARKS_INDEX: layouts.REMARKS}
    return (cover if is_cover else inside).get(index or 0, CONTENT)


def _cells(shape: GraphicFrame) -> Iterator[Text]:
    columns = [shape.table.columns[number] for number in range(len(shape.table.columns))]
    for row in shape.table.rows:
        for cell, column in zip(row.cells, columns, strict=True):
            sides = Emu(cell.margin_left + cell.margin_right).pt
            above = Emu(cell.margin_top + cell.margin_bottom).pt
            yield Text(cell.text_frame, column.width.pt - sides, row.height.pt - above)


def _has_number(slide: Slide) -> bool:
    return any(_is_number(shape) for shape in slide.shapes)


def _is_number(shape: BaseShape) -> bool:
    return bool(shape.is_placeholder and shape.placeholder_format.idx == layouts.NUMBER_INDEX)
