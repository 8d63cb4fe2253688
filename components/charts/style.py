"""Shared style of the charts: locale, typeface, axes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import cast

import altair as alt
import pandas as pd

from components.charts.chart_locale import chart_locale
from components.charts.palette import GRID, MUTED_TEXT, TEXT
from data.indicators import Indicator, Unit
from data.language import Translator

FONT = "Inter, sans-serif"
LABEL_SIZE = 12
CHART_HEIGHT = 260
PERCENT_DOMAIN = (0, 100)
POINTS_DOMAIN = (1, 5)
# Every how many months a label stands, by the number of months up to which that is enough.
QUARTERS_LABELLED = 6
LABELLED_EACH = {1: 7, 2: 14, 3: 21, 6: 42}


def finish(
    layers: Sequence[alt.Chart], *, data: pd.DataFrame, height: int | alt.Step, translate: Translator
) -> alt.LayerChart:
    """Layered chart in the reader's locale with the product's typeface and quiet lines."""
    return cast("alt.LayerChart", alt.layer(*layers, data=data, height=height, config=chart_config(translate)))


@cache
def chart_config(translate: Translator, *, label_size: float = LABEL_SIZE) -> alt.Config:
    """Vega configuration: locale, typeface and quiet lines; ``label_size`` in pixels."""
    line = label_size / LABEL_SIZE
    return alt.Config(
        locale=chart_locale(translate),
        font=FONT,
        axis=alt.AxisConfig(
            labelFontSize=label_size,
            titleFontSize=label_size,
            labelColor=MUTED_TEXT,
            titleColor=MUTED_TEXT,
            titleFontWeight="normal",
            gridColor=GRID,
            gridWidth=line,
            domainColor=GRID,
            tickColor=GRID,
        ),
        legend=alt.LegendConfig(
            labelFontSize=label_size,
            labelColor=TEXT,
            labelLimit=0,
            orient="top",
            direction="vertical",
        ),
        text=alt.MarkConfig(fontSize=label_size, color=TEXT),
        view=alt.ViewConfig(stroke=None),
    )


def text_lookup(texts: Sequence[object], *, place: str = "datum.value") -> str:
    """Vega expression that returns the text (or lines of text) with the number ``place``."""
    return f"{json.dumps(texts, ensure_ascii=False)}[{place}]"


def month_axis(months: int) -> alt.Axis:
    """Month axis for a number of months: as many labels as fit a phone, January always, with the year below it."""
    step = next((step for step, limit in LABELLED_EACH.items() if months <= limit), 12)
    labels = (
        f"month(datum.value) % {step} == 0 ? [timeFormat(datum.value, '%b'), "
        f"month(datum.value) == 0 || !(datum.index >= {step} / {months}) ? timeFormat(datum.value, '%Y') : ''] : ''"
    )
    return alt.Axis(title=None, labelExpr=labels, labelAngle=0, labelOverlap="parity", ticks=False, grid=False)


def quarter_axis(texts: Sequence[str], *, points: int) -> alt.Axis:
    """Axis of calendar quarters by their first months; ``texts`` name the four quarters, the year stands below."""
    step = 1 if points <= QUARTERS_LABELLED else 2
    quarter = "floor(month(datum.value) / 3)"
    labels = (
        f"{quarter} % {step} == 0 ? [{text_lookup(texts, place=quarter)}, "
        f"{quarter} == 0 || !(datum.index >= {step} / {points}) ? timeFormat(datum.value, '%Y') : ''] : ''"
    )
    return alt.Axis(title=None, labelExpr=labels, labelAngle=0, labelOverlap="parity", ticks=False, grid=False)


def value_axis(indicator: Indicator, *, translate: Translator) -> alt.Axis:
    """Axis of an indicator's values in its unit."""
    if indicator.unit is Unit.PERCENT:
        sign = translate.language.percent_sign
        return alt.Axis(title=None, labelExpr=f"format(datum.value, ',.0f') + '{sign}'", tickCount=5)
    return alt.Axis(title=None, tickCount=5)


def value_domain(indicator: Indicator) -> tuple[float, float] | None:
    """Fixed ends of an indicator's axis: 0-100 for percentages, 1-5 for ratings, None for counts."""
    return {Unit.PERCENT: PERCENT_DOMAIN, Unit.POINTS: POINTS_DOMAIN}.get(indicator.unit)
