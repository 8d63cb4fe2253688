"""Saving of a new memorandum with its obligations and documents: one transaction, exactly once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_OID, uuid5

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import IntegrityError

from data.database.engine import WITH_WITHDRAWN, writing_or_busy
from data.dates.clock import day_of
from data.language import N_, DomainError, Message
from data.policy import Actor
from data.registers.entry import Entry, EntryError
from data.schema import MemorandumAmendment, Obligation
from queries.registers.entries import SavedEntry, open_entry, sent_record, store_entry

# Of an obligation, what its memorandum says.
TAKEN_FROM_MEMORANDUM = ("district", "memorandum")


@dataclass(frozen=True, kw_only=True)
class NewMemorandum:
    """Texts of a memorandum by field code, those of its obligations, and the ids of its documents.

    The obligations take district and memorandum from it, and where they have none a number by their order.
    """

    cells: Mapping[str, str]
    obligations: Sequence[Mapping[str, str]] = ()
    document_ids: tuple[int, ...] = ()


class NewMemorandumError(DomainError):
    """Raised for faults in a new memorandum: ``faults`` by field code, ``obligation_faults`` by place and field."""

    def __init__(self, faults: Mapping[str, Message], obligation_faults: Mapping[int, Mapping[str, Message]]) -> None:
        super().__init__(N_("Some fields need a correction. Nothing was lost."))
        self.faults = faults
        self.obligation_faults = obligation_faults


def save_memorandum(engine: Engine, actor: Actor, new: NewMemorandum, *, form_id: str, now: datetime) -> SavedEntry:
    """Save a new memorandum with its parts once they are committed; the same form sent again gives the same record.

    Raises NewMemorandumError, ForbiddenError, NoDocumentError, BusyError; nothing is changed by any of them.
    """
    try:
        return _save(engine, actor, new, form_id=form_id, now=now)
    except IntegrityError:
        # Someone saved the same form or the same number at the same moment; now it is there to be seen.
        return _save(engine, actor, new, form_id=form_id, now=now)


def _save(engine: Engine, actor: Actor, new: NewMemorandum, *, form_id: str, now: datetime) -> SavedEntry:
    with writing_or_busy(engine) as connection:
        sent = sent_record(connection, form_id=form_id)
        if sent is not None:
            return SavedEntry(record_id=sent, is_repeat=True)
        return _store(connection, actor, new, form_id=form_id, now=now)


def _store(connection: Connection, actor: Actor, new: NewMemorandum, *, form_id: str, now: datetime) -> SavedEntry:
    memorandum = Entry(register="memoranda", cells=new.cells, document_ids=new.document_ids)
    parts = [_obligation(new, place) for place in range(len(new.obligations))]
    try:
        saved = store_entry(connection, actor, memorandum, form_id=form_id, now=now)
    except EntryError as error:
        # The faults of the obligations are told in the same breath.
        raise NewMemorandumError(error.faults, _faults_alone(connection, parts, today=day_of(now))) from error
    warnings, faults = list(saved.warnings), {}
    for place, part in enumerate(parts):
        part_id = str(uuid5(NAMESPACE_OID, f"{form_id}:{place}"))
        try:
            warnings += store_entry(connection, actor, part, form_id=part_id, now=now).warnings
        except EntryError as error:
            faults[place] = error.faults
    if faults:
        raise NewMemorandumError({}, faults)
    return SavedEntry(record_id=saved.record_id, warnings=tuple(warnings))


def _obligation(new: NewMemorandum, place: int) -> Entry:
    cells = dict(new.obligations[place])
    cells |= {"district": new.cells.get("district", ""), "memorandum": new.cells.get("number", "")}
    cells["number"] = cells.get("number", "") or str(place + 1)
    return Entry(register="obligations", cells=cells)


def _faults_alone(connection: Connection, parts: Sequence[Entry], *, today: date) -> dict[int, dict[str, Message]]:
    """Return the faults of obligations whose memorandum cannot be saved, without those that come of that."""
    found = {}
    for place, part in enumerate(parts):
        try:
            open_entry(connection, part, today=today).validate()
        except EntryError as error:
            faults = {code: fault for code, fault in error.faults.items() if code not in TAKEN_FROM_MEMORANDUM}
            if faults:
                found[place] = faults
    return found


def next_amendment_number(connection: Connection, *, record_id: int) -> int:
    """Return the number of the next amendment of a memorandum, which no amendment of it has or had."""
    numbers = select(MemorandumAmendment.number).where(MemorandumAmendment.memorandum_id == record_id)
    return max(connection.scalars(numbers, execution_options=WITH_WITHDRAWN), default=0) + 1


def next_obligation_number(connection: Connection, *, record_id: int) -> str:
    """Return a number for the next obligation of a memorandum, which no obligation of it has or had."""
    numbers = select(Obligation.number).where(Obligation.memorandum_id == record_id, Obligation.number.is_not(None))
    taken = connection.scalars(numbers, execution_options=WITH_WITHDRAWN)
    return str(
        max((int(number) for number in taken if number and number.isascii() and number.isdigit()), default=0) + 1
    )
