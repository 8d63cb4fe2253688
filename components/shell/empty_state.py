"""Empty states: what is missing and what to do next."""

from __future__ import annotations

import streamlit as st


def render_empty(title: str, what_to_do: str, *, icon: str = ":material/inbox:") -> None:
    """Draw that there is nothing to show, with the next step; texts come translated, ``icon`` is a Material one."""
    with st.container(border=True, horizontal_alignment="center", gap="xxsmall"):
        st.markdown(f"**{icon} {title}**", width="content")
        st.caption(what_to_do, width="content")
