"""Signing in by OpenID Connect: Streamlit's own routes, a provider on this machine, and what people try with it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
import pytest
from httpx2 import Response
from sqlalchemy import Engine, func, select, update
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes

from data import clock
from data.accounts import set_active
from data.engine import get_engine, reading, writing
from data.language import Language, Translator
from data.rights import Actor, Role
from data.schema import AccountSession, AuditEntry
from data.settings import ROOT, Settings
from queries.sessions import LANGUAGE_COOKIE, SESSION_COOKIE, session_actor
from tests.openid_provider import COOKIE_SECRET, OpenIdProvider, openid_provider
from tests.people import DISTRICT, ITS_REGION, PASSWORD, add_person
from tests.web.conftest import ADDRESS, stand_in
from web.face import Face
from web.oidc import NEXT_COOKIE, START_PATH, Refusal, fault, is_configured
from web.routes import exception_handlers, middleware, routes

EMAIL = "nodira@example.uz"
IDENTITY_COOKIE = "_streamlit_user"
NewBrowser = Callable[..., TestClient]


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenIdProvider]:
    """A provider that vouches for Nodira, and the secrets that name it."""
    monkeypatch.setenv("NO_PROXY", "localhost")
    with openid_provider() as provider:
        provider.person = {"email": EMAIL, "email_verified": True}
        secrets = tomllib.loads(provider.secrets_toml(f"{ADDRESS}/oauth2callback"))
        monkeypatch.setattr(secrets_singleton, "_secrets", secrets)
        yield provider


def browser_at(face: Face) -> TestClient:
    """A browser at our routes and middleware around Streamlit's own for signing in, as ``st.App`` puts them."""
    app = Starlette(
        routes=[*routes(face), *create_auth_routes(""), Route("/{path:path}", stand_in)],
        middleware=[
            *middleware(face),
            Middleware(SessionMiddleware, secret_key=COOKIE_SECRET, session_cookie="_streamlit_session"),
        ],
        exception_handlers=exception_handlers(face),
    )
    return TestClient(app, base_url=ADDRESS, headers={"Accept": "text/html"}, follow_redirects=False)


@pytest.fixture
def new_browser(engine: Engine, provider: OpenIdProvider) -> NewBrowser:  # noqa: ARG001 - it must be there
    """Makes browsers; keywords are settings."""

    def make(**settings: object) -> TestClient:
        return browser_at(Face(engine, Settings().model_copy(update=settings), has_oidc=True))

    return make


@pytest.fixture
def browser(new_browser: NewBrowser) -> TestClient:
    """A browser at a server with the usual settings."""
    return new_browser()


def asked_of_provider(browser: TestClient, target: str = "") -> str:
    """Press the button of the sign-in page; the address at the provider that the browser is sent to."""
    way = browser.get(f"{START_PATH}?{urlencode({'next': target})}" if target else START_PATH)
    assert urlsplit(way.headers["location"]).path == "/auth/login"
    return str(browser.get(way.headers["location"]).headers["location"])


def brought_back(browser: TestClient, target: str = "") -> str:
    """Go to the provider, which vouches for its person; the address that it sends the browser back to."""
    answer = httpx2.get(asked_of_provider(browser, target), follow_redirects=False, trust_env=False)
    return str(answer.headers["location"])


def sign_in(browser: TestClient, target: str = "") -> Response:
    """The whole way through the provider."""
    response: Response = browser.get(brought_back(browser, target))
    return response


def set_cookies(response: Response) -> SimpleCookie:
    cookies: SimpleCookie = SimpleCookie()
    for line in response.headers.get_list("set-cookie"):
        cookies.load(line)
    return cookies


def actor_of(engine: Engine, browser: TestClient) -> Actor | None:
    """Who the browser is at the next run of the app."""
    return session_actor(engine, browser.cookies.get(SESSION_COOKIE), now=clock.now())


def refusal_of(response: Response) -> str:
    """The reason that the sign-in page is to say."""
    assert response.status_code == 303
    parts = urlsplit(response.headers["location"])
    assert (parts.netloc, parts.path) == ("", "/sign-in")
    return parse_qs(parts.query)["refused"][0]


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


def test_the_identity_cookie_of_30_days_never_reaches_the_browser(engine: Engine, browser: TestClient) -> None:
    add_person(engine, email=EMAIL)
    response = sign_in(browser)
    assert not any(name.startswith(IDENTITY_COOKIE) for name in set_cookies(response))
    assert not any(name.startswith(IDENTITY_COOKIE) for name in browser.cookies)


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
    assert Translator(language)(Refusal.UNKNOWN.label).replace("'", "&#39;") in page
    assert f'<html lang="{language.html_code}"' in page
    assert 'href="/sign-in/oidc?next=%2Fmethod"' in page
    assert 'name="password"' in page
    assert page.count("refused=unknown&amp;lang=") == len(Language)
    assert SESSION_COOKIE not in browser.cookies


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
    assert Refusal.FAILED.label.replace("'", "&#39;") in browser.get(f"{response.headers['location']}&lang=en").text
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


def test_a_database_that_does_not_answer_is_told_in_words(provider: OpenIdProvider, tmp_path: object) -> None:
    browser = browser_at(Face(get_engine(f"sqlite:///{tmp_path}/absent/x.db"), Settings(), has_oidc=True))
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
    browser = browser_at(Face(engine, Settings()))
    assert browser.get(START_PATH).headers["location"] == "/sign-in"
    assert START_PATH not in browser.get("/sign-in").text


def test_the_section_in_the_readme_is_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("```toml\n")[2].partition("```")[0]
    monkeypatch.setattr(secrets_singleton, "_secrets", tomllib.loads(section))
    assert fault() == ""


@pytest.mark.usefixtures("provider")
def test_secrets_with_a_gap_are_found_before_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    complete = secrets_singleton.to_dict()["auth"]
    assert is_configured()
    assert fault() == ""
    for name in complete:
        without = {key: value for key, value in complete.items() if key != name}
        monkeypatch.setattr(secrets_singleton, "_secrets", {"auth": without})
        assert name in fault()
    monkeypatch.setattr(secrets_singleton, "_secrets", {"auth": {**complete, "redirect_uri": f"{ADDRESS}/elsewhere"}})
    assert "/oauth2callback" in fault()
    monkeypatch.setattr(secrets_singleton, "_secrets", {"other": {}})
    assert not is_configured()
