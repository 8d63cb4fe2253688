"""Decisions of meetings: where each stands, what the done ones changed, and what may be done with them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.meetings.decision_actions import render_decision_actions
from components.meetings.decision_texts import (
    IS_DONE,
    STATE_COLOURS,
    STATE_ICONS,
    DecisionCard,
    decision_cards,
    pressing_first,
)
from components.sections.meeting_pack import OpenedPack
from components.shell.areas import Area
from components.shell.chrome import plain
from components.shell.empty_state import render_empty
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from components.tables.paging import pick_page
from data.codes import DecisionState
from data.database.engine import reading
from data.policy import Action, Scope, may
from queries.meetings.decisions import decisions

MOST_DECISIONS = 500
ALL_STATES = "all"
STATE_ORDER = (DecisionState.OVERDUE, DecisionState.OPEN, DecisionState.DONE_LATE, DecisionState.DONE)


def load_decisions(scope: Scope, context: RequestContext) -> pd.DataFrame:
    """The decisions of an area's meetings as they stand now, the most pressing first; never from the cache."""
    with reading() as connection:
        return pressing_first(decisions(connection, context.actor, scope=scope, today=context.today))


def render_area_decisions(area: Area, context: RequestContext, *, fmt: Formatter) -> None:
    """All decisions of an area, the overdue ones first."""
    translate = fmt.translate
    st.subheader(translate("Decisions of the meetings"), anchor=False)
    frame = load_decisions(area.scope, context)
    if frame.empty:
        render_empty(
            translate("No meeting of this area has decided anything yet"),
            translate("Freeze a pack for a meeting and open it: decisions are taken there."),
            icon=":material/gavel:",
        )
        return
    state = _pick_state(frame, fmt=fmt)
    chosen = frame if state == ALL_STATES else frame[frame["state_code"] == state]
    shown = pick_page(chosen, key=f"decisions_page:{area.code}:{state}", fmt=fmt, most=MOST_DECISIONS)
    for card in decision_cards(shown, today=context.today, fmt=fmt):
        render_decision(card, context, fmt=fmt, key="decisions")


def _pick_state(frame: pd.DataFrame, *, fmt: Formatter) -> str:
    """One state or all of them, each with how many decisions there are."""
    translate, counts = fmt.translate, frame["state_code"].value_counts()
    labels = {ALL_STATES: translate("All")} | {state.value: translate(state.label) for state in STATE_ORDER}
    numbers = {ALL_STATES: len(frame), **counts}
    words = {
        code: translate("{state}: {count}", state=label, count=fmt.number(numbers[code]))
        for code, label in labels.items()
        if code in numbers
    }
    chosen = st.pills(
        translate("State"),
        list(words),
        default=ALL_STATES,
        required=True,
        format_func=words.__getitem__,
        key=f"decisions_state:{translate.language}",
        label_visibility="collapsed",
    )
    return str(chosen)


def earlier_decisions(frame: pd.DataFrame, opened: OpenedPack) -> pd.DataFrame:
    """Those of other meetings that this one opens with: what is not done, and what its pack froze as decided before."""
    frozen = opened.content.frames["decisions"]["public_id"]
    is_open = ~frame["state_code"].isin([state.value for state in IS_DONE])
    return frame[(is_open | frame["public_id"].isin(frozen)) & ~_is_of_meeting(frame, opened)]


def own_decisions(frame: pd.DataFrame, opened: OpenedPack) -> pd.DataFrame:
    """Those of the pack's meeting in the order in which they were taken."""
    return frame[_is_of_meeting(frame, opened)].sort_values("number")


def _is_of_meeting(frame: pd.DataFrame, opened: OpenedPack) -> pd.Series[bool]:
    return frame["meeting_id"] == (opened.meeting["meeting_id"] if opened.meeting else 0)


def render_earlier_decisions(
    frame: pd.DataFrame, opened: OpenedPack, context: RequestContext, *, fmt: Formatter
) -> None:
    """What the meeting opens with: overdue decisions, open ones, and what the done ones changed."""
    translate, frozen = fmt.translate, opened.content.frames["decisions"]
    st.subheader(translate("What was decided before"), anchor=False)
    earlier = earlier_decisions(frame, opened)
    if earlier.empty:
        st.caption(translate("No earlier decision is open, and the last meeting took none."))
        return
    st.caption(translate("Overdue ones come first. States are those of today; the presentation shows the frozen ones."))
    shown = pick_page(earlier, key="earlier_page", fmt=fmt, most=MOST_DECISIONS)
    for card in decision_cards(shown, frozen=frozen, today=context.today, fmt=fmt):
        render_decision(card, context, fmt=fmt, key="earlier")


def render_decision(card: DecisionCard, context: RequestContext, *, fmt: Formatter, key: str) -> None:
    """One decision with its state in words; what people wrote is shown as text, never as markup."""
    translate = fmt.translate
    with st.container(border=True, gap="xsmall", key=f"{key}_{card.public_id}"):
        with st.container(horizontal=True, gap="small"):
            st.badge(translate(card.state.label), icon=STATE_ICONS[card.state], color=STATE_COLOURS[card.state])
            st.caption(plain(card.deadline_text), width="content")
        st.text(card.text)
        lines = [f"**{plain(card.owner)}**", plain(card.heading), *(plain(cause) for cause in card.causes)]
        st.caption("  \n".join(lines))
        for change in card.changes:
            st.markdown(f":material/monitoring: {plain(change)}")
        if card.evidence:
            st.caption(plain(translate("Evidence: {evidence}", evidence=" ".join(card.evidence.split()))))
        if may(context.actor, Action.REPORT_DECISION):
            render_decision_actions(card, today=context.today, fmt=fmt, key=key)
