"""Figures of a pack with their verdicts, beside a year before and the last meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from components.indicators.area_tiles import TILE_CODES, indicator_tiles
from components.indicators.tables import limit_columns, limit_texts
from components.indicators.tiles import IndicatorTile, render_tiles
from components.indicators.verdict_texts import beside_others, change_of, verdict_of
from components.meetings.packs import moment_text, render_opener
from components.shell.formatter import Formatter, is_missing
from components.tables.columns import ColumnSpec
from components.tables.record_table import render_record_table
from data.codes import When
from data.indicators import INDICATORS, AreaTarget, Panel, shown_on
from data.indicators.verdicts import against_target
from data.policy import ScopeKind

if TYPE_CHECKING:
    from queries.meetings.packs.content import PackContent

SHOWN = (*TILE_CODES, *shown_on(Panel.MEETING_TILES))


def render_figures(
    content: PackContent, last: pd.DataFrame | None, before: PackContent | None, *, fmt: Formatter
) -> None:
    """Draw the main indicators as tiles, and all of them in a table, with the finalised values and their verdicts.

    ``last`` is the frame of ``compare_packs`` with the pack ``before``; both are None without one.
    """
    translate = fmt.translate
    st.subheader(translate("Figures of the pack"), anchor=False)
    render_tiles(figure_tiles(content, fmt=fmt), title=translate("Figures of the pack"))
    st.caption(_comparison_note(content, fmt=fmt))
    if before is not None:
        moment = moment_text(before.created_at, fmt)
        render_opener(before.pack_id, translate("Pack of the last meeting: {moment}", moment=moment))
    elif content.previous_pack_id is not None:
        st.caption(translate("The pack before this one was damaged and cannot be read."))
    _render_table(content, last, fmt=fmt)


def _comparison_note(content: PackContent, *, fmt: Formatter) -> str:
    """Return what changes are against and when they are coloured."""
    if not _is_tested(content):
        return fmt.translate(
            "This pack was finalised by an earlier method: it was compared with {period}, without a test of whether "
            "the change is more than chance.",
            period=fmt.period(content.period.previous()),
        )
    return fmt.translate(
        "Changes are against the same months a year before: {earlier}. Only a change that is more than chance has a "
        "colour.",
        earlier=fmt.period(content.period.year_before()),
    )


def _is_tested(content: PackContent) -> bool:
    return not content.frames["comparisons"].empty


def _own_values(content: PackContent, *, when: str) -> pd.DataFrame:
    """Return the values of the pack's own area at a time of :class:`data.codes.When`."""
    values = content.frames["values"]
    return values[(values["area_code"] == content.scope.code) & (values["when"] == when)]


def _compared(content: PackContent) -> pd.DataFrame:
    """Return the values of the pack's own area with the columns of the frame ``comparisons``.

    In an old pack ``value_before`` is that of the period before, and no change is known.
    """
    own = _own_values(content, when=When.NOW)
    comparisons = content.frames["comparisons"].drop(columns="area_code")
    if _is_tested(content):
        return own.merge(comparisons, how="left", on="indicator_code")
    before = _own_values(content, when=When.BEFORE).set_index("indicator_code")["value"]
    found = own.assign(**dict.fromkeys(comparisons.columns.drop("indicator_code")))
    return found.assign(value_before=found["indicator_code"].map(before), change=float("nan"))


def _targets(content: PackContent) -> dict[str, AreaTarget]:
    rows = content.frames["targets"].to_dict("records")
    return {row["indicator_code"]: AreaTarget(row["value"], row["set_by_area_code"]) for row in rows}


def figure_tiles(content: PackContent, *, fmt: Formatter) -> list[IndicatorTile]:
    """Return a tile for each main indicator of a pack."""
    rows = _compared(content)
    changes = rows.assign(change_code=[change_of(code).value for code in rows["change_code"]])
    return indicator_tiles(
        [code for code in SHOWN if code in set(rows["indicator_code"])],
        now=rows,
        changes=changes,
        trend=content.frames["trend"].head(0),
        verdicts=rows if content.scope.kind is not ScopeKind.NATION and _is_tested(content) else None,
        kind=content.scope.kind,
        targets=_targets(content),
        fmt=fmt,
    )


def _render_table(content: PackContent, last: pd.DataFrame | None, *, fmt: Formatter) -> None:
    translate = fmt.translate
    title = translate("All indicators of the pack")
    opened = st.expander(title, icon=":material/table:", key="pack_figures", on_change="rerun")
    if not opened.open:
        return
    with opened:
        rows = figure_rows(content, last, fmt=fmt)
        columns = figure_columns(content, has_last=last is not None, fmt=fmt)
        render_record_table(rows, columns, fmt=fmt, title=title, key="pack_figures_table")


def figure_columns(content: PackContent, *, has_last: bool, fmt: Formatter) -> list[ColumnSpec]:
    """Columns of :func:`figure_rows`; ``has_last``: whether there is a pack of the last meeting."""
    translate, is_tested = fmt.translate, _is_tested(content)
    last = [ColumnSpec("last", translate("Last meeting"))] if has_last else []
    others = [ColumnSpec("verdict", beside_others(content.scope.kind, translate))]
    return [
        ColumnSpec("indicator", translate("Indicator")),
        ColumnSpec("now", translate("In this pack")),
        ColumnSpec("before", translate("A year ago") if is_tested else translate("Period before")),
        ColumnSpec("change", translate("Change")),
        ColumnSpec("change_verdict", translate("Against a year ago")),
        *(others if content.scope.kind is not ScopeKind.NATION else []),
        ColumnSpec("target", translate("Target")),
        ColumnSpec("target_verdict", translate("Beside the target")),
        *last,
        *limit_columns(fmt=fmt),
        ColumnSpec("counted", translate("Based on")),
    ]


def figure_rows(content: PackContent, last: pd.DataFrame | None, *, fmt: Formatter) -> pd.DataFrame:
    """Rows of all indicators as text, each in its unit, for the columns of :func:`figure_columns`."""
    translate, targets = fmt.translate, _targets(content)
    of_last = {} if last is None else dict(zip(last["indicator_code"], last["value_before"], strict=True))
    rows = []
    for row in _compared(content).to_dict("records"):
        indicator = INDICATORS[row["indicator_code"]]
        target, change = targets.get(indicator.code), row["change"]
        rows.append(
            {
                "indicator": translate(indicator.name),
                "now": fmt.indicator_value(indicator, row["value"]),
                "before": fmt.indicator_value(indicator, row["value_before"]),
                "change": "–" if is_missing(change) else fmt.indicator_change(indicator, change),
                "change_verdict": translate(change_of(row["change_code"]).label),
                "verdict": translate(verdict_of(row["verdict_code"]).label),
                "target": "–" if target is None else fmt.indicator_value(indicator, target.value),
                "target_verdict": translate(against_target(row, indicator, target).label),
                "last": fmt.indicator_value(indicator, of_last.get(indicator.code)),
                **limit_texts(row, indicator, fmt=fmt),
                "counted": fmt.counted(indicator, row["n"]),
            }
        )
    return pd.DataFrame(rows)
