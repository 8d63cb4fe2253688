"""Pieces of the Memoranda page: status by district, the register, the timeline, the obligations."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.areas import Area
from components.chart_place import render_chart
from components.charts.timeline import timeline_alt, timeline_chart
from components.columns import NGOS_WIDTH, Column, Kind
from components.downloads import Sheet, render_download
from components.empty import render_empty
from components.filters import View
from components.format import Formatter
from components.loading import keep, load
from components.maps.classes import status_map
from components.maps.district_map import render_district_map
from components.maps.view import layer_script
from components.sections.heading import IMPORT_COMMAND
from components.sections.overview import map_focus, open_district
from components.session import Visit
from components.status import status_text
from components.tables import render_table
from data.codes import MemorandumStatus, ObligationState, Party
from data.rights import RIGHTS, Right, Scope
from data.text import search_key
from queries.areas import districts
from queries.memoranda import district_status, memorandum_register, obligations

BARS_SHOWN = 15
DISTRICT_WIDTH = 165


def load_status(scope: Scope, visit: Visit) -> pd.DataFrame:
    """One row a district: the directory's columns with status_code, memoranda, in_force and on_paper."""
    status = load(district_status, scope=scope, today=visit.today)
    return load(districts, scope=scope).merge(status, left_on="soato", right_on="district_soato")


def render_status_map(frame: pd.DataFrame, view: View, visit: Visit) -> None:
    """The map of the statuses; a click opens the district."""

    def make() -> str:
        return layer_script(status_map(frame, translate=visit.translate, **map_focus(view)), translate=visit.translate)

    clicked = render_district_map(keep(make, name="status_map", about=(view.area.code, visit.today)), key="status_map")
    if clicked:
        open_district(clicked, view, visit)


def render_status_counts(frame: pd.DataFrame, *, write: Formatter) -> None:
    """How many districts have each status, in words, and how many memoranda live on paper only."""
    translate = write.translate
    counts = frame["status_code"].value_counts()
    lines = [
        f"| {status_text(status, translate=translate)} | {write.number(counts.get(status.value, 0))} |"
        for status in MemorandumStatus
    ]
    heading = f"| {translate('Status')} | {translate('Districts and cities')} |"
    st.markdown("\n".join([heading, "|:--|--:|", *lines]))
    words = translate(
        "Memoranda: {all}; in force: {in_force}; on paper only: {on_paper}.",
        all=write.number(frame["memoranda"].sum()),
        in_force=write.number(frame["in_force"].sum()),
        on_paper=write.number(frame["on_paper"].sum()),
    )
    st.caption(words)


def render_records(view: View, visit: Visit, *, write: Formatter) -> None:
    """Register, timeline and obligations of as much of the area as this person sees in full; one at a time."""
    translate = write.translate
    area = view.book.seen_in_full(visit.actor, view.area)
    if area is None:
        st.caption(translate("The register of this area is shown to the leaders of the area itself."))
        return
    register = load(memorandum_register, scope=area.scope, today=visit.today)
    if register.empty:
        render_no_memoranda(visit)
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
        render_obligations(area, view, visit, write=write)
        return
    text = st.text_input(translate("Find a number, title, NGO or district"), key="memoranda_search")
    rows = found(register, text, view)
    if rows.empty:
        st.caption(translate("Nothing was found."))
    elif part == "timeline":
        render_timeline(rows, visit, write=write)
    else:
        render_register(rows, view, visit, write=write)


def render_no_memoranda(visit: Visit) -> None:
    """That there is no memorandum, and what to do next."""
    translate = visit.translate
    if Right.IMPORT in RIGHTS[visit.actor.role]:
        what_to_do = translate("Import a report: {command}", command=IMPORT_COMMAND)
    else:
        what_to_do = translate("Ask the administrator to import the reports.")
    render_empty(translate("No memorandum is recorded here"), what_to_do, icon=":material/handshake:")


def found(register: pd.DataFrame, text: str, view: View) -> pd.DataFrame:
    """The rows whose number, title, NGOs or district hold a text, whatever its apostrophes or script."""
    key = search_key(text)
    if not key:
        return register
    words = register["number"] + " " + register["title"] + " " + register["ngos"] + " "
    places = register["district_soato"].map(view.book.name)
    return register[(words + places).map(search_key).str.contains(key, regex=False)]


def register_columns(*, write: Formatter) -> list[Column]:
    """Columns of the register as it is shown and downloaded."""
    translate = write.translate
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


def render_register(register: pd.DataFrame, view: View, visit: Visit, *, write: Formatter) -> None:
    """The register with a search field and a download."""
    translate = write.translate
    columns = register_columns(write=write)
    shown = register.assign(
        district=register["district_soato"].map(view.book.name),
        on_paper=[translate("Yes") if is_on_paper else translate("No") for is_on_paper in register["is_on_paper"]],
    )
    title = translate("Register of memoranda")
    render_table(shown, columns, translate=translate, key="register", alt=title)
    sheet = Sheet(f"{title}, {write.date(visit.today)}", shown, columns, is_demo=bool(visit.demo_date))
    render_download(sheet, translate=translate, key="register_file", file_name="hamkor-memoranda")


def render_timeline(register: pd.DataFrame, visit: Visit, *, write: Formatter) -> None:
    """The memoranda in time, the next ones to expire first."""
    translate = write.translate
    dated = register[register["start_date"].notna()]
    runs = dated[dated["status_code"].isin([MemorandumStatus.IN_FORCE.value, MemorandumStatus.EXPIRING.value])]
    rows = (runs if len(runs) else dated).sort_values("expiry_date", na_position="last").head(BARS_SHOWN)
    if len(dated) > len(rows):
        st.caption(translate("Memoranda in force, the {number} that expire next.", number=len(rows)))
    render_chart(
        lambda: (
            timeline_chart(rows, today=visit.today, translate=translate),
            timeline_alt(rows, translate=translate),
        ),
        key="timeline",
        about=(tuple(rows["memorandum_id"]), visit.today),
    )


def render_obligations(area: Area, view: View, visit: Visit, *, write: Formatter) -> None:
    """Who promised what by when, and what came of it."""
    translate = write.translate
    frame = load(obligations, scope=area.scope, today=visit.today)
    if frame.empty:
        st.caption(translate("No obligation is recorded."))
        return
    shown = frame.assign(
        district=frame["district_soato"].map(view.book.name),
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
