"""Mahalla: its post, its year of plan and events, planned vs. actual, and the NGOs that are active there."""

from __future__ import annotations

import streamlit as st

from components.charts.cached_chart import render_chart
from components.charts.plan import plan_alt, plan_chart
from components.events.entries import ngo_cell
from components.events.grid import GridRow, grid_html, legend_html, render_grid
from components.registers.action import render_done
from components.registers.facts import facts_html
from components.shell.address import Param, link_to, record_id, valid_choice
from components.shell.cache import cached_query
from components.shell.chrome import DISTRICT_ADDRESS, PLAN_ADDRESS, render_back_link, render_title
from components.shell.empty_state import render_empty
from components.shell.filters import current_filters, pick_choice
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext, current_context
from components.tables.links import Link, LinkedCell, linked_table
from data.codes import Direction
from data.dates.period import Period
from data.policy import Action, ForbiddenError, Scope, require
from pages.forms.mahallas import TOP, render_merging
from queries.directory.mahallas import MahallaProfile, NoMahallaError, mahalla_ngos, mahalla_plan, mahalla_profile
from queries.events.year import GridRows, year_grid

YEARS_BACK = 3
YEAR_WIDTH = 110


def render_page() -> None:
    """Draw the mahalla of the address, or say that there is none that the reader may see."""
    context = current_context()
    translate, fmt = context.translate, Formatter(context.translate)
    require(context.actor, Action.SEE_RECORDS)
    render_back_link(PLAN_ADDRESS, translate("Plan and events"))
    try:
        profile = cached_query(mahalla_profile, mahalla_id=record_id())
    except (ForbiddenError, NoMahallaError):
        render_empty(
            translate("No such mahalla"),
            translate("It is not there, or its district is not yours. The list shows those that you may see."),
            icon=":material/search_off:",
        )
        return
    render_title(profile.name, context, record_district=profile.district_soato)
    area = current_filters().directory[profile.district_soato]
    facts: list[tuple[str, LinkedCell]] = [
        (translate("District"), Link(area.name, link_to(DISTRICT_ADDRESS, area=area.code))),
        (translate("Inspector's post"), profile.post or translate("Not recorded")),
    ]
    render_done(TOP, translate)
    st.html(facts_html(facts))
    render_merging(profile, context, fmt)
    this = context.today.year
    years = {str(year): str(year) for year in range(this - YEARS_BACK, this + 2)}
    year = int(valid_choice(Param.YEAR, years.__contains__, default=str(this)))
    pick_choice(Param.YEAR, translate("Year"), years, chosen=str(year), width=YEAR_WIDTH)
    render_year(profile, year, context, fmt)
    render_plan(profile, year, fmt)
    render_ngos(profile, year, context, fmt)


def render_year(profile: MahallaProfile, year: int, context: RequestContext, fmt: Formatter) -> None:
    """Draw the events by month and direction."""
    translate = fmt.translate
    title = translate("Plan and events of {year}", year=year)
    st.subheader(title, anchor=False)
    grid = cached_query(
        year_grid,
        scope=Scope.district(profile.district_soato),
        year=year,
        today=context.today,
        rows=GridRows.DIRECTION,
        mahalla_id=profile.mahalla_id,
    )
    if grid.empty:
        st.caption(translate("Nothing is planned or recorded for this year."))
        return
    st.html(legend_html(fmt))
    found = set(grid["row_code"])
    rows = [GridRow(each.value, translate(each.label)) for each in Direction if each.value in found]

    def address(code: str) -> str:
        params = {"mahalla": profile.mahalla_id, "direction": code, "year": year}
        return link_to(PLAN_ADDRESS, area=profile.district_soato, view="list", **params)

    render_grid(
        grid_html(
            grid,
            rows,
            address=address,
            corner=translate("Direction"),
            this_month=context.today.month if year == context.today.year else None,
            fmt=fmt,
            title=title,
        )
    )


def render_plan(profile: MahallaProfile, year: int, fmt: Formatter) -> None:
    """Draw plan items by month, and how many were fulfilled."""
    translate = fmt.translate
    frame = cached_query(mahalla_plan, mahalla_id=profile.mahalla_id, year=year)
    st.subheader(translate("Planned vs. actual"), anchor=False)
    if not frame["planned"].sum():
        st.caption(translate("No joint plan is recorded for these months."))
        return
    render_chart(
        lambda: (plan_chart(frame, translate=translate), plan_alt(frame, translate=translate)),
        key="mahalla_plan",
        cache_key=(profile.mahalla_id, year),
    )


def render_ngos(profile: MahallaProfile, year: int, context: RequestContext, fmt: Formatter) -> None:
    """Draw the NGOs that held events there in the year."""
    translate = fmt.translate
    title = translate("NGOs active here in {year}", year=year)
    st.subheader(title, anchor=False)
    frame = cached_query(mahalla_ngos, mahalla_id=profile.mahalla_id, period=Period.of_year(year))
    if frame.empty:
        st.caption(translate("No joint event was held in these months."))
        return
    headings = [translate("NGO"), translate("Events held"), translate("Last joint event")]
    rows = [
        [
            ngo_cell([(row["ngo_id"], row["ngo"])], context.actor),
            fmt.number(row["events"]),
            fmt.date(row["last_event_date"]),
        ]
        for row in frame.to_dict("records")
    ]
    st.html(linked_table(headings, rows, title=title, numbers=frozenset({1})))


render_page()
