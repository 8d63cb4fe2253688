"""The year of plan and events as a grid: a row a mahalla or direction, a column a month, and a link behind each cell.

One piece of HTML: eighty mahallas are a thousand cells. A number has a sign beside its colour, so that the grid can be
read in grey and in print.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from components.charts.palette import ACCENT, ATTENTION, BACKGROUND, GRID, MUTED_TEXT
from components.events.entries import month_name
from components.shell.formatter import Formatter
from components.tables.links import LINK_STYLE, Link, cell_html
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
MARK_STYLE = f"""<style>
.hamkor-mark {{ display: inline-block; border-radius: .25rem; padding: 0 .3rem; margin: 1px; font-size: .8125rem;
  line-height: 1.35rem; white-space: nowrap; border: 1px solid transparent; print-color-adjust: exact; }}
.hamkor-mark.o {{ background: {ATTENTION}; color: {BACKGROUND}; font-weight: 600; }}
.hamkor-mark.h {{ background: #d9e5f3; color: #173f72; }}
.hamkor-mark.p {{ border-color: #8796a8; color: {ACCENT}; }}
.hamkor-mark.c {{ color: {MUTED_TEXT}; }}
ul.hamkor-legend {{ display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 0; padding: 0;
  font-size: .875rem; }}
.hamkor-legend li {{ margin: 0; }}
</style>"""
_STYLE = f"""{MARK_STYLE}{LINK_STYLE}<style>
.hamkor-grid {{ overflow: auto; max-height: 80vh; border: 1px solid {GRID}; border-radius: .4rem; }}
.hamkor-grid table {{ width: 100%; border-collapse: separate; border-spacing: 0; margin: 0; font-size: .875rem; }}
.hamkor-grid :is(th, td) {{ border: 0; border-bottom: 1px solid {GRID}; padding: .125rem .25rem; text-align: center;
  font-weight: 400; min-width: 2.75rem; }}
.hamkor-grid thead th {{ position: sticky; top: 0; z-index: 1; background: #f4f6f9; color: {MUTED_TEXT}; }}
.hamkor-grid tr > :first-child {{ position: sticky; left: 0; background: {BACKGROUND}; text-align: left;
  min-width: 9rem; max-width: 15rem; padding-left: .625rem; overflow-wrap: anywhere; }}
.hamkor-grid thead tr > :first-child {{ z-index: 2; background: #f4f6f9; }}
.hamkor-grid .is-now {{ background: #eef4fb; }}
.hamkor-grid thead .is-now {{ background: #dbe7f5; color: #0d141e; font-weight: 600; }}
.hamkor-grid td a {{ text-decoration: none; }}
.hamkor-grid td a:not(.hamkor-mark) {{ display: block; border-radius: .25rem; }}
.hamkor-grid td a.hamkor-mark {{ min-width: 1.75rem; line-height: 1.5rem; }}
.hamkor-grid td a:is(:hover, :focus-visible) {{ background: {GRID}; }}
.hamkor-grid .is-total {{ border-left: 1px solid {GRID}; white-space: nowrap; }}
@media (max-width: 700px) {{
  .hamkor-grid td {{ white-space: nowrap; }}
  .hamkor-grid tr > :first-child {{ min-width: 6.5rem; max-width: 6.5rem; font-size: .8125rem; }}
}}
@media print {{ .hamkor-grid {{ max-height: none; overflow: visible; }} }}
</style>"""


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
    return f'{MARK_STYLE}<ul class="hamkor-legend">{items}</ul>'


def grid_html(
    frame: pd.DataFrame,
    rows: Sequence[GridRow],
    *,
    address: Callable[[str, int], str],
    corner: str,
    this_month: int | None,
    fmt: Formatter,
    title: str,
) -> str:
    """Return the grid of :func:`queries.events.year.year_grid` as HTML.

    ``address`` gives that of a cell by the row's code and the month, "" for all rows and 0 for all months. ``corner``
    is the heading of the rows, ``this_month`` the column of today.
    """
    cells = {
        (str(entry["row_code"]), int(entry["month"])): {state: int(entry[name]) for state, name in COLUMNS.items()}
        for entry in frame.to_dict("records")
    }
    months = range(1, 13)
    short = fmt.translate.language.short_months
    head = "".join(
        f'<th scope="col"{_now(month, this_month)} title="{escape(month_name(month, fmt))}">'
        f"{escape(short[month - 1])}</th>"
        for month in months
    )
    body = []
    for row in rows:
        parts = [cells.get((row.code, month), {}) for month in months]
        columns = "".join(
            f"<td{_now(month, this_month)}>{_cell(part, address(row.code, month), fmt)}</td>"
            for month, part in zip(months, parts, strict=True)
        )
        total = _cell(_sum(parts), address(row.code, 0), fmt)
        body.append(f'<tr><th scope="row">{cell_html(row.heading)}</th>{columns}<td class="is-total">{total}</td></tr>')
    totals = [_sum([cells.get((row.code, month), {}) for row in rows]) for month in months]
    foot = "".join(
        f"<td{_now(month, this_month)}>{_cell(part, address('', month), fmt)}</td>"
        for month, part in zip(months, totals, strict=True)
    )
    in_all = _cell(_sum(totals), address("", 0), fmt)
    every = escape(fmt.translate("In all"))
    return (
        f'{_STYLE}<div class="hamkor-grid" role="region" tabindex="0" aria-label="{escape(title)}">'
        f'<table aria-label="{escape(title)}"><thead><tr><th scope="col">{escape(corner)}</th>{head}'
        f'<th scope="col" class="is-total">{every}</th></tr></thead><tbody>{"".join(body)}'
        f'<tr><th scope="row">{every}</th>{foot}<td class="is-total">{in_all}</td></tr></tbody></table></div>'
    )


def _now(month: int, this_month: int | None) -> str:
    return ' class="is-now"' if month == this_month else ""


def _sum(parts: Sequence[Mapping[EntryState, int]]) -> dict[EntryState, int]:
    return {state: sum(part.get(state, 0) for part in parts) for state in SIGNS}


def _cell(counts: Mapping[EntryState, int], address: str, fmt: Formatter) -> str:
    shown = [state for state in SIGNS if counts.get(state)]
    if not shown:
        return ""
    link = f'href="{escape(address)}" target="_self" title="{escape(counts_text(counts, fmt))}"'
    if len(shown) == 1:
        # Most cells: one element less for the browser.
        state = shown[0]
        return f'<a class="hamkor-mark {_CLASSES[state]}" {link}>{SIGNS[state]}{fmt.number(counts[state])}</a>'
    return f"<a {link}>{marks_html(counts, fmt)}</a>"
