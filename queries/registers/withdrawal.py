"""Withdrawal of records: they leave all figures, stay in their history and can be restored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, select, update
from sqlalchemy.exc import IntegrityError

from data.database.engine import WITH_WITHDRAWN, writing_or_busy
from data.language import N_, DomainError
from data.policy import Actor
from data.registers.entry import NoRecordError, OutdatedEntryError, register_sheet
from data.schema import Evaluation, JointEvent, MemorandumAmendment, Obligation
from data.texts.personal_data import refuse_personal_data
from data.workbook.cells.text_matching import number_key
from data.workbook.database import AuditedWriter, RecordAction, WriteSource
from queries.accounts.actors import require_account
from queries.registers.access import require_write
from queries.registers.records import MODELS, StoredRecord, find_record

# What refers to a record: (register, its table's column) by the register of the record.
REFERENCES: Mapping[str, tuple[tuple[str, Any], ...]] = {
    "memoranda": (
        ("obligations", Obligation.memorandum_id),
        ("amendments", MemorandumAmendment.memorandum_id),
        ("events", JointEvent.memorandum_id),
    ),
    "plans": (("events", JointEvent.plan_item_id),),
}


class NoReasonError(DomainError):
    """Raised for a withdrawal without a reason."""

    def __init__(self) -> None:
        super().__init__(N_("Say why the record is withdrawn."))


class EvaluatedEventError(DomainError):
    """Raised for the withdrawal of an event that an NGO has evaluated."""

    def __init__(self) -> None:
        super().__init__(N_("An NGO has evaluated this event, so it is not withdrawn. Correct it instead."))


class NumberTakenError(DomainError):
    """Raised where a record is restored whose number another one has now."""

    def __init__(self, number: str) -> None:
        super().__init__(N_("Another record has the number {number} now. Correct that one first."), number=number)


@dataclass(frozen=True)
class ReferringRecords:
    """Number of records of a register that refer to a record."""

    register: str
    records: int


def referring_records(connection: Connection, record: StoredRecord) -> Sequence[ReferringRecords]:
    """Return what refers to a record that was found, by register, without those of which there are none."""
    found = []
    for register, column in REFERENCES.get(record.register, ()):
        number = connection.scalar(
            select(func.count()).where(column == record.record_id, column.class_.withdrawn_at.is_(None))
        )
        if number:
            found.append(ReferringRecords(register, number))
    return tuple(found)


def withdraw(
    engine: Engine, actor: Actor, *, register: str, record_id: int, version: int, reason: str, now: datetime
) -> None:
    """Withdraw a record as the actor saw it; those that refer to it stay. Doing it again changes nothing.

    Raises ForbiddenError, NoRecordError, OutdatedEntryError, NoReasonError, PersonalDataError, EvaluatedEventError,
    BusyError.
    """
    if not reason.strip():
        raise NoReasonError
    refuse_personal_data(reason)
    with writing_or_busy(engine) as connection:
        record = _locked(connection, actor, register=register, record_id=record_id)
        if record.withdrawn_at is not None:
            return
        if record.version != version:
            raise OutdatedEntryError(record.texts, record.version)
        if register == "events" and connection.scalar(
            select(func.count()).select_from(Evaluation).where(Evaluation.event_id == record_id)
        ):
            raise EvaluatedEventError
        # The number is free for another record; no folded number contains a space.
        keys = {"number_key": f"{number_key(record.texts['number'])} {record_id}"} if _has_key(register) else {}
        _change(connection, record, {**keys, "withdrawn_at": now, "withdrawn_reason": reason.strip()})
        _audit(connection, actor, record, RecordAction.WITHDRAWN, reason.strip())


def restore(engine: Engine, actor: Actor, *, register: str, record_id: int) -> None:
    """Restore a withdrawn record. Doing it again changes nothing.

    Raises ForbiddenError, NoRecordError, NumberTakenError, BusyError.
    """
    try:
        with writing_or_busy(engine) as connection:
            record = _locked(connection, actor, register=register, record_id=record_id)
            if record.withdrawn_at is None:
                return
            number = record.texts.get("number", "")
            keys = {"number_key": number_key(number) or None} if _has_key(register) else {}
            _change(connection, record, {**keys, "withdrawn_at": None, "withdrawn_reason": ""})
            _audit(connection, actor, record, RecordAction.RESTORED, "")
    except IntegrityError as error:
        raise NumberTakenError(number) from error


def _has_key(register: str) -> bool:
    return "number_key" in MODELS[register].__table__.c


def _locked(connection: Connection, actor: Actor, *, register: str, record_id: int) -> StoredRecord:
    """Return the record, locked until the end of the transaction, that the actor may change."""
    model = MODELS[register]
    if not hasattr(model, "withdrawn_at"):
        raise NoRecordError
    require_account(connection, actor)
    lock = select(model.id).where(model.id == record_id).with_for_update()
    connection.execute(lock, execution_options=WITH_WITHDRAWN)
    record = find_record(connection, actor, register=register, record_id=record_id)
    require_write(connection, actor, register_sheet(register), {record.district_soato})
    return record


def _change(connection: Connection, record: StoredRecord, values: Mapping[str, object]) -> None:
    model = MODELS[record.register]
    changed = update(model).where(model.id == record.record_id).values(version=record.version + 1, **values)
    connection.execute(changed)


def _audit(connection: Connection, actor: Actor, record: StoredRecord, action: RecordAction, reason: str) -> None:
    writer = AuditedWriter(connection, actor, WriteSource.FORM, reason)
    values = dict(record.texts)
    before, after = (values, None) if action is RecordAction.WITHDRAWN else (None, values)
    writer.audit(action, MODELS[record.register].__tablename__, [(record.record_id, before, after)])
