"""Pieces of the Memoranda page: status by district, the register, the timeline, the obligations."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.charts.cached_chart import render_chart
from components.charts.timeline import timeline_alt, timeline_chart
from components.maps.classes import status_map
from components.maps.district_map import render_district_map
from components.maps.view import layer_script
from components.memoranda.status import status_text
from components.sections.overview import map_focus, open_district
from components.shell.areas import Area
from components.shell.cache import cached_query, cached_value
from components.shell.empty_state import render_empty
from components.shell.filters import Filters
from components.shell.formatter import Formatter
from components.shell.page_header import IMPORT_COMMAND
from components.shell.request_context import RequestContext
from components.tables.columns import NGOS_WIDTH, Column, Kind
from components.tables.downloads import Sheet, render_download
from components.tables.table import render_table
from data.codes import MemorandumStatus, ObligationState, Party
from data.policy import Action, Scope, may
from data.texts.search_keys import search_key
from queries.directory.areas import districts
from queries.memoranda.register import district_status, memorandum_register, obligations

BARS_SHOWN = 15
DISTRICT_WIDTH = 165


def load_status(scope: Scope, context: RequestContext) -> pd.DataFrame:
    """One row a district: the directory's columns with status_code, memoranda, in_force and on_paper."""
    status = cached_query(district_status, scope=scope, today=context.today)
    return cached_query(districts, scope=scope).merge(status, left_on="soato", right_on="district_soato")


def render_status_map(frame: pd.DataFrame, filters: Filters, context: RequestContext) -> None:
    """The map of the statuses; a click opens the district."""

    def make() -> str:
        return layer_script(
            status_map(frame, translate=context.translate, **map_focus(filters)), translate=context.translate
        )

    clicked = render_district_map(
        cached_value(make, name="status_map", cache_key=(filters.area.code, context.today)), key="status_map"
    )
    if clicked:
        open_district(clicked, filters, context)


def render_status_counts(frame: pd.DataFrame, *, fmt: Formatter) -> None:
    """How many districts have each status, in words, and how many memoranda live on paper only."""
    translate = fmt.translate
    counts = frame["status_code"].value_counts()
    lines = [
        f"| {status_text(status, translate=translate)} | {fmt.number(counts.get(status.value, 0))} |"
        for status in MemorandumStatus
    ]
    heading = f"| {translate('Status')} | {translate('Districts and cities')} |"
    st.markdown("\n".join([heading, "|:--|--:|", *lines]))
    words = translate(
        "Memoranda: {all}; in force: {in_force}; on paper only: {on_paper}.",
        all=fmt.number(frame["memoranda"].sum()),
        in_force=fmt.number(frame["in_force"].sum()),
        on_paper=fmt.number(frame["on_paper"].sum()),
    )
    st.caption(words)


def render_records(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Register, timeline and obligations of as much of the area as this person sees in full; one at a time."""
    translate = fmt.translate
    area = filters.book.seen_in_full(context.actor, filters.area)
    if area is None:
        st.caption(translate("The register of this area is shown to the leaders of the area itself."))
        return
    register = cached_query(memorandum_register, scope=area.scope, today=context.today)
    if register.empty:
        render_no_memoranda(context)
        return
    parts = {
        "register": translate("Register"),
        "timeline": translate("Timeline"),
        "obligations": translate("Obligations"),
    }
    st.subheader(area.name, anchor=False)
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
    rows = found(register, text, filters)
    if rows.empty:
        st.caption(translate("Nothing was found."))
    elif part == "timeline":
        render_timeline(rows, context, fmt=fmt)
    else:
        render_register(rows, filters, context, fmt=fmt)


def render_no_memoranda(context: RequestContext) -> None:
    """That there is no memorandum, and what to do next."""
    translate = context.translate
    if may(context.actor, Action.IMPORT_WORKBOOK):
        what_to_do = translate("Import a report: {command}", command=IMPORT_COMMAND)
    else:
        what_to_do = translate("Ask the administrator to import the reports.")
    render_empty(translate("No memorandum is recorded here"), what_to_do, icon=":material/handshake:")


def found(register: pd.DataFrame, text: str, filters: Filters) -> pd.DataFrame:
    """The rows whose number, title, NGOs or district hold a text, whatever its apostrophes or script."""
    key = search_key(text)
    if not key:
        return register
    words = register["number"] + " " + register["title"] + " " + register["ngos"] + " "
    places = register["district_soato"].map(filters.book.name)
    return register[(words + places).map(search_key).str.contains(key, regex=False)]


def register_columns(*, fmt: Formatter) -> list[Column]:
    """Columns of the register as it is shown and downloaded."""
    translate = fmt.translate
    return [
        Column("district", translate("District"), width=DISTRICT_WIDTH),
        Column("number", translate("Number")),
        Column("ngos", translate("NGOs"), width=NGOS_WIDTH),
        Column("status_code", translate("Status"), Kind.STATUS),
        Column("on_paper", translate("On paper only")),
        Column("signed_date", translate("Signed"), Kind.DATE),
        Column("expiry_date", translate("Expires"), Kind.DATE, help=translate("A dash stands for an open end.")),
        Column("days_left", translate("Days left"), Kind.NUMBER),
        Column("last_event_date", translate("Last joint event"), Kind.DATE),
        Column("obligations_overdue", translate("Overdue obligations"), Kind.NUMBER),
        Column("title", translate("Title")),
    ]


def render_register(register: pd.DataFrame, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """The register with a search field and a download."""
    translate = fmt.translate
    columns = register_columns(fmt=fmt)
    shown = register.assign(
        district=register["district_soato"].map(filters.book.name),
        on_paper=[translate("Yes") if is_on_paper else translate("No") for is_on_paper in register["is_on_paper"]],
    )
    title = translate("Register of memoranda")
    render_table(shown, columns, translate=translate, key="register", alt=title)
    sheet = Sheet(f"{title}, {fmt.date(context.today)}", shown, columns, is_demo=bool(context.demo_date))
    render_download(sheet, translate=translate, key="register_file", file_name="hamkor-memoranda")


def render_timeline(register: pd.DataFrame, context: RequestContext, *, fmt: Formatter) -> None:
    """The memoranda in time, the next ones to expire first."""
    translate = fmt.translate
    dated = register[register["start_date"].notna()]
    runs = dated[dated["status_code"].isin([MemorandumStatus.IN_FORCE.value, MemorandumStatus.EXPIRING.value])]
    rows = (runs if len(runs) else dated).sort_values("expiry_date", na_position="last").head(BARS_SHOWN)
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
    """Who promised what by when, and what came of it."""
    translate = fmt.translate
    frame = cached_query(obligations, scope=area.scope, today=context.today)
    if frame.empty:
        st.caption(translate("No obligation is recorded."))
        return
    shown = frame.assign(
        district=frame["district_soato"].map(filters.book.name),
        party=[translate(Party(code).label) for code in frame["party_code"]],
        state=[translate(ObligationState(code).label) for code in frame["state_code"]],
    )
    columns = [
        Column("district", translate("District")),
        Column("number", translate("Memorandum")),
        Column("party", translate("Party")),
        Column("text", translate("Obligation")),
        Column("due_date", translate("Due"), Kind.DATE),
        Column("fulfilled_date", translate("Fulfilled on"), Kind.DATE),
        Column("state", translate("State")),
    ]
    render_table(shown, columns, translate=translate, key="obligations", alt=translate("Obligations"))
