"""District: everything of one district on one page, and what the coming months bring."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import streamlit as st

from components.attention import render_attention
from components.charts.cached_chart import render_bars, render_chart
from components.charts.composition import direction_bars, participant_bars, problem_bars, rating_bars
from components.charts.plan import plan_alt, plan_chart
from components.charts.process import MONTHS_OF_QUARTER, process_sentences
from components.charts.trend import trend_alt, trend_chart, trend_rows
from components.evaluations.lists import ITEM, PROBLEM
from components.events.lists import linked_event_columns, linked_event_rows
from components.indicators.lead import lead_html
from components.indicators.ngos import partner_columns, partner_rows
from components.indicators.records import events_address, plan_links, records_address
from components.indicators.tables import compared, comparison_columns, comparison_rows, shown_columns
from components.memoranda.register import district_columns, linked_rows
from components.memoranda.status import render_district_status
from components.outlook import OUTLOOK
from components.shell.address import Param, choose, link_to, valid_choice
from components.shell.areas import NATION_CODE, Area
from components.shell.cache import cached_query
from components.shell.chrome import OPEN_PATH
from components.shell.empty_state import render_empty
from components.shell.filters import (
    ALL_DIRECTIONS,
    ALL_FORMS,
    EvaluationsPart,
    Filters,
    current_filters,
    pick_indicator,
)
from components.shell.formatter import Formatter
from components.shell.page_header import render_area_history, render_filters, render_heading, render_no_data
from components.shell.request_context import RequestContext, current_context
from components.shell.widgets import pick_tab, set_widget
from components.tables.downloads import DownloadSheet, render_download
from components.tables.figure_table import render_table_and_file
from components.tables.links import Link, link_html
from components.tables.record_table import record_table
from data.codes import Direction
from data.indicators import INDICATORS
from data.indicators.declaration import Months
from data.policy import Action, ScopeKind, may, require, sees_in_full
from pages.loaders.attention import SHOWN_ON_DISTRICT, load_attention
from pages.loaders.evaluations import addresses_of
from pages.loaders.indicators import (
    has_data,
    load_area_figures,
    load_changes,
    load_targets,
    load_trend,
    load_values,
    load_values_by_month,
    load_verdicts,
    of_indicator,
    whole_period,
)
from pages.loaders.outlook import render_due, render_forecast
from queries.evaluations.ratings import problems_met, ratings_by_item
from queries.events.lists import event_list
from queries.events.sums import events_by_direction, participants_by_group, plan_and_fact
from queries.indicators.ngo_values import ngo_names, ngo_values
from queries.indicators.verdicts import ngo_verdicts
from queries.memoranda.register import district_status, memorandum_register

EVENTS_SHOWN = 50
REGION = "region"
# The part of the page beside the outlook.
STATE = "state"


def render_page() -> None:
    """Draw the published figures of the district, and its records for those who see it in full."""
    context, filters = current_context(), current_filters()
    translate, fmt = context.translate, Formatter(context.translate)
    require(context.actor, Action.SEE_INDICATORS)

    is_chosen = filters.scope.kind is ScopeKind.DISTRICT
    render_heading(filters.area.name if is_chosen else translate("District"), filters, context, fmt=fmt)
    render_filters(filters, has_nation=False)
    if not is_chosen:
        render_empty(
            translate("No district is chosen"),
            translate("Choose one above by typing a part of its name, or click one on the map of the overview."),
            icon=":material/location_on:",
        )
        return

    existed = render_area_history(filters.area, filters.directory, whole_period(filters, context), fmt=fmt)
    is_seen_in_full = sees_in_full(context.actor, filters.area.scope, region_soato=filters.area.region_soato)
    status = cached_query(district_status, scope=filters.scope, today=context.today)
    render_district_status(status.iloc[0].to_dict(), is_seen_in_full=is_seen_in_full, fmt=fmt)
    if not (is_seen_in_full and may(context.actor, Action.SEE_ATTENTION)):
        render_state(filters, context, existed=existed, is_seen_in_full=is_seen_in_full, fmt=fmt)
        return
    views = {STATE: translate("How it stands"), OUTLOOK: translate("The coming months")}
    chosen = valid_choice(Param.VIEW, views.__contains__, default=STATE)
    key = f"{Param.VIEW}:{translate.language}"
    with pick_tab(views, chosen=chosen, key=key, on_choose=open_view):
        if chosen == OUTLOOK:
            render_due(filters.area, filters, context, fmt=fmt)
            render_forecast(filters.area, filters, context, fmt=fmt)
        else:
            render_state(filters, context, existed=existed, is_seen_in_full=is_seen_in_full, fmt=fmt)


def open_view(view: str) -> None:
    """Show the other part of the page, without the choices of its list that only a link set; a callback."""
    choose(Param.VIEW, view)
    for param in (Param.ROWS, Param.MONTHS, Param.PAGE):
        choose(param, "")


def render_state(
    filters: Filters, context: RequestContext, *, existed: bool, is_seen_in_full: bool, fmt: Formatter
) -> None:
    """Draw what is wrong, the figures of the district and, for those who see it in full, its records.

    ``existed``: in the chosen months; without that there are no figures.
    """
    translate = fmt.translate
    figures = load_area_figures(filters, context) if existed else None
    if figures is not None and not has_data(figures.now):
        render_no_data(context)
    may_see_list = is_seen_in_full and may(context.actor, Action.SEE_ATTENTION)
    groups = load_attention(filters.area, filters, context, limit=SHOWN_ON_DISTRICT, fmt=fmt) if may_see_list else []
    if figures is not None:
        st.html(lead_html(figures, groups, fmt=fmt))
    if may_see_list:
        st.subheader(translate("What needs attention"), anchor=False)
        may_act = may(context.actor, Action.EDIT_RECORDS, filters.scope)
        render_attention(groups, names_area=False, has_actions=may_act, fmt=fmt)
    if existed:
        render_comparison(filters, context, fmt=fmt)
        render_trend(filters, context, fmt=fmt)
    if not is_seen_in_full:
        st.caption(translate("Only published indicators are shown: you do not see the records of this district."))
        if not context.actor.is_signed_in:
            st.html(link_html(Link(translate("NGOs of the district"), link_to(f"{OPEN_PATH}/ngos"))))
        return
    render_memoranda(filters, context, fmt=fmt)
    if not existed:
        return
    left, right = st.columns(2, gap="medium")
    with left:
        render_plan(filters, fmt=fmt)
        render_district_ratings(filters, fmt=fmt)
    with right:
        render_directions(filters, fmt=fmt)
        render_participants(filters, fmt=fmt)
        render_problems(filters, fmt=fmt)
    render_partner_ngos(filters, context, fmt=fmt)
    render_events(filters, fmt=fmt)


def render_memoranda(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the memoranda of the district with their days left."""
    translate = fmt.translate
    register = cached_query(memorandum_register, scope=filters.scope, today=context.today)
    title = translate("Memoranda of the district")
    st.subheader(title, anchor=False)
    if register.empty:
        st.caption(translate("No memorandum is recorded for this district."))
        return
    st.html(record_table(linked_rows(register), district_columns(fmt=fmt), fmt=fmt, title=title))


