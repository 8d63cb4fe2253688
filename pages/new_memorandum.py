"""New memorandum: one page with its terms, parties, obligations of both sides and scanned document."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from components.memoranda.form import render_new_memorandum
from components.registers.action import Done, end_action
from components.registers.form import FormDocuments
from components.registers.form_state import RecordForm
from components.shell.address import Param, choose, query_params, record_id
from components.shell.chrome import MEMORANDA_ADDRESS, render_back_link, render_title
from components.shell.filters import Filters, current_filters
from components.shell.formatter import Formatter
from components.shell.request_context import current_context
from data.language import N_, Message
from data.policy import Action, ScopeKind, require
from pages.loaders.records import load_form_options, load_writable_districts
from pages.writes.memoranda import names_of, save_new, store_new, suggest_number
from pages.writes.records import add_form_document, begin_form, drop_form, drop_form_document, form_documents

SAVED = N_("The memorandum is saved. Its status counts everywhere at once.")


def render_page() -> None:
    """Draw the form, or lead to the page of the memorandum that it made."""
    context, filters = current_context(), current_filters()
    translate, fmt = context.translate, Formatter(context.translate)
    require(context.actor, Action.EDIT_RECORDS)
    if record_id():
        st.switch_page("pages/memorandum.py", query_params=query_params())
    render_back_link(MEMORANDA_ADDRESS, translate("Memoranda"))
    render_title(translate("New memorandum"), context)
    districts = load_writable_districts(context.actor, register="memoranda")
    form = begin_form("memoranda", start={"district": home_district(districts, filters)})
    if not form.is_draft and not form.is_changed:
        suggest_number(form)
        form.start = {**form.start, "number": form.texts["number"]}
    options = load_form_options(
        filters,
        fmt,
        districts=districts,
        district_soato=form.texts["district"],
        year=context.today.year,
    )
    named = {stir: f"{name} · {stir}" for stir, name in names_of(form).items()}
    documents = FormDocuments(chosen=form_documents(form), on_add=add_form_document, on_drop=drop_form_document)
    render_new_memorandum(
        form,
        replace(options, ngos={**options.ngos, **named}),
        documents,
        fmt,
        on_change=store_new,
        on_save=save,
        on_drop=drop_form,
    )


def home_district(districts: tuple[str, ...], filters: Filters) -> str:
    """Return the district that a new memorandum begins with: the only one, or the one of the address."""
    if len(districts) == 1:
        return districts[0]
    code = filters.area.scope.code
    return code if filters.area.scope.kind is ScopeKind.DISTRICT and code in districts else ""


def save(form: RecordForm) -> None:
    """Save the memorandum and lead to its page, where what was saved is said."""
    saved = save_new(form)
    if saved is not None:
        end_action(Done(saved.record_id, "top", Message(SAVED), saved.warnings))
        choose(Param.RECORD, str(saved.record_id))


render_page()
