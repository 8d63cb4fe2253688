"""Forms of registers: opened with their draft, stored as they are filled in, saved, withdrawn and restored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from components.registers.form import REASON
from components.registers.form_state import RecordForm, close_form, form_name, keep_form, open_form
from data.database.engine import get_engine
from data.dates import clock
from data.language import N_, DomainError, Message
from data.registers.entry import Entry, EntryError, OutdatedEntryError, register_sheet
from pages.loaders.identity import require_actor
from queries.registers.drafts import FormDraft, drop_draft, find_draft, new_draft, store_draft
from queries.registers.entries import SavedEntry, save_entry

if TYPE_CHECKING:
    from queries.registers.records import StoredRecord

NO_REASON = N_("Say why it is corrected.")


def begin_form(
    register: str,
    *,
    start: Mapping[str, str] | None = None,
    record: StoredRecord | None = None,
    topic: str = "",
) -> RecordForm:
    """Return the form of a record, or of a new one about a topic: the one that is open, its draft, or a new one.

    ``start`` are the texts that a new form begins with; a correction begins with those of the record. Raises
    ForbiddenError.
    """
    record_id, version = (record.record_id, record.version) if record else (0, 0)
    opened = open_form(form_name(register, record_id=record_id, topic=topic))
    if opened is not None:
        return opened
    texts = {field.code: "" for field in register_sheet(register).fields}
    texts |= dict(record.texts if record else {}) | dict(start or {})
    draft = find_draft(get_engine(), require_actor(), register=register, record_id=record_id, topic=topic)
    is_draft = draft is not None
    draft = draft or new_draft(texts, base_version=version)
    typed = dict(draft.cells)
    reason = typed.pop(REASON, "")
    form = RecordForm(
        register=register,
        form_id=draft.form_id,
        texts={**texts, **typed},
        start=texts,
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


def save_form(form: RecordForm, *, is_part: bool = False) -> SavedEntry | None:
    """Save the record of a form and close it, or note its faults in it and return None.

    ``is_part``: only some fields were asked for, so that no reason is needed.
    """
    form.clear_faults()
    if form.record_id and not is_part and not form.reason.strip():
        form.faults = {REASON: Message(NO_REASON)}
        return None
    version = form.stored_version or form.version
    entry = Entry(register=form.register, cells=form.texts, record_id=form.record_id, version=version)
    try:
        saved = save_entry(
            get_engine(), require_actor(), entry, form_id=form.form_id, now=clock.now(), reason=form.reason
        )
    except EntryError as error:
        form.faults, form.error = dict(error.faults), error.message
    except OutdatedEntryError as error:
        form.stored, form.stored_version = error.cells, error.version
    except DomainError as error:
        form.error = error.message
    else:
        close_form(form)
        return saved
    return None


def drop_form(form: RecordForm) -> None:
    """Drop a form and its draft."""
    try:
        drop_draft(get_engine(), require_actor(), form_id=form.form_id)
    except DomainError as error:
        form.error = error.message
        return
    close_form(form)
