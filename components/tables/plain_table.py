"""HTML table of a few rows without sorting; Streamlit's static table draws each cell as an element of its own."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from components.charts.palette import GRID, MUTED_TEXT

_STYLE = f"""<style>
.hamkor-table {{ overflow-x: auto; }}
.hamkor-table table {{ width: 100%; border-collapse: collapse; font-size: .875rem; margin: 0; }}
.hamkor-table :is(th, td) {{ padding: .375rem .75rem .375rem 0; border: 0; border-bottom: 1px solid {GRID};
  text-align: left; vertical-align: top; font-weight: 400; }}
.hamkor-table thead th {{ color: {MUTED_TEXT}; }}
</style>"""


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
