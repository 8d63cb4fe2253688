"""A part of a page that runs alone when a choice inside it changes, and is as careful as a run of the whole app."""

from __future__ import annotations

import streamlit as st

from components.address import write_address
from components.filters import View, current_view, settle_view
from components.identity import find_visit
from components.session import Key, Visit, current_visit


def open_part() -> tuple[View, Visit]:
    """The choices and the visit; to be called first in a fragment, of which a page has one.

    Where the fragment runs alone, who is here is asked again. If anything but a choice has changed since the page ran
    (rights, data, the day), the whole app runs instead.
    """
    visit = current_visit()
    if not st.session_state.pop(Key.IS_WHOLE_RUN, False):
        if find_visit(visit.translate) != visit:
            st.rerun()
        settle_view(visit)
        write_address()
    return current_view(), visit
