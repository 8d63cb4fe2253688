"""Sign-in by OpenID Connect in Chromium: the real server, a provider on this machine, and no other network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import Engine, update

from data.accounts.accounts import set_active
from data.database.engine import new_engine, writing
from data.database.migrate import migrate
from data.dates import clock
from data.directory import load_directory
from data.language import Language, Translator
from data.policy import ROLE_LABELS, Role
from data.schema import Account
from data.settings import ROOT
from queries.evaluations.receipts import Receipt
from queries.evaluations.submission import submit
from tests.browser.forms import switch_language
from tests.browser.serving import serving
from tests.openid_provider import OpenIdProvider, openid_provider
from tests.people import PASSWORD, add_person
from tests.queries.evaluations.evaluating import filled_draft, situation
from web.auth.oidc import SignInRefusal

pytestmark = pytest.mark.browser

EMAIL = "ngo@example.uz"
RUSSIAN = Translator(Language.RU)


@dataclass(frozen=True)
class OidcDesk:
    """Server, its database and the provider that it trusts; the NGO ``login`` has sent one evaluation."""

    address: str
    engine: Engine
    provider: OpenIdProvider
    login: str
    receipt: Receipt


def new_database(folder: Path) -> tuple[Engine, str, Receipt]:
    """A database with an NGO that signs in by the provider alone and reads Russian, and a leader with a password."""
    engine = new_engine(f"sqlite:///{folder / 'oidc.db'}")
    migrate(engine)
    with writing(engine) as connection:
        load_directory(connection)
    now = clock.now()
    ngo = situation(engine, event_date=now.astimezone(clock.TASHKENT).date() - timedelta(days=2))
    receipt = submit(engine, ngo.actor, submission_id=filled_draft(engine, ngo, now=now), now=now)
    with writing(engine) as connection:
        values = {"email": EMAIL, "language_code": Language.RU.value}
        connection.execute(update(Account).where(Account.login == ngo.actor.login).values(**values))
    add_person(engine, "nodira", role=Role.NATIONAL)
    return engine, ngo.actor.login, receipt


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OidcDesk]:
    """Product with the public view, and with secrets that name the provider."""
    home = tmp_path_factory.mktemp("home")
    engine, login, receipt = new_database(home)
    with openid_provider() as provider:
        (home / ".streamlit").mkdir()
        secrets = provider.secrets_toml("http://localhost:{port}/oauth2callback")
        (home / ".streamlit" / "secrets.toml").write_text(secrets, encoding="utf-8")
        environment = {
            "DATABASE_URL": str(engine.url),
            "PUBLIC_VIEW": "true",
            "HOME": str(home),
            "NO_PROXY": "localhost",
        }
        with serving(ROOT / "server.py", environment) as address:
            yield OidcDesk(address, engine, provider, login, receipt)
    engine.dispose()


@pytest.fixture
def page(guarded: BrowserContext, desk: OidcDesk) -> Page:
    """A visitor, and a provider that vouches for the NGO."""
    desk.provider.person = {"email": EMAIL, "email_verified": True}
    with writing(desk.engine) as connection:
        set_active(connection, desk.login, is_active=True, actor="test")
    return guarded.new_page()


def press(page: Page) -> None:
    """Press the second button of the sign-in page."""
    page.locator("a.second[href^='/sign-in/oidc']").click()


def test_a_visitor_signs_in_by_the_provider_opens_the_receipt_and_signs_out(page: Page, desk: OidcDesk) -> None:
    page.goto(f"{desk.address}/method")
    page.get_by_test_id("stSidebar").locator("a[href^='/sign-in']").click()
    press(page)
    caption = page.get_by_test_id("stSidebar").get_by_text(desk.login)
    expect(caption).to_be_visible(timeout=30_000)
    expect(caption.locator("..")).to_contain_text(RUSSIAN(ROLE_LABELS[Role.NGO]))
    assert {cookie["name"] for cookie in page.context.cookies()} >= {"hamkor_session"}
    assert not any(cookie["name"].startswith("_streamlit_user") for cookie in page.context.cookies())
    page.goto(f"{desk.address}/receipt/{desk.receipt.submission_id}")
    expect(page.locator("h1")).to_contain_text(desk.receipt.number)
    page.goto(f"{desk.address}/sign-out")
    page.locator("main button").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    page.goto(f"{desk.address}/receipt/{desk.receipt.submission_id}")
    expect(page).to_have_url(re.compile(r"/sign-in\?next=%2Freceipt"))
    press(page)
    expect(page.locator("h1")).to_contain_text(desk.receipt.number)


def test_a_stranger_is_told_why_and_signs_in_with_a_password(page: Page, desk: OidcDesk) -> None:
    desk.provider.person = {"email": "stranger@example.uz", "email_verified": True}
    page.goto(f"{desk.address}/sign-in?next=/memoranda&lang=ru")
    press(page)
    expect(page.get_by_role("alert")).to_have_text(RUSSIAN(SignInRefusal.UNKNOWN.label))
    page.fill("#login", "nodira")
    page.fill("#password", PASSWORD)
    page.locator("form:has(#login) button").click()
    expect(page).to_have_url(re.compile("/memoranda"))
    expect(page.get_by_test_id("stSidebar").get_by_text("nodira")).to_be_visible(timeout=30_000)


def test_an_account_switched_off_is_out_at_its_next_click(page: Page, desk: OidcDesk) -> None:
    page.goto(f"{desk.address}/sign-in?next=/method&lang=ru")
    press(page)
    caption = page.get_by_test_id("stSidebar").get_by_text(desk.login)
    expect(caption).to_be_visible(timeout=30_000)
    with writing(desk.engine) as connection:
        set_active(connection, desk.login, is_active=False, actor="test")
    switch_language(page, Language.EN)
    expect(page.get_by_test_id("stSidebar").locator("a[href^='/sign-in']")).to_be_visible(timeout=30_000)
    expect(caption).to_have_count(0)
    page.goto(f"{desk.address}/sign-in")
    press(page)
    expect(page.get_by_role("alert")).to_be_visible()
