"""Fragments: a part of a page that reruns alone when a choice inside it changes, with the checks of a full run."""

from __future__ import annotations

import streamlit as st

from components.shell.address import write_address
from components.shell.filters import Filters, current_filters, settle_filters
from components.shell.request_context import RequestContext, SessionKey, current_context
from pages.loaders.identity import find_context


def open_fragment() -> tuple[Filters, RequestContext]:
    """Return the filters and the request context; to be called first in a fragment, of which a page has one.

    Where the fragment reruns alone, the actor is looked up again. If anything but a choice has changed since the page
    ran (rights, data, the day), the whole app reruns instead.
    """
    context = current_context()
    if not st.session_state.pop(SessionKey.IS_WHOLE_RUN, False):
        if find_context(context.translate) != context:
            st.rerun()
        settle_filters(context, current_filters().directory)
        write_address()
    return current_filters(), context
