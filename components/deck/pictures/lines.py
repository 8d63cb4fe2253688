"""Line chart over months as a picture: the last values are labelled, a missing month is a gap."""

from __future__ import annotations

from math import ceil

import altair as alt
import pandas as pd

from components.charts.lines import line_layers, target_layers
from components.charts.palette import ACCENT, ATTENTION, MUTED_TEXT, TEXT
from components.charts.process import limit_layers, marked_layers
from components.charts.style import text_lookup
from components.deck.model import LineChart
from components.deck.pictures.sizing import Size, sized_chart
from components.deck.scale import line_ticks, target_label
from components.deck.texts import value_text
from components.shell.formatter import Formatter

# In heights of the type: the room of a month's label, of a line of text, and the gap before a text.
_MONTH, _LINE, _GAP = 4.0, 1.15, 0.6


def line_chart(body: LineChart, *, size: Size, fmt: Formatter) -> alt.LayerChart:
    """Line with points for each series, the second one dashed, and a line for the target."""
    ticks = list(line_ticks(body))
    months = alt.Scale(domain=list(range(len(body.categories))), padding=0.25)
    x = alt.X("month:O", scale=months, axis=_months(body, size))
    values = alt.Scale(domain=[ticks[0], ticks[-1]], nice=False, zero=False)
    y = alt.Y("value:Q", scale=values, axis=_axis(body, ticks, fmt))
    position = alt.Chart().encode(x=x, y=y)
    layers = line_layers(position, [series.name for series in body.series], em=size.em)
    if body.process is not None:
        limits = pd.DataFrame(
            dict(zip(("centre", "limit_low", "limit_high"), (series.values for series in body.process), strict=True))
        )
        limits = limits.astype(float).rename_axis("month").reset_index().dropna()
        layers = [*limit_layers(x, y, limits, em=size.em), *layers]
    layers += marked_layers(position, _points(body), em=size.em)
    if body.target is not None:
        layers += target_layers(body.target, target_label(body, fmt=fmt), em=size.em, at="left")
    return sized_chart([*layers, *_ends(body, size, fmt)], data=_rows(body), size=size, translate=fmt.translate)


def _rows(body: LineChart) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"month": month, "value": value, "series": number}
            for number, series in enumerate(body.series)
            for month, value in enumerate(series.values)
        ],
        columns=["month", "value", "series"],
    )


def _points(body: LineChart) -> pd.DataFrame:
    """Points of the first line, and how they are drawn."""
    colours: dict[int, str] = {}
    if body.process is not None:
        colours = dict.fromkeys(body.process.outstanding, ACCENT) | dict.fromkeys(body.process.worse, ATTENTION)
    return pd.DataFrame(
        [
            {
                "month": month,
                "value": value,
                "is_finished": month not in body.unfinished,
                "mark_colour": colours.get(month, ""),
            }
            for month, value in enumerate(body.series[0].values)
        ],
        columns=["month", "value", "is_finished", "mark_colour"],
    )


def _months(body: LineChart, size: Size) -> alt.Axis:
    """Month axis with labels in two lines, as many as fit, always including the last one."""
    months = [name.split(" ") for name in body.categories]
    step = max(1, ceil(len(months) * _MONTH * size.em / size.width))
    shown = [name if (len(months) - 1 - number) % step == 0 else [] for number, name in enumerate(months)]
    return alt.Axis(title=None, labelExpr=text_lookup(shown), labelAngle=0, labelOverlap=False, ticks=False, grid=False)


def _axis(body: LineChart, ticks: list[float], fmt: Formatter) -> alt.Axis:
    texts = text_lookup([value_text(tick, body, fmt=fmt) for tick in ticks], place=f"indexof({ticks}, datum.value)")
    return alt.Axis(title=None, values=ticks, labelExpr=texts, domain=False, ticks=False)


def _ends(body: LineChart, size: Size, fmt: Formatter) -> list[alt.Chart]:
    """Labels of the last values at the right of their lines, moved apart where two are near."""
    known = [[value for value in series.values if value is not None] for series in body.series]
    last = [values[-1] for values in known if values]
    ticks = line_ticks(body)
    near = size.em * _LINE / size.height * (ticks[-1] - ticks[0]) * 1.3
    is_near = len(last) > 1 and abs(last[0] - last[1]) < near
    layers = []
    for number, value in enumerate(last):
        is_upper = value > last[1 - number] or (value == last[1 - number] and number == 0) if is_near else False
        shift = (-0.6 if is_upper else 0.6) * size.em if is_near else 0.0
        layers.append(
            alt.Chart(pd.DataFrame([{"value": value, "text": value_text(value, body, fmt=fmt)}]))
            .mark_text(
                align="left",
                baseline="middle",
                dx=size.em * _GAP,
                dy=shift,
                fontSize=size.em,
                fontWeight=400 if number else 600,
                color=MUTED_TEXT if number else TEXT,
            )
            .encode(x=alt.value("width"), y=alt.Y("value:Q"), text="text:N")
        )
    return layers
