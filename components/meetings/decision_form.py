"""Form for a decision taken during a meeting: text, owner, deadline and causes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import uuid4

import streamlit as st

from components.meetings.decision_texts import deadline_labels
from components.shell.formatter import Formatter
from components.shell.localized_select import chosen_many, chosen_one, pick_many, pick_one
from data.language import N_, DomainError, Message, Translator
from data.meetings import Cause
from data.texts.limits import LONGEST_OWNER, LONGEST_TEXT

USUAL_DAYS = 30


class DecisionField(StrEnum):
    """Keys of the form in the session state."""

    NEXT = "deciding_next"
    TEXT = "deciding_text"
    OWNER = "deciding_owner"
    DUE = "deciding_due"
    CAUSES = "deciding_causes"
    STORED = "deciding_stored"
    REFUSED = "deciding_refused"


@dataclass(frozen=True, kw_only=True)
class NewDecision:
    """Decision as typed; ``public_id`` was made with the form, so it is the same however often it is sent."""

    public_id: str
    text: str
    owner: str
    due_date: date
    causes: tuple[Cause, ...]


# Stores it. Raises a DomainError where it is refused.
OnSubmit = Callable[[NewDecision], None]


def render_decision_form(
    meeting_date: date, causes: Mapping[str, str], *, on_submit: OnSubmit, today: date, fmt: Formatter
) -> None:
    """Draw the form; ``causes`` are the possible causes as codes with their texts."""
    translate, days = fmt.translate, deadline_labels(meeting_date, today=today, fmt=fmt)
    public_id = st.session_state.setdefault(DecisionField.NEXT, str(uuid4()))
    usual = usual_deadline(days, today=max(today, meeting_date))
    with st.container(border=True, key="deciding"):
        _render_outcome(translate)
        st.text_area(
            translate("Decision"),
            max_chars=LONGEST_TEXT,
            key=_field(DecisionField.TEXT, public_id),
            persist_state="session",
            placeholder=translate("What is to be done"),
        )
        with st.container(horizontal=True):
            st.text_input(
                translate("Responsible person or office"),
                max_chars=LONGEST_OWNER,
                key=_field(DecisionField.OWNER, public_id),
                persist_state="session",
            )
            pick_one(
                translate("Deadline"),
                days,
                name=_field(DecisionField.DUE, public_id),
                default=usual,
                is_long=True,
                width=260,
            )
        pick_many(
            translate("Grounds"),
            causes,
            name=_field(DecisionField.CAUSES, public_id),
            placeholder=translate("Choose a proposal or an indicator"),
        )
        st.button(
            translate("Save the decision"),
            type="primary",
            key="decide",
            icon=":material/gavel:",
            on_click=_submit,
            args=(public_id, usual, on_submit),
        )


def _field(field: DecisionField, public_id: str) -> str:
    """Return the key of a field, which includes the new decision's id, so that the next form begins empty."""
    return f"{field}:{public_id}"


def usual_deadline(days: Mapping[str, str], *, today: date) -> str:
    """Return the first offered day that is at least a month ahead."""
    ahead = (today + timedelta(days=USUAL_DAYS)).isoformat()
    return next(day for day in days if day >= ahead)


def _render_outcome(translate: Translator) -> None:
    """Draw the result of the last button once, in a container of its own, so that the fields below it do not move.

    A field that moves is another one to the browser: it would lose the cursor and what is being typed.
    """
    place = st.empty()
    refused, stored = (st.session_state.pop(field, None) for field in (DecisionField.REFUSED, DecisionField.STORED))
    if refused is not None:
        place.error(translate.render(refused), icon=":material/block:")
    elif stored is not None:
        place.success(translate.render(stored), icon=":material/check:")


def begin_new_decision() -> None:
    """Clear the form for another decision."""
    st.session_state.pop(DecisionField.NEXT, None)


def _submit(public_id: str, usual: str, on_submit: OnSubmit) -> None:
    """Pass on what is typed; a second press of the same button finds it stored and clears the form."""
    if st.session_state.get(DecisionField.NEXT) == public_id:
        try:
            on_submit(_typed(public_id, usual))
        except DomainError as error:
            st.session_state[DecisionField.REFUSED] = error.message
            return
    st.session_state[DecisionField.STORED] = Message(N_("Saved. It is in the list above and in the minutes."))
    begin_new_decision()


def _typed(public_id: str, usual: str) -> NewDecision:
    return NewDecision(
        public_id=public_id,
        text=str(st.session_state[_field(DecisionField.TEXT, public_id)]),
        owner=str(st.session_state[_field(DecisionField.OWNER, public_id)]),
        due_date=date.fromisoformat(chosen_one(_field(DecisionField.DUE, public_id), default=usual)),
        causes=tuple(Cause.parse(code) for code in chosen_many(_field(DecisionField.CAUSES, public_id))),
    )
