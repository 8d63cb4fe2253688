"""A deck as PowerPoint slides: native charts, real tables, notes and alternative texts, on the house's slide master."""

from __future__ import annotations

import io
from dataclasses import replace

from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Slides
from pptx.slide import Slide as NativeSlide

from components.deck.model import Deck, Slide
from components.deck.words import shortened
from components.exports import slides_layouts as layouts
from components.exports import slides_places as places
from components.exports.slides_body import pages
from components.exports.slides_fit import Passage, fitted, shrunk
from components.exports.slides_fonts import embed_fonts
from components.exports.slides_layouts import CONTENTS, LayoutKind
from components.exports.slides_markup import Style
from components.exports.slides_master import Foot, house_slides, set_theme
from components.exports.slides_places import Box
from components.exports.slides_text import TEXT_LANGUAGES, set_language, write_passages
from components.shell.formatter import Formatter
from data.language import Translator

# What the format allows for a property of the file.
LONGEST_PROPERTY = 255
SMALLEST_TITLE, SMALLEST_HEADING, SMALLEST_COVER_TITLE, SMALLEST_REMARKS = 20, 10, 24, 12


def deck_pptx(deck: Deck) -> bytes:
    """The deck as a PPTX file: a cover, then its slides in order; what does not fit goes on to a further slide.

    Charts are native with their figures in an embedded workbook, tables are tables, the map is a picture; each has
    its alternative text, and a slide's notes are its speaker notes. Texts are measured with the shipped typeface.
    """
    translate = Translator(deck.language)
    foot = Foot(" · ".join(deck.credits), translate("Demo data") if deck.credits.demo_mark else "")
    file, kinds = house_slides(foot, translate=translate)
    _fill_cover(file.slides.add_slide(kinds[LayoutKind.COVER]), deck, translate)
    for shown in deck.slides:
        made = list(pages(shown, translate=translate))
        for number, page in enumerate(made, 1):
            slide = file.slides.add_slide(kinds[page.layout])
            _fill_frame(slide, _numbered(shown, number, len(made), translate), page.layout)
            page.draw(slide)
            _add_number(slide, len(file.slides))
    _finish(file, deck)
    return _saved(file)


def _fill_cover(slide: NativeSlide, deck: Deck, translate: Translator) -> None:
    details = translate("Frozen on {date}", date=Formatter(translate).date(deck.frozen_at.date()))
    _write(slide, 0, deck.title, places.COVER_TITLE, layouts.COVER_TITLE, smallest=SMALLEST_COVER_TITLE)
    _write(slide, layouts.SUBTITLE_INDEX, deck.subtitle, places.COVER_SUBTITLE, layouts.COVER_SUBTITLE)
    _write(slide, layouts.DETAILS_INDEX, details, places.COVER_DETAILS, layouts.COVER_DETAILS)


def _fill_frame(slide: NativeSlide, shown: Slide, layout: LayoutKind) -> None:
    """Write title, heading, remarks and speaker notes; remarks for which there is no room are said in the notes."""
    _write(slide, 0, shown.title, places.TITLE, layouts.TITLE, smallest=SMALLEST_TITLE)
    _write(slide, layouts.HEADING_INDEX, shown.heading, places.HEADING, layouts.HEADING, smallest=SMALLEST_HEADING)
    notes = [shown.notes] if shown.notes else []
    box = CONTENTS[layout].remarks
    if box:
        notes += _write_remarks(slide, shown.beside, box)
    frame = slide.notes_slide.notes_text_frame if notes else None
    if frame:
        frame.text = "\n".join(notes)


def _write(slide: NativeSlide, index: int, text: str, box: Box, style: Style, *, smallest: float = 12) -> None:
    passage = fitted(Passage(text, style), box, smallest=smallest)
    write_passages(slide.placeholders[index].text_frame, [passage], usual=style)


def _write_remarks(slide: NativeSlide, remarks: tuple[str, ...], box: Box) -> tuple[str, ...]:
    """Write as many remarks as fit; returns the others."""
    for count in range(len(remarks), 0, -1):
        passages = [Passage(text, layouts.REMARKS) for text in remarks[:count]]
        fitting = shrunk(passages, box, smallest=SMALLEST_REMARKS)
        if fitting:
            write_passages(slide.placeholders[layouts.REMARKS_INDEX].text_frame, fitting, usual=layouts.REMARKS)
            return remarks[count:]
    return remarks


def _numbered(shown: Slide, number: int, count: int, translate: Translator) -> Slide:
    if count == 1:
        return shown
    values = {"heading": shown.heading, "number": number, "count": count}
    return replace(shown, heading=translate("{heading} ({number} of {count})", **values))


def _add_number(slide: NativeSlide, number: int) -> None:
    slide.shapes._spTree.append(parse_xml(layouts.own_number_xml(slide.shapes._next_shape_id, number)))


def _finish(file: Slides, deck: Deck) -> None:
    """Languages of the texts, theme of the notes, typeface, and what the file says about itself."""
    for slide in file.slides:
        set_language(slide, deck.language)
        if slide.has_notes_slide:
            set_language(slide.notes_slide, deck.language)
    set_theme(file.notes_master.part)
    embed_fonts(file)
    about = file.core_properties
    about.title, about.subject = (shortened(text, LONGEST_PROPERTY) for text in (deck.title, deck.subtitle))
    about.comments = shortened(" · ".join(deck.credits), LONGEST_PROPERTY)
    about.author = about.last_modified_by = layouts.PRODUCT
    about.identifier, about.language = deck.pack_id, TEXT_LANGUAGES[deck.language]
    about.created = about.modified = deck.frozen_at


def _saved(file: Slides) -> bytes:
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()
