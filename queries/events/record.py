"""One event or plan item: what it is linked with, and what the reader may read of an event's evaluations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import Connection, select

from data.codes import EntryState, EvaluationState
from data.database.engine import WITH_WITHDRAWN
from data.dates.period import year_month
from data.policy import Actor
from data.registers.entry import register_sheet
from data.schema import Evaluation, JointEvent, JointEventNgo, Ngo, PlanItem
from queries.evaluations.visibility import is_readable_by
from queries.events.entries import entry_state
from queries.frames import read_frame
from queries.registers.access import may_write
from queries.registers.records import StoredRecord, find_record


@dataclass(frozen=True, kw_only=True)
class RecordLinks:
    """Ids of what an event or a plan item is linked with; ``ngos`` are ids and names, ``events`` those of an item."""

    mahalla_id: int | None = None
    memorandum_id: int | None = None
    plan_item_id: int | None = None
    ngos: tuple[tuple[int, str], ...] = ()
    events: tuple[tuple[int, str], ...] = ()


def event_links(connection: Connection, record: StoredRecord) -> RecordLinks:
    """Return what an event that was found is linked with."""
    table = JointEvent.__table__
    columns = (table.c.mahalla_id, table.c.memorandum_id, table.c.plan_item_id)
    row = connection.execute(select(*columns).where(table.c.id == record.record_id)).one()
    ngos = (
        select(Ngo.id, Ngo.name)
        .join(JointEventNgo, JointEventNgo.ngo_id == Ngo.id)
        .where(JointEventNgo.event_id == record.record_id)
        .order_by(Ngo.name)
    )
    return RecordLinks(
        mahalla_id=row.mahalla_id,
        memorandum_id=row.memorandum_id,
        plan_item_id=row.plan_item_id,
        ngos=tuple((ngo_id, name) for ngo_id, name in connection.execute(ngos)),
    )


def item_links(connection: Connection, record: StoredRecord) -> RecordLinks:
    """Return what a plan item that was found is linked with: its mahalla, its NGO, and the events that name it."""
    table = PlanItem.__table__
    columns = (table.c.mahalla_id, table.c.responsible_ngo_id, Ngo.name)
    joined = table.outerjoin(Ngo.__table__, Ngo.id == table.c.responsible_ngo_id)
    row = connection.execute(select(*columns).select_from(joined).where(table.c.id == record.record_id)).one()
    events = select(JointEvent.id, JointEvent.number).where(JointEvent.plan_item_id == record.record_id)
    return RecordLinks(
        mahalla_id=row.mahalla_id,
        ngos=() if row.responsible_ngo_id is None else ((row.responsible_ngo_id, row.name),),
        events=tuple((event_id, number) for event_id, number in connection.execute(events.order_by(JointEvent.id))),
    )


def event_evaluations(connection: Connection, actor: Actor, record: StoredRecord) -> pd.DataFrame:
    """One row an evaluation of an event that was found which the actor may read, by name of the NGO.

    Columns: ngo_id, ngo (name), mark_mean (1-5, NaN: no rating), would_repeat_code, comment, recommendation, is_late.
    """
    statement = (
        select(
            Evaluation.ngo_id,
            Ngo.name.label("ngo"),
            Evaluation.mark_mean,
            Evaluation.would_repeat_code,
            Evaluation.comment,
            Evaluation.recommendation_text.label("recommendation"),
            Evaluation.is_late,
        )
        .join(Ngo, Ngo.id == Evaluation.ngo_id)
        .where(
            Evaluation.event_id == record.record_id,
            Evaluation.is_current,
            Evaluation.state_code == EvaluationState.SUBMITTED.value,
            is_readable_by(actor),
        )
        .order_by(Ngo.name)
    )
    return read_frame(connection, statement).astype({"mark_mean": "float64"})


@dataclass(frozen=True, kw_only=True)
class EventPage:
    """Everything on the page of an event but its history and documents; ``state`` is that of a day.

    ``evaluations`` is the frame of :func:`event_evaluations`.
    """

    record: StoredRecord
    can_write: bool
    state: EntryState
    links: RecordLinks
    evaluations: pd.DataFrame


@dataclass(frozen=True, kw_only=True)
class PlanItemPage:
    """Everything on the page of a plan item but its history; ``state`` is that of a day, None where events name it."""

    record: StoredRecord
    can_write: bool
    state: EntryState | None
    links: RecordLinks


def event_page(connection: Connection, actor: Actor, *, record_id: int, today: date) -> EventPage:
    """Return an event that the actor may see, withdrawn or not. Raises ForbiddenError, NoRecordError."""
    record = find_record(connection, actor, register="events", record_id=record_id)
    state = select(entry_state(today)).where(JointEvent.id == record_id)
    return EventPage(
        record=record,
        can_write=may_write(connection, actor, register_sheet("events"), {record.district_soato}),
        state=EntryState(connection.execute(state, execution_options=WITH_WITHDRAWN).scalar_one()),
        links=event_links(connection, record),
        evaluations=event_evaluations(connection, actor, record),
    )


def plan_item_page(connection: Connection, actor: Actor, *, record_id: int, today: date) -> PlanItemPage:
    """Return a plan item that the actor may see, withdrawn or not. Raises ForbiddenError, NoRecordError."""
    record = find_record(connection, actor, register="plans", record_id=record_id)
    links = item_links(connection, record)
    year, month = int(record.texts["year"]), int(record.texts["month"])
    is_over = year * 100 + month < year_month(today)
    state = EntryState.OVERDUE if is_over else EntryState.PLANNED
    return PlanItemPage(
        record=record,
        can_write=may_write(connection, actor, register_sheet("plans"), {record.district_soato}),
        state=None if links.events else state,
        links=links,
    )
