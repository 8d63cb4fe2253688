"""Documents of records, PDF or a detached signature of one: added, read by those who may see the record, withdrawn
with a reason and restored.

A document chosen in the form of a record that is not saved yet belongs to record 0 and to the person who chose it; it
is attached in the transaction that saves the record.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from data.database.engine import WITH_WITHDRAWN, writing_or_busy
from data.documents import DocumentKind, StoredFile, remove_file, shown_name, stored_file
from data.language import N_, DomainError
from data.policy import Actor
from data.registers.entry import NoRecordError, register_sheet
from data.schema import Document
from data.texts.personal_data import refuse_personal_data
from data.workbook.database import AuditedWriter, RecordAction, WriteSource
from queries.accounts.actors import require_account
from queries.registers.access import require_form, require_write
from queries.registers.records import MODELS, StoredRecord, find_record
from queries.registers.withdrawal import NoReasonError

UNSAVED = 0


class NoDocumentError(DomainError):
    """Raised where a document is not there, was withdrawn, or belongs to somebody else's form."""

    def __init__(self) -> None:
        super().__init__(N_("This document is not there, or was withdrawn."))


@dataclass(frozen=True, kw_only=True)
class RecordDocument:
    """Document of a record; ``withdrawn_at`` is None while it counts."""

    document_id: int
    register: str
    record_id: int
    file_name: str
    size_bytes: int
    uploaded_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str


def documents_of(connection: Connection, record: StoredRecord) -> Sequence[RecordDocument]:
    """Return the documents of a record that was found, withdrawn ones too, in the order in which they were added."""
    of_record = (Document.register_code == record.register, Document.record_id == record.record_id)
    statement = select(Document.__table__).where(*of_record).order_by(Document.id)
    return tuple(_document(row) for row in connection.execute(statement, execution_options=WITH_WITHDRAWN))


def documents_by_record(
    connection: Connection, *, register: str, record_ids: Collection[int]
) -> dict[int, list[RecordDocument]]:
    """Return the documents that count of records that were found, by record."""
    statement = select(Document.__table__).where(
        Document.register_code == register, Document.record_id.in_(record_ids), Document.withdrawn_at.is_(None)
    )
    found: dict[int, list[RecordDocument]] = {}
    for row in connection.execute(statement.order_by(Document.id)):
        found.setdefault(row.record_id, []).append(_document(row))
    return found


def unsaved_documents(connection: Connection, actor: Actor, *, document_ids: Collection[int]) -> list[RecordDocument]:
    """Return those of the documents that the actor chose in a form that is not saved yet."""
    statement = select(Document.__table__).where(*_unsaved(actor, document_ids)).order_by(Document.id)
    return [_document(row) for row in connection.execute(statement)]


def add_document(
    engine: Engine,
    actor: Actor,
    *,
    register: str,
    record_id: int = UNSAVED,
    file_name: str,
    content: bytes,
    now: datetime,
) -> int:
    """Add a document to a record, or to a form that is not saved yet, and return its id.

    The same content added again to the same record gives the same document. Raises ForbiddenError, NoRecordError,
    NotADocumentError, NotDetachedError, TooLargeError, BusyError; no file is left behind by any of them.
    """
    with stored_file(content) as file:
        with writing_or_busy(engine) as connection:
            _require_record(connection, actor, register=register, record_id=record_id)
            known = _same_content(connection, actor, register=register, record_id=record_id, file=file)
            if known is None:
                values = {
                    "register_code": register,
                    "record_id": record_id,
                    "file_name": shown_name(file_name, file.kind),
                    "stored_name": file.stored_name,
                    "sha256": file.sha256,
                    "size_bytes": file.size_bytes,
                }
                added = insert(Document).values(**values, account_id=actor.account_id, uploaded_at=now)
                document_id = int(connection.execute(added.returning(Document.id)).scalar_one())
                if record_id != UNSAVED:
                    _audit(connection, actor, RecordAction.ADDED, document_id, after=values)
        if known is not None:
            remove_file(file.stored_name)
            return known
    return document_id


def attach_documents(
    connection: Connection, actor: Actor, *, register: str, record_id: int, document_ids: Collection[int]
) -> None:
    """Give the documents of a form to the record that it made, in the caller's transaction.

    Raises NoDocumentError where one of them is not there any more.
    """
    if not document_ids:
        return
    found = unsaved_documents(connection, actor, document_ids=document_ids)
    if {document.document_id for document in found} != {*document_ids}:
        raise NoDocumentError
    for document in found:
        of_document = Document.id == document.document_id
        connection.execute(update(Document).where(of_document).values(register_code=register, record_id=record_id))
        after = {"register_code": register, "record_id": record_id, "file_name": document.file_name}
        _audit(connection, actor, RecordAction.ADDED, document.document_id, after=after)


def drop_unsaved_documents(engine: Engine, actor: Actor, *, document_ids: Collection[int]) -> None:
    """Drop documents of a form that is not saved yet, and their files. Raises BusyError."""
    with writing_or_busy(engine) as connection:
        names = connection.scalars(select(Document.stored_name).where(*_unsaved(actor, document_ids))).all()
        connection.execute(delete(Document).where(*_unsaved(actor, document_ids)))
    for name in names:
        remove_file(name)


