"""Native charts that stay editable: bars and lines of the deck with their figures in an embedded workbook."""

from __future__ import annotations

from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.shapes.placeholder import ChartPlaceholder, PlaceholderGraphicFrame
from pptx.slide import Slide as NativeSlide
from pptx.util import Pt

from components.deck.model import BarChart, Chart, LineChart
from components.exports.cells import harmless
from components.exports.slides_bars import draw_bars
from components.exports.slides_layouts import CONTENT_INDEX
from components.exports.slides_lines import draw_lines
from components.exports.slides_markup import Font, Hue
from components.exports.slides_places import Box
from components.exports.slides_scale import bar_ends, number_format, target_words
from components.exports.slides_text import paint
from data.language import Translator

LEGEND_SIZE = 14
LINE_SHARE = 0.004


def insert_chart(slide: NativeSlide, *, chart: Chart, box: Box, translate: Translator) -> None:
    """Put a chart into the slide's placeholder; a category of bars without a value says so in its name."""
    placeholder: ChartPlaceholder = slide.placeholders[CONTENT_INDEX]
    names = [_category(chart, number, translate) for number in range(len(chart.categories))]
    kind = XL_CHART_TYPE.LINE if isinstance(chart, LineChart) else XL_CHART_TYPE.BAR_CLUSTERED
    frame: PlaceholderGraphicFrame = placeholder.insert_chart(kind, _data(chart, names, translate))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.alternative)
    drawn = frame.chart
    drawn.has_title = False
    drawn.font.name = Font.BODY
    paint(drawn.font.color, Hue.TEXT)
    _write_legend(drawn, chart)
    if isinstance(chart, LineChart):
        draw_lines(drawn, chart, box)
    else:
        draw_bars(drawn, chart, names, box)


def _data(chart: Chart, names: list[str], translate: Translator) -> CategoryChartData:
    """The figures of the workbook; bars get their target twice, the second time as the thickness of its line."""
    data = CategoryChartData(number_format=number_format(chart, language=translate.language))
    data.categories = names
    for series in chart.series:
        data.add_series(harmless(series.name), series.values)
    if chart.target is not None:
        target = harmless(target_words(chart, translate=translate))
        data.add_series(target, [chart.target] * len(names))
        if isinstance(chart, BarChart):
            low, high = bar_ends(chart)
            data.add_series(target, [(high - low) * LINE_SHARE] * len(names))
    return data


def _category(chart: Chart, number: int, translate: Translator) -> str:
    name = harmless(chart.categories[number])
    empty = [series.name for series in chart.series if series.values[number] is None]
    if isinstance(chart, LineChart) or not empty:
        return name
    if len(empty) == len(chart.series):
        return translate("{name}: not enough data", name=name)
    return translate("{name} ({series}: not enough data)", name=name, series=empty[0])


def _write_legend(drawn: NativeChart, chart: Chart) -> None:
    drawn.has_legend = len(chart.series) > 1 or chart.target is not None
    if drawn.legend is not None:
        drawn.legend.position = XL_LEGEND_POSITION.TOP
        drawn.legend.include_in_layout = False
        drawn.legend.font.size = Pt(LEGEND_SIZE)
