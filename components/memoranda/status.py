"""Status of memoranda: always an icon and a text, which the colour only repeats."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from components.charts.palette import ON_PAPER_ICON, STATUS_STYLES
from components.shell.address import link_to
from components.shell.chrome import MEMORANDA_ADDRESS
from components.shell.formatter import Formatter
from components.tables.links import Link, cell_html
from data.codes import InForce, MemorandumStatus
from data.language import Translator

DISTRICTS = "districts"
"""The part of the page with the districts and their status."""


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


def memoranda_links(row: Mapping[Any, Any], *, fmt: Formatter) -> str:
    """Return the same numbers as HTML, each as a link to these memoranda in the register of the chosen area."""
    translate = fmt.translate
    counts = (
        (translate("Memoranda"), row["memoranda"], ""),
        (translate(InForce.RUNNING.label), row["in_force"], InForce.RUNNING.value),
        (translate(InForce.ON_PAPER.label), row["on_paper"], InForce.ON_PAPER.value),
    )
    cells: list[str | Link] = []
    for what, number, state in counts:
        text = translate("{what}: {number}", what=what, number=fmt.number(number))
        cells.append(Link(text, link_to(MEMORANDA_ADDRESS, state=state)) if number else text)
    return f"<small>{cell_html(cells, separator=' · ')}</small>"


def render_district_status(row: Mapping[Any, Any], *, is_seen_in_full: bool, fmt: Formatter) -> None:
    """Draw the status of a district as text and its number of memoranda, which lead to them where they are seen.

    ``row`` is one of :func:`queries.memoranda.register.district_status`.
    """
    translate = fmt.translate
    with st.container(horizontal=True, vertical_alignment="center", key="status"):
        st.markdown(f"**{translate('Memorandum status')}**", width="content")
        render_status(row["status_code"], translate=translate, is_on_paper=bool(row["on_paper"]))
        if is_seen_in_full:
            st.html(memoranda_links(row, fmt=fmt), width="content")
        else:
            st.caption(memoranda_counted(row, fmt=fmt), width="content")


def status_counts_html(frame: pd.DataFrame, *, fmt: Formatter) -> str:
    """Return how many districts have each status as an HTML table; each number leads to these districts.

    ``frame`` has rows of :func:`queries.memoranda.register.district_status`.
    """
    translate = fmt.translate
    counts = frame["status_code"].value_counts()
    rows = [_count_row(status, int(counts.get(status.value, 0)), fmt) for status in MemorandumStatus]
    head = "".join(
        f'<th scope="col"{mark}>{escape(text)}</th>'
        for text, mark in ((translate("Status"), ""), (translate("Districts and cities"), ' class="number"'))
    )
    name = escape(translate("Districts and cities by status"))
    return (
        f'<div class="hamkor-table hamkor-counts"><table aria-label="{name}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _count_row(status: MemorandumStatus, number: int, fmt: Formatter) -> str:
    label = status_label(status.value, translate=fmt.translate)
    icon = STATUS_STYLES[status].icon.removeprefix(":material/").removesuffix(":")
    shown = fmt.number(number)
    if number:
        address = escape(link_to(MEMORANDA_ADDRESS, view=DISTRICTS, state=status.value))
        shown = (
            f'<a class="hamkor-link" href="{address}" target="_self" aria-label="{escape(label)}: {shown}">{shown}</a>'
        )
    mark = f'<i aria-hidden="true" translate="no">{icon}</i>'
    return f'<tr><th scope="row">{mark} {escape(label)}</th><td class="number">{shown}</td></tr>'
