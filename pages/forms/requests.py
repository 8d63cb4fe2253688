"""Information requests between the sides: the form that asks, and the form that answers."""

from __future__ import annotations

from functools import partial

import streamlit as st

from components.registers.action import Done, action_at_hand, begin_action, end_action, fail_action
from components.registers.form import render_record_form
from components.registers.form_state import RecordForm, close_form
from components.registers.options import FormOptions
from components.shell.address import record_id
from components.shell.chrome import escape_markdown
from components.shell.filters import Filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from data.codes import Party
from data.database.engine import get_engine, reading
from data.dates import clock
from data.language import N_, DomainError, Message
from data.policy import Action, may
from data.registers.entry import EntryError, register_sheet
from pages.forms.record import form_documents_of, leave
from pages.forms.record_view import TOP
from pages.loaders.identity import require_actor
from pages.loaders.records import load_form_options
from pages.writes.records import begin_form, store_form
from queries.directory.ngos import partner_districts
from queries.registers.options import writable_districts
from queries.registers.records import StoredRecord, find_record
from queries.requests import REGISTER, RequestAnsweredError, answer, ask, may_answer, side_of

ASK, ANSWER = "ask", "answer"
SENT = N_("Sent. The answer is due by {date}; you see it here.")
ANSWERED = N_("Answered. The other side sees it here.")
TYPED = N_("You wrote: {typed}")


def askable_districts(context: RequestContext) -> tuple[str, ...]:
    """Return the districts (SOATO) in which the actor may ask the other side for information."""
    if not may(context.actor, Action.ASK_INFORMATION, context.actor.home_scope):
        return ()
    with reading() as connection:
        if side_of(context.actor) is Party.NGO:
            return partner_districts(connection, context.actor, today=context.today)
        return writable_districts(connection, context.actor, register=REGISTER)


def render_ask(districts: tuple[str, ...], filters: Filters, context: RequestContext, fmt: Formatter) -> None:
    """Draw the form that asks the other side; the district is asked where there are several."""
    is_ngo = side_of(context.actor) is Party.NGO
    only = districts[0] if len(districts) == 1 else ""
    form = begin_form(REGISTER, start={"district": only}, topic=ASK)
    shown = ("district", "kind", "topic", "purpose") if is_ngo else ("district", "stir", "kind", "topic", "purpose")
    district = form.texts["district"]
    if is_ngo:
        names = filters.directory.names()
        options = FormOptions(districts={soato: names[soato] for soato in districts})
    else:
        year = context.today.year
        options = load_form_options(filters, fmt, districts=districts, district_soato=district, year=year)
    render_record_form(
        form,
        register_sheet(REGISTER),
        options,
        fmt,
        on_change=store_form,
        on_save=_ask,
        on_drop=leave,
        fields=shown,
        required=("purpose",),
        title=fmt.translate("Ask for information"),
        submit=fmt.translate("Send the request"),
        drop=fmt.translate("Leave the form"),
    )


def _ask(form: RecordForm) -> None:
    form.clear_faults()
    form.attempts += 1
    now = clock.now()
    try:
        saved = ask(get_engine(), require_actor(), form.texts, form_id=form.form_id, now=now)
    except EntryError as error:
        form.faults, form.error = dict(error.faults), error.message
    except DomainError as error:
        form.error = error.message
    else:
        close_form(form)
        with reading() as connection:
            due = find_record(connection, require_actor(), register=REGISTER, record_id=saved.record_id).texts[
                "due_date"
            ]
        end_action(Done(record=record_id(), place=TOP, text=Message(SENT, {"date": due}), details=saved.warnings))


def render_answer(record: StoredRecord, region_soato: str | None, fmt: Formatter, *, due: str) -> bool:
    """Draw the form that answers a request, or the button that opens it, for who may answer; return whether it is open.

    ``due`` says until when; it stands above the form with what the information is for.
    """
    translate, actor = fmt.translate, require_actor()
    if not may_answer(actor, record, region_soato=region_soato):
        return False
    if action_at_hand()[0] != ANSWER:
        st.button(
            translate("Answer the request"),
            key="do-answer",
            type="primary",
            icon=":material/reply:",
            on_click=begin_action,
            args=(ANSWER,),
        )
        return False
    sheet = register_sheet(REGISTER)
    asked = {"purpose": record.texts["purpose"], "due_date": due}
    lines = [
        f"{sheet.field(code).heading.in_language(translate.language)}: {text}" for code, text in asked.items() if text
    ]
    st.markdown("  \n".join(map(escape_markdown, lines)))
    form = begin_form(REGISTER, record=record, topic=ANSWER)
    render_record_form(
        form,
        sheet,
        FormOptions(),
        fmt,
        on_change=store_form,
        on_save=partial(_answer, record.record_id),
        on_drop=leave,
        fields=("answer",),
        documents=form_documents_of(form),
        title=translate("Answer the request"),
        submit=translate("Send the answer"),
        drop=translate("Leave the form"),
    )
    return True


def _answer(request_id: int, form: RecordForm) -> None:
    form.clear_faults()
    form.attempts += 1
    text = form.texts.get("answer", "")
    try:
        answer(
            get_engine(),
            require_actor(),
            request_id=request_id,
            text=text,
            document_ids=form.document_ids,
            form_id=form.form_id,
            now=clock.now(),
        )
    except RequestAnsweredError as error:
        # The form is not shown any more, so what was typed is told.
        typed = (Message(TYPED, {"typed": text}),) if text else ()
        fail_action(Done(record=record_id(), place=TOP, text=error.message, details=typed))
    except EntryError as error:
        form.faults, form.error = dict(error.faults), error.message
    except DomainError as error:
        form.error = error.message
    else:
        close_form(form)
        end_action(Done(record=record_id(), place=TOP, text=Message(ANSWERED)))
