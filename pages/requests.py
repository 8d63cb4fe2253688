"""Information requests: what waits for an answer of either side and since when, what was answered, and each request."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from components.indicators.records import counted_rows, render_counted_heading
from components.registers.action import action_at_hand, begin_action, render_done
from components.shell.address import link_to, record_address, record_id
from components.shell.cache import cached_query
from components.shell.chrome import DISTRICT_ADDRESS, NGO_ADDRESS, REQUESTS_ADDRESS, render_title
from components.shell.filters import Filters, current_filters, pick_area
from components.shell.formatter import Formatter, is_missing
from components.shell.request_context import RequestContext, current_context
from components.tables.links import Link, LinkedCell, linked_table
from components.tables.paging import PAGE_ROWS, first_row, render_paging
from data.codes import Party, RequestKind
from data.database.engine import reading
from data.indicators.declaration import RecordKind
from data.language import N_
from data.policy import Action, Scope, ScopeKind, require
from data.registers.entry import register_sheet
from pages.forms.record_view import TOP, render_record
from pages.forms.requests import ASK, askable_districts, render_answer, render_ask
from queries.indicators.records import counted_numbers
from queries.registers.records import StoredRecord
from queries.requests import REGISTER, RequestPage, answered_requests, counted_requests, side_of, waiting_requests

# Titles of what waits, by the side that owes the answer.
WAITING: Mapping[Party, str] = {
    Party.POLICE: N_("Wait for an answer of the internal affairs bodies"),
    Party.NGO: N_("Wait for an answer of an NGO"),
}
OTHER = {Party.NGO: Party.POLICE, Party.POLICE: Party.NGO}


def render_page() -> None:
    """Draw the request of the address, or the lists."""
    context, filters = current_context(), current_filters()
    fmt = Formatter(context.translate)
    require(context.actor, Action.SEE_RECORDS)
    if record_id():
        render_request(filters, context, fmt)
    else:
        render_lists(filters, context, fmt)


def render_lists(filters: Filters, context: RequestContext, fmt: Formatter) -> None:
    """Draw the choice of area, the form that asks, and the requests: first those that the reader's side owes."""
    translate, home = fmt.translate, context.actor.home_scope
    render_title(translate("Information requests"), context)
    is_ngo = home.kind is ScopeKind.NGO
    districts, (do, _) = askable_districts(context), action_at_hand()
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        if not is_ngo:
            pick_area(filters)
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
    area = filters.directory.seen_in_full(context.actor, filters.area)
    if area is None:
        st.caption(translate("The records of this area are shown to the leaders of the area itself."))
        return
    scope = home if is_ngo else area.scope
    counted = counted_rows(RecordKind.REQUESTS, filters=filters, context=context)
    if counted is not None and area == filters.area:
        numbers = cached_query(counted_numbers, scope=scope, rows=counted)
        render_counted_heading(counted, numbers, path=REQUESTS_ADDRESS, fmt=fmt)
        behind = partial(counted_requests, scope=scope, rows=counted)
        render_list(translate("Requests due"), behind, "requests-counted", scope, filters, context, fmt)
        return
    own = side_of(context.actor)
    for owing in (own, OTHER[own]):
        waiting = partial(waiting_requests, scope=scope, asked_by=OTHER[owing])
        render_list(translate(WAITING[owing]), waiting, f"requests-{owing}", scope, filters, context, fmt)
    answered = partial(answered_requests, scope=scope)
    render_list(translate("Answered requests"), answered, "requests-answered", scope, filters, context, fmt)


def render_list(
    title: str,
    load: Callable[..., RequestPage],
    key: str,
    scope: Scope,
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
    st.subheader(f"{title}: {fmt.number(found.total)}", anchor=False)
    if found.frame.empty:
        st.caption(translate("None."))
        return
    has_district = scope.kind is not ScopeKind.DISTRICT
    headings = [translate("Topic"), translate("Answer due"), translate("NGO"), translate("Kind of request")]
    headings += [translate("Request number"), translate.context("workbook requests", "Sent")]
    headings += [translate("District")] if has_district else []
    records = found.frame.to_dict("records")
    rows = [request_cells(row, filters, context, fmt, has_district=has_district) for row in records]
    st.html(linked_table(headings, rows, title=title))
    render_paging(found.total, key=key, fmt=fmt)


def request_cells(
    row: Mapping[Hashable, Any], filters: Filters, context: RequestContext, fmt: Formatter, *, has_district: bool
) -> list[LinkedCell]:
    """Return a request as a row of a list."""
    answered = None if is_missing(row["answered_date"]) else row["answered_date"]
    cells: list[LinkedCell] = [
        Link(str(row["topic"]), record_address(REQUESTS_ADDRESS, int(row["request_id"]))),
        due_text(day_of_row(row["due_date"]), day_of_row(answered), context.today, fmt),
        Link(str(row["ngo_name"]), record_address(NGO_ADDRESS, int(row["ngo_id"]))),
        fmt.translate(RequestKind(row["kind_code"]).label),
        str(row["number"]),
        fmt.date(row["sent_date"]),
    ]
    return [*cells, district_link(str(row["district_soato"]), filters)] if has_district else cells


def day_of_row(value: Any) -> date | None:  # noqa: ANN401 - a cell of a frame
    """Return a day of a frame."""
    return None if value is None else date(value.year, value.month, value.day)


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

    sheet = register_sheet(REGISTER)
    render_record(sheet, filters, context, fmt, back=REQUESTS_ADDRESS, title=title, first=first, cells=cells)


render_page()
