"""Pages of long lists, so that a page stays small on a phone."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.shell.formatter import Formatter

PAGE_SIZE = 10


def pick_page(frame: pd.DataFrame, *, key: str, fmt: Formatter, most: int) -> pd.DataFrame:
    """Return the rows of the selected page; draws nothing for a single page.

    ``most`` is the limit of the query: a list of that length may be incomplete, which is said.
    """
    if len(frame) <= PAGE_SIZE:
        return frame
    pages = -(-len(frame) // PAGE_SIZE)
    page = st.pagination(pages, max_visible_pages=5, key=key)
    first = (page - 1) * PAGE_SIZE
    shown = frame.iloc[first : first + PAGE_SIZE]
    values = {"first": fmt.number(first + 1), "last": fmt.number(first + len(shown))}
    if len(frame) < most:
        text = fmt.translate("{first} to {last} of {count}", count=fmt.number(len(frame)), **values)
    else:
        text = fmt.translate("{first} to {last} of the first {count}", count=fmt.number(len(frame)), **values)
    st.caption(text)
    return shown
