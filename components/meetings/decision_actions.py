"""Form below a decision: report it as done, correct it, or withdraw the report.

A button passes the change to the page, which writes it before the next rerun. The change names the version that the
person saw, so a change based on an older version is refused with a message; what was typed stays in its fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from components.meetings.decision_texts import DecisionCard, deadline_labels
from components.shell.formatter import Formatter
from components.shell.localized_select import chosen_one, clear_choice, persistent_expander, pick_one
from data.codes import Labelled
from data.language import N_, DomainError, Message, Translator
from data.texts.limits import LONGEST_OWNER, LONGEST_TEXT

DONE_DAYS_BACK = 60


class DecisionAct(Labelled):
    """Actions on a decision."""

    DONE = "done", N_("Report as done")
    CORRECT = "correct", N_("Correct the decision")
    NOT_DONE = "not_done", N_("Withdraw the report that it is done")


STORED: Mapping[DecisionAct, str] = {
    DecisionAct.DONE: N_("Saved: the decision is done."),
    DecisionAct.CORRECT: N_("Saved: the decision is corrected."),
    DecisionAct.NOT_DONE: N_("Saved: the decision is open again."),
}


@dataclass(frozen=True, kw_only=True)
class DecisionChange:
    """New values of a decision; ``version`` is the one that the person saw."""

    public_id: str
    version: int
    text: str
    owner: str
    due_date: date
    done_date: date | None
    evidence: str


# Stores it. Raises a DomainError where it is refused.
OnChange = Callable[[DecisionChange], None]


@dataclass(frozen=True)
class _Outcome:
    """Result of the last button, shown once."""

    message: Message
    is_error: bool = False


@dataclass(frozen=True)
class _Fields:
    """Keys of the fields of one decision."""

    prefix: str

    @property
    def fold(self) -> str:
        return f"{self.prefix}_fold"

    @property
    def act(self) -> str:
        return f"{self.prefix}_act"

    @property
    def day(self) -> str:
        return f"{self.prefix}_day"

    @property
    def evidence(self) -> str:
        return f"{self.prefix}_evidence"

    @property
    def text(self) -> str:
        return f"{self.prefix}_text"

    @property
    def owner(self) -> str:
        return f"{self.prefix}_owner"

    @property
    def due(self) -> str:
        return f"{self.prefix}_due"

    @property
    def outcome(self) -> str:
        return f"{self.prefix}_outcome"

    def forget(self) -> None:
        """Clear the form; the stored values fill it again."""
        for name in (self.evidence, self.text, self.owner):
            st.session_state.pop(name, None)
        for name in (self.act, self.day, self.due):
            clear_choice(name)


def render_decision_actions(card: DecisionCard, *, on_change: OnChange, today: date, fmt: Formatter, key: str) -> None:
    """Draw the actions on one decision, folded; the result of the last one is shown above them."""
    fields, translate = _Fields(f"{key}_{card.public_id}"), fmt.translate
    _render_outcome(fields, translate)
    label = translate("Correct or withdraw") if card.is_done else translate("Report as done or correct")
    opened = persistent_expander(label, name=fields.fold, icon=":material/edit_note:")
    if not opened.open:
        return
    with opened:
        act = DecisionAct(_pick_act(card, fields, translate))
        _render_fields(act, card, fields, today=today, fmt=fmt)
        st.button(
            translate("Save"),
            type="primary",
            key=f"{fields.prefix}_store",
            on_click=_carry_out,
            args=(act, card, fields, today, on_change),
        )


def _render_outcome(fields: _Fields, translate: Translator) -> None:
    """Draw the result of the last button, in a container of its own: fields that move lose what is being typed."""
    place = st.empty()
    outcome = st.session_state.pop(fields.outcome, None)
    if outcome is None:
        return
    if outcome.is_error:
        place.error(translate.render(outcome.message), icon=":material/block:")
    else:
        place.success(translate.render(outcome.message), icon=":material/check:")


def _pick_act(card: DecisionCard, fields: _Fields, translate: Translator) -> str:
    offered = (DecisionAct.CORRECT, DecisionAct.NOT_DONE) if card.is_done else (DecisionAct.DONE, DecisionAct.CORRECT)
    options = {act.value: translate(act.label) for act in offered}
    return pick_one(translate("What do you want to do?"), options, name=fields.act, default=offered[0].value)


def _render_fields(act: DecisionAct, card: DecisionCard, fields: _Fields, *, today: date, fmt: Formatter) -> None:
    translate = fmt.translate
    if act is DecisionAct.DONE:
        _pick_day(card, fields, today=today, fmt=fmt)
    if act is DecisionAct.CORRECT:
        _fill(fields.text, card.text)
        _fill(fields.owner, card.owner)
        st.text_area(translate("Decision"), max_chars=LONGEST_TEXT, key=fields.text, persist_state="page")
        st.text_input(
            translate("Responsible person or office"), max_chars=LONGEST_OWNER, key=fields.owner, persist_state="page"
        )
        present = card.due_date.isoformat()
        due_words = deadline_labels(card.meeting_date, today=today, fmt=fmt, present=card.due_date)
        pick_one(translate("Deadline"), due_words, name=fields.due, default=present, is_long=True)
    if act is DecisionAct.NOT_DONE:
        st.caption(translate("It becomes open again, or overdue where its deadline has passed."))
        return
    _fill(fields.evidence, card.evidence)
    st.text_area(
        translate("Evidence"),
        max_chars=LONGEST_TEXT,
        key=fields.evidence,
        persist_state="page",
        placeholder=translate("What shows that it was done: a document, a date, a figure"),
    )


def _fill(key: str, stored: str) -> None:
    st.session_state.setdefault(key, stored)


def _pick_day(card: DecisionCard, fields: _Fields, *, today: date, fmt: Formatter) -> None:
    days = [today - timedelta(days=back) for back in range(DONE_DAYS_BACK + 1)]
    options = {day.isoformat(): fmt.date(day) for day in days if day == today or day >= card.meeting_date}
    pick_one(fmt.translate("Done on"), options, name=fields.day, default=today.isoformat(), is_long=True)


def _carry_out(act: DecisionAct, card: DecisionCard, fields: _Fields, today: date, on_change: OnChange) -> None:
    try:
        on_change(_asked(act, card, fields, today))
    except DomainError as error:
        st.session_state[fields.outcome] = _Outcome(error.message, is_error=True)
        return
    fields.forget()
    st.session_state[fields.fold] = False
    st.session_state[fields.outcome] = _Outcome(Message(STORED[act]))


def _asked(act: DecisionAct, card: DecisionCard, fields: _Fields, today: date) -> DecisionChange:
    typed, is_corrected = st.session_state, act is DecisionAct.CORRECT
    done_dates = {
        DecisionAct.DONE: date.fromisoformat(chosen_one(fields.day, default=today.isoformat())),
        DecisionAct.CORRECT: card.done_date,
        DecisionAct.NOT_DONE: None,
    }
    due_date = date.fromisoformat(chosen_one(fields.due, default=card.due_date.isoformat()))
    return DecisionChange(
        public_id=card.public_id,
        version=card.version,
        text=str(typed[fields.text]) if is_corrected else card.text,
        owner=str(typed[fields.owner]) if is_corrected else card.owner,
        due_date=due_date if is_corrected else card.due_date,
        done_date=done_dates[act],
        evidence=str(typed.get(fields.evidence, card.evidence)),
    )
