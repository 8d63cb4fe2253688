"""A memorandum as its page shows it: terms, parties, obligations, what was done under it, documents and history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from data.codes import EventState, MemorandumStatus
from data.database.engine import WITH_WITHDRAWN
from data.policy import Action, Actor, Scope
from data.registers.entry import register_sheet
from data.schema import (
    AuditEntry,
    Document,
    JointEvent,
    Mahalla,
    Memorandum,
    MemorandumAmendment,
    MemorandumNgo,
    Ngo,
    Obligation,
)
from queries.events.entries import entry_state
from queries.frames import read_frame
from queries.memoranda.register import obligation_state
from queries.memoranda.status import effective_expiry, is_on_paper, last_event_date, status_case
from queries.registers.access import may_write
from queries.registers.documents import RecordDocument, documents_by_record, documents_of
from queries.registers.records import StoredRecord, find_record
from queries.row_filter import permitted_rows


@dataclass(frozen=True, kw_only=True)
class MemorandumPage:
    """Everything on the page of a memorandum.

    ``status``, ``is_on_paper``, ``expiry_date`` (as last amended) and ``last_event_date`` are those of a day.
    ``parties``: columns ngo_id, name, stir. ``amendments``: amendment_id, version, number, signed_date, expiry_date,
    text. ``obligations``: obligation_id, version, number, party_code, text, due_date, fulfilled_date, evidence,
    state_code; overdue ones first, then open ones by due date, fulfilled ones last. ``withdrawn``: columns register,
    record_id, text, reason of withdrawn amendments and obligations. ``event_count`` and ``held_count``: the events
    under it that the actor may see. ``evidence_documents``: documents by obligation, ``amendment_documents`` by
    amendment.
    """

    record: StoredRecord
    can_write: bool
    status: MemorandumStatus
    is_on_paper: bool
    expiry_date: date | None
    last_event_date: date | None
    parties: pd.DataFrame
    amendments: pd.DataFrame
    obligations: pd.DataFrame
    withdrawn: pd.DataFrame
    event_count: int
    held_count: int
    documents: Sequence[RecordDocument]
    evidence_documents: Mapping[int, list[RecordDocument]]
    amendment_documents: Mapping[int, list[RecordDocument]]


def memorandum_page(connection: Connection, actor: Actor, *, record_id: int, today: date) -> MemorandumPage:
    """Return a memorandum that the actor may see, withdrawn or not. Raises ForbiddenError, NoRecordError."""
    record = find_record(connection, actor, register="memoranda", record_id=record_id)
    is_this = Memorandum.id == record_id
    state = connection.execute(
        select(
            status_case(today).label("status_code"),
            is_on_paper(today).label("is_on_paper"),
            effective_expiry(today).label("expiry_date"),
            last_event_date(today).label("last_event_date"),
        ).where(is_this),
        execution_options=WITH_WITHDRAWN,
    ).one()
    amendments, obligations = _amendments(connection, record_id), _obligations(connection, record_id, today)
    counted = select(func.count(), func.count().filter(JointEvent.state_code == EventState.HELD.value))
    seen = _seen_events(connection, actor, record)
    event_count, held_count = connection.execute(counted.select_from(JointEvent).where(seen)).one()
    return MemorandumPage(
        record=record,
        can_write=may_write(connection, actor, register_sheet("memoranda"), {record.district_soato}),
        status=MemorandumStatus(state.status_code),
        is_on_paper=bool(state.is_on_paper),
        expiry_date=state.expiry_date,
        last_event_date=state.last_event_date,
        parties=read_frame(
            connection,
            select(Ngo.id.label("ngo_id"), Ngo.name, Ngo.stir)
            .join(MemorandumNgo, MemorandumNgo.ngo_id == Ngo.id)
            .where(MemorandumNgo.memorandum_id == record_id)
            .order_by(Ngo.name),
        ),
        amendments=amendments,
        obligations=obligations,
        withdrawn=_withdrawn_parts(connection, record_id),
        event_count=event_count,
        held_count=held_count,
        documents=documents_of(connection, record),
        evidence_documents=documents_by_record(
            connection, register="obligations", record_ids=[int(key) for key in obligations["obligation_id"]]
        ),
        amendment_documents=documents_by_record(
            connection, register="amendments", record_ids=[int(key) for key in amendments["amendment_id"]]
        ),
    )


def _amendments(connection: Connection, record_id: int) -> pd.DataFrame:
    statement = select(
        MemorandumAmendment.id.label("amendment_id"),
        MemorandumAmendment.version,
        MemorandumAmendment.number,
        MemorandumAmendment.signed_date,
        MemorandumAmendment.expiry_date,
        MemorandumAmendment.text,
    )
    of_memorandum = MemorandumAmendment.memorandum_id == record_id
    return read_frame(connection, statement.where(of_memorandum).order_by(MemorandumAmendment.number))


def _obligations(connection: Connection, record_id: int, today: date) -> pd.DataFrame:
    statement = select(
        Obligation.id.label("obligation_id"),
        Obligation.version,
        Obligation.number,
        Obligation.party_code,
        Obligation.text,
        Obligation.due_date,
        Obligation.fulfilled_date,
        Obligation.evidence,
        obligation_state(today).label("state_code"),
    )
    order = (Obligation.fulfilled_date.is_not(None), Obligation.due_date, Obligation.id)
    return read_frame(connection, statement.where(Obligation.memorandum_id == record_id).order_by(*order))


def _withdrawn_parts(connection: Connection, record_id: int) -> pd.DataFrame:
    rows: list[tuple[str, int, str, str]] = []
    for register, model, shown in (
        ("obligations", Obligation, Obligation.text),
        ("amendments", MemorandumAmendment, MemorandumAmendment.number),
    ):
        of_memorandum = (model.memorandum_id == record_id, model.withdrawn_at.is_not(None))
        statement = select(model.id, shown.label("text"), model.withdrawn_reason).where(*of_memorandum)
        for row in connection.execute(statement.order_by(model.id), execution_options=WITH_WITHDRAWN):
            rows.append((register, row.id, str(row.text), row.withdrawn_reason))
    return pd.DataFrame(rows, columns=["register", "record_id", "text", "reason"])


def memorandum_events(
    connection: Connection, actor: Actor, record: StoredRecord, *, today: date, limit: int, offset: int
) -> pd.DataFrame:
    """Return a page of the events under a memorandum that the actor may see, the newest first.

    Columns: event_id, title, event_date, direction_code, state_code (:class:`EntryState` of the day),
    participants_total (missing unless held), mahalla ("": none). Raises ForbiddenError.
    """
    is_held = JointEvent.state_code == EventState.HELD.value
    statement = (
        select(
            JointEvent.id.label("event_id"),
            JointEvent.title,
            JointEvent.event_date,
            JointEvent.direction_code,
            entry_state(today).label("state_code"),
            case((is_held, JointEvent.participants_total)).label("participants_total"),
            Mahalla.name.label("mahalla"),
        )
        .outerjoin(Mahalla, Mahalla.id == JointEvent.mahalla_id)
        .where(_seen_events(connection, actor, record))
        .order_by(JointEvent.event_date.desc(), JointEvent.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return read_frame(connection, statement).fillna({"mahalla": ""})


def _seen_events(connection: Connection, actor: Actor, record: StoredRecord) -> ColumnElement[bool]:
    """Return a condition on ``JointEvent``: it is under the memorandum and the actor may see it."""
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, Scope.district(record.district_soato))
    return and_(JointEvent.memorandum_id == record.record_id, row_filter.events())


def memorandum_history(connection: Connection, record: StoredRecord) -> pd.DataFrame:
    """Return the changes of a memorandum that was found, of its amendments, obligations and documents, newest first.

    Columns: at (UTC), actor (login, or text for the command line), action_code, entity (a table), entity_id (text),
    before, after (dicts by field or None), reason.
    """
    mine = [and_(AuditEntry.entity == Memorandum.__tablename__, AuditEntry.entity_id == str(record.record_id))]
    documents = [and_(Document.register_code == "memoranda", Document.record_id == record.record_id)]
    for register, model in (("amendments", MemorandumAmendment), ("obligations", Obligation)):
        found = select(model.id).where(model.memorandum_id == record.record_id)
        ids = connection.scalars(found, execution_options=WITH_WITHDRAWN).all()
        mine.append(and_(AuditEntry.entity == model.__tablename__, AuditEntry.entity_id.in_(map(str, ids))))
        documents.append(and_(Document.register_code == register, Document.record_id.in_(ids)))
    found_documents = connection.scalars(select(Document.id).where(or_(*documents)), execution_options=WITH_WITHDRAWN)
    mine.append(and_(AuditEntry.entity == "document", AuditEntry.entity_id.in_(map(str, found_documents.all()))))
    columns = (
        AuditEntry.at,
        AuditEntry.actor,
        AuditEntry.action_code,
        AuditEntry.entity,
        AuditEntry.entity_id,
        AuditEntry.before,
        AuditEntry.after,
        AuditEntry.reason,
    )
    rows = connection.execute(select(*columns).where(or_(*mine)).order_by(AuditEntry.id.desc()))
    return pd.DataFrame([tuple(row) for row in rows], columns=[column.key for column in columns])
