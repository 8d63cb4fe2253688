"""Tiles: one figure each, with its change, trend and n."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Literal
from urllib.parse import quote

import streamlit as st

from components.charts.palette import ATTENTION, BACKGROUND, MUTED_TEXT
from components.indicators.verdict_texts import TONE_COLOURS, TONE_SIGNS, Tone
from components.shell.formatter import is_missing
from data.indicators import Better

TILE_WIDTH = 215
# Label, value and change, and what it is compared with: held before they come, so that nothing below moves.
FIGURE_HEIGHT, COMPARED_HEIGHT = 88, 112
# A long name wraps, and what a change is compared with goes below it where both do not fit in one line, instead of
# being cut; once there, a figure and what stands below it are as high as their words.
_STYLE = """
div:has(> [data-testid=stMetricDeltaDescription]) { flex-wrap: wrap; row-gap: 2px; }
[data-testid=stMetricDeltaDescription] { flex: none; max-width: 100%; }
[data-testid=stMetricLabel] p { white-space: normal; overflow: visible; }
:is(.stMetric, [class*=tile-foot-]), :has(> :is(.stMetric, [class*=tile-foot-])) {
flex: none !important; height: auto !important; overflow: visible !important; }
"""
_FOOT_STYLE = "[class*=tile-foot-{height}-] {{ min-height: {height}px; }}\n"
LINE_WIDTH, LINE_HEIGHT, LINE_MARGIN = 240, 48, 4
ChangeColour = Literal["blue", "orange", "gray"]


@dataclass(frozen=True)
class TileVerdict:
    """A verdict in words; where it is not neutral, a sign and a colour stand beside them."""

    text: str
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True)
class IndicatorTile:
    """A figure as it is shown. All texts come translated.

    ``delta`` is the change against the comparison (None: no comparison), ``delta_text`` its text with sign and unit,
    ``compared_with`` what it is compared with. ``trend`` has values by month or quarter, NaN where there is not enough
    data, ``is_trend_finished`` whether each of them is; without it all are.
    ``n_text`` says on how much data the value is based, ``response_text`` how many of those asked answered,
    ``verdicts`` how it stands beside its target and all others.
    ``is_clear``: whether the change is more than chance; else it
    has no colour and no arrow. ``scale``: the fixed ends of the line; without them it runs from 0 to the highest value.
    """

    label: str
    value_text: str
    better: Better = Better.NONE
    delta: float | None = None
    delta_text: str = ""
    compared_with: str = ""
    trend: Sequence[float] = ()
    is_trend_finished: Sequence[bool] = ()
    n_text: str = ""
    verdicts: Sequence[TileVerdict] = ()
    response_text: str = ""
    is_response_low: bool = False
    help: str = ""
    is_clear: bool = True
    scale: tuple[float, float] | None = None


def change_colour(delta: float | None, better: Better) -> ChangeColour:
    """Return blue for better, orange for worse, grey where a change is neither."""
    if delta is None or is_missing(delta) or delta == 0 or better is Better.NONE:
        return "gray"
    return "blue" if (delta > 0) is (better is Better.UP) else "orange"


def change_arrow(delta: float | None) -> Literal["up", "down", "off"]:
    """Return the arrow of a change; it does not depend on which direction is better."""
    if delta is None or is_missing(delta) or delta == 0:
        return "off"
    return "up" if delta > 0 else "down"


def render_tiles(tiles: Sequence[IndicatorTile], *, columns: int = 4) -> None:
    """Draw tiles in a grid that has fewer columns on narrow screens."""
    heights = [_foot_height(tile) for tile in tiles]
    st.html(f"<style>{_STYLE}{''.join(_FOOT_STYLE.format(height=height) for height in sorted({*heights}))}</style>")
    grid = st.grid(columns, min_column_width=TILE_WIDTH, gap="small", border=True)
    for place, (tile, height) in enumerate(zip(tiles, heights, strict=True)):
        with grid.cell():
            _render_figure(tile)
            with st.container(key=f"tile-foot-{height}-{place}", height=height, border=False):
                _render_foot(tile)


_VERDICT = "font-size: 0.875rem; line-height: 20px"
VERDICT_HEIGHT, COUNT_HEIGHT, RESPONSE_HEIGHT = 20, 28, 20
_COUNT = f"color: {MUTED_TEXT}; font-size: 0.875rem; line-height: 20px; padding-top: 4px"


def _response(tile: IndicatorTile) -> str:
    if not tile.response_text:
        return ""
    low = f"; color: {ATTENTION}; font-weight: 600" if tile.is_response_low else ""
    return f'<div style="{_COUNT}; padding-top: 0{low}">{escape(tile.response_text)}</div>'


def _line(svg: str) -> str:
    """Draw the trend line as a picture of fixed height, so that nothing moves when it loads.

    It repeats the figures of the page, so screen readers skip it.
    """
    style = f"display: block; width: 100%; height: {LINE_HEIGHT}px"
    return f'<img src="data:image/svg+xml,{quote(svg)}" alt="" style="{style}">'


def _foot_height(tile: IndicatorTile) -> int:
    """Room of what stands below a figure, where no line of it wraps."""
    line, response = LINE_HEIGHT if tile.trend else 0, RESPONSE_HEIGHT if tile.response_text else 0
    return line + len(tile.verdicts) * VERDICT_HEIGHT + COUNT_HEIGHT + response


def _render_figure(tile: IndicatorTile) -> None:
    delta = tile.delta if tile.is_clear else None
    st.metric(
        tile.label,
        tile.value_text,
        tile.delta_text or None,
        delta_color=change_colour(delta, tile.better),
        delta_arrow=change_arrow(delta),
        delta_description=tile.compared_with or None,
        help=tile.help or None,
        height=COMPARED_HEIGHT if tile.compared_with else FIGURE_HEIGHT,
    )


def _render_foot(tile: IndicatorTile) -> None:
    line = ""
    if tile.trend:
        drawn = sparkline(tile.trend, is_finished=tile.is_trend_finished, colour=MUTED_TEXT, scale=tile.scale)
        line = _line(drawn)
    verdicts = "".join(map(_verdict_line, tile.verdicts))
    st.html(f'{line}{verdicts}<div style="{_COUNT}">{escape(tile.n_text)}</div>{_response(tile)}')


def _verdict_line(verdict: TileVerdict) -> str:
    sign, colour = TONE_SIGNS[verdict.tone], TONE_COLOURS[verdict.tone]
    mark = f'<span aria-hidden="true">{sign}</span> ' if sign else ""
    return f'<div style="{_VERDICT}; color: {colour}">{mark}{escape(verdict.text)}</div>'


def sparkline(
    values: Sequence[float],
    *,
    colour: str,
    is_finished: Sequence[bool] = (),
    scale: tuple[float, float] | None = None,
) -> str:
    """An SVG of values, left to right, that fills its place; NaN leaves a gap, what is not finished is a hollow point.

    Its scale is fixed, so that noise looks small: ``scale``, or from 0 to the highest value.
    """
    known = [value for value in values if not math.isnan(value)]
    low, high = scale or (0.0, max(known, default=0.0))
    step = (LINE_WIDTH - 2 * LINE_MARGIN) / max(len(values) - 1, 1)
    points = [(LINE_MARGIN + place * step, _height(value, low, high)) for place, value in enumerate(values)]
    drawn = "".join(_run_shape(run, colour) for run in _unbroken_runs(points))
    drawn += "".join(
        _dot(x, y, colour, width=7) + _dot(x, y, BACKGROUND, width=4)
        for (x, y), is_done in zip(points, is_finished or [True] * len(points), strict=True)
        if not is_done and not math.isnan(y)
    )
    frame = f'viewBox="0 0 {LINE_WIDTH} {LINE_HEIGHT}" preserveAspectRatio="none"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>{drawn}</svg>'


def _height(value: float, low: float, high: float) -> float:
    """Where a value stands, from the top (NaN: nowhere); a line of equal values runs through the middle."""
    if math.isnan(value):
        return value
    share = 0.5 if high == low else (value - low) / (high - low)
    return LINE_HEIGHT - LINE_MARGIN - share * (LINE_HEIGHT - 2 * LINE_MARGIN)


def _unbroken_runs(points: Sequence[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    """The runs of points that no missing value interrupts."""
    return (list(run) for is_gap, run in groupby(points, key=lambda point: math.isnan(point[1])) if not is_gap)


def _dot(x: float, y: float, colour: str, *, width: int) -> str:
    """A dot that stays round however wide the line is drawn: the round end of a line without length."""
    end = f'stroke="{colour}" stroke-width="{width}" stroke-linecap="round" vector-effect="non-scaling-stroke"'
    return f'<path d="M{x:.1f},{y:.1f}h0" {end}/>'


def _run_shape(points: Sequence[tuple[float, float]], colour: str) -> str:
    if len(points) == 1:
        return _dot(*points[0], colour, width=4)
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    line = (
        f'fill="none" stroke="{colour}" stroke-width="1.8" stroke-linejoin="round" vector-effect="non-scaling-stroke"'
    )
    return f'<polyline points="{path}" {line}/>'
