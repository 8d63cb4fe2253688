"""Identity of the person behind the browser, by the session cookie; looked up at every run."""

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
    """Return a cookie of the request that opened the connection; those of later requests are not seen."""
    return st.context.cookies.get(name)


def current_session_id() -> str:
    """Return the id of the browser's session, "" for none."""
    return cookie(SESSION_COOKIE) or ""


def find_actor() -> Actor | None:
    """Actor of the session by the current account table; a visitor where the operator lets anyone look, else None."""
    actor = session_actor(get_engine(), current_session_id(), now=clock.now())
    if actor is None and get_settings().public_view:
        return Actor.visitor()
    return actor


def require_actor() -> Actor:
    """Return the current actor, looked up anew for a write. Raises ForbiddenError where there is none."""
    actor = find_actor()
    if actor is None:
        raise ForbiddenError
    return actor


def find_context(translate: Translator) -> RequestContext | None:
    """Return the request context with the actor, the day and the version of the data; None without an actor."""
    actor = find_actor()
    if actor is None:
        return None
    engine = get_engine()
    version = data_version(engine)
    with reading(engine) as connection:
        return RequestContext(actor, translate, clock.today(), version, demo_date(connection))


def preferred_language() -> Language:
    """Return the language chosen on the sign-in page, else Uzbek Latin."""
    return Language.parse(cookie(LANGUAGE_COOKIE))
