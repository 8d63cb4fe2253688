"""Tiles of indicators of an area, from values of :mod:`queries.indicators.values`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from components.charts.style import value_domain
from components.indicators.records import records_address
from components.indicators.response import is_low, response_of, response_text
from components.indicators.tiles import IndicatorTile, TileVerdict, tiles_html
from components.indicators.verdict_texts import CLEAR, Tone, others_words, target_words, verdict_of, verdict_tone
from components.shell.formatter import Formatter, is_missing
from data.dates.period import Period
from data.indicators import INDICATORS, AreaTarget, Indicator, Panel, shown_on
from data.indicators.verdicts import Change, TargetVerdict, Verdict, against_target
from data.policy import ScopeKind

if TYPE_CHECKING:
    import pandas as pd


TILE_CODES = shown_on(Panel.OVERVIEW_TILES)
# Stands for a value that is missing; why it is missing is said below it, where the words have room.
NO_VALUE = "–"
# Of an area without a row: no value, resting on nothing.
NO_FIGURE: Mapping[str, Any] = {"n": 0.0} | dict.fromkeys(("value", "interval_low", "interval_high"), float("nan"))
NO_CHANGE: Mapping[str, Any] = {"change": float("nan"), "change_code": Change.UNKNOWN.value}
NO_TARGETS: Mapping[str, AreaTarget] = {}


@dataclass(frozen=True)
class AreaFigures:
    """Values of one area in the months that are over, its trends, and the targets that apply to it.

    ``changes``: the frame of :func:`queries.indicators.verdicts.changes` against the same months of the year before.
    ``verdicts``: its rows of the frame of :func:`queries.indicators.verdicts.verdicts`; None for the nation, which has
    nobody beside it. ``kind`` is the kind of the area, ``period`` are the months of the values, ``running`` is the
    first day of a month in the filters that is not over.
    """

    now: pd.DataFrame
    changes: pd.DataFrame
    verdicts: pd.DataFrame | None
    trend: pd.DataFrame
    targets: Mapping[str, AreaTarget]
    kind: ScopeKind
    period: Period
    running: date | None = None


def indicator_tiles(
    codes: Sequence[str],
    *,
    now: pd.DataFrame,
    changes: pd.DataFrame,
    trend: pd.DataFrame,
    fmt: Formatter,
    verdicts: pd.DataFrame | None = None,
    kind: ScopeKind = ScopeKind.NATION,
    targets: Mapping[str, AreaTarget] = NO_TARGETS,
) -> list[IndicatorTile]:
    """Return a tile for each indicator. ``now``: values of one area of a ``kind``; ``changes`` and ``verdicts`` as in
    :class:`AreaFigures`; ``trend``: its points as in :func:`queries.indicators.trends.trend_points`."""
    beside = {} if verdicts is None else dict(zip(verdicts["indicator_code"], verdicts["verdict_code"], strict=True))
    figures = {row["indicator_code"]: row for row in now.to_dict("records")}
    moved = {row["indicator_code"]: row for row in changes.to_dict("records")}
    by_code = trend.groupby("indicator_code")
    lines, finished = (by_code[name].agg(list).to_dict() for name in ("value", "is_finished"))
    response = response_of(now)
    return [
        replace(
            _tile(INDICATORS[code], figures.get(code, NO_FIGURE), moved.get(code, NO_CHANGE), fmt),
            verdicts=[
                *_beside_target(INDICATORS[code], figures.get(code, NO_FIGURE), targets.get(code), fmt),
                *_beside_others(verdict_of(beside.get(code)), kind, fmt),
            ],
            trend=lines.get(code, []),
            is_trend_finished=finished.get(code, []),
            response_text=response_text(response, fmt=fmt) if INDICATORS[code].rests_on_response else "",
            is_response_low=is_low(response),
        )
        for code in codes
    ]


def _beside_target(
    indicator: Indicator, now: Mapping[Any, Any], target: AreaTarget | None, fmt: Formatter
) -> Iterator[TileVerdict]:
    if target is None:
        return
    verdict, text = against_target(now, indicator, target), fmt.indicator_value(indicator, target.value)
    tone = {TargetVerdict.MET: Tone.GOOD, TargetVerdict.MISSED: Tone.BAD}.get(verdict, Tone.NEUTRAL)
    yield TileVerdict(target_words(verdict, text, fmt.translate) or target_text(indicator, target, fmt), tone)


def _beside_others(verdict: Verdict, kind: ScopeKind, fmt: Formatter) -> Iterator[TileVerdict]:
    if verdict is Verdict.NOT_COMPARED or kind is ScopeKind.NATION:
        return
    yield TileVerdict(others_words(verdict, kind, fmt.translate), verdict_tone(verdict))


def target_text(indicator: Indicator, target: AreaTarget | None, fmt: Formatter) -> str:
    """Return the target as text; empty where there is none."""
    if target is None:
        return ""
    return fmt.translate("Target: {value}", value=fmt.indicator_value(indicator, target.value))


def render_area_tiles(figures: AreaFigures, *, fmt: Formatter, codes: Sequence[str] = TILE_CODES) -> None:
    """Draw the tiles, and once below what their changes are compared with."""
    st.html(area_tiles_html(figures, fmt=fmt, codes=codes))
    st.caption(comparison_note(figures, fmt=fmt))


def area_tiles_html(figures: AreaFigures, *, fmt: Formatter, codes: Sequence[str] = TILE_CODES) -> str:
    """Return the tiles, which lead to the records behind them, as HTML."""
    tiles = indicator_tiles(
        codes,
        now=figures.now,
        changes=figures.changes,
        trend=figures.trend,
        verdicts=figures.verdicts,
        kind=figures.kind,
        targets=figures.targets,
        fmt=fmt,
    )
    linked = [
        replace(tile, address=records_address(code, figures.period)) for code, tile in zip(codes, tiles, strict=True)
    ]
    return tiles_html(linked, title=fmt.translate("Indicators"))


def comparison_note(figures: AreaFigures, *, fmt: Formatter) -> str:
    """Return what changes are against and when they are coloured, and which month is not finished."""
    lines = [
        fmt.translate(
            "Figures: {period}. Changes are against the same months a year before: {earlier}. Only a change that is "
            "more than chance has a colour.",
            period=fmt.period(figures.period),
            earlier=fmt.period(figures.period.year_before()),
        )
    ]
    if len(figures.trend):
        lines.append(
            fmt.translate(
                "Lines run by month, or by quarter where months have few cases, from {first}; a hollow point is not "
                "finished.",
                first=fmt.month(figures.trend["month"].min()),
            )
        )
    if figures.running is not None:
        lines.append(fmt.translate("Not finished, and not in the figures: {month}.", month=fmt.month(figures.running)))
    return " ".join(lines)


def _tile(indicator: Indicator, now: Mapping[Any, Any], moved: Mapping[Any, Any], fmt: Formatter) -> IndicatorTile:
    value, change = float(now["value"]), Change(moved["change_code"])
    return IndicatorTile(
        label=fmt.translate(indicator.name),
        value_text=NO_VALUE if is_missing(value) else fmt.indicator_value(indicator, value),
        better=indicator.better,
        delta=fmt.change_shown(indicator, moved["change"]),
        delta_text=_below(indicator, value, moved, fmt),
        n_text=fmt.counted(indicator, now["n"]),
        help=fmt.translate(indicator.description),
        is_clear=change in CLEAR,
        scale=value_domain(indicator),
    )


def _below(indicator: Indicator, value: float, moved: Mapping[Any, Any], fmt: Formatter) -> str:
    """Return the text below a value: its change and whether it is clear; that a missing value is missing."""
    change = Change(moved["change_code"])
    if is_missing(value):
        return fmt.missing
    if change is Change.UNKNOWN or is_missing(moved["change"]):
        return ""
    if change is Change.FACT:
        return fmt.translate("A year ago: {value}", value=fmt.indicator_value(indicator, moved["value_before"]))
    moved_by = fmt.indicator_change(indicator, moved["change"])
    return moved_by if change in CLEAR else fmt.translate("{change}, no clear change", change=moved_by)
