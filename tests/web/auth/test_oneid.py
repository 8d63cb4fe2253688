"""Sign-in by OneID: our routes, a server on this machine that speaks it, and our session at the end."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
import pytest
from pydantic import SecretStr, ValidationError
from sqlalchemy import Engine, select, update
from starlette.testclient import TestClient

from data.accounts.accounts import NewAccount, add_account, set_active
from data.database.engine import reading, writing
from data.dates import clock
from data.language import Language, Translator
from data.policy import Actor, Role
from data.schema import AuditEntry, Ngo
from data.settings import Settings
from queries.accounts.sessions import LANGUAGE_COOKIE, SESSION_COOKIE, session_actor
from tests.oneid_server import CLIENT_ID, CLIENT_SECRET, SCOPE, OneIdServer, oneid_server, organisation, person
from tests.web.conftest import ADDRESS, MakeBrowser
from tests.worlds import make_ngo
from web.auth.oidc import SignInRefusal
from web.auth.oneid import CALLBACK_PATH, START_PATH, STATE_COOKIE

STIR, OTHER_STIR = "301234567", "309876543"
Person = Callable[..., int]


@pytest.fixture
def oneid(monkeypatch: pytest.MonkeyPatch) -> Iterator[OneIdServer]:
    monkeypatch.setenv("NO_PROXY", "localhost")
    with oneid_server() as server:
        server.person = person(organisation(STIR))
        yield server


@pytest.fixture
def browser(make_browser: MakeBrowser, oneid: OneIdServer) -> TestClient:
    """Browser at a server that OneID knows."""
    return make_browser(
        oneid_client_id=CLIENT_ID,
        oneid_client_secret=SecretStr(CLIENT_SECRET),
        oneid_scope=SCOPE,
        oneid_redirect_uri=f"{ADDRESS}{CALLBACK_PATH}",
        oneid_url=oneid.address,
    )


@pytest.fixture
def add(engine: Engine) -> Person:
    """Factory of accounts of an NGO with a number; returns the NGO's id."""

    def make(login: str = "vakil", *, stir: str = STIR, ngo_id: int | None = None) -> int:
        with writing(engine) as connection:
            if ngo_id is None:
                ngo_id = make_ngo(connection)
                connection.execute(update(Ngo).where(Ngo.id == ngo_id).values(stir=stir))
            account = NewAccount(login=login, role=Role.NGO, ngo_id=ngo_id, language=Language.RU)
            add_account(connection, account, password=None, actor="test")
        return ngo_id

    return make


def brought_back(browser: TestClient, target: str = "") -> str:
    """Press the button, and return the address that OneID sends the browser back to."""
    way = browser.get(f"{START_PATH}?{urlencode({'next': target})}")
    answer = httpx2.get(way.headers["location"], follow_redirects=False, trust_env=False)
    return str(answer.headers["location"])


def sign_in(browser: TestClient, target: str = "") -> str:
    """Sign in by OneID and return where the browser is sent at the end."""
    answer = browser.get(brought_back(browser, target))
    assert answer.status_code == 303
    assert STATE_COOKIE not in browser.cookies
    return str(answer.headers["location"])


def refused(location: str) -> str:
    """Return the reason that the sign-in page is to show."""
    assert urlsplit(location).path == "/sign-in"
    return parse_qs(urlsplit(location).query)["refused"][0]


def actor_of(engine: Engine, browser: TestClient) -> Actor | None:
    return session_actor(engine, browser.cookies.get(SESSION_COOKIE), now=clock.now())


def test_who_represents_an_ngo_acts_for_it_and_comes_to_the_page_that_was_asked_for(
    engine: Engine, browser: TestClient, add: Person
) -> None:
    ngo_id = add()
    target = "/my-evaluations?area=1703202"
    form = browser.get(browser.get(target).headers["location"]).text
    assert f'href="{START_PATH}?next=%2Fmy-evaluations%3Farea%3D1703202"' in form
    assert sign_in(browser, target) == target
    actor = actor_of(engine, browser)
    assert actor is not None
    assert (actor.role, actor.ngo_id) == (Role.NGO, ngo_id)
    assert browser.cookies[LANGUAGE_COOKIE] == "ru"
    with reading(engine) as connection:
        assert ("vakil", "sign_in") in connection.execute(select(AuditEntry.actor, AuditEntry.action_code)).all()


def test_the_browsers_old_session_ends(engine: Engine, browser: TestClient, add: Person) -> None:
    add()
    sign_in(browser)
    old = browser.cookies[SESSION_COOKIE]
    sign_in(browser)
    assert session_actor(engine, old, now=clock.now()) is None
    assert actor_of(engine, browser) is not None


def test_no_way_leads_to_another_host(browser: TestClient, add: Person) -> None:
    add()
    for target in ("https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example"):
        assert sign_in(browser, target) == "/"


def test_only_who_represents_an_ngo_with_an_active_account_is_let_in(
    engine: Engine, browser: TestClient, oneid: OneIdServer, add: Person
) -> None:
    ngo_id = add()
    strangers = (
        person(),
        person(organisation(OTHER_STIR)),
        person(organisation(STIR), valid="false"),
        person(organisation(f"{STIR}0"), organisation("' OR 1=1"), organisation(None)),
        person(legal_info=None),
        person(legal_info={"le_tin": STIR}),
        person(legal_info=[STIR]),
        person(tin=STIR),
    )
    for stranger in strangers:
        oneid.person = stranger
        assert refused(sign_in(browser)) == SignInRefusal.ONEID_UNKNOWN
    oneid.person = person(organisation(int(STIR)))
    assert sign_in(browser) == "/"
    with writing(engine) as connection:
        connection.execute(update(Ngo).where(Ngo.id == ngo_id).values(is_active=False))
    assert refused(sign_in(browser)) == SignInRefusal.ONEID_UNKNOWN
    with writing(engine) as connection:
        connection.execute(update(Ngo).where(Ngo.id == ngo_id).values(is_active=True))
        set_active(connection, "vakil", is_active=False, actor="test")
    assert refused(sign_in(browser)) == SignInRefusal.ONEID_UNKNOWN


