"""Record of any register as a page: its fields, what may be done with it, its documents and its history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from components.registers.action import action_at_hand, begin_action, render_done
from components.registers.documents import documents_html
from components.registers.facts import facts_html, field_facts
from components.registers.form import render_record_form
from components.registers.history import history_html
from components.registers.options import FormOptions
from components.registers.withdrawal import render_withdrawn
from components.shell.address import record_id
from components.shell.chrome import escape_markdown, render_back_link, render_title
from components.shell.empty_state import render_empty
from components.shell.filters import Filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from components.tables.links import LinkedCell
from data.database.engine import reading
from data.language import N_
from data.policy import ForbiddenError, ScopeKind, sees_in_full
from data.registers.declaration import FieldKind, RegisterSheet
from data.registers.entry import NoRecordError
from pages.forms.record import finish, leave, render_record_documents, render_withdrawal_of, restore_to
from pages.loaders.records import load_form_options, load_named_ngos, load_writable_districts
from pages.writes.records import begin_form, save_form, store_form
from queries.registers.documents import documents_of
from queries.registers.records import MODELS, StoredRecord, find_record, history

CORRECT, WITHDRAW = "correct", "withdraw"
TOP = "top"
CORRECTED = N_("Corrected. The change counts everywhere at once.")


def _nothing(_record: StoredRecord) -> bool:
    """Draw nothing more."""
    return False


def _no_cells(_record: StoredRecord) -> Mapping[str, LinkedCell]:
    return {}


def options_of(district: str, filters: Filters, context: RequestContext, fmt: Formatter) -> FormOptions:
    """Return the words for what records name: districts, NGOs, mahallas and other records."""
    districts = tuple(code for code, area in filters.directory.areas.items() if area.scope.kind is ScopeKind.DISTRICT)
    return load_form_options(filters, fmt, districts=districts, district_soato=district, year=context.today.year)


def stir_texts(sheet: RegisterSheet, texts: Mapping[str, str]) -> list[str]:
    """Return the texts of a record that name NGOs."""
    return [texts.get(field.code, "") for field in sheet.fields if field.kind in {FieldKind.STIR, FieldKind.STIRS}]


def render_record(
    sheet: RegisterSheet,
    filters: Filters,
    context: RequestContext,
    fmt: Formatter,
    *,
    back: str,
    title: Callable[[StoredRecord], str] | None = None,
    first: Callable[[StoredRecord], bool] = _nothing,
    cells: Callable[[StoredRecord], Mapping[str, LinkedCell]] = _no_cells,
) -> None:
    """Draw a record: its fields, what may be done with it, documents and history.

    ``back`` is the address of its list, ``title`` returns another title than the register's name. ``first`` draws the
    next step above everything else and returns whether its form is open: then nothing else can be filled in. ``cells``
    are values in words of their own by field code.
    """
    translate = fmt.translate
    name = sheet.name.in_language(translate.language)
    render_back_link(back, name)
    try:
        with reading() as connection:
            record = find_record(connection, context.actor, register=sheet.code, record_id=record_id())
    except (ForbiddenError, NoRecordError):
        render_empty(
            translate("No such record"),
            translate("It is not there, or its district is not yours. The list shows those that you may see."),
            icon=":material/search_off:",
        )
        return
    about = record.texts.get(sheet.name_field) or record.texts.get(sheet.key, "")
    heading = escape_markdown(title(record)) if title else f"{name}: {escape_markdown(about)}"
    render_title(heading, context, record_district=record.district_soato or "")
    districts = load_writable_districts(context.actor, register=sheet.code)
    can_write = record.district_soato in districts if record.district_soato else bool(districts)
    if record.withdrawn_at is not None:
        on_restore = partial(restore_to, sheet.code, record.record_id, TOP) if can_write else None
        render_withdrawn(record.withdrawn_reason, fmt, key="withdrawn", on_restore=on_restore)
    render_done(TOP, translate)
    options = load_named_ngos(options_of(record.district_soato, filters, context, fmt), stir_texts(sheet, record.texts))
    can_write = not first(record) and can_write and record.withdrawn_at is None
    if can_write:
        render_actions(sheet, record, options, fmt)
    st.html(facts_html(field_facts(sheet, record.texts, options, fmt, cells=cells(record))))
    if sheet.has_documents:
        render_documents(record, can_write=can_write, fmt=fmt)
    render_history(record, options, filters, context, fmt)


def render_actions(sheet: RegisterSheet, record: StoredRecord, options: FormOptions, fmt: Formatter) -> None:
    """Draw the buttons of what may be done, and the form of the one at hand."""
    translate, (do, _) = fmt.translate, action_at_hand()
    names = {CORRECT: (translate("Correct"), "edit")}
    if hasattr(MODELS[sheet.code], "withdrawn_at"):
        names[WITHDRAW] = (translate("Withdraw"), "archive")
    with st.container(horizontal=True, key="record-actions"):
        for code, (name, icon) in names.items():
            st.button(name, key=f"do-{code}", icon=f":material/{icon}:", on_click=begin_action, args=(code,))
    if do == CORRECT:
        form = begin_form(sheet.code, record=record)
        render_record_form(
            form,
            sheet,
            options,
            fmt,
            on_change=store_form,
            on_save=partial(finish, record.record_id, TOP, CORRECTED, save_form),
            on_drop=leave,
            title=translate("Correct"),
            drop=translate("Leave the form"),
        )
    elif do == WITHDRAW and WITHDRAW in names:
        render_withdrawal_of(record, TOP, fmt)


def render_documents(record: StoredRecord, *, can_write: bool, fmt: Formatter) -> None:
    """Draw the PDF documents of the record."""
    st.subheader(fmt.translate("Documents"), anchor=False)
    with reading() as connection:
        documents = documents_of(connection, record)
    counting = [document for document in documents if document.withdrawn_at is None]
    if not (documents if can_write else counting):
        st.caption(fmt.translate("No scanned document yet."))
    if can_write:
        render_record_documents(record, documents, action_at_hand(), fmt)
    elif counting:
        st.html(documents_html(counting, fmt))


def render_history(
    record: StoredRecord, options: FormOptions, filters: Filters, context: RequestContext, fmt: Formatter
) -> None:
    """Draw who changed what, when and why; read only when it is opened."""
    opened = st.expander(
        fmt.translate("History of changes"), icon=":material/history:", key="record-history", on_change="rerun"
    )
    if not opened.open:
        return
    with reading() as connection:
        changes = history(connection, record)
    area = filters.directory[record.district_soato or filters.area.code]
    has_names = sees_in_full(context.actor, area.scope, region_soato=area.region_soato)
    tables = {MODELS[record.register].__tablename__: record.register}
    with opened:
        st.html(history_html(changes, tables, options, fmt, has_names=has_names))
