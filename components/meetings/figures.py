"""Figures of a pack compared with those of the previous pack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from components.indicators.area_tiles import NO_VALUE, TILE_CODES, target_text
from components.indicators.tiles import IndicatorTile, render_tiles
from components.meetings.packs import moment_text, render_opener
from components.shell.formatter import Formatter, is_missing
from components.tables.columns import ColumnSpec
from components.tables.table import render_table
from data.codes import When
from data.indicators import INDICATORS, AreaTarget, Panel, shown_on

if TYPE_CHECKING:
    from queries.meetings.packs.content import PackContent

SHOWN = (*TILE_CODES, *shown_on(Panel.MEETING_TILES))
# Not enough data stands uncut in each language.
VALUE_WIDTH = 180


def render_figures(compared: pd.DataFrame, content: PackContent, before: PackContent | None, *, fmt: Formatter) -> None:
    """Draw the main indicators as tiles, and all of them in a table, with the finalised values.

    ``compared`` is the frame of ``compare_packs`` with the pack ``before``, or of :func:`compare_periods` without one.
    """
    translate = fmt.translate
    st.subheader(translate("Figures of the pack"), anchor=False)
    render_tiles(figure_tiles(compared, content, fmt=fmt), columns=3)
    if before is None:
        st.caption(_comparison_note(content, fmt=fmt))
    else:
        moment = moment_text(before.created_at, fmt)
        render_opener(before.pack_id, translate("Changes are against the pack of {moment}", moment=moment))
    _render_table(compared, content, fmt=fmt)


def _comparison_note(content: PackContent, *, fmt: Formatter) -> str:
    """Return that changes are against the previous period, and why there is no pack to compare with."""
    translate, period = fmt.translate, fmt.period(content.period.previous())
    if content.previous_pack_id is None:
        return translate("No pack of an earlier day to compare with: changes are against {period}.", period=period)
    return translate(
        "The pack before this one was damaged and cannot be read: changes are against {period}.", period=period
    )


def compare_periods(content: PackContent) -> pd.DataFrame:
    """Return the indicators of the pack's own area, compared with the previous period for want of a pack.

    Columns: indicator_code, value_now, value_before (NaN: not enough data), change.
    """
    columns = ["indicator_code", "value"]
    now, then = (_own_values(content, when=when)[columns] for when in (When.NOW, When.BEFORE))
    both = now.merge(then, on="indicator_code", how="left", suffixes=("_now", "_before"))
    return both.assign(change=both["value_now"] - both["value_before"])


def _own_values(content: PackContent, *, when: str) -> pd.DataFrame:
    """Return the values of the pack's own area at a time of :class:`queries.meetings.packs.frames.When`."""
    values = content.frames["values"]
    return values[(values["area_code"] == content.scope.code) & (values["when"] == when)]


def _targets(content: PackContent) -> dict[str, AreaTarget]:
    rows = content.frames["targets"].to_dict("records")
    return {row["indicator_code"]: AreaTarget(row["value"], row["set_by_area_code"]) for row in rows}


def figure_tiles(compared: pd.DataFrame, content: PackContent, *, fmt: Formatter) -> list[IndicatorTile]:
    """Return a tile for each main indicator of a frame of :func:`queries.meetings.packs.packs.compare_packs`."""
    rows = {row["indicator_code"]: row for row in compared.to_dict("records")}
    own = _own_values(content, when=When.NOW)
    numbers = dict(zip(own["indicator_code"], own["n"], strict=True))
    return [_tile(code, rows[code], numbers.get(code, 0), content, fmt) for code in SHOWN if code in rows]


def _tile(code: str, row: Mapping[Any, Any], n: float, content: PackContent, fmt: Formatter) -> IndicatorTile:
    indicator, value, change = INDICATORS[code], row["value_now"], row["change"]
    is_known = not is_missing(value)
    below = "" if is_missing(change) else fmt.indicator_change(indicator, change)
    return IndicatorTile(
        label=fmt.translate(indicator.name),
        value_text=fmt.indicator_value(indicator, value) if is_known else NO_VALUE,
        better=indicator.better,
        delta=fmt.change_shown(indicator, change),
        delta_text=below if is_known else fmt.missing,
        compared_with=target_text(indicator, _targets(content).get(code), fmt),
        n_text=fmt.counted(indicator, n),
        help=fmt.translate(indicator.description),
    )


def _render_table(compared: pd.DataFrame, content: PackContent, *, fmt: Formatter) -> None:
    translate = fmt.translate
    title = translate("All indicators of the pack")
    opened = st.expander(title, icon=":material/table:", key="pack_figures", on_change="rerun")
    if not opened.open:
        return
    columns = [
        ColumnSpec("indicator", translate("Indicator")),
        ColumnSpec("then", translate("Before"), width=VALUE_WIDTH),
        ColumnSpec("now", translate("In this pack"), width=VALUE_WIDTH),
        ColumnSpec("change", translate("Change")),
        ColumnSpec("target", translate("Target")),
    ]
    with opened:
        rows = figure_rows(compared, content, fmt=fmt)
        render_table(rows, columns, translate=translate, key="pack_figures_table", alt=title)


def figure_rows(compared: pd.DataFrame, content: PackContent, *, fmt: Formatter) -> pd.DataFrame:
    """Rows of all indicators as text, each in its unit: indicator, then, now, change, target."""
    targets, rows = _targets(content), []
    for row in compared.to_dict("records"):
        indicator = INDICATORS[row["indicator_code"]]
        target, change = targets.get(row["indicator_code"]), row["change"]
        rows.append(
            {
                "indicator": fmt.translate(indicator.name),
                "then": fmt.indicator_value(indicator, row["value_before"]),
                "now": fmt.indicator_value(indicator, row["value_now"]),
                "change": "–" if is_missing(change) else fmt.indicator_change(indicator, change),
                "target": "–" if target is None else fmt.indicator_value(indicator, target.value),
            }
        )
    return pd.DataFrame(rows, columns=["indicator", "then", "now", "change", "target"])
