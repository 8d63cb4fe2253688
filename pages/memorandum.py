"""Memorandum: a page that reads like the document, with what was done under it and what may be done about it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import partial
from typing import Any

import streamlit as st

from components.memoranda.document import (
    amendment_html,
    events_html,
    next_step,
    parties_html,
    state_text,
    subjects_html,
    term_html,
)
from components.memoranda.form import SIDES
from components.memoranda.obligations import OPEN_STATES, obligation_html
from components.memoranda.status import render_status
from components.registers.action import EXTEND, FULFIL, action_at_hand, begin_action, render_done
from components.registers.documents import documents_html
from components.registers.history import history_html
from components.registers.withdrawal import render_withdrawn
from components.shell.address import record_id
from components.shell.chrome import MEMORANDA_ADDRESS, escape_markdown, render_back_link, render_title
from components.shell.empty_state import render_empty
from components.shell.filters import current_filters
from components.shell.formatter import Formatter
from components.shell.request_context import current_context
from components.tables.paging import PAGE_SIZE, first_row, render_paging
from data.codes import MemorandumStatus
from data.database.engine import reading
from data.policy import Action, ForbiddenError, require, sees_in_full
from data.registers.entry import NoRecordError
from pages.forms.memoranda import (
    ADD_OBLIGATION,
    CORRECT,
    CORRECT_AMENDMENT,
    CORRECT_OBLIGATION,
    OBLIGATIONS,
    TERM,
    TERMINATE,
    TOP,
    WITHDRAW,
    WITHDRAW_AMENDMENT,
    WITHDRAW_OBLIGATION,
    render_amendment_form,
    render_correction,
    render_fulfilment,
    render_obligation_form,
    render_termination,
)
from pages.forms.record import DOCUMENTS, render_record_documents, render_withdrawal_of, restore_to
from pages.loaders.records import load_form_options
from queries.memoranda.record import MemorandumPage, memorandum_events, memorandum_history, memorandum_page
from queries.registers.records import find_record

# Two sides stand beside each other from 1366 pixels on, under each other where there is less room.
SIDE_WIDTH = 420
REGISTERS = {"memorandum": "memoranda", "memorandum_amendment": "amendments", "obligation": "obligations"}


def render_page() -> None:
    """Draw the memorandum of the address, or say that there is none that the reader may see."""
    context = current_context()
    translate, fmt = context.translate, Formatter(context.translate)
    require(context.actor, Action.SEE_RECORDS)
    render_back_link(MEMORANDA_ADDRESS, translate("Memoranda"))
    try:
        with reading() as connection:
            page = memorandum_page(connection, context.actor, record_id=record_id(), today=context.today)
    except (ForbiddenError, NoRecordError):
        render_empty(
            translate("No such memorandum"),
            translate("It is not there, or its district is not yours. The list shows those that you may see."),
            icon=":material/search_off:",
        )
        return
    render_head(page, fmt)
    render_parties(page, fmt)
    render_obligations(page, fmt)
    render_term(page, fmt)
    render_events(page, fmt)
    render_documents(page, fmt)
    render_history(page, fmt)


def render_head(page: MemorandumPage, fmt: Formatter) -> None:
    """Draw number, title, status with its days, the next step, and what may be done with the whole memorandum."""
    translate, context, record = fmt.translate, current_context(), page.record
    number = translate("Memorandum {number}", number=escape_markdown(record.texts["number"]))
    render_title(number, context, record_district=record.district_soato)
    if record.texts["title"]:
        st.markdown(f"**{escape_markdown(record.texts['title'])}**")
    with st.container(horizontal=True, vertical_alignment="center", key="memorandum-status"):
        render_status(page.status.value, translate=translate, is_on_paper=page.is_on_paper)
        st.markdown(state_text(page, context.today, fmt), width="content")
    if record.withdrawn_at is not None:
        on_restore = partial(restore_to, record.register, record.record_id, TOP) if page.can_write else None
        render_withdrawn(record.withdrawn_reason, fmt, key="withdrawn", on_restore=on_restore)
        render_done(TOP, translate)
        return
    step = next_step(page, context.today, fmt)
    if step:
        st.info(step, icon=":material/arrow_forward:")
    render_done(TOP, translate)
    if page.can_write:
        render_whole_actions(page, fmt)


def render_whole_actions(page: MemorandumPage, fmt: Formatter) -> None:
    """Draw the buttons of what may be done with the whole memorandum, and the form of the one at hand."""
    translate, (do, _) = fmt.translate, action_at_hand()
    names = {CORRECT: translate("Correct"), EXTEND: translate("Amend or extend")}
    icons = {CORRECT: "edit", EXTEND: "event_repeat", TERMINATE: "cancel", WITHDRAW: "archive"}
    if page.status not in {MemorandumStatus.DRAFT, MemorandumStatus.TERMINATED}:
        names[TERMINATE] = translate("Terminate")
    names[WITHDRAW] = translate("Withdraw")
    with st.container(horizontal=True, key="memorandum-actions"):
        for code, name in names.items():
            st.button(
                name,
                key=f"do-{code}",
                icon=f":material/{icons[code]}:",
                type="primary" if code == EXTEND and page.status is MemorandumStatus.EXPIRING else "secondary",
                on_click=begin_action,
                args=(code,),
            )
    if do == CORRECT:
        render_correction(page, fmt)
    elif do == EXTEND:
        render_amendment_form(page, None, fmt)
    elif do == TERMINATE:
        render_termination(page, fmt)
    elif do == WITHDRAW:
        render_withdrawal_of(page.record, TOP, fmt)


def render_parties(page: MemorandumPage, fmt: Formatter) -> None:
    """Draw both sides, the kinds of activity and the forms of support."""
    translate, directory = fmt.translate, current_filters().directory
    sides = st.container(horizontal=True, gap="medium")
    with sides.container(width=SIDE_WIDTH):
        st.subheader(translate("Parties"), anchor=False)
        st.html(parties_html(page, directory.name(page.record.district_soato), fmt))
    with sides.container(width=SIDE_WIDTH):
        st.subheader(translate("Kinds of activity and support"), anchor=False)
        st.html(subjects_html(page, fmt))


def render_obligations(page: MemorandumPage, fmt: Formatter) -> None:
    """Draw the obligations of each side, open and overdue ones first, and the form of the one at hand."""
    translate, (do, _) = fmt.translate, action_at_hand()
    st.subheader(translate("Rights and obligations"), anchor=False)
    render_done(OBLIGATIONS, translate)
    sides = st.container(horizontal=True, gap="medium")
    for party, title in SIDES.items():
        with sides.container(width=SIDE_WIDTH):
            st.markdown(f"**{translate(title)}**")
            rows = page.obligations[page.obligations["party_code"] == party.value]
            if rows.empty:
                st.caption(translate("None is recorded."))
            for row in rows.to_dict("records"):
                render_obligation(page, row, fmt)
    if not page.can_write or page.record.withdrawn_at is not None:
        return
    if do == ADD_OBLIGATION:
        render_obligation_form(page, None, fmt)
    else:
        st.button(
            translate("Add an obligation"),
            key="do-add-obligation",
            icon=":material/add:",
            on_click=begin_action,
            args=(ADD_OBLIGATION,),
        )
    render_withdrawn_parts(page, "obligations", OBLIGATIONS, fmt)


def render_obligation(page: MemorandumPage, row: Mapping[Hashable, Any], fmt: Formatter) -> None:
    """Draw one obligation with what may be done about it."""
    translate, (do, part) = fmt.translate, action_at_hand()
    key = int(row["obligation_id"])
    with st.container(key=f"obligation-{key}", border=True):
        can_act = page.can_write and page.record.withdrawn_at is None
        is_at_hand = can_act and part == key and do in {FULFIL, CORRECT_OBLIGATION, WITHDRAW_OBLIGATION}
        with st.container(horizontal=True):
            st.html(obligation_html(row, page.evidence_documents.get(key, []), current_context().today, fmt))
            if can_act and not is_at_hand:
                render_obligation_buttons(key, is_open=row["state_code"] in OPEN_STATES, fmt=fmt)
        render_done(f"obligation-{key}", translate)
        if is_at_hand:
            render_obligation_action(page, key, do, fmt)


def render_obligation_buttons(key: int, *, is_open: bool, fmt: Formatter) -> None:
    """Draw what may be done about an obligation."""
    translate = fmt.translate
    if is_open:
        st.button(
            translate("Mark fulfilled"),
            key=f"do-fulfil-{key}",
            icon=":material/task_alt:",
            on_click=begin_action,
            args=(FULFIL, key),
        )
    st.button(
        translate("Correct"),
        key=f"do-correct-obligation-{key}",
        type="tertiary",
        icon=":material/edit:",
        on_click=begin_action,
        args=(CORRECT_OBLIGATION, key),
    )


def render_obligation_action(page: MemorandumPage, key: int, do: str, fmt: Formatter) -> None:
    """Draw the form of what is done to an obligation: mark it fulfilled, correct it, withdraw it."""
    with reading() as connection:
        record = find_record(connection, current_context().actor, register="obligations", record_id=key)
    if do == FULFIL:
        render_fulfilment(page, record, fmt)
    elif do == CORRECT_OBLIGATION:
        render_obligation_form(page, record, fmt)
    else:
        render_withdrawal_of(record, OBLIGATIONS, fmt)


def render_term(page: MemorandumPage, fmt: Formatter) -> None:
    """Draw the dates that count and the amendments."""
    translate, (do, part) = fmt.translate, action_at_hand()
    is_open = page.can_write and page.record.withdrawn_at is None
    st.subheader(translate("Term"), anchor=False)
    render_done(TERM, translate)
    st.html(term_html(page, fmt))
    for row in page.amendments.to_dict("records"):
        key = int(row["amendment_id"])
        with st.container(horizontal=True, key=f"amendment-{key}"):
            st.html(amendment_html(row, page.amendment_documents.get(key, []), fmt))
            if is_open and not (part == key and do in {CORRECT_AMENDMENT, WITHDRAW_AMENDMENT}):
                st.button(
                    translate("Correct"),
                    key=f"do-correct-amendment-{key}",
                    type="tertiary",
                    icon=":material/edit:",
                    on_click=begin_action,
                    args=(CORRECT_AMENDMENT, key),
                )
        if is_open and part == key and do in {CORRECT_AMENDMENT, WITHDRAW_AMENDMENT}:
            with reading() as connection:
                record = find_record(connection, current_context().actor, register="amendments", record_id=key)
            if do == CORRECT_AMENDMENT:
                render_amendment_form(page, record, fmt)
            else:
                render_withdrawal_of(record, TERM, fmt)
    if is_open:
        render_withdrawn_parts(page, "amendments", TERM, fmt)


def render_events(page: MemorandumPage, fmt: Formatter) -> None:
    """Draw what was done under the memorandum, page by page, the newest first."""
    translate, context, key = fmt.translate, current_context(), "memorandum-events"
    title = translate("What was done under it")
    st.subheader(title, anchor=False)
    held, count = fmt.number(page.held_count), fmt.number(page.event_count)
    st.caption(translate("Joint events: {count}; held: {held}.", count=count, held=held))
    if not page.event_count:
        return
    with reading() as connection:
        events = memorandum_events(
            connection,
            context.actor,
            page.record,
            today=context.today,
            limit=PAGE_SIZE,
            offset=first_row(page.event_count, key=key, size=PAGE_SIZE),
        )
    st.html(events_html(events, fmt, title=title))
    render_paging(page.event_count, key=key, fmt=fmt, size=PAGE_SIZE)


def render_documents(page: MemorandumPage, fmt: Formatter) -> None:
    """Draw the PDF documents, and for who may write the field that adds one and the withdrawal."""
    translate = fmt.translate
    st.subheader(translate("Documents"), anchor=False)
    render_done(DOCUMENTS, translate)
    counting = [document for document in page.documents if document.withdrawn_at is None]
    if not counting:
        st.caption(translate("No scanned document yet."))
    if not page.can_write or page.record.withdrawn_at is not None:
        st.html(documents_html(counting, fmt))
        return
    render_record_documents(page.record, page.documents, action_at_hand(), fmt)


def render_history(page: MemorandumPage, fmt: Formatter) -> None:
    """Draw who changed what, when and why; read only when it is opened."""
    translate, context, filters = fmt.translate, current_context(), current_filters()
    opened = st.expander(
        translate("History of changes"), icon=":material/history:", key="memorandum-history", on_change="rerun"
    )
    if not opened.open:
        return
    with reading() as connection:
        history = memorandum_history(connection, page.record)
    options = load_form_options(
        filters,
        fmt,
        districts=(page.record.district_soato,),
        district_soato=page.record.district_soato,
        year=context.today.year,
    )
    area = filters.directory[page.record.district_soato]
    has_names = sees_in_full(context.actor, area.scope, region_soato=area.region_soato)
    with opened:
        st.html(history_html(history, REGISTERS, options, fmt, has_names=has_names))


def render_withdrawn_parts(page: MemorandumPage, register: str, place: str, fmt: Formatter) -> None:
    """Draw the obligations or amendments that were withdrawn, each with the way back."""
    rows = page.withdrawn[page.withdrawn["register"] == register]
    for row in rows.to_dict("records"):
        key = int(row["record_id"])
        with st.container(horizontal=True, vertical_alignment="center", key=f"withdrawn-{register}-{key}"):
            withdrawn = fmt.translate("Withdrawn: {reason}", reason=escape_markdown(str(row["reason"])))
            st.caption(f"~~{escape_markdown(str(row['text']))}~~ · {withdrawn}", width="content")
            st.button(
                fmt.translate("Restore"),
                key=f"restore-{register}-{key}",
                type="tertiary",
                icon=":material/undo:",
                on_click=restore_to,
                args=(register, key, place),
            )


render_page()
