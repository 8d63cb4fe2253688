"""Memoranda in Chromium at 1366 pixels: each flow within its number of pages, forms and clicks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlalchemy import func, select

from data.accounts.accounts import NewAccount, add_account
from data.database.engine import reading, writing
from data.dates import clock
from data.policy import Role
from data.schema import Document, Memorandum, Ngo, Obligation
from tests.browser.evaluating import PATIENCE_MS, NgoServer, ngo_server
from tests.documents import PDF
from tests.people import PASSWORD
from tests.worlds import DISTRICT, make_memorandum, make_ngo, make_obligation

pytestmark = pytest.mark.browser

COORDINATOR = "muvofiqlashtiruvchi"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NgoServer]:
    """A server with a coordinator whose district has a memorandum with two overdue obligations."""
    with ngo_server(tmp_path_factory.mktemp("memoranda")) as served:
        today = clock.today()
        with writing(served.engine) as connection:
            account = NewAccount(login=COORDINATOR, role=Role.COORDINATOR, district_soato=DISTRICT)
            add_account(connection, account, password=PASSWORD, actor="test")
            memorandum_id = make_memorandum(
                connection, expiry_date=today + timedelta(days=400), ngo_ids=(make_ngo(connection, name="Mehr nuri"),)
            )
            for days in (30, 40):
                make_obligation(connection, memorandum_id=memorandum_id, due_date=today - timedelta(days=days))
        yield served


@pytest.fixture
def page(guarded: BrowserContext, site: NgoServer) -> Page:
    """A page of the coordinator at 1366 pixels."""
    opened = guarded.new_page()
    opened.set_viewport_size({"width": 1366, "height": 768})
    opened.goto(f"{site.address}/sign-in?lang=en")
    opened.fill("#login", COORDINATOR)
    opened.fill("#password", PASSWORD)
    opened.click("form:has(#login) button[type=submit]")
    opened.wait_for_url(lambda url: "/sign-in" not in url)
    return opened


def fill(page: Page, label: str, text: str) -> None:
    """Type into a field and leave it, which stores the draft."""
    box = page.get_by_role("textbox", name=label, exact=True)
    box.fill(text)
    box.blur()
    page.wait_for_timeout(300)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=PATIENCE_MS)


def the_button(page: Page, name: str) -> Locator:
    """Return the button of a name; while a page is redrawn, what it was before can stand below it."""
    button = page.get_by_role("button", name=name, exact=True)
    expect(button).to_have_count(1, timeout=PATIENCE_MS)
    return button


def expect_said(page: Page, text: str) -> None:
    """Check that a result has the focus and is in sight."""
    message = page.locator("[role=status]", has_text=text)
    expect(message).to_be_focused(timeout=PATIENCE_MS)
    expect(message).to_be_in_viewport(ratio=1)


def test_an_obligation_is_fulfilled_with_two_clicks_from_the_attention_list(page: Page, site: NgoServer) -> None:
    page.goto(f"{site.address}/district?area={DISTRICT}&lang=en")
    page.locator(".hamkor-attention a[href*='do=fulfil']").first.click(timeout=PATIENCE_MS)
    evidence = page.get_by_role("textbox", name="Evidence", exact=True)
    expect(evidence).to_be_focused(timeout=PATIENCE_MS)
    evidence.fill("Dalolatnoma № 7")
    page.get_by_role("button", name="Mark fulfilled", exact=True).first.click()
    expect_said(page, "Marked fulfilled.")
    with reading(site.engine) as connection:
        fulfilled = connection.execute(select(Obligation.evidence).where(Obligation.fulfilled_date.is_not(None)))
        assert [row.evidence for row in fulfilled] == ["Dalolatnoma № 7"]


def test_a_new_memorandum_is_entered_on_one_page(page: Page, site: NgoServer, tmp_path: Path) -> None:
    scan = tmp_path / "skan.pdf"
    scan.write_bytes(PDF)
    page.goto(f"{site.address}/memoranda?area={DISTRICT}&lang=en")
    page.get_by_role("button", name="New memorandum").click(timeout=PATIENCE_MS)
    fill(page, "Title", "Yoshlar bilan ishlash")
    parties = page.get_by_role("combobox", name=re.compile("NGOs, by name or STIR"))
    parties.click()
    page.get_by_role("option", name=re.compile("Mehr nuri")).click()
    parties.press("Escape")
    expect(page.get_by_role("button", name="Drop the draft")).to_be_visible(timeout=PATIENCE_MS)
    page.wait_for_timeout(500)
    parties.fill("300099000")
    expect(page.get_by_role("option")).to_have_count(1, timeout=PATIENCE_MS)
    parties.press("Enter")
    parties.press("Escape")
    expect(page.get_by_role("textbox", name="Name of the organisation 300099000 *")).to_be_visible(timeout=PATIENCE_MS)
    fill(page, "Name of the organisation 300099000 *", "Yangi umid")
    fill(page, "Signed", f"{clock.today():%d.%m.%Y}")
    page.get_by_role("button", name="Add an obligation").first.click()
    expect(page.get_by_role("textbox", name="Obligation *", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    fill(page, "Obligation *", "Xona ajratish")
    page.set_input_files("input[type=file]", scan)
    expect(page.get_by_role("link", name="skan.pdf")).to_be_visible(timeout=PATIENCE_MS)
    the_button(page, "Save the memorandum").click()
    expect(page.get_by_role("textbox", name="Due *", exact=True)).to_be_focused(timeout=PATIENCE_MS)

    page.reload()
    expect(page.get_by_role("textbox", name="Title", exact=True)).to_have_value(
        "Yoshlar bilan ishlash", timeout=PATIENCE_MS
    )
    expect(page.get_by_role("link", name="skan.pdf")).to_be_visible()
    fill(page, "Due *", f"{clock.today() + timedelta(days=60):%d.%m.%Y}")
    the_button(page, "Save the memorandum").dblclick()
    expect_said(page, "The memorandum is saved.")
    assert "/memorandum?" in page.url
    with page.expect_download() as download:
        page.get_by_role("link", name="skan.pdf").click()
    assert Path(download.value.path()).read_bytes() == PDF
    with reading(site.engine) as connection:
        made = select(func.count()).where(Memorandum.title == "Yoshlar bilan ishlash")
        new = select(func.count()).where(Ngo.stir == "300099000", Ngo.name == "Yangi umid")
        texts = select(func.count()).where(Obligation.text == "Xona ajratish")
        documents = select(func.count()).where(Document.record_id > 0)
        assert [connection.scalar(each) for each in (made, new, texts, documents)] == [1, 1, 1, 1]


def test_it_is_amended_and_terminated_by_one_form_each_while_another_tab_is_asked(page: Page, site: NgoServer) -> None:
    with reading(site.engine) as connection:
        memorandum_id = connection.scalar(select(func.min(Memorandum.id)))
    address = f"{site.address}/memorandum?record={memorandum_id}&area={DISTRICT}&lang=en"
    other = page.context.new_page()
    other.set_viewport_size({"width": 1366, "height": 768})
    other.goto(f"{address}&do=correct")
    expect(other.get_by_role("textbox", name="Title", exact=True)).to_be_visible(timeout=PATIENCE_MS)

    page.goto(address)
    page.get_by_role("button", name="Amend or extend").click(timeout=PATIENCE_MS)
    fill(page, "New expiry", f"{clock.today() + timedelta(days=800):%d.%m.%Y}")
    the_button(page, "Save the amendment").click()
    expect_said(page, "The amendment is saved.")
    page.get_by_role("button", name="Correct", exact=True).first.click()
    fill(page, "Title", "Birinchi nom")
    fill(page, "Why is it corrected? *", "xato")
    the_button(page, "Save").click()
    expect_said(page, "Corrected.")

    fill(other, "Title", "Ikkinchi nom")
    fill(other, "Why is it corrected? *", "imlo")
    the_button(other, "Save").click()
    other.get_by_text("Mine: Ikkinchi nom").click(timeout=PATIENCE_MS)
    the_button(other, "Save").click()
    expect_said(other, "Corrected.")
    expect(other.get_by_text("Ikkinchi nom", exact=True).first).to_be_visible()
    other.close()

    page.goto(address)
    page.get_by_role("button", name="Terminate").click(timeout=PATIENCE_MS)
    fill(page, "Reason of termination *", "Taraflar kelishdi")
    page.get_by_role("button", name="Terminate", exact=True).last.click()
    expect_said(page, "The memorandum is terminated.")
    expect(page.get_by_text(re.compile("Terminated on"))).to_have_count(2)
