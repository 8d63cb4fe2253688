"""Joint event: every field with links to what it names, its evaluations, documents and history, and the next step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from components.events.entries import mahalla_cell, ngo_cell
from components.events.form import CANCELLED, COUNTS, HELD_AS_PLANNED, NEW_HELD, POSTPONED, FormFields, copied_texts
from components.events.record import evaluations_html, next_step
from components.registers.action import action_at_hand, begin_action, render_done
from components.registers.documents import documents_html
from components.registers.facts import facts_html, field_facts
from components.registers.withdrawal import render_withdrawn
from components.shell.address import Param, choose, link_to, record_address, record_id
from components.shell.chrome import (
    MEMORANDUM_ADDRESS,
    PLAN_ADDRESS,
    PLAN_ITEM_ADDRESS,
    escape_markdown,
    render_back_link,
    render_title,
)
from components.shell.empty_state import render_empty
from components.shell.filters import current_filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext, current_context
from components.tables.links import Link, LinkedCell
from data.codes import EntryState, EventState
from data.database.engine import reading
from data.language import N_
from data.policy import Action, ForbiddenError, require
from data.registers.entry import NoRecordError, register_sheet
from pages.forms.events import new_form, render_form, render_record_history, tell_saved
from pages.forms.record import DOCUMENTS, render_record_documents, render_withdrawal_of, restore_to
from pages.loaders.records import load_form_options
from pages.writes.records import begin_form
from queries.events.record import EventPage, event_page
from queries.registers.documents import documents_of
from queries.registers.entries import SavedEntry

HELD, POSTPONE, CANCEL, CORRECT, COPY, WITHDRAW = "held", "postpone", "cancel", "correct", "copy", "withdraw"
TOP = "top"
HIDDEN_FACTS = frozenset({"title", "district"})
SAVED_HELD = N_("Recorded as held. The NGOs are asked to evaluate it, and the figures count it.")
SAVED_POSTPONED = N_("Postponed to the new day.")
SAVED_CANCELLED = N_("Cancelled. It is no longer waited for.")
SAVED_CORRECTION = N_("Corrected. The change counts everywhere at once.")
SAVED_COPY = N_("The event is saved.")


@dataclass(frozen=True)
class _Act:
    """Something that may be done about an event: its button, and the form that it opens."""

    code: str
    label: str
    icon: str


def render_page() -> None:
    """Draw the event of the address, or say that there is none that the reader may see."""
    context = current_context()
    translate, fmt = context.translate, Formatter(context.translate)
    require(context.actor, Action.SEE_RECORDS)
    render_back_link(PLAN_ADDRESS, translate("Plan and events"))
    try:
        with reading() as connection:
            page = event_page(connection, context.actor, record_id=record_id(), today=context.today)
    except (ForbiddenError, NoRecordError):
        render_empty(
            translate("No such event"),
            translate("It is not there, or its district is not yours. The list shows those that you may see."),
            icon=":material/search_off:",
        )
        return
    render_head(page, context, fmt)
    render_facts(page, context, fmt)
    render_evaluations(page, context, fmt)
    render_documents(page, fmt)
    render_record_history(page.record, fmt)


def render_head(page: EventPage, context: RequestContext, fmt: Formatter) -> None:
    """Draw title, day and state, the next step, and what may be done."""
    translate, texts = fmt.translate, page.record.texts
    title = texts["title"] or translate("Joint event {number}", number=texts["number"])
    render_title(title, context, record_district=page.record.district_soato)
    area = current_filters().directory.name(page.record.district_soato)
    about = [translate("Joint event {number}", number=texts["number"]), texts["event_date"], area]
    st.caption(" · ".join([escape_markdown(text) for text in about]))
    if page.record.withdrawn_at is not None:
        record = page.record
        on_restore = partial(restore_to, record.register, record.record_id, TOP) if page.can_write else None
        render_withdrawn(record.withdrawn_reason, fmt, key="withdrawn", on_restore=on_restore)
        render_done(TOP, translate)
        return
    step = next_step(page, context.today, fmt)
    render_done(TOP, translate)
    do, _ = action_at_hand()
    if step and not do:
        st.info(step, icon=":material/arrow_forward:")
    if page.can_write:
        render_actions(page, do, fmt)


def acts_of(page: EventPage, fmt: Formatter) -> list[_Act]:
    """Return what may be done about the event, what is most likely first."""
    translate = fmt.translate
    is_planned = page.state in {EntryState.PLANNED, EntryState.OVERDUE}
    of_planned = [
        _Act(HELD, translate("Held as planned"), "task_alt"),
        _Act(POSTPONE, translate("Postpone"), "event_repeat"),
        _Act(CANCEL, translate("Cancel the event"), "event_busy"),
    ]
    return [
        *(of_planned if is_planned else []),
        _Act(CORRECT, translate("Correct"), "edit"),
        _Act(COPY, translate("Duplicate"), "content_copy"),
        _Act(WITHDRAW, translate("Withdraw"), "archive"),
    ]


def render_actions(page: EventPage, do: str, fmt: Formatter) -> None:
    """Draw the form of the action at hand, or the buttons of all."""
    acts = {act.code: act for act in acts_of(page, fmt)}
    if do in acts:
        st.subheader(acts[do].label, anchor=False)
        render_action(page, do, fmt)
        return
    with st.container(horizontal=True, key="event-actions"):
        for act in acts.values():
            st.button(
                act.label,
                key=f"do-{act.code}",
                icon=f":material/{act.icon}:",
                type="primary" if act.code == HELD else "secondary",
                on_click=begin_action,
                args=(act.code,),
            )


def render_action(page: EventPage, do: str, fmt: Formatter) -> None:
    """Draw the form of one action."""
    translate, record = fmt.translate, page.record
    if do == HELD:
        submit = translate("Save as held")
        start = {**dict.fromkeys(COUNTS, ""), "state": EventState.HELD.value}
        _render_part(page, do, HELD_AS_PLANNED, start, SAVED_HELD, submit, fmt)
    elif do == POSTPONE:
        _render_part(page, do, POSTPONED, {"event_date": ""}, SAVED_POSTPONED, translate("Postpone"), fmt)
    elif do == CANCEL:
        submit = translate("Cancel the event")
        _render_part(page, do, CANCELLED, {"state": EventState.CANCELLED.value}, SAVED_CANCELLED, submit, fmt)
    elif do == CORRECT:
        every = tuple(field.code for field in register_sheet("events").fields)
        render_form(
            begin_form("events", record=record),
            FormFields(every),
            fmt,
            on_saved=partial(tell_saved, place=TOP, text=SAVED_CORRECTION),
            submit=translate("Save"),
            asks_reason=True,
            leave=translate("Leave the form"),
        )
    elif do == COPY:
        render_form(
            new_form("events", start=copied_texts(record.texts), topic=f"copy-{record.record_id}"),
            NEW_HELD,
            fmt,
            on_saved=open_copy,
            submit=translate("Save the event"),
            leave=translate("Leave the form"),
        )
    else:
        render_withdrawal_of(record, TOP, fmt)


def _render_part(
    page: EventPage,
    do: str,
    fields: FormFields,
    start: Mapping[str, str],
    text: str,
    submit: str,
    fmt: Formatter,
) -> None:
    """Draw the form that changes some fields of the event."""
    render_form(
        begin_form("events", record=page.record, start=start, topic=do),
        fields,
        fmt,
        on_saved=partial(tell_saved, place=TOP, text=text),
        submit=submit,
        asks_reason=do == POSTPONE,
        leave=fmt.translate("Leave the form"),
    )


def open_copy(saved: SavedEntry) -> None:
    """Open the page of an event that was saved as a duplicate, and say so there."""
    choose(Param.RECORD, str(saved.record_id))
    tell_saved(saved, place=TOP, text=SAVED_COPY)


def render_facts(page: EventPage, context: RequestContext, fmt: Formatter) -> None:
    """Draw the fields of the event, with links."""
    record, links = page.record, page.links
    options = load_form_options(
        current_filters(), fmt, districts=(record.district_soato,), district_soato="", year=context.today.year
    )
    sheet = register_sheet("events")
    cells: dict[str, LinkedCell] = {
        "mahalla": mahalla_cell(links.mahalla_id or 0, record.texts["mahalla"], fmt),
        "stirs": ngo_cell(links.ngos, context.actor),
        "state": fmt.translate(page.state.label),
    }
    if links.memorandum_id:
        address = record_address(MEMORANDUM_ADDRESS, links.memorandum_id)
        cells["memorandum"] = Link(record.texts["memorandum"], address)
    if links.plan_item_id:
        number = record.texts["plan_item"] or fmt.translate("Plan item")
        cells["plan_item"] = Link(number, record_address(PLAN_ITEM_ADDRESS, links.plan_item_id))
    hidden = HIDDEN_FACTS
    if page.state is not EntryState.HELD:
        hidden |= {field.code for field in sheet.fields if field.code.startswith("participants_")}
    facts = field_facts(sheet, record.texts, options, fmt, cells=cells, left_out=hidden)
    area = current_filters().directory.name(record.district_soato)
    facts.insert(1, (fmt.translate("District"), Link(area, link_to("/district", area=record.district_soato))))
    st.html(facts_html(facts))


def render_evaluations(page: EventPage, context: RequestContext, fmt: Formatter) -> None:
    """Draw the evaluations that the reader may read."""
    translate = fmt.translate
    if page.state is not EntryState.HELD:
        return
    st.subheader(translate("Evaluations"), anchor=False)
    if page.evaluations.empty:
        st.caption(
            translate("There is no evaluation of this event that you may read. Confidential ones count in sums.")
        )
        return
    st.html(evaluations_html(page.evaluations, context.actor, fmt, title=translate("Evaluations")))


def render_documents(page: EventPage, fmt: Formatter) -> None:
    """Draw the PDF documents of the event; who may write adds and withdraws them."""
    with reading() as connection:
        documents = documents_of(connection, page.record)
    counting = [document for document in documents if document.withdrawn_at is None]
    is_open = page.can_write and page.record.withdrawn_at is None
    if not counting and not is_open:
        return
    st.subheader(fmt.translate("Documents"), anchor=False)
    render_done(DOCUMENTS, fmt.translate)
    if is_open:
        render_record_documents(page.record, documents, action_at_hand(), fmt)
    else:
        st.html(documents_html(counting, fmt))


render_page()
