"""Calendar link: opened by its secret alone, with what the person may see now and nothing confidential."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import Engine, select, update
from starlette.testclient import TestClient

from data.accounts.accounts import set_active
from data.codes import AreaLevel, EventState, Party, RequestKind, Visibility
from data.database.engine import reading, writing
from data.dates import clock
from data.policy import Actor
from data.schema import Account, Decision, InformationRequest, Meeting, NoticeChoice, Recommendation
from queries.notices.choices import make_calendar_link, revoke_calendar_link, secret_hash
from tests.queries.notices.office import ADDRESS, Office, make_office
from tests.web.conftest import MakeBrowser
from tests.worlds import (
    DISTRICT,
    OTHER_DISTRICT,
    add,
    make_evaluation,
    make_event,
    make_memorandum,
    make_ngo,
    make_obligation,
    make_recommendation,
)


@pytest.fixture
def office(engine: Engine) -> Office:
    """People of a district and its NGO."""
    return make_office(engine)


@pytest.fixture
def browser(make_browser: MakeBrowser) -> TestClient:
    """Calendar program at a server that knows its address."""
    return make_browser(public_address=ADDRESS)


def today() -> date:
    """Return the day of the server."""
    return clock.today()


def coming(days: int) -> date:
    """Return a day from today on."""
    return today() + timedelta(days=days)


def link(office: Office, actor: Actor) -> str:
    """Make the calendar link of an actor and return its path."""
    return f"/calendar/{make_calendar_link(office.engine, actor, now=clock.now())}.ics"


def events_of(content: bytes) -> list[Any]:
    """Return the entries of a calendar, which any program that keeps to the standard can read."""
    calendar = Calendar.from_ical(content)
    assert isinstance(calendar, Calendar)
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    return list(calendar.walk("VEVENT"))


def days_of(content: bytes) -> dict[str, date]:
    """Return the day of each entry by its text."""
    return {str(event["summary"]): event["dtstart"].dt for event in events_of(content)}


def records(office: Office) -> None:
    """Insert what has a deadline for either side, here and in another district."""
    ngo_id = int(office.ngo.ngo_id or 0)
    with writing(office.engine) as connection:
        other = make_ngo(connection, district_soato=OTHER_DISTRICT)
        for district, ngo in ((DISTRICT, ngo_id), (OTHER_DISTRICT, other)):
            prefix = "" if district == DISTRICT else "other "
            memorandum = make_memorandum(connection, district_soato=district, expiry_date=coming(40), ngo_ids=(ngo,))
            for number, party in enumerate(Party):
                make_obligation(connection, memorandum_id=memorandum, due_date=coming(5 + number), party=party)
                add(
                    connection,
                    InformationRequest,
                    number=f"{prefix}from {party}",
                    district_soato=district,
                    ngo_id=ngo,
                    asked_by_code=party.value,
                    kind_code=RequestKind.STATISTICS.value,
                    topic="Maxfiy mavzu",
                    sent_date=today(),
                    due_date=coming(9),
                )
            make_event(
                connection, event_date=coming(3), district_soato=district, ngo_ids=(ngo,), state=EventState.PLANNED
            )
            meeting = add(
                connection,
                Meeting,
                scope_code=AreaLevel.DISTRICT.value,
                area_code=district,
                number=f"{prefix}7",
                title="Yigʻilish",
                meeting_date=today(),
            )
            add(
                connection,
                Decision,
                meeting_id=meeting,
                number=1,
                text="Qaror matni",
                owner="Boʻlim",
                due_date=coming(12),
            )


def recommend(office: Office, visibility: Visibility) -> str:
    """Insert a recommendation that the district promised to do, and return the number of its event."""
    ngo_id = int(office.ngo.ngo_id or 0)
    with writing(office.engine) as connection:
        event = make_event(connection, event_date=coming(-10), ngo_ids=(ngo_id,))
        evaluation = make_evaluation(
            connection, event_id=event, ngo_id=ngo_id, submitted_date=coming(-9), visibility=visibility
        )
        make_recommendation(
            connection,
            evaluation_id=evaluation,
            created_date=coming(-9),
            released_date=coming(-9),
            deadline_date=coming(20),
        )
    return f"Recommendation after joint event E-{event}"


@pytest.mark.both_databases
def test_each_side_has_its_own_deadlines_and_nobody_elses(office: Office, browser: TestClient) -> None:
    records(office)
    with writing(office.engine) as connection:
        connection.execute(update(Account).values(language_code="en"))
        make_event(connection, event_date=coming(-4), ngo_ids=(int(office.ngo.ngo_id or 0),))
    of_district = days_of(browser.get(link(office, office.coordinator)).content)
    of_ngo = days_of(browser.get(link(office, office.ngo)).content)
    assert of_district["Answer to information request from ngo is due"] == coming(9)
    assert of_ngo["Answer to information request from police is due"] == coming(9)
    assert of_district["Decision of meeting 7 is due"] == coming(12)
    kinds = {text.split(" ")[0] for text in of_ngo}
    assert kinds == {"Answer", "Obligation", "Memorandum", "Planned", "Last"}
    assert {text.split(" ")[0] for text in of_district} == {"Answer", "Obligation", "Memorandum", "Planned", "Decision"}
    for found in (of_district, of_ngo):
        assert not any("other" in text for text in found)
        assert [day for text, day in found.items() if text.startswith("Memorandum")] == [coming(40)]
        assert len([text for text in found if text.startswith("Answer")]) == 1
    assert next(day for text, day in of_ngo.items() if text.startswith("Last")) == coming(26)
    assert days_of(browser.get(link(office, office.admin)).content) == {}


def test_nothing_confidential_and_no_typed_text_is_in_it(office: Office, browser: TestClient) -> None:
    records(office)
    with writing(office.engine) as connection:
        connection.execute(update(Account).values(language_code="en"))
    for visibility in Visibility:
        recommend(office, visibility)
    with reading(office.engine) as connection:
        confidential = connection.scalars(select(Recommendation.public_id).order_by(Recommendation.id)).all()[1]
    for actor in (office.coordinator, office.ngo):
        content = browser.get(link(office, actor)).content
        text = content.replace(b"\r\n ", b"").decode()
        assert confidential not in text
        assert not any(
            typed in text for typed in ("Maxfiy", "Qaror matni", "Event ", "Recommendation 1", "Obligation 1")
        )
    shown = days_of(browser.get(link(office, office.coordinator)).content)
    assert len([entry for entry in shown if entry.startswith("Recommendation")]) == 1


def test_the_file_is_as_the_standard_has_it(office: Office, browser: TestClient) -> None:
    records(office)
    with writing(office.engine) as connection:
        connection.execute(update(InformationRequest).values(number="12; 3, \\ а" + "я" * 40))
    answer = browser.get(link(office, office.ngo))
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, max-age=900"
    lines = answer.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in answer.content.replace(b"\r\n", b"")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in lines
    events = events_of(answer.content)
    assert any("12; 3, \\ а" in str(event["summary"]) for event in events)
    for event in events:
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert event["dtend"].dt - event["dtstart"].dt == timedelta(days=1)
        assert isinstance(event["dtstamp"].dt, datetime)
        assert str(event["url"]).startswith(ADDRESS)
    again = events_of(browser.get(link(office, office.ngo)).content)
    uids = [str(event["uid"]) for event in events]
    assert uids == [str(event["uid"]) for event in again]
    assert len(set(uids)) == len(uids) > 0


Close = Callable[[Office], object]


def _switch_off(office: Office) -> None:
    with writing(office.engine) as connection:
        set_active(connection, "n", is_active=False, actor="test")


@pytest.mark.parametrize(
    "close",
    [
        lambda office: revoke_calendar_link(office.engine, office.ngo),
        lambda office: make_calendar_link(office.engine, office.ngo, now=clock.now()),
        _switch_off,
    ],
    ids=["revoked", "made anew", "switched off"],
)
def test_a_link_that_was_closed_is_none(office: Office, browser: TestClient, close: Close) -> None:
    path = link(office, office.ngo)
    assert browser.get(path).status_code == 200
    close(office)
    closed = browser.get(path)
    assert (closed.status_code, closed.content) == (404, b"")


def test_only_the_whole_secret_opens_it(office: Office, browser: TestClient) -> None:
    path = link(office, office.ngo)
    with reading(office.engine) as connection:
        stored = connection.scalar(select(NoticeChoice.calendar_hash).where(NoticeChoice.calendar_hash.is_not(None)))
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    assert stored == secret_hash(secret)
    for wrong in (secret[:-1], secret.swapcase(), str(stored), "%20", "x" * 500):
        answer = browser.get(f"/calendar/{wrong}.ics", headers={"Accept": "text/html"})
        assert (answer.status_code, answer.content) == (404, b"")


def test_who_acts_elsewhere_by_now_sees_what_is_there(office: Office, browser: TestClient) -> None:
    records(office)
    path = link(office, office.coordinator)
    with writing(office.engine) as connection:
        moved = update(Account).where(Account.login == "c")
        connection.execute(moved.values(district_soato=OTHER_DISTRICT, language_code="en"))
    shown = days_of(browser.get(path).content)
    assert "Answer to information request other from ngo is due" in shown
    assert "Answer to information request from ngo is due" not in shown
