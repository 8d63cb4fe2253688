"""Native, editable PowerPoint charts: bars and lines of the deck with their figures in an embedded workbook."""

from __future__ import annotations

from typing import Any

from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import CategoryChartData
from pptx.chart.series import LineSeries
from pptx.dml.color import ColorFormat
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.util import Pt

from components.deck.model import Chart, LineChart, Series, ValueKind
from components.deck.scale import bar_ends, line_ticks, target_label
from components.deck.texts import shortened
from components.exports.cells import escaped_formula, without_control_characters
from components.exports.slides.texts import describe
from components.shell.formatter import Formatter
from data.language import Language, Translator

ACCENT, ATTENTION, SECOND = MSO_THEME_COLOR.ACCENT_1, MSO_THEME_COLOR.ACCENT_2, MSO_THEME_COLOR.ACCENT_3
TEXT, MUTED, GRID = MSO_THEME_COLOR.TEXT_1, MSO_THEME_COLOR.ACCENT_5, MSO_THEME_COLOR.ACCENT_6
LEGEND_SIZE = AXIS_SIZE = 14
LAST_VALUE_SIZE = 18
# The largest type of names beside so many bars.
NAME_SIZES, LONGEST_NAME = ((8, 16), (12, 14), (99, 12)), 70
THICKEST_BAR, PLOT_HEIGHT, SMALLEST_VALUE = 34.0, 310.0, 12
# So much of the axis is added at the ends of bars for their values.
ROOM_FOR_VALUES = 0.12
LINE_STYLES = ((ACCENT, 3.0, MSO_LINE.SOLID), (MUTED, 2.25, MSO_LINE.SQUARE_DOT))
LIMIT_STYLES = ((MUTED, 1.25, MSO_LINE.SOLID), *[(MUTED, 1.0, MSO_LINE.ROUND_DOT)] * 2)
TARGET_STYLE = (ATTENTION, 1.75, MSO_LINE.DASH)
# A thousandth of a degree: LibreOffice breaks level months into letters instead of leaving some out.
ALMOST_LEVEL = "60"


def insert_chart(place: Any, chart: Chart, *, translate: Translator) -> None:  # noqa: ANN401 - untyped in the library
    """Insert a chart into a chart placeholder; a category of bars without a value says so in its name."""
    kind = XL_CHART_TYPE.LINE if isinstance(chart, LineChart) else XL_CHART_TYPE.BAR_CLUSTERED
    frame = place.insert_chart(kind, _data(chart, translate))
    describe(frame, chart.alternative)
    drawn: NativeChart = frame.chart
    drawn.has_title = False
    drawn.has_legend = len(chart.series) + len(_limits(chart)) > 1 or chart.target is not None
    if drawn.legend is not None:
        drawn.legend.position = XL_LEGEND_POSITION.TOP
        drawn.legend.include_in_layout = False
        drawn.legend.font.size = Pt(LEGEND_SIZE)
    if isinstance(chart, LineChart):
        _draw_lines(drawn, chart)
    else:
        _draw_bars(drawn, chart)
    # The library numbers axes below nothing, which the format does not know.
    for mark in drawn.element.xpath(".//c:axId | .//c:crossAx"):
        mark.set("val", mark.get("val").lstrip("-"))


def _data(chart: Chart, translate: Translator) -> CategoryChartData:
    """Figures of the embedded workbook; a target is a series of its own."""
    data = CategoryChartData(number_format=number_format(chart, language=translate.language))
    data.categories = [_category(chart, number, translate) for number in range(len(chart.categories))]
    for series in (*chart.series, *_limits(chart)):
        data.add_series(escaped_formula(without_control_characters(series.name)), series.values)
    if chart.target is not None:
        name = target_label(chart, fmt=Formatter(translate))
        data.add_series(escaped_formula(without_control_characters(name)), [chart.target] * len(chart.categories))
    return data


def _limits(chart: Chart) -> tuple[Series, ...]:
    """Centre line and limits of a process chart."""
    return tuple(chart.process) if isinstance(chart, LineChart) and chart.process else ()


def _category(chart: Chart, number: int, translate: Translator) -> str:
    name = escaped_formula(without_control_characters(shortened(chart.categories[number], LONGEST_NAME)))
    empty = [series.name for series in chart.series if series.values[number] is None]
    if isinstance(chart, LineChart) or not empty:
        return name
    if len(empty) == len(chart.series):
        return translate("{name}: not enough data", name=name)
    return translate("{name} ({series}: not enough data)", name=name, series=empty[0])


def number_format(chart: Chart, *, language: Language) -> str:
    """Spreadsheet number format of a chart's values, with the decimal sign of the language where it is obeyed."""
    number = "#,##0" + ("." + "0" * chart.decimals if chart.decimals else "")
    if chart.kind is ValueKind.PERCENT:
        pattern = Translator(language).locale.percent_formats[None].pattern
        number = f'0"{pattern.lstrip("#,0")}"'
    code = language.facts.office_code
    return f"[$-{code}]{number}" if code else number


