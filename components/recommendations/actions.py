"""Actions on a recommendation: the choice, its fields and the button.

A button passes the request to the page, which writes it before the next rerun. The result stays beside the button until
another screen is opened; after a refusal what was typed stays in its fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from components.recommendations.places import StepResult, note_result, step_result
from components.recommendations.texts import Thread
from components.shell.confirmation import render_confirmation
from components.shell.formatter import Formatter
from data.codes import Labelled, RecommendationState
from data.language import N_, DomainError, Message, Translator
from data.texts.limits import LONGEST_OWNER, LONGEST_TEXT

DEADLINE_DAYS = (7, 14, 30, 60, 90, 180)
USUAL_DEADLINE = DEADLINE_DAYS.index(30)


class RecommendationAct(Labelled):
    """Actions of either side."""

    ACCEPT = "accept", N_("Accept")
    DECLINE = "decline", N_("Decline")
    ASSIGN = "assign", N_("Set owner and deadline")
    DONE = "done", N_("Report as done")
    CONFIRM = "confirm", N_("Confirm that it is done")
    REOPEN = "reopen", N_("Reopen")


WITH_DEADLINE = frozenset({RecommendationAct.ACCEPT, RecommendationAct.ASSIGN})
WORDS_LABELS: Mapping[RecommendationAct, str] = {
    RecommendationAct.ACCEPT: N_("Answer to the NGO"),
    RecommendationAct.DECLINE: N_("Reason for declining"),
    RecommendationAct.DONE: N_("What was done"),
    RecommendationAct.REOPEN: N_("Reason for reopening"),
}
STORED: Mapping[RecommendationAct, str] = {
    RecommendationAct.ACCEPT: N_("Saved: the recommendation is accepted."),
    RecommendationAct.DECLINE: N_("Saved: the recommendation is declined. The NGO can reopen it once."),
    RecommendationAct.ASSIGN: N_("Saved: owner and deadline are set."),
    RecommendationAct.DONE: N_("Saved: reported as done. It is closed when the NGO confirms."),
    RecommendationAct.CONFIRM: N_("Saved: you confirmed it, the recommendation is closed."),
    RecommendationAct.REOPEN: N_("Saved: the recommendation is open again."),
}
# What comes next, by the state after the step; where nothing is said, the sentence above says it.
_NEXT: Mapping[RecommendationState, str] = {
    RecommendationState.NEW: N_("Next: the district accepts or declines it."),
    RecommendationState.ACCEPTED: N_("Next: the district does it by the deadline and reports it as done."),
}
_STAYS = N_("It stays here until you choose something else to see; then it takes its new place in the list.")
_OF_DISTRICT: Mapping[RecommendationState, tuple[RecommendationAct, ...]] = {
    RecommendationState.NEW: (RecommendationAct.ACCEPT, RecommendationAct.DECLINE, RecommendationAct.ASSIGN),
    RecommendationState.ACCEPTED: (RecommendationAct.DONE, RecommendationAct.ASSIGN, RecommendationAct.DECLINE),
}
_OF_NGO: Mapping[RecommendationState, tuple[RecommendationAct, ...]] = {
    RecommendationState.DONE: (RecommendationAct.CONFIRM, RecommendationAct.REOPEN),
    RecommendationState.DECLINED: (RecommendationAct.REOPEN,),
}


def offered_acts(
    state: RecommendationState, *, is_final: bool, can_answer: bool, can_confirm: bool
) -> tuple[RecommendationAct, ...]:
    """Return the actions allowed in a state to the district's side or to the NGO."""
    if can_answer:
        return _OF_DISTRICT.get(state, ())
    return _OF_NGO.get(state, ()) if can_confirm and not is_final else ()


@dataclass(frozen=True)
class AskedAct:
    """Requested action with the values of its fields: text, owner and deadline."""

    act: RecommendationAct
    public_id: str
    seen_state: RecommendationState
    text: str = ""
    owner: str = ""
    deadline_date: date | None = None


# Carries it out. Raises a DomainError where it is refused.
OnAct = Callable[[AskedAct], None]


@dataclass(frozen=True)
class _Fields:
    """Keys of the fields of one thread; one text field for all actions, so that another choice loses nothing."""

    prefix: str

    @property
    def opened(self) -> str:
        return f"{self.prefix}_act"

    @property
    def fold(self) -> str:
        return f"{self.prefix}_fold"

    @property
    def choice(self) -> str:
        return f"{self.prefix}_choice"

    @property
    def text(self) -> str:
        return f"{self.prefix}_words"

    @property
    def owner(self) -> str:
        return f"{self.prefix}_owner"

    @property
    def deadline(self) -> str:
        return f"{self.prefix}_deadline"

    @property
    def result(self) -> str:
        return f"{self.prefix}_result"

    def forget(self) -> None:
        """Clear and fold the form."""
        for name in (self.choice, self.text, self.owner, self.deadline):
            st.session_state.pop(name, None)
        st.session_state[self.opened] = False


