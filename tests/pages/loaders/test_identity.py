"""Identity behind the browser: a session, a visitor where allowed, else nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import streamlit as st
from sqlalchemy import Engine

from data.accounts.accounts import NewAccount, add_account
from data.database.engine import writing
from data.dates import clock
from data.language import Language
from data.policy import Actor, Role
from data.settings import Settings
from pages.loaders import identity
from queries.accounts.sessions import LANGUAGE_COOKIE, SESSION_COOKIE, sign_out, start_session

Browser = Callable[..., None]


@pytest.fixture
def browser(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Setter of what the browser sends: cookies, and claims that Streamlit took from a cookie of its own."""

    def bring(*, cookies: dict[str, str] | None = None, claims: dict[str, object] | None = None) -> None:
        monkeypatch.setattr(identity, "cookie", (cookies or {}).get)
        monkeypatch.setattr(st, "user", claims or {})

    monkeypatch.setattr(identity, "get_engine", lambda: engine)
    monkeypatch.setattr(identity, "get_settings", Settings)
    bring()
    return bring


@pytest.fixture
def session(engine: Engine) -> str:
    """Session of an administrator with an address."""
    with writing(engine) as connection:
        account = NewAccount(login="admin", role=Role.ADMIN, email="admin@example.org")
        account_id = add_account(connection, account, password=None, actor="test")
        return start_session(connection, account_id=account_id, address="", now=clock.now())


def test_a_session_says_who_it_is(browser: Browser, session: str) -> None:
    browser(cookies={SESSION_COOKIE: session})
    actor = identity.find_actor()
    assert actor is not None
    assert (actor.role, actor.login) == (Role.ADMIN, "admin")


@pytest.mark.parametrize("forged", ["", "x", "x" * 5000, "' OR 1=1", "\x00"])
@pytest.mark.usefixtures("session")
def test_a_forged_cookie_is_nobody(browser: Browser, forged: str) -> None:
    browser(cookies={SESSION_COOKIE: forged})
    assert identity.find_actor() is None


def test_an_ended_session_is_nobody(browser: Browser, session: str, engine: Engine) -> None:
    browser(cookies={SESSION_COOKIE: session})
    sign_out(engine, session, now=clock.now())
    assert identity.find_actor() is None


def test_a_session_ends_without_use(browser: Browser, session: str, monkeypatch: pytest.MonkeyPatch) -> None:
    browser(cookies={SESSION_COOKIE: session})
    later = clock.now() + timedelta(hours=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert identity.find_actor() is None


@pytest.mark.usefixtures("session")
def test_an_identity_that_lives_for_30_days_opens_nothing_without_a_session(browser: Browser) -> None:
    browser(claims={"is_logged_in": True, "email": "admin@example.org"})
    assert identity.find_actor() is None


def test_anyone_is_a_visitor_only_where_the_operator_lets_them(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser()
    assert identity.find_actor() is None
    monkeypatch.setenv("PUBLIC_VIEW", "true")
    assert identity.find_actor() == Actor(Role.PUBLIC)


def test_the_language_of_the_sign_in_page_is_kept(browser: Browser) -> None:
    assert identity.preferred_language() is Language.UZ_LATN
    browser(cookies={LANGUAGE_COOKIE: "ru"})
    assert identity.preferred_language() is Language.RU
    browser(cookies={LANGUAGE_COOKIE: "<script>"})
    assert identity.preferred_language() is Language.UZ_LATN
