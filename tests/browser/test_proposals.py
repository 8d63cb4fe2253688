"""A proposal in Chromium: sent by an NGO on a phone in five fields, accepted by the coordinator."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect
from sqlalchemy import select

from data.codes import Direction, EventForm
from data.database.engine import reading
from data.dates import clock
from data.language import Language, Translator
from data.schema import JointEvent, Proposal
from tests.browser.evaluating import PATIENCE_MS, NgoServer
from tests.browser.forms import button_of, choose_option, sign_in_as, wait_until_kept
from tests.worlds import DISTRICT

pytestmark = [pytest.mark.browser, pytest.mark.flow]


def test_a_proposal_is_sent_on_a_phone_and_accepted(
    guarded: BrowserContext, site: NgoServer, language: Language
) -> None:
    say, title, page = Translator(language), f"Suhbat {language}", guarded.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in_as(page, site, "vakil")
    page.goto(f"{site.address}/?lang={language}")
    page.get_by_role("link", name=say("Propose an event"), exact=True).click(timeout=PATIENCE_MS)
    page.get_by_role("radio", name=say("Joint event"), exact=True).click(timeout=PATIENCE_MS)
    wait_until_kept(page, site.engine, kind="event")
    day = page.get_by_label(f"{say('Day')} *", exact=True)
    day.fill(f"31.12.{clock.today().year + 1}")
    day.press("Tab")
    wait_until_kept(page, site.engine, kind="event", wanted_date=f"31.12.{clock.today().year + 1}")
    for code, label, option in (("direction", "Direction", Direction.YOUTH_WORK), ("form", "Form", EventForm.SEMINAR)):
        choose_option(page, f"{say(label)} *", say(option.label))
        wait_until_kept(page, site.engine, **{code: option.value})
    about = page.get_by_label(f"{say('What it is about')} *", exact=True)
    about.fill(title)
    about.press("Tab")
    wait_until_kept(page, site.engine, title=title)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    button_of(page, say("Send the proposal")).dblclick()
    sent = page.locator(
        "[role=status]", has_text=say("Sent. The coordinator of your district answers; you see the answer here.")
    )
    expect(sent).to_be_in_viewport(timeout=PATIENCE_MS)

    sign_in_as(page, site, "muvofiq")
    page.goto(f"{site.address}/plan?view=proposals&area={DISTRICT}&lang={language}")
    button_of(page, say("Accept")).click(timeout=PATIENCE_MS)
    accepted = say("Accepted. It is in the plan and events now, with the NGO as its party.")
    expect(page.locator("[role=status]", has_text=accepted)).to_be_in_viewport(timeout=PATIENCE_MS)
    with reading(site.engine) as connection:
        assert connection.scalars(select(JointEvent.title).where(JointEvent.title == title)).all() == [title]
        states = select(Proposal.state_code).where(Proposal.title == title)
        assert connection.scalars(states).all() == ["accepted"]
