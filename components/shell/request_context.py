"""Who is here, in which language and on which data: asked anew on every run of the app."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import cast

import streamlit as st

from data.language import Language, Translator
from data.policy import Actor


class Key(StrEnum):
    """Keys of the session state that are not widgets."""

    VISIT = "visit"
    IS_WHOLE_RUN = "is_whole_run"
    VIEW = "view"
    CHOICES = "choices"
    ADDRESS = "address"


@dataclass(frozen=True)
class RequestContext:
    """One run of the app by someone: what all pages need to know.

    ``data_version`` keys the caches; ``demo_date`` is the ISO date on which demo data were loaded, empty without them.
    """

    actor: Actor
    translate: Translator
    today: date
    data_version: int
    demo_date: str = ""

    @property
    def language(self) -> Language:
        """The language of this run."""
        return self.translate.language


def open_context(context: RequestContext) -> None:
    """Keep the visit for the rest of this run of the whole app."""
    st.session_state[Key.VISIT] = context
    st.session_state[Key.IS_WHOLE_RUN] = True


def current_context() -> RequestContext:
    """The context that :func:`open_context` kept for this run."""
    return cast("RequestContext", st.session_state[Key.VISIT])
