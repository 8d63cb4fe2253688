"""Accounts in a browser: a link whose token leaves the address sets the password, and the pages are accessible."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from components.accounts.links import LINK_PATH, link_address
from data.accounts.accounts import NewAccount
from data.database.engine import get_engine
from data.dates import clock
from data.demo.accounts import DEMO_ACCOUNTS
from data.language import Language, Translator
from data.policy import Actor, Role
from queries.accounts.administration import invite
from tests.browser.test_accessibility import english_names, serious_faults
from tests.browser.visiting import ExpectedPage, Visitor
from tests.people import PASSWORD

pytestmark = pytest.mark.browser

UZBEK, RUSSIAN = Translator(Language.UZ_LATN), Translator(Language.RU)


def test_a_link_leaves_the_address_and_sets_the_password(guarded: BrowserContext, server: str, database: str) -> None:
    account = NewAccount(login="zebo", role=Role.NATIONAL, language=Language.RU)
    link = invite(get_engine(database), Actor(Role.ADMIN, login="admin"), account, now=clock.now())
    asked: list[str] = []
    page = guarded.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(link_address(server, link.token, link.language))
    expect(page.get_by_role("heading", level=1)).to_have_text(RUSSIAN("Choose your password"))
    assert serious_faults(page.main_frame) == []
    page.get_by_role("link", name=Language.UZ_LATN.own_name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(UZBEK("Choose your password"))
    assert page.url == f"{server}{LINK_PATH}"
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.click("button.main")
    expect(page.get_by_test_id("stSidebar").get_by_text("zebo")).to_be_visible()
    expect(page.locator("html[lang=uz-Latn]")).to_be_attached()
    assert not [url for url in asked if link.token in url.partition("#")[0]]
    page.goto(f"{server}{LINK_PATH}")
    expect(page.get_by_role("alert")).to_be_visible()


def test_the_administrators_pages_are_accessible(guarded: BrowserContext, server: str) -> None:
    page = sign_in_as_administrator(guarded, server)
    faults = []
    for path in ("accounts?area=uz&do=invite", "my-account?area=uz", "audit?area=uz"):
        Visitor(page, ExpectedPage()).open(f"{server}/{path}")
        found = [*serious_faults(page.main_frame), *(f"English: {name}" for name in english_names(page))]
        faults += [f"{path} {fault}" for fault in found]
    assert not faults, "\n".join(faults)


def sign_in_as_administrator(guarded: BrowserContext, server: str) -> Page:
    """Return a page of the administrator of the demo."""
    account = next(account for account in DEMO_ACCOUNTS if account.role is Role.ADMIN)
    page = guarded.new_page()
    page.goto(f"{server}/sign-in")
    page.fill("#login", account.login)
    page.fill("#password", account.password)
    page.click("form:has(#login) button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page
