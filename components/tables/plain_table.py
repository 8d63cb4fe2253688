"""HTML table of a few rows without sorting; Streamlit's static table draws each cell as an element of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from components.charts.palette import ACCENT, GRID, MUTED_TEXT

LINK_STYLE = f"""<style>
a.hamkor-link {{ color: {ACCENT}; text-decoration: none; }}
a.hamkor-link:is(:hover, :focus-visible) {{ text-decoration: underline; }}
</style>"""
_STYLE = f"""{LINK_STYLE}<style>
.hamkor-table {{ overflow-x: auto; }}
.hamkor-table table {{ width: 100%; border-collapse: collapse; font-size: .875rem; margin: 0; }}
.hamkor-table :is(th, td) {{ padding: .375rem .75rem .375rem 0; border: 0; border-bottom: 1px solid {GRID};
  text-align: left; vertical-align: top; font-weight: 400; }}
.hamkor-table thead th {{ color: {MUTED_TEXT}; }}
.hamkor-table :is(th, td).is-number {{ text-align: right; white-space: nowrap; }}
.hamkor-table.is-stacked {{ overflow-x: visible; }}
@media (max-width: 700px) {{
  .is-stacked table, .is-stacked tbody {{ display: block; }}
  .is-stacked thead {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
  .is-stacked tr {{ display: block; padding: .5rem 0; border-bottom: 1px solid {GRID}; }}
  .is-stacked tbody :is(th, td) {{ display: flex; gap: .75rem; border: 0; padding: .125rem 0; text-align: left; }}
  .is-stacked tbody td::before {{ content: attr(data-label); flex: 0 0 7.5rem; color: {MUTED_TEXT}; }}
  .is-stacked tbody td.is-empty {{ display: none; }}
  .is-stacked tbody th {{ font-size: 1rem; font-weight: 600; }}
}}
</style>"""


@dataclass(frozen=True)
class Link:
    """A link to a page of ours, which opens in the same tab."""

    text: str
    address: str


LinkedCell: TypeAlias = "str | Link | Sequence[str | Link]"


def link_html(link: Link) -> str:
    """Return a link as HTML."""
    return f'<a class="hamkor-link" href="{escape(link.address)}" target="_self">{escape(link.text)}</a>'


def cell_html(cell: LinkedCell, *, separator: str = "; ") -> str:
    """Return a text, a link or several of them as HTML."""
    if isinstance(cell, str):
        return escape(cell)
    if isinstance(cell, Link):
        return link_html(cell)
    return escape(separator).join(cell_html(each) for each in cell)


def linked_table(
    headings: Sequence[str], rows: Sequence[Sequence[LinkedCell]], *, title: str, numbers: frozenset[int] = frozenset()
) -> str:
    """Return rows of texts and links under their headings, the first cell of each as row heading.

    ``numbers`` are the places of columns of numbers. On a phone each row is a card with the headings beside its cells.
    """
    head = "".join(
        f'<th scope="col"{_kind(place, numbers)}>{escape(heading)}</th>' for place, heading in enumerate(headings)
    )
    body = "".join(f"<tr>{_linked_cells(headings, row, numbers)}</tr>" for row in rows)
    table = f'<table aria-label="{escape(title)}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'{_STYLE}<div class="hamkor-table is-stacked">{table}</div>'


def _kind(place: int, numbers: frozenset[int], text: str = " ") -> str:
    names = [*(["is-number"] if place in numbers else []), *([] if text else ["is-empty"])]
    return f' class="{" ".join(names)}"' if names else ""


def _linked_cells(headings: Sequence[str], row: Sequence[LinkedCell], numbers: frozenset[int]) -> str:
    cells = [f'<th scope="row">{cell_html(row[0])}</th>']
    for place, (heading, cell) in enumerate(zip(headings[1:], row[1:], strict=True), start=1):
        text = cell_html(cell)
        kind = _kind(place, numbers, "" if text in {"", "–"} else text)
        cells.append(f'<td data-label="{escape(heading)}"{kind}>{text}</td>')
    return "".join(cells)


def plain_table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, title: str) -> str:
    """Return rows of texts under their headings, the first cell of each as row heading; all texts are escaped here.

    ``title`` is the table's accessible name. On a phone the table scrolls by itself.
    """
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    table = f'<table aria-label="{escape(title)}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'{_STYLE}<div class="hamkor-table" tabindex="0" role="region" aria-label="{escape(title)}">{table}</div>'
