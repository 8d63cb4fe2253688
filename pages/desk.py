"""Cooperation desk: information requests with their clocks, support, trainings and awards, each a part of the page.

A part begins with the answer to its question: who owes an answer, how evenly support is spread, who is trained, who is
awarded. Below it stands the list of the register with the form of a new record; a record has a page of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from components.desk import (
    DeskView,
    awards_table,
    coverage_table,
    indicator_facts,
    least_covered_first,
    members_table,
    ngo_table,
    owed_table,
    support_kinds_table,
)
from components.indicators.records import counted_rows, render_counted_heading
from components.registers.action import action_at_hand, begin_action, render_done
from components.registers.facts import facts_html
from components.registers.records import DESK_REGISTERS
from components.shell.address import OF_ONE_LIST, Param, choose, link_to, record_address, record_id, valid_choice
from components.shell.areas import NATION_CODE, Area
from components.shell.cache import cached_query
from components.shell.chrome import DESK_ADDRESS, DISTRICT_ADDRESS, NGO_ADDRESS, render_title
from components.shell.filters import Filters, current_filters, pick_area, pick_period
from components.shell.formatter import Formatter, is_missing
from components.shell.request_context import RequestContext, current_context
from components.shell.widgets import pick_pill, pick_tab
from components.tables.links import Link, LinkedCell, Marked, link_html, linked_table
from components.tables.paging import PAGE_ROWS, first_row, render_paging
from data.codes import Party, RequestKind
from data.database.engine import reading
from data.dates.working_days import reminder_until
from data.indicators.answers import ANSWER_DAYS, REQUESTS_ON_TIME
from data.indicators.capacity import NGOS_SUPPORTED, SUPPORT_GINI, TRAINED
from data.indicators.declaration import RecordKind
from data.language import N_
from data.policy import Action, ScopeKind, require
from data.registers.declaration import RegisterSheet
from data.registers.entry import register_sheet
from pages.forms.record_list import ENTER, narrowing, render_enter_button, render_entry, render_records
from pages.forms.record_view import TOP, render_record
from pages.forms.requests import ASK, askable_districts, render_answer, render_ask
from pages.loaders.indicators import load_values, whole_period
from pages.loaders.records import load_writable_districts
from queries.desk import (
    awards_by_ground,
    desk_months,
    ngo_activity,
    support_by_kind,
    training_coverage,
    training_members,
)
from queries.frames import FramePage
from queries.indicators.records import counted_numbers
from queries.registers.records import StoredRecord
from queries.requests import (
    OTHER_SIDE,
    RequestClock,
    answered_requests,
    counted_requests,
    owed_answers,
    side_of,
    waiting_requests,
)

REQUESTS, SUPPORTS, TRAININGS, AWARDS = DESK_REGISTERS
# Titles of what waits, by the side that owes the answer.
WAITING: Mapping[Party, str] = {
    Party.POLICE: N_("Wait for an answer of the internal affairs bodies"),
    Party.NGO: N_("Wait for an answer of an NGO"),
}
TRAINED_CODE, UNTRAINED_CODE = "trained", "untrained"


def render_page() -> None:
    """Draw the record of the address, or the part of the desk that it names."""
    context, filters = current_context(), current_filters()
    fmt = Formatter(context.translate)
    require(context.actor, Action.SEE_RECORDS)
    part = valid_choice(Param.VIEW, DESK_REGISTERS.__contains__, default=REQUESTS)
    if not record_id():
        render_desk(part, filters, context, fmt)
    elif part == REQUESTS:
        render_request(filters, context, fmt)
    else:
        render_record(register_sheet(part), filters, context, fmt, back=DESK_ADDRESS)


def render_desk(part: str, filters: Filters, context: RequestContext, fmt: Formatter) -> None:
    """Draw the choice of area, period and part, and the part that is chosen."""
    translate, language = fmt.translate, fmt.translate.language
    is_ngo = context.actor.home_scope.kind is ScopeKind.NGO
    render_title(translate("Cooperation desk"), context, has_area=not is_ngo)
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        if not is_ngo:
            pick_area(filters)
        pick_period(filters)
    parts = {code: register_sheet(code).name.in_language(language) for code in DESK_REGISTERS}
    with pick_tab(parts, chosen=part, key=f"{Param.VIEW}:{language}", on_choose=open_part):
        # Its own records are an NGO's in any area.
        area = filters.directory[NATION_CODE] if is_ngo else filters.directory.seen_in_full(context.actor, filters.area)
        if area is None:
            st.caption(translate("The records of this area are shown to the leaders of the area itself."))
        elif part == REQUESTS:
            render_requests(area, filters, context, fmt)
        else:
            render_register(register_sheet(part), area, filters, context, fmt)


def open_part(code: str) -> None:
    """Show another part, without what is about the list of this one; a callback."""
    for param in (*OF_ONE_LIST, Param.RECORD):
        choose(param, "")
    choose(Param.VIEW, code)
    begin_action("")


def render_register(
    sheet: RegisterSheet, area: Area, filters: Filters, context: RequestContext, fmt: Formatter
) -> None:
    """Draw the form of a new record, the answer to the question of the part, and the records."""
    districts = load_writable_districts(context.actor, register=sheet.code)
    render_enter_button(districts, fmt)
    render_done(TOP, fmt.translate)
    if districts and action_at_hand()[0] == ENTER:
        render_entry(sheet, districts, filters, context, fmt)
    counted = counted_rows(RecordKind.TRAININGS, filters=filters, context=context) if sheet.code == TRAININGS else None
    if counted is not None and area == filters.area:
        numbers = cached_query(counted_numbers, scope=area.scope, rows=counted)
        render_counted_heading(counted, numbers, path=DESK_ADDRESS, fmt=fmt)
        render_records(sheet, area, filters, context, fmt, counted=counted)
        return
    # Behind a number stand its rows, and nothing before them.
    if not any(narrowing(sheet)):
        view = DeskView(area, desk_months(whole_period(filters, context), context.today), filters.directory)
        period = fmt.period(view.months)
        st.caption(fmt.translate("{period}: the 12 months up to the end of the chosen period", period=period))
        answers = {SUPPORTS: render_support, TRAININGS: render_trainings, AWARDS: render_awards}
        answers[sheet.code](view, filters, context, fmt)
        st.subheader(sheet.title.in_language(fmt.translate.language), anchor=False)
    render_records(sheet, area, filters, context, fmt)


def render_figures(
    codes: tuple[str, ...], view: DeskView, filters: Filters, context: RequestContext, fmt: Formatter
) -> None:
    """Draw indicators of the area with their intervals and what they rest on."""
    scope = view.area.scope
    values = load_values(filters.of_all_directions, context, scope=scope, by=scope.kind, codes=codes)
    st.html(facts_html(indicator_facts(values, codes, whole_period(filters, context), fmt)))


def render_support(view: DeskView, filters: Filters, context: RequestContext, fmt: Formatter) -> None:
    """Draw how evenly support is spread, by form and by NGO, and who got none."""
    translate, is_ngo = fmt.translate, context.actor.home_scope.kind is ScopeKind.NGO
    if not is_ngo:
        render_figures((NGOS_SUPPORTED.code, SUPPORT_GINI.code), view, filters, context, fmt)
    kinds = cached_query(support_by_kind, scope=view.area.scope, months=view.months)
    if kinds.empty:
        st.caption(translate("No support was given in these months."))
    else:
        st.html(support_kinds_table(kinds, view, fmt))
    if is_ngo:
        return
    ngos = cached_query(ngo_activity, scope=view.area.scope, months=view.months)
    is_without = ngos["is_active"] & (ngos["events_held"] > 0) & (ngos["supports"] == 0)
    without = ngos[is_without].sort_values("events_held", ascending=False, kind="stable")
    render_ngos(translate("Held events and were given no support"), without, ("events_held",), view, fmt)
    order = ["amount_uzs", "supports", "events_held"]
    given = ngos[ngos["supports"] > 0].sort_values(order, ascending=False, kind="stable")
    render_ngos(translate("Support by NGO"), given, ("amount_uzs", "supports", "events_held"), view, fmt)


def render_ngos(title: str, frame: pd.DataFrame, columns: tuple[str, ...], view: DeskView, fmt: Formatter) -> None:
    """Draw NGOs with their numbers, page by page."""
    st.subheader(f"{title}: {fmt.number(len(frame))}", anchor=False)
    if frame.empty:
        st.caption(fmt.translate("None."))
        return
    key = f"desk-{'-'.join(columns)}"
    first = first_row(len(frame), key=key)
    st.html(ngo_table(frame.iloc[first : first + PAGE_ROWS], columns, view, fmt, title=title))
    render_paging(len(frame), key=key, fmt=fmt)


def render_trainings(view: DeskView, filters: Filters, context: RequestContext, fmt: Formatter) -> None:
    """Draw who of both sides is trained and who is not: by district of a wider area, and by name."""
    translate = fmt.translate
    if context.actor.home_scope.kind is ScopeKind.NGO:
        return
    render_figures((TRAINED.code,), view, filters, context, fmt)
    coverage = cached_query(training_coverage, scope=view.area.scope, months=view.months, today=context.today)
    sums = coverage.sum(numeric_only=True)
    facts: list[tuple[str, LinkedCell]] = [
        (translate("Inspectors' posts with training"), share_text(sums["posts_trained"], sums["posts"], fmt)),
        (translate("NGOs with training"), share_text(sums["ngos_trained"], sums["ngos"], fmt)),
    ]
    st.html(facts_html(facts))
    if view.is_wide:
        render_districts(coverage, view, fmt)
    trained = int(sums["posts_trained"] + sums["ngos_trained"])
    numbers = {UNTRAINED_CODE: int(sums["posts"] + sums["ngos"]) - trained, TRAINED_CODE: trained}
    names = {UNTRAINED_CODE: translate("Without training"), TRAINED_CODE: translate("With training")}
    labels = {code: f"{names[code]}: {fmt.number(numbers[code])}" for code in names}
    key = f"{Param.ROWS}:{translate.language}"
    st.subheader(translate("Posts and NGOs by name"), anchor=False)
    chosen = pick_pill(Param.ROWS, translate("Posts and NGOs by name"), labels, key=key, default=UNTRAINED_CODE)
    render_members(view, fmt, is_trained=chosen == TRAINED_CODE, title=labels[chosen])


def render_districts(coverage: pd.DataFrame, view: DeskView, fmt: Formatter) -> None:
    """Draw how many are trained in each district, the least covered first, page by page."""
    title, key = fmt.translate("Who is trained, by district"), "desk-districts"
    st.subheader(title, anchor=False)
    ordered = least_covered_first(coverage)
    first = first_row(len(ordered), key=key)
    st.html(coverage_table(ordered.iloc[first : first + PAGE_ROWS], view, fmt, title=title))
    render_paging(len(ordered), key=key, fmt=fmt)


def share_text(counted: float, of: float, fmt: Formatter) -> str:
    """Return how many of how many."""
    return fmt.translate("{number} of {total}", number=fmt.number(counted), total=fmt.number(of))


def render_members(view: DeskView, fmt: Formatter, *, is_trained: bool, title: str) -> None:
    """Draw posts and NGOs by name, page by page."""
    key = f"desk-{TRAINED_CODE if is_trained else UNTRAINED_CODE}"

    def page(offset: int) -> FramePage:
        scope, months = view.area.scope, view.months
        return cached_query(
            training_members,
            scope=scope,
            months=months,
            today=current_context().today,
            is_trained=is_trained,
            limit=PAGE_ROWS,
            offset=offset,
        )

    total = page(0).total
    if not total:
        st.caption(fmt.translate("None."))
        return
    shown = page(first_row(total, key=key)).frame
    st.html(members_table(shown, view, fmt, is_trained=is_trained, title=title))
    render_paging(total, key=key, fmt=fmt)


def render_awards(view: DeskView, _filters: Filters, context: RequestContext, fmt: Formatter) -> None:
    """Draw awards by ground and kind, and beside how active NGOs are: who was awarded and who never."""
    translate = fmt.translate
    grounds = cached_query(awards_by_ground, scope=view.area.scope, months=view.months)
    if grounds.empty:
        st.caption(translate("No award was given in these months."))
    else:
        st.html(awards_table(grounds, view, fmt))
    if context.actor.home_scope.kind is ScopeKind.NGO:
        return
    ngos = cached_query(ngo_activity, scope=view.area.scope, months=view.months)
    ngos = ngos.sort_values("events_held", ascending=False, kind="stable")
    is_never = ngos["is_active"] & (ngos["events_held"] > 0) & ~ngos["has_award"]
    render_ngos(translate("Active NGOs never awarded"), ngos[is_never], ("events_held",), view, fmt)
    awarded = ngos[ngos["awards"] > 0]
    render_ngos(translate("NGOs awarded in these months"), awarded, ("events_held", "awards"), view, fmt)


def render_requests(area: Area, filters: Filters, context: RequestContext, fmt: Formatter) -> None:
    """Draw the form that asks, who owes how many answers, and the requests: first those that the reader's side owes."""
    translate = fmt.translate
    districts, (do, _) = askable_districts(context), action_at_hand()
    if districts and do != ASK:
        st.button(
            translate("Ask for information"),
            key="do-ask",
            type="primary",
            icon=":material/contact_support:",
            on_click=begin_action,
            args=(ASK,),
        )
    render_done(TOP, translate)
    if districts and do == ASK:
        render_ask(districts, filters, context, fmt)
    counted = counted_rows(RecordKind.REQUESTS, filters=filters, context=context)
    if counted is not None and area == filters.area:
        numbers = cached_query(counted_numbers, scope=area.scope, rows=counted)
        render_counted_heading(counted, numbers, path=DESK_ADDRESS, fmt=fmt)
        behind = partial(counted_requests, scope=area.scope, counted=counted)
        render_list(translate("Requests due"), behind, "requests-counted", area, filters, context, fmt)
        return
    clock = valid_choice(Param.STATE, set(RequestClock).__contains__, default="")
    chosen = valid_choice(Param.ROWS, set(Party).__contains__, default="")
    own = side_of(context.actor)
    sides = (own, OTHER_SIDE[own])
    if chosen:
        render_narrowed(RequestClock(clock) if clock else None, fmt)
    else:
        render_owed(sides, area, filters, context, fmt)
    for owing in [side for side in sides if chosen in {"", side.value}]:
        waiting = partial(
            waiting_requests,
            scope=area.scope,
            asked_by=OTHER_SIDE[owing],
            today=context.today,
            clock=RequestClock(clock) if clock else None,
        )
        render_list(translate(WAITING[owing]), waiting, f"requests-{owing}", area, filters, context, fmt)
    if not chosen and not clock:
        answered = partial(answered_requests, scope=area.scope)
        render_list(translate("Answered requests"), answered, "requests-answered", area, filters, context, fmt)


