"""Attacks on the sign-in through a provider."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import Engine, func, select
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from data.database.engine import reading
from data.schema import AccountSession
from queries.accounts.sessions import SESSION_COOKIE
from tests.openid_provider import COOKIE_SECRET, OpenIdProvider
from tests.people import add_person
from tests.web.auth.oidc.arriving import (
    EMAIL,
    IDENTITY_COOKIE,
    actor_of,
    asked_of_provider,
    brought_back,
    refusal_of,
    set_cookies,
    sign_in,
)
from tests.web.auth.oidc.conftest import NewBrowser
from tests.web.conftest import ADDRESS
from web.auth.oidc import NEXT_COOKIE, START_PATH, SignInRefusal


@pytest.mark.parametrize(
    "claims",
    [
        {"email": EMAIL, "email_verified": False},
        {"email_verified": True},
        {"email": [EMAIL]},
        {"preferred_username": "nodira", "name": "Nodira", "sub": EMAIL},
        {"email": "nodira@example.uz\x00"},
    ],
)
def test_only_a_verified_address_stands_for_an_account(
    engine: Engine, browser: TestClient, provider: OpenIdProvider, claims: dict[str, object]
) -> None:
    add_person(engine, email=EMAIL)
    provider.person = claims
    assert refusal_of(sign_in(browser)) == "unknown"


def test_letters_that_only_fold_into_an_address_are_not_it(
    engine: Engine, browser: TestClient, provider: OpenIdProvider
) -> None:
    add_person(engine, email="karim.sodiq@example.uz")
    for lookalike in ("\u212aarim.sodiq@example.uz", "karim.\u017fodiq@example.uz"):
        assert lookalike.casefold() == "karim.sodiq@example.uz"
        provider.person = {"email": lookalike, "email_verified": True}
        assert refusal_of(sign_in(browser)) == "unknown"


@pytest.mark.parametrize(
    "forged",
    [
        {"nonce": "of another"},
        {"aud": "another client"},
        {"iss": "http://localhost:1"},
        {"exp": 1_000_000_000},
        {"key_name": "not published"},
        {"is_refusing": True},
    ],
    ids=lambda forged: next(iter(forged)),
)
def test_a_token_that_is_not_for_us_now_signs_nobody_in(
    engine: Engine, browser: TestClient, provider: OpenIdProvider, forged: dict[str, object]
) -> None:
    add_person(engine, email=EMAIL)
    for name, value in forged.items():
        if hasattr(provider, name):
            setattr(provider, name, value)
        else:
            provider.forged[name] = value
    response = sign_in(browser, "/method")
    assert refusal_of(response) == "failed"
    assert (
        SignInRefusal.FAILED.label.replace("'", "&#39;") in browser.get(f"{response.headers['location']}&lang=en").text
    )
    assert SESSION_COOKIE not in browser.cookies


def test_anothers_way_back_signs_nobody_in(engine: Engine, browser: TestClient, new_browser: NewBrowser) -> None:
    """Login fixation: an attacker sends the victim the address that the provider sent the attacker back to."""
    add_person(engine, email=EMAIL)
    attacker = new_browser()
    stolen = brought_back(attacker)
    assert refusal_of(browser.get(stolen)) == "failed"
    asked_of_provider(browser)
    assert refusal_of(browser.get(stolen)) == "failed"
    assert SESSION_COOKIE not in browser.cookies
    with reading(engine) as connection:
        assert connection.execute(select(func.count()).select_from(AccountSession)).scalar_one() == 0


def test_a_way_back_works_once_and_a_stale_one_leaves_the_session_alone(engine: Engine, browser: TestClient) -> None:
    add_person(engine, email=EMAIL)
    back = brought_back(browser)
    browser.get(back)
    session_id = browser.cookies[SESSION_COOKIE]
    for path in (back, "/oauth2callback", "/oauth2callback?code=x&state=y", "/oauth2callback?error=x&state=y"):
        response = browser.get(path)
        assert refusal_of(response) == "failed"
        assert browser.get(response.headers["location"]).headers["location"] == "/"
    assert browser.cookies[SESSION_COOKIE] == session_id
    assert actor_of(engine, browser) is not None


def test_an_identity_cookie_brought_along_opens_nothing(engine: Engine, browser: TestClient) -> None:
    """Even one with a true signature: only the provider's own way back counts, and it counts once."""
    add_person(engine, email=EMAIL)
    identity = f'{{"email": "{EMAIL}", "is_logged_in": true, "origin": "{ADDRESS}", "provider": "default"}}'
    browser.cookies.set(IDENTITY_COOKIE, create_signed_value(COOKIE_SECRET, IDENTITY_COOKIE, identity).decode())
    for path in ("/", "/district", "/?oidc=1"):
        assert browser.get(path).headers["location"].startswith("/sign-in")
    assert refusal_of(browser.get("/oauth2callback")) == "failed"
    assert SESSION_COOKIE not in browser.cookies


@pytest.mark.parametrize("target", ["//evil.test", "/\\evil.test", "https://evil.test/", "/sign-out", "/\t/evil.test"])
def test_nobody_is_sent_to_another_host_afterwards(engine: Engine, browser: TestClient, target: str) -> None:
    add_person(engine, email=EMAIL)
    assert sign_in(browser, target).headers["location"] == "/"
    back = brought_back(browser)
    browser.cookies.set(NEXT_COOKIE, target.replace("\t", "%09"), domain="hamkor.test", path="/oauth2callback")
    assert browser.get(back).headers["location"] == "/"


def test_the_provider_sends_back_to_the_address_in_the_secrets_whatever_host_is_asked_for(browser: TestClient) -> None:
    way = browser.get(START_PATH, headers={"Host": "evil.test", "X-Forwarded-Host": "evil.test"}).headers["location"]
    asked = browser.get(way, headers={"Host": "evil.test"}).headers["location"]
    assert parse_qs(urlsplit(asked).query)["redirect_uri"] == [f"{ADDRESS}/oauth2callback"]


def test_the_identity_cookie_of_30_days_never_reaches_the_browser(engine: Engine, browser: TestClient) -> None:
    add_person(engine, email=EMAIL)
    response = sign_in(browser)
    assert not any(name.startswith(IDENTITY_COOKIE) for name in set_cookies(response))
    assert not any(name.startswith(IDENTITY_COOKIE) for name in browser.cookies)
