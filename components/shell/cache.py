"""Loading of figures for the pages: one cache, and one place where errors become words."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Concatenate, ParamSpec, TypeVar, cast

import streamlit as st
from sqlalchemy import Connection

from components.shell.request_context import current_context
from data.database.engine import get_engine, reading
from data.language import DomainError, Translator
from data.policy import Actor

P = ParamSpec("P")
T = TypeVar("T")

CACHED_ANSWERS = 1024
# Megabytes each, so few are kept, and shared instead of copied.
HELD_ARRAYS = 12
_log = logging.getLogger(__name__)


@st.cache_data(show_spinner=False, max_entries=CACHED_ANSWERS)
def _answer(_ask: Callable[[Connection], object], key: str) -> object:  # noqa: ARG001 - the key is what is cached by
    with reading() as connection:
        return _ask(connection)


@st.cache_data(show_spinner=False, max_entries=CACHED_ANSWERS)
def _kept(_make: Callable[[], object], key: str) -> object:  # noqa: ARG001 - the key is what is cached by
    return _make()


@st.cache_resource(show_spinner=False, max_entries=HELD_ARRAYS)
def _held(_make: Callable[[], object], key: str) -> object:  # noqa: ARG001 - the key is what is cached by
    return _make()


def full_cache_key(name: str, cache_key: object) -> str:
    """What an answer depends on: database, version of the data, language, rights of the person, and ``cache_key``.

    The account itself is left out: people with equal rights share answers.
    """
    context = current_context()
    return repr(
        (
            str(get_engine().url),
            context.data_version,
            context.language.value,
            _anyone_like(context.actor),
            name,
            cache_key,
        )
    )


def _anyone_like(actor: Actor) -> Actor:
    return replace(actor, account_id=None, login="")


def asked(query: Callable[Concatenate[Connection, Actor, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The answer of a query for the person who is here, asked now. Raises what the query raises."""
    with reading() as connection:
        return query(connection, _anyone_like(current_context().actor), *args, **kwargs)


def cached_query(query: Callable[Concatenate[Connection, Actor, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The answer of a query for the person who is here, from the cache where the data have not changed since.

    The version of the data is part of the key, so another writer's change is seen at the next run. Raises what the
    query raises.
    """
    actor = _anyone_like(current_context().actor)
    key = full_cache_key(f"{query.__module__}.{query.__qualname__}", (args, sorted(kwargs.items())))
    return cast("T", _answer(lambda connection: query(connection, actor, *args, **kwargs), key))


def cached_value(make: Callable[[], T], *, name: str, cache_key: object) -> T:
    """What ``make`` makes of answers, from the cache where it was made before.

    ``cache_key`` is all that it depends on beside the data, the rights and the language; ``make`` may load.
    """
    return cast("T", _kept(make, full_cache_key(name, cache_key)))


def cached_resource(make: Callable[[], T], *, name: str, cache_key: object) -> T:
    """As :func:`cached_value`, for large arrays: all sessions share the one that was made, so nobody may change it."""
    return cast("T", _held(make, full_cache_key(name, cache_key)))


@contextmanager
def errors_in_words(translate: Translator) -> Iterator[None]:
    """Show what the person can understand and mend in the reader's language; anything else goes on to the server."""
    try:
        yield
    except DomainError as error:
        _log.info("refused: %s", error)
        st.error(translate.render(error.message), icon=":material/block:")
