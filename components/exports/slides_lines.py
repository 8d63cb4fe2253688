"""Native lines over months: few grid lines, months as large as they fit, the last value written."""

from __future__ import annotations

import math

from pptx.chart.axis import CategoryAxis, ValueAxis
from pptx.chart.chart import Chart as NativeChart
from pptx.chart.series import LineSeries
from pptx.dml.line import LineFormat
from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.util import Pt

from components.deck.model import Chart, Series
from components.exports.slides_fit import text_width
from components.exports.slides_markup import Font, Hue, Style
from components.exports.slides_places import Box
from components.exports.slides_scale import line_ticks
from components.exports.slides_target import CHART, clear
from components.exports.slides_text import paint

AXIS_SIZE = 14.0
VALUE_SIZE = 18.0
AXIS_ROOM = 60.0
LINES_HUES = (Hue.ACCENT, Hue.MUTED)
LINE_DASHES = (MSO_LINE.SOLID, MSO_LINE.SQUARE_DOT)
LINE_WIDTHS = (3.0, 2.25)
TARGET_WIDTH = 1.75
# A thousandth of a degree: LibreOffice breaks level months into letters instead of leaving some out.
ALMOST_LEVEL = "60"


def draw_lines(drawn: NativeChart, chart: Chart, box: Box) -> None:
    """Give lines the look of the house; series after those of ``chart`` are its target."""
    drawn.font.size = Pt(AXIS_SIZE)
    for number, line in enumerate(drawn.plots[0].series):
        line.smooth = False
        line.marker.style = XL_MARKER_STYLE.NONE
        if number < len(chart.series):
            _draw(line.format.line, LINES_HUES[number], LINE_WIDTHS[number])
            line.format.line.dash_style = LINE_DASHES[number]
            _mark_lone(line, chart.series[number], LINES_HUES[number])
            _write_last(line, chart.series[number], LINES_HUES[number], is_above=_is_above(chart, number))
        else:
            _draw(line.format.line, Hue.ATTENTION, TARGET_WIDTH)
            line.format.line.dash_style = MSO_LINE.DASH
    _write_months(drawn.category_axis, chart.categories, width=box.width - AXIS_ROOM)
    _write_scale(drawn.value_axis, chart)


def _draw(line: LineFormat, hue: Hue, width: float) -> None:
    line.width = Pt(width)
    paint(line.color, hue)


def _is_above(chart: Chart, number: int) -> bool:
    """Is the last value of a line the higher one, so that it is written above its point and the other below?"""
    ends = [next((value for value in reversed(series.values) if value is not None), 0) for series in chart.series]
    return ends[number] == max(ends) and number == ends.index(max(ends))


def _mark_lone(line: LineSeries, series: Series, hue: Hue) -> None:
    """Draw values between two gaps as points: a line has nothing to join them to, so they would not be seen."""
    values = (None, *series.values, None)
    for number in range(len(series.values)):
        if values[number] is None and values[number + 1] is not None and values[number + 2] is None:
            _draw_point(line, number, hue)


def _draw_point(line: LineSeries, number: int, hue: Hue) -> None:
    marker = line.points[number].marker
    marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 9
    marker.format.fill.solid()
    paint(marker.format.fill.fore_color, hue)


def _write_last(line: LineSeries, series: Series, hue: Hue, *, is_above: bool) -> None:
    """Mark the last value with a point and write it."""
    known = [number for number, value in enumerate(series.values) if value is not None]
    if not known:
        return
    _draw_point(line, known[-1], hue)
    label = line.points[known[-1]].data_label
    label.position = XL_LABEL_POSITION.ABOVE if is_above else XL_LABEL_POSITION.BELOW
    label.font.size, label.font.name = Pt(VALUE_SIZE), Font.HEADING
    paint(label.font.color, Hue.TEXT)
    clear(label._dLbl)


def _write_months(axis: CategoryAxis, months: tuple[str, ...], *, width: float) -> None:
    """Write as many months as stand beside each other, each at its mark."""
    axis.major_tick_mark = XL_TICK_MARK.OUTSIDE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.tick_labels.font.size = Pt(AXIS_SIZE)
    paint(axis.format.line.color, Hue.SECOND)
    axis._element.find("{*}txPr/{*}bodyPr").set("rot", ALMOST_LEVEL)
    widest = max(text_width(month, Style(AXIS_SIZE)) for month in months) + AXIS_SIZE
    every = math.ceil(len(months) * widest / width)
    for name in ("tickLblSkip", "tickMarkSkip"):
        mark = parse_xml(f'<c:{name} xmlns:c="{CHART}" val="{every}"/>')
        axis._element.find("{*}noMultiLvlLbl").addprevious(mark)


def _write_scale(axis: ValueAxis, chart: Chart) -> None:
    ticks = line_ticks(chart)
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = ticks[0], ticks[-1], ticks[1] - ticks[0]
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.fill.background()
    axis.major_gridlines.format.line.width = Pt(0.75)
    paint(axis.major_gridlines.format.line.color, Hue.LINE)
    axis.tick_labels.font.size = Pt(AXIS_SIZE)
    paint(axis.tick_labels.font.color, Hue.MUTED)
