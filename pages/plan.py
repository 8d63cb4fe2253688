"""Plan and events: the year as a grid, planned vs. actual, a month as a calendar, the list, entry, and plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.attention import PROPOSALS
from components.charts.cached_chart import render_chart
from components.charts.plan import plan_alt, plan_chart
from components.events.calendar import month_html
from components.events.entries import entries_html, entry_columns, entry_rows, month_name
from components.events.form import NEW_HELD, NEW_PLANNED
from components.events.grid import GridRow, grid_html, legend_html, render_grid
from components.events.partners import PartnerView, partner_bars, partner_facts, partners_table
from components.indicators.records import counted_rows, plan_links, render_counted_heading
from components.registers.action import action_at_hand, begin_action, render_done
from components.registers.facts import facts_html
from components.shell.address import Param, choices, choose, chosen_id, link_to, record_address, record_id, valid_choice
from components.shell.areas import Area
from components.shell.cache import cached_query, cached_value
from components.shell.chrome import EVENT_ADDRESS, MAHALLA_ADDRESS, PLAN_ADDRESS, render_title
from components.shell.empty_state import render_empty
from components.shell.filters import (
    Filters,
    current_filters,
    pick_area,
    pick_choice,
    pick_direction,
    pick_period,
)
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext, current_context
from components.shell.widgets import pick_tab, set_widget
from components.tables.downloads import DownloadSheet, render_download
from components.tables.links import Link, link_html
from components.tables.paging import first_row, render_paging
from data.codes import Direction, EntryState, EventState, Labelled, Partner
from data.database.engine import get_engine, reading
from data.dates.period import Period, shift_month
from data.indicators import INDICATORS
from data.indicators.counted import ANY_PARTNER, CountedRows, is_partner
from data.indicators.declaration import RecordKind
from data.language import N_
from data.policy import Action, Scope, ScopeKind, may, require
from pages.forms.events import new_form, render_form, tell_saved
from pages.forms.plans import render_copy, render_drawing
from pages.forms.proposals import render_proposals
from pages.loaders.records import load_writable_districts
from queries.directory.mahallas import mahalla_profile
from queries.directory.ngos import ngo_profile
from queries.events.entries import WHOLE_DISTRICT, EntryFilter, entries
from queries.events.partners import partners_by_district, partners_by_mahalla
from queries.events.sums import plan_and_fact
from queries.events.year import GridRows, day_counts, mahalla_names, year_grid
from queries.indicators.records import counted_numbers
from queries.registers.entries import SavedEntry

PAGE_SIZE = 25
EXPORTED = 10_000
SHOWN_IN_MONTH = 300
YEARS_BACK = 3
ENTRY_PLACE = "entry"
SAVED = N_("Saved. The form below is empty for the next one.")
MONTH_ALL = "0"
ANY_STATE = "any"
SOONEST, NEWEST = "soonest", "newest"
WITHDRAWN = "withdrawn"
YEAR_WIDTH, MONTH_WIDTH, STATE_WIDTH, SORT_WIDTH, SEARCH_WIDTH, MAHALLA_WIDTH = 110, 135, 165, 175, 250, 190
ROWS_WIDTH, PARTNER_WIDTH = 200, 230


class PlanView(Labelled):
    """Parts of the page, of which one is shown at a time."""

    YEAR = "grid", N_("The year")
    CHART = "chart", N_("Planned vs. actual")
    CALENDAR = "calendar", N_("Calendar")
    LIST = "list", N_("List")
    PARTNERS = "partners", N_("Partners")
    PROPOSALS = PROPOSALS, N_("Proposals of NGOs")
    ENTRY = "entry", N_("New event")
    PLAN = "plan", N_("Draw up a plan")


WRITING = frozenset({PlanView.ENTRY, PlanView.PLAN})
FILTERED = frozenset({PlanView.YEAR, PlanView.CALENDAR, PlanView.LIST, PlanView.PARTNERS})


@dataclass(frozen=True)
class PlanFilters:
    """What of plan and events is shown: an area that the reader sees in full, and what the address says besides."""

    area: Area
    view: PlanView
    year: int
    month: int | None
    day: int | None
    rows: GridRows
    direction: Direction | None
    mahalla_id: int | None
    ngo_id: int
    partner: str
    state: EntryState | None
    is_withdrawn: bool
    search: str
    is_soonest_first: bool
    page: int
    counted: CountedRows | None = None

    @property
    def wanted(self) -> EntryFilter:
        """Entries of the list."""
        return EntryFilter(
            counted=self.counted,
            year=self.year,
            month=self.month,
            day=self.day if self.month else None,
            direction=self.direction,
            mahalla_id=self.mahalla_id,
            ngo_id=self.ngo_id,
            partner=self.partner,
            state=self.state,
            search=self.search,
            is_withdrawn=self.is_withdrawn,
        )


def settle_plan(area: Area, filters: Filters, context: RequestContext) -> PlanFilters:
    """Return the filters of this page from the address; what is not valid there gives way to the default."""
    may_enter = may(context.actor, Action.EDIT_RECORDS)
    views = {view.value for view in PlanView if may_enter or view not in WRITING}
    is_district = area.scope.kind is ScopeKind.DISTRICT
    rows = GridRows.MAHALLA if is_district else GridRows.DIRECTION
    states = {state.value for state in EntryState} | ({WITHDRAWN} if may_enter else set())
    state = valid_choice(Param.STATE, states.__contains__, default=ANY_STATE)
    month, day = (_number(param, most) for param, most in ((Param.MONTH, 12), (Param.DAY, 31)))
    year = int(valid_choice(Param.YEAR, _years(context).__contains__, default=str(context.today.year)))
    if month is None or day is None or day > Period.of_months(date(year, month, 1), 1).last_day.day:
        day = None
    return PlanFilters(
        area=area,
        view=PlanView(valid_choice(Param.VIEW, views.__contains__, default=PlanView.YEAR)),
        year=year,
        month=month,
        day=day,
        rows=GridRows(valid_choice(Param.ROWS, set(GridRows).__contains__, default=rows)) if is_district else rows,
        direction=filters.direction,
        mahalla_id=_number(Param.MAHALLA, 10**9, least=0) if is_district else None,
        ngo_id=chosen_id(Param.NGO),
        partner=valid_choice(Param.PARTNER, is_partner, default=""),
        state=None if state in {ANY_STATE, WITHDRAWN} else EntryState(state),
        is_withdrawn=state == WITHDRAWN,
        search=choices().get(Param.SEARCH, ""),
        is_soonest_first=valid_choice(Param.SORT, {SOONEST, NEWEST}.__contains__, default=NEWEST) == SOONEST,
        page=_number(Param.PAGE, 100_000) or 1,
        counted=counted_rows(RecordKind.EVENTS, RecordKind.PLAN_ITEMS, filters=filters, context=context),
    )


def _years(context: RequestContext) -> list[str]:
    this = context.today.year
    return [str(year) for year in range(this - YEARS_BACK, this + 2)]


def _number(param: Param, most: int, *, least: int = 1) -> int | None:
    code = valid_choice(
        param, lambda text: text.isascii() and text.isdigit() and least <= int(text) <= most, default=""
    )
    return int(code) if code else None


def render_page() -> None:
    """Draw the filters, the choice of a part, and that part of the area whose records the reader sees."""
    context, filters = current_context(), current_filters()
    translate, fmt = context.translate, Formatter(context.translate)
    require(context.actor, Action.SEE_RECORDS)
    area = filters.directory.seen_in_full(context.actor, filters.area)
    render_title(translate("Plan and events: {area}", area=(area or filters.area).name), context)
    if area is None:
        with st.container(key="filters"):
            pick_area(filters)
        st.caption(translate("The plan of this area is shown to the leaders of the area itself."))
        return
    shown = settle_plan(area, filters, context)
    if shown.counted:
        with st.container(key="filters"):
            pick_area(filters)
        render_list(shown, filters, context, fmt)
        return
    render_plan_filters(shown, filters, context, fmt)
    with pick_view(context, shown, fmt):
        render_view(shown, filters, context, fmt)


def render_view(shown: PlanFilters, filters: Filters, context: RequestContext, fmt: Formatter) -> None:
    """Draw the part that is chosen."""
    if shown.view in FILTERED:
        render_more_filters(shown, filters, context, fmt)
    match shown.view:
        case PlanView.YEAR:
            render_year(shown, context, fmt)
        case PlanView.CHART:
            render_plan_chart(shown, context, fmt)
        case PlanView.CALENDAR:
            render_calendar(shown, context, fmt)
        case PlanView.LIST:
            render_list(shown, filters, context, fmt)
        case PlanView.PARTNERS:
            render_partners(shown, filters, fmt)
        case PlanView.PROPOSALS:
            render_proposals(shown.area.scope, shown.area.region_soato, fmt)
        case PlanView.ENTRY:
            render_entry(shown, fmt)
        case PlanView.PLAN:
            render_drawing_up(shown, fmt)


def render_plan_filters(shown: PlanFilters, filters: Filters, context: RequestContext, fmt: Formatter) -> None:
    """Draw area and year side by side; of partners, any of the periods that figures have."""
    with st.container(horizontal=True, key="filters"):
        pick_area(filters)
        if shown.view is PlanView.PARTNERS:
            pick_period(filters)
            return
        years = {year: year for year in _years(context)}
        pick_choice(Param.YEAR, fmt.translate("Year"), years, chosen=str(shown.year), width=YEAR_WIDTH)


def pick_view(context: RequestContext, shown: PlanFilters, fmt: Formatter) -> DeltaGenerator:
    """Draw a tab for each part and return the container of the one that is shown."""
    translate = fmt.translate
    may_enter = may(context.actor, Action.EDIT_RECORDS)
    views = {view.value: translate(view.label) for view in PlanView if may_enter or view not in WRITING}
    key = f"{Param.VIEW}:{translate.language}"
    return pick_tab(views, chosen=shown.view.value, key=key, on_choose=lambda code: open_view(PlanView(code)))


def open_view(view: PlanView) -> None:
    """Show another part, without the filters of a list that only a link set; a callback."""
    choose(Param.VIEW, view)
    for param in (Param.DAY, Param.NGO, Param.PARTNER, Param.PAGE, Param.RECORD, Param.DO):
        choose(param, "")


def render_year(shown: PlanFilters, context: RequestContext, fmt: Formatter) -> None:
    """Draw the year as a grid with a link behind each cell."""
    translate, is_district = fmt.translate, shown.area.scope.kind is ScopeKind.DISTRICT
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html(legend_html(fmt), width="content")
        if is_district:
            pick_rows(shown, fmt)
    grid = cached_query(
        year_grid,
        scope=shown.area.scope,
        year=shown.year,
        today=context.today,
        rows=shown.rows,
        direction=shown.direction,
    )
    if grid.empty:
        render_no_entries(context, fmt)
        return
    by_mahalla = shown.rows is GridRows.MAHALLA

    def address(code: str) -> str:
        row = {"mahalla" if by_mahalla else "direction": code}
        # On this page itself its choices are the whole address, a thousand times over.
        return link_to("", view=PlanView.LIST, year=shown.year, **row)

    def make() -> str:
        return grid_html(
            grid,
            mahalla_rows(shown.area.scope, fmt, has_district=bool((grid["row_code"] == str(WHOLE_DISTRICT)).any()))
            if by_mahalla
            else [GridRow(direction.value, translate(direction.label)) for direction in Direction],
            address=address,
            corner=translate("Mahalla") if by_mahalla else translate("Direction"),
            this_month=context.today.month if shown.year == context.today.year else None,
            fmt=fmt,
            title=translate("Plan and events of {year}", year=shown.year),
        )

    # Addresses in it have the choices of the page.
    key = (shown.area.scope, shown.year, shown.rows, shown.direction, context.today, sorted(choices().items()))
    render_grid(cached_value(make, name="year_grid", cache_key=key))
    st.caption(
        translate("A plan item is counted as planned until an event names it, and overdue once its month ended.")
    )


def mahalla_rows(scope: Scope, fmt: Formatter, *, has_district: bool) -> list[GridRow]:
    """Return the rows of the grid by mahalla, first the whole district where it has entries."""
    names = cached_query(mahalla_names, scope=scope)
    first = [GridRow(str(WHOLE_DISTRICT), fmt.translate("Whole district"))] if has_district else []
    return first + [
        GridRow(str(mahalla_id), Link(name, record_address(MAHALLA_ADDRESS, mahalla_id)))
        for mahalla_id, name in zip(names["mahalla_id"], names["name"], strict=True)
    ]


def pick_rows(shown: PlanFilters, fmt: Formatter) -> None:
    """Select what the rows of the grid are."""
    translate = fmt.translate
    labels = {GridRows.MAHALLA.value: translate("By mahalla"), GridRows.DIRECTION.value: translate("By direction")}
    pick_choice(Param.ROWS, translate("Rows"), labels, chosen=shown.rows.value, width=ROWS_WIDTH)


def render_no_entries(context: RequestContext, fmt: Formatter) -> None:
    """Draw that nothing is planned or recorded, with the next step."""
    translate = fmt.translate
    if may(context.actor, Action.EDIT_RECORDS):
        what_to_do = translate("Choose another year, record an event, or draw up the plan of the year.")
    else:
        what_to_do = translate("Choose another area or year. The coordinator of the district enters plan and events.")
    render_empty(translate("Nothing is planned or recorded here"), what_to_do, icon=":material/event_note:")


def render_plan_chart(shown: PlanFilters, context: RequestContext, fmt: Formatter) -> None:
    """Draw plan items by month, and how many were fulfilled."""
    translate = fmt.translate
    frame = cached_query(plan_and_fact, scope=shown.area.scope, period=Period.of_year(shown.year))
    if not frame["planned"].sum():
        render_no_entries(context, fmt)
        return
    st.subheader(translate("Planned vs. actual"), anchor=False)
    render_chart(
        lambda: (plan_chart(frame, translate=translate), plan_alt(frame, translate=translate)),
        key="plan_chart",
        cache_key=(shown.area.code, shown.year),
    )
    st.html(plan_links(frame, Period.of_year(shown.year), fmt=fmt))


def render_calendar(shown: PlanFilters, context: RequestContext, fmt: Formatter) -> None:
    """Draw a month day by day, and what is planned for it without a day."""
    translate = fmt.translate
    is_this_year = shown.year == context.today.year
    number = shown.month or (context.today.month if is_this_year else 1)
    month = date(shown.year, number, 1)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = {str(each): month_name(each, fmt) for each in range(1, 13)}
        pick_choice(Param.MONTH, translate("Month"), names, chosen=str(number), width=MONTH_WIDTH)
        # Both stay together where it is narrow.
        with st.container(horizontal=True, width="content"):
            steps = (
                ("month_before", translate("Previous month"), "left", -1),
                ("month_after", translate("Next month"), "right", 1),
            )
            for key, label, side, step in steps:
                icon, args = f":material/chevron_{side}:", (shift_month(month, step), context)
                st.button(label, key=key, icon=icon, on_click=open_month, args=args)
    wanted = EntryFilter(year=shown.year, month=number, direction=shown.direction)
    found = cached_query(
        entries,
        scope=shown.area.scope,
        wanted=wanted,
        today=context.today,
        is_soonest_first=True,
        limit=SHOWN_IN_MONTH,
    ).frame
    counts = cached_query(day_counts, scope=shown.area.scope, wanted=wanted, today=context.today)
    is_item = found["kind_code"] == "item"
    st.html(legend_html(fmt))
    if found.empty:
        st.caption(translate("Nothing is planned or recorded for this month."))
    html = month_html(
        found[~is_item],
        counts,
        month=month,
        today=context.today,
        day_address=lambda day: link_to(
            PLAN_ADDRESS, view=PlanView.LIST, year=shown.year, month=number, day=day, direction=shown.direction
        ),
        fmt=fmt,
        title=translate("Events of {month}", month=fmt.month(month)),
    )
    st.html(html)
    if is_item.any():
        title = translate("In the plan of the month, without a day yet")
        st.subheader(title, anchor=False)
        has_district = shown.area.scope.kind is not ScopeKind.DISTRICT
        directory = current_filters().directory
        st.html(
            entries_html(
                found[is_item],
                directory=directory,
                has_district=has_district,
                actor=context.actor,
                fmt=fmt,
                title=title,
            )
        )


def open_month(month: date, context: RequestContext) -> None:
    """Show another month in the calendar; a callback."""
    if str(month.year) in _years(context):
        choose(Param.YEAR, str(month.year))
        choose(Param.MONTH, str(month.month))


def render_list(shown: PlanFilters, filters: Filters, context: RequestContext, fmt: Formatter) -> None:
    """Draw the list with its filters, its pages and its file; behind a number instead what it counts."""
    translate = fmt.translate
    if shown.counted is None:
        render_search(shown, fmt)
        title = translate("Plan and events of {year}", year=shown.year)
    else:
        numbers = cached_query(counted_numbers, scope=shown.area.scope, rows=shown.counted)
        names = names_of(shown.counted, fmt)
        render_counted_heading(shown.counted, numbers, path=PLAN_ADDRESS, fmt=fmt, names=names)
        title = f"{translate(INDICATORS[shown.counted.code].name)}, {fmt.period(shown.counted.period)}"
    first = (shown.page - 1) * PAGE_SIZE
    found = cached_query(
        entries,
        scope=shown.area.scope,
        wanted=shown.wanted,
        today=context.today,
        is_soonest_first=shown.is_soonest_first,
        limit=PAGE_SIZE,
        offset=first,
    )
    if found.frame.empty:
        st.caption(translate("Nothing was found."))
        return
    has_district = shown.area.scope.kind is not ScopeKind.DISTRICT
    st.caption(count_text(first, len(found.frame), found.total, fmt, is_more=found.is_more))
    st.html(
        entries_html(
            found.frame,
            directory=filters.directory,
            has_district=has_district,
            actor=context.actor,
            fmt=fmt,
            title=title,
        )
    )
    pages = -(-found.total // PAGE_SIZE)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        if pages > 1:
            # Another key at another page: a pagination takes its page only when it is drawn first.
            key = f"page:{hash(shown.wanted)}:{shown.area.code}:{shown.is_soonest_first}:{shown.page}"
            st.pagination(
                pages,
                default=min(shown.page, pages),
                max_visible_pages=5,
                key=key,
                on_change=lambda: choose(Param.PAGE, str(st.session_state[key])),
                width="content",
            )
        render_export(shown, filters, context, fmt, title=title)


def names_of(counted: CountedRows, fmt: Formatter) -> list[str]:
    """Return the names of the NGO and the mahalla whose events are listed."""
    names = [ngo_name(counted.ngo_id)] if counted.ngo_id else []
    if counted.mahalla_id == WHOLE_DISTRICT:
        names.append(fmt.translate("Whole district"))
    elif counted.mahalla_id:
        names.append(cached_query(mahalla_profile, mahalla_id=counted.mahalla_id).name)
    return names


def ngo_name(ngo_id: int) -> str:
    """Return the name of an NGO; "" for none."""
    return cached_query(ngo_profile, ngo_id=ngo_id).name if ngo_id else ""


def render_partners(shown: PlanFilters, filters: Filters, fmt: Formatter) -> None:
    """Draw how often each partner took part in held events: in all of the area, and by district or by mahalla."""
    translate, scope, direction = fmt.translate, shown.area.scope, shown.direction
    areas = cached_query(partners_by_district, scope=scope, period=filters.period, direction=direction)
    if not areas["events_held"].sum():
        st.caption(translate("No joint event was held in these months."))
        return
    view = PartnerView(shown.area.code, filters.period, direction)
    st.html(facts_html(partner_facts(areas, view, fmt)))
    title = translate("How often each partner took part")
    st.subheader(title, anchor=False)
    st.html(partner_bars(areas, view, fmt, title=title))
    frame, places, key = areas, translate("Partners by district"), "plan-partners"
    if scope.kind is ScopeKind.DISTRICT:
        frame = cached_query(partners_by_mahalla, scope=scope, period=filters.period, direction=direction)
        places = translate("Partners by mahalla")
    st.subheader(places, anchor=False)
    first = first_row(len(frame), key=key)
    rows = frame.sort_values("events_held", ascending=False, kind="stable").iloc[first : first + PAGE_SIZE]
    st.html(partners_table(rows, view, filters.directory, fmt, title=places))
    render_paging(len(frame), key=key, fmt=fmt, size=PAGE_SIZE)


def count_text(first: int, shown: int, total: int, fmt: Formatter, *, is_more: bool) -> str:
    """Return which of the entries are shown."""
    values = {"first": fmt.number(first + 1), "last": fmt.number(first + shown), "count": fmt.number(total)}
    if is_more:
        return fmt.translate("{first} to {last} of the first {count}", **values)
    return fmt.translate("{first} to {last} of {count}", **values)


def render_search(shown: PlanFilters, fmt: Formatter) -> None:
    """Draw the search of the list, and the NGO and the day where a link chose one."""
    translate, key = fmt.translate, f"{Param.SEARCH}:{fmt.translate.language}"
    set_widget(key, shown.search)
    with st.container(horizontal=True, vertical_alignment="bottom", key="list_search"):
        st.text_input(
            translate("Find a number, title, NGO or mahalla"),
            key=key,
            on_change=lambda: _narrow(Param.SEARCH, str(st.session_state[key])),
            width=SEARCH_WIDTH,
        )
        if shown.ngo_id:
            name = ngo_name(shown.ngo_id)
            st.button(name, key="no_ngo", icon=":material/close:", on_click=_narrow, args=(Param.NGO, ""))
        if shown.day:
            day = fmt.date(date(shown.year, shown.month or 1, shown.day))
            st.button(day, key="no_day", icon=":material/close:", on_click=_narrow, args=(Param.DAY, ""))


def render_more_filters(shown: PlanFilters, filters: Filters, context: RequestContext, fmt: Formatter) -> None:
    """Draw the filters that not everyone needs, folded while none is set: fields cost the browser most of a load."""
    translate, is_list = fmt.translate, shown.view is PlanView.LIST
    of_list = (shown.month, shown.mahalla_id, shown.partner or None, shown.state, shown.is_withdrawn or None)
    chosen = of_list if is_list else ()
    is_set = any(value is not None for value in (shown.direction, *chosen)) or (is_list and shown.is_soonest_first)
    opened = st.expander(
        translate("Filters"),
        icon=":material/filter_list:",
        key=f"plan_filters:{shown.view}",
        expanded=is_set,
        on_change="rerun",
        type="compact",
    )
    if not opened.open:
        return
    with opened, st.container(horizontal=True, key="list_filters"):
        pick_direction(filters)
        if is_list:
            render_list_filters(shown, context, fmt)


def render_list_filters(shown: PlanFilters, context: RequestContext, fmt: Formatter) -> None:
    """Draw month, mahalla, partner, state and order."""
    translate = fmt.translate
    months = {MONTH_ALL: translate("All")} | {str(month): month_name(month, fmt) for month in range(1, 13)}
    _pick_filter(Param.MONTH, translate("Month"), months, str(shown.month or MONTH_ALL), MONTH_WIDTH, MONTH_ALL)
    if shown.area.scope.kind is ScopeKind.DISTRICT:
        names = cached_query(mahalla_names, scope=shown.area.scope)
        mahallas = {"": translate("All"), str(WHOLE_DISTRICT): translate("Whole district")}
        mahallas |= {str(key): name for key, name in zip(names["mahalla_id"], names["name"], strict=True)}
        chosen = "" if shown.mahalla_id is None else str(shown.mahalla_id)
        _pick_filter(Param.MAHALLA, translate("Mahalla"), mahallas, chosen, MAHALLA_WIDTH, "")
    partners = {"": translate("All"), ANY_PARTNER: translate("With any partner")}
    partners |= {partner.value: translate(partner.label) for partner in Partner}
    _pick_filter(Param.PARTNER, translate("Partner"), partners, shown.partner, PARTNER_WIDTH, "")
    states = {ANY_STATE: translate("All")} | {state.value: translate(state.label) for state in EntryState}
    if may(context.actor, Action.EDIT_RECORDS):
        states[WITHDRAWN] = translate("Withdrawn")
    # A plain text: Streamlit refuses a member of an enum among texts.
    state = WITHDRAWN if shown.is_withdrawn else shown.state.value if shown.state else ANY_STATE
    _pick_filter(Param.STATE, translate("State"), states, state, STATE_WIDTH, ANY_STATE)
    orders = {NEWEST: translate("Newest first"), SOONEST: translate("Soonest first")}
    order = SOONEST if shown.is_soonest_first else NEWEST
    _pick_filter(Param.SORT, translate("Order"), orders, order, SORT_WIDTH, NEWEST)


def _narrow(param: Param, code: str) -> None:
    choose(param, code)
    choose(Param.PAGE, "")
    if param is Param.MONTH:
        choose(Param.DAY, "")


def _pick_filter(param: Param, label: str, options: dict[str, str], chosen: str, width: int, default: str) -> None:
    """Draw a select of one filter of the list; another choice begins at the first page."""
    key = f"list:{param}:{current_context().language}"
    st.session_state[key] = chosen if chosen in options else default
    st.selectbox(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        on_change=lambda: _narrow(param, "" if st.session_state[key] == default else str(st.session_state[key])),
        width=width,
        filter_mode="contains" if param is Param.MAHALLA else None,
    )


def render_export(shown: PlanFilters, filters: Filters, context: RequestContext, fmt: Formatter, *, title: str) -> None:
    """Draw the button that downloads the whole list; it is asked for when the button is pressed."""
    engine, full = get_engine(), f"{title}: {shown.area.name}"

    def make() -> DownloadSheet:
        with reading(engine) as connection:
            found = entries(
                connection,
                context.actor,
                scope=shown.area.scope,
                wanted=shown.wanted,
                today=context.today,
                is_soonest_first=shown.is_soonest_first,
                limit=EXPORTED,
            )
        rows = entry_rows(found.frame, directory=filters.directory, fmt=fmt)
        return DownloadSheet(full, rows, entry_columns(fmt), is_demo=bool(context.demo_date))

    render_download(make, translate=fmt.translate, key="plan_file", file_name="hamkor-plan")


def own_district(shown: PlanFilters, register: str) -> str:
    """Return the district (SOATO) that is shown where the reader may enter records of it, else ""."""
    code = shown.area.scope.code if shown.area.scope.kind is ScopeKind.DISTRICT else ""
    return code if code in load_writable_districts(current_context().actor, register=register) else ""


def render_entry(shown: PlanFilters, fmt: Formatter) -> None:
    """Draw the form of a new event, held or planned; what was saved last stands above it."""
    translate, (do, _) = fmt.translate, action_at_hand()
    render_done(ENTRY_PLACE, translate)
    if record_id():
        address = record_address(EVENT_ADDRESS, record_id())
        st.html(f"<p>{link_html(Link(translate('Open the event that was saved'), address))}</p>")
    states = {EventState.HELD: translate("It was held"), EventState.PLANNED: translate("It is planned")}
    state = EventState.PLANNED if do == EventState.PLANNED else EventState.HELD
    key = f"entry_state:{translate.language}"
    st.session_state[key] = state.value
    st.segmented_control(
        translate("State"),
        [each.value for each in states],
        required=True,
        format_func=lambda code: states[EventState(code)],
        key=key,
        on_change=lambda: begin_action(str(st.session_state[key])),
        label_visibility="collapsed",
    )
    fields = NEW_HELD if state is EventState.HELD else NEW_PLANNED
    start = {"district": own_district(shown, "events"), "state": state.value}
    form = new_form("events", start=start, topic=f"new-{state.value}")
    render_form(form, fields, fmt, on_saved=_tell_entry, submit=translate("Save the event"))


def _tell_entry(saved: SavedEntry) -> None:
    choose(Param.RECORD, str(saved.record_id))
    tell_saved(saved, place=ENTRY_PLACE, text=SAVED)


def render_drawing_up(shown: PlanFilters, fmt: Formatter) -> None:
    """Draw the plan of a year, to be copied and changed mahalla by mahalla."""
    translate = fmt.translate
    district = own_district(shown, "plans")
    if not district:
        st.caption(translate("Choose a district above: its plan is drawn up mahalla by mahalla."))
        return
    st.subheader(translate("Plan of {year}", year=shown.year), anchor=False)
    render_copy(district, shown.year, fmt)
    render_drawing(district, shown.year, shown.mahalla_id, fmt)


render_page()
