"""Links to pages of ours in tables and lists, and a table whose cells have several of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal, TypeAlias

EMPTY = frozenset({"", "–"})


@dataclass(frozen=True)
class Link:
    """A link to a page of ours, which opens in the same tab."""

    text: str
    address: str


@dataclass(frozen=True)
class Marked:
    """A text that stands out: what is "late", or due "soon"; the words say the same."""

    text: str
    mark: Literal["late", "soon"]


@dataclass(frozen=True)
class Lines:
    """Several lines of text; folded under a ``summary`` where there is one."""

    lines: Sequence[str]
    summary: str = ""


LinkedCell: TypeAlias = "str | Link | Marked | Lines | Sequence[str | Link]"


def link_html(link: Link) -> str:
    """Return a link as HTML."""
    return f'<a class="hamkor-link" href="{escape(link.address)}" target="_self">{escape(link.text)}</a>'


def cell_html(cell: LinkedCell, *, separator: str = "; ") -> str:
    """Return a text, a link, a text that stands out, lines of text, or several texts and links as HTML."""
    if isinstance(cell, str):
        return escape(cell)
    if isinstance(cell, Link):
        return link_html(cell)
    if isinstance(cell, Marked):
        return f'<span class="{cell.mark}">{escape(cell.text)}</span>'
    if isinstance(cell, Lines):
        return _lines_html(cell)
    return escape(separator).join(cell_html(each) for each in cell)


def _lines_html(cell: Lines) -> str:
    if not cell.lines:
        return "–"
    lines = "".join(f"<li>{escape(line)}</li>" for line in cell.lines)
    items = f'<ul class="hamkor-lines">{lines}</ul>'
    return f"<details><summary>{escape(cell.summary)}</summary>{items}</details>" if cell.summary else items


def linked_table(
    headings: Sequence[str], rows: Sequence[Sequence[LinkedCell]], *, title: str, numbers: frozenset[int] = frozenset()
) -> str:
    """Return rows of texts and links under their headings, the first cell of each as row heading.

    ``numbers`` are the places of columns of numbers. Where it is narrow each row is a card, without empty cells.
    """
    head = "".join(
        f'<th scope="col"{_class(place, numbers)}>{escape(heading)}</th>' for place, heading in enumerate(headings)
    )
    body = "".join(f"<tr>{_cells(headings, row, numbers)}</tr>" for row in rows)
    table = f'<table aria-label="{escape(title)}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="hamkor-records">{table}</div>'


def _cells(headings: Sequence[str], row: Sequence[LinkedCell], numbers: frozenset[int]) -> str:
    cells = []
    for place, (heading, cell) in enumerate(zip(headings, row, strict=True)):
        text = cell_html(cell)
        name = 'th scope="row"' if place == 0 else "td"
        label = f' data-label="{escape(heading)}"'
        cells.append(f"<{name}{_class(place, numbers, is_missing=text in EMPTY)}{label}>{text}</{name[:2]}>")
    return "".join(cells)


def _class(place: int, numbers: frozenset[int], *, is_missing: bool = False) -> str:
    names = [*(["number"] if place in numbers else []), *(["is-missing"] if is_missing else [])]
    return f' class="{" ".join(names)}"' if names else ""