def render_actions(
    thread: Thread, acts: tuple[RecommendationAct, ...], *, on_act: OnAct, today: date, fmt: Formatter, key: str
) -> None:
    """Draw the actions on one thread, folded, with the result of the last one."""
    fields, translate = _Fields(f"{key}_{thread.public_id}"), fmt.translate
    result = step_result(fields.result)
    if result is not None and not result.is_error:
        _render_success(result, thread.state, fields, translate=translate)
    if not acts:
        _render_refusal(result, fields, translate=translate)
        _render_unsaved(result, translate=translate)
        return
    # In another language the fold is another one for Streamlit, and what is folded away would be lost.
    language, was_open = st.session_state.get(fields.fold, (translate.language, False))
    if language != translate.language:
        st.session_state[fields.opened] = was_open
    opened = st.expander(translate("Act on it"), icon=":material/edit_note:", key=fields.opened, on_change="rerun")
    st.session_state[fields.fold] = (translate.language, opened.open)
    if not opened.open:
        return
    with opened:
        act = _pick_act(acts, fields, translate=translate)
        _render_fields(act, thread, fields, today=today, fmt=fmt)
        st.button(
            translate(act.label),
            type="primary",
            key=f"{fields.prefix}_{act}",
            on_click=_carry_out,
            args=(act, thread, fields, on_act),
        )
        _render_refusal(result, fields, translate=translate)


def _render_success(result: StepResult, state: RecommendationState, fields: _Fields, *, translate: Translator) -> None:
    """Draw that it is stored, what comes next in the state that it has now, and that it stays in its place."""
    told = [_NEXT[state], _STAYS] if state in _NEXT else [_STAYS]
    render_confirmation(
        translate.render(result.message),
        key=fields.result,
        details=[translate(text) for text in told],
        occasion=result.occasion,
    )


def _render_refusal(result: StepResult | None, fields: _Fields, *, translate: Translator) -> None:
    if result is not None and result.is_error:
        text = translate.render(result.message)
        render_confirmation(text, key=fields.result, kind="error", occasion=result.occasion)


def _render_unsaved(result: StepResult | None, *, translate: Translator) -> None:
    """Draw the text that was not stored, where no action is left and so no field that still has it."""
    if result is not None and result.unsaved_text:
        st.caption(translate("You wrote:"))
        st.text(result.unsaved_text)


def _pick_act(acts: tuple[RecommendationAct, ...], fields: _Fields, *, translate: Translator) -> RecommendationAct:
    if len(acts) == 1:
        return acts[0]
    # Somebody else may have changed what can be done since the choice was made.
    if st.session_state.get(fields.choice) not in acts:
        st.session_state[fields.choice] = acts[0]
    chosen = st.radio(
        translate("What do you want to do?"),
        acts,
        format_func=lambda act: translate(act.label),
        key=fields.choice,
    )
    return RecommendationAct(chosen)


def _render_fields(act: RecommendationAct, thread: Thread, fields: _Fields, *, today: date, fmt: Formatter) -> None:
    translate = fmt.translate
    if act in WORDS_LABELS:
        st.text_area(translate(WORDS_LABELS[act]), max_chars=LONGEST_TEXT, key=fields.text)
    if act in WITH_DEADLINE:
        st.session_state.setdefault(fields.owner, thread.owner)
        st.text_input(translate("Responsible person or office"), max_chars=LONGEST_OWNER, key=fields.owner)
        days = _deadlines(thread, today)
        st.session_state.setdefault(fields.deadline, days[USUAL_DEADLINE] if not thread.deadline else days[0])
        st.selectbox(
            translate("Deadline"), days, format_func=lambda day: _deadline_text(day, today, fmt), key=fields.deadline
        )
    if act is RecommendationAct.CONFIRM:
        st.caption(translate("Confirm only what was really done: it closes the recommendation for good."))


def _deadlines(thread: Thread, today: date) -> list[str]:
    """Return ISO dates to choose from; the present deadline first while it is not over."""
    usual = [(today + timedelta(days=days)).isoformat() for days in DEADLINE_DAYS]
    present = thread.deadline
    return [present, *(day for day in usual if day != present)] if present >= today.isoformat() else usual


def _deadline_text(day: str, today: date, fmt: Formatter) -> str:
    chosen = date.fromisoformat(day)
    when = fmt.deadline((chosen - today).days)
    return fmt.translate("{date} ({when})", date=fmt.date(chosen), when=when)


def _carry_out(act: RecommendationAct, thread: Thread, fields: _Fields, on_act: OnAct) -> None:
    try:
        on_act(_asked(act, thread, fields))
    except DomainError as error:
        text = str(st.session_state.get(fields.text, ""))
        note_result(fields.result, StepResult(error.message, is_error=True, unsaved_text=text))
        return
    fields.forget()
    note_result(fields.result, StepResult(Message(STORED[act])))


def _asked(act: RecommendationAct, thread: Thread, fields: _Fields) -> AskedAct:
    typed = st.session_state
    text = str(typed.get(fields.text, ""))
    if act not in WITH_DEADLINE:
        return AskedAct(act, thread.public_id, thread.state, text)
    deadline = date.fromisoformat(typed[fields.deadline])
    return AskedAct(act, thread.public_id, thread.state, text, owner=str(typed[fields.owner]), deadline_date=deadline)
