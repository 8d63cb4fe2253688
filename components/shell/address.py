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
    REGISTER = "register"
    RECORD = "record"
    DO = "do"
    ATTENTION = "attention"
    PACK = "pack"
    WEIGHTS = "weights"
    LANGUAGE = "lang"
    VIEW = "view"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    ROWS = "rows"
    MAHALLA = "mahalla"
    NGO = "ngo"
    PARTNER = "partner"
    ONLY = "only"
    STATE = "state"
    SEARCH = "find"
    SORT = "sort"
    PAGE = "page"
    COUNTED = "counted"
    MONTHS = "months"
    COMPARED_WITH = "compared"
    ROLE = "role"
    ACTOR = "who"
    KIND = "kind"
    ACTION = "action"
    SINCE = "since"
    UNTIL = "until"


Choices = Mapping[Param, str]
# What is about one record: no other page takes it over.
OF_ONE_RECORD = (Param.RECORD, Param.DO)
# What is about a list, such as that of plan and events: the page of a record keeps it for the way back.
OF_ONE_LIST = (
    *(Param.VIEW, Param.YEAR, Param.MONTH, Param.DAY, Param.ROWS),
    *(Param.MAHALLA, Param.NGO, Param.PARTNER, Param.ONLY, Param.STATE, Param.SEARCH, Param.SORT, Param.PAGE),
    *(Param.COUNTED, Param.MONTHS),
    *(Param.ROLE, Param.ACTOR, Param.KIND, Param.ACTION, Param.SINCE, Param.UNTIL),
)
LARGEST_ID = 2**31 - 1

# What another screen is for the reader, beside another page.
SCREEN_PARAMS = (Param.PART, Param.EVENT, Param.RECORD)


def choices() -> Choices:
    """Return the current choices as codes; empty text is the default."""
    return cast("Choices", st.session_state.get(SessionKey.CHOICES, {}))


def choose(param: Param, code: str) -> None:
    """Change one choice; the URL follows at the start of the next run."""
    st.session_state[SessionKey.CHOICES] = {**choices(), param: code}


def read_address() -> None:
    """Take the choices from the URL where it was opened or reached by the browser's history; keep them on a menu click.

    The app always writes the area. So a URL without it is either the first one of a session or that of a menu link,
    which drops the parameters, and leads away from the record that was open; with it, and other than the one last
    written, it is a link or a step in history.
    """
    found = {param: st.query_params.get(param, "") for param in Param}
    is_first = SessionKey.CHOICES not in st.session_state
    if is_first or (found[Param.AREA] and found != st.session_state.get(SessionKey.ADDRESS)):
        st.session_state[SessionKey.CHOICES] = found
    elif not any(found.values()):
        for param in (*OF_ONE_RECORD, *OF_ONE_LIST):
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


def write_address() -> None:
    """Write the current choices to the URL; sends a message to the browser only where it differs."""
    wanted = query_params()
    if {param.value: st.query_params[param] for param in Param if param in st.query_params} != wanted:
        st.query_params.from_dict(wanted)
    st.session_state[SessionKey.ADDRESS] = {param: wanted.get(param.value, "") for param in Param}


def record_id() -> int:
    """Return the id of the record that the URL names, 0 where it names none."""
    return chosen_id(Param.RECORD)


def part_id() -> int:
    """Return the id of the part of a record that the URL names, such as an obligation; 0 where it names none."""
    return chosen_id(Param.PART)


def is_id(code: str) -> bool:
    """Return whether a code of the URL is the id of a record."""
    return code.isascii() and code.isdigit() and 0 < int(code) <= LARGEST_ID


def chosen_id(param: Param) -> int:
    """Return the id that a parameter of the URL has, 0 where it has none."""
    code = choices().get(param, "")
    return int(code) if is_id(code) else 0


def list_params() -> dict[str, str]:
    """Return the query parameters of a page that is about no single record; the other choices are kept.

    A pack or an event that is open is not: it would stand in front of what the link is about.
    """
    left = {Param.PACK, Param.EVENT, Param.PART, Param.ATTENTION, *OF_ONE_RECORD}
    return {name: code for name, code in query_params().items() if name not in left}


def list_address(path: str) -> str:
    """Return the address of a page that is about no single record."""
    return f"{path}?{urlencode(list_params())}"


def record_address(path: str, record: int, *, do: str = "", part: int = 0) -> str:
    """Return the address of a record's page, with the action to begin there; the choices of lists are kept."""
    named = {Param.RECORD: str(record), Param.DO: do, Param.PART: str(part) if part else ""}
    chosen = urlencode({param.value: code for param, code in named.items() if code})
    return f"{list_address(path)}&{chosen}"


def link_to(path: str, **params: object) -> str:
    """Return the address of a list with these parameters of its own; of the other choices those of no list are kept."""
    kept = {name: code for name, code in list_params().items() if name not in OF_ONE_LIST}
    given = {name: str(value) for name, value in params.items() if value not in {"", None}}
    return f"{path}?{urlencode({**kept, **given})}"
