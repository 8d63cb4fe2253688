"""HTML table of records whose names are links to their pages; cards where it is narrow."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from components.charts.palette import ACCENT, ATTENTION, GRID, MUTED_TEXT
from components.shell.formatter import Formatter, is_missing
from components.tables.columns import NUMERIC, ColumnSpec, cell_text

if TYPE_CHECKING:
    import pandas as pd

PAGE_ROWS = 25
# Classes of cells that are coloured; a sign stands beside the colour.
TONES = frozenset({"good", "bad"})
RECORDS_STYLE = f"""<style>
.hamkor-records {{ container-type: inline-size; }}
.hamkor-records table {{ width: 100%; border-collapse: collapse; font-size: .875rem; margin: 0; }}
.hamkor-records :is(th, td) {{ padding: .45rem .9rem .45rem 0; border: 0; border-bottom: 1px solid {GRID};
  text-align: left; vertical-align: top; font-weight: 400; overflow-wrap: break-word; }}
.hamkor-records thead th {{ color: {MUTED_TEXT}; }}
.hamkor-records small {{ color: {MUTED_TEXT}; font-size: inherit; display: block; }}
.hamkor-records .good {{ color: {ACCENT}; }}
.hamkor-records .bad {{ color: {ATTENTION}; }}
.hamkor-records .good::before {{ content: "▲ " / ""; }}
.hamkor-records .bad::before {{ content: "▼ " / ""; }}
.hamkor-records td:has(small) {{ min-width: 8rem; }}
.hamkor-records .number {{ text-align: right; }}
.hamkor-records .date {{ white-space: nowrap; }}
.hamkor-records tbody th a {{ display: inline-block; min-width: 12ch; }}
.hamkor-records a {{ color: {ACCENT}; text-decoration: none; }}
.hamkor-records a:is(:hover, :focus-visible) {{ text-decoration: underline; }}
.hamkor-records tbody tr:hover {{ background: #f4f6f9; }}
@container (max-width: 660px) {{
  .hamkor-records :is(table, tbody, tr, td, th[scope=row]) {{ display: block; }}
  .hamkor-records thead {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
  .hamkor-records tbody tr {{ border: 1px solid {GRID}; border-radius: .4rem; padding: .6rem .8rem;
    margin: 0 0 .6rem; }}
  .hamkor-records :is(td, th[scope=row]) {{ border: 0; padding: .1rem 0; text-align: left; }}
  .hamkor-records .number {{ text-align: left; }}
  .hamkor-records :is(td, th[scope=row])::before {{ content: attr(data-label) ": "; color: {MUTED_TEXT}; }}
  .hamkor-records :is(td, th).is-missing {{ display: none; }}
}}
</style>"""


def record_table(frame: pd.DataFrame, columns: list[ColumnSpec], *, fmt: Formatter, title: str) -> str:
    """Return rows under their headings, the first cell of each as row heading; all texts are escaped here.

    A column with ``link`` has its text as a link to the address in that column of the frame, "" for none; where a cell
    names several things, that column has pairs of a name and its address instead. One with ``note`` has the text in
    that column below its own, coloured by ``tone``. ``title`` is the table's accessible name. Where it is narrow each
    row is a card, without the cells that are empty.
    """
    head = "".join(f'<th scope="col"{_class(column)}>{escape(column.label)}</th>' for column in columns)
    body = "".join(_row(row, columns, fmt) for row in frame.to_dict("records"))
    table = f'<table aria-label="{escape(title)}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'{RECORDS_STYLE}<div class="hamkor-records">{table}</div>'


def _row(row: Mapping[Any, Any], columns: list[ColumnSpec], fmt: Formatter) -> str:
    cells = []
    for place, column in enumerate(columns):
        value = row[column.key]
        linked = row[column.link] if column.link else ""
        if isinstance(linked, str):
            linked = ((cell_text(value, column, fmt), linked),)
        content = "; ".join(_link(name, address) for name, address in linked) or "–"
        tone = f' class="{row[column.tone]}"' if column.tone and row[column.tone] in TONES else ""
        if column.note and row[column.note]:
            content += f"<small{tone}>{escape(str(row[column.note]))}</small>"
        elif tone:
            content = f"<span{tone}>{content}</span>"
        name = 'th scope="row"' if place == 0 else "td"
        empty = is_missing(value) or value == ""
        cells.append(
            f'<{name}{_class(column, is_missing=empty)} data-label="{escape(column.label)}">{content}</{name[:2]}>'
        )
    return f"<tr>{''.join(cells)}</tr>"


def _link(name: str, address: str) -> str:
    text = escape(name) or "–"
    return f'<a href="{escape(address)}" target="_self">{text}</a>' if address else text


def _class(column: ColumnSpec, *, is_missing: bool = False) -> str:
    names = ["number"] if column.kind in NUMERIC else []
    names += ["date"] if column.kind.value == "date" else []
    names += ["is-missing"] if is_missing else []
    return f' class="{" ".join(names)}"' if names else ""


def first_row(total: int, *, key: str) -> int:
    """Return the number of rows before the page that is chosen by :func:`render_paging`."""
    page = int(st.session_state.get(key) or 1)
    last = max(1, -(-total // PAGE_ROWS))
    return (min(page, last) - 1) * PAGE_ROWS


def render_paging(total: int, *, key: str, fmt: Formatter) -> None:
    """Draw which rows of how many are shown, and the choice of another page; nothing for a single page."""
    if total <= PAGE_ROWS:
        return
    pages = -(-total // PAGE_ROWS)
    first = first_row(total, key=key)
    if int(st.session_state.get(key) or 1) > pages:
        st.session_state[key] = pages
    with st.container(horizontal=True, vertical_alignment="center"):
        st.pagination(pages, max_visible_pages=5, key=key)
        last = min(first + PAGE_ROWS, total)
        values = {"first": fmt.number(first + 1), "last": fmt.number(last), "count": fmt.number(total)}
        st.caption(fmt.translate("{first} to {last} of {count}", **values), width="content")
