"""Tiles of indicators of an area, from values of :mod:`queries.indicators.values`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import streamlit as st

from components.indicators.tiles import IndicatorTile, render_tiles
from components.shell.filters import Filters
from components.shell.formatter import Formatter, is_missing
from data.indicators import INDICATORS, AreaTarget, Indicator, Panel, shown_on

if TYPE_CHECKING:
    import pandas as pd


TILE_CODES = shown_on(Panel.OVERVIEW_TILES)
# Stands for a value that is missing; why it is missing is said below it, where the words have room.
NO_VALUE = "–"
# Of an area without a row: no value, resting on nothing.
NO_FIGURE = (float("nan"), 0.0)
NO_TARGETS: Mapping[str, AreaTarget] = {}


@dataclass(frozen=True)
class AreaFigures:
    """Values of one area in the period, in the previous period, and by month, and the targets that apply to it."""

    now: pd.DataFrame
    before: pd.DataFrame
    trend: pd.DataFrame
    targets: Mapping[str, AreaTarget]


def indicator_tiles(
    codes: Sequence[str],
    *,
    now: pd.DataFrame,
    before: pd.DataFrame,
    trend: pd.DataFrame,
    fmt: Formatter,
    targets: Mapping[str, AreaTarget] = NO_TARGETS,
) -> list[IndicatorTile]:
    """Return a tile for each indicator. ``now`` and ``before``: values of one area; ``trend``: its values by month."""
    figures, earlier = _figures(now), _figures(before)
    lines = trend.groupby("indicator_code")["value"].agg(list).to_dict()
    return [
        replace(
            _tile(
                INDICATORS[code], figures.get(code, NO_FIGURE), earlier.get(code, NO_FIGURE), lines.get(code, []), fmt
            ),
            compared_with=target_text(INDICATORS[code], targets.get(code), fmt),
        )
        for code in codes
    ]


def target_text(indicator: Indicator, target: AreaTarget | None, fmt: Formatter) -> str:
    """Return the target as text; empty where there is none."""
    if target is None:
        return ""
    return fmt.translate("Target: {value}", value=fmt.indicator_value(indicator, target.value))


def render_area_tiles(
    figures: AreaFigures, filters: Filters, *, fmt: Formatter, codes: Sequence[str] = TILE_CODES
) -> None:
    """Draw the tiles, and once below them what their changes are compared with."""
    tiles = indicator_tiles(
        codes, now=figures.now, before=figures.before, trend=figures.trend, fmt=fmt, targets=figures.targets
    )
    render_tiles(tiles, columns=3)
    before = fmt.period(filters.period.previous())
    st.caption(fmt.translate("Changes are against {period}. Lines show the months.", period=before))


def _figures(frame: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Return value and n by indicator."""
    codes, values, numbers = (frame[name].tolist() for name in ("indicator_code", "value", "n"))
    return dict(zip(codes, zip(values, numbers, strict=True), strict=True))


def _tile(
    indicator: Indicator, now: tuple[float, float], before: tuple[float, float], trend: list[float], fmt: Formatter
) -> IndicatorTile:
    value, n = now
    change = value - before[0]
    return IndicatorTile(
        label=fmt.translate(indicator.name),
        value_text=NO_VALUE if is_missing(value) else fmt.indicator_value(indicator, value),
        better=indicator.better,
        delta=fmt.change_shown(indicator, change),
        delta_text=_below(indicator, value, change, fmt),
        trend=trend,
        n_text=fmt.counted(indicator, n),
        help=fmt.translate(indicator.description),
    )


def _below(indicator: Indicator, value: float, change: float, fmt: Formatter) -> str:
    """Return the text below a value: its change where there is one; that a missing value is missing."""
    if is_missing(value):
        return fmt.missing
    return "" if is_missing(change) else fmt.indicator_change(indicator, change)
