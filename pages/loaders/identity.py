"""Who is behind the browser, by its session cookie; asked at every run."""

from __future__ import annotations

import streamlit as st

from components.shell.request_context import RequestContext
from data.aggregates import data_version
from data.database.engine import get_engine, reading
from data.dates import clock
from data.language import Language, Translator
from data.policy import Actor, ForbiddenError
from data.settings import get_settings
from queries.accounts.sessions import LANGUAGE_COOKIE, SESSION_COOKIE, session_actor
from queries.directory.demo_flag import demo_date


def cookie(name: str) -> str | None:
    """A cookie of the request that opened the connection; those of later requests are not seen."""
    return st.context.cookies.get(name)


def find_actor() -> Actor | None:
    """Who asks, by what the account table says now; a visitor where the operator lets anyone look, else nobody."""
    actor = session_actor(get_engine(), cookie(SESSION_COOKIE), now=clock.now())
    if actor is None and get_settings().public_view:
        return Actor.visitor()
    return actor


def require_actor() -> Actor:
    """Who asks now, looked up anew for a write. Raises ForbiddenError where it is nobody."""
    actor = find_actor()
    if actor is None:
        raise ForbiddenError
    return actor


def find_context(translate: Translator) -> RequestContext | None:
    """One run by whoever is here, with the day and the version of the data now; None for nobody."""
    actor = find_actor()
    if actor is None:
        return None
    engine = get_engine()
    version = data_version(engine)
    with reading(engine) as connection:
        return RequestContext(actor, translate, clock.today(), version, demo_date(connection))


def preferred_language() -> Language:
    """The language chosen on the sign-in page; Uzbek Latin for anyone else."""
    return Language.parse(cookie(LANGUAGE_COOKIE))
