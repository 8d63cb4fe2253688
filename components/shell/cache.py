"""Cache of the pages' queries, and the one place where domain errors become messages."""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Concatenate, ParamSpec, TypeVar, cast

import pandas as pd
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


@st.cache_resource(show_spinner=False, max_entries=CACHED_ANSWERS)
def _answer(_ask: Callable[[Connection], object], key: str) -> object:  # noqa: ARG001 - the key is what is cached by
    with reading() as connection:
        return _ask(connection)


@st.cache_resource(show_spinner=False, max_entries=CACHED_ANSWERS)
def _kept(_make: Callable[[], object], key: str) -> object:  # noqa: ARG001 - the key is what is cached by
    return _make()


@st.cache_resource(show_spinner=False, max_entries=HELD_ARRAYS)
def _held(_make: Callable[[], object], key: str) -> object:  # noqa: ARG001 - the key is what is cached by
    return _make()


def _of_ones_own(kept: T) -> T:
    """Return what was kept so that rows, columns or entries that a reader adds or changes stay with the reader.

    Pickling a frame for each reader, as ``st.cache_data`` does, takes longer than most that is done with it.
    """
    # The shallow copy of a frame is pandas' own, which copies a column once it is written to.
    return copy.copy(kept) if isinstance(kept, pd.DataFrame | pd.Series | list | dict | set) else kept


def full_cache_key(name: str, cache_key: object, *, is_reference: bool = False) -> str:
    """Return everything that a result depends on: database, data version, language, rights, and ``cache_key``.

    The account itself is left out: people with equal rights share results. Reference data have no version: nothing
    that people write changes them.
    """
    context = current_context()
    return repr(
        (
            str(get_engine().url),
            None if is_reference else context.data_version,
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
    """Return the result of a query for the current actor, from the cache where the data have not changed.

    The version of the data is part of the key, so another writer's change is seen at the next run. Raises what the
    query raises.
    """
    return _cached(query, args, kwargs, is_reference=False)


def cached_reference(query: Callable[Concatenate[Connection, Actor, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return the result of a query of reference data alone, such as the names of areas, as :func:`cached_query` does.

    It stays when people write: what only an upgrade changes is not read again after each change of a record.
    """
    return _cached(query, args, kwargs, is_reference=True)


def _cached(
    query: Callable[..., T], args: tuple[object, ...], kwargs: Mapping[str, object], *, is_reference: bool
) -> T:
    actor = _anyone_like(current_context().actor)
    name, asked_for = f"{query.__module__}.{query.__qualname__}", (args, sorted(kwargs.items()))
    key = full_cache_key(name, asked_for, is_reference=is_reference)
    return _of_ones_own(cast("T", _answer(lambda connection: query(connection, actor, *args, **kwargs), key)))


def cached_value(make: Callable[[], T], *, name: str, cache_key: object) -> T:
    """Return the result of ``make``, from the cache where possible.

    ``cache_key`` is everything that it depends on beside the data, the rights and the language; ``make`` may run
    queries.
    """
    return _of_ones_own(cast("T", _kept(make, full_cache_key(name, cache_key))))


def cached_resource(make: Callable[[], T], *, name: str, cache_key: object) -> T:
    """Return as :func:`cached_value`, for large arrays: all sessions share one object, so nobody may change it."""
    return cast("T", _held(make, full_cache_key(name, cache_key)))


@contextmanager
def show_domain_errors(translate: Translator) -> Iterator[None]:
    """Show domain errors as messages in the reader's language; anything else is raised to the server."""
    try:
        yield
    except DomainError as error:
        _log.info("refused: %s", error)
        st.error(translate.render(error.message), icon=":material/block:")
