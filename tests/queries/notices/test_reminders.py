"""Reminders: each once a record and stage, in its window, to the side that has to act."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from data.codes import EventState, Party, RequestKind, Visibility
from data.database.engine import reading, writing
from data.policy import Actor
from data.schema import EventReopening, InformationRequest, Memorandum, Notice, Obligation
from queries.notices.reminders import make_reminders
from tests.queries.notices.office import NOW, TODAY, Office
from tests.worlds import (
    DISTRICT,
    add,
    make_amendment,
    make_evaluation,
    make_event,
    make_memorandum,
    make_ngo,
    make_obligation,
)

IS_DEADLINE = Notice.kind_code != "weekly_summary"


def days(count: int) -> date:
    """Return a day from today on."""
    return TODAY + timedelta(days=count)


def remind(office: Office, day: date = TODAY) -> list[tuple[str, str, str]]:
    """Make the reminders of a day and return those that are new, without the summary that Monday brings."""
    before = len(office.notices())
    made = make_reminders(office.engine, now=datetime(day.year, day.month, day.day, 6, tzinfo=UTC))
    new = office.notices()[before:]
    assert made == len(new)
    return [notice for notice in new if notice[1] != "weekly_summary"]


def request(office: Office, *, asked_by: Party, due_date: date) -> int:
    """Insert a request between the district and the NGO."""
    with writing(office.engine) as connection:
        return add(
            connection,
            InformationRequest,
            number=f"S-{asked_by}-{due_date}",
            district_soato=DISTRICT,
            ngo_id=office.ngo.ngo_id,
            asked_by_code=asked_by.value,
            kind_code=RequestKind.STATISTICS.value,
            topic="Mavzu",
            sent_date=min(days(-14), due_date),
            due_date=due_date,
        )


@pytest.mark.both_databases
def test_requests_near_and_past_their_day_are_told_to_the_side_that_owes(office: Office) -> None:
    # Today is a Monday: the third working day is Thursday, the fourth Friday.
    request(office, asked_by=Party.NGO, due_date=days(4))
    assert remind(office) == []
    tomorrow = days(1)
    assert remind(office, tomorrow) == [("c", "request_deadline", "due")]
    request(office, asked_by=Party.POLICE, due_date=days(-14))
    request(office, asked_by=Party.POLICE, due_date=days(-20))
    assert remind(office, tomorrow) == []
    assert remind(office, days(5)) == [("c", "request_deadline", "overdue")]


def test_an_overdue_request_of_the_police_is_told_to_the_ngo(office: Office) -> None:
    first = request(office, asked_by=Party.POLICE, due_date=days(-1))
    assert remind(office) == [("n", "request_deadline", "overdue")]
    with writing(office.engine) as connection:
        answered = update(InformationRequest).where(InformationRequest.id == first)
        connection.execute(answered.values(answered_date=TODAY))
    assert remind(office, days(1)) == []


def _memorandum(office: Office, *, expiry_date: date | None = None, terminated_date: date | None = None) -> int:
    with writing(office.engine) as connection:
        return make_memorandum(
            connection,
            ngo_ids=(int(office.ngo.ngo_id or 0), make_ngo(connection)),
            expiry_date=expiry_date,
            terminated_date=terminated_date,
        )


@pytest.mark.both_databases
def test_obligations_are_told_to_their_side_seven_days_before_and_when_overdue(office: Office) -> None:
    memorandum = _memorandum(office)
    with writing(office.engine) as connection:
        for party in Party:
            made = {"memorandum_id": memorandum, "party": party}
            make_obligation(connection, due_date=days(8), **made)  # type: ignore[arg-type]
            make_obligation(connection, due_date=days(3), fulfilled_date=TODAY, **made)  # type: ignore[arg-type]
            withdrawn = make_obligation(connection, due_date=days(3), **made)  # type: ignore[arg-type]
            connection.execute(update(Obligation).where(Obligation.id == withdrawn).values(withdrawn_at=NOW))
    assert remind(office) == []
    assert sorted(remind(office, days(1))) == [("c", "obligation_deadline", "due"), ("n", "obligation_deadline", "due")]
    assert remind(office, days(8)) == []
    assert sorted(remind(office, days(9))) == [
        ("c", "obligation_deadline", "overdue"),
        ("n", "obligation_deadline", "overdue"),
    ]
    assert remind(office, days(10)) == []


@pytest.mark.both_databases
def test_a_memorandum_is_told_at_90_and_30_days_and_anew_when_it_was_extended(office: Office) -> None:
    memorandum = _memorandum(office, expiry_date=days(91))
    _memorandum(office, expiry_date=days(10), terminated_date=days(-5))
    assert remind(office) == []
    assert remind(office, days(1)) == [("c", "memorandum_expiry", "90_days")]
    assert remind(office, days(60)) == []
    assert remind(office, days(61)) == [("c", "memorandum_expiry", "30_days")]
    with writing(office.engine) as connection:
        make_amendment(connection, memorandum_id=memorandum, number=1, signed_date=days(62), expiry_date=days(150))
    assert remind(office, days(63)) == [("c", "memorandum_expiry", "90_days")]
    with reading(office.engine) as connection:
        number = connection.scalar(select(Memorandum.number).where(Memorandum.id == memorandum))
        told_columns = (Notice.number, Notice.day, Notice.path)
        told = connection.execute(select(*told_columns).where(IS_DEADLINE).order_by(Notice.id.desc())).first()
    assert told is not None
    assert tuple(told) == (number, days(150), f"/memorandum?record={memorandum}")


@pytest.mark.both_databases
def test_an_ngo_is_told_of_an_event_that_it_may_evaluate_for_five_more_days(office: Office) -> None:
    ngo_id = int(office.ngo.ngo_id or 0)
    with writing(office.engine) as connection:
        due = make_event(connection, event_date=days(-25), ngo_ids=(ngo_id, make_ngo(connection)))
        make_event(connection, event_date=days(-24), ngo_ids=(ngo_id,))
        make_event(connection, event_date=days(-26), ngo_ids=(ngo_id,), state=EventState.CANCELLED)
        evaluated = make_event(connection, event_date=days(-26), ngo_ids=(ngo_id,))
        make_evaluation(
            connection,
            event_id=evaluated,
            ngo_id=ngo_id,
            submitted_date=days(-20),
            visibility=Visibility.CONFIDENTIAL,
        )
        make_event(connection, event_date=days(-31), ngo_ids=(ngo_id,))
        reopened = make_event(connection, event_date=days(-80), ngo_ids=(ngo_id,))
        values = {"reopened_at": NOW, "until_date": days(4), "reason": "x", "event_id": reopened}
        connection.execute(insert(EventReopening).values(**values))
    assert remind(office) == [("n", "evaluation_closing", "due")] * 2
    with reading(office.engine) as connection:
        paths = connection.execute(select(Notice.path, Notice.day).where(IS_DEADLINE)).all()
    assert {tuple(row) for row in paths} == {
        (f"/my-evaluations?event={due}", days(5)),
        (f"/my-evaluations?event={reopened}", days(4)),
    }


@pytest.mark.both_databases
def test_a_second_sender_on_the_same_day_makes_none(office: Office) -> None:
    request(office, asked_by=Party.NGO, due_date=days(1))
    assert len(remind(office)) == 1
    request(office, asked_by=Party.NGO, due_date=days(2))
    assert remind(office) == []
    assert len(remind(office, days(1))) == 1


@pytest.mark.both_databases
def test_leaders_and_coordinators_get_one_summary_a_week(office: Office) -> None:
    office.choose(office.leader)
    remind(office, days(-4))
    assert office.notices() == []
    for day in (0, 1, 2, 6):
        remind(office, days(day))
    # The administrator acts in the whole country, as national leaders do.
    assert office.notices() == [(login, "weekly_summary", "told") for login in ("a", "c", "d")]
    remind(office, days(7))
    assert len(office.notices()) == 6


def test_leaders_and_administrators_are_reminded_of_no_deadline(office: Office) -> None:
    office.choose(office.leader)
    actors: tuple[Actor, ...] = (office.leader, office.admin)
    request(office, asked_by=Party.NGO, due_date=days(1))
    _memorandum(office, expiry_date=days(20))
    assert {login for login, _, _ in remind(office)}.isdisjoint(actor.login for actor in actors)
