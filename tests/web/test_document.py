"""Download of a document: an attachment for those who may see the record, and nothing for anyone else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from data.accounts.accounts import NewAccount, add_account
from data.database.engine import writing
from data.dates import clock
from data.policy import Actor, Role
from data.settings import get_settings
from queries.accounts.sessions import SESSION_COOKIE, start_session
from queries.registers.documents import add_document
from tests.documents import PDF, signature, store_in
from tests.web.conftest import MakeBrowser
from tests.worlds import DISTRICT, FAR_DISTRICT, make_memorandum


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    store_in(tmp_path, monkeypatch)
    yield tmp_path
    get_settings.cache_clear()


def stored(engine: Engine, *, content: bytes = PDF, file_name: str = "Oʻzgarish.pdf") -> int:
    """A document of a memorandum of a district."""
    with writing(engine) as connection:
        memorandum_id = make_memorandum(connection)
    return add_document(
        engine,
        Actor(Role.ADMIN),
        register="memoranda",
        record_id=memorandum_id,
        file_name=file_name,
        content=content,
        now=clock.now(),
    )


def signed_in(browser: TestClient, engine: Engine, district_soato: str) -> TestClient:
    """A browser with the session of the leader of a district."""
    with writing(engine) as connection:
        account = NewAccount(login=f"d{district_soato}", role=Role.DISTRICT, district_soato=district_soato)
        account_id = add_account(connection, account, password=None, actor="test")
        session_id = start_session(connection, account_id=account_id, address="", now=clock.now())
    browser.cookies.set(SESSION_COOKIE, session_id)
    return browser


def test_it_is_an_attachment_that_no_browser_takes_for_anything_else(make_browser: MakeBrowser, engine: Engine) -> None:
    answer = signed_in(make_browser(), engine, DISTRICT).get(f"/document/{stored(engine)}")
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith('attachment; filename="document.pdf"; filename*=UTF-8')
    assert answer.headers["content-disposition"].endswith("O%CA%BBzgarish.pdf")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


def test_a_signature_is_sent_as_one(make_browser: MakeBrowser, engine: Engine) -> None:
    document_id = stored(engine, content=signature(), file_name="Oʻzgarish.pdf.p7s")
    answer = signed_in(make_browser(), engine, DISTRICT).get(f"/document/{document_id}")
    assert (answer.status_code, answer.content) == (200, signature())
    assert answer.headers["content-type"] == "application/pkcs7-signature"
    assert answer.headers["content-disposition"].endswith("O%CA%BBzgarish.pdf.p7s")


@pytest.mark.parametrize("path", ["{id}", "999999", "99999999999999999999"])
def test_others_are_told_that_there_is_none(make_browser: MakeBrowser, engine: Engine, path: str) -> None:
    address = f"/document/{path.format(id=stored(engine))}"
    answer = signed_in(make_browser(), engine, FAR_DISTRICT).get(address)
    assert answer.status_code == 404
    assert PDF not in answer.content


def test_without_a_session_it_leads_to_signing_in(make_browser: MakeBrowser, engine: Engine) -> None:
    for accept in ("text/html", "*/*"):
        answer = make_browser().get(f"/document/{stored(engine)}", headers={"Accept": accept})
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in")


def test_a_file_that_was_changed_on_the_disk_is_not_sent(
    make_browser: MakeBrowser, engine: Engine, folder: Path
) -> None:
    document_id = stored(engine)
    for path in folder.iterdir():
        path.write_bytes(b"%PDF-1.4 something else")
    answer = signed_in(make_browser(), engine, DISTRICT).get(f"/document/{document_id}")
    assert answer.status_code == 500
    assert b"something else" not in answer.content