def render_trend(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the chosen indicator by month, beside the region or the nation."""
    translate, indicator = fmt.translate, filters.indicator
    with st.container(horizontal=True):
        pick_indicator(filters)
        other = pick_comparison(filters, fmt=fmt)

    points = of_indicator(load_trend(filters, context, scope=filters.scope, codes=[indicator.code]), indicator.code)
    is_quarterly = bool((points["months"] == MONTHS_OF_QUARTER).any())

    def make() -> tuple[alt.LayerChart, str]:
        if indicator.months is Months.OWN:
            wider = load_values_by_month(
                filters, context, scope=other.scope, code=indicator.code, is_quarterly=is_quarterly
            )
        else:
            wider = load_trend(filters, context, scope=other.scope, codes=[indicator.code])
        rows = trend_rows(points, of_indicator(wider, indicator.code))
        aim = load_targets(filters, context).get(indicator.code)
        chart = trend_chart(
            rows,
            indicator,
            translate=translate,
            area=filters.area.name,
            comparison=other.name,
            target=aim.value if aim else None,
        )
        return chart, trend_alt(rows, indicator, translate=translate)

    render_chart(make, key="trend", cache_key=(filters.choices, other.code, context.today))
    sentences = [*process_sentences(points, indicator, fmt=fmt), translate("A gap is a point without enough data.")]
    first_day = filters.area.validity.first_day
    if first_day is not None and len(points) and first_day > points["month"].min().date():
        sentences.append(translate("The district, and with it its line, begins on {date}.", date=fmt.date(first_day)))
    st.caption(" ".join(sentences))


def pick_comparison(filters: Filters, *, fmt: Formatter) -> Area:
    """Select the area that the district's line is compared with: its region or the nation; it stands in the address."""
    nation = filters.directory[NATION_CODE]
    places = {REGION: filters.directory.region_of(filters.area) or nation, "nation": nation}
    chosen, key = valid_choice(Param.COMPARED_WITH, places.__contains__, default=REGION), "compared_with"
    set_widget(key, chosen)
    st.segmented_control(
        fmt.translate("Compared with"),
        list(places),
        required=True,
        format_func=lambda place: places[place].name,
        key=key,
        on_change=lambda: choose(Param.COMPARED_WITH, "" if st.session_state[key] == REGION else "nation"),
    )
    return places[chosen]


def render_comparison(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw all indicators of the district beside those of its region and of the nation."""
    translate = fmt.translate
    region = filters.directory.region_of(filters.area)
    places = {"district": filters.area, "region": region or filters.area, "nation": filters.directory[NATION_CODE]}
    values = {
        place: load_values(filters, context, scope=area.scope, by=area.scope.kind) for place, area in places.items()
    }
    every = load_verdicts(filters, context, by=ScopeKind.DISTRICT, codes=tuple(INDICATORS))
    beside = every[every["area_code"] == filters.area.code]
    frame = compared(values, beside, load_changes(values["district"], filters, context))
    rows = comparison_rows(frame, load_targets(filters, context), fmt=fmt)
    months = whole_period(filters, context)
    rows["indicator_address"] = [link_to("", **{Param.INDICATOR.value: code}) for code in frame["indicator_code"]]
    rows["rests_on_address"] = [records_address(code, months) for code in frame["indicator_code"]]
    names = {place: area.name for place, area in places.items()} | {"region": region.name if region else ""}
    title = translate("{area} against its region and the country", area=filters.area.name)
    st.subheader(title, anchor=False)
    st.html(record_table(rows, shown_columns(names, fmt=fmt), fmt=fmt, title=title))
    st.caption(
        translate(
            "“Better” and “worse” are beside all other districts of the country together, where the difference is more "
            "than chance: of the districts named for an indicator at most 5% are expected by chance alone."
        )
    )
    sheet = DownloadSheet(
        f"{title}, {fmt.period(whole_period(filters, context))}",
        rows,
        comparison_columns(names, fmt=fmt),
        is_demo=bool(context.demo_date),
    )
    render_download(sheet, translate=translate, key="comparison_file", file_name=f"hamkor-{filters.area.code}")


def render_plan(filters: Filters, *, fmt: Formatter) -> None:
    """Draw plan items by month, and how many were fulfilled."""
    translate = fmt.translate
    st.subheader(translate("Planned vs. actual"), anchor=False)
    frame = cached_query(plan_and_fact, scope=filters.scope, period=filters.period)
    if not frame["planned"].sum():
        st.caption(translate("No joint plan is recorded for these months."))
        return
    render_chart(
        lambda: (plan_chart(frame, translate=translate), plan_alt(frame, translate=translate)),
        key="plan",
        cache_key=filters.choices,
    )
    st.html(plan_links(frame, filters.period, fmt=fmt))


def render_district_ratings(filters: Filters, *, fmt: Formatter) -> None:
    """Draw the ratings that the NGOs gave, by item."""
    translate = fmt.translate
    title = translate("Ratings of the NGOs")
    st.subheader(title, anchor=False)
    frame = cached_query(ratings_by_item, scope=filters.scope, period=filters.period)
    if frame["mean"].isna().all():
        st.caption(translate("There are too few evaluations to show ratings without identifying an NGO."))
        return
    part = EvaluationsPart.RATINGS
    render_bars(
        lambda: rating_bars(frame, title=title, translate=translate, addresses=said_addresses(part, ITEM, filters)),
        name="marks",
        cache_key=(filters.choices, link_to("")),
    )


def said_addresses(part: EvaluationsPart, kind: str, filters: Filters) -> Mapping[str, str]:
    """Return where bars of what NGOs said lead to: to evaluations of all directions and forms, as the bars count."""
    everything = {Param.DIRECTION.value: ALL_DIRECTIONS, Param.FORM.value: ALL_FORMS}
    return addresses_of(part, kind, filters, current_context(), **everything)


def render_directions(filters: Filters, *, fmt: Formatter) -> None:
    """Draw held events by direction."""
    translate = fmt.translate
    st.subheader(translate("Joint events by direction"), anchor=False)
    frame = cached_query(events_by_direction, scope=filters.scope, period=filters.period)
    if not frame["events"].sum():
        st.caption(translate("No joint event was held in these months."))
        return
    addresses = {each.value: events_address(filters.period, direction=each) for each in Direction}
    render_bars(
        lambda: direction_bars(frame, translate=translate, addresses=addresses),
        name="directions",
        cache_key=(filters.choices, link_to("")),
    )


def render_participants(filters: Filters, *, fmt: Formatter) -> None:
    """Draw the participants of held events by group."""
    translate = fmt.translate
    frame = cached_query(participants_by_group, scope=filters.scope, period=filters.period)
    if not frame["participants"].sum():
        return
    st.subheader(translate("Participants by group"), anchor=False)
    addresses = {group: events_address(filters.period, group=group) for group in frame["group_code"]}
    render_bars(
        lambda: participant_bars(frame, translate=translate, addresses=addresses),
        name="participants",
        cache_key=(filters.choices, link_to("")),
    )
    st.caption(translate("One person may be in several groups, and is counted at each event."))


def render_problems(filters: Filters, *, fmt: Formatter) -> None:
    """Draw the problems that the NGOs met."""
    translate = fmt.translate
    st.subheader(translate("Problems met"), anchor=False)
    frame = cached_query(problems_met, scope=filters.scope, period=filters.period)
    if frame.empty:
        st.caption(translate("No problem was named, or there are too few evaluations to show them."))
        return
    part = EvaluationsPart.PROBLEMS
    render_bars(
        lambda: problem_bars(frame, translate=translate, addresses=said_addresses(part, PROBLEM, filters)),
        name="problems",
        cache_key=(filters.choices, link_to("")),
    )


def render_partner_ngos(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the partner NGOs of the district with their figures, read only when opened."""
    translate = fmt.translate
    title = translate("Partner NGOs")
    opened = st.expander(title, icon=":material/groups:", key="partner_ngos", on_change="rerun")
    if not opened.open:
        return
    values = cached_query(ngo_values, scope=filters.scope, period=filters.period, today=context.today)
    names = cached_query(ngo_names, scope=filters.scope, period=filters.period, today=context.today)
    with opened:
        if names.empty:
            st.caption(translate("No NGO held a joint event or had a memorandum in force here in these 12 months."))
            return
        st.caption(
            translate(
                "What each NGO did in this district, in all directions; in brackets on how many cases a figure rests. "
                "Of evaluations, only what was said by name. “Better” and “worse” are beside all other NGOs of this "
                "table together, where the difference is more than chance."
            )
        )
        render_table_and_file(
            partner_rows(ngo_verdicts(values), names, fmt=fmt),
            partner_columns(values, fmt=fmt),
            title=title,
            key="partner_ngos_rows",
            filters=filters,
            context=context,
            fmt=fmt,
        )


def render_events(filters: Filters, *, fmt: Formatter) -> None:
    """Draw the newest joint events, sent only when opened."""
    translate = fmt.translate
    title = translate("Joint events")
    opened = st.expander(title, icon=":material/event:", key="events", on_change="rerun")
    if not opened.open:
        return
    events = cached_query(
        event_list, scope=filters.scope, period=filters.period, direction=filters.direction, limit=EVENTS_SHOWN
    )
    with opened:
        rows, columns = linked_event_rows(events, translate=translate), linked_event_columns(translate)
        st.html(record_table(rows, columns, fmt=fmt, title=title))


render_page()
