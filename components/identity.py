"""Who is behind the browser, by its session cookie; asked at every run."""

from __future__ import annotations

import streamlit as st

from components.session import Visit
from data import clock
from data.aggregates import data_version
from data.engine import get_engine, reading
from data.language import Language, Translator
from data.rights import Actor, Role
from data.settings import get_settings
from queries.facts import demo_date
from queries.sessions import LANGUAGE_COOKIE, SESSION_COOKIE, session_actor


def cookie(name: str) -> str | None:
    """A cookie of the request that opened the connection; those of later requests are not seen."""
    return st.context.cookies.get(name)


def find_actor() -> Actor | None:
    """Who asks, by what the account table says now; a visitor where the operator lets anyone look, else nobody."""
    actor = session_actor(get_engine(), cookie(SESSION_COOKIE), now=clock.now())
    if actor is None and get_settings().public_view:
        return Actor(Role.PUBLIC)
    return actor


def find_visit(translate: Translator) -> Visit | None:
    """One run by whoever is here, with the day and the version of the data now; None for nobody."""
    actor = find_actor()
    if actor is None:
        return None
    engine = get_engine()
    version = data_version(engine)
    with reading(engine) as connection:
        return Visit(actor, translate, clock.today(), version, demo_date(connection))


def preferred_language() -> Language:
    """The language chosen on the sign-in page; Uzbek Latin for anyone else."""
    return Language.parse(cookie(LANGUAGE_COOKIE))
