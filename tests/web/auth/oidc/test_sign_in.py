"""Sign-in by OpenID Connect: Streamlit's own routes, a provider on this machine, and our session at the end."""

from __future__ import annotations

import tomllib
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, update
from starlette.testclient import TestClient
from streamlit.runtime.secrets import secrets_singleton

from data.accounts.accounts import set_active
from data.database.engine import get_engine, reading, writing
from data.dates import clock
from data.language import Language, Translator
from data.policy import Actor, Role
from data.schema import AccountSession, AuditEntry
from data.settings import ROOT, Settings
from queries.accounts.sessions import LANGUAGE_COOKIE, SESSION_COOKIE, session_actor
from tests.openid_provider import OpenIdProvider
from tests.people import DISTRICT, ITS_REGION, PASSWORD, add_person
from tests.web.auth.oidc.arriving import EMAIL, IDENTITY_COOKIE, actor_of, browser_at, refusal_of, set_cookies, sign_in
from tests.web.auth.oidc.conftest import NewBrowser
from tests.web.conftest import ADDRESS
from web.auth.oidc import NEXT_COOKIE, START_PATH, SignInRefusal, configuration_error, is_configured
from web.server_context import ServerContext


def test_the_account_gives_role_place_and_language_and_the_session_is_ours(engine: Engine, browser: TestClient) -> None:
    account_id = add_person(engine, role=Role.COORDINATOR, email=EMAIL, language=Language.RU, has_password=False)
    response = sign_in(browser)
    expected = Actor(Role.COORDINATOR, account_id, "Nodira", region_soato=ITS_REGION, district_soato=DISTRICT)
    assert actor_of(engine, browser) == expected
    cookie = set_cookies(response)[SESSION_COOKIE]
    assert (cookie["httponly"], cookie["samesite"].lower(), cookie["max-age"]) == (True, "lax", "")
    assert browser.cookies[LANGUAGE_COOKIE] == "ru"
    assert browser.get("/district").status_code == 200
    with reading(engine) as connection:
        assert ("Nodira", "sign_in") in connection.execute(select(AuditEntry.actor, AuditEntry.action_code)).all()


def test_the_way_leads_back_to_the_page_that_was_asked_for(engine: Engine, browser: TestClient) -> None:
    add_person(engine, email=EMAIL)
    target = "/district?area=1703202&event=5"
    form = browser.get(browser.get(target).headers["location"]).text
    assert 'href="/sign-in/oidc?next=%2Fdistrict%3Farea%3D1703202%26event%3D5"' in form
    response = sign_in(browser, target)
    assert response.headers["location"] == target
    assert NEXT_COOKIE not in browser.cookies


def test_a_token_with_much_in_it_signs_in_too(engine: Engine, browser: TestClient, provider: OpenIdProvider) -> None:
    add_person(engine, email=EMAIL)
    provider.person["groups"] = [f"group-{number:04}" for number in range(1000)]
    sign_in(browser)
    assert actor_of(engine, browser) is not None
    assert not any(name.startswith(IDENTITY_COOKIE) for name in browser.cookies)


@pytest.mark.parametrize("is_public", [False, True])
def test_with_the_public_view_the_button_works_as_well(
    engine: Engine, new_browser: NewBrowser, is_public: bool
) -> None:
    browser = new_browser(public_view=is_public)
    add_person(engine, role=Role.ADMIN, email=EMAIL)
    sign_in(browser)
    actor = actor_of(engine, browser)
    assert actor is not None
    assert actor.role is Role.ADMIN


@pytest.mark.parametrize("language", Language)
def test_someone_without_an_account_is_told_so_with_two_ways_on(
    engine: Engine, browser: TestClient, language: Language
) -> None:
    add_person(engine, email="other@example.uz")
    browser.cookies.set(LANGUAGE_COOKIE, language.value)
    response = sign_in(browser, "/method")
    assert refusal_of(response) == "unknown"
    page = browser.get(response.headers["location"]).text
    assert Translator(language)(SignInRefusal.UNKNOWN.label).replace("'", "&#39;") in page
    assert f'<html lang="{language.html_code}"' in page
    assert 'href="/sign-in/oidc?next=%2Fmethod"' in page
    assert 'name="password"' in page
    assert page.count("refused=unknown&amp;lang=") == len(Language)
    assert SESSION_COOKIE not in browser.cookies