def render_owed(
    sides: tuple[Party, ...], area: Area, filters: Filters, context: RequestContext, fmt: Formatter
) -> None:
    """Draw how many answers each side owes, and how quickly answers came in the chosen months."""
    with reading() as connection:
        owed = owed_answers(connection, context.actor, scope=area.scope, today=context.today)
    st.html(owed_table(owed, sides, area, fmt))
    if context.actor.home_scope.kind is not ScopeKind.NGO:
        view = DeskView(area, whole_period(filters, context), filters.directory)
        render_figures((REQUESTS_ON_TIME.code, ANSWER_DAYS.code), view, filters, context, fmt)


def render_narrowed(clock: RequestClock | None, fmt: Formatter) -> None:
    """Draw which requests are listed, with the way to all of them."""
    translate = fmt.translate
    names = {RequestClock.OVERDUE: translate("Overdue"), RequestClock.DUE_SOON: translate("Due within 3 working days")}
    about = f"{names[clock]} · " if clock else ""
    st.html(f"<p>{about}{link_html(Link(translate('Show the whole list'), link_to(DESK_ADDRESS)))}</p>")


def render_list(
    title: str,
    load: Callable[..., FramePage],
    key: str,
    area: Area,
    filters: Filters,
    context: RequestContext,
    fmt: Formatter,
) -> None:
    """Draw the requests of one list, page by page, each with its clock."""
    translate = fmt.translate
    with reading() as connection:
        found = load(connection, context.actor, limit=PAGE_ROWS, offset=0)
        first = first_row(found.total, key=key)
        if first:
            found = load(connection, context.actor, limit=PAGE_ROWS, offset=first)
        until = reminder_until(connection, context.today)
    st.subheader(f"{title}: {fmt.number(found.total)}", anchor=False)
    if found.frame.empty:
        st.caption(translate("None."))
        return
    has_district = area.scope.kind is not ScopeKind.DISTRICT
    headings = [translate("Topic"), translate("Answer due"), translate("NGO"), translate("Kind of request")]
    headings += [translate("Request number"), translate.context("workbook requests", "Sent")]
    headings += [translate("District")] if has_district else []
    records = found.frame.to_dict("records")
    rows = [request_cells(row, filters, context, fmt, until=until, has_district=has_district) for row in records]
    st.html(linked_table(headings, rows, title=title))
    render_paging(found.total, key=key, fmt=fmt)