def find_document(connection: Connection, actor: Actor, *, document_id: int) -> tuple[str, StoredFile]:
    """Return the name of a document and its file, for whoever may see the record that it belongs to.

    Of a form that is not saved yet, the person who chose it. Raises ForbiddenError, NoRecordError, NoDocumentError.
    """
    row = _row(connection, document_id)
    if row.withdrawn_at is not None:
        raise NoDocumentError
    if row.record_id == UNSAVED:
        if actor.account_id is None or row.account_id != actor.account_id:
            raise NoDocumentError
    else:
        find_record(connection, actor, register=row.register_code, record_id=row.record_id)
    kind = DocumentKind.of_name(row.file_name)
    file = StoredFile(kind=kind, stored_name=row.stored_name, sha256=row.sha256, size_bytes=row.size_bytes)
    return row.file_name, file


def withdraw_document(engine: Engine, actor: Actor, *, document_id: int, reason: str, now: datetime) -> None:
    """Withdraw a document of a record; its file stays. Doing it again changes nothing.

    Raises ForbiddenError, NoRecordError, NoDocumentError, NoReasonError, PersonalDataError, BusyError.
    """
    if not reason.strip():
        raise NoReasonError
    refuse_personal_data(reason)
    with writing_or_busy(engine) as connection:
        row = _changeable(connection, actor, document_id)
        if row.withdrawn_at is not None:
            return
        _change(connection, row, withdrawn_at=now, withdrawn_reason=reason.strip())
        _audit(connection, actor, RecordAction.WITHDRAWN, document_id, before=_named(row), reason=reason.strip())


def restore_document(engine: Engine, actor: Actor, *, document_id: int) -> None:
    """Restore a withdrawn document. Doing it again changes nothing.

    Raises ForbiddenError, NoRecordError, NoDocumentError, BusyError.
    """
    with writing_or_busy(engine) as connection:
        row = _changeable(connection, actor, document_id)
        if row.withdrawn_at is None:
            return
        _change(connection, row, withdrawn_at=None, withdrawn_reason="")
        _audit(connection, actor, RecordAction.RESTORED, document_id, after=_named(row))


def _require_record(connection: Connection, actor: Actor, *, register: str, record_id: int) -> None:
    """Raise unless the actor may write the record, which is locked until the end of the transaction."""
    sheet = register_sheet(register)
    if not sheet.has_documents:
        raise NoRecordError
    require_account(connection, actor)
    if record_id == UNSAVED:
        require_form(actor, sheet)
        return
    connection.execute(select(MODELS[register].id).where(MODELS[register].id == record_id).with_for_update())
    record = find_record(connection, actor, register=register, record_id=record_id)
    require_write(connection, actor, sheet, {record.district_soato})
    if record.withdrawn_at is not None:
        raise NoRecordError


def _same_content(
    connection: Connection, actor: Actor, *, register: str, record_id: int, file: StoredFile
) -> int | None:
    """Return the document of the record, or of the actor's form, that has the same content."""
    conditions = [Document.register_code == register, Document.record_id == record_id, Document.sha256 == file.sha256]
    if record_id == UNSAVED:
        conditions.append(Document.account_id == actor.account_id)
    return connection.scalar(select(Document.id).where(*conditions).limit(1))


def _unsaved(actor: Actor, document_ids: Collection[int]) -> tuple[Any, ...]:
    return (
        Document.record_id == UNSAVED,
        Document.account_id == actor.account_id,
        Document.id.in_(document_ids),
    )


def _row(connection: Connection, document_id: int) -> Row[*tuple[Any, ...]]:
    statement = select(Document.__table__).where(Document.id == document_id)
    row = connection.execute(statement, execution_options=WITH_WITHDRAWN).one_or_none()
    if row is None:
        raise NoDocumentError
    return row


def _changeable(connection: Connection, actor: Actor, document_id: int) -> Row[*tuple[Any, ...]]:
    """Return a document, locked until the end of the transaction, whose record the actor may write."""
    lock = select(Document.id).where(Document.id == document_id, Document.record_id != UNSAVED).with_for_update()
    if connection.execute(lock, execution_options=WITH_WITHDRAWN).first() is None:
        raise NoDocumentError
    row = _row(connection, document_id)
    _require_record(connection, actor, register=row.register_code, record_id=row.record_id)
    return row


def _change(connection: Connection, row: Row[*tuple[Any, ...]], **values: object) -> None:
    changed = update(Document).where(Document.id == row.id).values(version=row.version + 1, **values)
    connection.execute(changed)


def _named(row: Row[*tuple[Any, ...]]) -> dict[str, object]:
    return {"register_code": row.register_code, "record_id": row.record_id, "file_name": row.file_name}


def _audit(
    connection: Connection,
    actor: Actor,
    action: RecordAction,
    document_id: int,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    writer = AuditedWriter(connection, actor, WriteSource.FORM, reason)
    writer.audit(action, "document", [(document_id, before, after)])


def _document(row: Row[*tuple[Any, ...]]) -> RecordDocument:
    return RecordDocument(
        document_id=row.id,
        register=row.register_code,
        record_id=row.record_id,
        file_name=row.file_name,
        size_bytes=row.size_bytes,
        uploaded_at=row.uploaded_at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
    )
