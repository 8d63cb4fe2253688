"""Decisions taken on the spot: what, who, by when and because of what; and those that the meeting has taken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from uuid import uuid4

import pandas as pd
import streamlit as st

from components.meetings.decision_texts import as_date, cause_choices, deadline_words, decision_cards
from components.sections.meeting_decisions import own_decisions, render_decision
from components.sections.meeting_pack import OpenedPack
from components.shell import identity
from components.shell.formatter import Formatter
from components.shell.localized_select import chosen_many, chosen_one, pick_many, pick_one
from components.shell.request_context import RequestContext
from data.database.engine import get_engine
from data.dates.clock import now
from data.language import N_, DomainError, Message, Translator
from data.policy import Action, ForbiddenError, may
from queries.meetings.decisions import Cause, StoredOtherwiseError, add_decision
from queries.recommendations.texts import LONGEST_OWNER, LONGEST_TEXT

USUAL_DAYS = 30


class Field(StrEnum):
    """Keys of the session state that the form keeps."""

    NEXT = "deciding_next"
    TEXT = "deciding_text"
    OWNER = "deciding_owner"
    DUE = "deciding_due"
    CAUSES = "deciding_causes"
    STORED = "deciding_stored"
    REFUSED = "deciding_refused"


def render_deciding(frame: pd.DataFrame, opened: OpenedPack, context: RequestContext, *, fmt: Formatter) -> None:
    """The decisions of the pack's meeting, and below them the form for the next one."""
    translate = fmt.translate
    st.subheader(translate("Decisions of this meeting"), anchor=False)
    if opened.meeting is None:
        st.caption(translate("This pack was frozen for no meeting. Freeze one for a meeting to decide on its figures."))
        return
    causes = cause_choices(opened.content.frames["proposals"], fmt)
    own = own_decisions(frame, opened)
    # In a container, so that the form stays where it is when somebody else decides meanwhile.
    with st.container(key="decided"):
        if own.empty:
            st.caption(translate("Nothing has been decided yet."))
        for card in decision_cards(own, today=context.today, fmt=fmt):
            render_decision(card, context, fmt=fmt, key="own")
    if may(context.actor, Action.TAKE_DECISION):
        _render_form(opened.meeting["meeting_id"], as_date(opened.meeting["meeting_date"]), causes, context, fmt=fmt)


def _render_form(
    meeting_id: int, meeting_date: date, causes: Mapping[str, str], context: RequestContext, *, fmt: Formatter
) -> None:
    translate, days = fmt.translate, deadline_words(meeting_date, today=context.today, fmt=fmt)
    public_id = st.session_state.setdefault(Field.NEXT, str(uuid4()))
    usual = usual_deadline(days, today=max(context.today, meeting_date))
    with st.container(border=True, key="deciding"):
        _render_said(translate)
        st.text_area(
            translate("Decision"),
            max_chars=LONGEST_TEXT,
            key=_field(Field.TEXT, public_id),
            persist_state="session",
            placeholder=translate("What is to be done"),
        )
        with st.container(horizontal=True):
            st.text_input(
                translate("Responsible person or office"),
                max_chars=LONGEST_OWNER,
                key=_field(Field.OWNER, public_id),
                persist_state="session",
            )
            pick_one(
                translate("Deadline"),
                days,
                name=_field(Field.DUE, public_id),
                default=usual,
                is_long=True,
                width=260,
            )
        pick_many(
            translate("What it comes of"),
            causes,
            name=_field(Field.CAUSES, public_id),
            placeholder=translate("Choose a proposal or an indicator"),
        )
        st.button(
            translate("Store the decision"),
            type="primary",
            key="decide",
            icon=":material/gavel:",
            on_click=_store,
            args=(public_id, meeting_id, usual),
        )


def _field(field: Field, public_id: str) -> str:
    """The key of a field: named after the decision that it will be, so the next form begins anew."""
    return f"{field}:{public_id}"


def usual_deadline(days: Mapping[str, str], *, today: date) -> str:
    """The first of the days offered that lies a month ahead."""
    ahead = (today + timedelta(days=USUAL_DAYS)).isoformat()
    return next(day for day in days if day >= ahead)


def _render_said(translate: Translator) -> None:
    """What came of the last press, told once; in a place of its own, so that the fields below it stay where they are.

    A field that moves is another one to the browser: it would lose the cursor and what is being typed.
    """
    place = st.empty()
    refused, stored = (st.session_state.pop(field, None) for field in (Field.REFUSED, Field.STORED))
    if refused is not None:
        place.error(translate.render(refused), icon=":material/block:")
    elif stored is not None:
        place.success(translate.render(stored), icon=":material/check:")


def _store(public_id: str, meeting_id: int, usual: str) -> None:
    """Store what is typed; a second press of the same button finds it stored and begins a clean form."""
    if st.session_state.get(Field.NEXT) == public_id:
        try:
            _add(public_id, meeting_id, usual)
        except DomainError as error:
            st.session_state[Field.REFUSED] = error.message
            if isinstance(error, StoredOtherwiseError):
                st.session_state.pop(Field.NEXT)
            return
    st.session_state[Field.STORED] = Message(N_("Stored. It is in the list above and in the minutes."))
    st.session_state.pop(Field.NEXT, None)


def _add(public_id: str, meeting_id: int, usual: str) -> None:
    actor = identity.find_actor()
    if actor is None:
        raise ForbiddenError
    add_decision(
        get_engine(),
        actor,
        public_id=public_id,
        meeting_id=meeting_id,
        text=str(st.session_state[_field(Field.TEXT, public_id)]),
        owner=str(st.session_state[_field(Field.OWNER, public_id)]),
        due_date=date.fromisoformat(chosen_one(_field(Field.DUE, public_id), default=usual)),
        causes=[Cause.parse(code) for code in chosen_many(_field(Field.CAUSES, public_id))],
        now=now(),
    )
