"""Evaluation window of an event: until when it may be evaluated, and who opens it again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, func, select

from data.database.engine import reading
from data.policy import Actor, ForbiddenError, Role, Scope
from data.schema import AuditEntry, EventReopening
from data.texts.personal_data import PersonalDataError
from queries.evaluations.drafts import open_draft
from queries.evaluations.events import closed_events, waiting_events
from queries.evaluations.submission import submit
from queries.evaluations.window import (
    EventWindow,
    NoReasonError,
    NotHeldError,
    ReopeningDateError,
    WindowClosedError,
    reopen_event,
)
from tests.queries.evaluations.evaluating import COORDINATOR, EVENT_DAY, LONG_AFTER, NOW, filled_draft, situation
from tests.worlds import DISTRICT, FAR_DISTRICT

DAY = timedelta(days=1)
UNTIL = LONG_AFTER.date() + 10 * DAY


def reopen(
    engine: Engine, event_id: int, *, actor: Actor = COORDINATOR, until: date = UNTIL, reason: str = "The NGO was ill"
) -> EventWindow:
    return reopen_event(engine, actor, event_id=event_id, until_date=until, reason=reason, now=LONG_AFTER)


def test_the_window_is_thirty_days_after_the_event() -> None:
    window = EventWindow(event_date=EVENT_DAY)
    assert [window.is_open(EVENT_DAY + days * DAY) for days in (-1, 0, 30, 31)] == [False, True, True, False]
    assert not window.is_late(EVENT_DAY + 30 * DAY)
    with pytest.raises(NotHeldError):
        window.require_open(EVENT_DAY - DAY)
    with pytest.raises(WindowClosedError, match=r"01\.04\.2026"):
        window.require_open(EVENT_DAY + 31 * DAY)


def test_a_permission_opens_it_again_and_what_is_sent_is_late() -> None:
    window = EventWindow(event_date=EVENT_DAY, reopened_until=EVENT_DAY + 60 * DAY)
    assert [window.is_open(EVENT_DAY + days * DAY) for days in (30, 31, 60, 61)] == [True, True, True, False]
    assert [window.is_late(EVENT_DAY + days * DAY) for days in (30, 31)] == [False, True]


def test_a_permission_never_shortens_the_window() -> None:
    window = EventWindow(event_date=EVENT_DAY, reopened_until=EVENT_DAY + DAY)
    assert window.last_day == EVENT_DAY + 30 * DAY


def test_the_day_ends_in_tashkent(engine: Engine) -> None:
    here = situation(engine)
    last_moment = NOW.replace(month=4, day=1, hour=18, minute=59)
    open_draft(engine, here.actor, event_id=here.event_id, now=last_moment)
    with pytest.raises(WindowClosedError):
        open_draft(engine, here.actor, event_id=here.event_id, now=last_moment + timedelta(minutes=1))


def test_a_coordinator_reopens_an_event_once(engine: Engine) -> None:
    here = situation(engine)
    assert reopen(engine, here.event_id) == reopen(engine, here.event_id)
    sent = submit(engine, here.actor, submission_id=filled_draft(engine, here, now=LONG_AFTER), now=LONG_AFTER)
    assert sent.is_late
    with reading(engine) as connection:
        assert connection.execute(select(func.count()).select_from(EventReopening)).scalar_one() == 1
        actions = select(AuditEntry.action_code).where(AuditEntry.entity == "joint_event")
        assert connection.execute(actions).scalars().all() == ["reopened"]


@pytest.mark.parametrize(
    "actor",
    [
        Actor(role=Role.COORDINATOR, district_soato=FAR_DISTRICT),
        Actor(role=Role.DISTRICT, district_soato=DISTRICT),
        Actor(role=Role.NATIONAL),
        Actor(role=Role.COORDINATOR, district_soato=DISTRICT, account_id=999_999),
    ],
)
def test_nobody_else_reopens_it(engine: Engine, actor: Actor) -> None:
    here = situation(engine)
    for who in (actor, here.actor):
        with pytest.raises(ForbiddenError):
            reopen(engine, here.event_id, actor=who)
    with pytest.raises(ForbiddenError):
        reopen(engine, 999_999)
    reopen(engine, here.event_id, actor=Actor(role=Role.ADMIN))


def test_a_permission_has_a_reason_and_a_day_ahead(engine: Engine) -> None:
    here = situation(engine)
    for until in (LONG_AFTER.date() - DAY, LONG_AFTER.date() + 91 * DAY):
        with pytest.raises(ReopeningDateError):
            reopen(engine, here.event_id, until=until)
    with pytest.raises(NoReasonError):
        reopen(engine, here.event_id, reason=" \n")
    with pytest.raises(PersonalDataError):
        reopen(engine, here.event_id, reason="Call 90 123 45 67")


def test_events_that_wait_come_first(engine: Engine) -> None:
    here = situation(engine)
    today = NOW.date()
    with reading(engine) as connection:
        waiting = waiting_events(connection, here.actor, today=today).iloc[0]
    assert (waiting.event_id, waiting.days_left, waiting.until_date.date()) == (here.event_id, 22, date(2026, 4, 1))
    assert (waiting.is_open, waiting.is_reopened, waiting.has_draft, waiting.evaluation_version) == (1, 0, 0, 0)
    submission_id = filled_draft(engine, here)
    with reading(engine) as connection:
        drafted = waiting_events(connection, here.actor, today=today).iloc[0]
    assert (drafted.has_draft, drafted.draft_answers) == (True, 14)
    submit(engine, here.actor, submission_id=submission_id, now=NOW)
    with reading(engine) as connection:
        sent = waiting_events(connection, here.actor, today=today).iloc[0]
        assert waiting_events(connection, here.actor, today=LONG_AFTER.date()).empty
    assert (sent.has_draft, sent.evaluation_version, sent.submitted_at) == (False, 1, NOW)


def test_a_closed_event_says_so_to_the_ngo_and_to_its_coordinator(engine: Engine) -> None:
    here, today = situation(engine), LONG_AFTER.date()
    with reading(engine) as connection:
        missed = waiting_events(connection, here.actor, today=today).iloc[0]
        closed = closed_events(connection, COORDINATOR, scope=Scope.district(DISTRICT), today=today)
    assert (missed.is_open, missed.days_left) == (False, -18)
    assert closed[["event_id", "is_reopened"]].to_numpy().tolist() == [[here.event_id, False]]
    assert closed.iloc[0].ngos.startswith("NNT ")
    reopen(engine, here.event_id)
    with reading(engine) as connection:
        opened = waiting_events(connection, here.actor, today=today).iloc[0]
        again = closed_events(connection, COORDINATOR, scope=Scope.district(DISTRICT), today=today).iloc[0]
    assert (opened.is_open, opened.is_reopened, opened.days_left) == (True, True, 10)
    assert (again.is_reopened, again.until_date.date()) == (True, UNTIL)


def test_an_ngo_that_evaluated_is_not_listed_as_silent(engine: Engine) -> None:
    here = situation(engine)
    submit(engine, here.actor, submission_id=filled_draft(engine, here), now=NOW)
    with reading(engine) as connection:
        today = LONG_AFTER.date()
        assert closed_events(connection, COORDINATOR, scope=Scope.district(DISTRICT), today=today).empty
        with pytest.raises(ForbiddenError):
            closed_events(connection, here.actor, scope=Scope.district(DISTRICT), today=today)
        with pytest.raises(ForbiddenError):
            closed_events(connection, COORDINATOR, scope=Scope.district(FAR_DISTRICT), today=today)
