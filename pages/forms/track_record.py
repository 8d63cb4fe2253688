"""Track record of an NGO, to itself and to leaders: its numbers first, then the rows of each.

A leader reads what the NGO did in the leader's own area, and of what it said only what was said by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from components.desk import DeskView, counted
from components.events.grid import GridRow, grid_html, legend_html, render_grid
from components.events.lists import linked_event_columns, linked_event_rows
from components.memoranda.register import linked_rows
from components.memoranda.status import status_label
from components.registers.facts import facts_html
from components.registers.options import FormOptions
from components.registers.records import records_html
from components.shell.address import Param, link_to, record_address, valid_choice
from components.shell.areas import AreaDirectory
from components.shell.cache import cached_query
from components.shell.chrome import DISTRICT_ADDRESS, EVENT_ADDRESS, PLAN_ADDRESS
from components.shell.filters import current_filters, pick_choice
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from components.tables.columns import ColumnSpec, ColumnType
from components.tables.links import Link, LinkedCell, link_html, linked_table
from components.tables.paging import PAGE_ROWS, first_row, render_paging
from components.tables.record_table import record_table
from data.codes import Direction, Party, ProposalState, RecommendationState
from data.dates.period import Period
from data.language import N_
from data.policy import Action, Scope, ScopeKind, may, sees_in_full
from data.registers.entry import register_sheet
from pages.forms.proposals import MOST_OWN, render_own_proposals
from queries.desk import ngo_activity
from queries.directory.ngos import NgoProfile, ngo_evaluations
from queries.events.lists import event_list
from queries.events.proposals import proposals
from queries.events.year import GridRows, year_grid
from queries.frames import FramePage
from queries.memoranda.register import memorandum_register
from queries.recommendations.threads import thread_counts, threads
from queries.registers.records import RecordPage, list_records

EVENTS_SHOWN = 10
YEARS_BACK = 3
YEAR_WIDTH = 110


@dataclass(frozen=True)
class RegisterPart:
    """Records of a register that are about the NGO: code of the part, title, and values that their fields must have."""

    code: str
    register: str
    title: str
    only: tuple[tuple[str, str], ...] = ()


REGISTER_PARTS = (
    RegisterPart("asked", "requests", N_("Requests of the NGO"), (("asked_by", Party.NGO.value),)),
    RegisterPart("asked-of-it", "requests", N_("Requests to the NGO"), (("asked_by", Party.POLICE.value),)),
    RegisterPart("supports", "supports", N_("Support received")),
    RegisterPart("awards", "awards", N_("Awards")),
    RegisterPart("trainings", "trainings", N_("Trainings of its staff")),
)
# Codes of the other parts, by which the numbers above lead to them.
MEMORANDA, EVALUATIONS, RECOMMENDATIONS, PROPOSALS = "memoranda", "evaluations", "recommendations", "proposals"
NOT_OF_A_ROW = frozenset({"stir", "stirs", "recipient", "citizens", "mahallas", "audience", "asked_by"})


def render_track_record(profile: NgoProfile, context: RequestContext, fmt: Formatter) -> None:
    """Draw who an NGO is, its numbers, and part by part the rows behind them."""
    render_profile(profile, context, fmt)
    scope = scope_of(profile)
    register = cached_query(memorandum_register, scope=scope, today=context.today)
    evaluations = cached_query(ngo_evaluations, ngo_id=profile.ngo_id, limit=PAGE_ROWS)
    counts = cached_query(thread_counts, scope=scope, today=context.today)
    proposed = cached_query(proposals, scope=scope, limit=MOST_OWN)
    pages = {part: records_of(part, profile) for part in REGISTER_PARTS}
    facts = [
        (fmt.translate("Memoranda"), counted_links(statuses(register, fmt), MEMORANDA, fmt)),
        *event_facts(profile, context, fmt),
        (fmt.translate("Evaluations"), number_link(evaluations.total, EVALUATIONS, fmt)),
        (fmt.translate("Recommendations"), counted_links(thread_states(counts, fmt), RECOMMENDATIONS, fmt)),
        *((fmt.translate(part.title), number_link(page.total, part.code, fmt)) for part, page in pages.items()),
        (fmt.translate("Proposed events"), counted_links(proposal_states(proposed, fmt), PROPOSALS, fmt)),
    ]
    st.html(facts_html(facts))
    render_own_proposals(scope, fmt, can_propose=may(context.actor, Action.PROPOSE_EVENT, scope), anchor=PROPOSALS)
    render_memoranda(register, fmt)
    render_year(profile, context, fmt)
    render_events(profile, context, fmt)
    render_evaluations(profile, evaluations, fmt)
    render_recommendations(int(counts["count"].sum()), profile, context, fmt)
    for part, page in pages.items():
        render_register(part, page, profile, fmt)


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
    if profile.contact and (is_of_own or context.actor.ngo_id == profile.ngo_id):
        facts.append((translate("Contact"), profile.contact))
    st.html(facts_html(facts))
    home_scope = context.actor.home_scope
    if home_scope.kind in {ScopeKind.REGION, ScopeKind.DISTRICT}:
        name = directory.of_scope(home_scope).name
        st.caption(translate("Below is what it did in your area: {area}.", area=name))


def scope_of(profile: NgoProfile) -> Scope:
    """Return the scope of an NGO."""
    return Scope.ngo(profile.ngo_id)


def own_area(context: RequestContext) -> str:
    """Return the code of the area in which the reader sees what an NGO did."""
    return current_filters().directory.of_scope(context.actor.home_scope).code


def number_link(number: int, part: str, fmt: Formatter) -> LinkedCell:
    """Return a number as a link to the part of the page with its rows."""
    return Link(fmt.number(number), f"#{part}") if number else fmt.number(number)


def counted_links(counts: Mapping[str, int], part: str, fmt: Formatter) -> LinkedCell:
    """Return numbers with what they count as links to the part of the page with their rows."""
    texts = [fmt.translate("{what}: {number}", what=what, number=fmt.number(n)) for what, n in counts.items() if n]
    return [Link(text, f"#{part}") for text in texts] or fmt.number(0)


def statuses(register: pd.DataFrame, fmt: Formatter) -> dict[str, int]:
    """Return how many memoranda have each status, in the order of the register."""
    found = register["status_code"].value_counts(sort=False)
    return {status_label(str(code), translate=fmt.translate): int(n) for code, n in found.items()}


def thread_states(counts: pd.DataFrame, fmt: Formatter) -> dict[str, int]:
    """Return how many recommendations are in each state."""
    rows = zip(counts["state_code"], counts["count"], strict=True)
    return {fmt.translate(RecommendationState(code).label): int(n) for code, n in rows}


def proposal_states(proposed: pd.DataFrame, fmt: Formatter) -> dict[str, int]:
    """Return how many proposals are in each state."""
    return {fmt.translate(state.label): int((proposed["state_code"] == state).sum()) for state in ProposalState}


def event_facts(profile: NgoProfile, context: RequestContext, fmt: Formatter) -> list[tuple[str, LinkedCell]]:
    """Return how many events it held in twelve months, and the support in soʻm that it was given in them."""
    translate, months = fmt.translate, Period.last_complete_months(context.today)
    found = cached_query(ngo_activity, scope=scope_of(profile), months=months)
    held, amount = (int(found[column].sum()) for column in ("events_held", "amount_uzs"))
    area, period = current_filters().directory.of_scope(context.actor.home_scope), fmt.period(months)
    view = DeskView(area, months, current_filters().directory)
    given = view.rows("supports", stir=profile.ngo_id)
    return [
        (translate("Events held, {period}", period=period), counted(held, view.events(profile.ngo_id), fmt)),
        (translate("Support, soʻm, {period}", period=period), counted(amount, given, fmt)),
    ]


def render_memoranda(register: pd.DataFrame, fmt: Formatter) -> None:
    """Draw the memoranda that it is a party to."""
    translate = fmt.translate
    title = translate("Memoranda")
    st.subheader(title, anchor=MEMORANDA)
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


def render_year(profile: NgoProfile, context: RequestContext, fmt: Formatter) -> None:
    """Draw its plan and events of a year by month and direction, with a link behind each cell."""
    translate, this = fmt.translate, context.today.year
    years = {str(year): str(year) for year in range(this - YEARS_BACK, this + 2)}
    year = int(valid_choice(Param.YEAR, years.__contains__, default=str(this)))
    title = translate("Plan and events of {year}", year=year)
    st.subheader(title, anchor=False)
    pick_choice(Param.YEAR, translate("Year"), years, chosen=str(year), width=YEAR_WIDTH)
    grid = cached_query(year_grid, scope=scope_of(profile), year=year, today=context.today, rows=GridRows.DIRECTION)
    if grid.empty:
        st.caption(translate("Nothing is planned or recorded for this year."))
        return
    st.html(legend_html(fmt))
    found = set(grid["row_code"])

    def address(code: str) -> str:
        params = {"area": own_area(context), "ngo": profile.ngo_id, "direction": code, "year": year}
        return link_to(PLAN_ADDRESS, view="list", **params)

    rows = [GridRow(each.value, translate(each.label)) for each in Direction if each.value in found]
    this_month = context.today.month if year == this else None
    corner = translate("Direction")
    render_grid(grid_html(grid, rows, address=address, corner=corner, this_month=this_month, fmt=fmt, title=title))


def render_events(profile: NgoProfile, context: RequestContext, fmt: Formatter) -> None:
    """Draw its newest joint events, with the way to all of this year."""
    translate = fmt.translate
    title = translate("Newest joint events")
    st.subheader(title, anchor=False)
    last = Period.of_year(context.today.year + 1).last_day
    period = Period(Period.of_year(context.today.year - YEARS_BACK).first_day, last)
    events = cached_query(event_list, scope=scope_of(profile), period=period, limit=EVENTS_SHOWN)
    if events.empty:
        st.caption(translate("None is recorded."))
        return
    address = link_to(PLAN_ADDRESS, area=own_area(context), view="list", ngo=profile.ngo_id)
    st.html(f"<p>{link_html(Link(translate('All of this year in the list'), address))}</p>")
    rows = linked_event_rows(events, translate=translate)
    st.html(record_table(rows, linked_event_columns(translate, has_ngos=False), fmt=fmt, title=title))


def render_evaluations(profile: NgoProfile, page: FramePage, fmt: Formatter) -> None:
    """Draw what it said of events, as far as the reader may read it; ``page`` is the first one."""
    translate, key = fmt.translate, f"ngo-{EVALUATIONS}"
    title = translate("Evaluations")
    render_part_heading(title, page.total, EVALUATIONS, fmt)
    if not page.total:
        st.caption(translate("There is no evaluation by it that you may read. Confidential ones count in sums."))
        return
    first = first_row(page.total, key=key)
    if first:
        page = cached_query(ngo_evaluations, ngo_id=profile.ngo_id, limit=PAGE_ROWS, offset=first)
    headings = [translate("Joint event"), translate("Date"), translate("Mean rating"), translate("Comment")]
    rows = [
        [
            Link(row["title"] or row["number"], record_address(EVENT_ADDRESS, row["event_id"])),
            fmt.date(row["event_date"]),
            fmt.rating(row["mark_mean"]),
            row["comment"] or "–",
        ]
        for row in page.frame.to_dict("records")
    ]
    st.html(linked_table(headings, rows, title=title, numbers=frozenset({2})))
    render_paging(page.total, key=key, fmt=fmt)


def render_part_heading(title: str, total: int, part: str, fmt: Formatter) -> None:
    """Draw the heading of a part with the number of its rows."""
    st.subheader(f"{title}: {fmt.number(total)}", anchor=part)


def render_recommendations(total: int, profile: NgoProfile, context: RequestContext, fmt: Formatter) -> None:
    """Draw what it recommended and what came of it; ``total`` is the number of all recommendations."""
    translate, key = fmt.translate, f"ngo-{RECOMMENDATIONS}"
    title = translate("Recommendations and answers")
    render_part_heading(title, total, RECOMMENDATIONS, fmt)
    if not total:
        st.caption(translate("None is recorded."))
        return
    first = first_row(total, key=key)
    frame = cached_query(threads, scope=scope_of(profile), today=context.today, limit=first + PAGE_ROWS)
    headings = [translate("Recommendation"), translate("State"), translate("Answer"), translate("Owner")]
    rows = [
        [
            row["text"],
            translate(RecommendationState(row["state_code"]).label),
            row["answer"] or "–",
            row["owner"] or "–",
        ]
        for row in frame.iloc[first : first + PAGE_ROWS].to_dict("records")
    ]
    st.html(linked_table(headings, rows, title=title))
    render_paging(total, key=key, fmt=fmt)


def records_of(part: RegisterPart, profile: NgoProfile, *, offset: int = 0) -> RecordPage:
    """Return a page of the records of a part, the newest first."""
    scope, only = scope_of(profile), dict(part.only)
    return cached_query(list_records, register=part.register, scope=scope, only=only, limit=PAGE_ROWS, offset=offset)


def render_register(part: RegisterPart, page: RecordPage, profile: NgoProfile, fmt: Formatter) -> None:
    """Draw the records of a part, page by page; ``page`` is the first one."""
    title, key = fmt.translate(part.title), f"ngo-{part.code}"
    render_part_heading(title, page.total, part.code, fmt)
    if not page.total:
        st.caption(fmt.translate("None is recorded."))
        return
    first = first_row(page.total, key=key)
    frame = (records_of(part, profile, offset=first) if first else page).frame
    options = FormOptions(districts=names_of(frame, current_filters().directory))
    sheet = register_sheet(part.register)
    st.html(records_html(sheet, frame, options, fmt, title=title, left_out=NOT_OF_A_ROW))
    render_paging(page.total, key=key, fmt=fmt)


def names_of(frame: pd.DataFrame, directory: AreaDirectory) -> dict[str, str]:
    """Return the names of the districts of a list of records."""
    return {code: directory.name(code) for code in frame["district"].unique()} if "district" in frame else {}
