"""State of the open form in the session: values of its fields, what is stored, and errors.

An answer that could not be stored (the database was busy, the text had a phone number) stays in its field and differs
from the stored one, so it is tried again with the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, cast
from uuid import uuid4

import streamlit as st

from data.codes import DraftItem, EvaluationItem, Problem
from data.evaluations import ITEMS, PROBLEM_SEPARATOR, TEXT_LIMITS, Item
from data.language import N_, DomainError, Language, Message
from data.texts.search_keys import clean_text

SEND = "send"


class FormKey(StrEnum):
    """Keys of the form in the session state, beside its fields."""

    STORED = "evaluation_stored"
    ERRORS = "evaluation_errors"
    LAST_SAVED = "evaluation_last_saved"
    ATTEMPT = "evaluation_attempt"
    SENT = "evaluation_sent"


class SessionEndedError(DomainError):
    """Raised where the person's session ended while the form was open."""

    def __init__(self) -> None:
        super().__init__(N_("Your session has ended. The answers that you gave before are saved. Sign in to continue."))


@dataclass(frozen=True)
class OpenForm:
    """Open draft and the language of its buttons."""

    submission_id: str
    language: Language

    def key(self, item: Item) -> str:
        """Key of an item's field. A field with translated options has a key per language; text fields have one."""
        is_wordless = item in TEXT_LIMITS or item is DraftItem.PARTICIPANTS
        return f"{item}:{self.submission_id}" + ("" if is_wordless else f":{self.language}")


OnChange = Callable[[OpenForm], None]


@dataclass(frozen=True)
class Saved:
    """Item stored last in this session, and when."""

    item: Item
    at: datetime


def as_answer(item: Item, value: Any) -> str:  # noqa: ANN401 - what a field holds
    """Return the value of a field as the draft stores it."""
    if value is None or value == []:
        return ""
    if item is DraftItem.PROBLEMS:
        return PROBLEM_SEPARATOR.join(problem.value for problem in Problem if problem.value in value)
    return clean_text(str(value))


def as_value(item: Item, answer: str) -> Any:  # noqa: ANN401 - what a field holds
    """Return the value of a field for a stored answer."""
    if item is DraftItem.PROBLEMS:
        return [code for code in answer.split(PROBLEM_SEPARATOR) if code]
    if item is DraftItem.PARTICIPANTS:
        return int(answer) if answer else None
    return answer if item in TEXT_LIMITS else answer or None


def _stored(form: OpenForm) -> dict[str, str]:
    """Return the answers of this draft when it was last read."""
    return _last_looked_at()[1] if _last_looked_at()[0] == form.submission_id else {}


def _last_looked_at() -> tuple[str, dict[str, str]]:
    return cast("tuple[str, dict[str, str]]", st.session_state.get(FormKey.STORED, ("", {})))


def _note_stored(form: OpenForm, answers: Mapping[str, str]) -> None:
    st.session_state[FormKey.STORED] = (form.submission_id, dict(answers))


def take_stored(form: OpenForm, answers: Mapping[str, str]) -> None:
    """Fill the fields with the stored answers, also from another tab; typed text that is not stored yet stays."""
    known = _stored(form)
    if _last_looked_at()[0] != form.submission_id:
        forget_errors()
    for item in ITEMS:
        key, answer = form.key(item), answers.get(item.value, "")
        is_changed = answer != known.get(item.value, "") and as_answer(item, st.session_state.get(key)) != answer
        if key not in st.session_state or is_changed:
            st.session_state[key] = as_value(item, answer)
    _note_stored(form, answers)


def unsaved(form: OpenForm) -> dict[Item, str]:
    """Return answers in the fields that differ from the stored ones."""
    known = _stored(form)
    shown = [item for item in ITEMS if form.key(item) in st.session_state]
    answers = {item: as_answer(item, st.session_state[form.key(item)]) for item in shown}
    return {item: answer for item, answer in answers.items() if answer != known.get(item.value, "")}


def typed_fields(form: OpenForm) -> dict[Item, tuple[str, bool]]:
    """Return of each field for text on the screen the text that the server knows, and whether it is stored."""
    waiting = unsaved(form)
    shown = [item for item in TEXT_LIMITS if form.key(item) in st.session_state]
    return {item: (str(st.session_state[form.key(item)] or ""), item not in waiting) for item in shown}


def note_saved(form: OpenForm, item: Item, answer: str, at: datetime) -> None:
    """Record that an answer was stored."""
    _note_stored(form, {**_stored(form), item.value: answer})
    st.session_state[FormKey.LAST_SAVED] = Saved(item, at)


def reset_choice(form: OpenForm, item: Item) -> None:
    """Show the stored choice again where another could not be stored; typed text stays."""
    if item in tuple(EvaluationItem) or item in {DraftItem.WOULD_REPEAT, DraftItem.VISIBILITY}:
        st.session_state[form.key(item)] = as_value(item, _stored(form).get(item.value, ""))


def errors() -> Mapping[str, Message]:
    """Return errors of storing or sending, by item code or :data:`SEND`."""
    return cast("Mapping[str, Message]", st.session_state.get(FormKey.ERRORS, {}))


def note_errors(failed: Mapping[str, Message]) -> None:
    """Replace the recorded errors of storing or sending."""
    st.session_state[FormKey.ERRORS] = failed
    st.session_state.pop(FormKey.ATTEMPT, None)


def note_attempt() -> None:
    """Record that the button was pressed in vain: why is said beside it, until an answer is changed."""
    st.session_state[FormKey.ATTEMPT] = uuid4().hex


def last_attempt() -> str | None:
    """Return what tells the last press of the button in vain from others, None where an answer was changed since."""
    return cast("str | None", st.session_state.get(FormKey.ATTEMPT))


def note_sent(form: OpenForm) -> None:
    """Record that a draft was sent: it is confirmed above its receipt until another form or list is opened."""
    st.session_state[FormKey.SENT] = form.submission_id


def is_just_sent(submission_id: str) -> bool:
    """Return whether an evaluation is the one that was just sent here."""
    return st.session_state.get(FormKey.SENT) == submission_id


def last_saved() -> Saved | None:
    """Return the item stored last, None for none."""
    return cast("Saved | None", st.session_state.get(FormKey.LAST_SAVED))


def forget_errors() -> None:
    """Delete the recorded errors and what was recorded of the last form."""
    for key in (FormKey.ERRORS, FormKey.LAST_SAVED, FormKey.ATTEMPT, FormKey.SENT):
        st.session_state.pop(key, None)
