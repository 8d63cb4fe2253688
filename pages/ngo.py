"""NGO: its track record, as far as the reader may see it: what it signed, held, said and was given."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.events.lists import linked_event_columns, linked_event_rows
from components.memoranda.register import linked_rows
from components.registers.facts import facts_html
from components.registers.options import FormOptions
from components.registers.records import records_html
from components.shell.address import link_to, record_address, record_id
from components.shell.areas import AreaDirectory
from components.shell.cache import cached_query
from components.shell.chrome import DISTRICT_ADDRESS, EVENT_ADDRESS, PLAN_ADDRESS, render_back_link, render_title
from components.shell.empty_state import render_empty
from components.shell.filters import current_filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext, current_context
from components.tables.columns import ColumnSpec, ColumnType
from components.tables.links import Link, LinkedCell, link_html, linked_table
from components.tables.record_table import record_table
from data.codes import Direction, RecommendationState
from data.dates.period import Period
from data.policy import Action, ForbiddenError, Scope, ScopeKind, may, require, sees_in_full
from data.registers.entry import register_sheet
from pages.forms.proposals import render_own_proposals
from queries.directory.ngos import NgoProfile, NoNgoError, ngo_evaluations, ngo_profile
from queries.events.lists import event_list
from queries.memoranda.register import memorandum_register
from queries.recommendations.threads import threads
from queries.registers.records import list_records

SHOWN = 20
YEARS_SHOWN = 5


def render_page() -> None:
    """Draw the NGO of the address, or say that there is none that the reader may see."""
    context = current_context()
    translate, fmt = context.translate, Formatter(context.translate)
    require(context.actor, Action.SEE_RECORDS)
    ngo_id = record_id()
    try:
        profile = cached_query(ngo_profile, ngo_id=ngo_id)
    except (ForbiddenError, NoNgoError):
        render_back_link(PLAN_ADDRESS, translate("Plan and events"))
        render_empty(
            translate("No such NGO"),
            translate("It is not there, or its records are shown to its own people and to the leaders of its area."),
            icon=":material/search_off:",
        )
        return
    render_back_link(PLAN_ADDRESS, translate("Plan and events"))
    render_title(profile.name, context, record_district=profile.district_soato)
    render_profile(profile, context, fmt)
    if may(context.actor, Action.PROPOSE_EVENT, scope_of(profile)):
        render_own_proposals(scope_of(profile), fmt)
    render_memoranda(profile, context, fmt)
    render_events(profile, context, fmt)
    render_evaluations(profile, fmt)
    render_recommendations(profile, context, fmt)
    for register, title in (
        ("requests", translate("Information requests")),
        ("supports", translate("Support received")),
        ("awards", translate("Awards")),
        ("trainings", translate("Trainings of its staff")),
    ):
        render_register(register, title, profile, fmt)


def render_profile(profile: NgoProfile, context: RequestContext, fmt: Formatter) -> None:
    """Draw who the NGO is, and whose records of it are shown."""
    translate, directory = fmt.translate, current_filters().directory
    area = directory[profile.district_soato]
    home = Link(area.name, link_to(DISTRICT_ADDRESS, area=area.code))
    directions = ", ".join(translate(Direction(code).label) for code in profile.directions)
    facts: list[tuple[str, LinkedCell]] = [
        (translate("STIR"), profile.stir),
        (translate("Home district"), home),
        (translate("State"), translate("Active") if profile.is_active else translate("No longer active")),
    ]
    if directions:
        facts.append((translate("Directions"), directions))
    is_of_own = sees_in_full(context.actor, area.scope, region_soato=area.region_soato)
    is_self = context.actor.ngo_id == profile.ngo_id
    if profile.contact and (is_of_own or is_self):
        facts.append((translate("Contact"), profile.contact))
    st.html(facts_html(facts))
    home_scope = context.actor.home_scope
    if home_scope.kind in {ScopeKind.REGION, ScopeKind.DISTRICT}:
        name = directory.of_scope(home_scope).name
        st.caption(translate("Below is what it did in your area: {area}.", area=name))


def scope_of(profile: NgoProfile) -> Scope:
    """Return the scope of an NGO."""
    return Scope.ngo(profile.ngo_id)


def render_memoranda(profile: NgoProfile, context: RequestContext, fmt: Formatter) -> None:
    """Draw the memoranda that it is a party to."""
    translate = fmt.translate
    title = translate("Memoranda")
    st.subheader(title, anchor=False)
    register = cached_query(memorandum_register, scope=scope_of(profile), today=context.today)
    if register.empty:
        st.caption(translate("None is recorded."))
        return
    columns = [
        ColumnSpec("number", translate("Number"), link="address"),
        ColumnSpec("title", translate("Title")),
        ColumnSpec("status_code", translate("Status"), ColumnType.STATUS),
        ColumnSpec("expiry_date", translate("Expires"), ColumnType.DATE),
        ColumnSpec("last_event_date", translate("Last joint event"), ColumnType.DATE),
    ]
    st.html(record_table(linked_rows(register), columns, fmt=fmt, title=title))


def render_events(profile: NgoProfile, context: RequestContext, fmt: Formatter) -> None:
    """Draw its newest joint events."""
    translate = fmt.translate
    title = translate("Joint events")
    st.subheader(title, anchor=False)
    last = Period.of_year(context.today.year + 1).last_day
    period = Period(Period.of_year(context.today.year - YEARS_SHOWN).first_day, last)
    events = cached_query(event_list, scope=scope_of(profile), period=period, limit=SHOWN)
    if events.empty:
        st.caption(translate("None is recorded."))
        return
    if len(events) == SHOWN:
        address = link_to(PLAN_ADDRESS, view="list", find=profile.name)
        every = link_html(Link(translate("All of this year in the list"), address))
        text = translate("The newest {number} are shown.", number=fmt.number(SHOWN))
        st.html(f"<p>{text} {every}</p>")
    rows = linked_event_rows(events, translate=translate)
    st.html(record_table(rows, linked_event_columns(translate, has_ngos=False), fmt=fmt, title=title))


def render_evaluations(profile: NgoProfile, fmt: Formatter) -> None:
    """Draw what it said of events, as far as the reader may read it."""
    translate = fmt.translate
    title = translate("Evaluations")
    st.subheader(title, anchor=False)
    frame = cached_query(ngo_evaluations, ngo_id=profile.ngo_id, limit=SHOWN)
    if frame.empty:
        st.caption(translate("There is no evaluation by it that you may read. Confidential ones count in sums."))
        return
    headings = [translate("Joint event"), translate("Date"), translate("Mean rating"), translate("Comment")]
    rows = [
        [
            Link(row["title"] or row["number"], record_address(EVENT_ADDRESS, row["event_id"])),
            fmt.date(row["event_date"]),
            fmt.rating(row["mark_mean"]),
            row["comment"] or "–",
        ]
        for row in frame.to_dict("records")
    ]
    st.html(linked_table(headings, rows, title=title, numbers=frozenset({2})))


def render_recommendations(profile: NgoProfile, context: RequestContext, fmt: Formatter) -> None:
    """Draw what it recommended and what came of it."""
    translate = fmt.translate
    title = translate("Recommendations and answers")
    st.subheader(title, anchor=False)
    frame = cached_query(threads, scope=scope_of(profile), today=context.today, limit=SHOWN)
    if frame.empty:
        st.caption(translate("None is recorded."))
        return
    headings = [translate("Recommendation"), translate("State"), translate("Answer"), translate("Owner")]
    rows = [
        [
            row["text"],
            translate(RecommendationState(row["state_code"]).label),
            row["answer"] or "–",
            row["owner"] or "–",
        ]
        for row in frame.to_dict("records")
    ]
    st.html(linked_table(headings, rows, title=title))


def render_register(register: str, title: str, profile: NgoProfile, fmt: Formatter) -> None:
    """Draw records of a register that are about the NGO, the newest first."""
    translate = fmt.translate
    st.subheader(title, anchor=False)
    page = cached_query(list_records, register=register, scope=scope_of(profile), limit=SHOWN)
    if page.frame.empty:
        st.caption(translate("None is recorded."))
        return
    if page.total > SHOWN:
        st.caption(translate("The newest {number} are shown.", number=fmt.number(SHOWN)))
    options = FormOptions(districts=names_of(page.frame, current_filters().directory))
    left_out = frozenset({"stir", "stirs", "recipient", "citizens", "mahallas", "audience"})
    sheet = register_sheet(register)
    st.html(records_html(sheet, page.frame, options, fmt, title=title, left_out=left_out))


def names_of(frame: pd.DataFrame, directory: AreaDirectory) -> dict[str, str]:
    """Return the names of the districts of a list of records."""
    return {code: directory.name(code) for code in frame["district"].unique()} if "district" in frame else {}


render_page()
