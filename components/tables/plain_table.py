"""HTML table of a few rows without sorting; Streamlit's static table draws each cell as an element of its own."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape


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
    return f'<div class="hamkor-table" tabindex="0" role="region" aria-label="{escape(title)}">{table}</div>'
