"""Memoranda: status of every district, register, timeline and obligations."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from components.indicators.records import counted_rows, render_counted_heading
from components.maps.classes import status_map
from components.maps.district_map import render_district_map
from components.maps.navigation import map_focus, map_links, map_scope
from components.maps.view import layer_script
from components.memoranda.register import (
    found_rows,
    fulfilment_columns,
    linked_rows,
    list_columns,
    list_rows,
    next_to_expire,
    obligation_columns,
    obligation_rows,
    register_columns,
    register_rows,
    status_columns,
    status_rows,
)
from components.memoranda.status import DISTRICTS, memoranda_counted, memoranda_links, status_counts_html
from components.memoranda.timeline import timeline_html
from components.shell.address import Param, choices, choose, list_params, record_address, valid_choice
from components.shell.areas import Area
from components.shell.cache import cached_query, cached_value
from components.shell.chrome import MEMORANDA_ADDRESS, MEMORANDUM_ADDRESS, render_title
from components.shell.empty_state import render_empty
from components.shell.filters import Filters, current_filters, pick_choice
from components.shell.formatter import Formatter
from components.shell.page_header import render_area_filter
from components.shell.request_context import RequestContext, current_context
from components.shell.widgets import pick_search, pick_tab
from components.tables.columns import ColumnSpec, ColumnType
from components.tables.downloads import DownloadSheet, render_download
from components.tables.paging import PAGE_ROWS, first_row, render_paging
from components.tables.record_table import record_table, render_record_table
from data.codes import InForce, MemorandumStatus
from data.database.engine import reading
from data.dates.clock import day_of
from data.directory import area_points
from data.indicators.agreement import MEMORANDUM_COVERAGE
from data.indicators.counted import CountedNumbers, CountedRows, Part
from data.indicators.declaration import RecordKind
from data.policy import Action, ScopeKind, may, require
from pages.loaders.records import load_writable_districts
from queries.directory.areas import districts
from queries.indicators.records import counted_numbers
from queries.memoranda.register import (
    district_status,
    memorandum_count,
    memorandum_register,
    obligation_count,
    obligations,
)
from queries.registers.records import list_records

BARS_SHOWN = 15
# Side by side from 1366 pixels on, under each other where there is less room.
MAP_WIDTH, COUNTS_WIDTH = 540, 320
STATE_WIDTH = 260
ANY_STATE = "any"
COUNTED_KINDS = (RecordKind.MEMORANDA_IN_FORCE, RecordKind.MEMORANDA_JUDGED, RecordKind.OBLIGATIONS)


def render_page() -> None:
    """Draw the status of every district, which is published, then the records that the reader sees in full."""
    context, filters = current_context(), current_filters()
    translate, fmt = context.translate, Formatter(context.translate)
    require(context.actor, Action.SEE_RECORDS)

    render_title(translate("Memoranda: {area}", area=filters.area.name), context)
    st.caption(translate("As of {date}", date=fmt.date(context.today)))
    render_area_filter(filters)
    status = load_status(filters, context)
    places = st.container(horizontal=True, gap="medium")
    with places.container(width=MAP_WIDTH):
        render_status_map(status, filters, context)
    with places.container(width=COUNTS_WIDTH):
        render_status_counts(status, filters, context, fmt=fmt)

    counted = counted_rows(*COUNTED_KINDS, filters=filters, context=context)
    area = filters.directory.seen_in_full(context.actor, filters.area)
    if counted is not None and (area == filters.area or counted.code == MEMORANDUM_COVERAGE.code):
        render_counted(counted, filters, context, fmt=fmt)
        return
    if area is None:
        if choices().get(Param.VIEW) == DISTRICTS:
            render_districts(status, filters, context, fmt=fmt)
        st.caption(translate("The register of this area is shown to the leaders of the area itself."))
        return
    can_write = bool(load_writable_districts(context.actor, register="memoranda"))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.subheader(area.name, anchor=False, width="content")
        if can_write:
            render_new_button(fmt)
    if not cached_query(memorandum_count, scope=area.scope, today=context.today):
        render_no_memoranda(context)
        if can_write:
            render_withdrawn(area, filters, fmt=fmt)
        return
    render_records(area, status, filters, context, fmt=fmt)


def render_status_counts(status: pd.DataFrame, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw how many districts of the map have each status, and how many memoranda there are; numbers lead to them."""
    st.html(status_counts_html(status, fmt=fmt))
    row, scope = status[["memoranda", "in_force", "on_paper"]].sum().to_dict(), map_scope(filters)
    area = filters.directory.of_scope(scope)
    if area == filters.area == filters.directory.seen_in_full(context.actor, area):
        st.html(memoranda_links(row, fmt=fmt))
    else:
        st.caption(memoranda_counted(row, fmt=fmt))


