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
from data.language import Language, Translator
from data.policy import Role
from data.registers.entry import register_sheet
from data.schema import Document, Memorandum, Ngo, Obligation
from tests.browser.evaluating import PATIENCE_MS, NgoServer, ngo_server
from tests.browser.forms import wait_until_kept
from tests.documents import PDF
from tests.people import PASSWORD
from tests.worlds import DISTRICT, make_memorandum, make_ngo, make_obligation

pytestmark = [pytest.mark.browser, pytest.mark.flow]

COORDINATOR = "muvofiqlashtiruvchi"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NgoServer]:
    """A server with a coordinator and an NGO."""
    with ngo_server(tmp_path_factory.mktemp("memoranda")) as served:
        with writing(served.engine) as connection:
            account = NewAccount(login=COORDINATOR, role=Role.COORDINATOR, district_soato=DISTRICT)
            add_account(connection, account, password=PASSWORD, actor="test")
            make_ngo(connection, name="Mehr nuri")
        yield served


@pytest.fixture
def memorandum_id(site: NgoServer) -> int:
    """A memorandum with two overdue obligations."""
    today = clock.today()
    with writing(site.engine) as connection:
        made = make_memorandum(
            connection, expiry_date=today + timedelta(days=400), ngo_ids=(make_ngo(connection, name="Ezgulik"),)
        )
        for days in (30, 40):
            make_obligation(connection, memorandum_id=made, due_date=today - timedelta(days=days))
    return made


@pytest.fixture
def say(language: Language) -> Translator:
    """Translator into the language of the test."""
    return Translator(language)


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


def heading(name: str, say: Translator) -> str:
    """Return the heading of a field, named by its register and code, in the language of the page."""
    register, code = name.split(".")
    return register_sheet(register).field(code).heading.in_language(say.language)


def fill(page: Page, label: str, text: str) -> None:
    """Type into a field once the page is drawn, as at a person's pace, and leave it, which stores the draft."""
    box = page.get_by_role("textbox", name=label, exact=True)
    expect(box).to_be_visible(timeout=PATIENCE_MS)
    expect_drawn(page)
    box.fill(text)
    box.blur()
    page.wait_for_timeout(300)
    expect_drawn(page)


def expect_drawn(page: Page) -> None:
    """Wait until no run is under way and nothing is being redrawn."""
    app = page.locator("[data-testid=stApp]")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=PATIENCE_MS)
    expect(page.locator("[data-stale=true]")).to_have_count(0, timeout=PATIENCE_MS)


def the_button(page: Page, name: str) -> Locator:
    """Return the button of a name; while a page is redrawn, what it was before can stand below it."""
    return page.get_by_role("button", name=name, exact=True, disabled=False).first


def expect_said(page: Page, text: str) -> None:
    """Check that a result has the focus and is in sight."""
    message = page.locator("[role=status]", has_text=text)
    expect(message).to_be_focused(timeout=PATIENCE_MS)
    expect(message).to_be_in_viewport(ratio=1)


def test_an_obligation_is_fulfilled_with_two_clicks_from_the_attention_list(
    page: Page, say: Translator, site: NgoServer, memorandum_id: int
) -> None:
    page.goto(f"{site.address}/district?area={DISTRICT}&lang={say.language}")
    link = page.locator(f".hamkor-attention a[href*='do=fulfil'][href*='record={memorandum_id}&']")
    link.first.click(timeout=PATIENCE_MS)
    evidence = page.get_by_role("textbox", name=heading("obligations.evidence", say), exact=True)
    expect(evidence).to_be_focused(timeout=PATIENCE_MS)
    evidence.fill("Dalolatnoma № 7")
    page.get_by_role("button", name=say("Mark fulfilled"), exact=True).first.click()
    expect_said(page, say("Marked fulfilled. It has left the list of what needs attention."))
    with reading(site.engine) as connection:
        its_own = (Obligation.memorandum_id == memorandum_id) & Obligation.fulfilled_date.is_not(None)
        fulfilled = connection.execute(select(Obligation.evidence).where(its_own))
        assert [row.evidence for row in fulfilled] == ["Dalolatnoma № 7"]


