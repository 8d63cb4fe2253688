"""Deck as PowerPoint slides: native charts, tables, notes and alternative texts, filled into a template."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pptx import Presentation
from pptx.presentation import Presentation as Slides
from pptx.slide import Slide as NativeSlide
from pptx.slide import SlideLayout

from components.deck.model import Body, Bullets, Chart, Deck, DistrictMap, Slide, Table, Tiles
from components.deck.pictures import Size, map_svg, picture_png
from components.deck.texts import shortened
from components.exports.cells import without_control_characters
from components.exports.office import AUTHOR, LONGEST_PROPERTY, TEMPLATES
from components.exports.slides import tables
from components.exports.slides.charts import insert_chart
from components.exports.slides.statements import statement_parts, write_statements
from components.exports.slides.texts import add_run, describe, height_of, set_language, write_title
from components.exports.slides.tiles import write_tiles
from components.shell.formatter import Formatter
from data.language import Translator

TEMPLATE = TEMPLATES / "meeting.pptx"
COVER, CHART, CHART_REMARKS = "Cover", "Chart", "Chart + remarks"
TABLE, MAP, STATEMENTS, FIGURES = "Table", "Map", "Statements", "Figures"
# Placeholders by their numbers in the layouts.
TITLE, SUBTITLE, DETAILS = 0, 1, 10
HEADING, CONTENT, REMARKS = 10, 11, 12
CREDITS, DEMO_MARK = "Credits", "Demo"
COVER_SIZES, SUBTITLE_SIZES, TITLE_SIZES, HEADING_SIZES = (40, 32, 26), (22, 18), (28, 24, 20), (14, 12, 10)
DETAILS_SIZES, REMARKS_SIZE = (16,), 16
# Pixels of a map for each point of the slide: sharp on a large screen.
SHARPNESS = 3


def deck_pptx(deck: Deck) -> bytes:
    """Deck as a PPTX file: a cover, then its slides in order; what does not fit continues on another slide.

    Charts are native with their figures in an embedded workbook, tables are tables, the map is a picture; each has its
    alternative text, and a slide's notes are its speaker notes.
    """
    translate = Translator(deck.language)
    file = Presentation(str(TEMPLATE))
    _write_master(file, deck, translate)
    _add_cover(file, deck, translate)
    for shown in deck.slides:
        for part in _parts(shown, translate):
            _add_slide(file, part, translate)
    _finish(file, deck)
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def _write_master(file: Slides, deck: Deck, translate: Translator) -> None:
    """Write credits and demo notice on the master and the cover, so that slides added by hand have them too."""
    texts = {CREDITS: " · ".join(deck.credits), DEMO_MARK: translate("Demo data") if deck.credits.demo_mark else ""}
    for holder in (file.slide_master, _layout(file, COVER)):
        shapes: list[Any] = [shape for shape in holder.shapes if shape.name in texts]
        for shape in shapes:
            shape.text_frame.paragraphs[0].runs[0].text = without_control_characters(texts[shape.name])
            if not texts[shape.name]:
                _remove(shape)


def _add_cover(file: Slides, deck: Deck, translate: Translator) -> None:
    slide = file.slides.add_slide(_layout(file, COVER))
    details = translate("Finalised on {date}", date=Formatter(translate).date(deck.finalised_at.date()))
    write_title(slide.placeholders[TITLE], deck.title, sizes=COVER_SIZES)
    write_title(slide.placeholders[SUBTITLE], deck.subtitle, sizes=SUBTITLE_SIZES)
    write_title(slide.placeholders[DETAILS], details, sizes=DETAILS_SIZES)


def _parts(shown: Slide, translate: Translator) -> Iterator[Slide]:
    """Slides of the file for one slide of the deck: one, or more where a table or a list is long."""
    bodies = list(_bodies(shown, translate))
    for number, body in enumerate(bodies, 1):
        values = {"heading": shown.heading, "number": number, "count": len(bodies)}
        heading = translate("{heading} ({number} of {count})", **values) if len(bodies) > 1 else shown.heading
        yield replace(shown, body=body, heading=heading)


def _bodies(shown: Slide, translate: Translator) -> Iterator[Body]:
    body = shown.body
    if isinstance(body, Table):
        yield from tables.table_parts(body, fmt=Formatter(translate), has_remarks=bool(shown.remarks))
    elif isinstance(body, Bullets):
        yield from statement_parts(body)
    elif isinstance(body, Chart) and not (body.categories and body.series):
        yield Bullets((translate("Not enough data"),))
    else:
        yield body


def _add_slide(file: Slides, shown: Slide, translate: Translator) -> None:
    slide = file.slides.add_slide(_layout(file, _layout_name(shown)))
    write_title(slide.placeholders[TITLE], shown.title, sizes=TITLE_SIZES)
    write_title(slide.placeholders[HEADING], shown.heading, sizes=HEADING_SIZES)
    left_over = _write_remarks(slide, shown)
    _write_body(slide, shown, translate)
    notes = [text for text in (shown.notes, *left_over) if text]
    frame = slide.notes_slide.notes_text_frame if notes else None
    if frame is not None:
        frame.text = without_control_characters("\n".join(notes))
    for placeholder in list(slide.placeholders):
        if placeholder.has_text_frame and not placeholder.text_frame.text:
            _remove(placeholder)


def _layout(file: Slides, name: str) -> SlideLayout:
    found = file.slide_layouts.get_by_name(name)
    if found is None:
        raise LookupError(f"the template has no layout {name!r}")
    return found


def _layout_name(shown: Slide) -> str:
    if isinstance(shown.body, Chart):
        return CHART_REMARKS if shown.remarks else CHART
    layouts = {Table: TABLE, DistrictMap: MAP, Bullets: STATEMENTS, Tiles: FIGURES}
    return next(layout for kind, layout in layouts.items() if isinstance(shown.body, kind))


def _write_body(slide: NativeSlide, shown: Slide, translate: Translator) -> None:
    body = shown.body
    if isinstance(body, Tiles):
        write_tiles(slide, body)
        return
    place: Any = slide.placeholders[CONTENT]
    if isinstance(body, Chart):
        insert_chart(place, body, translate=translate)
    elif isinstance(body, DistrictMap):
        picture = map_svg(body, size=Size(place.width.pt, place.height.pt))
        inserted = place.insert_picture(io.BytesIO(picture_png(picture, scale=SHARPNESS)))
        describe(inserted, body.alternative)
    elif isinstance(body, Bullets):
        write_statements(place, body, remarks=shown.remarks)
    else:
        tables.insert_table(
            place, body, fmt=Formatter(translate), alternative=shown.title, has_remarks=bool(shown.remarks)
        )


def _write_remarks(slide: NativeSlide, shown: Slide) -> tuple[str, ...]:
    """Write as many remarks as there is room for; returns the others. Slides of statements write their remarks
    themselves.
    """
    if isinstance(shown.body, Bullets):
        return ()
    place = next((each for each in slide.placeholders if each.placeholder_format.idx == REMARKS), None)
    if place is None:
        return shown.remarks
    fitting = len(shown.remarks)
    while fitting and height_of(shown.remarks[:fitting], size=REMARKS_SIZE, width=place.width.pt) > place.height.pt:
        fitting -= 1
    for number, text in enumerate(shown.remarks[:fitting]):
        add_run(place.text_frame.paragraphs[0] if number == 0 else place.text_frame.add_paragraph(), text)
    return shown.remarks[fitting:]


def _remove(shape: Any) -> None:  # noqa: ANN401 - shapes of several kinds
    shape.element.getparent().remove(shape.element)


def _finish(file: Slides, deck: Deck) -> None:
    """Set the languages of the texts and the document properties."""
    tag = deck.language.office_tag
    for slide in file.slides:
        set_language(slide, tag)
        if slide.has_notes_slide:
            set_language(slide.notes_slide, tag)
    about = file.core_properties
    about.title, about.subject = (
        without_control_characters(shortened(text, LONGEST_PROPERTY)) for text in (deck.title, deck.subtitle)
    )
    about.comments = without_control_characters(shortened(" · ".join(deck.credits), LONGEST_PROPERTY))
    about.author = about.last_modified_by = AUTHOR
    about.identifier, about.language = deck.pack_id, tag
    about.created = about.modified = deck.finalised_at
