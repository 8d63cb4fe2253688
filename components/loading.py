"""Loading of figures for the pages: one cache, and one place where errors become words."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Concatenate, ParamSpec, TypeVar, cast

import streamlit as st
from sqlalchemy import Connection

from components.session import current_visit
from data.engine import get_engine, reading
from data.language import DomainError, Translator
from data.rights import Actor

P = ParamSpec("P")
T = TypeVar("T")

CACHED_ANSWERS = 1024
_log = logging.getLogger(__name__)


@st.cache_data(show_spinner=False, max_entries=CACHED_ANSWERS)
def _answer(_ask: Callable[[Connection], object], key: str) -> object:  # noqa: ARG001 - the key is what is cached by
    with reading() as connection:
        return _ask(connection)


def load(query: Callable[Concatenate[Connection, Actor, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The answer of a query for the person who is here, from the cache where the data have not changed since.

    The cache is keyed by database, version of the data, query, the rights of the person and all arguments, so another
    writer's change is seen at the next run. The account itself is left out: people with equal rights share answers.
    Raises what the query raises.
    """
    visit = current_visit()
    actor = replace(visit.actor, account_id=None, login="")
    database = str(get_engine().url)
    name = f"{query.__module__}.{query.__qualname__}"
    key = repr((database, visit.data_version, name, actor, args, sorted(kwargs.items())))
    return cast("T", _answer(lambda connection: query(connection, actor, *args, **kwargs), key))


@contextmanager
def errors_in_words(translate: Translator) -> Iterator[None]:
    """Show what the person can understand and mend in the reader's language; anything else goes on to the server."""
    try:
        yield
    except DomainError as error:
        _log.info("refused: %s", error)
        st.error(translate.render(error.message), icon=":material/block:")
