"""Board "You said – we did": recommendations with their answers, steps and actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.recommendations.actions import OnAct, offered_acts, render_actions
from components.recommendations.texts import Thread, ThreadLine, thread_texts
from components.shell.address import Param, choices, query_params, record_address
from components.shell.areas import Area, AreaDirectory
from components.shell.chrome import DISTRICT_PAGE, EVENT_ADDRESS, NGO_ADDRESS, escape_markdown
from components.shell.filters import Filters
from components.shell.formatter import Formatter, is_missing
from components.shell.request_context import RequestContext
from components.shell.widgets import pick_pill
from components.tables.columns import ColumnSpec, ColumnType
from components.tables.figure_table import render_figure_table
from components.tables.links import Link, link_html
from data.codes import RecommendationState
from data.policy import Action, may

if TYPE_CHECKING:
    import pandas as pd


ALL_STATES = "all"


def pick_state(counts: pd.DataFrame, *, fmt: Formatter) -> RecommendationState | None:
    """Select one state or all of them, each with its number of recommendations and of overdue ones.

    The choice is in the address, so that a number elsewhere can lead to its list.
    """
    key = f"board_state:{fmt.translate.language}"
    options = state_labels(counts, chosen=choices().get(Param.STATE), fmt=fmt)
    chosen = pick_pill(Param.STATE, fmt.translate("State"), options, key=key, default=ALL_STATES)
    return None if chosen == ALL_STATES else RecommendationState(chosen)


def state_labels(counts: pd.DataFrame, *, chosen: str | None = None, fmt: Formatter) -> dict[str, str]:
    """Return the label of each state that occurs or is chosen; ``counts`` is the frame of ``thread_counts``."""
    translate = fmt.translate
    options = {ALL_STATES: translate("All")} | {state.value: translate(state.label) for state in RecommendationState}
    rows = [(ALL_STATES, counts["count"].sum(), counts["overdue"].sum())]
    rows += list(zip(counts["state_code"], counts["count"], counts["overdue"], strict=True))
    shown = {}
    for code, count, overdue in rows:
        values = {"state": options[code], "count": fmt.number(count)}
        if overdue:
            late = fmt.number(overdue)
            shown[code] = translate("{state}: {count}, overdue: {overdue}", overdue=late, **values)
        elif count or code == chosen:
            shown[code] = translate("{state}: {count}", **values)
    return shown


def render_threads(
    frame: pd.DataFrame,
    steps: pd.DataFrame,
    *,
    context: RequestContext,
    on_act: OnAct,
    can_answer: bool = False,
    can_confirm: bool = False,
    key: str = "threads",
    districts: AreaDirectory | None = None,
) -> None:
    """Draw a "said" and "done" pair for each row; the caller shows the empty state.

    ``frame`` is what :func:`queries.recommendations.threads.threads` returned to this person and ``steps`` what
    ``thread_steps`` returned for its ``public_id`` column. ``can_answer`` offers the actions of the district,
    ``can_confirm`` those of the NGO, and ``on_act`` stores them. What people wrote is shown as text, never as markup.
    With ``districts`` each pair names its district and links to it.
    """
    fmt = Formatter(context.translate)
    is_ngo = may(context.actor, Action.READ_OWN_EVALUATIONS)
    for thread in thread_texts(frame, steps, is_ngo=is_ngo, fmt=fmt):
        acts = offered_acts(thread.state, is_final=thread.is_final, can_answer=can_answer, can_confirm=can_confirm)
        with st.container(border=True, key=f"{key}_{thread.public_id}"):
            if districts is not None:
                _render_district(districts[thread.district_soato])
            _render_pair(thread, is_ngo=is_ngo, fmt=fmt)
            _render_steps(thread, fmt=fmt, key=key)
            render_actions(thread, acts, on_act=on_act, today=context.today, fmt=fmt, key=key)


def _render_district(area: Area) -> None:
    opened = {**query_params(), Param.AREA.value: area.code}
    st.page_link(DISTRICT_PAGE, label=escape_markdown(area.name), icon=":material/location_on:", query_params=opened)


def _render_pair(thread: Thread, *, is_ngo: bool, fmt: Formatter) -> None:
    translate = fmt.translate
    with st.container(horizontal=True, gap="small"):
        for badge in thread.badges:
            st.badge(badge.text, icon=badge.icon, color=badge.colour)
    said_place, came_place = st.columns(2, gap="medium")
    with said_place:
        st.markdown(f"**{translate('You said') if is_ngo else translate('The NGO said')}**")
        st.text(thread.said)
        if thread.event_id:
            address = record_address(EVENT_ADDRESS, thread.event_id)
            st.html(f"<small>{link_html(Link(thread.source, address))}</small>")
        else:
            st.caption(escape_markdown(thread.source))
    with came_place:
        st.markdown(f"**{translate('Outcome')}**")
        for line in thread.came:
            _render_line(line)
    if thread.notice:
        st.caption(f":material/lock: {escape_markdown(thread.notice)}")


def _render_steps(thread: Thread, *, fmt: Formatter, key: str) -> None:
    if not thread.steps:
        return
    label = fmt.translate.plural("{n} step so far", "{n} steps so far", len(thread.steps))
    opened = st.expander(label, icon=":material/history:", key=f"{key}_{thread.public_id}_steps", on_change="rerun")
    if opened.open:
        with opened:
            for line in thread.steps:
                _render_line(line)


def _render_line(line: ThreadLine) -> None:
    with st.container(gap="xxsmall"):
        st.caption(escape_markdown(line.heading))
        if line.text:
            st.text(line.text)


def render_recommendation_table(
    frame: pd.DataFrame, filters: Filters, context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw the same recommendations as a table with its file."""
    translate = fmt.translate
    rows = frame.assign(
        district=frame["district_soato"].map(filters.directory.name),
        state=[translate(RecommendationState(code).label) for code in frame["state_code"]],
        overdue=[translate("Yes") if is_overdue else translate("No") for is_overdue in frame["is_overdue"]],
        ngo=["–" if is_missing(name) else name for name in frame["ngo_name"]],
        ngo_address=["" if is_missing(key) else record_address(NGO_ADDRESS, int(key)) for key in frame["ngo_id"]],
    )
    columns = [
        ColumnSpec("state", translate("State")),
        ColumnSpec("overdue", translate("Overdue")),
        ColumnSpec("days_late", translate("Days late"), ColumnType.NUMBER),
        ColumnSpec("text", translate("Recommendation")),
        ColumnSpec(
            "ngo", translate("NGO"), link="ngo_address", help=translate("A dash stands for a confidential one.")
        ),
        ColumnSpec("district", translate("District")),
        ColumnSpec("owner", translate("Responsible")),
        ColumnSpec("deadline_date", translate("Deadline"), ColumnType.DATE),
        ColumnSpec("answer", translate("Answer")),
        ColumnSpec("answered_date", translate("Answered on"), ColumnType.DATE),
        ColumnSpec("closed_date", translate("Closed by the NGO on"), ColumnType.DATE),
    ]
    title = translate("Recommendations and answers")
    render_figure_table(rows, columns, title=title, key="recommendations", filters=filters, context=context, fmt=fmt)
