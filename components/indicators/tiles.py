"""Tiles: one figure each, with its change, trend and n."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from urllib.parse import quote

import streamlit as st

from components.charts.palette import BACKGROUND, MUTED_TEXT
from components.indicators.verdict_texts import TONE_SIGNS, Tone
from components.shell.formatter import is_missing
from data.indicators import Better

# So many stand in one row where there is room; more of them are shared out among rows of equal length.
MOST_A_ROW = 6
LINE_WIDTH, LINE_HEIGHT = 240, 48
# Room for half a dot, which keeps its size where the line is drawn narrower.
LINE_MARGIN, LINE_SIDE = 6, 10


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
    ``address`` is what its name leads to.
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
    address: str = ""


def change_tone(delta: float | None, better: Better) -> Tone:
    """Return whether a change is for the better, for the worse or neither."""
    if delta is None or is_missing(delta) or delta == 0 or better is Better.NONE:
        return Tone.NEUTRAL
    return Tone.GOOD if (delta > 0) is (better is Better.UP) else Tone.BAD


def change_arrow(delta: float | None) -> str:
    """Return the arrow of a change, "" without one; it does not depend on which direction is better."""
    if delta is None or is_missing(delta) or delta == 0:
        return ""
    return "↑" if delta > 0 else "↓"


def render_tiles(tiles: Sequence[IndicatorTile], *, title: str) -> None:
    """Draw tiles side by side, in fewer columns on narrow screens; ``title`` is the list's accessible name."""
    st.html(tiles_html(tiles, title=title))


def tiles_html(tiles: Sequence[IndicatorTile], *, title: str) -> str:
    """Return tiles as an HTML list; all texts are escaped."""
    rows = -(-len(tiles) // MOST_A_ROW) or 1
    items = "".join(f"<li>{_tile_html(tile)}</li>" for tile in tiles)
    most = -(-len(tiles) // rows)
    return f'<div class="hamkor-tiles"><ul style="--most: {most}" aria-label="{escape(title)}">{items}</ul></div>'


def _tile_html(tile: IndicatorTile) -> str:
    """Return name, value, change, line and what stands below, each in a row of the grid that all tiles share."""
    hint = f' title="{escape(tile.help)}"' if tile.help else ""
    name = escape(tile.label)
    # What the link opens is what the tile rests on, which its name says too.
    opens = f' aria-label="{escape(f"{tile.label}. {tile.n_text}")}"' if tile.n_text else ""
    named = f'<a href="{escape(tile.address)}" target="_self"{hint}{opens}>{name}</a>' if tile.address else name
    verdicts = "".join(map(_verdict_line, tile.verdicts))
    low = ' class="low"' if tile.is_response_low else ""
    response = f"<small{low}>{escape(tile.response_text)}</small>" if tile.response_text else ""
    return (
        f"<div{'' if tile.address else hint}>{named}</div><b>{escape(tile.value_text)}</b><div>{_change(tile)}</div>"
        f"<div>{_line(tile)}</div><div>{verdicts}<small>{escape(tile.n_text)}</small>{response}</div>"
    )


def _change(tile: IndicatorTile) -> str:
    if not tile.delta_text:
        return ""
    delta = tile.delta if tile.is_clear else None
    arrow = change_arrow(delta)
    mark = f'<i aria-hidden="true">{arrow}</i> ' if arrow else ""
    compared = f" <small>{escape(tile.compared_with)}</small>" if tile.compared_with else ""
    return f'<span class="{change_tone(delta, tile.better)}">{mark}{escape(tile.delta_text)}</span>{compared}'


def _line(tile: IndicatorTile) -> str:
    """Return the trend line as a picture of fixed height, so that nothing moves when it loads.

    It repeats the figures of the page, so screen readers skip it.
    """
    if not tile.trend:
        return ""
    drawn = sparkline(tile.trend, is_finished=tile.is_trend_finished, colour=MUTED_TEXT, scale=tile.scale)
    return f'<img src="data:image/svg+xml,{quote(drawn, safe=" /:;,=()")}" alt="">'


def _verdict_line(verdict: TileVerdict) -> str:
    sign = TONE_SIGNS[verdict.tone]
    mark = f'<i aria-hidden="true">{sign}</i> ' if sign else ""
    return f'<span class="{verdict.tone}">{mark}{escape(verdict.text)}</span>'


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
    step = (LINE_WIDTH - 2 * LINE_SIDE) / max(len(values) - 1, 1)
    points = [(LINE_SIDE + place * step, _height(value, low, high)) for place, value in enumerate(values)]
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
    return f'<path d="M{x:.0f},{y:.1f}h0" {end}/>'


def _run_shape(points: Sequence[tuple[float, float]], colour: str) -> str:
    if len(points) == 1:
        return _dot(*points[0], colour, width=4)
    path = " ".join(f"{x:.0f},{y:.1f}" for x, y in points)
    line = (
        f'fill="none" stroke="{colour}" stroke-width="1.8" stroke-linejoin="round" vector-effect="non-scaling-stroke"'
    )
    return f'<polyline points="{path}" {line}/>'
