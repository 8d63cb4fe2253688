"""Registers: those without a page of their own as lists, the entry of a record, and its page with history."""

from __future__ import annotations

import streamlit as st

from components.indicators.records import counted_rows, render_counted_heading
from components.registers.action import action_at_hand, begin_action, render_done
from components.registers.listing import REGISTERS
from components.registers.records import DESK_REGISTERS
from components.shell.address import OF_ONE_LIST, Param, choices, choose, query_params, record_id, valid_choice
from components.shell.cache import cached_query
from components.shell.chrome import DESK_PAGE, REGISTERS_ADDRESS, render_title
from components.shell.filters import Filters, current_filters, pick_area
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext, current_context
from data.indicators.declaration import RecordKind
from data.policy import Action, require
from data.registers.declaration import RegisterSheet
from data.registers.entry import register_sheet
from pages.forms.record_list import ENTER, render_enter_button, render_entry, render_records
from pages.forms.record_view import TOP, render_record
from pages.loaders.records import load_writable_districts
from queries.indicators.records import TABLES, counted_numbers
from queries.registers.records import MODELS

COUNTED_KINDS = (
    RecordKind.MAHALLAS,
    RecordKind.MAHALLAS_REACHED,
    RecordKind.SUPPORT,
    RecordKind.OFFENCES,
    RecordKind.CRIME_FREE_MAHALLAS,
)


def render_page() -> None:
    """Draw the record of the address, or the list of the chosen register."""
    context, filters = current_context(), current_filters()
    fmt = Formatter(context.translate)
    require(context.actor, Action.SEE_RECORDS)
    open_desk()
    sheet = register_sheet(valid_choice(Param.REGISTER, REGISTERS.__contains__, default=REGISTERS[0]))
    if record_id():
        render_record(sheet, filters, context, fmt, back=REGISTERS_ADDRESS)
    else:
        render_list(sheet, filters, context, fmt)


def open_desk() -> None:
    """Open the cooperation desk where the address names one of its registers, which were listed here before."""
    register = choices().get(Param.REGISTER, "")
    if register in DESK_REGISTERS:
        choose(Param.REGISTER, "")
        choose(Param.VIEW, register)
        st.switch_page(DESK_PAGE, query_params=query_params())


def render_list(sheet: RegisterSheet, filters: Filters, context: RequestContext, fmt: Formatter) -> None:
    """Draw the choice of register and area, the entry of a new record, and the records."""
    translate = fmt.translate
    render_title(translate("Registers"), context)
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        pick_area(filters)
        pick_register(sheet, fmt)
        districts = load_writable_districts(context.actor, register=sheet.code)
        render_enter_button(districts, fmt)
    render_done(TOP, translate)
    if districts and action_at_hand()[0] == ENTER:
        render_entry(sheet, districts, filters, context, fmt)
    area = filters.directory.seen_in_full(context.actor, filters.area)
    if area is None:
        st.caption(translate("The records of this area are shown to the leaders of the area itself."))
        return
    counted = counted_rows(*COUNTED_KINDS, filters=filters, context=context)
    if counted is None or area != filters.area or TABLES[counted.records.kind] is not MODELS[sheet.code]:
        st.subheader(area.name, anchor=False)
        render_records(sheet, area, filters, context, fmt)
        return
    numbers = cached_query(counted_numbers, scope=area.scope, rows=counted)
    render_counted_heading(counted, numbers, path=REGISTERS_ADDRESS, fmt=fmt)
    render_records(sheet, area, filters, context, fmt, counted=counted)


def pick_register(sheet: RegisterSheet, fmt: Formatter) -> None:
    """Select the register; it stands in the address."""
    language = fmt.translate.language
    key = f"register:{language}"
    st.session_state[key] = sheet.code

    def change() -> None:
        choose(Param.REGISTER, str(st.session_state[key]))
        for param in OF_ONE_LIST:
            choose(param, "")
        begin_action("")

    st.selectbox(
        fmt.translate("Register"),
        list(REGISTERS),
        format_func=lambda code: register_sheet(code).name.in_language(language),
        key=key,
        on_change=change,
        width=320,
    )


render_page()
