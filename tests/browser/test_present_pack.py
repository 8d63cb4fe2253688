"""Presentation of a real pack from the real server: in the language of its link, also without the server."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, StorageState, expect
from sqlalchemy import select

from components.deck.address import present_url
from data.agenda import agenda_for
from data.database.engine import get_engine, reading
from data.dates import clock
from data.dates.period import Period
from data.language import Language
from data.policy import Actor, Role, Scope
from data.schema import Account
from queries.meetings.packs.packs import finalise_pack
from tests.browser.presenting import READY, PresentedDeck

pytestmark = pytest.mark.browser

SCOPES = {"nation": Scope.nation(), "district": Scope.district("1730401")}


@pytest.fixture(scope="module")
def packs(database: str) -> dict[str, str]:
    """Packs of the demo by kind of area, finalised by the national leadership."""
    engine, now = get_engine(database), clock.now()
    with reading(engine) as connection:
        row = connection.execute(select(Account.id, Account.login).where(Account.role_code == Role.NATIONAL)).first()
    assert row is not None
    actor, today = Actor(Role.NATIONAL, account_id=row.id, login=row.login), clock.today()
    period = Period.last_complete_months(today)
    made = {}
    for kind, scope in SCOPES.items():
        agenda = agenda_for(scope.kind)
        pack = finalise_pack(
            engine, actor, pack_id=str(uuid4()), scope=scope, period=period, agenda=agenda, today=today, now=now
        )
        made[kind] = pack.pack_id
    engine.dispose()
    return made


def opened(context: BrowserContext, cookies: StorageState, address: str) -> PresentedDeck:
    """A presentation, drawn and measured, seen by someone who signed in."""
    context.add_cookies([{**cookie} for cookie in cookies["cookies"]])  # type: ignore[typeddict-item]
    screen = PresentedDeck(context.new_page())
    screen.page.goto(address)
    screen.page.wait_for_selector(READY)
    return screen


@pytest.mark.parametrize(
    ("kind", "language"),
    [
        ("nation", Language.UZ_LATN),
        ("nation", Language.RU),
        ("district", Language.UZ_CYRL),
        ("district", Language.EN),
    ],
)
def test_a_pack_of_the_demo_is_whole_on_each_screen(
    guarded: BrowserContext, cookies: StorageState, server: str, packs: dict[str, str], kind: str, language: Language
) -> None:
    screen = opened(guarded, cookies, server + present_url(packs[kind], language=language))
    expect(screen.page.locator("html")).to_have_attribute("lang", language.html_code)
    assert screen.count > 5
    assert screen.faults_on_each_screen() == []


def test_it_goes_on_without_the_server(
    guarded: BrowserContext, cookies: StorageState, server: str, packs: dict[str, str]
) -> None:
    screen = opened(guarded, cookies, server + present_url(packs["nation"], language=Language.RU))
    guarded.set_offline(True)
    assert screen.faults() == []
    with screen.page.expect_popup() as window:
        screen.press("n")
    expect(window.value.locator("#at")).to_have_text(f"{screen.count} / {screen.count}")
