"""The monthly workbook in Chromium: download the rows, edit them in a spreadsheet, upload, look, accept."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from data.demo.accounts import DEMO_ACCOUNTS
from data.language import Language, Translator
from data.policy import Role
from data.registers.entry import register_sheet
from data.workbook.errors import UNKNOWN_WORD
from data.workbook.template import FIRST_ROW
from tests.browser.test_accessibility import PHONE, serious_faults
from tests.browser.visiting import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.flow]

PATIENCE_MS = 60_000
SHEET = register_sheet("events")
COLUMNS = {field.code: at for at, field in enumerate(SHEET.fields, 1)}


@pytest.fixture
def coordinator(guarded: BrowserContext, browser: Browser, server: str, language: Language) -> Page:
    """Coordinator, signed in, with the page of uploads open."""
    account = next(account for account in DEMO_ACCOUNTS if account.role is Role.COORDINATOR)
    cookies = sign_in(browser, server, login=account.login, password=account.password)
    guarded.add_cookies([{**cookie} for cookie in cookies["cookies"]])  # type: ignore[typeddict-item]
    page = guarded.new_page()
    page.set_viewport_size({"width": 1366, "height": 768})
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{server}/upload?lang={language}")
    expect(page.locator("input[type=file]")).to_be_attached(timeout=PATIENCE_MS)
    return page


def downloaded(page: Page, path: Path) -> Path:
    """Download the rows of this year."""
    with page.expect_download(timeout=PATIENCE_MS) as download:
        page.locator(".st-key-download_rows button").click()
    download.value.save_as(path)
    return path


def edited(path: Path, language: Language) -> Path:
    """Correct an event, add a copy of another under a new number, and break a third."""
    book = openpyxl.load_workbook(path)
    rows = book[SHEET.name.in_language(language)]
    rows.cell(FIRST_ROW, COLUMNS["title"]).value = "Corrected title"
    rows.cell(FIRST_ROW + 1, COLUMNS["direction"]).value = "Space"
    last = rows.max_row + 1
    while rows.cell(last - 1, COLUMNS["number"]).value is None:
        last -= 1
    for at in COLUMNS.values():
        rows.cell(last, at).value = rows.cell(FIRST_ROW + 2, at).value
    rows.cell(last, COLUMNS["number"]).value = "NEW-1"
    book.save(path)
    return path


def test_the_monthly_workbook_is_downloaded_edited_uploaded_and_accepted(
    coordinator: Page, language: Language, tmp_path: Path
) -> None:
    page, say = coordinator, Translator(language)
    path = edited(downloaded(page, tmp_path / "rows.xlsx"), language)

    page.locator("input[type=file]").set_input_files(path)
    accept = page.locator(".st-key-upload_accept button")
    expect(accept).to_contain_text(
        say.plural("Accept {number} row", "Accept {number} rows", 2, number=2), timeout=PATIENCE_MS
    )
    expect(page.locator("ins").get_by_text("Corrected title")).to_be_visible()
    expect(page.get_by_text(say(UNKNOWN_WORD, value="Space"))).to_be_visible()
    for viewport in (PHONE, {"width": 1366, "height": 768}):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert serious_faults(page.main_frame) == []

    accept.click()
    result = page.locator(".st-key-upload_accepted")
    expect(result).to_contain_text(say("New records: {number}", number=1), timeout=PATIENCE_MS)
    expect(result).to_contain_text(say("Corrected records: {number}", number=1))
    expect(result).to_be_in_viewport()
    with page.expect_download(timeout=PATIENCE_MS) as download:
        page.locator(".st-key-upload_refused button").click()
    download.value.save_as(tmp_path / "refused.xlsx")
    refused = openpyxl.load_workbook(tmp_path / "refused.xlsx").worksheets[0]
    assert refused.cell(FIRST_ROW, COLUMNS["direction"]).value == "Space"

    page.locator(".st-key-upload_next button").click()
    page.locator("[class*='st-key-undo_'] button").first.click()
    page.locator(".st-key-undo_now button").click()
    expect(page.locator(".st-key-undo_result")).to_contain_text(say("The upload was undone."), timeout=PATIENCE_MS)
