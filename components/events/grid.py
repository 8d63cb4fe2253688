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
_MARK = """display: inline-block; border-radius: .25rem; padding: 0 .3rem; margin: 1px; font-size: .8125rem;
  line-height: 1.35rem; white-space: nowrap; border: 1px solid transparent; print-color-adjust: exact;"""
_TAGS = {"o": "b", "h": "i", "p": "u", "c": "small"}
"""Elements of the marks in a cell with several: shorter than a class each."""
_MARKS = {
    "o": f"background: {ATTENTION}; color: {BACKGROUND}; font-weight: 600;",
    "h": "background: #d9e5f3; color: #173f72;",
    "p": f"border-color: #8796a8; color: {ACCENT};",
    "c": f"color: {MUTED_TEXT};",
}
MARK_STYLE = f"""<style>
.hamkor-mark {{ {_MARK} }}
.hamkor-mark.o {{ {_MARKS["o"]} }}
.hamkor-mark.h {{ {_MARKS["h"]} }}
.hamkor-mark.p {{ {_MARKS["p"]} }}
.hamkor-mark.c {{ {_MARKS["c"]} }}
ul.hamkor-legend {{ display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 0; padding: 0;
  font-size: .875rem; }}
.hamkor-legend li {{ margin: 0; }}
</style>"""
_STYLE = f"""{MARK_STYLE}<style>
.hamkor-grid {{ overflow: auto; max-height: 80vh; border: 1px solid {GRID}; border-radius: .4rem; }}
.hamkor-grid table {{ table-layout: fixed; width: 100%; min-width: 53rem; border-collapse: separate; border-spacing: 0;
  margin: 0; font-size: .875rem; }}
.hamkor-grid :is(th, td) {{ border: 0; border-bottom: 1px solid {GRID}; padding: .125rem; text-align: center;
  font-weight: 400; }}
.hamkor-grid thead th {{ position: sticky; top: 0; z-index: 1; background: #f4f6f9; color: {MUTED_TEXT}; }}
.hamkor-grid tr > :first-child {{ position: sticky; left: 0; background: {BACKGROUND}; text-align: left;
  width: 12rem; padding-left: .625rem; overflow-wrap: break-word; hyphens: auto; }}
.hamkor-grid thead tr > :first-child {{ z-index: 2; background: #f4f6f9; }}
.hamkor-grid th a {{ color: {ACCENT}; text-decoration: none; }}
.hamkor-grid th a:is(:hover, :focus-visible) {{ text-decoration: underline; }}
.hamkor-grid td a {{ text-decoration: none; }}
.hamkor-grid td a:not([class]) {{ display: block; border-radius: .25rem; }}
.hamkor-grid td :where(a[class], b, i, u, small) {{ {_MARK} font-style: normal; font-weight: 400;
  text-decoration: none; }}
.hamkor-grid td :is(b, i, u, small) {{ display: inline; padding: 0 .2rem; margin: 0; }}
.hamkor-grid td a[class] {{ min-width: 1.75rem; line-height: 1.5rem; }}
.hamkor-grid td :is(.o, b) {{ {_MARKS["o"]} }}
.hamkor-grid td :is(.h, i) {{ {_MARKS["h"]} }}
.hamkor-grid td :is(.p, u) {{ {_MARKS["p"]} }}
.hamkor-grid td :is(.c, small) {{ {_MARKS["c"]} }}
.hamkor-grid td a:is(:hover, :focus-visible) {{ background: {GRID}; }}
.hamkor-grid tr > :last-child {{ border-left: 1px solid {GRID}; width: 8rem; }}
@media (max-width: 700px) {{
  .hamkor-grid table {{ min-width: 46rem; }}
  .hamkor-grid tr > :first-child {{ width: 6.5rem; font-size: .8125rem; }}
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
    address: Callable[[str], str],
    corner: str,
    this_month: int | None,
    fmt: Formatter,
    title: str,
) -> str:
    """Return the grid of :func:`queries.events.year.year_grid` as HTML.

    ``address`` gives that of all months of a row by its code, "" for all rows; a month is added to it. ``corner`` is
    the heading of the rows, ``this_month`` the column of today. What a column shares is said by the style: the browser
    takes longer over each attribute of a thousand cells than over anything else of the page. So it does over widths
    that follow from what is in them, and over marks that are boxes of their own: columns are of equal width, and
    several marks in a cell stand in its line.
    """
    cells = {
        (str(entry["row_code"]), int(entry["month"])): {state: int(entry[name]) for state, name in COLUMNS.items()}
        for entry in frame.to_dict("records")
    }
    months = range(1, 13)
    short = fmt.translate.language.short_months
    head = "".join(
        f'<th scope="col" title="{escape(month_name(month, fmt))}">{escape(short[month - 1])}</th>' for month in months
    )
    body = []
    for row in rows:
        parts = [cells.get((row.code, month), {}) for month in months]
        body.append(_row(_heading(row.heading), parts, address(row.code), fmt))
    totals = [_sum([cells.get((row.code, month), {}) for row in rows]) for month in months]
    every = escape(fmt.translate("In all"))
    body.append(_row(every, totals, address(""), fmt))
    return (
        f'{_STYLE}{_now_style(this_month)}<div class="hamkor-grid" role="region" tabindex="0" '
        f'aria-label="{escape(title)}"><table aria-label="{escape(title)}"><thead><tr><th scope="col">{escape(corner)}'
        f'</th>{head}<th scope="col">{every}</th></tr></thead><tbody>{"".join(body)}</tbody></table></div>'
    )


def _now_style(month: int | None) -> str:
    """Return the style of the column of this month."""
    if month is None:
        return ""
    now = f"tr > :nth-child({month + 1})"
    return f"""<style>
.hamkor-grid {now} {{ background: #eef4fb; }}
.hamkor-grid thead {now} {{ background: #dbe7f5; color: #0d141e; font-weight: 600; }}
</style>"""


def _heading(heading: str | Link) -> str:
    if isinstance(heading, str):
        return escape(heading)
    return f'<a href="{escape(heading.address)}">{escape(heading.text)}</a>'


def _row(heading: str, parts: Sequence[Mapping[EntryState, int]], address: str, fmt: Formatter) -> str:
    columns = "".join(
        f"<td>{_cell(part, f'{address}&month={month}', fmt)}</td>" for month, part in enumerate(parts, start=1)
    )
    return f'<tr><th scope="row">{heading}</th>{columns}<td>{_cell(_sum(parts), address, fmt)}</td></tr>'


def _sum(parts: Sequence[Mapping[EntryState, int]]) -> dict[EntryState, int]:
    return {state: sum(part.get(state, 0) for part in parts) for state in SIGNS}


def _cell(counts: Mapping[EntryState, int], address: str, fmt: Formatter) -> str:
    shown = [state for state in SIGNS if counts.get(state)]
    if not shown:
        return ""
    link = f'href="{escape(address)}" title="{escape(counts_text(counts, fmt))}"'
    marks = [(_CLASSES[state], f"{SIGNS[state]}{fmt.number(counts[state])}") for state in shown]
    if len(marks) == 1:
        # Most cells: one element less for the browser.
        name, text = marks[0]
        return f'<a class="{name}" {link}>{text}</a>'
    inside = " ".join(f"<{_TAGS[name]}>{text}</{_TAGS[name]}>" for name, text in marks)
    return f"<a {link}>{inside}</a>"