def request_cells(
    row: Mapping[Hashable, Any],
    filters: Filters,
    context: RequestContext,
    fmt: Formatter,
    *,
    until: date,
    has_district: bool,
) -> list[LinkedCell]:
    """Return a request as a row of a list."""
    answered = None if is_missing(row["answered_date"]) else day_of_row(row["answered_date"])
    due = day_of_row(row["due_date"])
    cells: list[LinkedCell] = [
        Link(str(row["topic"]), record_address(DESK_ADDRESS, int(row["request_id"]))),
        due_cell(due, answered, context.today, fmt, until=until),
        Link(str(row["ngo_name"]), record_address(NGO_ADDRESS, int(row["ngo_id"]))),
        fmt.translate(RequestKind(row["kind_code"]).label),
        str(row["number"]),
        fmt.date(row["sent_date"]),
    ]
    return [*cells, district_link(str(row["district_soato"]), filters)] if has_district else cells


def day_of_row(value: Any) -> date | None:  # noqa: ANN401 - a cell of a frame
    """Return a day of a frame."""
    return None if value is None else date(value.year, value.month, value.day)


def due_cell(due: date | None, answered: date | None, today: date, fmt: Formatter, *, until: date) -> LinkedCell:
    """Return when an answer is due; one that is late, or due ``until`` the last day of a reminder, stands out."""
    text = due_text(due, answered, today, fmt)
    if due is None or answered is not None or due > until:
        return text
    return Marked(text, "late" if due < today else "soon")


