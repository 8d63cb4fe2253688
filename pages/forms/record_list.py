"""Records of a register as a list with its search, pages and file, and the entry of a new one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from components.indicators.records import months_of_address
from components.registers.action import action_at_hand, begin_action
from components.registers.form import render_record_form
from components.registers.listing import chosen_values, listed_columns, listed_fields, listed_html, listed_rows
from components.registers.options import FormOptions
from components.registers.values import value_text
from components.shell.address import Param, choices, choose, link_to
from components.shell.areas import Area
from components.shell.cache import cached_query
from components.shell.empty_state import render_empty
from components.shell.filters import Filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext, current_page
from components.shell.widgets import pick_search, set_widget
from components.tables.downloads import DownloadSheet, render_download
from components.tables.links import Link, link_html
from components.tables.paging import PAGE_ROWS, first_row, render_paging
from data.database.engine import reading
from data.dates.period import Period
from data.indicators.counted import CountedRows
from data.language import N_
from data.policy import ScopeKind
from data.registers.declaration import FieldKind, RegisterSheet
from data.registers.entry import cell_text
from pages.forms.record import finish, leave
from pages.forms.record_view import TOP, options_of
from pages.loaders.records import load_form_options, load_named_ngos, load_writable_districts
from pages.writes.records import begin_form, save_form, store_form
from queries.directory.mahallas import mahalla_profile
from queries.directory.ngos import ngo_profile
from queries.registers.options import next_number
from queries.registers.records import MODELS, list_records

ENTER, WITHDRAWN = "enter", "withdrawn"
ENTERED = N_("Saved. It counts everywhere at once.")


def render_enter_button(districts: tuple[str, ...], fmt: Formatter) -> None:
    """Draw the button that opens the form of a new record, for who may enter one."""
    if districts and action_at_hand()[0] != ENTER:
        st.button(
            fmt.translate("Enter a record"),
            key="enter_record",
            type="primary",
            icon=":material/add:",
            on_click=begin_action,
            args=(ENTER,),
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
    """Draw the search, a page of the list, and the whole of it as a file; ``counted``: of what an indicator counts.

    Otherwise values of fields and months of the address narrow the list.
    """
    only, months = narrowing(sheet) if counted is None else ({}, None)
    render_narrowing(sheet, only, months, fmt)
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
                period=months,
                only=only,
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


def narrowing(sheet: RegisterSheet) -> tuple[Mapping[str, str], Period | None]:
    """Return the values of fields and the months to which the address narrows a list, empty and None for all of it."""
    return chosen_values(sheet), months_of_address() if sheet.date_field else None


def render_narrowing(sheet: RegisterSheet, only: Mapping[str, str], months: Period | None, fmt: Formatter) -> None:
    """Draw to which values and months the list is narrowed, with the way to all of it."""
    translate = fmt.translate
    if not only and months is None:
        return
    words = [value_words(sheet, code, value, fmt) for code, value in only.items()]
    words += [fmt.period(months)] if months else []
    everything = link_html(Link(translate("Show the whole list"), whole_list()))
    st.html(f"<p><strong>{escape(' · '.join(words))}</strong> · {everything}</p>")


def whole_list() -> str:
    """Return the address of the list that is open, without what narrows it."""
    kept = {param.value: choices().get(param, "") for param in (Param.VIEW, Param.REGISTER)}
    return link_to(f"/{current_page()}", **kept)


def value_words(sheet: RegisterSheet, code: str, value: str, fmt: Formatter) -> str:
    """Return a field and the value that it must have, in words; an NGO or mahalla by its name."""
    field = sheet.field(code)
    if field.kind in {FieldKind.STIR, FieldKind.STIRS}:
        return cached_query(ngo_profile, ngo_id=int(value)).name
    if field.kind is FieldKind.NAMES:
        return cached_query(mahalla_profile, mahalla_id=int(value)).name
    return value_text(field, value, FormOptions(), fmt)
