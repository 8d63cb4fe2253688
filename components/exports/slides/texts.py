"""Writes texts into placeholders and cells of slides, in the largest of a few sizes that fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.slide import NotesSlide, Slide
from pptx.text.text import _Paragraph as Paragraph
from pptx.text.text import _Run as Run
from pptx.util import Pt

from components.exports.cells import without_control_characters
from components.exports.office import line_count

LINE_HEIGHT = 1.2
BOLD_IS_WIDER = 1.05


def write_title(placeholder: Any, text: str, *, sizes: Sequence[float]) -> None:  # noqa: ANN401 - untyped in the library
    """Write a title into a placeholder; ``sizes`` are that of its layout and smaller ones, the
    first that fits is used.
    """
    run = add_run(placeholder.text_frame.paragraphs[0], text)
    width, height = placeholder.width.pt / BOLD_IS_WIDER, placeholder.height.pt
    size = next((size for size in sizes if height_of([text], size=size, width=width) <= height), sizes[-1])
    if size != sizes[0]:
        run.font.size = Pt(size)


def add_run(
    paragraph: Paragraph, text: str, *, size: float | None = None, colour: MSO_THEME_COLOR | None = None
) -> Run:
    """Add a text to a paragraph; size and colour that are not given come from the template."""
    run = paragraph.add_run()
    run.text = without_control_characters(text)
    if size is not None:
        run.font.size = Pt(size)
    if colour is not None:
        run.font.color.theme_color = colour
    return run


def height_of(texts: Sequence[str], *, size: float, width: float) -> float:
    """Estimated height in points of several paragraphs."""
    return sum(line_count(text, width=width, size=size) for text in texts) * size * LINE_HEIGHT


def set_language(slide: Slide | NotesSlide, tag: str) -> None:
    """Set the language of all texts, so that the office program does not mark every word as an error."""
    for run in slide.element.iter("{*}r"):
        run.get_or_add_rPr().set("lang", tag)


def describe(shape: Any, alternative: str) -> None:  # noqa: ANN401 - shapes of several kinds
    """Set the alternative text of a graphic."""
    shape.element.xpath(".//p:cNvPr")[0].set("descr", without_control_characters(alternative))