def _draw_bars(drawn: NativeChart, chart: Chart) -> None:
    """Format bars: names on the left, values at the ends, no value axis."""
    count, size = len(chart.categories), next(size for most, size in NAME_SIZES if len(chart.categories) <= most)
    bars = drawn.plots[0]
    in_group = len(bars.series)
    thickness = min(THICKEST_BAR, PLOT_HEIGHT / count / (in_group + 0.4))
    bars.overlap = 0
    bars.gap_width = min(500, round((PLOT_HEIGHT / count / thickness - in_group) * 100))
    for series, colour in zip(bars.series, _bar_colours(chart), strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.theme_color = colour
        series.invert_if_negative = False
        labels = series.data_labels
        labels.show_value = True
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        labels.font.size, labels.font.bold = Pt(max(SMALLEST_VALUE, min(size, round(thickness)))), True
        _paint(labels.font.color, TEXT)
    names = drawn.category_axis
    names.reverse_order = True
    names.tick_labels.font.size = Pt(size)
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.width = Pt(1)
    _paint(names.format.line.color, SECOND)
    low, high = bar_ends(chart)
    values = drawn.value_axis
    values.minimum_scale = low - (high - low) * ROOM_FOR_VALUES if low < 0 else low
    values.maximum_scale = high + (high - low) * ROOM_FOR_VALUES
    values.has_major_gridlines = False
    values.visible = False


def _bar_colours(chart: Chart) -> list[MSO_THEME_COLOR]:
    own = [ACCENT, SECOND][: len(chart.series)]
    return own if chart.target is None else [*own, ATTENTION]


def _draw_lines(drawn: NativeChart, chart: LineChart) -> None:
    """Format lines over months: few grid lines, the last value labelled; after the series of the chart come its limits
    and its target.
    """
    drawn.font.size = Pt(AXIS_SIZE)
    styles = [*LINE_STYLES[: len(chart.series)], *LIMIT_STYLES[: len(_limits(chart))], TARGET_STYLE]
    for number, line in enumerate(drawn.plots[0].series):
        colour, width, dashes = styles[number]
        line.smooth = False
        line.marker.style = XL_MARKER_STYLE.NONE
        line.format.line.width, line.format.line.dash_style = Pt(width), dashes
        _paint(line.format.line.color, colour)
        if number < len(chart.series):
            _draw_points(line, chart, number, colour)
        if number == 0:
            _mark_points(line, chart)
    months = drawn.category_axis
    months.major_tick_mark = XL_TICK_MARK.OUTSIDE
    months.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    months.tick_labels.font.size = Pt(AXIS_SIZE)
    drawn.element.xpath(".//c:catAx/c:txPr/a:bodyPr")[0].set("rot", ALMOST_LEVEL)
    _paint(months.format.line.color, SECOND)
    _draw_scale(drawn, chart)


def _draw_scale(drawn: NativeChart, chart: Chart) -> None:
    ticks = line_ticks(chart)
    axis = drawn.value_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = ticks[0], ticks[-1], ticks[1] - ticks[0]
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.fill.background()
    axis.major_gridlines.format.line.width = Pt(0.75)
    _paint(axis.major_gridlines.format.line.color, GRID)
    axis.tick_labels.font.size = Pt(AXIS_SIZE)
    _paint(axis.tick_labels.font.color, MUTED)


def _draw_points(line: LineSeries, chart: Chart, number: int, colour: MSO_THEME_COLOR) -> None:
    """Draw points between two gaps, where no line is visible, and at the last value, which is labelled."""
    values = chart.series[number].values
    known = [place for place, value in enumerate(values) if value is not None]
    lone = [place for place in known if not {place - 1, place + 1} & set(known)]
    for place in {*lone, *known[-1:]}:
        marker = line.points[place].marker
        marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 9
        marker.format.fill.solid()
        _paint(marker.format.fill.fore_color, colour)
    if known:
        label = line.points[known[-1]].data_label
        label.position = XL_LABEL_POSITION.ABOVE if _is_highest(chart, number) else XL_LABEL_POSITION.BELOW
        label.font.size, label.font.bold = Pt(LAST_VALUE_SIZE), True
        _paint(label.font.color, TEXT)


def _mark_points(line: LineSeries, chart: LineChart) -> None:
    """Draw points that stand out as diamonds, and those that are not finished hollow."""
    outstanding, worse = (
        (chart.process.outstanding, chart.process.worse) if chart.process else (frozenset[int](), frozenset[int]())
    )
    for place in sorted(outstanding | chart.unfinished):
        if chart.series[0].values[place] is None:
            continue
        marker = line.points[place].marker
        marker.style, marker.size = XL_MARKER_STYLE.DIAMOND if place in outstanding else XL_MARKER_STYLE.CIRCLE, 11
        marker.format.fill.solid()
        edge = ATTENTION if place in worse else ACCENT
        _paint(marker.format.fill.fore_color, edge if place in outstanding else MSO_THEME_COLOR.BACKGROUND_1)
        _paint(marker.format.line.color, edge)


def _is_highest(chart: Chart, number: int) -> bool:
    """Whether the last value of a line is above those of the other lines and the target, so that there is room above
    it.
    """
    ends = [_last(series) for series in chart.series]
    return ends.index(max(ends)) == number and (chart.target is None or ends[number] >= chart.target)


def _last(series: Series) -> float:
    return next((value for value in reversed(series.values) if value is not None), 0.0)


def _paint(colour: ColorFormat, theme_colour: MSO_THEME_COLOR) -> None:
    colour.theme_color = theme_colour
