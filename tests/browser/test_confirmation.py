"""Where the eye is after a step in Chromium: the card stays with its result, what was sent is confirmed in sight."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from data.accounts.accounts import NewAccount, add_account
from data.database.engine import writing
from data.dates import clock
from data.policy import Role
from tests.browser.evaluating import PATIENCE_MS, NgoServer, answer_everything, receipt_number, sign_in_here
from tests.people import PASSWORD
from tests.worlds import FAR_DISTRICT, make_evaluation, make_event, make_ngo, make_recommendation

pytestmark = pytest.mark.browser

COORDINATOR = "muvofiqlashtiruvchi"


@pytest.fixture
def recommended(site: NgoServer) -> NgoServer:
    """The site with the coordinator of another district, which has three new recommendations."""
    today = clock.today()
    with writing(site.engine) as connection:
        account = NewAccount(login=COORDINATOR, role=Role.COORDINATOR, district_soato=FAR_DISTRICT)
        add_account(connection, account, password=PASSWORD, actor="test")
        for days in (20, 21, 22):
            day, ngo_id = today - timedelta(days=days), make_ngo(connection)
            event_id = make_event(connection, event_date=day, district_soato=FAR_DISTRICT, ngo_ids=(ngo_id,))
            evaluation_id = make_evaluation(connection, event_id=event_id, ngo_id=ngo_id, submitted_date=day)
            make_recommendation(
                connection,
                evaluation_id=evaluation_id,
                district_soato=FAR_DISTRICT,
                created_date=day,
                released_date=day,
            )
    return site


def cards(page: Page) -> list[str]:
    """Return the keys of the cards in their order on the screen."""
    pattern = r"/st-key-(board_[0-9a-f]{32})(?=\s)/"
    found: list[str] = page.evaluate(
        f"[...document.querySelectorAll('[class*=st-key-board_]')].map((e) => e.className.match({pattern})?.[1])"
        ".filter(Boolean)"
    )
    return found


def expect_confirmed(box: Locator, text: str) -> None:
    """Check that a confirmation has the focus and is in sight."""
    message = box.locator("[role=status]")
    expect(message).to_contain_text(text, timeout=PATIENCE_MS)
    expect(message).to_be_focused(timeout=PATIENCE_MS)
    expect(message).to_be_in_viewport(ratio=1, timeout=PATIENCE_MS)


def test_what_was_done_is_confirmed_where_it_was_done(guarded: BrowserContext, recommended: NgoServer) -> None:
    page = guarded.new_page()
    page.goto(f"{recommended.address}/sign-in?lang=en")
    page.fill("#login", COORDINATOR)
    page.fill("#password", PASSWORD)
    page.click("form:has(#login) button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    answer_the_middle_one(page, recommended)
    guarded.clear_cookies()
    login = recommended.add_account()
    sign_in_here(page, recommended, login)
    evaluate_and_correct(page)


def answer_the_middle_one(page: Page, site: NgoServer) -> None:
    page.goto(f"{site.address}/evaluations?part=recommendations&area={FAR_DISTRICT}&lang=en")
    page.get_by_role("radio", name="New: 3").click()
    expect(page.get_by_text("Act on it")).to_have_count(3, timeout=PATIENCE_MS)
    before = cards(page)
    card = page.locator(f".st-key-{before[1]}")
    card.get_by_text("Act on it").click()
    card.get_by_label("Answer to the NGO").fill("We will")
    card.get_by_label("Responsible person or office").fill("Office")
    card.get_by_label("Responsible person or office").press("Tab")
    card.get_by_role("button", name="Accept").click()
    result = page.locator(f".st-key-{before[1]}_result")
    expect_confirmed(result, "Saved: the recommendation is accepted.")
    expect(result).to_contain_text("reports it as done", timeout=PATIENCE_MS)
    expect(page.get_by_role("radio", name="New: 2")).to_have_attribute("aria-checked", "true", timeout=PATIENCE_MS)
    assert cards(page) == before
    page.get_by_role("radio", name="All: 3").click()
    expect(result).to_have_count(0, timeout=PATIENCE_MS)
    page.get_by_role("radio", name="New: 2").click()
    expect(page.get_by_text("Act on it")).to_have_count(2, timeout=PATIENCE_MS)


def evaluate_and_correct(page: Page) -> None:
    answer_everything(page).click()
    number = receipt_number(page)
    expect_confirmed(page.locator(".st-key-sent"), "Your evaluation is sent. Thank you.")
    page.locator(".st-key-correct button").click()
    expect(page.get_by_text("You are correcting version 1")).to_be_visible(timeout=PATIENCE_MS)
    page.locator("[class*='st-key-send-'] button").click()
    expect_confirmed(page.locator(".st-key-sent"), "Your correction is sent.")
    expect(page.get_by_text("You are correcting")).to_have_count(0, timeout=PATIENCE_MS)
    assert receipt_number(page) != number