def test_an_account_switched_off_is_out_at_the_next_run_and_stays_out(engine: Engine, browser: TestClient) -> None:
    add_person(engine, email=EMAIL)
    sign_in(browser)
    with writing(engine) as connection:
        set_active(connection, "nodira", is_active=False, actor="test")
    assert actor_of(engine, browser) is None
    assert browser.get("/method").headers["location"].startswith("/sign-in")
    assert refusal_of(sign_in(browser)) == "unknown"


def test_the_session_ends_without_use_at_its_end_and_by_revocation(engine: Engine, browser: TestClient) -> None:
    add_person(engine, email=EMAIL)
    for ended in (
        {"last_seen_at": clock.now() - timedelta(minutes=61)},
        {"expires_at": clock.now() - timedelta(seconds=1)},
        {"revoked_at": clock.now()},
    ):
        sign_in(browser)
        assert actor_of(engine, browser) is not None
        with writing(engine) as connection:
            connection.execute(update(AccountSession).values(**ended))
        assert actor_of(engine, browser) is None
        assert browser.get("/").status_code == 303


def test_signing_out_ends_it_for_good(engine: Engine, browser: TestClient) -> None:
    add_person(engine, email=EMAIL)
    sign_in(browser)
    session_id = browser.cookies[SESSION_COOKIE]
    response = browser.post("/sign-out", headers={"Origin": ADDRESS})
    assert response.headers["location"] == "/sign-in"
    assert session_actor(engine, session_id, now=clock.now()) is None
    assert browser.get("/").status_code == 303
    assert browser.get("/auth/logout").headers["location"] == "/"


def test_passwords_work_beside_it_and_the_session_before_ends(engine: Engine, browser: TestClient) -> None:
    add_person(engine, email=EMAIL)
    form = {"login": "nodira", "password": PASSWORD}
    assert browser.post("/sign-in", data=form, headers={"Origin": ADDRESS}).status_code == 303
    former = browser.cookies[SESSION_COOKIE]
    sign_in(browser)
    assert browser.cookies[SESSION_COOKIE] != former
    assert session_actor(engine, former, now=clock.now()) is None
    assert actor_of(engine, browser) is not None


def test_a_database_that_does_not_answer_is_told_in_words(provider: OpenIdProvider, tmp_path: object) -> None:
    browser = browser_at(ServerContext(get_engine(f"sqlite:///{tmp_path}/absent/x.db"), Settings(), has_oidc=True))
    response = sign_in(browser)
    assert response.status_code == 503
    assert provider.paths[-1] == "/keys"
    assert SESSION_COOKIE not in browser.cookies


def test_a_provider_that_cannot_be_reached_is_told_in_words(
    browser: TestClient, provider: OpenIdProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = provider.secrets_toml(f"{ADDRESS}/oauth2callback").replace(provider.issuer, "http://localhost:1")
    monkeypatch.setattr(secrets_singleton, "_secrets", tomllib.loads(gone))
    response = browser.get(browser.get(START_PATH).headers["location"])
    assert refusal_of(response) == "failed"
    assert "did not succeed" in browser.get(f"{response.headers['location']}&lang=en").text


def test_the_page_for_signing_out_tells_of_the_other_account(browser: TestClient) -> None:
    assert "sign out of that account too" in browser.get("/sign-out?lang=en").text


def test_without_configuration_there_is_no_way_to_a_provider(engine: Engine) -> None:
    browser = browser_at(ServerContext(engine, Settings()))
    assert browser.get(START_PATH).headers["location"] == "/sign-in"
    assert START_PATH not in browser.get("/sign-in").text


def test_the_section_in_the_readme_is_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("```toml\n")[2].partition("```")[0]
    monkeypatch.setattr(secrets_singleton, "_secrets", tomllib.loads(section))
    assert configuration_error() == ""


@pytest.mark.usefixtures("provider")
def test_secrets_with_a_gap_are_found_before_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    complete = secrets_singleton.to_dict()["auth"]
    assert is_configured()
    assert configuration_error() == ""
    for name in complete:
        without = {key: value for key, value in complete.items() if key != name}
        monkeypatch.setattr(secrets_singleton, "_secrets", {"auth": without})
        assert name in configuration_error()
    monkeypatch.setattr(secrets_singleton, "_secrets", {"auth": {**complete, "redirect_uri": f"{ADDRESS}/elsewhere"}})
    assert "/oauth2callback" in configuration_error()
    monkeypatch.setattr(secrets_singleton, "_secrets", {"other": {}})
    assert not is_configured()
