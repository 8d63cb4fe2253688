"""Native bars: names on the left as large as they fit, values written at the ends, the target as a line across."""

from __future__ import annotations

from pptx.chart.axis import CategoryAxis, ValueAxis
from pptx.chart.chart import Chart as NativeChart
from pptx.chart.series import BarSeries
from pptx.enum.chart import XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.util import Pt

from components.deck.model import Chart
from components.exports.slides_fit import line_height, text_width, wrapped
from components.exports.slides_markup import Font, Hue, Style
from components.exports.slides_places import Box
from components.exports.slides_scale import bar_ends
from components.exports.slides_target import CHART, clear, draw_target_line
from components.exports.slides_text import paint

SERIES_HUES = (Hue.ACCENT, Hue.SECOND)
NAME_SIZES = (16.0, 14.0, 12.0)
LARGEST_NAMES_SHARE = 0.42
NAME_GAP = 16.0
VALUE_ROOM = 84.0
LEGEND_ROOM = 34.0
THICKEST_BAR = 34.0
# The type of a value is at most so many times as high as its bar.
VALUE_SHARE = 1.1
# So much of the axis is added before negative bars for their values.
NEGATIVE_ROOM = 0.12


def draw_bars(drawn: NativeChart, chart: Chart, names: list[str], box: Box) -> None:
    """Give bars the look of the house; ``names`` are the categories as they are written, ``box`` their place."""
    plot_box = Box(0, LEGEND_ROOM if drawn.has_legend else 0, box.width, box.height)
    slot = (plot_box.height - plot_box.top) / len(names)
    size, names_width = _names(names, width=box.width * LARGEST_NAMES_SHARE, slot=slot)
    plot = drawn.plots[0]
    plot.overlap = 0
    plot.gap_width = _gap_width(slot, len(chart.series))
    for series, hue in list(zip(plot.series, SERIES_HUES, strict=False))[: len(chart.series)]:
        series.format.fill.solid()
        paint(series.format.fill.fore_color, hue)
        series.invert_if_negative = False
        _label(series, min(size, VALUE_SHARE * _thickness(slot, len(chart.series))), is_clear=chart.target is not None)
    _write_names(drawn.category_axis, size)
    low, high = bar_ends(chart)
    low -= (high - low) * NEGATIVE_ROOM if low < 0 else 0
    _hide(drawn.value_axis, low=low, high=high)
    _place_plot(drawn, left=names_width / box.width, right=VALUE_ROOM / box.width, top=plot_box.top / box.height)
    if chart.target is not None:
        draw_target_line(drawn, number=len(chart.series), low=low, high=high)


def _gap_width(slot: float, count: int) -> int:
    """The gap between categories in percent of a bar, so that few bars do not become blocks."""
    return round(min(500, (slot / _thickness(slot, count) - count) * 100))


def _thickness(slot: float, count: int) -> float:
    """How thick the bars are of which ``count`` stand in a slot."""
    return min(THICKEST_BAR, slot / (count + 0.4))


def _names(names: list[str], *, width: float, slot: float) -> tuple[float, float]:
    """Size and width of the names beside the bars: as large as lets each stand on the lines that its bar has."""
    for size in NAME_SIZES:
        style = Style(size)
        lines = [wrapped(name, width=width - NAME_GAP, style=style) for name in names]
        if max(len(of_name) for of_name in lines) <= max(1, slot * 0.95 // line_height(style)):
            break
    return size, max(text_width(line, style) for of_name in lines for line in of_name) + NAME_GAP


def _label(series: BarSeries, size: float, *, is_clear: bool) -> None:
    """Write values at the ends; ``is_clear`` gives them a ground of their own, for where the target's line passes."""
    labels = series.data_labels
    labels.show_value = True
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size = Pt(size)
    labels.font.name = Font.HEADING
    paint(labels.font.color, Hue.TEXT)
    if is_clear:
        clear(labels._element)


def _write_names(axis: CategoryAxis, size: float) -> None:
    axis.reverse_order = True
    axis.tick_labels.font.size = Pt(size)
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.width = Pt(1)
    paint(axis.format.line.color, Hue.SECOND)


def _hide(axis: ValueAxis, *, low: float, high: float) -> None:
    axis.minimum_scale, axis.maximum_scale = low, high
    axis.has_major_gridlines = False
    axis.visible = False


def _place_plot(drawn: NativeChart, *, left: float, right: float, top: float) -> None:
    """Fix the inner edges of the plot in shares of the chart, so that names and values have the room measured."""
    edges = {"x": left, "y": top, "w": 1 - left - right, "h": 1 - top}
    marks = "".join(f'<c:{key}Mode val="edge"/>' for key in "xy")
    marks += "".join(f'<c:{key} val="{share:.4f}"/>' for key, share in edges.items())
    layout = (
        f'<c:layout xmlns:c="{CHART}"><c:manualLayout><c:layoutTarget val="inner"/>{marks}</c:manualLayout></c:layout>'
    )
    area = drawn._chartSpace.chart.plotArea
    for old in area.findall("{*}layout"):
        area.remove(old)
    area.insert(0, parse_xml(layout))
