"""Bars of a deck as an SVG picture: names on the left in lines, each bar with its value, the track to the fixed end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import altair as alt
import pandas as pd

from components.charts.bars import TRACK
from components.charts.palette import ACCENT, ATTENTION, BACKGROUND, COMPARISON, MUTED_TEXT, TEXT
from components.deck.chart_frame import FIXED_ENDS, SECOND, Margins, Sheet, finished, looked_up, target_words, widest
from components.deck.chart_legend import LEGEND_HEIGHT, legend
from components.deck.fonts import Weight, wrapped
from components.deck.model import BarChart

# Parts of the width that names may have, and of a row that its one bar or each of its two has; the rest in heights of
# the type.
_NAMES_SHARE, _BANDS = 0.38, (0.66, 0.41)
_LINE, _GAP, _ABOVE, _BELOW, _THICKEST, _HIGHEST = 1.15, 0.5, 1.5, 0.2, 1.9, 5.0
_SIZES = tuple(1 - step * 0.04 for step in range(13))


@dataclass(frozen=True)
class _Plan:
    """What was measured: the names in lines, the height of their type and of a row, the margins around the bars."""

    sheet: Sheet
    names: Sequence[Sequence[str]]
    em: float
    row: float
    margins: Margins

    @property
    def bar(self) -> float:
        """The thickness of a bar with the gap to the next one of its group."""
        return min(self.row * _BANDS[len(self.sheet.body.series) > 1], self.sheet.em * _THICKEST)

    @property
    def value_em(self) -> float:
        """The height of the type of the values: not higher than a bar."""
        return min(self.sheet.em, self.bar * 0.95)

    @property
    def colours(self) -> list[str]:
        """One for each series."""
        return [self.sheet.colour(colour) for colour in (ACCENT, SECOND)][: len(self.sheet.body.series)]

    def shift(self, number: int) -> float:
        """How far the bars of a series are from the middle of their row."""
        return (number - (len(self.sheet.body.series) - 1) / 2) * self.bar


def bar_chart(body: BarChart, sheet: Sheet) -> alt.LayerChart:
    """Groups of bars from top to bottom; a value that is missing is written in words at the start of its bar."""
    plan = _plan(body, sheet)
    base = alt.Chart(pd.DataFrame(_rows(plan))).encode(y=_names_axis(plan))
    numbers = range(len(body.series))
    bars = [layer for number in numbers for layer in _bars(base, plan, number)]
    values = [layer for number in numbers for layer in _values(base, plan, number)]
    above = legend(sheet, plan.margins, plan.colours)
    return finished([*bars, *_target(plan), *values, *above], sheet, plan.margins)


def _plan(body: BarChart, sheet: Sheet) -> _Plan:
    em = sheet.em
    above = em * (_BELOW + LEGEND_HEIGHT * (len(body.series) > 1) + _ABOVE * (body.target is not None))
    room = sheet.size.height - above - em * _BELOW
    row = min(room / max(1, len(body.categories)), em * _HIGHEST)
    names, size = _fitting_names(body.categories, width=sheet.size.width * _NAMES_SHARE, em=em, row=row)
    texts = [sheet.text(value) for series in body.series for value in series.values if value is not None]
    margins = Margins(
        left=widest([line for lines in names for line in lines], size=size) + em * (_GAP + _BELOW),
        top=above,
        right=widest(texts, size=em, weight=Weight.SEMIBOLD) + em * _GAP * 2,
        bottom=sheet.size.height - above - row * max(1, len(body.categories)),
    )
    return _Plan(sheet, names, size, row, margins)


def _fitting_names(names: Sequence[str], *, width: float, em: float, row: float) -> tuple[list[list[str]], float]:
    """The names in lines, and the largest type in which all their lines fit into a row, the smallest if none does."""
    for size in (em * share for share in _SIZES):
        lines = [wrapped(name, width=width, size=size) for name in names]
        if max(map(len, lines), default=1) * _LINE * size <= row:
            break
    return lines, size


def _rows(plan: _Plan) -> list[dict[str, object]]:
    sheet = plan.sheet
    return [
        {
            "row": row,
            "value": sheet.ends[0] if value is None else value,
            "text": sheet.text(value),
            "series": number,
            "is_missing": value is None,
        }
        for number, series in enumerate(sheet.body.series)
        for row, value in enumerate(series.values)
    ]


def _names_axis(plan: _Plan) -> alt.Y:
    axis = alt.Axis(
        labelExpr=looked_up(plan.names),
        labelFontSize=plan.em,
        labelLineHeight=plan.em * _LINE,
        labelColor=plan.sheet.colour(TEXT),
        labelPadding=plan.sheet.em * _GAP,
        labelOverlap=False,
        ticks=False,
        domain=False,
    )
    rows = list(range(len(plan.sheet.body.categories)))
    return alt.Y("row:O", scale=alt.Scale(domain=rows, paddingInner=0, paddingOuter=0), axis=axis)


def _bars(base: alt.Chart, plan: _Plan, number: int) -> list[alt.Chart]:
    """The bars of a series on their tracks."""
    sheet, shift, thick = plan.sheet, plan.shift(number), plan.bar * 0.92
    low, high = sheet.ends
    own = base.transform_filter(alt.datum.series == number)
    track = own.mark_bar(height=thick, yOffset=shift, color=sheet.colour(TRACK))
    edge = sheet.colour(COMPARISON) if number else plan.colours[number]
    bar = own.mark_bar(
        height=thick, yOffset=shift, color=plan.colours[number], stroke=edge, strokeWidth=0.05 * sheet.em
    )
    return [
        *([track.encode(x=alt.XDatum(high, axis=None), x2=alt.X2Datum(low))] if sheet.body.kind in FIXED_ENDS else []),
        bar.transform_filter("!datum.is_missing").encode(x=_value_position(plan), x2=alt.X2Datum(low)),
    ]


def _value_position(plan: _Plan) -> alt.X:
    return alt.X("value:Q", axis=None, scale=alt.Scale(domain=list(plan.sheet.ends), nice=False, zero=False))


def _values(base: alt.Chart, plan: _Plan, number: int) -> Iterator[alt.Chart]:
    """The values of a series behind its bars, on white where the line of the target crosses them."""
    own = base.transform_filter(alt.datum.series == number)
    for is_missing in (False, True):
        is_plain = is_missing or number > 0
        text = own.transform_filter(alt.datum.is_missing == is_missing).encode(x=_value_position(plan), text="text:N")
        words = partial(
            text.mark_text,
            align="left",
            baseline="middle",
            dx=plan.sheet.em * _GAP * 0.8,
            yOffset=plan.shift(number),
            fontSize=plan.value_em,
            fontWeight=400 if is_plain else 600,
        )
        if not is_missing:
            yield words(stroke=BACKGROUND, strokeWidth=plan.value_em * 0.3, strokeJoin="round")
        yield words(color=plan.sheet.colour(MUTED_TEXT if is_plain else TEXT))


def _target(plan: _Plan) -> list[alt.Chart]:
    """The target as a line across all bars, with its name above."""
    sheet = plan.sheet
    if sheet.body.target is None:
        return []
    colour, em = sheet.colour(ATTENTION), sheet.em
    share = (sheet.body.target - sheet.ends[0]) / (sheet.ends[1] - sheet.ends[0])
    plot = sheet.size.width - plan.margins.left - plan.margins.right
    one = alt.Chart(pd.DataFrame([{"text": target_words(sheet)}]))
    x = alt.XDatum(sheet.body.target, axis=None)
    rule = one.mark_rule(color=colour, strokeWidth=em * 0.11, strokeDash=[em * 0.35, em * 0.25]).encode(x=x)
    half = widest([target_words(sheet)], size=em * 0.9, weight=Weight.SEMIBOLD) / 2
    middle = min(max(share * plot, half - plan.margins.left), plot + plan.margins.right - half)
    words = one.mark_text(baseline="middle", fontSize=em * 0.9, fontWeight=600, color=colour)
    return [rule, words.encode(x=alt.value(middle), y=alt.value(-em * _ABOVE / 2), text="text:N")]
