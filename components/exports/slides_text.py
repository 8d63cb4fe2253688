"""Paragraphs written into shapes, placeholders and cells, and the language that office programs check them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pptx.dml.color import ColorFormat
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import PP_ALIGN
from pptx.slide import NotesSlide, Slide
from pptx.text.text import TextFrame
from pptx.util import Pt

from components.exports.slides_fit import Passage
from components.exports.slides_markup import Hue, Style
from data.language import Language

ALIGNMENTS = {"l": PP_ALIGN.LEFT, "r": PP_ALIGN.RIGHT, "ctr": PP_ALIGN.CENTER}
TEXT_LANGUAGES: Mapping[Language, str] = {
    Language.UZ_LATN: "uz-Latn-UZ",
    Language.UZ_CYRL: "uz-Cyrl-UZ",
    Language.RU: "ru-RU",
    Language.EN: "en-GB",
}


def write_passages(frame: TextFrame, passages: Sequence[Passage], *, usual: Style | None = None) -> None:
    """Write paragraphs; in a placeholder ``usual`` is the look of its layout, and only what differs is set."""
    for number, passage in enumerate(passages):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.level = passage.level
        run = paragraph.add_run()
        run.text = passage.text
        style = passage.style
        if usual is None or style.size != usual.size:
            run.font.size = Pt(style.size)
        if number == 0 or usual is None or style.space != usual.space:
            paragraph.space_before = Pt(0 if number == 0 else style.space)
        if usual is None or (style.hue, style.font) != (usual.hue, usual.font):
            run.font.name = style.font
            paint(run.font.color, style.hue)
        if usual is None:
            paragraph.alignment = ALIGNMENTS[style.align]


def paint(colour: ColorFormat, hue: Hue) -> None:
    """Set a colour of the theme by its name."""
    colour.theme_color = MSO_THEME_COLOR.from_xml(hue.value)


def set_language(slide: Slide | NotesSlide, language: Language) -> None:
    """Tell the office program which language the texts are in, so that it does not mark every word as an error."""
    for element in slide.element.iter("{*}r", "{*}endParaRPr"):
        if element.tag.endswith("}r"):
            element = element.get_or_add_rPr()
        element.set("lang", TEXT_LANGUAGES[language])
