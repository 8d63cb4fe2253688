"""Printable receipt: for the NGO that sent the evaluation and for nobody else, translated, with texts escaped."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from data.accounts.accounts import NewAccount, add_account
from data.codes import DraftItem
from data.database.engine import writing
from data.dates import clock
from data.language import Language
from data.policy import Actor, Role
from queries.accounts.sessions import SESSION_COOKIE, start_session
from queries.evaluations.receipts import Receipt
from queries.evaluations.submission import submit
from tests.people import add_person
from tests.queries.evaluations.evaluating import COMPLETE, Situation, filled_draft
from tests.web.conftest import MakeBrowser
from tests.worlds import make_event, make_ngo

HOSTILE = "<script>alert(1)</script> [here](http://evil.example)"


def sent_by_ngo(engine: Engine) -> tuple[Receipt, int]:
    """Receipt and the account of its NGO."""
    now = clock.now()
    with writing(engine) as connection:
        ngo_id = make_ngo(connection, name="Mehr <b>va</b> oqibat")
        day = now.astimezone(clock.TASHKENT).date() - timedelta(days=2)
        event_id = make_event(connection, event_date=day, ngo_ids=(ngo_id,))
        account = NewAccount(login="ngo", role=Role.NGO, ngo_id=ngo_id)
        account_id = add_account(connection, account, password=None, actor="test")
    here = Situation(Actor(Role.NGO, account_id=account_id, login="ngo", ngo_id=ngo_id), ngo_id, event_id)
    draft = filled_draft(engine, here, {**COMPLETE, DraftItem.COMMENT.value: HOSTILE}, now=now)
    return submit(engine, here.actor, submission_id=draft, now=now), account_id


def signed_in(browser: TestClient, engine: Engine, account_id: int) -> TestClient:
    """A browser with the session of an account."""
    with writing(engine) as connection:
        session_id = start_session(connection, account_id=account_id, address="", now=clock.now())
    browser.cookies.set(SESSION_COOKIE, session_id)
    return browser


def path_of(receipt: Receipt, language: Language = Language.EN) -> str:
    return f"/receipt/{receipt.submission_id}?lang={language}"


def test_the_receipt_says_what_was_sent_and_shows_hostile_text_as_text(
    make_browser: MakeBrowser, engine: Engine
) -> None:
    receipt, account_id = sent_by_ngo(engine)
    page = signed_in(make_browser(), engine, account_id).get(path_of(receipt)).text
    assert f"Receipt {receipt.number}" in page
    assert "Tashkent time" in page
    assert "4 of 5" in page
    assert "The hall was cold" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; [here](http://evil.example)" in page
    assert "Mehr &lt;b&gt;va&lt;/b&gt; oqibat" in page


@pytest.mark.parametrize("language", Language)
def test_it_is_in_the_language_of_the_reader(make_browser: MakeBrowser, engine: Engine, language: Language) -> None:
    receipt, account_id = sent_by_ngo(engine)
    response = signed_in(make_browser(), engine, account_id).get(path_of(receipt, language))
    assert f'lang="{language.html_code}"' in response.text
    assert response.headers["cache-control"] == "no-store"


def test_nobody_else_sees_it(make_browser: MakeBrowser, engine: Engine) -> None:
    receipt, _ = sent_by_ngo(engine)
    leader = signed_in(make_browser(), engine, add_person(engine, role=Role.NATIONAL))
    assert leader.get(path_of(receipt)).status_code == 404
    with writing(engine) as connection:
        account = NewAccount(login="other", role=Role.NGO, ngo_id=make_ngo(connection))
        other_id = add_account(connection, account, password=None, actor="test")
    answer = signed_in(make_browser(), engine, other_id).get(path_of(receipt))
    assert answer.status_code == 404
    assert receipt.number not in answer.text


def test_without_a_session_it_leads_to_the_sign_in_page(make_browser: MakeBrowser, engine: Engine) -> None:
    receipt, _ = sent_by_ngo(engine)
    answer = make_browser().get(path_of(receipt), headers={"accept": "text/html"})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/sign-in?{urlencode({'next': path_of(receipt)})}"
    visitor = make_browser(public_view=True).get(path_of(receipt))
    assert visitor.headers["location"] == answer.headers["location"]


@pytest.mark.parametrize("submission_id", ["nothing", "%00", "a" * 3000, "..%2f..%2fready"])
def test_an_unknown_receipt_is_not_found(make_browser: MakeBrowser, engine: Engine, submission_id: str) -> None:
    _, account_id = sent_by_ngo(engine)
    answer = signed_in(make_browser(), engine, account_id).get(f"/receipt/{submission_id}")
    assert answer.status_code == (200 if "%2f" in submission_id else 404)
    assert "Receipt 2" not in answer.text
