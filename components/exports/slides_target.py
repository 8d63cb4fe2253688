"""The target as a line across native bars."""

from __future__ import annotations

from pptx.chart.chart import Chart as NativeChart
from pptx.oxml import parse_xml
from pptx.oxml.xmlchemy import BaseOxmlElement

from components.exports.slides_markup import Hue

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
NAMES_AXIS, VALUES_AXIS = 50010, 50020
NO_LOOK = "<a:noFill/><a:ln><a:noFill/></a:ln>"
LINE_LOOK = f'<a:solidFill><a:schemeClr val="{Hue.ATTENTION}"/></a:solidFill><a:ln><a:noFill/></a:ln>'


def draw_target_line(drawn: NativeChart, *, number: int, low: float, high: float) -> None:
    """Turn series ``number`` (the target) and the next (the line's thickness) into a line across the bars.

    A bar chart knows no line across, so the two are stacked on hidden axes of their own with the same ends: an unseen
    bar as long as the target, and at its end one as thin as a line, without gaps between the categories. So it stays
    native: who changes the target in the workbook moves the line.
    """
    area = drawn._chartSpace.chart.plotArea
    bars = area.find("{*}barChart")
    series = bars.findall("{*}ser")[number : number + 2]
    stack = parse_xml(
        f'<c:barChart xmlns:c="{CHART}"><c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>'
        f'<c:gapWidth val="0"/><c:overlap val="100"/>'
        f'<c:axId val="{NAMES_AXIS}"/><c:axId val="{VALUES_AXIS}"/></c:barChart>'
    )
    gap = stack.find("{*}gapWidth")
    for one, look in zip(series, (NO_LOOK, LINE_LOOK), strict=True):
        one.get_or_add_spPr().getparent().replace(one.spPr, _look(look))
        gap.addprevious(one)
    bars.addnext(stack)
    area.findall("{*}valAx")[-1].addnext(_values_axis(low, high))
    area.findall("{*}valAx")[-1].addnext(_names_axis())
    _name_once(drawn, number)


def clear(labels: BaseOxmlElement) -> None:
    """Give labels a ground of their own, for where the target's line passes."""
    fill = f'<a:solidFill><a:schemeClr val="{Hue.BACKGROUND}"/></a:solidFill>'
    labels.find("{*}txPr").addprevious(_look(fill))


def _look(markup: str) -> object:
    return parse_xml(f'<c:spPr xmlns:c="{CHART}" xmlns:a="{DRAWING}">{markup}</c:spPr>')


def _names_axis() -> object:
    return parse_xml(
        f'<c:catAx xmlns:c="{CHART}"><c:axId val="{NAMES_AXIS}"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        f'<c:delete val="1"/><c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="none"/><c:crossAx val="{VALUES_AXIS}"/><c:crosses val="autoZero"/></c:catAx>'
    )


def _values_axis(low: float, high: float) -> object:
    """An axis without line and figures: one that is taken away would lose its ends in LibreOffice."""
    ends = f'<c:orientation val="minMax"/><c:max val="{high}"/><c:min val="{low}"/>'
    return parse_xml(
        f'<c:valAx xmlns:c="{CHART}" xmlns:a="{DRAWING}"><c:axId val="{VALUES_AXIS}"/><c:scaling>{ends}</c:scaling>'
        f'<c:delete val="0"/><c:axPos val="t"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="none"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f'<c:crossAx val="{NAMES_AXIS}"/><c:crosses val="max"/></c:valAx>'
    )


def _name_once(drawn: NativeChart, number: int) -> None:
    """The legend names the line, not the unseen bar under it."""
    legend = drawn._chartSpace.chart.legend
    hidden = f'<c:legendEntry xmlns:c="{CHART}"><c:idx val="{number}"/><c:delete val="1"/></c:legendEntry>'
    legend.find("{*}legendPos").addnext(parse_xml(hidden))
