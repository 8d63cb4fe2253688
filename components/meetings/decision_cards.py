"""Cards of decisions: state, effect of the done ones, and actions."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from components.meetings.decision_actions import OnChange, render_decision_actions
from components.meetings.decision_texts import STATE_COLOURS, STATE_ICONS, DecisionCard
from components.shell.address import Param
from components.shell.chrome import escape_markdown
from components.shell.formatter import Formatter
from components.shell.widgets import pick_pill
from data.codes import DecisionState

ALL_STATES = "all"
STATE_ORDER = (DecisionState.OVERDUE, DecisionState.OPEN, DecisionState.DONE_LATE, DecisionState.DONE)


def pick_decision_state(frame: pd.DataFrame, *, fmt: Formatter) -> str:
    """Select one state or all of them, each with its number of decisions."""
    translate, counts = fmt.translate, frame["state_code"].value_counts()
    labels = {ALL_STATES: translate("All")} | {state.value: translate(state.label) for state in STATE_ORDER}
    numbers = {ALL_STATES: len(frame), **counts}
    options = {
        code: translate("{state}: {count}", state=label, count=fmt.number(numbers[code]))
        for code, label in labels.items()
        if code in numbers
    }
    return pick_pill(
        Param.STATE, translate("State"), options, key=f"decisions_state:{translate.language}", default=ALL_STATES
    )


def render_decision_card(
    card: DecisionCard, *, on_change: OnChange | None, today: date, fmt: Formatter, key: str
) -> None:
    """Draw one decision with its state, and the form that calls ``on_change``; None: no form.

    What people wrote is shown as text, never as markup.
    """
    translate = fmt.translate
    with st.container(border=True, gap="xsmall", key=f"{key}_{card.public_id}"):
        with st.container(horizontal=True, gap="small"):
            st.badge(translate(card.state.label), icon=STATE_ICONS[card.state], color=STATE_COLOURS[card.state])
            st.caption(escape_markdown(card.deadline_text), width="content")
        st.text(card.text)
        lines = [
            f"**{escape_markdown(card.owner)}**",
            escape_markdown(card.heading),
            *(escape_markdown(cause) for cause in card.causes),
        ]
        st.caption("  \n".join(lines))
        for change in card.changes:
            st.markdown(f":material/monitoring: {escape_markdown(change)}")
        if card.evidence:
            st.caption(escape_markdown(translate("Evidence: {evidence}", evidence=" ".join(card.evidence.split()))))
        if on_change is not None:
            render_decision_actions(card, on_change=on_change, today=today, fmt=fmt, key=key)
