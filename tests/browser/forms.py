"""Forms of registers in Chromium: what was filled in is on the server before the next field, as at a person's pace."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from sqlalchemy import Engine, select

from data.database.engine import reading
from data.language import Language
from data.schema import RecordDraft
from tests.browser.evaluating import PATIENCE_MS, NgoServer
from tests.people import PASSWORD


def wait_until_kept(page: Page, engine: Engine, **cells: str) -> None:
    """Wait until a draft on the server has these texts by field code."""
    until = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < until:
        with reading(engine) as connection:
            drafts = connection.scalars(select(RecordDraft.cells)).all()
        if any(all(draft.get(code) == text for code, text in cells.items()) for draft in drafts):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"no draft has {cells}: {drafts}")


def button_of(page: Page, name: str) -> Locator:
    """Return a button once it stands there alone: while a page is redrawn, the one of before stands beside it."""
    button = page.get_by_role("button", name=name, exact=True)
    expect(button).to_have_count(1, timeout=PATIENCE_MS)
    return button


def pick(option: Locator, opening: Callable[[], None]) -> None:
    """Open a list and choose an option; what an earlier field has sent may close the list that was just opened."""
    for _ in range(5):
        opening()
        try:
            option.click(timeout=5_000)
        except PlaywrightTimeoutError:
            option.page.keyboard.press("Escape")
            continue
        return
    option.click(timeout=PATIENCE_MS)


def choose_option(page: Page, label: str, option: str) -> None:
    """Choose an option of a select by its label."""
    box = page.get_by_role("combobox", name=label)
    pick(page.get_by_role("option", name=option, exact=True), lambda: box.click(timeout=PATIENCE_MS))


def switch_language(page: Page, language: Language) -> None:
    """Choose another language for the page."""
    box = page.locator("[class*='st-key-language_switch'] input[role=combobox]")
    pick(page.get_by_role("option", name=language.own_name, exact=True), lambda: box.click(timeout=PATIENCE_MS))


def sign_in_as(page: Page, site: NgoServer, login: str) -> None:
    """Sign in as one of the accounts of a site, and nobody else."""
    page.context.clear_cookies()
    page.goto(f"{site.address}/sign-in?lang=en")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("form:has(#login) button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in" not in url)
