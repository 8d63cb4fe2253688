"""Sign-in page, as a browser without scripts uses it."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from http.cookies import Morsel, SimpleCookie

import pytest
from httpx2 import Response
from sqlalchemy import Engine, insert, select, update
from starlette.testclient import TestClient

from components.shell.static_files import asset_url
from data.accounts.accounts import set_active
from data.database.engine import reading, writing
from data.dates.clock import now
from data.demo.accounts import DEMO_ACCOUNTS
from data.language import Language
from data.policy import Role
from data.schema import Account, AccountSession, Meta
from queries.accounts.sessions import LANGUAGE_COOKIE, SESSION_COOKIE
from tests.people import PASSWORD, add_person
from tests.web.conftest import MakeBrowser

# The only one of the page: it deletes text that another account left in the tab.
OWN_SCRIPT = f'<script src="{asset_url("typed-text.js")}" data-sign-in'

WRONG = "The login or the password is wrong."


def post(browser: TestClient, password: str = PASSWORD, *, login: str = "nodira", **fields: str) -> Response:
    response: Response = browser.post("/sign-in?lang=en", data={"login": login, "password": password, **fields})
    return response


def cookie_of(response: Response, name: str) -> Morsel[str]:
    cookies: SimpleCookie = SimpleCookie()
    for header in response.headers.get_list("set-cookie"):
        cookies.load(header)
    return cookies[name]


def is_in(browser: TestClient) -> bool:
    """Return whether a page of the app opens."""
    response: Response = browser.get("/district")
    return response.status_code == 200


def test_a_page_leads_to_the_form_and_back_to_itself(engine: Engine, browser: TestClient) -> None:
    add_person(engine)
    gate = browser.get("/district?area=1703202&period=2026")
    assert gate.status_code == 303
    form = browser.get(gate.headers["location"])
    assert 'value="/district?area=1703202&amp;period=2026"' in form.text
    done = post(browser, next="/district?area=1703202&period=2026")
    assert (done.status_code, done.headers["location"]) == (303, "/district?area=1703202&period=2026")
    assert is_in(browser)
    again = browser.get("/sign-in?next=/method")
    assert (again.status_code, again.headers["location"]) == (303, "/method")


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(engine: Engine, browser: TestClient) -> None:
    add_person(engine)
    cookie = cookie_of(post(browser), SESSION_COOKIE)
    assert cookie["httponly"]
    assert cookie["samesite"].lower() == "lax"
    assert cookie["path"] == "/"
    assert not cookie["secure"]
    assert not cookie["max-age"]
    assert not cookie["domain"]


@pytest.mark.parametrize(
    "settings", [{"base_url": "https://hamkor.test"}, {"secure_cookies": True}], ids=["asked by https", "set"]
)
def test_the_cookie_is_for_https_only_where_the_server_is(
    engine: Engine, make_browser: MakeBrowser, settings: dict[str, object]
) -> None:
    add_person(engine)
    response = post(make_browser(**settings))
    assert cookie_of(response, SESSION_COOKIE)["secure"]
    assert "max-age" in response.headers["strict-transport-security"]


def test_a_wrong_password_is_told_beside_the_field_and_keeps_the_login(engine: Engine, browser: TestClient) -> None:
    add_person(engine)
    response = post(browser, "wrong", next="/method")
    assert response.status_code == 422
    assert f'id="error" role="alert">{WRONG}' in response.text
    assert response.text.count('aria-invalid="true" aria-describedby="error"') == 2
    assert 'value="nodira"' in response.text
    assert 'value="/method"' in response.text
    assert "/sign-in?next=%2Fmethod&amp;lang=ru" in response.text
    assert "wrong" not in response.text.replace(WRONG, "")
    assert SESSION_COOKIE not in browser.cookies
    assert not is_in(browser)


def test_unknown_and_known_logins_get_the_same_page(engine: Engine, browser: TestClient) -> None:
    add_person(engine)
    known, unknown = post(browser, "wrong"), post(browser, "wrong", login="zebo")
    assert known.text.replace("nodira", "zebo") == unknown.text
    assert known.status_code == unknown.status_code


def test_after_five_failures_the_page_says_how_long_to_wait(engine: Engine, browser: TestClient) -> None:
    add_person(engine)
    for _ in range(5):
        assert post(browser, "wrong").status_code == 422
    response = post(browser)
    assert response.status_code == 429
    assert 25 <= int(response.headers["retry-after"]) <= 30
    assert f"Try again in {response.headers['retry-after']} seconds." in response.text


@pytest.mark.parametrize("text", ['<script>alert(1)</script>"', "a\x00b", "ў" * 900, "{{ 7 * 7 }}", "%s{login}"])
def test_hostile_logins_are_shown_as_text_and_sign_nobody_in(engine: Engine, browser: TestClient, text: str) -> None:
    add_person(engine)
    response = post(browser, text, login=text, next=text)
    assert response.status_code == 422
    assert re.findall(r"<script[^>]*", response.text) == [OWN_SCRIPT]
    assert text[:200] in unescape(response.text)


@pytest.mark.parametrize(
    ("body", "status"), [(b"login=" + b"x" * 20_000, 413), (b"&".join([b"a=1"] * 50), 400), (b"\xff\xfe=%00", 422)]
)
def test_a_body_that_is_no_form_of_ours_is_refused(browser: TestClient, body: bytes, status: int) -> None:
    assert browser.post("/sign-in", content=body).status_code == status


def test_a_planted_session_id_is_not_taken_over(engine: Engine, browser: TestClient) -> None:
    add_person(engine)
    browser.cookies.set(SESSION_COOKIE, "planted")
    cookie = cookie_of(post(browser), SESSION_COOKIE)
    assert cookie.value != "planted"


def test_signing_in_again_ends_the_former_session(
    engine: Engine, browser: TestClient, make_browser: MakeBrowser
) -> None:
    add_person(engine)
    former = cookie_of(post(browser), SESSION_COOKIE).value
    post(browser)
    thief = make_browser()
    thief.cookies.set(SESSION_COOKIE, former)
    assert is_in(browser)
    assert not is_in(thief)


def test_signing_out_ends_the_session_everywhere_and_clears_the_cookie(
    engine: Engine, browser: TestClient, make_browser: MakeBrowser
) -> None:
    add_person(engine)
    session_id = cookie_of(post(browser), SESSION_COOKIE).value
    page = browser.get("/sign-out?lang=en")
    assert '<form method="post" action="/sign-out">' in page.text
    assert is_in(browser), "a link to the page signs nobody out"
    response = browser.post("/sign-out")
    assert (response.status_code, response.headers["location"]) == (303, "/sign-in")
    assert SESSION_COOKIE not in browser.cookies
    copy = make_browser()
    copy.cookies.set(SESSION_COOKIE, session_id)
    assert not is_in(copy)
    assert browser.post("/sign-out").status_code == 303


def test_idle_and_absolute_ends_and_switching_off_close_the_pages(engine: Engine, browser: TestClient) -> None:
    add_person(engine)
    for ended in (
        {"last_seen_at": now() - timedelta(minutes=61)},
        {"expires_at": now() - timedelta(seconds=1)},
        {"revoked_at": now()},
    ):
        post(browser)
        assert is_in(browser)
        with writing(engine) as connection:
            connection.execute(update(AccountSession).values(**ended))
        assert not is_in(browser)
    post(browser)
    with writing(engine) as connection:
        set_active(connection, "nodira", is_active=False, actor="test")
    assert not is_in(browser)


@pytest.mark.parametrize(
    ("language", "word"),
    [(Language.UZ_LATN, "uz-Latn"), (Language.UZ_CYRL, "uz-Cyrl"), (Language.RU, "ru"), (Language.EN, "en")],
)
def test_the_language_is_chosen_by_link_and_remembered(browser: TestClient, language: Language, word: str) -> None:
    page = browser.get(f"/sign-in?next=/method&lang={language.value}")
    assert f'<html lang="{word}">' in page.text
    assert f'lang="{word}" hreflang="{word}" aria-current="true"' in page.text
    assert page.text.count("/sign-in?next=%2Fmethod&amp;lang=") == len(Language)
    assert f'<html lang="{word}">' in browser.get("/sign-in").text
    assert cookie_of(page, LANGUAGE_COOKIE)["samesite"].lower() == "lax"


def test_a_reader_who_chose_no_language_gets_that_of_the_account(engine: Engine, browser: TestClient) -> None:
    add_person(engine, language=Language.RU)
    browser.post("/sign-in", data={"login": "nodira", "password": PASSWORD})
    assert browser.cookies[LANGUAGE_COOKIE] == "ru"


def test_a_language_chosen_on_this_page_is_kept_with_the_account(engine: Engine, browser: TestClient) -> None:
    add_person(engine, language=Language.RU)
    assert 'action="/sign-in?lang=uz_Cyrl"' in browser.get("/sign-in?lang=uz_Cyrl").text
    browser.post("/sign-in?lang=uz_Cyrl", data={"login": "nodira", "password": PASSWORD})
    assert browser.cookies[LANGUAGE_COOKIE] == "uz_Cyrl"
    with reading(engine) as connection:
        assert connection.execute(select(Account.language_code)).scalar_one() == "uz_Cyrl"


def test_the_language_of_the_account_counts_on_a_device_that_had_another(
    engine: Engine, browser: TestClient, make_browser: MakeBrowser
) -> None:
    add_person(engine)
    post(browser)
    other = make_browser()
    other.get("/sign-in?lang=ru")
    other.post("/sign-in", data={"login": "nodira", "password": PASSWORD})
    assert other.cookies[LANGUAGE_COOKIE] == "en", "chosen by the address of the first sign-in"
    assert '<html lang="en"' in other.get("/method").text
    with writing(engine) as connection:
        connection.execute(update(Account).values(language_code="ru"))
    page = other.get("/method")
    assert '<html lang="ru"' in page.text
    assert 'data-default-language="ru"' in page.text
    assert other.cookies[LANGUAGE_COOKIE] == "ru"
    assert '<html lang="en"' in other.get("/method?lang=en").text, "what the address says comes first"
    assert "set-cookie" not in other.get("/method").headers


def add_demo(engine: Engine) -> None:
    for account in DEMO_ACCOUNTS:
        if account.role in {Role.NATIONAL, Role.ADMIN}:
            add_person(engine, account.login, role=account.role)
    with writing(engine) as connection:
        connection.execute(update(Account).values(is_demo=True))


def test_demo_accounts_are_shown_only_while_demo_data_are_loaded(engine: Engine, browser: TestClient) -> None:
    add_demo(engine)
    secrets = [account.password for account in DEMO_ACCOUNTS]
    assert not any(secret in browser.get("/sign-in").text for secret in secrets)
    with writing(engine) as connection:
        connection.execute(insert(Meta).values(key="demo_loaded", value="2026-03-02"))
        set_active(connection, "admin", is_active=False, actor="test")
    page = browser.get("/sign-in?lang=en&next=/method").text
    shown = {account.role for account in DEMO_ACCOUNTS if account.password in page}
    assert shown == {Role.NATIONAL}
    assert '<input type="hidden" name="login" value="national">' in page
    assert page.count('<input type="hidden" name="next" value="/method">') == 2


def test_the_page_has_one_script_of_ours_and_labels_its_fields(browser: TestClient) -> None:
    page = browser.get("/sign-in?lang=en").text
    assert re.findall(r"<script[^>]*", page) == [OWN_SCRIPT]
    assert "style=" not in page
    for field in ("login", "password"):
        assert f'<label for="{field}">' in page
        assert f'id="{field}" name="{field}"' in page


def test_the_second_button_is_there_only_with_openid_connect(make_browser: MakeBrowser) -> None:
    assert "/sign-in/oidc" not in make_browser().get("/sign-in?next=/method").text
    assert 'href="/sign-in/oidc?next=%2Fmethod"' in make_browser(has_oidc=True).get("/sign-in?next=/method").text


def test_the_provider_s_way_keeps_the_language_that_was_chosen(make_browser: MakeBrowser) -> None:
    page = make_browser(has_oidc=True).get("/sign-in?next=/method&lang=ru").text
    assert 'href="/sign-in/oidc?next=%2Fmethod%3Flang%3Dru"' in page


@pytest.mark.parametrize("refused", ["", "other", "<script>", "UNKNOWN"])
def test_a_reason_that_we_do_not_know_is_not_told(browser: TestClient, refused: str) -> None:
    page = browser.get("/sign-in", params={"lang": "en", "refused": refused}).text
    assert 'role="alert"' not in page
    assert "refused=" not in page
