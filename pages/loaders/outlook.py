"""Outlook of an area, as several pages draw it: what falls due, and the forecast."""

from __future__ import annotations

import altair as alt
import streamlit as st

from components.charts.cached_chart import render_chart
from components.charts.forecast import forecast_chart
from components.forecast import (
    basis_sentence,
    chart_alt,
    event_names,
    event_rows,
    event_sentences,
    forecast_html,
    plan_names,
    plan_rows,
    plan_sentences,
)
from components.outlook import PAGE_ITEMS, PAGE_KEY, chosen_kind, chosen_month, counts_html, of_choice, render_items
from components.shell.address import link_to
from components.shell.areas import Area
from components.shell.cache import cached_query
from components.shell.chrome import METHOD_ADDRESS
from components.shell.filters import Filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from components.tables.links import Link, link_html
from components.tables.paging import first_row, render_paging
from data.policy import ScopeKind
from queries.forecasts import AreaForecast, area_forecast
from queries.outlook import outlook_counts, outlook_list, outlook_period


def render_due(area: Area, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw what falls due in an area by kind and month, and the list: of a district, else where one is chosen."""
    translate, period = fmt.translate, outlook_period(context.today)
    counts = cached_query(outlook_counts, scope=area.scope, today=context.today)
    title = translate("What falls due: {area}", area=area.name)
    st.subheader(title, anchor=False)
    if counts.empty:
        st.caption(translate("Nothing falls due until the end of {month}.", month=fmt.month(period.last_day)))
        return
    st.html(counts_html(counts, period, fmt=fmt, title=title))
    st.caption(translate("Today and later; what is late stands under what needs attention."))
    kind, month = chosen_kind(), chosen_month(period)
    is_district = area.scope.kind is ScopeKind.DISTRICT
    shown = of_choice(counts, kind, month)
    if shown.empty or not (is_district or kind or month):
        return
    total = int(shown["count"].sum())
    first = first_row(total, key=PAGE_KEY, size=PAGE_ITEMS)
    frame = cached_query(
        outlook_list,
        scope=area.scope,
        today=context.today,
        kind=kind,
        month=month,
        limit=PAGE_ITEMS,
        offset=first,
    )
    render_items(
        frame,
        shown,
        kind=kind,
        month=month,
        directory=filters.directory,
        has_area=not is_district,
        fmt=fmt,
    )
    render_paging(total, key=PAGE_KEY, fmt=fmt, size=PAGE_ITEMS)


def render_forecast(area: Area, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw what is expected of joint events and of plan execution, with intervals, beside the plan."""
    translate = fmt.translate
    found = cached_query(area_forecast, scope=area.scope, today=context.today)
    events, plan = st.columns(2, gap="medium")
    with events:
        render_expected_events(found, area, context, fmt=fmt)
    with plan:
        render_expected_plan(found, area, context, fmt=fmt)
    if not (found.has_events or found.has_plan):
        return
    title = translate("The coming months: {area}", area=area.name)
    has_links = filters.directory.seen_in_full(context.actor, area) == area
    st.html(forecast_html(found, has_links=has_links, fmt=fmt, title=title))
    st.caption(basis_sentence(found, fmt=fmt))
    st.html(link_html(Link(translate("How the forecast is made"), f"{link_to(METHOD_ADDRESS)}#forecasts")))


def render_expected_events(found: AreaForecast, area: Area, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the forecast of joint events, or say why there is none."""
    title = fmt.translate("Forecast of joint events")
    st.subheader(title, anchor=False)
    sentences = event_sentences(found, fmt=fmt)
    st.markdown("  \n".join(sentences))
    if not found.has_events:
        return

    def make() -> tuple[alt.LayerChart, str]:
        chart = forecast_chart(event_rows(found, fmt=fmt), event_names(fmt), translate=fmt.translate)
        return chart, chart_alt(sentences, title)

    render_chart(make, key="event_forecast", cache_key=(area.code, context.today))


def render_expected_plan(found: AreaForecast, area: Area, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the forecast of plan execution, or say why there is none."""
    title = fmt.translate("Forecast of plan execution")
    st.subheader(title, anchor=False)
    sentences = plan_sentences(found, fmt=fmt)
    st.markdown("  \n".join(sentences))
    if not found.has_plan or found.coming["expected_pct"].isna().all():
        return

    def make() -> tuple[alt.LayerChart, str]:
        chart = forecast_chart(plan_rows(found, fmt=fmt), plan_names(fmt), translate=fmt.translate, is_share=True)
        return chart, chart_alt(sentences, title)

    render_chart(make, key="plan_forecast", cache_key=(area.code, context.today))
