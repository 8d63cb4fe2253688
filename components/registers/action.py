"""Action at hand on the page of a record: what is being done to which part, and the confirmation beside it.

The action lives in the address (``do`` and ``part``), so a link from the attention list begins it and a reload keeps
it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal
from uuid import uuid4

import streamlit as st

from components.shell.address import Param, choices, choose, part_id, record_id
from components.shell.confirmation import render_confirmation
from data.language import Message, Translator

FULFIL, EXTEND = "fulfil", "extend"
"""Codes of actions that other pages link to."""
_DONE = "record_done"


@dataclass(frozen=True)
class Done:
    """Something that was done to a record, or refused, and the place on its page where that is said."""

    record: int
    place: str
    text: Message
    details: tuple[Message, ...] = ()
    is_refused: bool = False
    occasion: str = field(default_factory=lambda: uuid4().hex)


def action_at_hand() -> tuple[str, int]:
    """Return the code of the action and the id of the part, "" and 0 where nothing is being done."""
    return choices().get(Param.DO, ""), part_id()


def begin_action(do: str, part: int = 0) -> None:
    """Begin an action; a callback of buttons."""
    choose(Param.DO, do)
    choose(Param.PART, str(part) if part else "")
    st.session_state.pop(_DONE, None)


def end_action(done: Done | None = None) -> None:
    """End the action at hand, and say what was done until another one begins."""
    begin_action("")
    if done is not None:
        st.session_state[_DONE] = done


def fail_action(done: Done) -> None:
    """Say that something was refused; the action stays at hand."""
    st.session_state[_DONE] = replace(done, is_refused=True)


def render_done(place: str, translate: Translator) -> None:
    """Draw what was done last, if this is its place; the focus goes there once."""
    done = st.session_state.get(_DONE)
    if not isinstance(done, Done) or done.record != record_id() or done.place != place:
        return
    details = [translate.render(message) for message in done.details]
    kind: Literal["success", "error"] = "error" if done.is_refused else "success"
    text, key = translate.render(done.text), f"done-{place}"
    render_confirmation(text, key=key, kind=kind, details=details, occasion=done.occasion)
