"""Coordination meeting of a district in Chromium, offline: finalise, present, download, decide."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect
from pptx import Presentation

from data.demo.accounts import DEMO_ACCOUNTS
from data.language import Language
from data.policy import Role
from tests.browser.forms import switch_language
from tests.browser.test_accessibility import DESK, PHONE, serious_faults
from tests.browser.visiting import sign_in

pytestmark = pytest.mark.browser

# Freezing and writing files take seconds, on a busy machine more.
PATIENCE_MS = 60_000
PPTX_START = b"PK\x03\x04"
DECISION = "Renew the memorandum before it expires"


@pytest.fixture(scope="module")
def leader_cookies(browser: Browser, server: str) -> StorageState:
    """Cookies of the leader of a district, signed in."""
    account = next(account for account in DEMO_ACCOUNTS if account.role is Role.DISTRICT)
    return sign_in(browser, server, login=account.login, password=account.password)


@pytest.fixture
def leader(guarded: BrowserContext, leader_cookies: StorageState, server: str) -> Page:
    """Leader of a district, signed in, with the Meeting page open."""
    guarded.add_cookies([{**cookie} for cookie in leader_cookies["cookies"]])  # type: ignore[typeddict-item]
    page = guarded.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{server}/meeting?lang=en")
    expect(page.locator(".st-key-freeze button")).to_be_visible(timeout=PATIENCE_MS)
    return page


def finalise(page: Page) -> str:
    """Finalise a pack, pressing twice as hurried people do, and return its id."""
    page.locator(".st-key-freeze button").dblclick()
    expect(page).to_have_url(re.compile(r"pack=[0-9a-f-]{36}"), timeout=PATIENCE_MS)
    expect(page.locator(".st-key-present a")).to_be_visible(timeout=PATIENCE_MS)
    found = re.search(r"pack=([0-9a-f-]{36})", page.url)
    assert found is not None
    return found[1]


def decide(page: Page, text: str) -> None:
    """Take a decision on the spot."""
    form = page.locator(".st-key-deciding")
    form.locator("textarea").fill(text)
    form.locator("input[type=text]").first.fill("District office")
    form.locator(".st-key-decide button").dblclick()
    expect(form.get_by_text("Saved.")).to_be_visible(timeout=PATIENCE_MS)


def cards(page: Page, text: str) -> int:
    """Return how many decision cards contain a text."""
    return page.locator("[class*='st-key-own_']").get_by_text(text).count()


def type_the_next(page: Page) -> None:
    """Type a decision right after one was taken: what is redrawn meanwhile takes no letter."""
    form = page.locator(".st-key-deciding")
    text, owner = form.locator("textarea"), form.locator("input[type=text]").first
    expect(text).to_have_count(1)
    text.fill("Open the room in the evening")
    owner.click()
    expect(form.get_by_text("Saved.")).to_have_count(0, timeout=PATIENCE_MS)
    page.keyboard.type("School")
    expect(owner).to_have_value("School")


def test_a_district_holds_its_meeting(leader: Page, guarded: BrowserContext, server: str) -> None:
    pack_id = finalise(leader)
    with guarded.expect_page() as opening:
        leader.locator(".st-key-present a").click()
    presented = opening.value
    expect(presented).to_have_url(re.compile(f"/present/{pack_id}"))
    expect(presented.locator("h1, h2").first).to_be_visible(timeout=PATIENCE_MS)

    leader.locator(".st-key-make_file button").click()
    with leader.expect_download(timeout=PATIENCE_MS) as download:
        leader.locator(".st-key-download_file button").click()
    content = download.value.path().read_bytes()
    assert download.value.suggested_filename.endswith("en.pptx")
    assert content.startswith(PPTX_START)
    assert len(Presentation(io.BytesIO(content)).slides) > 1

    decide(leader, DECISION)
    assert cards(leader, DECISION) == 1
    type_the_next(leader)
    leader.goto(f"{server}/meeting?pack={pack_id}&lang=en")
    expect(leader.locator("[class*='st-key-own_']").get_by_text(DECISION)).to_be_visible(timeout=PATIENCE_MS)
    leader.locator(".st-key-show_packs button").click()
    leader.locator(f".st-key-open_{pack_id} button").click()
    expect(leader.locator(".st-key-present a")).to_be_visible(timeout=PATIENCE_MS)
    expect(leader).to_have_url(re.compile(f"pack={pack_id}"))
    leader.go_back()
    expect(leader.locator(".st-key-freeze button")).to_be_visible(timeout=PATIENCE_MS)
    assert pack_id not in leader.url


def faults(page: Page) -> list[str]:
    """Return what axe finds on a desk, and whether the page is wider than a phone."""
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.wait_for_timeout(1_000)
    found = [fault for frame in page.frames for fault in serious_faults(frame)]
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.wait_for_timeout(500)
    main = page.locator("[data-testid=stMain]")
    return found + ["wide"] * main.evaluate("main => main.scrollWidth > main.clientWidth")


def test_the_page_is_accessible_fits_a_phone_and_keeps_what_is_typed_in_another_language(leader: Page) -> None:
    assert faults(leader) == []
    leader.set_viewport_size(DESK)  # type: ignore[arg-type]
    finalise(leader)
    assert faults(leader) == []
    leader.set_viewport_size(DESK)  # type: ignore[arg-type]
    text = leader.locator(".st-key-deciding textarea")
    text.fill(DECISION)
    switch_language(leader, Language.RU)
    expect(leader.locator("h1").first).to_contain_text("Совещание")
    expect(text).to_have_value(DECISION)
