"""A request in Chromium: asked by an NGO on a phone in four fields, answered by the coordinator, and the other way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect
from sqlalchemy import select, update

from data.database.engine import reading, writing
from data.dates import clock
from data.language import Language, Translator
from data.schema import InformationRequest
from tests.browser.evaluating import PATIENCE_MS, NgoServer
from tests.browser.forms import button_of, choose_option, sign_in_as, wait_until_kept
from tests.documents import PDF
from tests.worlds import DISTRICT

pytestmark = [pytest.mark.browser, pytest.mark.flow]
MOST_FIELDS = 4
PHONE: ViewportSize = {"width": 360, "height": 740}


def _type(page: Page, site: NgoServer, code: str, label: str, text: str) -> None:
    field = page.get_by_role("textbox", name=label).first
    field.fill(text, timeout=PATIENCE_MS)
    field.press("Tab")
    wait_until_kept(page, site.engine, **{code: text})


def _send(page: Page, name: str, told: str) -> None:
    """Press the button twice, as on a slow phone, and wait for the confirmation where the eye is."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    button_of(page, name).dblclick()
    expect(page.locator("[role=status]", has_text=told)).to_be_in_viewport(timeout=PATIENCE_MS)


def test_each_side_asks_and_answers_on_a_phone(guarded: BrowserContext, site: NgoServer, language: Language) -> None:
    say, page = Translator(language), guarded.new_page()
    of_ngo, of_police = f"Tadbirlar soni {language}", f"Hisobot {language}"
    page.set_viewport_size(PHONE)
    sign_in_as(page, site, "vakil")
    page.goto(f"{site.address}/?lang={language}")
    page.locator("a.hamkor-link", has_text=say("Information requests")).click(timeout=PATIENCE_MS)
    button_of(page, say("Ask for information")).click(timeout=PATIENCE_MS)
    form = page.locator("[class*=st-key-form-requests]").first
    expect(form).to_be_visible(timeout=PATIENCE_MS)
    asked = form.locator("[data-testid=stTextArea], [data-testid=stTextInput], [data-testid=stSelectbox]")
    assert asked.count() <= MOST_FIELDS
    choose_option(page, say("Kind of request"), say("Statistics and analysis"))
    wait_until_kept(page, site.engine, kind="statistics")
    _type(page, site, "topic", say("Topic"), of_ngo)
    _type(page, site, "purpose", say("What it is for"), "Reja uchun")
    _send(page, say("Send the request"), say("Sent. The answer is due by {date}; you see it here.").split("{")[0])

    # Two weeks later it is overdue: from the list of what needs attention one click leads to its answer.
    late = clock.today() - timedelta(days=30)
    with writing(site.engine) as connection:
        values = {"sent_date": late, "due_date": late + timedelta(days=14)}
        connection.execute(update(InformationRequest).where(InformationRequest.topic == of_ngo).values(**values))
    sign_in_as(page, site, "muvofiq")
    page.goto(f"{site.address}/district?area={DISTRICT}&lang={language}")
    page.locator(".hamkor-attention tr", has_text=of_ngo).locator("a.act").click(timeout=PATIENCE_MS)
    _type(page, site, "answer", say("Answer text"), "120 ta")
    _send(page, say("Send the answer"), say("Answered. The other side sees it here."))

    page.goto(f"{site.address}/requests?do=ask&lang={language}&area={DISTRICT}")
    page.get_by_role("combobox", name=say("NGO, by name or STIR")).fill("Umid", timeout=PATIENCE_MS)
    page.get_by_role("option").filter(has_text="Umid · ").click(timeout=PATIENCE_MS)
    choose_option(page, say("Kind of request"), say("Plans and reports"))
    wait_until_kept(page, site.engine, kind="plans_and_reports")
    _type(page, site, "topic", say("Topic"), of_police)
    _type(page, site, "purpose", say("What it is for"), "Yigʻilish uchun")
    _send(page, say("Send the request"), say("Sent. The answer is due by {date}; you see it here.").split("{")[0])

    sign_in_as(page, site, "vakil")
    page.goto(f"{site.address}/requests?lang={language}")
    row = page.locator("tr", has_text=of_police)
    row.get_by_role("link").first.click(timeout=PATIENCE_MS)
    button_of(page, say("Answer the request")).click(timeout=PATIENCE_MS)
    page.locator("input[type=file]").set_input_files(
        {"name": "hisobot.pdf", "mimeType": "application/pdf", "buffer": PDF}, timeout=PATIENCE_MS
    )
    # The document is the server's once it can be removed.
    expect(button_of(page, say("Remove"))).to_be_visible(timeout=PATIENCE_MS)
    _send(page, say("Send the answer"), say("Answered. The other side sees it here."))
    expect(page.get_by_role("link", name="hisobot.pdf")).to_be_visible(timeout=PATIENCE_MS)
    with reading(site.engine) as connection:
        columns = (InformationRequest.asked_by_code, InformationRequest.answer, InformationRequest.answered_date)
        of_language = InformationRequest.topic.in_([of_ngo, of_police])
        rows = connection.execute(select(*columns).where(of_language).order_by(InformationRequest.id)).all()
    today = clock.today()
    assert [tuple(row) for row in rows] == [("ngo", "120 ta", today), ("police", "", today)]
