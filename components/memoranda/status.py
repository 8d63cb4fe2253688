"""Status of memoranda: always an icon and a text, which the colour only repeats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from components.charts.palette import ON_PAPER_ICON, STATUS_STYLES
from components.shell.formatter import Formatter
from data.codes import MemorandumStatus
from data.language import Translator


def status_label(status_code: str, *, translate: Translator) -> str:
    """Return the label of the status of a memorandum, or of a district by the best of its memoranda."""
    return translate(MemorandumStatus(status_code).label)


def status_text(status_code: str, *, translate: Translator) -> str:
    """Return icon and label, for elements that take Streamlit's Markdown."""
    return f"{STATUS_STYLES[MemorandumStatus(status_code)].icon} {status_label(status_code, translate=translate)}"


def render_status(status_code: str, *, translate: Translator, is_on_paper: bool = False) -> None:
    """Show the status as a badge; memoranda without events for 90 days carry a second one."""
    style = STATUS_STYLES[MemorandumStatus(status_code)]
    with st.container(horizontal=True, gap="small", width="content"):
        st.badge(status_label(status_code, translate=translate), icon=style.icon, color=style.badge)
        if is_on_paper:
            st.badge(translate("On paper only"), icon=ON_PAPER_ICON, color="orange")


def memoranda_counted(row: Mapping[Any, Any], *, fmt: Formatter) -> str:
    """Return how many memoranda there are, how many are in force, and how many exist on paper only."""
    return fmt.translate(
        "Memoranda: {all}; in force: {in_force}; on paper only: {on_paper}.",
        all=fmt.number(row["memoranda"]),
        in_force=fmt.number(row["in_force"]),
        on_paper=fmt.number(row["on_paper"]),
    )


def render_district_status(row: Mapping[Any, Any], *, fmt: Formatter) -> None:
    """Draw the status of a district as text and its number of memoranda.

    ``row`` is one of :func:`queries.memoranda.register.district_status`.
    """
    translate = fmt.translate
    with st.container(horizontal=True, vertical_alignment="center", key="status"):
        st.markdown(f"**{translate('Memorandum status')}**", width="content")
        render_status(row["status_code"], translate=translate, is_on_paper=bool(row["on_paper"]))
        st.caption(memoranda_counted(row, fmt=fmt), width="content")


def render_status_counts(frame: pd.DataFrame, *, fmt: Formatter) -> None:
    """Draw how many districts have each status, and how many memoranda exist on paper only.

    ``frame`` has rows of :func:`queries.memoranda.register.district_status`.
    """
    translate = fmt.translate
    counts = frame["status_code"].value_counts()
    lines = [
        f"| {status_text(status, translate=translate)} | {fmt.number(counts.get(status.value, 0))} |"
        for status in MemorandumStatus
    ]
    heading = f"| {translate('Status')} | {translate('Districts and cities')} |"
    st.markdown("\n".join([heading, "|:--|--:|", *lines]))
    st.caption(memoranda_counted(frame[["memoranda", "in_force", "on_paper"]].sum().to_dict(), fmt=fmt))
