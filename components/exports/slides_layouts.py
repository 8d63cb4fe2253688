"""The layouts of the slide master: what each kind of slide holds and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from components.exports import slides_places as places
from components.exports.slides_markup import (
    NAMESPACES,
    Font,
    Hue,
    Place,
    Style,
    placeholder_xml,
    ring_xml,
    rule_xml,
    slide_xml,
    text_xml,
)
from components.exports.slides_places import Box
from data.language import N_

HEADING_INDEX, CONTENT_INDEX, REMARKS_INDEX, NUMBER_INDEX = 10, 11, 12, 13
SUBTITLE_INDEX, DETAILS_INDEX = 1, 10
PRODUCT = "Hamkor"

TITLE = Style(28, font=Font.HEADING)
HEADING = Style(14, Hue.ACCENT, Font.HEADING)
REMARKS = Style(18, space=10)
NUMBER = Style(12, Hue.MUTED, Font.HEADING, align="r")
CREDITS = Style(9, Hue.MUTED)
DEMO = Style(11, Hue.ATTENTION, Font.HEADING, align="ctr", anchor="ctr")
COVER_TITLE = Style(40, Hue.BACKGROUND, Font.HEADING, anchor="b")
COVER_SUBTITLE = Style(22, Hue.BACKGROUND)
COVER_DETAILS = Style(16, Hue.LINE)
COVER_CREDITS = Style(10, Hue.LINE)
COVER_PRODUCT = Style(24, Hue.BACKGROUND, Font.HEADING, anchor="ctr")


class LayoutKind(StrEnum):
    """A layout; the value is its name as the office program lists it."""

    COVER = N_("Cover")
    CHART = N_("Chart")
    CHART_REMARKS = N_("Chart with remarks")
    TABLE = N_("Table")
    TABLE_REMARKS = N_("Table with remarks")
    PICTURE = N_("Map")
    PICTURE_REMARKS = N_("Map with remarks")
    TEXT = N_("Statements")
    TEXT_REMARKS = N_("Statements with remarks")
    FIGURES = N_("Large figures")
    FIGURES_REMARKS = N_("Large figures with remarks")


@dataclass(frozen=True)
class Content:
    """What stands between title and foot: the kind of its placeholder (none: shapes) and where remarks go."""

    kind: str
    box: Box
    remarks: Box | None = None


_BESIDE = places.BODY.without_right(places.REMARKS_WIDTH)
_BESIDE_REMARKS = places.BODY.right_column(places.REMARKS_WIDTH)
_ABOVE = places.BODY.without_bottom(places.STRIP_HEIGHT)
_BELOW_REMARKS = places.BODY.bottom_strip(places.STRIP_HEIGHT)
CONTENTS = {
    LayoutKind.CHART: Content("chart", places.BODY),
    LayoutKind.CHART_REMARKS: Content("chart", _BESIDE, _BESIDE_REMARKS),
    LayoutKind.TABLE: Content("tbl", places.BODY),
    LayoutKind.TABLE_REMARKS: Content("tbl", _ABOVE, _BELOW_REMARKS),
    LayoutKind.PICTURE: Content("pic", places.BODY),
    LayoutKind.PICTURE_REMARKS: Content("pic", _BESIDE, _BESIDE_REMARKS),
    LayoutKind.TEXT: Content("body", places.BODY),
    LayoutKind.TEXT_REMARKS: Content("body", _ABOVE, _BELOW_REMARKS),
    LayoutKind.FIGURES: Content("", places.BODY),
    LayoutKind.FIGURES_REMARKS: Content("", _ABOVE, _BELOW_REMARKS),
}


def master_xml(*, credits_text: str, demo_mark: str) -> str:
    """The ``p:cSld`` of the master: what every slide but the cover shows, with credits and demo mark."""
    shapes = [
        placeholder_xml(Place(2, "Title", "title", None, places.TITLE)),
        placeholder_xml(Place(3, "Text", "body", 1, places.BODY)),
        rule_xml(4, Box(places.MARGIN, places.FOOT_RULE, places.FULL_WIDTH, 0), Hue.LINE),
        text_xml(5, "Credits", places.CREDITS, credits_text, CREDITS),
        number_xml(6),
    ]
    return slide_xml([*shapes, *_demo_mark(7, demo_mark)])


def layout_xml(kind: LayoutKind, *, name: str) -> str:
    """The ``p:cSld`` of a layout other than the cover; ``name`` is shown in the list of layouts."""
    content = CONTENTS[kind]
    shapes = [
        placeholder_xml(Place(2, "Title", "title", None, places.TITLE)),
        placeholder_xml(Place(3, "Heading", "body", HEADING_INDEX, places.HEADING), HEADING),
    ]
    if content.kind:
        shapes.append(placeholder_xml(Place(4, "Content", content.kind, CONTENT_INDEX, content.box)))
    if content.remarks:
        shapes.append(placeholder_xml(Place(5, "Remarks", "body", REMARKS_INDEX, content.remarks), REMARKS))
    return slide_xml([*shapes, number_xml(6)], name=name)


def cover_xml(*, name: str, credits_text: str, demo_mark: str) -> str:
    """The ``p:cSld`` of the cover, which shows nothing of the master: mark of the product, titles, credits."""
    shapes = [
        ring_xml(2, Box(64, 60, 36, 36), Hue.BACKGROUND),
        ring_xml(3, Box(84, 60, 36, 36), Hue.WARM),
        text_xml(4, "Product", Box(136, 60, 300, 36), PRODUCT, COVER_PRODUCT),
        placeholder_xml(Place(5, "Title", "ctrTitle", None, places.COVER_TITLE), COVER_TITLE),
        placeholder_xml(Place(6, "Subtitle", "subTitle", SUBTITLE_INDEX, places.COVER_SUBTITLE), COVER_SUBTITLE),
        placeholder_xml(Place(7, "Details", "body", DETAILS_INDEX, places.COVER_DETAILS), COVER_DETAILS),
        text_xml(8, "Credits", places.COVER_CREDITS, credits_text, COVER_CREDITS),
    ]
    return slide_xml([*shapes, *_demo_mark(9, demo_mark)], name=name, background=Hue.DEEP)


def number_xml(number: int) -> str:
    """The placeholder of a slide's number in master and layouts."""
    place = Place(number, "Number", "sldNum", NUMBER_INDEX, places.NUMBER)
    return placeholder_xml(place, NUMBER, text=_number_field("‹#›"))


def own_number_xml(number: int, slide_number: int) -> str:
    """The placeholder of a slide's number on the slide; place and look are its layout's."""
    return (
        f'<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id="{number}" name="Number"/>'
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="sldNum" sz="quarter" idx="{NUMBER_INDEX}"/></p:nvPr></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{_number_field(str(slide_number))}</p:txBody></p:sp>"
    )


def _number_field(text: str) -> str:
    field = f'<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:rPr/><a:t>{text}</a:t></a:fld>'
    return f"<a:p>{field}</a:p>"


def _demo_mark(number: int, text: str) -> list[str]:
    return [text_xml(number, "Demo", places.DEMO_MARK, text, DEMO, outline=Hue.ATTENTION)] if text else []
