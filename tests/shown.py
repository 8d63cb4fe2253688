"""Text of the screen as a reader sees it, and the cells of its tables of records."""

from __future__ import annotations

import re
from html import unescape

from streamlit.testing.v1 import AppTest


def plain_text(markdown: str) -> str:
    """Return a text without the signs that escape Markdown in it."""
    return re.sub(r"\\(.)", r"\1", markdown)


def record_cells(app: AppTest, title: str, column: str) -> list[str]:
    """Return the first lines of a column of a table of records, by the titles of both; none without the table."""
    pattern = rf'data-label="{re.escape(column)}">(?:<a[^>]*>)?([^<]*)'
    return [unescape(text) for table in _tables(app, title) for text in re.findall(pattern, table)]


def record_links(app: AppTest, title: str, column: str) -> list[str]:
    """Return the addresses that the cells of a column of a table of records lead to."""
    pattern = rf'data-label="{re.escape(column)}"><a (?:class="[^"]*" )?href="([^"]*)"'
    return [unescape(text) for table in _tables(app, title) for text in re.findall(pattern, table)]


def _tables(app: AppTest, title: str) -> list[str]:
    named = f'<table aria-label="{title}">'
    return [text for text in (str(getattr(element, "value", "")) for element in app.get("html")) if named in text]


def record_titles(app: AppTest, start: str) -> list[str]:
    """Return the titles of the tables of records that begin so."""
    html = "".join(str(getattr(element, "value", "")) for element in app.get("html"))
    titles = (unescape(title) for title in re.findall(r'<table aria-label="([^"]*)"', html))
    return [title for title in titles if title.startswith(start)]


def unfolded(app: AppTest, key: str) -> dict[str, list[str]]:
    """Unfold a table by the key of what folds it and return the columns of its first page by their headings."""
    before = _bodies(app)
    app.session_state[key] = True
    app.run()
    [table] = [body for body in _bodies(app) if "<table" in body and body not in before]
    app.session_state[key] = False
    rows = [re.findall(r"<(?:td|th)[^>]*>(.*?)</(?:td|th)>", row) for row in re.findall(r"<tr>(.*?)</tr>", table)]
    first_lines = [[unescape(re.sub(r"<[^>]*>", "", cell.split("<small")[0])) for cell in row] for row in rows]
    return {heading: [row[place] for row in first_lines[1:]] for place, heading in enumerate(first_lines[0])}


def _bodies(app: AppTest) -> list[str]:
    return [str(getattr(element, "value", "")) for element in app.get("html")]