def test_a_new_memorandum_is_entered_on_one_page(page: Page, say: Translator, site: NgoServer, tmp_path: Path) -> None:
    title, stir = f"Yoshlar bilan ishlash {say.language}", f"30009900{list(Language).index(say.language)}"
    scan = tmp_path / "skan.pdf"
    scan.write_bytes(PDF)
    page.goto(f"{site.address}/memoranda?area={DISTRICT}&lang={say.language}")
    page.get_by_role("button", name=say("New memorandum")).click(timeout=PATIENCE_MS)
    fill(page, heading("memoranda.title", say), title)
    parties = page.get_by_role("combobox", name=re.compile(re.escape(say("NGOs, by name or STIR"))))
    parties.click()
    page.get_by_role("option", name=re.compile("Mehr nuri")).click()
    parties.press("Escape")
    expect(page.get_by_role("button", name=say("Drop the draft"))).to_be_visible(timeout=PATIENCE_MS)
    page.wait_for_timeout(500)
    name_of_new = f"{say('Name of the organisation {stir}', stir=stir)} *"
    parties.fill(stir)
    expect(page.get_by_role("option")).to_have_count(1, timeout=PATIENCE_MS)
    parties.press("Enter")
    parties.press("Escape")
    expect(page.get_by_role("textbox", name=name_of_new)).to_be_visible(timeout=PATIENCE_MS)
    fill(page, name_of_new, "Yangi umid")
    fill(page, heading("memoranda.signed_date", say), f"{clock.today():%d.%m.%Y}")
    page.get_by_role("button", name=say("Add an obligation")).first.click()
    expect(page.get_by_role("textbox", name=f"{heading('obligations.text', say)} *", exact=True)).to_be_visible(
        timeout=PATIENCE_MS
    )
    fill(page, f"{heading('obligations.text', say)} *", title)
    page.set_input_files("input[type=file]", scan)
    expect(page.get_by_role("link", name="skan.pdf")).to_be_visible(timeout=PATIENCE_MS)
    the_button(page, say("Save the memorandum")).click()
    expect(page.get_by_role("textbox", name=f"{heading('obligations.due_date', say)} *", exact=True)).to_be_focused(
        timeout=PATIENCE_MS
    )

    page.reload()
    expect(page.get_by_role("textbox", name=heading("memoranda.title", say), exact=True)).to_have_value(
        title, timeout=PATIENCE_MS
    )
    expect(page.get_by_role("link", name="skan.pdf")).to_be_visible()
    fill(page, f"{heading('obligations.due_date', say)} *", f"{clock.today() + timedelta(days=60):%d.%m.%Y}")
    the_button(page, say("Save the memorandum")).dblclick()
    expect_said(page, say("The memorandum is saved. Its status counts everywhere at once."))
    assert "/memorandum?" in page.url
    with page.expect_download() as download:
        page.get_by_role("link", name="skan.pdf").click()
    assert Path(download.value.path()).read_bytes() == PDF
    with reading(site.engine) as connection:
        made = select(func.count()).where(Memorandum.title == title)
        new = select(func.count()).where(Ngo.stir == stir, Ngo.name == "Yangi umid")
        texts = select(func.count()).where(Obligation.text == title)
        its_id = select(Memorandum.id).where(Memorandum.title == title).scalar_subquery()
        documents = select(func.count()).where(Document.record_id == its_id)
        assert [connection.scalar(each) for each in (made, new, texts, documents)] == [1, 1, 1, 1]


def test_it_is_amended_and_terminated_by_one_form_each_while_another_tab_is_asked(
    page: Page, say: Translator, site: NgoServer, memorandum_id: int
) -> None:
    address = f"{site.address}/memorandum?record={memorandum_id}&area={DISTRICT}&lang={say.language}"
    other = page.context.new_page()
    other.set_viewport_size({"width": 1366, "height": 768})
    other.goto(f"{address}&do=correct")
    expect(other.get_by_role("textbox", name=heading("memoranda.title", say), exact=True)).to_be_visible(
        timeout=PATIENCE_MS
    )

    page.goto(address)
    page.get_by_role("button", name=say("Amend or extend")).click(timeout=PATIENCE_MS)
    fill(page, heading("amendments.expiry_date", say), f"{clock.today() + timedelta(days=800):%d.%m.%Y}")
    the_button(page, say("Save the amendment")).click()
    expect_said(page, say("The amendment is saved. The term that counts now is shown everywhere."))
    page.get_by_role("button", name=say("Correct"), exact=True).first.click()
    fill(page, heading("memoranda.title", say), "Birinchi nom")
    fill(page, f"{say('Why is it corrected?')} *", "xato")
    wait_until_kept(page, site.engine, title="Birinchi nom", reason="xato")
    the_button(page, say("Save")).click()
    expect_said(page, say("Corrected. The change counts everywhere at once."))

    fill(other, heading("memoranda.title", say), "Ikkinchi nom")
    fill(other, f"{say('Why is it corrected?')} *", "imlo")
    wait_until_kept(other, site.engine, title="Ikkinchi nom", reason="imlo")
    the_button(other, say("Save")).click()
    other.get_by_text(f"{say('Mine')}: Ikkinchi nom").click(timeout=PATIENCE_MS)
    the_button(other, say("Save")).click()
    expect_said(other, say("Corrected. The change counts everywhere at once."))
    expect(other.get_by_text("Ikkinchi nom", exact=True).first).to_be_visible()
    other.close()

    page.goto(address)
    page.get_by_role("button", name=say("Terminate")).click(timeout=PATIENCE_MS)
    fill(page, f"{heading('memoranda.termination_reason', say)} *", "Taraflar kelishdi")
    page.get_by_role("button", name=say("Terminate"), exact=True).last.click()
    expect_said(page, say("The memorandum is terminated. Its status has changed everywhere."))
    told = say("Terminated on {date}", date=f"{clock.today():%d.%m.%Y}")
    for text in (told, heading("memoranda.terminated_date", say)):
        expect(page.get_by_text(text, exact=True)).to_be_visible(timeout=PATIENCE_MS)
