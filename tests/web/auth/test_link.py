"""Link to an account: opened in a browser, used once, and in no log."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from httpx2 import Response
from sqlalchemy import Engine, select, update
from starlette.testclient import TestClient

from components.accounts.links import LINK_PATH, link_address
from data.accounts.accounts import NewAccount, set_active
from data.database.engine import reading, writing
from data.dates import clock
from data.language import Language
from data.policy import Actor, Role
from data.schema import Account, AccountLink, AuditEntry
from queries.accounts.administration import invite, renew_link
from queries.accounts.sessions import LANGUAGE_COOKIE, SESSION_COOKIE
from queries.accounts.sign_in import FREE_FAILURES_OF_ADDRESS
from tests.people import PASSWORD, add_person
from tests.web.conftest import ADDRESS, MakeBrowser

OTHER_PASSWORD = "Sakkiz-Dengiz-82"
ADMIN = Actor(Role.ADMIN, login="admin")


def invited(engine: Engine, login: str = "Zebo") -> str:
    """Return the token of a link to a new account."""
    return invite(engine, ADMIN, NewAccount(login=login, role=Role.NATIONAL), now=clock.now()).token


def renewed(engine: Engine) -> str:
    """Return the token of a new link to the only account."""
    with reading(engine) as connection:
        account_id = connection.execute(select(Account.id)).scalar_one()
    return renew_link(engine, ADMIN, account_id=account_id, now=clock.now()).token


def opened(browser: TestClient, token: str, **more: str) -> Response:
    """Send a token, and a password where one is given, as the pages do."""
    response: Response = browser.post(f"{LINK_PATH}?lang=en", data={"token": token, **more})
    return response


def used(browser: TestClient, token: str, password: str = PASSWORD, again: str = "") -> Response:
    return opened(browser, token, password=password, again=again or password)


def is_in(browser: TestClient) -> bool:
    response: Response = browser.get("/district")
    return response.status_code == 200


def test_an_invited_person_sets_a_password_and_is_in(engine: Engine, browser: TestClient) -> None:
    token = invited(engine)
    page = opened(browser, token)
    assert page.status_code == 200
    assert "Choose your password" in page.text
    assert 'value="Zebo" readonly' in page.text
    done = used(browser, token)
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert is_in(browser)
    browser.cookies.clear()
    signed_in = browser.post("/sign-in", data={"login": "zebo", "password": PASSWORD})
    assert signed_in.status_code == 303


def test_the_token_is_where_no_server_sees_it(engine: Engine, browser: TestClient) -> None:
    token = invited(engine)
    address = link_address(f"{ADDRESS}/accounts", token, Language.RU)
    assert address == f"{ADDRESS}{LINK_PATH}?lang=ru#{token}"
    page = browser.get(address)
    assert '<html lang="ru">' in page.text
    assert page.headers["referrer-policy"] == "same-origin", "no-referrer would take the Origin from the form"
    assert page.headers["cache-control"] == "no-store"
    assert token not in str(page.request.url.copy_with(fragment=None))
    with reading(engine) as connection:
        assert token not in str(connection.execute(select(AccountLink)).all())
        assert token not in str(connection.execute(select(AuditEntry)).all())


def test_no_token_is_logged(engine: Engine, browser: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    token = invited(engine)
    with caplog.at_level(logging.DEBUG):
        opened(browser, token)
        used(browser, token, "short")
        used(browser, token)
        used(browser, token)
    assert token not in caplog.text


def test_a_scanner_of_mail_does_not_use_a_link_up(engine: Engine, browser: TestClient) -> None:
    token = invited(engine)
    for _ in range(3):
        assert browser.get(f"{LINK_PATH}#{token}").status_code == 200
        assert browser.head(LINK_PATH).status_code == 200
        assert opened(browser, token).status_code == 200
    assert used(browser, token).status_code == 303


def test_a_link_works_once(engine: Engine, browser: TestClient, make_browser: MakeBrowser) -> None:
    token = invited(engine)
    used(browser, token)
    for answer in (opened(make_browser(), token), used(make_browser(), token, OTHER_PASSWORD)):
        assert answer.status_code == 410
        assert "was used already" in answer.text
        assert "Zebo" not in answer.text
        assert SESSION_COOKIE not in answer.headers.get("set-cookie", "")
    assert is_in(browser)


@pytest.mark.both_databases
def test_of_two_who_use_a_link_at_once_one_is_told(engine: Engine, make_browser: MakeBrowser) -> None:
    token = invited(engine)
    browsers = [make_browser() for _ in range(4)]
    with ThreadPoolExecutor(len(browsers)) as pool:
        answers = list(pool.map(lambda browser: used(browser, token), browsers))
    assert sorted(answer.status_code for answer in answers) == [303, 410, 410, 410]
    assert [is_in(browser) for browser in browsers].count(True) == 1


def test_links_that_work_no_more_say_so_and_name_nobody(engine: Engine, browser: TestClient) -> None:
    first = invited(engine)
    newer = renewed(engine)
    expected = {
        first: "Use the newest one",
        "nonsense": "is not complete",
        "": "is not complete",
        "x" * 999: "complete",
    }
    for token, text in expected.items():
        answer = used(browser, token)
        assert (answer.status_code, text in answer.text, "Zebo" in answer.text) == (410, True, False), token
        assert "administrator" in answer.text
        assert f'name="token" value="{token[:200]}"' in answer.text, "the other languages say the same"
    with writing(engine) as connection:
        connection.execute(update(AccountLink).values(expires_at=clock.now() - timedelta(seconds=1)))
    answer = used(browser, newer)
    assert (answer.status_code, "time of this link is over" in answer.text) == (410, True)
    assert not is_in(browser)


def test_a_link_ends_with_its_account_and_with_another_password(engine: Engine, browser: TestClient) -> None:
    token = invited(engine)
    with writing(engine) as connection:
        set_active(connection, "zebo", is_active=False, actor="test")
    assert used(browser, token).status_code == 410
    with writing(engine) as connection:
        set_active(connection, "zebo", is_active=True, actor="test")
    assert used(browser, token).status_code == 410, "reactivating does not bring it back"


def test_a_reset_ends_every_session(engine: Engine, browser: TestClient, make_browser: MakeBrowser) -> None:
    add_person(engine)
    browser.post("/sign-in", data={"login": "nodira", "password": PASSWORD})
    assert is_in(browser)
    other = make_browser()
    token = renewed(engine)
    assert is_in(browser), "a link alone ends nothing"
    assert "Choose a new password" in opened(other, token).text
    assert used(other, token, OTHER_PASSWORD).status_code == 303
    assert is_in(other)
    assert not is_in(browser)
    assert make_browser().post("/sign-in", data={"login": "nodira", "password": PASSWORD}).status_code == 422


def test_a_new_link_begins_in_the_language_of_its_account(engine: Engine) -> None:
    account_id = add_person(engine, language=Language.UZ_CYRL)
    assert renew_link(engine, ADMIN, account_id=account_id, now=clock.now()).language is Language.UZ_CYRL


@pytest.mark.parametrize(
    ("password", "again", "text"),
    [
        ("short", "", "at least 10 characters"),
        ("1234567890", "", "easy to guess"),
        ("zebo-2026", "", "at least 10"),
        (PASSWORD, OTHER_PASSWORD, "The two passwords differ"),
    ],
)
def test_a_password_that_will_not_do_is_told_and_the_link_works_on(
    engine: Engine, browser: TestClient, password: str, again: str, text: str
) -> None:
    token = invited(engine)
    answer = used(browser, token, password, again)
    assert answer.status_code == 422
    assert text in answer.text
    assert f'value="{password}"' not in answer.text
    assert used(browser, token).status_code == 303


def test_a_planted_session_is_not_taken_over(engine: Engine, browser: TestClient, make_browser: MakeBrowser) -> None:
    add_person(engine)
    browser.post("/sign-in", data={"login": "nodira", "password": PASSWORD})
    planted = browser.cookies[SESSION_COOKIE]
    assert used(browser, invited(engine)).status_code == 303
    assert browser.cookies[SESSION_COOKIE] != planted
    thief = make_browser()
    thief.cookies.set(SESSION_COOKIE, planted)
    assert not is_in(thief)


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.test"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_form_of_another_site_is_refused(engine: Engine, browser: TestClient, headers: dict[str, str]) -> None:
    token = invited(engine)
    data = {"token": token, "password": PASSWORD, "again": PASSWORD}
    assert browser.post(LINK_PATH, data=data, headers=headers).status_code == 403
    assert used(browser, token).status_code == 303


def test_who_guesses_links_has_to_wait(engine: Engine, browser: TestClient) -> None:
    token = invited(engine)
    for number in range(FREE_FAILURES_OF_ADDRESS):
        assert opened(browser, f"guess{number}").status_code == 410
    answer = opened(browser, token)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) <= 30
    assert "Too many failed attempts" in answer.text
    add_person(engine)
    assert browser.post("/sign-in", data={"login": "nodira", "password": PASSWORD}).status_code == 303


@pytest.mark.parametrize("language", Language)
def test_the_pages_speak_the_language_that_was_chosen_and_the_account_keeps_it(
    engine: Engine, browser: TestClient, language: Language
) -> None:
    token = invited(engine)
    browser.get(f"{LINK_PATH}?lang={language.value}")
    page = browser.post(LINK_PATH, data={"token": token})
    assert f'<html lang="{language.html_code}">' in page.text
    data = {"token": token, "password": PASSWORD, "again": PASSWORD}
    browser.post(LINK_PATH, data=data)
    assert browser.cookies[LANGUAGE_COOKIE] == language.value
    with reading(engine) as connection:
        assert connection.execute(select(Account.language_code)).scalar_one() == language.value
