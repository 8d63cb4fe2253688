"""Tiles: one figure each, with its change, trend and n."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal
from urllib.parse import quote

import streamlit as st

from components.charts.palette import ACCENT, ATTENTION, MUTED_TEXT
from components.charts.sparkline import HEIGHT, sparkline
from components.shell.formatter import is_missing
from data.indicators import Better

TILE_WIDTH = 215
# Label, value and change: held before they come, so that nothing below moves.
FIGURE_HEIGHT = 88
ChangeColour = Literal["blue", "orange", "gray"]
LINE_COLOURS: Mapping[ChangeColour, str] = {"blue": ACCENT, "orange": ATTENTION, "gray": MUTED_TEXT}


@dataclass(frozen=True)
class IndicatorTile:
    """A figure as it is shown. All texts come translated.

    ``delta`` is the change against the comparison (None: no comparison), ``delta_text`` its text with sign and unit,
    ``compared_with`` what it is compared with. ``trend`` has monthly values, NaN where there is not enough data.
    ``n_text`` says on how much data the value is based.
    """

    label: str
    value_text: str
    better: Better = Better.NONE
    delta: float | None = None
    delta_text: str = ""
    compared_with: str = ""
    trend: Sequence[float] = ()
    n_text: str = ""
    help: str = ""


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
    grid = st.grid(columns, min_column_width=TILE_WIDTH, gap="small", border=True)
    for tile in tiles:
        with grid.cell():
            _render_tile(tile)


COUNT_HEIGHT = 28
_COUNT = f"color: {MUTED_TEXT}; font-size: 0.875rem; line-height: 20px; padding-top: 4px"


def _line(svg: str) -> str:
    """Draw the trend line as a picture of fixed height, so that nothing moves when it loads.

    It repeats the figures of the page, so screen readers skip it.
    """
    return f'<img src="data:image/svg+xml,{quote(svg)}" alt="" style="display: block; width: 100%; height: {HEIGHT}px">'


def _render_tile(tile: IndicatorTile) -> None:
    colour = change_colour(tile.delta, tile.better)
    st.metric(
        tile.label,
        tile.value_text,
        tile.delta_text or None,
        delta_color=colour,
        delta_arrow=change_arrow(tile.delta),
        delta_description=tile.compared_with or None,
        help=tile.help or None,
        height=FIGURE_HEIGHT,
    )
    count = f'<div style="{_COUNT}">{escape(tile.n_text)}</div>'
    if not tile.trend:
        st.html(count)
        return
    with st.container(height=HEIGHT + COUNT_HEIGHT, border=False):
        st.html(_line(sparkline(tile.trend, colour=LINE_COLOURS[colour])) + count)
