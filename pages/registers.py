"""Registers: any register as a list, the entry of a record, and its page with history, documents and withdrawal."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from components.indicators.records import counted_rows, render_counted_heading
from components.registers.action import action_at_hand, begin_action, render_done
from components.registers.form import render_record_form
from components.registers.listing import REGISTERS, listed_columns, listed_fields, listed_html, listed_rows
from components.registers.options import FormOptions
from components.shell.address import Param, choices, choose, record_id, valid_choice
from components.shell.areas import Area
from components.shell.cache import cached_query
from components.shell.chrome import REGISTERS_ADDRESS, render_title
from components.shell.empty_state import render_empty
from components.shell.filters import Filters, current_filters, pick_area
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext, current_context
from components.shell.widgets import pick_search, set_widget
from components.tables.downloads import DownloadSheet, render_download
from components.tables.paging import PAGE_ROWS, first_row, render_paging
from data.database.engine import reading
from data.indicators.counted import CountedRows
from data.indicators.declaration import RecordKind
from data.language import N_
from data.policy import Action, ScopeKind, require
from data.registers.declaration import FieldKind, RegisterSheet
from data.registers.entry import cell_text, register_sheet
from pages.forms.record import finish, leave
from pages.forms.record_view import TOP, options_of, render_record
from pages.loaders.records import load_form_options, load_named_ngos, load_writable_districts
from pages.writes.records import begin_form, save_form, store_form
from queries.indicators.records import TABLES, counted_numbers
from queries.registers.options import next_number
from queries.registers.records import MODELS, list_records

ENTER, WITHDRAWN = "enter", "withdrawn"
COUNTED_KINDS = (
    RecordKind.MAHALLAS,
    RecordKind.MAHALLAS_REACHED,
    RecordKind.SUPPORT,
    RecordKind.TRAININGS,
    RecordKind.OFFENCES,
    RecordKind.CRIME_FREE_MAHALLAS,
)
ENTERED = N_("Saved. It counts everywhere at once.")


def render_page() -> None:
    """Draw the record of the address, or the list of the chosen register."""
    context, filters = current_context(), current_filters()
    fmt = Formatter(context.translate)
    require(context.actor, Action.SEE_RECORDS)
    sheet = register_sheet(valid_choice(Param.REGISTER, REGISTERS.__contains__, default=REGISTERS[0]))
    if record_id():
        render_record(sheet, filters, context, fmt, back=REGISTERS_ADDRESS)
    else:
        render_list(sheet, filters, context, fmt)


def render_list(sheet: RegisterSheet, filters: Filters, context: RequestContext, fmt: Formatter) -> None:
    """Draw the choice of register and area, the entry of a new record, and the records."""
    translate = fmt.translate
    render_title(translate("Registers"), context)
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        pick_area(filters)
        pick_register(sheet, fmt)
        districts = load_writable_districts(context.actor, register=sheet.code)
        do, _ = action_at_hand()
        if districts and do != ENTER:
            st.button(
                translate("Enter a record"),
                key="enter_record",
                type="primary",
                icon=":material/add:",
                on_click=begin_action,
                args=(ENTER,),
            )
    render_done(TOP, translate)
    if districts and do == ENTER:
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
        for param in (Param.SEARCH, Param.STATE, Param.PAGE, Param.COUNTED, Param.MONTHS):
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


def render_entry(
    sheet: RegisterSheet, districts: tuple[str, ...], filters: Filters, context: RequestContext, fmt: Formatter
) -> None:
    """Draw the form of a new record."""
    form = begin_form(sheet.code, start=start_texts(sheet, districts, filters, context))
    district = form.texts.get("district", "")
    options = load_form_options(filters, fmt, districts=districts, district_soato=district, year=context.today.year)
    render_record_form(
        form,
        sheet,
        options,
        fmt,
        on_change=store_form,
        on_save=partial(finish, 0, TOP, ENTERED, save_form),
        on_drop=leave,
        title=sheet.title.in_language(fmt.translate.language),
        drop=fmt.translate("Leave the form"),
    )


def start_texts(
    sheet: RegisterSheet, districts: tuple[str, ...], filters: Filters, context: RequestContext
) -> dict[str, str]:
    """Return what a new form begins with: the district, the next number and today."""
    codes = {field.code for field in sheet.fields}
    own = districts[0] if len(districts) == 1 else filters.area.code if filters.area.code in districts else ""
    texts = {"district": own} if "district" in codes else {}
    if own and hasattr(MODELS[sheet.code], "number_key"):
        with reading() as connection:
            year = context.today.year
            texts["number"] = next_number(connection, register=sheet.code, district_soato=own, year=year)
    if sheet.date_field:
        texts[sheet.date_field] = cell_text(context.today)
    return texts


def pick_withdrawn(sheet: RegisterSheet, fmt: Formatter) -> bool:
    """Draw whether withdrawn records are listed instead, which stands in the address; return whether they are."""
    key = f"registers_withdrawn_{sheet.code}"
    set_widget(key, choices().get(Param.STATE) == WITHDRAWN)

    def change() -> None:
        choose(Param.STATE, WITHDRAWN if st.session_state[key] else "")
        choose(Param.PAGE, "")

    return st.toggle(fmt.translate("Withdrawn"), key=key, on_change=change)


def render_records(
    sheet: RegisterSheet,
    area: Area,
    filters: Filters,
    context: RequestContext,
    fmt: Formatter,
    *,
    counted: CountedRows | None = None,
) -> None:
    """Draw the search, a page of the list, and the whole of it as a file; ``counted``: of what an indicator counts."""
    translate, key = fmt.translate, f"registers_page_{sheet.code}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = pick_search(translate("Find a number, name or NGO"), key=f"registers_search_{sheet.code}")
        has_withdrawn = counted is None and hasattr(MODELS[sheet.code], "withdrawn_at")
        is_withdrawn = has_withdrawn and pick_withdrawn(sheet, fmt)

    def page(*, limit: int | None, offset: int) -> tuple[pd.DataFrame, int]:
        with reading() as connection:
            found = list_records(
                connection,
                context.actor,
                register=sheet.code,
                scope=area.scope,
                counted=counted,
                search=search,
                is_withdrawn=is_withdrawn,
                limit=limit,
                offset=offset,
            )
        return found.frame, found.total

    _, total = page(limit=1, offset=0)
    frame, _ = page(limit=PAGE_ROWS, offset=first_row(total, key=key))
    if frame.empty:
        render_empty(
            translate("No record is here"),
            translate("Enter the first one above, or upload a workbook.")
            if load_writable_districts(context.actor, register=sheet.code)
            else translate("Choose another area or register."),
            icon=":material/inbox:",
        )
        return
    title = sheet.title.in_language(translate.language)
    codes = listed_fields(sheet, has_district=area.scope.kind is not ScopeKind.DISTRICT)
    columns = listed_columns(sheet, codes, fmt)
    options = options_of(area.code if area.scope.kind is ScopeKind.DISTRICT else "", filters, context, fmt)

    def named(frame: pd.DataFrame) -> FormOptions:
        stirs = [field.code for field in sheet.fields if field.kind in {FieldKind.STIR, FieldKind.STIRS}]
        return load_named_ngos(options, (cell_text(value) for code in stirs for value in frame[code]))

    def rows() -> pd.DataFrame:
        everything = page(limit=None, offset=0)[0]
        return listed_rows(everything, sheet, codes, named(everything), fmt)

    st.html(listed_html(frame, sheet, codes, named(frame), fmt, title=title))
    render_paging(total, key=key, fmt=fmt)
    download = DownloadSheet(
        f"{title}, {fmt.date(context.today)}",
        rows,
        columns,
        is_demo=bool(context.demo_date),
    )
    render_download(download, translate=translate, key=f"registers_file_{sheet.code}", file_name=f"hamkor-{sheet.code}")


render_page()
