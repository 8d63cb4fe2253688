"""Memoranda: status of every district, register, timeline and obligations."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.charts.cached_chart import render_chart
from components.charts.timeline import timeline_alt, timeline_chart
from components.maps.classes import status_map
from components.maps.district_map import render_district_map
from components.maps.navigation import map_focus, map_scope, open_district
from components.maps.view import layer_script
from components.memoranda.register import (
    found_rows,
    next_to_expire,
    obligation_columns,
    obligation_rows,
    register_columns,
    register_rows,
)
from components.memoranda.status import render_status_counts
from components.shell.areas import Area
from components.shell.cache import cached_query, cached_value
from components.shell.chrome import render_title
from components.shell.empty_state import render_empty
from components.shell.filters import Filters, current_filters
from components.shell.formatter import Formatter
from components.shell.page_header import IMPORT_COMMAND, render_area_filter
from components.shell.request_context import RequestContext, current_context
from components.tables.downloads import DownloadSheet, render_download
from components.tables.table import render_table
from data.policy import Action, may, require
from queries.directory.areas import districts
from queries.memoranda.register import district_status, memorandum_register, obligations

BARS_SHOWN = 15


def render_page() -> None:
    """Draw the status of every district, which is published, then the records that the reader sees in full."""
    context, filters = current_context(), current_filters()
    translate, fmt = context.translate, Formatter(context.translate)
    require(context.actor, Action.SEE_RECORDS)

    render_title(translate("Memoranda: {area}", area=filters.area.name), context)
    st.caption(translate("As of {date}", date=fmt.date(context.today)))
    render_area_filter(filters)
    status = load_status(filters, context)
    map_place, counts_place = st.columns([3, 2], gap="medium")
    with map_place:
        render_status_map(status, filters, context)
    with counts_place:
        render_status_counts(status, fmt=fmt)

    area = filters.directory.seen_in_full(context.actor, filters.area)
    if area is None:
        st.caption(translate("The register of this area is shown to the leaders of the area itself."))
        return
    register = cached_query(memorandum_register, scope=area.scope, today=context.today)
    if register.empty:
        render_no_memoranda(context)
        return
    st.subheader(area.name, anchor=False)
    render_records(register, area, filters, context, fmt=fmt)


def load_status(filters: Filters, context: RequestContext) -> pd.DataFrame:
    """One row a district of the map: the directory's columns with status_code, memoranda, in_force and on_paper."""
    scope = map_scope(filters)
    status = cached_query(district_status, scope=scope, today=context.today)
    return cached_query(districts, scope=scope).merge(status, left_on="soato", right_on="district_soato")


def render_status_map(status: pd.DataFrame, filters: Filters, context: RequestContext) -> None:
    """Draw the map of the statuses; a click opens the district."""
    translate = context.translate

    def make() -> str:
        return layer_script(status_map(status, translate=translate, **map_focus(filters)), translate=translate)

    script = cached_value(make, name="status_map", cache_key=(filters.area.code, context.today))
    clicked = render_district_map(script, key="status_map")
    if clicked:
        open_district(clicked, filters, context)


def render_no_memoranda(context: RequestContext) -> None:
    """Draw the message that there is no memorandum, with the next step."""
    translate = context.translate
    if may(context.actor, Action.IMPORT_WORKBOOK):
        what_to_do = translate("Import a report: {command}", command=IMPORT_COMMAND)
    else:
        what_to_do = translate("Ask the administrator to import the reports.")
    render_empty(translate("No memorandum is recorded here"), what_to_do, icon=":material/handshake:")


def render_records(
    register: pd.DataFrame, area: Area, filters: Filters, context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw register, timeline or obligations, one at a time; memoranda can be searched."""
    translate = fmt.translate
    parts = {
        "register": translate("Register"),
        "timeline": translate("Timeline"),
        "obligations": translate("Obligations"),
    }
    part = st.pills(
        translate("What to show"),
        list(parts),
        default="register",
        required=True,
        format_func=lambda name: parts[name],
        key="memoranda_part",
        label_visibility="collapsed",
    )
    if part == "obligations":
        render_obligations(area, filters, context, fmt=fmt)
        return
    text = st.text_input(translate("Find a number, title, NGO or district"), key="memoranda_search")
    found = found_rows(register, text, directory=filters.directory)
    if found.empty:
        st.caption(translate("Nothing was found."))
    elif part == "timeline":
        render_timeline(found, context, fmt=fmt)
    else:
        render_register(found, filters, context, fmt=fmt)


def render_register(register: pd.DataFrame, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the register as a table and a file."""
    translate = fmt.translate
    rows, columns = register_rows(register, directory=filters.directory, fmt=fmt), register_columns(fmt=fmt)
    title = translate("Register of memoranda")
    render_table(rows, columns, translate=translate, key="register", alt=title)
    sheet = DownloadSheet(f"{title}, {fmt.date(context.today)}", rows, columns, is_demo=bool(context.demo_date))
    render_download(sheet, translate=translate, key="register_file", file_name="hamkor-memoranda")


def render_timeline(register: pd.DataFrame, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the memoranda in time, the next ones to expire first."""
    translate = fmt.translate
    dated = register[register["start_date"].notna()]
    rows = next_to_expire(dated, limit=BARS_SHOWN)
    if len(dated) > len(rows):
        st.caption(translate("Memoranda in force, the {number} that expire next.", number=len(rows)))
    render_chart(
        lambda: (
            timeline_chart(rows, today=context.today, translate=translate),
            timeline_alt(rows, translate=translate),
        ),
        key="timeline",
        cache_key=(tuple(rows["memorandum_id"]), context.today),
    )


def render_obligations(area: Area, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the obligations: party, text, due date and state."""
    translate = fmt.translate
    frame = cached_query(obligations, scope=area.scope, today=context.today)
    if frame.empty:
        st.caption(translate("No obligation is recorded."))
        return
    rows, columns = obligation_rows(frame, directory=filters.directory, fmt=fmt), obligation_columns(fmt=fmt)
    render_table(rows, columns, translate=translate, key="obligations", alt=translate("Obligations"))


render_page()
