"""The year of plan and events as a grid: a row a mahalla or direction, a column a month, and a link behind each cell.

Eighty mahallas are a thousand cells with a link each, so the browser gets their numbers and draws the table itself
(``components/assets/year-grid.js``, decision 0035). A number has a sign beside its colour, so that the grid can be read
in grey and in print.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from components.events.entries import month_name
from components.shell.formatter import Formatter
from components.shell.static_files import asset_url, json_attribute
from components.tables.links import Link
from data.codes import EntryState

if TYPE_CHECKING:
    import pandas as pd

SIGNS: Mapping[EntryState, str] = {
    EntryState.OVERDUE: "!",
    EntryState.HELD: "✓",
    EntryState.PLANNED: "○",
    EntryState.CANCELLED: "×",
}
"""States in the order in which a cell shows them, and the sign of each."""
_CLASSES = {EntryState.OVERDUE: "o", EntryState.HELD: "h", EntryState.PLANNED: "p", EntryState.CANCELLED: "c"}
COLUMNS: Mapping[EntryState, str] = {
    EntryState.OVERDUE: "overdue",
    EntryState.HELD: "held",
    EntryState.PLANNED: "planned",
    EntryState.CANCELLED: "cancelled",
}
MONTHS = range(1, 13)
SCRIPT = "year-grid.js"
# As they are drawn: what is below does not move.
HEAD_REM, ROW_REM = 1.8125, 1.875


@dataclass(frozen=True)
class GridRow:
    """A row of the grid: its code, and its heading."""

    code: str
    heading: str | Link


def marks_html(counts: Mapping[EntryState, int], fmt: Formatter) -> str:
    """Return the numbers that are not zero, each with the sign and colour of its state."""
    return "".join(
        f'<span class="hamkor-mark {_CLASSES[state]}">{sign}{fmt.number(counts[state])}</span>'
        for state, sign in SIGNS.items()
        if counts.get(state)
    )


def counts_text(counts: Mapping[EntryState, int], fmt: Formatter) -> str:
    """Return the numbers that are not zero in words."""
    translate = fmt.translate
    return ", ".join(
        translate("{state}: {number}", state=translate(state.label), number=fmt.number(counts[state]))
        for state in SIGNS
        if counts.get(state)
    )


def legend_html(fmt: Formatter) -> str:
    """Return what the signs and colours mean."""
    items = "".join(
        f'<li><span class="hamkor-mark {_CLASSES[state]}" aria-hidden="true">{sign}</span> '
        f"{escape(fmt.translate(state.label))}</li>"
        for state, sign in SIGNS.items()
    )
    return f'<ul class="hamkor-legend">{items}</ul>'


def grid_html(
    frame: pd.DataFrame,
    rows: Sequence[GridRow],
    *,
    address: Callable[[str], str],
    corner: str,
    this_month: int | None,
    fmt: Formatter,
    title: str,
) -> str:
    """Return the grid of :func:`queries.events.year.year_grid` as the place and the data of the script that draws it.

    ``address`` gives that of all months of a row by its code, "" for all rows; a month is added to it. ``corner`` is
    the heading of the rows, ``this_month`` the column of today. To be drawn by :func:`render_grid`.
    """
    translate = fmt.translate
    short = translate.language.short_months
    data = {
        "title": title,
        "corner": corner,
        "every": translate("In all"),
        "group": fmt.number(1000)[1:-3],
        "thisMonth": this_month,
        "months": [[short[month - 1], month_name(month, fmt)] for month in MONTHS],
        "states": [
            [_CLASSES[state], sign, translate("{state}: {number}", state=translate(state.label), number="{number}")]
            for state, sign in SIGNS.items()
        ],
        "rows": _rows(frame, rows, address, translate("In all")),
    }
    height = f"min(80vh, {HEAD_REM + ROW_REM * (len(rows) + 1)}rem)"
    return (
        f'<div class="hamkor-grid" style="min-height: {height}" data-grid="{json_attribute(data)}"></div>'
        f'<script src="{escape(asset_url(SCRIPT))}"></script>'
    )


def render_grid(html: str) -> None:
    """Draw what :func:`grid_html` has made."""
    st.html(html, unsafe_allow_javascript=True)


def _rows(
    frame: pd.DataFrame, rows: Sequence[GridRow], address: Callable[[str], str], every: str
) -> list[list[object]]:
    """Return each row, and that of all: heading, its address, address of its months, numbers of each and of all."""
    counts = {
        (str(entry["row_code"]), int(entry["month"])): [int(entry[name]) for name in COLUMNS.values()]
        for entry in frame.to_dict("records")
    }
    made: list[list[object]] = []
    for row in rows:
        parts = [counts.get((row.code, month)) for month in MONTHS]
        text, heading = (row.heading, "") if isinstance(row.heading, str) else (row.heading.text, row.heading.address)
        made.append([text, heading, address(row.code), [*parts, _sum(parts)]])
    totals = [_sum([counts.get((row.code, month)) for row in rows]) for month in MONTHS]
    return [*made, [every, "", address(""), [*totals, _sum(totals)]]]


def _sum(parts: Sequence[Sequence[int] | None]) -> list[int] | None:
    """Return the sums by state, or None where there is nothing."""
    given = [part for part in parts if part is not None]
    return [sum(numbers) for numbers in zip(*given, strict=True)] if given else None