def test_of_several_accounts_that_of_the_main_organisation_is_meant_or_none(
    engine: Engine, browser: TestClient, oneid: OneIdServer, add: Person
) -> None:
    first, second = add(), add("boshqa", stir=OTHER_STIR)
    oneid.person = person(organisation(STIR, is_main=False), organisation(OTHER_STIR))
    sign_in(browser)
    actor = actor_of(engine, browser)
    assert actor is not None
    assert actor.ngo_id == second
    for is_main in (True, False):
        oneid.person = person(*(organisation(stir, is_main=is_main) for stir in (STIR, OTHER_STIR)))
        assert refused(sign_in(browser)) == SignInRefusal.ONEID_SEVERAL
    add("uchinchi", ngo_id=first)
    oneid.person = person(organisation(STIR))
    assert refused(sign_in(browser)) == SignInRefusal.ONEID_SEVERAL


def test_an_answer_counts_once_and_only_in_the_browser_that_asked(
    engine: Engine, browser: TestClient, add: Person
) -> None:
    add()
    address = brought_back(browser)
    cookie = browser.cookies[STATE_COOKIE]
    query = parse_qs(urlsplit(address).query)
    forged = (
        f"{CALLBACK_PATH}?{urlencode({'code': query['code'][0], 'state': 'another'})}",
        f"{CALLBACK_PATH}?{urlencode({'code': query['code'][0]})}",
        f"{CALLBACK_PATH}?{urlencode({'state': query['state'][0]})}",
        CALLBACK_PATH,
    )
    for one in forged:
        browser.cookies.set(STATE_COOKIE, cookie, domain="hamkor.test", path=CALLBACK_PATH)
        assert refused(browser.get(one).headers["location"]) == SignInRefusal.ONEID_FAILED
    assert refused(browser.get(address).headers["location"]) == SignInRefusal.ONEID_FAILED
    assert actor_of(engine, browser) is None
    browser.cookies.set(STATE_COOKIE, cookie, domain="hamkor.test", path=CALLBACK_PATH)
    assert browser.get(address).headers["location"] == "/"
    browser.cookies.set(STATE_COOKIE, cookie, domain="hamkor.test", path=CALLBACK_PATH)
    assert refused(browser.get(address).headers["location"]) == SignInRefusal.ONEID_FAILED


def test_a_fault_of_oneid_is_told_and_the_log_names_no_secret_and_no_person(
    browser: TestClient, oneid: OneIdServer, add: Person, caplog: pytest.LogCaptureFixture
) -> None:
    add()
    caplog.set_level(logging.INFO)
    for grant in ("one_authorization_code", "one_access_token_identify"):
        for status, body in ((500, b"x"), (200, b"<html>"), (200, b"[1]"), (200, b"{" + b" " * 300_000 + b"}")):
            oneid.raw = {grant: (status, body)}
            assert refused(sign_in(browser)) == SignInRefusal.ONEID_FAILED
    for grant, answer in (
        ("one_authorization_code", {"access_token": 5}),
        ("one_access_token_identify", {**oneid.person, "ret_cd": "1"}),
    ):
        oneid.raw = {grant: (200, json.dumps(answer).encode())}
        assert refused(sign_in(browser)) == SignInRefusal.ONEID_FAILED
    oneid.raw = {}
    assert sign_in(browser) == "/"
    # What the browser of this test asks for is no log of the server.
    log = "\n".join(text for text in caplog.messages if not text.startswith("HTTP Request: GET"))
    assert "OneID: status 500" in log
    for secret in (CLIENT_SECRET, *oneid.told, *(str(oneid.person[name]) for name in ("pin", "full_name", "pport_no"))):
        assert secret not in log


def test_each_refusal_is_said_in_the_readers_language(browser: TestClient) -> None:
    for language in Language:
        translate = Translator(language)
        for refusal in (SignInRefusal.ONEID_FAILED, SignInRefusal.ONEID_UNKNOWN, SignInRefusal.ONEID_SEVERAL):
            page = browser.get(f"/sign-in?lang={language}&refused={refusal}").text
            assert translate(refusal.label) in page
            assert translate("Sign in with OneID") in page


def test_without_a_client_there_is_no_oneid(make_browser: MakeBrowser) -> None:
    browser = make_browser()
    assert START_PATH not in browser.get("/sign-in").text
    for path in (START_PATH, f"{CALLBACK_PATH}?code=1&state=1"):
        assert browser.get(path).headers["location"] == "/sign-in"


def test_half_a_client_is_refused_at_the_start() -> None:
    whole = {
        "oneid_client_id": CLIENT_ID,
        "oneid_client_secret": CLIENT_SECRET,
        "oneid_redirect_uri": f"https://hamkor.example.uz{CALLBACK_PATH}",
    }
    settings = Settings(**whole)  # type: ignore[arg-type]
    assert settings.has_oneid
    assert CLIENT_SECRET not in repr(settings)
    for wrong in (
        {"oneid_client_secret": ""},
        {"oneid_redirect_uri": "https://hamkor.example.uz/"},
        {"oneid_url": "http://sso.example.uz/Authorization.do"},
    ):
        with pytest.raises(ValidationError) as refused_settings:
            Settings(**{**whole, **wrong})  # type: ignore[arg-type]
        assert CLIENT_SECRET not in str(refused_settings.value)
