"""Tiles: one figure each, with its change, trend and n."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from itertools import groupby
from typing import Literal
from urllib.parse import quote

import streamlit as st

from components.charts.palette import ACCENT, ATTENTION, MUTED_TEXT
from components.shell.formatter import is_missing
from data.indicators import Better

TILE_WIDTH = 215
# Label, value and change, and what it is compared with: held before they come, so that nothing below moves.
FIGURE_HEIGHT, COMPARED_HEIGHT = 88, 112
# What a change is compared with goes below it where both do not fit in one line, instead of being cut.
_STYLE = """<style>
div:has(> [data-testid=stMetricDeltaDescription]) { flex-wrap: wrap; row-gap: 2px; }
[data-testid=stMetricDeltaDescription] { flex: none; max-width: 100%; }
</style>"""
LINE_WIDTH, LINE_HEIGHT, LINE_MARGIN = 240, 48, 4
ChangeColour = Literal["blue", "orange", "gray"]


class Tone(StrEnum):
    """Whether a verdict is good, bad or neither."""

    GOOD = "good"
    BAD = "bad"
    NEUTRAL = "neutral"


# A sign and a colour; words say the same.
_TONES = {Tone.GOOD: ("▲", ACCENT), Tone.BAD: ("▼", ATTENTION), Tone.NEUTRAL: ("", MUTED_TEXT)}


@dataclass(frozen=True)
class TileVerdict:
    """A verdict in words; where it is not neutral, a sign and a colour stand beside them."""

    text: str
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True)
class IndicatorTile:
    """A figure as it is shown. All texts come translated.

    ``delta`` is the change against the comparison (None: no comparison), ``delta_text`` its text with sign and unit,
    ``compared_with`` what it is compared with. ``trend`` has monthly values, NaN where there is not enough data.
    ``n_text`` says on how much data the value is based, ``verdicts`` how it stands beside its target and all others.
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
    n_text: str = ""
    verdicts: Sequence[TileVerdict] = ()
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
    st.html(_STYLE)
    grid = st.grid(columns, min_column_width=TILE_WIDTH, gap="small", border=True)
    for tile in tiles:
        with grid.cell():
            _render_tile(tile)


COUNT_HEIGHT, VERDICT_HEIGHT = 28, 20
_VERDICT = "font-size: 0.875rem; line-height: 20px"
_COUNT = f"color: {MUTED_TEXT}; font-size: 0.875rem; line-height: 20px; padding-top: 4px"


def _line(svg: str) -> str:
    """Draw the trend line as a picture of fixed height, so that nothing moves when it loads.

    It repeats the figures of the page, so screen readers skip it.
    """
    style = f"display: block; width: 100%; height: {LINE_HEIGHT}px"
    return f'<img src="data:image/svg+xml,{quote(svg)}" alt="" style="{style}">'


def _render_tile(tile: IndicatorTile) -> None:
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
    verdicts = "".join(map(_verdict_line, tile.verdicts))
    foot = f'{verdicts}<div style="{_COUNT}">{escape(tile.n_text)}</div>'
    if not tile.trend:
        st.html(foot)
        return
    with st.container(height=LINE_HEIGHT + COUNT_HEIGHT + VERDICT_HEIGHT * len(tile.verdicts), border=False):
        st.html(_line(sparkline(tile.trend, colour=MUTED_TEXT, scale=tile.scale)) + foot)


def _verdict_line(verdict: TileVerdict) -> str:
    sign, colour = _TONES[verdict.tone]
    mark = f'<span aria-hidden="true">{sign}</span> ' if sign else ""
    return f'<div style="{_VERDICT}; color: {colour}">{mark}{escape(verdict.text)}</div>'


def sparkline(values: Sequence[float], *, colour: str, scale: tuple[float, float] | None = None) -> str:
    """An SVG of monthly values, left to right, that fills its place; NaN leaves a gap.

    Its scale is fixed, so that noise looks small: ``scale``, or from 0 to the highest value.
    """
    known = [value for value in values if not math.isnan(value)]
    low, high = scale or (0.0, max(known, default=0.0))
    step = (LINE_WIDTH - 2 * LINE_MARGIN) / max(len(values) - 1, 1)
    points = [(LINE_MARGIN + place * step, _height(value, low, high)) for place, value in enumerate(values)]
    drawn = "".join(_run_shape(run, colour) for run in _unbroken_runs(points))
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


def _run_shape(points: Sequence[tuple[float, float]], colour: str) -> str:
    if len(points) == 1:
        return f'<circle cx="{points[0][0]:.1f}" cy="{points[0][1]:.1f}" r="2" fill="{colour}"/>'
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    line = (
        f'fill="none" stroke="{colour}" stroke-width="1.8" stroke-linejoin="round" vector-effect="non-scaling-stroke"'
    )
    return f'<polyline points="{path}" {line}/>'
