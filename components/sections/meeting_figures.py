"""The frozen figures of a pack against those of the pack before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from components.indicators.tiles import Tile, render_tiles
from components.sections.meeting_pack import OpenedPack, own_values
from components.sections.meeting_packs import moment_text, render_opener
from components.sections.tiles import NO_VALUE, TILE_CODES, target_text
from components.shell.formatter import Formatter, is_missing
from components.tables.columns import Column
from components.tables.table import render_table
from data.indicators import INDICATORS, IndicatorCode
from queries.indicators.targets import AimedAt
from queries.meetings.packs.frames import When
from queries.meetings.packs.packs import PackContent, compare_packs

SHOWN = (*TILE_CODES, IndicatorCode.DECISIONS_DONE, IndicatorCode.OBLIGATIONS_ON_TIME, IndicatorCode.WOULD_REPEAT)
# Not enough data stands uncut in each language.
VALUE_WIDTH = 180


def render_figures(opened: OpenedPack, *, fmt: Formatter) -> None:
    """The main indicators as tiles, and all of them in a table; both as they were frozen."""
    translate, content, before = fmt.translate, opened.content, opened.before
    st.subheader(translate("Figures of the pack"), anchor=False)
    compared = compare_packs(content, before) if before is not None else _against_period_before(content)
    render_tiles(figure_tiles(compared, content, fmt=fmt), columns=3)
    if before is None:
        st.caption(_period_words(content, fmt=fmt))
    else:
        moment = moment_text(before.created_at, fmt)
        render_opener(before.pack_id, translate("Changes are against the pack of {moment}", moment=moment))
    _render_table(compared, content, fmt=fmt)


def _period_words(content: PackContent, *, fmt: Formatter) -> str:
    """That changes are against the period before, and why there is no pack to compare with."""
    translate, period = fmt.translate, fmt.period(content.period.previous())
    if content.previous_pack_id is None:
        return translate("No pack of an earlier day to compare with: changes are against {period}.", period=period)
    return translate(
        "The pack before this one was damaged and cannot be read: changes are against {period}.", period=period
    )


def _against_period_before(content: PackContent) -> pd.DataFrame:
    """As :func:`queries.meetings.packs.packs.compare_packs`, with the period before in place of a pack."""
    columns = ["indicator_code", "value"]
    now, then = (own_values(content, when=when)[columns] for when in (When.NOW, When.BEFORE))
    both = now.merge(then, on="indicator_code", how="left", suffixes=("_now", "_before"))
    return both.assign(change=both["value_now"] - both["value_before"])


def _targets(content: PackContent) -> dict[str, AimedAt]:
    rows = content.frames["targets"].to_dict("records")
    return {row["indicator_code"]: AimedAt(row["value"], row["set_by_area_code"]) for row in rows}


def figure_tiles(compared: pd.DataFrame, content: PackContent, *, fmt: Formatter) -> list[Tile]:
    """A tile for each main indicator of a frame of :func:`queries.meetings.packs.packs.compare_packs`."""
    rows = {row["indicator_code"]: row for row in compared.to_dict("records")}
    own = own_values(content, when=When.NOW)
    numbers = dict(zip(own["indicator_code"], own["n"], strict=True))
    return [_tile(code, rows[code], numbers.get(code, 0), content, fmt) for code in SHOWN if code in rows]


def _tile(code: IndicatorCode, row: Mapping[Any, Any], n: float, content: PackContent, fmt: Formatter) -> Tile:
    indicator, value, change = INDICATORS[code], row["value_now"], row["change"]
    is_known = not is_missing(value)
    below = "" if is_missing(change) else fmt.indicator_change(indicator, change)
    return Tile(
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
        Column("indicator", translate("Indicator")),
        Column("then", translate("Before"), width=VALUE_WIDTH),
        Column("now", translate("In this pack"), width=VALUE_WIDTH),
        Column("change", translate("Change")),
        Column("target", translate("Target")),
    ]
    with opened:
        rows = figure_rows(compared, content, fmt=fmt)
        render_table(rows, columns, translate=translate, key="pack_figures_table", alt=title)


def figure_rows(compared: pd.DataFrame, content: PackContent, *, fmt: Formatter) -> pd.DataFrame:
    """All indicators in words, each in its unit: indicator, then, now, change, target."""
    targets, rows = _targets(content), []
    for row in compared.to_dict("records"):
        indicator = INDICATORS[IndicatorCode(row["indicator_code"])]
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
