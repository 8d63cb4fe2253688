"""Saving of a record from a form or a command: one transaction with rights, rules and audit entry, exactly once."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from data.database.engine import writing_or_busy
from data.dates.clock import day_of
from data.language import Message
from data.policy import Actor
from data.registers.entry import Entry, OpenEntry, register_sheet
from data.schema import RecordDraft, SentForm
from data.workbook.cells.places import PlaceIndex, load_place_index
from data.workbook.database import WriteSource
from queries.accounts.actors import require_account
from queries.registers.access import require_write
from queries.registers.documents import attach_documents


@dataclass(frozen=True, kw_only=True)
class SavedEntry:
    """Saved record. ``is_repeat``: this form had been saved before. ``warnings``: what may need a second look."""

    record_id: int
    is_changed: bool = True
    is_repeat: bool = False
    warnings: tuple[Message, ...] = ()


def save_entry(
    engine: Engine,
    actor: Actor,
    entry: Entry,
    *,
    form_id: str,
    now: datetime,
    reason: str = "",
    source: WriteSource = WriteSource.FORM,
) -> SavedEntry:
    """Save a record with its documents once it is committed; the same form sent again gives the same record.

    Raises ForbiddenError, EntryError, OutdatedEntryError, NoRecordError, NoDocumentError, BusyError; nothing is changed
    by any of them, and the draft of the form stays.
    """
    try:
        return _save(engine, actor, entry, form_id=form_id, now=now, reason=reason, source=source)
    except IntegrityError:
        # Someone saved the same form or the same number at the same moment; now it is there to be seen.
        return _save(engine, actor, entry, form_id=form_id, now=now, reason=reason, source=source)


def _save(
    engine: Engine, actor: Actor, entry: Entry, *, form_id: str, now: datetime, reason: str, source: WriteSource
) -> SavedEntry:
    with writing_or_busy(engine) as connection:
        sent = sent_record(connection, form_id=form_id)
        if sent is not None:
            return SavedEntry(record_id=sent, is_repeat=True)
        return store_entry(connection, actor, entry, form_id=form_id, now=now, reason=reason, source=source)


def sent_record(connection: Connection, *, form_id: str) -> int | None:
    """Return the record that a form made, None for a form that was not sent."""
    return connection.scalar(select(SentForm.record_id).where(SentForm.form_id == form_id))


def store_entry(
    connection: Connection,
    actor: Actor,
    entry: Entry,
    *,
    form_id: str,
    now: datetime,
    reason: str = "",
    source: WriteSource = WriteSource.FORM,
) -> SavedEntry:
    """Store a record in the caller's transaction, as :func:`save_entry` does; parts of one form are stored together."""

    def permit(districts: Collection[str]) -> None:
        require_write(connection, actor, register_sheet(entry.register), districts)

    return store_permitted(connection, actor, entry, permit, form_id=form_id, now=now, reason=reason, source=source)


def store_permitted(
    connection: Connection,
    actor: Actor,
    entry: Entry,
    permit: Callable[[Collection[str]], None],
    *,
    form_id: str,
    now: datetime,
    reason: str = "",
    source: WriteSource = WriteSource.FORM,
) -> SavedEntry:
    """Store a record as :func:`store_entry` does, by a right of its own.

    ``permit`` is called with the districts (SOATO) that the entry concerns, and raises ForbiddenError.
    """
    require_account(connection, actor)
    # The key goes in first: whoever sends the same form at the same time waits for it.
    connection.execute(
        insert(SentForm).values(form_id=form_id, register_code=entry.register, record_id=entry.record_id, sent_at=now)
    )
    opened = open_entry(connection, entry, today=day_of(now), is_writing=True)
    permit(opened.districts)
    opened.check_version()
    written = opened.write(actor, source, reason=reason)
    connection.execute(update(SentForm).where(SentForm.form_id == form_id).values(record_id=written.record_id))
    record_id, documents = written.record_id, entry.document_ids
    attach_documents(connection, actor, register=entry.register, record_id=record_id, document_ids=documents)
    connection.execute(delete(RecordDraft).where(RecordDraft.form_id == form_id))
    return SavedEntry(record_id=written.record_id, is_changed=written.is_changed, warnings=tuple(written.warnings))


def check_entry(connection: Connection, actor: Actor, entry: Entry, *, today: date) -> tuple[Message, ...]:
    """Return the warnings on an entry that could be saved. Raises what :func:`save_entry` raises."""
    opened = open_entry(connection, entry, today=today)
    require_write(connection, actor, register_sheet(entry.register), opened.districts)
    opened.check_version()
    return tuple(opened.validate().said)


_places: dict[str, PlaceIndex] = {}


def place_index(connection: Connection) -> PlaceIndex:
    """Return the index of places; they never change, so it is made once a database."""
    url = str(connection.engine.url)
    if url not in _places:
        _places[url] = load_place_index(connection)
    return _places[url]


def open_entry(connection: Connection, entry: Entry, *, today: date, is_writing: bool = False) -> OpenEntry:
    """Return an entry with what it names loaded."""
    return OpenEntry(connection, entry, place_index(connection), today=today, is_writing=is_writing)
