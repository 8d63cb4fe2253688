"""Reminders that the clock makes, once a record and stage: made once a day, for all that is near or past its day.

* an answer to a request in 3 working days, and overdue: to the side that owes it;
* an obligation in 7 days, and overdue: to its side;
* a memorandum that expires in 90 days, and in 30: to the coordinator;
* an event that an NGO has not evaluated and may for 5 more days: to the NGO;
* a summary of the week before, on Monday, or on one of the next two days where the sender did not run: to leaders and
  coordinators, each of the own area.

Each has a window and no single day, so a day on which the sender did not run loses none. What has been overdue for
longer than two weeks is told no more: who begins to get notices gets no heap of old ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Engine, or_, select, update

from data.codes import EventState, NoticeKind, NoticeStage, Party
from data.database.engine import writing
from data.database.upsert import insert_missing
from data.dates.clock import day_of
from data.dates.working_days import reminder_until
from data.policy import Scope, ScopeKind
from data.schema import (
    District,
    EventReopening,
    InformationRequest,
    JointEvent,
    JointEventNgo,
    Memorandum,
    MemorandumNgo,
    NoticeSender,
    Obligation,
    Region,
)
from data.settings import get_settings
from queries.directory.validity import is_of_existing_district
from queries.evaluations.events import is_unevaluated_by_ngo
from queries.evaluations.window import EventWindow, reopened_until
from queries.memoranda.status import EXPIRING_DAYS, effective_expiry, is_in_force
from queries.notices.news import (
    DISTRICT_PATH,
    EVALUATION_PATH,
    MEMORANDUM_PATH,
    OVERVIEW_PATH,
    REQUEST_PATH,
    side_place,
)
from queries.notices.outbox import News, tell

OBLIGATION_DAYS, MONTH_DAYS, EVALUATION_DAYS = 7, 30, 5
OVERDUE_DAYS = 14
_LAST_SUMMARY_WEEKDAY = 2
SENDER_ID = 1


def make_reminders(engine: Engine, *, now: datetime) -> int:
    """Write the reminders of today unless they were written already, and return the number of notices."""
    today = day_of(now)
    with writing(engine) as connection:
        insert_missing(connection, NoticeSender, [{"id": SENDER_ID}])
        # Of two senders at once the second one waits here, and finds the day done.
        is_other_day = NoticeSender.reminded_on.is_distinct_from(today)
        if connection.execute(update(NoticeSender).where(is_other_day).values(reminded_on=today)).rowcount == 0:
            return 0
        return tell(connection, *_reminders(connection, today), now=now)


def _reminders(connection: Connection, today: date) -> Iterator[News]:
    yield from _requests(connection, today)
    yield from _obligations(connection, today)
    yield from _memoranda(connection, today)
    yield from _evaluations(connection, today)
    yield from _summaries(connection, today)


def _requests(connection: Connection, today: date) -> Iterator[News]:
    columns = (
        InformationRequest.id,
        InformationRequest.number,
        InformationRequest.district_soato,
        InformationRequest.ngo_id,
        InformationRequest.asked_by_code,
        InformationRequest.due_date,
    )
    until = reminder_until(connection, today)
    near = InformationRequest.due_date.between(today - timedelta(days=OVERDUE_DAYS), until)
    statement = select(*columns).where(near, InformationRequest.answered_date.is_(None))
    for row in connection.execute(statement.order_by(InformationRequest.id)):
        is_overdue = row.due_date < today
        owing = Party.NGO if row.asked_by_code == Party.POLICE.value else Party.POLICE
        yield News(
            kind=NoticeKind.REQUEST_DEADLINE,
            stage=NoticeStage.OVERDUE if is_overdue else NoticeStage.DUE,
            place=side_place(owing, district_soato=row.district_soato, ngo_id=row.ngo_id),
            key=f"{row.id}:{row.due_date}",
            path=REQUEST_PATH.format(row.id),
            number=row.number,
            day=row.due_date,
        )


def _obligations(connection: Connection, today: date) -> Iterator[News]:
    near = Obligation.due_date.between(today - timedelta(days=OVERDUE_DAYS), today + timedelta(days=OBLIGATION_DAYS))
    statement = (
        select(
            Obligation.id,
            Obligation.memorandum_id,
            Obligation.party_code,
            Obligation.due_date,
            Memorandum.number,
            Memorandum.district_soato,
            MemorandumNgo.ngo_id,
        )
        .join(Memorandum, Memorandum.id == Obligation.memorandum_id)
        .outerjoin(MemorandumNgo, MemorandumNgo.memorandum_id == Memorandum.id)
        .where(near, Obligation.fulfilled_date.is_(None))
        .order_by(Obligation.id, MemorandumNgo.ngo_id)
    )
    told: set[tuple[int, Scope]] = set()
    for row in connection.execute(statement):
        side = Party(row.party_code)
        if side is Party.NGO and row.ngo_id is None:
            continue
        place = side_place(side, district_soato=row.district_soato, ngo_id=row.ngo_id)
        # An obligation of the internal affairs bodies has a row for each NGO of its memorandum.
        if (row.id, place) in told:
            continue
        told.add((row.id, place))
        yield News(
            kind=NoticeKind.OBLIGATION_DEADLINE,
            stage=NoticeStage.OVERDUE if row.due_date < today else NoticeStage.DUE,
            place=place,
            key=f"{row.id}:{row.due_date}",
            path=MEMORANDUM_PATH.format(row.memorandum_id),
            number=row.number,
            day=row.due_date,
        )


def _memoranda(connection: Connection, today: date) -> Iterator[News]:
    expiry = effective_expiry(today).label("expiry_date")
    is_near = effective_expiry(today) <= today + timedelta(days=EXPIRING_DAYS)
    statement = select(Memorandum.id, Memorandum.number, Memorandum.district_soato, expiry)
    for row in connection.execute(
        statement.where(is_in_force(today), is_near, is_of_existing_district(today)).order_by(Memorandum.id)
    ):
        is_last_month = row.expiry_date <= today + timedelta(days=MONTH_DAYS)
        yield News(
            kind=NoticeKind.MEMORANDUM_EXPIRY,
            stage=NoticeStage.MONTH if is_last_month else NoticeStage.QUARTER,
            place=Scope.district(row.district_soato),
            key=f"{row.id}:{row.expiry_date}",
            path=MEMORANDUM_PATH.format(row.id),
            number=row.number,
            day=row.expiry_date,
        )


def _summaries(connection: Connection, today: date) -> Iterator[News]:
    if today.weekday() > _LAST_SUMMARY_WEEKDAY:
        return
    monday = today - timedelta(days=today.weekday())
    places = [Scope.nation()]
    places += [Scope.region(soato) for soato in connection.scalars(select(Region.soato).order_by(Region.soato))]
    places += [Scope.district(soato) for soato in connection.scalars(select(District.soato).order_by(District.soato))]
    for place in places:
        path = DISTRICT_PATH if place.kind is ScopeKind.DISTRICT else OVERVIEW_PATH
        yield News(kind=NoticeKind.WEEKLY_SUMMARY, place=place, key=f"{place.code}:{monday}", path=path, day=monday)


def _evaluations(connection: Connection, today: date) -> Iterator[News]:
    window, limit = timedelta(days=get_settings().evaluation_window_days), today + timedelta(days=EVALUATION_DAYS)
    closes_soon = JointEvent.event_date.between(today - window, limit - window)
    reopened = select(EventReopening.event_id).where(EventReopening.until_date.between(today, limit))
    statement = (
        select(
            JointEvent.id,
            JointEvent.number,
            JointEvent.event_date,
            JointEventNgo.ngo_id,
            reopened_until().label("reopened_until"),
        )
        .join(JointEventNgo, JointEventNgo.event_id == JointEvent.id)
        .where(
            JointEvent.state_code == EventState.HELD.value,
            JointEvent.event_date <= today,
            or_(closes_soon, JointEvent.id.in_(reopened)),
            is_unevaluated_by_ngo(),
        )
        .order_by(JointEvent.id, JointEventNgo.ngo_id)
    )
    for row in connection.execute(statement):
        last_day = EventWindow(event_date=row.event_date, reopened_until=row.reopened_until).last_day
        if not today <= last_day <= limit:
            continue
        yield News(
            kind=NoticeKind.EVALUATION_CLOSING,
            stage=NoticeStage.DUE,
            place=Scope.ngo(row.ngo_id),
            key=f"{row.id}:{last_day}",
            path=f"{EVALUATION_PATH}?event={row.id}",
            number=row.number,
            day=last_day,
        )
