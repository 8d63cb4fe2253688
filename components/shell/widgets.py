"""What widgets show."""

from __future__ import annotations

import streamlit as st


def set_widget(key: str, value: object) -> None:
    """Set what a widget shows, only where it shows another value.

    A set value takes the place of what is being typed into the field while the page is redrawn for another one.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
