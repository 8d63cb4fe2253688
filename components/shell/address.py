"""Filters and the URL: the only module that reads or writes query parameters.

Streamlit can bind a widget to the URL itself, but writes the translated label there. Here the URL has codes, so a link
means the same in each language; see ``docs/decisions/0004-choices-in-the-address.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import cast
from urllib.parse import urlencode

import streamlit as st

from components.shell.request_context import SessionKey


class Param(StrEnum):
    """Query parameters; ``AREA`` is always in the URL, the others unless they have their default value."""

    AREA = "area"
    PERIOD = "period"
    DIRECTION = "direction"
    INDICATOR = "indicator"
    FORM = "form"
    PART = "part"
    EVENT = "event"
    PACK = "pack"
    WEIGHTS = "weights"
    LANGUAGE = "lang"
    RECORD = "record"
    DO = "do"
    VIEW = "view"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    ROWS = "rows"
    MAHALLA = "mahalla"
    STATE = "state"
    SEARCH = "find"
    SORT = "sort"
    PAGE = "page"


RECORD_PARAMS = frozenset({Param.RECORD, Param.DO})
LIST_PARAMS = frozenset(
    {
        *(Param.VIEW, Param.YEAR, Param.MONTH, Param.DAY, Param.ROWS),
        *(Param.MAHALLA, Param.STATE, Param.SEARCH, Param.SORT, Param.PAGE),
    }
)
OF_ONE_PAGE = RECORD_PARAMS | LIST_PARAMS
"""Parameters of one page: another one that is opened from the menu begins without them."""


Choices = Mapping[Param, str]


def choices() -> Choices:
    """Return the current choices as codes; empty text is the default."""
    return cast("Choices", st.session_state.get(SessionKey.CHOICES, {}))


def choose(param: Param, code: str) -> None:
    """Change one choice; the URL follows at the start of the next run."""
    st.session_state[SessionKey.CHOICES] = {**choices(), param: code}


def read_address() -> None:
    """Take the choices from the URL where it was opened or reached by the browser's history; keep them on a menu click.

    The app always writes the area. So a URL without it is either the first one of a session or that of a menu link,
    which drops the parameters; with it, and other than the one last written, it is a link or a step in history.
    """
    found = {param: st.query_params.get(param, "") for param in Param}
    is_first = SessionKey.CHOICES not in st.session_state
    if is_first or (found[Param.AREA] and found != st.session_state.get(SessionKey.ADDRESS)):
        st.session_state[SessionKey.CHOICES] = found
    elif not any(found.values()):
        for param in OF_ONE_PAGE:
            choose(param, "")


def valid_choice(param: Param, is_valid: Callable[[str], bool], *, default: str) -> str:
    """Return the chosen code, or ``default`` where none or an invalid one was chosen."""
    code = choices().get(param, "")
    settled = code if code and is_valid(code) else default
    choose(param, "" if settled == default and param is not Param.AREA else settled)
    return settled


def query_params() -> dict[str, str]:
    """Return the query parameters of the current choices."""
    return {param.value: code for param, code in choices().items() if code}


def link_to(path: str, **page_params: object) -> str:
    """Return the address of a page with the reader's area, period and language, and parameters of that page."""
    kept = {
        name: code
        for name, code in query_params().items()
        if Param(name) not in OF_ONE_PAGE | {Param.PACK, Param.EVENT}
    }
    given = {name: str(value) for name, value in page_params.items() if value not in {"", None}}
    return f"{path}?{urlencode({**kept, **given})}"


def write_address() -> None:
    """Write the current choices to the URL; sends a message to the browser only where it differs."""
    wanted = query_params()
    if {param.value: st.query_params[param] for param in Param if param in st.query_params} != wanted:
        st.query_params.from_dict(wanted)
    st.session_state[SessionKey.ADDRESS] = {param: wanted.get(param.value, "") for param in Param}
