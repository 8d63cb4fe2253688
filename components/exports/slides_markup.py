"""Drawing markup of the shapes that master and layouts are made of, with the names of the theme's colours and fonts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from html import escape

from components.exports.slides_places import Box

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
NO_INSETS = 'lIns="0" tIns="0" rIns="0" bIns="0"'
RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'


class Hue(StrEnum):
    """A colour of the theme by the name that shapes call it."""

    TEXT = "tx1"
    BACKGROUND = "bg1"
    DEEP = "tx2"
    PALE = "bg2"
    ACCENT = "accent1"
    ATTENTION = "accent2"
    SECOND = "accent3"
    WARM = "accent4"
    MUTED = "accent5"
    LINE = "accent6"


class Font(StrEnum):
    """A typeface of the theme by the name that text calls it."""

    HEADING = "+mj-lt"
    BODY = "+mn-lt"


@dataclass(frozen=True)
class Style:
    """How a text looks: size in points, colour, typeface, and where it stands in its box."""

    size: float
    hue: Hue = Hue.TEXT
    font: Font = Font.BODY
    align: str = "l"
    anchor: str = "t"
    space: float = 0


@dataclass(frozen=True)
class Place:
    """A placeholder: number and name of the shape, what it takes, its index, and where it stands."""

    number: int
    name: str
    kind: str
    index: int | None
    box: Box


def slide_xml(shapes: list[str], *, name: str = "", background: Hue = Hue.BACKGROUND) -> str:
    """The ``p:cSld`` of a master or layout with its shapes."""
    named = f' name="{escape(name)}"' if name else ""
    back = f"<p:bg><p:bgPr>{_fill(background)}<a:effectLst/></p:bgPr></p:bg>"
    group = "<p:nvGrpSpPr><p:cNvPr id='1' name=''/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"
    return f"<p:cSld {NAMESPACES}{named}>{back}<p:spTree>{group}{''.join(shapes)}</p:spTree></p:cSld>"


def placeholder_xml(place: Place, style: Style | None = None, *, text: str = "") -> str:
    """A placeholder; without a style it looks as the master says, without ``text`` it prompts with its name."""
    mark = f'<p:ph type="{place.kind}"' + ("" if place.index is None else f' idx="{place.index}"') + "/>"
    anchor = style.anchor if style else "t"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{place.number}" name="{place.name}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{mark}</p:nvPr></p:nvSpPr>'
        f"<p:spPr>{_frame(place.box)}{RECTANGLE}</p:spPr>"
        f'<p:txBody><a:bodyPr {NO_INSETS} anchor="{anchor}"><a:normAutofit/></a:bodyPr>'
        f"<a:lstStyle>{_level(style) if style else ''}</a:lstStyle>"
        f"{text or f'<a:p><a:r><a:t>{place.name}</a:t></a:r></a:p>'}</p:txBody></p:sp>"
    )


def text_xml(number: int, name: str, box: Box, text: str, style: Style, *, outline: Hue | None = None) -> str:
    """A text that stands on the master or a layout; with an outline it is a mark on a plain ground."""
    ground = _fill(Hue.BACKGROUND) + _outline(outline, 1) if outline else "<a:noFill/>"
    return (
        f"<p:sp>{_names(number, name)}<p:spPr>{_frame(box)}{RECTANGLE}{ground}</p:spPr>"
        f'<p:txBody><a:bodyPr wrap="square" {NO_INSETS} anchor="{style.anchor}"/><a:lstStyle/>'
        f'<a:p><a:pPr algn="{style.align}"/><a:r><a:rPr sz="{_hundredths(style.size)}">{_look(style)}</a:rPr>'
        f"<a:t>{escape(text)}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def ring_xml(number: int, box: Box, hue: Hue) -> str:
    """A ring, of which two make the mark of the product."""
    ring = '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom><a:noFill/>'
    return f"<p:sp>{_names(number, 'Ring')}<p:spPr>{_frame(box)}{ring}{_outline(hue, 4.5)}</p:spPr></p:sp>"


def rule_xml(number: int, box: Box, hue: Hue) -> str:
    """A line across."""
    names = f'<p:cNvPr id="{number}" name="Rule"/><p:cNvCxnSpPr/><p:nvPr userDrawn="1"/>'
    line = '<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
    return (
        f"<p:cxnSp><p:nvCxnSpPr>{names}</p:nvCxnSpPr>"
        f"<p:spPr>{_frame(box)}{line}{_outline(hue, 0.75)}</p:spPr></p:cxnSp>"
    )


def _names(number: int, name: str) -> str:
    return f'<p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'


def _frame(box: Box) -> str:
    left, top, width, height = (int(edge) for edge in box.emu)
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _level(style: Style) -> str:
    return (
        f'<a:lvl1pPr marL="0" indent="0" algn="{style.align}">'
        f'<a:spcBef><a:spcPts val="{_hundredths(style.space)}"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{_hundredths(style.size)}">{_look(style)}</a:defRPr></a:lvl1pPr>'
    )


def _look(style: Style) -> str:
    return f'{_fill(style.hue)}<a:latin typeface="{style.font}"/>'


def _fill(hue: Hue) -> str:
    return f'<a:solidFill><a:schemeClr val="{hue}"/></a:solidFill>'


def _outline(hue: Hue, width: float) -> str:
    return f'<a:ln w="{round(width * 12700)}">{_fill(hue)}</a:ln>'


def _hundredths(points: float) -> int:
    return round(points * 100)
