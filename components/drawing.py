"""Putting a chart on the page."""

from __future__ import annotations

import altair as alt
import streamlit as st


def render_chart(chart: alt.Chart | alt.LayerChart, *, alt_text: str, key: str) -> None:
    """Draw a built chart over the whole width; ``alt_text`` says the same to those who cannot see it."""
    st.altair_chart(chart, width="stretch", theme=None, key=key, alt=alt_text)
