"""Visit of a leader in Chromium, without any network but this machine's own."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, StorageState, expect

from data.demo.accounts import DEMO_ACCOUNTS
from data.language import Language
from tests.browser.conftest import Guard
from tests.browser.forms import switch_language
from tests.browser.visiting import ExpectedPage, Visitor

pytestmark = pytest.mark.browser

# How long a page may take on a busy machine; a test goes on as soon as what it waits for is there.
expect.set_options(timeout=30_000)

OVERVIEW = ExpectedPage(charts=1, maps=1)
FRAME = "iframe"
OUTLINES = "path.leaflet-interactive"


def heading(page: Page) -> str:
    """Return the first heading of the page."""
    return page.locator("h1").first.inner_text()


@pytest.fixture
def visitor(guarded: BrowserContext, cookies: StorageState) -> Visitor:
    """Visitor who signed in, before any page is opened."""
    guarded.add_cookies([{**cookie} for cookie in cookies["cookies"]])  # type: ignore[typeddict-item]
    return Visitor(guarded.new_page(), OVERVIEW)


def test_the_sign_in_page_leads_to_the_overview(guarded: BrowserContext, server: str) -> None:
    page = guarded.new_page()
    page.goto(server)
    expect(page).to_have_url(re.compile(r"/sign-in"))
    for account in DEMO_ACCOUNTS:
        expect(page.get_by_text(account.password)).to_be_visible()
    page.locator(".demo button").first.click()
    expect(page).not_to_have_url(re.compile("/sign-in"))
    expect(page.frame_locator(FRAME).locator(OUTLINES).first).to_be_visible(timeout=30_000)


def asked(guard: Guard, addresses: list[str]) -> None:
    """Be a test whose page asks for addresses, and check that it gets no answer."""
    ask = "async (all) => Promise.all(all.map((one) => fetch(one, { mode: 'no-cors' }).then(() => one, () => null)))"
    with guard.watching() as context:
        assert context.new_page().evaluate(ask, addresses) == [None] * len(addresses)


def test_a_request_that_would_leave_the_machine_fails_and_is_noted(guard: Guard) -> None:
    addresses = ["http://example.com/", "https://192.0.2.1/", "http://[2001:db8::1]/"]
    with pytest.raises(AssertionError, match=re.escape(addresses[0])):
        asked(guard, addresses)
    assert guard.outside == addresses


def test_a_click_on_the_map_opens_the_district(visitor: Visitor, server: str) -> None:
    visitor.open(f"{server}/overview")
    page = visitor.page
    outline = page.frame_locator(FRAME).locator(OUTLINES).nth(100)
    outline.hover()
    name = page.frame_locator(FRAME).locator(".leaflet-tooltip").inner_text().splitlines()[0].strip()
    page.mouse.down()
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"/district\?.*area=\d{7}"))
    expect(page.locator("h1").first).to_contain_text(name)


def test_another_language_changes_the_words_and_keeps_the_choices(visitor: Visitor, server: str) -> None:
    visitor.open(f"{server}/overview?area=1726&period=year-1&lang=uz_Latn")
    page, before = visitor.page, heading(visitor.page)
    switch_language(page, Language.RU)
    expect(page.locator("h1").first).not_to_have_text(before)
    expect(page.locator("h1").first).to_contain_text(re.compile("[а-я]{4}"))
    expect(page).to_have_url(re.compile("lang=ru"))
    assert "area=1726" in page.url
    assert "period=year-1" in page.url


def go_back_to(page: Page, address: re.Pattern[str]) -> None:
    """Step back in history to an address.

    Between two pages a busy browser may keep an entry of its own, that of the menu's link before the page has written
    its choices into the address. It takes a second step then, and never a third.
    """
    page.go_back()
    try:
        expect(page).to_have_url(address, timeout=5_000)
    except AssertionError:
        page.go_back()
        expect(page).to_have_url(address)


def test_choices_stay_when_the_page_changes_and_back_and_forward_work(visitor: Visitor, server: str) -> None:
    visitor.open(f"{server}/overview?area=1726&period=year-1")
    page, overview = visitor.page, heading(visitor.page)
    page.locator("[data-testid=stSidebarNavLink][href*=memoranda]").click()
    expect(page).to_have_url(re.compile(r"/memoranda\?.*area=1726"))
    expect(page.locator("h1").first).not_to_have_text(overview)
    assert "period=year-1" in page.url
    memoranda = heading(page)
    go_back_to(page, re.compile(r":\d+/(overview)?\?.*area=1726"))
    expect(page.locator("h1").first).to_have_text(overview)
    page.go_forward()
    expect(page).to_have_url(re.compile(r"/memoranda"))
    expect(page.locator("h1").first).to_have_text(memoranda)


def test_a_change_of_indicator_keeps_the_map(visitor: Visitor, server: str) -> None:
    visitor.open(f"{server}/overview")
    frame = visitor.page.locator(FRAME).first
    frame.evaluate("frame => { frame.contentWindow.isTheSame = true; }")
    visitor.choose("indicator", 3)
    assert frame.evaluate("frame => frame.contentWindow.isTheSame") is True


def test_a_weight_moved_by_keyboard_stands_in_the_address(visitor: Visitor, server: str) -> None:
    visitor.expected = ExpectedPage(charts=5)
    visitor.open(f"{server}/effectiveness?area=uz")
    visitor.slide("weight-judgement", "ArrowRight")
    expect(visitor.page).to_have_url(re.compile("weights=5-5-5-6-5-5"), timeout=30_000)
    visitor.page.reload()
    slider = visitor.page.locator("[class*='st-key-weight-judgement'] input[type=range]")
    expect(slider).to_have_value("6", timeout=30_000)


def test_signing_out_ends_the_session(guarded: BrowserContext, server: str) -> None:
    page = guarded.new_page()
    page.goto(f"{server}/sign-in")
    page.locator(".demo button").first.click()
    expect(page).not_to_have_url(re.compile("/sign-in"))
    page.goto(f"{server}/sign-out")
    page.locator("main button").first.click()
    expect(page).to_have_url(re.compile("/sign-in"))
    page.goto(f"{server}/overview")
    expect(page).to_have_url(re.compile("/sign-in"))
