"""Lines of a deck over months as an SVG picture; first and last values are written, a missing month is a gap."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from components.charts.palette import ACCENT, ATTENTION, MUTED_TEXT, TEXT
from components.deck.chart_frame import Margins, Sheet, finished, looked_up, target_words, widest
from components.deck.chart_legend import LEGEND_HEIGHT, legend
from components.deck.fonts import Weight, wrapped
from components.deck.model import LineChart, Series

SECOND_LINE = "#7a9cc0"
# In heights of the type.
_LABEL, _LINE, _GAP, _ABOVE, _BELOW = 0.85, 1.15, 0.6, 0.9, 3.0
_DASHES = ((1, 0), (5, 4))


def line_chart(body: LineChart, sheet: Sheet) -> alt.LayerChart:
    """A line with points for each series, the second one dashed; the target is a line across."""
    em = sheet.em
    margins = _margins(body, sheet)
    x = alt.X(
        "month:O",
        scale=alt.Scale(domain=list(range(len(body.categories))), padding=0.25),
        axis=_month_axis(sheet, margins),
    )
    y = alt.Y("value:Q", scale=alt.Scale(domain=list(sheet.ends), nice=False, zero=False), axis=_value_axis(sheet))
    base = alt.Chart(pd.DataFrame(_rows(body))).encode(x=x, y=y)
    layers = []
    dashes = [[part * em * 0.12 for part in dash] for dash in _DASHES]
    colours = [sheet.colour(colour) for colour in (ACCENT, SECOND_LINE)][: len(body.series)]
    for number, colour in enumerate(colours):
        own = base.transform_filter(alt.datum.series == number)
        layers.append(own.mark_line(color=colour, strokeWidth=em * 0.17, strokeDash=dashes[number]))
        layers.append(own.mark_point(color=colour, filled=True, opacity=1, size=(em * 0.42) ** 2))
    above = legend(sheet, margins, colours, dashes=dashes)
    return finished([*_target(sheet), *layers, *_ends(body, sheet, margins), *above], sheet, margins)


def _margins(body: LineChart, sheet: Sheet) -> Margins:
    em = sheet.em
    ticks = widest([sheet.text(tick) for tick in sheet.ticks], size=em * _LABEL)
    ends = widest([sheet.text(_last(series)[1]) for series in body.series], size=em, weight=Weight.SEMIBOLD)
    return Margins(
        left=ticks + em * _GAP * 1.5,
        top=em * (_ABOVE + LEGEND_HEIGHT * (len(body.series) > 1)),
        right=ends + em * _GAP * 2,
        bottom=em * _BELOW,
    )


def _rows(body: LineChart) -> list[dict[str, object]]:
    return [
        {"month": month, "value": value, "series": number}
        for number, series in enumerate(body.series)
        for month, value in enumerate(series.values)
    ]


def _month_axis(sheet: Sheet, margins: Margins) -> alt.Axis:
    """Months in two lines, as many as there is room for, the last one always."""
    em, months = sheet.em * _LABEL, sheet.body.categories
    lines = [wrapped(month, width=0, size=em) for month in months]
    room = (sheet.size.width - margins.left - margins.right) / max(1, len(months))
    step = next(each for each in (1, 2, 3, 4, 6, 12, len(months) or 1) if each * room >= _widest(lines, em) + em)
    shown = [text if (len(months) - 1 - month) % step == 0 else [] for month, text in enumerate(lines)]
    return alt.Axis(
        labelExpr=looked_up(shown),
        labelAngle=0,
        labelLineHeight=em * _LINE,
        labelPadding=em * _GAP,
        labelOverlap=False,
        ticks=False,
        grid=False,
    )


def _widest(lines: Sequence[Sequence[str]], em: float) -> float:
    return widest([line for each in lines for line in each], size=em)


def _value_axis(sheet: Sheet) -> alt.Axis:
    texts = [sheet.text(tick) for tick in sheet.ticks]
    number = f"indexof({list(sheet.ticks)}, datum.value)"
    return alt.Axis(
        values=list(sheet.ticks),
        labelExpr=looked_up(texts).replace("datum.value", number),
        labelPadding=sheet.em * _GAP,
        domain=False,
        ticks=False,
    )


def _last(series: Series) -> tuple[int, float | None]:
    """Number and value of the last month that has one."""
    known = [(month, value) for month, value in enumerate(series.values) if value is not None]
    return known[-1] if known else (0, None)


def _ends(body: LineChart, sheet: Sheet, margins: Margins) -> list[alt.Chart]:
    """The last value of each series at the right of its line, one above the other where they are near."""
    em, height = sheet.em, sheet.size.height - margins.top - margins.bottom
    low, high = sheet.ends
    last = [_last(series) for series in body.series]
    heights = [height * (high - value) / (high - low) for _, value in last if value is not None]
    texts = [sheet.text(value) for _, value in last if value is not None]
    places = apart(heights, by=em * _LINE, most=height)
    return [
        alt.Chart(pd.DataFrame([{"text": text}]))
        .mark_text(
            align="left",
            baseline="middle",
            dx=em * _GAP,
            fontWeight=400 if number else 600,
            color=sheet.colour(MUTED_TEXT if number else TEXT),
        )
        .encode(x=alt.value("width"), y=alt.value(place), text="text:N")
        for number, (text, place) in enumerate(zip(texts, places, strict=True))
    ]


def apart(heights: Sequence[float], *, by: float, most: float) -> list[float]:
    """The heights of two texts at the most, moved so that they are ``by`` apart and not below ``most``."""
    if len(heights) < 2 or abs(heights[0] - heights[1]) >= by:
        return list(heights)
    middle = min(max(sum(heights) / 2, by / 2), most - by / 2)
    shift = by / 2 if heights[0] <= heights[1] else -by / 2
    return [middle - shift, middle + shift]


def _target(sheet: Sheet) -> list[alt.Chart]:
    """The target as a line across with its name over its left end."""
    if sheet.body.target is None:
        return []
    colour, em = sheet.colour(ATTENTION), sheet.em
    one = alt.Chart(pd.DataFrame([{"target": sheet.body.target, "text": target_words(sheet)}]))
    y = alt.Y("target:Q")
    words = one.mark_text(
        align="left", baseline="bottom", dy=-em * 0.25, fontSize=em * 0.9, fontWeight=600, color=colour
    )
    rule = one.mark_rule(color=colour, strokeWidth=em * 0.11, strokeDash=[em * 0.35, em * 0.25])
    return [rule.encode(y=y), words.encode(x=alt.value(em * 0.2), y=y, text="text:N")]
