"""The status of a memorandum: always an icon and a word, the colour only repeats them."""

from __future__ import annotations

import streamlit as st

from components.charts.palette import ON_PAPER_ICON, STATUS_STYLES
from data.codes import MemorandumStatus
from data.language import Translator


def status_label(status_code: str, *, translate: Translator) -> str:
    """The word for the status of a memorandum, or of a district by the best of its memoranda."""
    return translate(MemorandumStatus(status_code).label)


def status_text(status_code: str, *, translate: Translator) -> str:
    """The icon and the word, for places that take Streamlit's Markdown."""
    return f"{STATUS_STYLES[MemorandumStatus(status_code)].icon} {status_label(status_code, translate=translate)}"


def render_status(status_code: str, *, translate: Translator, is_on_paper: bool = False) -> None:
    """Show the status as a badge; memoranda without events for 90 days carry a second one."""
    style = STATUS_STYLES[MemorandumStatus(status_code)]
    with st.container(horizontal=True, gap="small", width="content"):
        st.badge(status_label(status_code, translate=translate), icon=style.icon, color=style.badge)
        if is_on_paper:
            st.badge(translate("On paper only"), icon=ON_PAPER_ICON, color="orange")
