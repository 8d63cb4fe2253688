"""Forms of events and plan items: opened with a number suggested, saved, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from components.events.form import FormFields
from components.registers.action import Done, end_action
from components.registers.form import render_record_form
from components.registers.form_state import RecordForm
from components.registers.history import history_html
from components.shell.address import record_id
from components.shell.filters import current_filters
from components.shell.formatter import Formatter
from components.shell.request_context import current_context
from data.database.engine import reading
from data.dates import clock
from data.language import Message
from data.policy import Action, may
from data.registers.entry import register_sheet
from pages.forms.record import leave as leave_form
from pages.loaders.records import load_form_options, load_writable_districts
from pages.writes.records import begin_form, save_form, store_form
from queries.registers.entries import SavedEntry
from queries.registers.options import next_number
from queries.registers.records import MODELS, StoredRecord, history


def new_form(register: str, *, start: Mapping[str, str], topic: str) -> RecordForm:
    """Return the form of a new record with the next number of its district and year. Raises ForbiddenError."""
    form = begin_form(register, start=_numbered(register, start), topic=topic)
    if not form.texts["number"] and form.texts["district"]:
        form.texts |= _numbered(register, form.texts)
        form.start = {**form.start, "number": form.texts["number"]}
    return form


def _numbered(register: str, texts: Mapping[str, str]) -> dict[str, str]:
    if not texts.get("district"):
        return dict(texts)
    with reading() as connection:
        number = next_number(connection, register=register, district_soato=texts["district"], year=_year_of(texts))
    return {**texts, "number": number}


def _year_of(texts: Mapping[str, str]) -> int:
    """Return the year that a form is about: of its day, or said, or the current one."""
    said = texts.get("event_date", "")[-4:] or texts.get("year", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) == 4 else clock.today().year


def save_new(form: RecordForm, *, fields: FormFields, is_part: bool = False) -> SavedEntry | None:
    """Save the record of a form; a suggested number that someone else has taken meanwhile gives way to the next one."""
    saved = save_form(form, is_part=is_part, required=fields.required)
    is_suggested = form.texts.get("number") == form.start.get("number")
    if saved is None and not form.record_id and "number" in form.faults and is_suggested:
        form.texts |= _numbered(form.register, form.texts)
        saved = save_form(form, is_part=is_part, required=fields.required)
    return saved


def render_form(
    form: RecordForm,
    fields: FormFields,
    fmt: Formatter,
    *,
    on_saved: Callable[[SavedEntry], None],
    submit: str,
    asks_reason: bool = False,
    leave: str = "",
) -> None:
    """Draw the form of an event or plan item; ``on_saved`` is called with the record that it saved."""
    context = current_context()
    districts = load_writable_districts(context.actor, register=form.register)
    options = load_form_options(
        current_filters(),
        fmt,
        districts=districts,
        district_soato=form.texts["district"],
        year=_year_of(form.texts),
    )
    render_record_form(
        form,
        register_sheet(form.register),
        options,
        fmt,
        on_change=store_form,
        on_save=partial(_save, fields=fields, on_saved=on_saved, is_part=bool(form.record_id) and not asks_reason),
        on_drop=leave_form,
        fields=fields.shown,
        more=fields.more,
        required=fields.required,
        asks_reason=asks_reason,
        submit=submit,
        drop=leave,
    )


def _save(form: RecordForm, *, fields: FormFields, on_saved: Callable[[SavedEntry], None], is_part: bool) -> None:
    saved = save_new(form, fields=fields, is_part=is_part)
    if saved is not None:
        on_saved(saved)


def tell_saved(saved: SavedEntry, *, place: str, text: str) -> None:
    """End the action at hand and say in a place of the record's page what was done, with warnings."""
    end_action(Done(record=saved.record_id, place=place, text=Message(text), details=saved.warnings))


def tell_event(saved: SavedEntry, *, place: str, text: str) -> None:
    """End the action at hand and say on the page of another record that it made an event."""
    end_action(Done(record=record_id(), place=place, text=Message(text), details=saved.warnings))


def render_record_history(record: StoredRecord, fmt: Formatter) -> None:
    """Draw who changed what, when and why; read only when it is opened."""
    translate, context = fmt.translate, current_context()
    opened = st.expander(translate("History"), icon=":material/history:", key="history", on_change="rerun")
    if not opened.open:
        return
    table = MODELS[record.register].__tablename__
    with reading() as connection:
        frame = history(connection, record).assign(entity=table)
    options = load_form_options(
        current_filters(),
        fmt,
        districts=(record.district_soato,),
        district_soato=record.district_soato,
        year=context.today.year,
    )
    has_names = may(context.actor, Action.EDIT_RECORDS)
    with opened:
        st.html(history_html(frame, {table: record.register}, options, fmt, has_names=has_names))
