"""What the forms on the page of any record share: the end of an action, withdrawal, restoring and documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from components.registers.action import Done, begin_action, end_action, fail_action
from components.registers.documents import document_html, pick_document
from components.registers.form import FORM_WIDTH, FormDocuments, render_form_style
from components.registers.form_state import RecordForm
from components.registers.withdrawal import render_withdrawal
from components.shell.address import record_id
from components.shell.formatter import Formatter
from data.database.engine import get_engine, reading
from data.dates import clock
from data.language import N_, DomainError, Message
from pages.loaders.identity import require_actor
from pages.writes.records import (
    add_form_document,
    begin_form,
    drop_form,
    drop_form_document,
    form_documents,
    restore_record,
    store_form,
    withdraw_record,
)
from queries.registers.documents import RecordDocument, add_document, restore_document, withdraw_document
from queries.registers.entries import SavedEntry
from queries.registers.records import StoredRecord
from queries.registers.withdrawal import referring_records

DOCUMENTS = "documents"
WITHDRAW_DOCUMENT = "withdraw-document"
WITHDRAWN = N_("Withdrawn. It counts nowhere any more and can be restored.")
RESTORED = N_("Restored. It counts again everywhere.")
DOCUMENT_ADDED = N_("The document is stored.")
DOCUMENT_WITHDRAWN = N_("The document is withdrawn. It can be restored.")

Save = Callable[[RecordForm], SavedEntry | None]


def finish(page_id: int, place: str, text: str, save: Save, form: RecordForm) -> None:
    """Save a form, and say at a place of the page of a record what was done; a callback of buttons."""
    saved = save(form)
    if saved is not None:
        end_action(Done(page_id, place, Message(text), saved.warnings))


def leave(form: RecordForm) -> None:
    """Leave a form and drop its draft; a callback of buttons."""
    drop_form(form)
    if form.error is None:
        end_action()


def form_documents_of(form: RecordForm) -> FormDocuments:
    """Return the documents of a form with what adds and drops one."""
    return FormDocuments(chosen=form_documents(form), on_add=add_form_document, on_drop=drop_form_document)


def render_withdraw_button(do: str, part: int, fmt: Formatter) -> None:
    """Draw the button that begins the withdrawal of a part of a record."""
    st.button(
        fmt.translate("Withdraw it instead"),
        key=f"do-{do}-{part}",
        type="tertiary",
        icon=":material/archive:",
        on_click=begin_action,
        args=(do, part),
    )


def render_withdrawal_of(record: StoredRecord, place: str, fmt: Formatter) -> None:
    """Draw the withdrawal of a record; the result is said at a place of the page."""
    form = begin_form(record.register, record=record, topic="withdraw")
    with reading() as connection:
        referring = referring_records(connection, record)
    page_id = record_id()

    def withdraw(form: RecordForm) -> None:
        if withdraw_record(form):
            end_action(Done(page_id, place, Message(WITHDRAWN)))

    render_withdrawal(form, referring, fmt, on_change=store_form, on_withdraw=withdraw, on_leave=leave)


def restore_to(register: str, restored_id: int, place: str) -> None:
    """Restore a record, and say at a place of the page what was done; a callback of buttons."""
    refused = restore_record(register, restored_id)
    if refused is None:
        end_action(Done(record_id(), place, Message(RESTORED)))
    else:
        fail_action(Done(record_id(), place, refused))


def render_record_documents(
    record: StoredRecord, documents: Sequence[RecordDocument], at_hand: tuple[str, int], fmt: Formatter
) -> None:
    """Draw the documents of a record for who may write it: withdraw or restore one, add another."""
    for document in documents:
        _render_document(document, at_hand, fmt)
    fault = f"documents-fault-{record.record_id}"

    def add(chosen: object) -> None:
        st.session_state.pop(fault, None)
        if chosen is None:
            return
        try:
            add_document(
                get_engine(),
                require_actor(),
                register=record.register,
                record_id=record.record_id,
                file_name=chosen.name,  # type: ignore[attr-defined]
                content=chosen.getvalue(),  # type: ignore[attr-defined]
                now=clock.now(),
            )
        except DomainError as error:
            st.session_state[fault] = error.message
            return
        end_action(Done(record_id(), DOCUMENTS, Message(DOCUMENT_ADDED)))

    with st.container(width=FORM_WIDTH):
        key = f"add-document-{record.register}-{record.record_id}-{len(documents)}"
        pick_document(fmt, key=key, on_choose=add)
        if fault in st.session_state:
            st.error(fmt.translate.render(st.session_state[fault]), icon=":material/block:")


def _render_document(document: RecordDocument, at_hand: tuple[str, int], fmt: Formatter) -> None:
    translate, key = fmt.translate, document.document_id
    is_withdrawn = document.withdrawn_at is not None
    with st.container(horizontal=True, vertical_alignment="center", key=f"document-{key}"):
        st.html(document_html(document, fmt), width="content")
        if is_withdrawn:
            st.button(
                translate("Restore"),
                key=f"restore-document-{key}",
                type="tertiary",
                icon=":material/undo:",
                on_click=_restore_document,
                args=(key,),
            )
        elif at_hand != (WITHDRAW_DOCUMENT, key):
            st.button(
                translate("Withdraw"),
                key=f"do-withdraw-document-{key}",
                type="tertiary",
                icon=":material/archive:",
                on_click=begin_action,
                args=(WITHDRAW_DOCUMENT, key),
            )
    if at_hand != (WITHDRAW_DOCUMENT, key) or is_withdrawn:
        return
    render_form_style(fmt)
    with st.container(key=f"form-document-{key}", width=FORM_WIDTH):
        reason = f"document-reason-{key}"
        st.text_input(f"{translate('Reason of the withdrawal')} *", key=reason, persist_state="session")
        with st.container(horizontal=True):
            st.button(
                translate("Withdraw"),
                key=f"withdraw-document-{key}",
                type="primary",
                icon=":material/archive:",
                on_click=_withdraw_document,
                args=(key, reason),
            )
            st.button(translate("Leave the form"), key=f"leave-document-{key}", type="tertiary", on_click=end_action)


def _withdraw_document(document_id: int, reason: str) -> None:
    try:
        withdraw_document(
            get_engine(),
            require_actor(),
            document_id=document_id,
            reason=str(st.session_state.get(reason) or ""),
            now=clock.now(),
        )
    except DomainError as error:
        fail_action(Done(record_id(), DOCUMENTS, error.message))
        return
    end_action(Done(record_id(), DOCUMENTS, Message(DOCUMENT_WITHDRAWN)))


def _restore_document(document_id: int) -> None:
    try:
        restore_document(get_engine(), require_actor(), document_id=document_id)
    except DomainError as error:
        fail_action(Done(record_id(), DOCUMENTS, error.message))
        return
    end_action(Done(record_id(), DOCUMENTS, Message(RESTORED)))
