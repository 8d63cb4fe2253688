"""You said – we did: the recommendations of an area with what came of them, overdue ones first."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.areas import Area
from components.columns import Column, Kind
from components.empty import render_empty
from components.filters import View
from components.format import Formatter, is_missing
from components.loading import load
from components.recommendation_thread import render_thread_board
from components.sections.figure_table import render_figure_table
from components.sections.paging import pick_page
from components.session import Visit
from data.codes import RecommendationState
from data.rights import RIGHTS, Right, ScopeKind
from queries.recommendations.threads import thread_counts, thread_steps, threads

LOADED = 500
ALL_STATES = "all"


def render_board(view: View, visit: Visit, *, write: Formatter) -> None:
    """The recommendations of as much of the area as this person sees in full; coordinators answer them here."""
    translate = write.translate
    area = view.book.seen_in_full(visit.actor, view.area)
    if area is None:
        st.caption(translate("Recommendations are read and answered by the leaders of the area itself."))
        return
    counts = load(thread_counts, scope=area.scope, today=visit.today)
    if not counts["count"].sum():
        render_empty(
            translate("No recommendation has reached this area yet"),
            translate(
                "An NGO can add one to its evaluation. That of a confidential evaluation arrives with its batch, "
                "without the name of the NGO."
            ),
            icon=":material/forum:",
        )
        return
    st.subheader(translate("You said – we did: {area}", area=area.name), anchor=False)
    st.caption(translate("Whatever the period, direction and form. Overdue ones come first; only the NGO closes one."))
    state = _pick_state(counts, write=write)
    frame = load(threads, scope=area.scope, today=visit.today, state=state, limit=LOADED)
    _render_threads(frame, area, view, visit, about=state, write=write)
    _render_table(frame, view, visit, write=write)


def _pick_state(counts: pd.DataFrame, *, write: Formatter) -> RecommendationState | None:
    """One state or all of them, each with how many there are and how many of these are overdue."""
    words = state_words(counts, write=write)
    chosen = st.pills(
        write.translate("State"),
        list(words),
        default=ALL_STATES,
        required=True,
        format_func=words.__getitem__,
        key=f"board_state:{write.translate.language}",
        label_visibility="collapsed",
    )
    return None if chosen == ALL_STATES else RecommendationState(chosen)


def state_words(counts: pd.DataFrame, *, write: Formatter) -> dict[str, str]:
    """What stands on the choice of each state that has any; ``counts`` is the frame of ``thread_counts``."""
    translate = write.translate
    words = {ALL_STATES: translate("All")} | {state.value: translate(state.label) for state in RecommendationState}
    rows = [(ALL_STATES, counts["count"].sum(), counts["overdue"].sum())]
    rows += list(zip(counts["state_code"], counts["count"], counts["overdue"], strict=True))
    shown = {}
    for code, count, overdue in rows:
        values = {"state": words[code], "count": write.number(count)}
        if overdue:
            late = write.number(overdue)
            shown[code] = translate("{state}: {count}, overdue: {overdue}", overdue=late, **values)
        elif count:
            shown[code] = translate("{state}: {count}", **values)
    return shown


def _render_threads(
    frame: pd.DataFrame, area: Area, view: View, visit: Visit, *, about: RecommendationState | None, write: Formatter
) -> None:
    shown = pick_page(frame, key=f"board_page:{area.code}:{about}", write=write, most=LOADED)
    ids = tuple(shown["public_id"])
    steps = load(thread_steps, scope=area.scope, today=visit.today, public_ids=ids)
    can_answer = Right.WRITE_DISTRICT in RIGHTS[visit.actor.role]
    districts = None if area.scope.kind is ScopeKind.DISTRICT else view.book
    render_thread_board(shown, steps, visit=visit, can_answer=can_answer, key="board", districts=districts)


def _render_table(frame: pd.DataFrame, view: View, visit: Visit, *, write: Formatter) -> None:
    translate = write.translate
    rows = frame.assign(
        district=frame["district_soato"].map(view.book.name),
        state=[translate(RecommendationState(code).label) for code in frame["state_code"]],
        overdue=[translate("Yes") if is_overdue else translate("No") for is_overdue in frame["is_overdue"]],
        ngo=["–" if is_missing(name) else name for name in frame["ngo_name"]],
    )
    columns = [
        Column("state", translate("State")),
        Column("overdue", translate("Overdue")),
        Column("text", translate("Recommendation")),
        Column("ngo", translate("NGO"), help=translate("A dash stands for a confidential one.")),
        Column("district", translate("District")),
        Column("owner", translate("Responsible")),
        Column("deadline_date", translate("Deadline"), Kind.DATE),
        Column("answer", translate("Answer")),
        Column("answered_date", translate("Answered on"), Kind.DATE),
        Column("closed_date", translate("Closed by the NGO on"), Kind.DATE),
    ]
    title = translate("Recommendations and answers")
    render_figure_table(rows, columns, title=title, key="recommendations", view=view, visit=visit, write=write)
