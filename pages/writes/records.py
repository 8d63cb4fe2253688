"""Forms of registers: opened with their draft, stored as they are filled in, saved, withdrawn and restored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from components.registers.documents import ChosenFile
from components.registers.form import REASON
from components.registers.form_state import DOCUMENTS, RecordForm, close_form, form_name, keep_form, open_form
from data.database.engine import get_engine, reading
from data.dates import clock
from data.language import N_, DomainError, Message
from data.registers.entry import Entry, EntryError, OutdatedEntryError, form_sheet
from data.texts.personal_data import PersonalDataError
from data.workbook.errors import REQUIRED
from pages.loaders.identity import require_actor
from queries.registers.documents import add_document, drop_unsaved_documents, unsaved_documents
from queries.registers.drafts import FormDraft, drop_draft, find_draft, new_draft, store_draft
from queries.registers.entries import SavedEntry, save_entry
from queries.registers.withdrawal import NoReasonError, restore, withdraw

if TYPE_CHECKING:
    from queries.registers.documents import RecordDocument
    from queries.registers.records import StoredRecord

NO_REASON = N_("Say why it is corrected.")
LOOK_AGAIN = N_("Someone else has corrected this record meanwhile. Look at it above, then decide again.")


def begin_form(
    register: str,
    *,
    start: Mapping[str, str] | None = None,
    record: StoredRecord | None = None,
    topic: str = "",
) -> RecordForm:
    """Return the form of a record, or of a new one about a topic: the one that is open, its draft, or a new one.

    ``start`` are texts that the form begins with; those of a correction count as typed, as the record has others.
    Raises ForbiddenError.
    """
    record_id, version = (record.record_id, record.version) if record else (0, 0)
    opened = open_form(form_name(register, record_id=record_id, topic=topic))
    if opened is not None:
        return opened
    texts = {field.code: "" for field in form_sheet(register).fields}
    texts |= dict(record.texts if record else {})
    seen = dict(texts) if record else texts | dict(start or {})
    texts |= dict(start or {})
    draft = find_draft(get_engine(), require_actor(), register=register, record_id=record_id, topic=topic)
    is_draft = draft is not None
    draft = draft or new_draft(texts, base_version=version)
    if record is not None and draft.base_version != version:
        # What the record was when the draft was begun is not known: whatever differs is to be chosen.
        seen = {}
    typed = dict(draft.cells)
    reason = typed.pop(REASON, "")
    form = RecordForm(
        register=register,
        form_id=draft.form_id,
        texts={**texts, **typed},
        start=seen,
        record_id=record_id,
        topic=topic,
        version=draft.base_version,
        reason=reason,
        is_draft=is_draft,
    )
    keep_form(form)
    return form


def store_form(form: RecordForm) -> None:
    """Store a form as its draft; a fault is told beside the button."""
    draft = FormDraft(form_id=form.form_id, cells={**form.texts, REASON: form.reason}, base_version=form.version)
    place = {"register": form.register, "record_id": form.record_id, "topic": form.topic}
    try:
        stored = store_draft(get_engine(), require_actor(), draft, **place, now=clock.now())  # type: ignore[arg-type]
    except DomainError as error:
        form.error = error.message
        return
    form.error = None
    form.form_id = stored.form_id


def save_form(form: RecordForm, *, is_part: bool = False, required: Sequence[str] = ()) -> SavedEntry | None:
    """Save the record of a form with its documents and close it, or note its faults in it and return None.

    ``is_part``: only some fields were asked for, so that no reason is needed. ``required`` are the codes of fields that
    must be filled in here, though the register does not need them.
    """
    form.clear_faults()
    form.attempts += 1
    form.faults = {code: Message(REQUIRED) for code in required if not form.texts.get(code, "").strip()}
    if form.record_id and not is_part and not form.reason.strip():
        form.faults[REASON] = Message(NO_REASON)
    if form.faults:
        return None
    version = form.stored_version or form.version
    entry = Entry(
        register=form.register,
        cells=form.texts,
        record_id=form.record_id,
        version=version,
        document_ids=form.document_ids,
    )
    try:
        saved = save_entry(
            get_engine(),
            require_actor(),
            entry,
            form_id=form.form_id,
            now=clock.now(),
            reason=form.reason,
        )
    except EntryError as error:
        form.faults, form.error = dict(error.faults), error.message
    except OutdatedEntryError as error:
        form.meet(error.cells, error.version)
    except DomainError as error:
        form.error = error.message
    else:
        close_form(form)
        return saved
    return None


def drop_form(form: RecordForm) -> None:
    """Drop a form with its draft and documents."""
    try:
        drop_unsaved_documents(get_engine(), require_actor(), document_ids=form.document_ids)
        drop_draft(get_engine(), require_actor(), form_id=form.form_id)
    except DomainError as error:
        form.error = error.message
        return
    close_form(form)


def form_documents(form: RecordForm) -> list[RecordDocument]:
    """Return the documents that were chosen in a form."""
    if not form.document_ids:
        return []
    with reading() as connection:
        return unsaved_documents(connection, require_actor(), document_ids=form.document_ids)


def add_form_document(form: RecordForm, chosen: ChosenFile) -> None:
    """Store a chosen document with the draft of a form; a fault is told below its field."""
    form.faults.pop(DOCUMENTS, None)
    try:
        added = add_document(
            get_engine(),
            require_actor(),
            register=form.register,
            file_name=chosen.name,
            content=chosen.getvalue(),
            now=clock.now(),
        )
    except DomainError as error:
        form.faults[DOCUMENTS] = error.message
        return
    form.set_documents([*(key for key in form.document_ids if key != added), added])
    store_form(form)


def drop_form_document(form: RecordForm, document_id: int) -> None:
    """Drop a document that was chosen in a form."""
    try:
        drop_unsaved_documents(get_engine(), require_actor(), document_ids=[document_id])
    except DomainError as error:
        form.faults[DOCUMENTS] = error.message
        return
    form.set_documents(key for key in form.document_ids if key != document_id)
    store_form(form)


def withdraw_record(form: RecordForm) -> bool:
    """Withdraw the record of a form for its reason and close the form; False where a fault was noted in it."""
    form.clear_faults()
    form.attempts += 1
    try:
        withdraw(
            get_engine(),
            require_actor(),
            register=form.register,
            record_id=form.record_id,
            version=form.version,
            reason=form.reason,
            now=clock.now(),
        )
    except (NoReasonError, PersonalDataError) as error:
        form.faults = {REASON: error.message}
        return False
    except OutdatedEntryError as error:
        form.version, form.error = error.version, Message(LOOK_AGAIN)
        return False
    except DomainError as error:
        form.error = error.message
        return False
    drop_form(form)
    return True


def restore_record(register: str, record_id: int) -> Message | None:
    """Restore a withdrawn record; the message says why it cannot be."""
    try:
        restore(get_engine(), require_actor(), register=register, record_id=record_id)
    except DomainError as error:
        return error.message
    return None
