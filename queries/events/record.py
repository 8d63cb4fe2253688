"""One event: what it is linked with, and what the reader may read of its evaluations."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, select

from data.codes import EvaluationState
from data.policy import Actor
from data.schema import Evaluation, JointEvent, JointEventNgo, Ngo, PlanItem
from queries.evaluations.visibility import is_readable_by
from queries.frames import read_frame
from queries.registers.records import StoredRecord


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