def due_text(due: date | None, answered: date | None, today: date, fmt: Formatter) -> str:
    """Return when an answer is due and how far that is; of an answered request how late it came."""
    if due is None:
        return "–"
    days = (due - (answered or today)).days
    is_told = answered is None or days < 0
    return f"{fmt.date(due)} · {fmt.deadline(days)}" if is_told else fmt.date(due)


def district_link(soato: str, filters: Filters) -> Link:
    """Return a district as a link to its page."""
    return Link(filters.directory.name(soato), link_to(DISTRICT_ADDRESS, area=soato))


def render_request(filters: Filters, context: RequestContext, fmt: Formatter) -> None:
    """Draw the request of the address, with its answer or the form of one."""

    def title(record: StoredRecord) -> str:
        return fmt.translate("Request {number}: {title}", number=record.texts["number"], title=record.texts["topic"])

    def first(record: StoredRecord) -> bool:
        region = filters.directory[record.district_soato].region_soato
        return render_answer(record, region, fmt, due=clock_text(record))

    def cells(record: StoredRecord) -> Mapping[str, LinkedCell]:
        return {"district": district_link(record.district_soato, filters), "due_date": clock_text(record)}

    def clock_text(record: StoredRecord) -> str:
        days = (record.values[code] for code in ("due_date", "answered_date"))
        due, answered = (value if isinstance(value, date) else None for value in days)
        return due_text(due, answered, context.today, fmt)

    sheet = register_sheet(REQUESTS)
    render_record(sheet, filters, context, fmt, back=DESK_ADDRESS, title=title, first=first, cells=cells)


render_page()
