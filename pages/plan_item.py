"""Plan item: what is planned for a month, the events that name it, its history, and the next step."""

from __future__ import annotations

from functools import partial

import streamlit as st

from components.events.entries import mahalla_cell, ngo_cell
from components.events.form import (
    HELD_FROM_PLAN,
    PLANNED_FROM_PLAN,
    FormFields,
    item_month,
    texts_from_plan,
)
from components.registers.action import action_at_hand, begin_action, render_done
from components.registers.facts import facts_html, field_facts
from components.registers.withdrawal import render_withdrawn
from components.shell.address import link_to, record_address, record_id
from components.shell.chrome import EVENT_ADDRESS, PLAN_ADDRESS, escape_markdown, render_back_link, render_title
from components.shell.empty_state import render_empty
from components.shell.filters import current_filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext, current_context
from components.tables.links import Link, LinkedCell
from data.codes import Direction, EntryState, EventState
from data.database.engine import reading
from data.language import N_
from data.policy import Action, ForbiddenError, require
from data.registers.entry import NoRecordError, register_sheet
from pages.forms.events import new_form, render_form, render_record_history, tell_event, tell_saved
from pages.forms.record import render_withdrawal_of, restore_to
from pages.loaders.records import load_form_options
from pages.writes.records import begin_form
from queries.events.record import PlanItemPage, plan_item_page

HELD, DATE, CORRECT, WITHDRAW = "held", "date", "correct", "withdraw"
TOP = "top"
RECORDED = N_("Recorded as held; the event is linked below. The NGOs are asked to evaluate it.")
DATED = N_("The event is planned for its day; it is linked below.")
SAVED_CORRECTION = N_("Corrected. The change counts everywhere at once.")


def render_page() -> None:
    """Draw the plan item of the address, or say that there is none that the reader may see."""
    context = current_context()
    translate, fmt = context.translate, Formatter(context.translate)
    require(context.actor, Action.SEE_RECORDS)
    render_back_link(PLAN_ADDRESS, translate("Plan and events"))
    try:
        with reading() as connection:
            page = plan_item_page(connection, context.actor, record_id=record_id(), today=context.today)
    except (ForbiddenError, NoRecordError):
        render_empty(
            translate("No such plan item"),
            translate("It is not there, or its district is not yours. The list shows those that you may see."),
            icon=":material/search_off:",
        )
        return
    texts = page.record.texts
    direction = translate(Direction(texts["direction"]).label)
    title = translate("Plan item: {direction}", direction=direction.lower())
    render_title(title, context, record_district=page.record.district_soato)
    area = current_filters().directory.name(page.record.district_soato)
    number = translate("Plan item {number}", number=texts["number"] or "–")
    st.caption(" · ".join(escape_markdown(text) for text in (number, item_month(texts, fmt), area)))
    render_actions(page, context, fmt)
    render_facts(page, context, fmt)
    render_record_history(page.record, fmt)


def render_actions(page: PlanItemPage, context: RequestContext, fmt: Formatter) -> None:
    """Draw the next step, and what may be done or the form of the action at hand."""
    translate, record, (do, _) = fmt.translate, page.record, action_at_hand()
    if record.withdrawn_at is not None:
        on_restore = partial(restore_to, record.register, record.record_id, TOP) if page.can_write else None
        render_withdrawn(record.withdrawn_reason, fmt, key="withdrawn", on_restore=on_restore)
        render_done(TOP, translate)
        return
    render_done(TOP, translate)
    step = {
        EntryState.OVERDUE: translate(
            "Its month is over and no event names it. Record the event, or change the month."
        ),
        EntryState.PLANNED: translate("No event names it yet. Set a day, or record it once it was held."),
    }
    if page.state is not None and not do:
        st.info(step[page.state], icon=":material/arrow_forward:")
    if not page.can_write:
        return
    labels = {
        **({HELD: translate("Held as planned"), DATE: translate("Set a day")} if page.state is not None else {}),
        CORRECT: translate("Correct"),
        WITHDRAW: translate("Withdraw"),
    }
    icons = {HELD: "task_alt", DATE: "event", CORRECT: "edit", WITHDRAW: "archive"}
    if do in labels:
        st.subheader(labels[do], anchor=False)
        render_action(page, do, context, fmt)
        return
    with st.container(horizontal=True, key="item-actions"):
        for code, label in labels.items():
            st.button(
                label,
                key=f"do-{code}",
                icon=f":material/{icons[code]}:",
                type="primary" if code == HELD else "secondary",
                on_click=begin_action,
                args=(code,),
            )


def render_action(page: PlanItemPage, do: str, context: RequestContext, fmt: Formatter) -> None:
    """Draw the form of one action."""
    translate, record = fmt.translate, page.record
    leave = translate("Leave the form")
    if do in {HELD, DATE}:
        state = EventState.HELD if do == HELD else EventState.PLANNED
        start = texts_from_plan(record.texts, state=state, today=context.today, fmt=fmt)
        fields = HELD_FROM_PLAN if do == HELD else PLANNED_FROM_PLAN
        if not record.texts["stir"]:
            fields = FormFields(
                (*fields.shown, "stirs"), tuple(code for code in fields.more if code != "stirs"), fields.required
            )
        form = new_form("events", start=start, topic=f"{do}-{record.record_id}")
        submit = translate("Save as held") if do == HELD else translate("Save the event")
        text = RECORDED if do == HELD else DATED
        on_saved = partial(tell_event, place=TOP, text=text)
        render_form(form, fields, fmt, on_saved=on_saved, submit=submit, leave=leave)
    elif do == CORRECT:
        render_form(
            begin_form("plans", record=record),
            FormFields(tuple(field.code for field in register_sheet("plans").fields)),
            fmt,
            on_saved=partial(tell_saved, place=TOP, text=SAVED_CORRECTION),
            submit=translate("Save"),
            asks_reason=True,
            leave=leave,
        )
    else:
        render_withdrawal_of(record, TOP, fmt)


def render_facts(page: PlanItemPage, context: RequestContext, fmt: Formatter) -> None:
    """Draw the fields of the item, and the events that name it."""
    translate, record, links = fmt.translate, page.record, page.links
    options = load_form_options(
        current_filters(), fmt, districts=(record.district_soato,), district_soato="", year=context.today.year
    )
    area = current_filters().directory.name(record.district_soato)
    cells: dict[str, LinkedCell] = {
        "district": Link(area, link_to("/district", area=record.district_soato)),
        "mahalla": mahalla_cell(links.mahalla_id or 0, record.texts["mahalla"], fmt),
        "stir": ngo_cell(links.ngos, context.actor),
    }
    facts = field_facts(register_sheet("plans"), record.texts, options, fmt, cells=cells)
    events = tuple(Link(number, record_address(EVENT_ADDRESS, event_id)) for event_id, number in links.events)
    facts.append((translate("Events that name it"), events or translate("None yet")))
    st.html(facts_html(facts))


render_page()
