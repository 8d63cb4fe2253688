"""HTML table of records whose names are links to their pages; cards where it is narrow."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from components.shell.formatter import Formatter, is_missing
from components.tables.columns import NUMERIC, ColumnSpec, cell_text
from components.tables.links import EMPTY
from components.tables.paging import PAGE_ROWS, first_row, render_paging

if TYPE_CHECKING:
    import pandas as pd

# Classes of cells that are coloured; a sign stands beside the colour.
TONES = frozenset({"good", "bad"})


def record_table(frame: pd.DataFrame, columns: list[ColumnSpec], *, fmt: Formatter, title: str) -> str:
    """Return rows under their headings, the first cell of each as row heading; all texts are escaped here.

    A column with ``link`` has its text as a link to the address in that column of the frame, "" for none; where a cell
    names several things, that column has pairs of a name and its address instead. One with ``note`` has the text in
    that column below its own, coloured by ``tone``. ``title`` is the table's accessible name. Where it is narrow each
    row is a card, without the cells that are empty.
    """
    head = "".join(f'<th scope="col"{_class(column)}{_hint(column)}>{escape(column.label)}</th>' for column in columns)
    body = "".join(_row(row, columns, fmt) for row in frame.to_dict("records"))
    table = f'<table aria-label="{escape(title)}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="hamkor-records">{table}</div>'


def render_record_table(
    frame: pd.DataFrame, columns: list[ColumnSpec], *, fmt: Formatter, title: str, key: str, size: int = PAGE_ROWS
) -> None:
    """Draw rows as :func:`record_table` has them, ``size`` of them a page; ``key`` names the choice of the page."""
    first = first_row(len(frame), key=key, size=size)
    st.html(record_table(frame.iloc[first : first + size], columns, fmt=fmt, title=title))
    render_paging(len(frame), key=key, fmt=fmt, size=size)


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
            note = _link(str(row[column.note]), row[column.note_link] if column.note_link else "")
            content += f"<small{tone}>{note}</small>"
        elif tone:
            content = f"<span{tone}>{content}</span>"
        name = 'th scope="row"' if place == 0 else "td"
        empty = is_missing(value) or (isinstance(value, str) and value in EMPTY)
        cells.append(
            f'<{name}{_class(column, is_missing=empty)} data-label="{escape(column.label)}">{content}</{name[:2]}>'
        )
    return f"<tr>{''.join(cells)}</tr>"


def _link(name: str, address: str) -> str:
    text = escape(name) or "–"
    return f'<a href="{escape(address)}" target="_self">{text}</a>' if address else text


def _hint(column: ColumnSpec) -> str:
    return f' title="{escape(column.help)}"' if column.help else ""


def _class(column: ColumnSpec, *, is_missing: bool = False) -> str:
    names = ["number"] if column.kind in NUMERIC else []
    names += ["date"] if column.kind.value == "date" else []
    names += ["is-missing"] if is_missing else []
    return f' class="{" ".join(names)}"' if names else ""
