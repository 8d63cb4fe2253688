"""The house theme as a slide master: theme, master and layouts, so that slides added by hand look like ours.

Colours come from the palette and are named in the theme; shapes refer to the names, so a change of the theme's
colours in the office program changes the whole deck.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Template

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part, XmlPart
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Slides
from pptx.slide import SlideLayout
from pptx.util import Pt

from components.charts import palette
from components.deck.chart_frame import SECOND
from components.deck.fonts import Weight
from components.exports import slides_layouts as layouts
from components.exports.slides_fonts import FAMILIES
from components.exports.slides_layouts import LayoutKind
from components.exports.slides_places import HEIGHT, WIDTH
from data.language import Translator
from data.settings import ROOT

ASSETS = ROOT / "components" / "assets" / "slides"
TABLE_STYLE = "{6A1B4F8F-2C57-4C0C-9E11-7A9CC03E6EA3}"
LEFT_OUT = frozenset(
    {RELATIONSHIP_TYPE.PRINTER_SETTINGS, RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES}
)
PALE = "#f4f6f9"


@dataclass(frozen=True)
class Foot:
    """What master and cover carry: credits, and the short demo mark where the data are invented."""

    credits_text: str
    demo_mark: str


def house_slides(foot: Foot, *, translate: Translator) -> tuple[Slides, Mapping[LayoutKind, SlideLayout]]:
    """A deck without slides yet, with the house theme as its master, and its layouts by kind, named in the language."""
    slides = Presentation()
    slides.slide_width, slides.slide_height = Pt(WIDTH), Pt(HEIGHT)
    slides.part._element.find(".//{*}sldSz").attrib.pop("type", None)
    _leave_out(slides)
    slides.part.part_related_by(RELATIONSHIP_TYPE.TABLE_STYLES)._blob = _filled(
        "table_styles.xml", table_style=TABLE_STYLE
    )
    set_theme(slides.slide_master.part)
    _set_master(slides, foot)
    return slides, _set_layouts(slides, foot, translate)


def set_theme(master: Part) -> None:
    """Give a master, of slides or of notes, the house theme."""
    theme = master.part_related_by(RELATIONSHIP_TYPE.THEME)
    if isinstance(theme, XmlPart):
        theme._element = parse_xml(_theme())
    else:
        theme._blob = _theme()


def _theme() -> bytes:
    return _filled(
        "theme.xml",
        text=_hex(palette.TEXT),
        background=_hex(palette.BACKGROUND),
        deep=_hex(palette.SEQUENTIAL[-1]),
        pale=_hex(PALE),
        accent=_hex(palette.ACCENT),
        attention=_hex(palette.ATTENTION),
        second=_hex(SECOND),
        warm=_hex(palette.SEQUENTIAL[1]),
        muted=_hex(palette.MUTED_TEXT),
        line=_hex(palette.GRID),
        heading_font=FAMILIES[Weight.SEMIBOLD],
        body_font=FAMILIES[Weight.REGULAR],
    )


def _set_master(slides: Slides, foot: Foot) -> None:
    element = slides.slide_master._element
    drawn = layouts.master_xml(credits_text=foot.credits_text, demo_mark=foot.demo_mark)
    element.replace(element.find("{*}cSld"), parse_xml(drawn))
    styles = _filled("text_styles.xml", title=round(layouts.TITLE.size))
    element.replace(element.find("{*}txStyles"), parse_xml(styles))


def _set_layouts(slides: Slides, foot: Foot, translate: Translator) -> dict[LayoutKind, SlideLayout]:
    spare = list(slides.slide_layouts)
    for layout in spare[len(LayoutKind) :]:
        slides.slide_layouts.remove(layout)
    kept = dict(zip(LayoutKind, spare, strict=False))
    for kind, layout in kept.items():
        _set_layout(layout, kind, foot, name=translate(kind.value))
    return kept


def _set_layout(layout: SlideLayout, kind: LayoutKind, foot: Foot, *, name: str) -> None:
    element = layout._element
    element.attrib.pop("type", None)
    element.set("userDrawn", "1")
    if kind is LayoutKind.COVER:
        element.set("type", "title")
        element.set("showMasterSp", "0")
        drawn = layouts.cover_xml(name=name, credits_text=foot.credits_text, demo_mark=foot.demo_mark)
    else:
        drawn = layouts.layout_xml(kind, name=name)
    element.replace(element.find("{*}cSld"), parse_xml(drawn))


def _filled(name: str, **values: object) -> bytes:
    return Template((ASSETS / name).read_text(encoding="utf-8")).substitute(values).encode()


def _leave_out(slides: Slides) -> None:
    """Take away what the library's template says of itself: its printer, its picture and its counts."""
    for relations in (slides.part.rels, slides.part.package._rels):
        for key in [key for key, relation in relations.items() if relation.reltype in LEFT_OUT]:
            relations.pop(key)


def _hex(colour: str) -> str:
    return colour.removeprefix("#").upper()
