"""URL of a presentation: for those who may see the pack and nobody else, in the language of the URL."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from starlette.testclient import TestClient

from components.deck.address import present_url
from data.agenda import agenda_for
from data.database.engine import writing
from data.dates import clock
from data.dates.period import Period
from data.language import Language, Translator
from data.policy import Actor, Role, Scope
from queries.accounts.sessions import SESSION_COOKIE, start_session
from queries.meetings.packs.packs import finalise_pack
from tests.people import DISTRICT, ITS_REGION, add_person
from tests.web.conftest import MakeBrowser

# What keeps a pack as it is, out of the way, and a change of its words.
FORGERY = {
    "sqlite": ("DROP TRIGGER refuse_pack_update", "UPDATE pack SET content = replace(content, '0', '1')"),
    "postgresql": (
        "DROP FUNCTION refuse_pack_change() CASCADE",
        "UPDATE pack SET content = replace(content, '0', '1')",
    ),
}
ELSEWHERE = Scope.district("1726262")


def finalised(engine: Engine, scope: Scope) -> str:
    """Store a pack of an area, made by an administrator, and return its id."""
    account_id = add_person(engine, f"maker{uuid4().hex[:8]}", role=Role.ADMIN)
    now = clock.now()
    day = now.astimezone(clock.TASHKENT).date()
    pack = finalise_pack(
        engine,
        Actor(Role.ADMIN, account_id=account_id, login="maker"),
        pack_id=str(uuid4()),
        scope=scope,
        period=Period.last_complete_months(day),
        agenda=agenda_for(scope.kind),
        today=day,
        now=now,
    )
    return pack.pack_id


def visitor(make_browser: MakeBrowser, engine: Engine, role: Role) -> TestClient:
    """Browser with the session of someone with a role; district roles act in one district."""
    account_id = add_person(engine, f"a-{role}", role=role)
    with writing(engine) as connection:
        session_id = start_session(connection, account_id=account_id, address="", now=clock.now())
    browser = make_browser()
    browser.cookies.set(SESSION_COOKIE, session_id)
    return browser


def test_it_presents_in_the_language_of_the_address(make_browser: MakeBrowser, engine: Engine) -> None:
    pack_id = finalised(engine, Scope.district(DISTRICT))
    browser = visitor(make_browser, engine, Role.DISTRICT)
    for language in Language:
        answer = browser.get(present_url(pack_id, language=language))
        assert answer.status_code == 200
        assert f'<html lang="{language.html_code}">' in answer.text
        assert Translator(language)("Speaker notes in a second window") in answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-encoding"] == "gzip"
        assert "set-cookie" not in answer.headers


def test_it_opens_for_those_who_may_see_the_area(make_browser: MakeBrowser, engine: Engine) -> None:
    own, region, nation = Scope.district(DISTRICT), Scope.region(ITS_REGION), Scope.nation()
    opens = {
        Role.COORDINATOR: {own: True, ELSEWHERE: False},
        Role.DISTRICT: {region: False},
        Role.REGIONAL: {own: True, nation: False},
        Role.NATIONAL: {nation: True, ELSEWHERE: True},
    }
    packs = {scope: finalised(engine, scope) for scope in (own, ELSEWHERE, region, nation)}
    for role, scopes in opens.items():
        browser = visitor(make_browser, engine, role)
        for scope, is_open in scopes.items():
            answer = browser.get(present_url(packs[scope], language=Language.EN))
            assert answer.status_code == (200 if is_open else 404), f"{role}, {scope}"
            assert ('class="slide' in answer.text) == is_open, f"{role}, {scope}"


def test_without_a_session_it_leads_to_the_sign_in_page_and_back(make_browser: MakeBrowser, engine: Engine) -> None:
    path = present_url(finalised(engine, Scope.nation()), language=Language.RU)
    for browser in (make_browser(), make_browser(public_view=True)):
        answer = browser.get(path)
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/sign-in?{urlencode({'next': path})}"


UNKNOWN = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


@pytest.mark.parametrize("pack_id", [UNKNOWN, "nothing", "%00", "a" * 3000])
def test_an_unknown_pack_is_not_found(make_browser: MakeBrowser, engine: Engine, pack_id: str) -> None:
    answer = visitor(make_browser, engine, Role.NATIONAL).get(f"/present/{pack_id}?lang=en")
    assert answer.status_code == 404
    assert "No such pack" in answer.text


def test_a_pack_that_is_not_what_was_frozen_is_not_presented(
    make_browser: MakeBrowser, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    pack_id = finalised(engine, Scope.district(DISTRICT))
    with writing(engine) as connection:
        for statement in FORGERY[engine.dialect.name]:
            connection.execute(text(statement))
    answer = visitor(make_browser, engine, Role.DISTRICT).get(present_url(pack_id, language=Language.EN))
    assert answer.status_code == 500
    assert "not what was finalised" in answer.text
    assert pack_id in caplog.text
