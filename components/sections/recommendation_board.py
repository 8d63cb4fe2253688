"""You said – we did: the recommendations of an area with what came of them, overdue ones first."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.recommendations.thread import render_thread_board
from components.sections.figure_table import render_figure_table
from components.shell.areas import Area
from components.shell.cache import cached_query
from components.shell.empty_state import render_empty
from components.shell.filters import Filters
from components.shell.formatter import Formatter, is_missing
from components.shell.request_context import RequestContext
from components.tables.columns import Column, Kind
from components.tables.paging import pick_page
from data.codes import RecommendationState
from data.policy import Action, ScopeKind, may
from queries.recommendations.threads import thread_counts, thread_steps, threads

LOADED = 500
ALL_STATES = "all"


def render_board(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """The recommendations of as much of the area as this person sees in full; coordinators answer them here."""
    translate = fmt.translate
    area = filters.book.seen_in_full(context.actor, filters.area)
    if area is None:
        st.caption(translate("Recommendations are read and answered by the leaders of the area itself."))
        return
    counts = cached_query(thread_counts, scope=area.scope, today=context.today)
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
    state = _pick_state(counts, fmt=fmt)
    frame = cached_query(threads, scope=area.scope, today=context.today, state=state, limit=LOADED)
    _render_threads(frame, area, filters, context, about=state, fmt=fmt)
    _render_table(frame, filters, context, fmt=fmt)


def _pick_state(counts: pd.DataFrame, *, fmt: Formatter) -> RecommendationState | None:
    """One state or all of them, each with how many there are and how many of these are overdue."""
    words = state_words(counts, fmt=fmt)
    chosen = st.pills(
        fmt.translate("State"),
        list(words),
        default=ALL_STATES,
        required=True,
        format_func=words.__getitem__,
        key=f"board_state:{fmt.translate.language}",
        label_visibility="collapsed",
    )
    return None if chosen == ALL_STATES else RecommendationState(chosen)


def state_words(counts: pd.DataFrame, *, fmt: Formatter) -> dict[str, str]:
    """What stands on the choice of each state that has any; ``counts`` is the frame of ``thread_counts``."""
    translate = fmt.translate
    words = {ALL_STATES: translate("All")} | {state.value: translate(state.label) for state in RecommendationState}
    rows = [(ALL_STATES, counts["count"].sum(), counts["overdue"].sum())]
    rows += list(zip(counts["state_code"], counts["count"], counts["overdue"], strict=True))
    shown = {}
    for code, count, overdue in rows:
        values = {"state": words[code], "count": fmt.number(count)}
        if overdue:
            late = fmt.number(overdue)
            shown[code] = translate("{state}: {count}, overdue: {overdue}", overdue=late, **values)
        elif count:
            shown[code] = translate("{state}: {count}", **values)
    return shown


def _render_threads(
    frame: pd.DataFrame,
    area: Area,
    filters: Filters,
    context: RequestContext,
    *,
    about: RecommendationState | None,
    fmt: Formatter,
) -> None:
    shown = pick_page(frame, key=f"board_page:{area.code}:{about}", fmt=fmt, most=LOADED)
    ids = tuple(shown["public_id"])
    steps = cached_query(thread_steps, scope=area.scope, today=context.today, public_ids=ids)
    can_answer = may(context.actor, Action.ANSWER_RECOMMENDATION)
    districts = None if area.scope.kind is ScopeKind.DISTRICT else filters.book
    render_thread_board(shown, steps, context=context, can_answer=can_answer, key="board", districts=districts)


def _render_table(frame: pd.DataFrame, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    translate = fmt.translate
    rows = frame.assign(
        district=frame["district_soato"].map(filters.book.name),
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
    render_figure_table(rows, columns, title=title, key="recommendations", filters=filters, context=context, fmt=fmt)