def render_counted(counted: CountedRows, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the memoranda, obligations or districts that an indicator counts, as of the end of its months."""
    area, scope, day = filters.area, filters.area.scope, counted.period.as_of(context.today)
    heading = partial(render_counted_heading, counted, path=MEMORANDA_ADDRESS, fmt=fmt)
    if counted.code == MEMORANDUM_COVERAGE.code and scope.kind is not ScopeKind.DISTRICT:
        status = cached_query(district_status, scope=scope, today=day, direction=counted.direction)
        is_covered = status["in_force"] > 0
        heading(CountedNumbers(len(status), int(is_covered.sum()), 0))
        chosen = {Part.ALL: is_covered | ~is_covered, Part.COUNTED: is_covered, Part.OTHERS: ~is_covered}
        st.caption(fmt.translate("As of {date}", date=fmt.date(day)))
        render_district_table(status[chosen[counted.part]], filters, context, fmt=fmt)
        return
    is_share = counted.code != MEMORANDUM_COVERAGE.code
    heading(cached_query(counted_numbers, scope=scope, rows=counted), has_parts=is_share)
    if counted.records.kind is RecordKind.OBLIGATIONS:
        found = cached_query(obligations, scope=scope, today=context.today, counted=counted)
        rows, columns = (
            obligation_rows(found, directory=filters.directory, fmt=fmt),
            shown_obligation_columns(area, context, fmt=fmt),
        )
        title = fmt.translate("Obligations")
        render_record_table(rows, columns, fmt=fmt, title=title, key="obligations_page")
        return
    st.caption(fmt.translate("As of {date}", date=fmt.date(day)))
    register = cached_query(memorandum_register, scope=scope, today=day, counted=counted)
    rows, columns = list_rows(register, directory=filters.directory, fmt=fmt), register_list_columns(area, fmt)
    title = fmt.translate("Register of memoranda")
    render_record_table(rows, columns, fmt=fmt, title=title, key="memoranda_page")


def render_districts(status: pd.DataFrame, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the districts of the map with their status, or those with one status, which stands in the address."""
    options = {ANY_STATE: fmt.translate("All")} | {each.value: fmt.translate(each.label) for each in MemorandumStatus}
    state = pick_state(options, fmt=fmt)
    shown = status if state == ANY_STATE else status[status["status_code"] == state]
    render_district_table(shown, filters, context, fmt=fmt)


def render_district_table(status: pd.DataFrame, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw districts with their status, page by page."""
    directory = filters.directory
    seen = {
        soato
        for soato in status["district_soato"]
        if directory.seen_in_full(context.actor, directory[soato]) == directory[soato]
    }
    rows, title = status_rows(status, directory=directory, seen=seen), fmt.translate("Districts and cities by status")
    render_record_table(rows, status_columns(fmt=fmt), fmt=fmt, title=title, key="districts_page")


def pick_state(options: Mapping[str, str], *, fmt: Formatter) -> str:
    """Draw the choice of a status, which stands in the address, and return its code."""
    state = valid_choice(Param.STATE, options.__contains__, default=ANY_STATE)
    pick_choice(Param.STATE, fmt.translate("Status"), options, chosen=state, width=STATE_WIDTH)
    return state


def register_list_columns(area: Area, fmt: Formatter) -> list[ColumnSpec]:
    """Return the columns of the register of an area."""
    return list_columns(fmt=fmt, has_district=area.scope.kind is not ScopeKind.DISTRICT)


def render_new_button(fmt: Formatter) -> None:
    """Draw the button that opens the form of a new memorandum."""
    if st.button(fmt.translate("New memorandum"), key="new_memorandum", type="primary", icon=":material/add:"):
        st.switch_page("pages/new_memorandum.py", query_params=list_params())


def load_status(filters: Filters, context: RequestContext) -> pd.DataFrame:
    """One row a district of the map: the directory's columns with status_code, memoranda, in_force and on_paper."""
    scope = map_scope(filters)
    status = cached_query(district_status, scope=scope, today=context.today)
    return cached_query(districts, scope=scope).merge(status, left_on="soato", right_on="district_soato")


def render_status_map(status: pd.DataFrame, filters: Filters, context: RequestContext) -> None:
    """Draw the map of the statuses; each district leads to its page."""
    translate = context.translate

    def make() -> str:
        drawn = status[status["soato"].isin(area_points())]
        return layer_script(status_map(drawn, translate=translate, **map_focus(filters)), translate=translate)

    script = cached_value(make, name="status_map", cache_key=(filters.area.code, context.today))
    render_district_map(script, map_links(filters, context), key="status_map")


def render_no_memoranda(context: RequestContext) -> None:
    """Draw the message that there is no memorandum, with the next step."""
    translate = context.translate
    if may(context.actor, Action.EDIT_RECORDS):
        what_to_do = translate("Enter the first one: press New memorandum.")
    else:
        what_to_do = translate("Ask the coordinator of the district to enter it.")
    render_empty(translate("No memorandum is recorded here"), what_to_do, icon=":material/handshake:")


def render_records(
    area: Area, status: pd.DataFrame, filters: Filters, context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw register, districts, timeline, obligations or withdrawn memoranda, one at a time."""
    translate = fmt.translate
    parts = {
        "register": translate("Register"),
        DISTRICTS: translate("Districts and cities"),
        "timeline": translate("Timeline"),
        "obligations": translate("Obligations"),
    }
    if may(context.actor, Action.EDIT_RECORDS, area.scope, region_soato=area.region_soato):
        parts["withdrawn"] = translate("Withdrawn")
    part = valid_choice(Param.VIEW, parts.__contains__, default="register")

    def take(code: str) -> None:
        choose(Param.VIEW, code)
        for param in (Param.STATE, Param.PAGE):
            choose(param, "")

    with pick_tab(parts, chosen=part, key=f"memoranda_part:{translate.language}", on_choose=take):
        match part:
            case "obligations":
                render_obligations(area, filters, context, fmt=fmt)
            case "withdrawn":
                render_withdrawn(area, filters, fmt=fmt)
            case "districts":
                render_districts(status, filters, context, fmt=fmt)
            case "timeline":
                render_timeline(found_register(area, filters, context, fmt=fmt), context, fmt=fmt)
            case _:
                render_register(area, filters, context, fmt=fmt)


def found_register(area: Area, filters: Filters, context: RequestContext, *, fmt: Formatter) -> pd.DataFrame:
    """Draw the search and return all memoranda of the area that it finds."""
    text = pick_search(fmt.translate("Find a number, title, NGO or district"), key="memoranda_search")
    register = cached_query(memorandum_register, scope=area.scope, today=context.today)
    return found_rows(register, text, directory=filters.directory)


def render_register(area: Area, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw a page of the register, what soon asks for a decision first, and the whole of it as a file."""
    translate = fmt.translate
    key = "memoranda_page"
    kinds = [*(kind for kind in MemorandumStatus if kind is not MemorandumStatus.NONE), *InForce]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        code = pick_state(
            {ANY_STATE: translate("All")} | {kind.value: translate(kind.label) for kind in kinds}, fmt=fmt
        )
        text = pick_search(translate("Find a number, title, NGO or district"), key="memoranda_search")
    state = next((kind for kind in kinds if kind == code), None)
    asked: dict[str, Any] = {"scope": area.scope, "today": context.today, "state": state}
    if text:
        found = found_rows(cached_query(memorandum_register, **asked), text, directory=filters.directory)
        total = len(found)
        first = first_row(total, key=key)
        shown = found.iloc[first : first + PAGE_ROWS]
    else:
        total = cached_query(memorandum_count, **asked)
        first = first_row(total, key=key)
        shown = cached_query(memorandum_register, **asked, limit=PAGE_ROWS, offset=first)
    if not total:
        st.caption(translate("Nothing was found."))
        return
    columns, title = register_columns(fmt=fmt), translate("Register of memoranda")
    rows = list_rows(shown, directory=filters.directory, fmt=fmt)
    st.html(record_table(rows, register_list_columns(area, fmt), fmt=fmt, title=title))
    render_paging(total, key=key, fmt=fmt)

    def every_row() -> pd.DataFrame:
        with reading() as connection:
            register = memorandum_register(connection, context.actor, **asked)
        found = found_rows(register, text, directory=filters.directory)
        return register_rows(found, directory=filters.directory, fmt=fmt)

    sheet = DownloadSheet(f"{title}, {fmt.date(context.today)}", every_row, columns, is_demo=bool(context.demo_date))
    render_download(sheet, translate=translate, key="register_file", file_name="hamkor-memoranda")


def render_timeline(register: pd.DataFrame, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the memoranda in time, the next ones to expire first."""
    translate = fmt.translate
    dated = register[register["start_date"].notna()]
    if dated.empty:
        st.caption(translate("Nothing was found."))
        return
    rows = next_to_expire(dated, limit=BARS_SHOWN)
    if len(dated) > len(rows):
        st.caption(translate("Memoranda in force, the {number} that expire next.", number=len(rows)))
    st.html(timeline_html(linked_rows(rows), today=context.today, fmt=fmt, title=translate("Timeline")))


def render_obligations(area: Area, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the obligations, overdue and open ones first, each with the link that marks it fulfilled."""
    translate, key = fmt.translate, "obligations_page"
    total = cached_query(obligation_count, scope=area.scope)
    if not total:
        st.caption(translate("No obligation is recorded."))
        return
    offset = first_row(total, key=key)
    frame = cached_query(obligations, scope=area.scope, today=context.today, limit=PAGE_ROWS, offset=offset)
    columns = shown_obligation_columns(area, context, fmt=fmt)
    rows = obligation_rows(frame, directory=filters.directory, fmt=fmt)
    st.html(record_table(rows, columns, fmt=fmt, title=translate("Obligations")))
    render_paging(total, key=key, fmt=fmt)


def shown_obligation_columns(area: Area, context: RequestContext, *, fmt: Formatter) -> list[ColumnSpec]:
    """Return the columns of obligations: those who enter records mark them fulfilled there."""
    can_write = may(context.actor, Action.EDIT_RECORDS, area.scope, region_soato=area.region_soato)
    return fulfilment_columns(fmt=fmt) if can_write else obligation_columns(fmt=fmt)


def render_withdrawn(area: Area, filters: Filters, *, fmt: Formatter) -> None:
    """Draw the memoranda that were withdrawn; their pages restore them."""
    translate, key = fmt.translate, "withdrawn_page"
    with reading() as connection:
        find = partial(
            list_records,
            connection,
            current_context().actor,
            register="memoranda",
            scope=area.scope,
            is_withdrawn=True,
        )
        page = find(limit=PAGE_ROWS, offset=0)
        if first := first_row(page.total, key=key):
            page = find(limit=PAGE_ROWS, offset=first)
    if page.frame.empty:
        st.caption(translate("No memorandum is withdrawn."))
        return
    rows = page.frame.assign(
        address=[record_address(MEMORANDUM_ADDRESS, int(record)) for record in page.frame["record_id"]],
        area=page.frame["district"].map(filters.directory.name),
        withdrawn_date=[day_of(moment) for moment in page.frame["withdrawn_at"]],
    )
    columns = [
        ColumnSpec("number", translate("Number"), link="address"),
        ColumnSpec("title", translate("Title")),
        ColumnSpec("area", translate("District")),
        ColumnSpec("withdrawn_date", translate("Withdrawn on"), ColumnType.DATE),
    ]
    st.html(record_table(rows, columns, fmt=fmt, title=translate("Withdrawn")))
    render_paging(page.total, key=key, fmt=fmt)


render_page()
