"""You said - we did: recommendations with what came of them, the steps of each thread and what may be done next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.address import Param, query_params
from components.areas import Area, AreaBook
from components.chrome import DISTRICT_PAGE, plain
from components.format import Formatter
from components.recommendation_actions import offered_acts, render_actions
from components.recommendation_words import Line, Thread, threads_in_words
from components.session import Visit
from data.rights import Role

if TYPE_CHECKING:
    import pandas as pd


def render_thread_board(
    frame: pd.DataFrame,
    steps: pd.DataFrame,
    *,
    visit: Visit,
    can_answer: bool = False,
    can_confirm: bool = False,
    key: str = "threads",
    districts: AreaBook | None = None,
) -> None:
    """A pair of "said" and "done" for each row; the caller shows the empty state.

    ``frame`` is what :func:`queries.recommendations.threads.threads` gave this person and ``steps`` what
    ``thread_steps`` gave for its ``public_id`` column. ``can_answer`` offers the acts of the district, ``can_confirm``
    those of the NGO; the writes check the rights themselves. What people wrote is shown as text, never as markup. With
    ``districts`` each pair names its district and leads there.
    """
    write = Formatter(visit.translate)
    is_ngo = visit.actor.role is Role.NGO
    for thread in threads_in_words(frame, steps, is_ngo=is_ngo, write=write):
        acts = offered_acts(thread.state, is_final=thread.is_final, can_answer=can_answer, can_confirm=can_confirm)
        with st.container(border=True, key=f"{key}_{thread.public_id}"):
            if districts is not None:
                _render_district(districts[thread.district_soato])
            _render_pair(thread, is_ngo=is_ngo, write=write)
            _render_steps(thread, write=write, key=key)
            render_actions(thread, acts, today=visit.today, write=write, key=key)


def _render_district(area: Area) -> None:
    opened = {**query_params(), Param.AREA.value: area.code}
    st.page_link(DISTRICT_PAGE, label=plain(area.name), icon=":material/location_on:", query_params=opened)


def _render_pair(thread: Thread, *, is_ngo: bool, write: Formatter) -> None:
    translate = write.translate
    with st.container(horizontal=True, gap="small"):
        for badge in thread.badges:
            st.badge(badge.text, icon=badge.icon, color=badge.colour)
    said_place, came_place = st.columns(2, gap="medium")
    with said_place:
        st.markdown(f"**{translate('You said') if is_ngo else translate('The NGO said')}**")
        st.text(thread.said)
        st.caption(plain(thread.source))
    with came_place:
        st.markdown(f"**{translate('What came of it')}**")
        for line in thread.came:
            _render_line(line)
    if thread.notice:
        st.caption(f":material/lock: {plain(thread.notice)}")


def _render_steps(thread: Thread, *, write: Formatter, key: str) -> None:
    if not thread.steps:
        return
    label = write.translate.plural("{n} step so far", "{n} steps so far", len(thread.steps))
    opened = st.expander(label, icon=":material/history:", key=f"{key}_{thread.public_id}_steps", on_change="rerun")
    if opened.open:
        with opened:
            for line in thread.steps:
                _render_line(line)


def _render_line(line: Line) -> None:
    with st.container(gap="xxsmall"):
        st.caption(plain(line.heading))
        if line.text:
            st.text(line.text)
