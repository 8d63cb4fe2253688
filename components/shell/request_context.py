"""Context of a run: actor, language and data version, looked up on every run of the app."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import cast

import streamlit as st

from data.language import Language, Translator
from data.policy import Actor


class SessionKey(StrEnum):
    """Session-state keys that belong to no widget."""

    VISIT = "visit"
    IS_WHOLE_RUN = "is_whole_run"
    VIEW = "view"
    CHOICES = "choices"
    ADDRESS = "address"
    SCREEN = "screen"
    SCREEN_STATE = "screen_state"


@dataclass(frozen=True)
class RequestContext:
    """Context of one run of the app by an actor.

    ``data_version`` is part of cache keys; ``demo_date`` is the ISO date on which demo data were loaded, else empty.
    """

    actor: Actor
    translate: Translator
    today: date
    data_version: int
    demo_date: str = ""

    @property
    def language(self) -> Language:
        """Language of this run."""
        return self.translate.language


def open_context(context: RequestContext) -> None:
    """Store the context for the rest of this run of the whole app."""
    st.session_state[SessionKey.VISIT] = context
    st.session_state[SessionKey.IS_WHOLE_RUN] = True


def open_screen(*place: str) -> None:
    """Forget the state of the last screen where this run shows another one; ``place`` tells screens apart."""
    if st.session_state.get(SessionKey.SCREEN) != place:
        st.session_state[SessionKey.SCREEN] = place
        st.session_state.pop(SessionKey.SCREEN_STATE, None)


def current_page() -> str:
    """Return the path of the page of this run, without a slash; "" for the first one."""
    place = cast("tuple[str, ...]", st.session_state.get(SessionKey.SCREEN, ("",)))
    return place[0]


def screen_state() -> dict[str, object]:
    """Return what is to be kept until the reader opens another screen, to be read and changed: results, an order."""
    return cast("dict[str, object]", st.session_state.setdefault(SessionKey.SCREEN_STATE, {}))


def current_context() -> RequestContext:
    """Return the context that :func:`open_context` stored for this run."""
    return cast("RequestContext", st.session_state[SessionKey.VISIT])
