"""Pages of long lists, so that a page stays small on a phone. Which page is shown stands in the address, so that Back
returns to it.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.shell.address import Param, choices, choose
from components.shell.formatter import Formatter

PAGE_SIZE, PAGE_ROWS = 10, 25
# More pages of lists than a screen has are those of earlier choices.
_MOST_LISTS = 4
_BETWEEN, _BEFORE_NUMBER = "~", "."


def chosen_page(key: str, pages: int) -> int:
    """Return the page of a list that is shown, of so many; the first where the address names none."""
    return min(_chosen_pages().get(key, 1), max(pages, 1))


def turn_page(key: str, page: int) -> None:
    """Choose another page of a list."""
    turned = {name: number for name, number in {**_chosen_pages(), key: page}.items() if number > 1}
    named = [f"{name}{_BEFORE_NUMBER}{number}" for name, number in turned.items()]
    choose(Param.PAGE, _BETWEEN.join(named[-_MOST_LISTS:]))


def _chosen_pages() -> dict[str, int]:
    parts = [part.rpartition(_BEFORE_NUMBER) for part in choices().get(Param.PAGE, "").split(_BETWEEN)]
    return {key: int(number) for key, _, number in parts if key and number.isascii() and number.isdigit()}


def _pick(pages: int, *, key: str) -> int:
    """Draw the choice of a page and return the one that is shown."""
    page = chosen_page(key, pages)
    # Another key at another page: a pagination takes its page only when it is drawn first.
    widget = f"{key}:{page}"
    st.pagination(
        pages,
        default=page,
        max_visible_pages=5,
        key=widget,
        on_change=lambda: turn_page(key, int(st.session_state[widget])),
    )
    return page


def pick_page(frame: pd.DataFrame, *, key: str, fmt: Formatter, most: int) -> pd.DataFrame:
    """Return the rows of the selected page; draws nothing for a single page.

    ``most`` is the limit of the query: a list of that length may be incomplete, which is said.
    """
    if len(frame) <= PAGE_SIZE:
        return frame
    page = _pick(-(-len(frame) // PAGE_SIZE), key=key)
    first = (page - 1) * PAGE_SIZE
    shown = frame.iloc[first : first + PAGE_SIZE]
    values = {"first": fmt.number(first + 1), "last": fmt.number(first + len(shown))}
    if len(frame) < most:
        text = fmt.translate("{first} to {last} of {count}", count=fmt.number(len(frame)), **values)
    else:
        text = fmt.translate("{first} to {last} of the first {count}", count=fmt.number(len(frame)), **values)
    st.caption(text)
    return shown


def first_row(total: int, *, key: str, size: int = PAGE_ROWS) -> int:
    """Return the number of rows before the page that is chosen by :func:`render_paging`."""
    return (chosen_page(key, -(-total // size)) - 1) * size


def render_paging(total: int, *, key: str, fmt: Formatter, size: int = PAGE_ROWS) -> None:
    """Draw which rows of how many are shown, and the choice of another page; nothing for a single page."""
    if total <= size:
        return
    first = first_row(total, key=key, size=size)
    with st.container(horizontal=True, vertical_alignment="center"):
        _pick(-(-total // size), key=key)
        values = {"first": fmt.number(first + 1), "last": fmt.number(min(first + size, total))}
        text = fmt.translate("{first} to {last} of {count}", count=fmt.number(total), **values)
        st.caption(text, width="content")
