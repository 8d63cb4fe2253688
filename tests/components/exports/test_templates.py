"""The shipped templates hold what the exports fill: layouts with placeholders, styles, and the colours of the house."""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Slides

from components.charts import palette
from components.exports.minutes import document
from components.exports.slides import presentation
from components.exports.slides.tables import HEIGHT, HEIGHT_WITH_REMARKS, TABLE_STYLE, WIDTH
from components.exports.slides.tiles import FIRST_TILE

FACE = "Arial"
FRAME = {presentation.TITLE: PP_PLACEHOLDER.TITLE, presentation.HEADING: PP_PLACEHOLDER.BODY}
REMARKS = {presentation.REMARKS: PP_PLACEHOLDER.BODY}
LAYOUTS = {
    presentation.COVER: {
        presentation.TITLE: PP_PLACEHOLDER.CENTER_TITLE,
        presentation.SUBTITLE: PP_PLACEHOLDER.SUBTITLE,
        presentation.DETAILS: PP_PLACEHOLDER.BODY,
    },
    presentation.CHART: {**FRAME, presentation.CONTENT: PP_PLACEHOLDER.CHART},
    presentation.CHART_REMARKS: {**FRAME, presentation.CONTENT: PP_PLACEHOLDER.CHART, **REMARKS},
    presentation.TABLE: {**FRAME, presentation.CONTENT: PP_PLACEHOLDER.TABLE, **REMARKS},
    presentation.MAP: {**FRAME, presentation.CONTENT: PP_PLACEHOLDER.PICTURE},
    presentation.STATEMENTS: {**FRAME, presentation.CONTENT: PP_PLACEHOLDER.BODY},
    presentation.FIGURES: {**FRAME, **{FIRST_TILE + number: PP_PLACEHOLDER.BODY for number in range(6)}},
}
PARAGRAPHS = ("Title", "Subtitle", "Heading 1", "Heading 2", "Bullet", "Caption", "Demo", "Cell", "Line", "Label")
STYLES = {
    WD_STYLE_TYPE.PARAGRAPH: {*PARAGRAPHS, "Space", "Footer"},
    WD_STYLE_TYPE.CHARACTER: {"Strong"},
    WD_STYLE_TYPE.TABLE: {"Figures", "Lines"},
}


def slides() -> Slides:
    """The template of the slides."""
    return Presentation(str(presentation.TEMPLATE))


def test_every_layout_has_the_placeholders_that_are_filled() -> None:
    layouts: list[Any] = list(slides().slide_layouts)
    held = {
        layout.name: {each.placeholder_format.idx: each.placeholder_format.type for each in layout.placeholders}
        for layout in layouts
    }
    assert held == LAYOUTS


def test_slides_are_wide_and_master_and_cover_have_room_for_credits_and_demo_mark() -> None:
    file = slides()
    assert (file.slide_width or 0) * 9 == (file.slide_height or 1) * 16
    for holder in (file.slide_master, file.slide_layouts[0]):
        shapes: list[Any] = list(holder.shapes)
        runs = {shape.name: shape.text_frame.paragraphs[0].runs for shape in shapes if shape.has_text_frame}
        assert [len(runs[name]) for name in (presentation.CREDITS, presentation.DEMO_MARK)] == [1, 1]


def test_a_table_fills_its_place_above_the_remarks() -> None:
    layout: Any = slides().slide_layouts.get_by_name(presentation.TABLE)
    places = {place.placeholder_format.idx: place for place in layout.placeholders}
    content, remarks = places[presentation.CONTENT], places[presentation.REMARKS]
    assert (content.width.pt, content.height.pt) == (WIDTH, HEIGHT)
    assert content.top.pt + HEIGHT_WITH_REMARKS <= remarks.top.pt


def test_colours_and_typeface_of_slides_notes_and_minutes_are_those_of_the_house() -> None:
    file, minutes = slides(), Document(str(document.TEMPLATE))
    for part in (file.slide_master.part, file.notes_master.part, minutes.part):
        theme = parse_xml(part.part_related_by(RELATIONSHIP_TYPE.THEME).blob)
        colours = {name: theme.xpath(f"//a:{name}/a:srgbClr/@val") for name in ("accent1", "accent2", "dk1")}
        house = {"accent1": palette.ACCENT, "accent2": palette.ATTENTION, "dk1": palette.TEXT}
        assert colours == {name: [colour[1:].upper()] for name, colour in house.items()}
        assert set(theme.xpath("//a:fontScheme//a:latin/@typeface")) == {FACE}
    assert set(minutes.styles.element.xpath("//w:rFonts/@w:ascii")) == {FACE}


def test_slides_have_the_style_of_their_tables() -> None:
    listed = slides().part.part_related_by(RELATIONSHIP_TYPE.TABLE_STYLES).blob
    assert f'styleId="{TABLE_STYLE}"'.encode() in listed


def test_minutes_have_the_styles_that_are_used_and_a_foot_for_credits() -> None:
    minutes = Document(str(document.TEMPLATE))
    for kind, names in STYLES.items():
        assert names <= {style.name for style in minutes.styles if style.type == kind}
    assert len(minutes.sections[0].footer.paragraphs[0].runs) == 1
    assert not minutes.paragraphs
