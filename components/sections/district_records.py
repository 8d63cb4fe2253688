"""Pieces of the District page for those who see the district in full: plan, events, marks, problems, what to do."""

from __future__ import annotations

import streamlit as st

from components.attention import attention_groups, render_attention
from components.charts.cached_chart import render_bars, render_chart
from components.charts.composition import direction_bars, mark_bars, problem_bars
from components.charts.plan import plan_alt, plan_chart
from components.sections.district import sees_records
from components.sections.partner_ngos import render_partner_ngos
from components.shell.cache import cached_query
from components.shell.filters import Filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from components.tables.columns import Column, Kind
from components.tables.table import render_table
from data.codes import Direction, EventState
from queries.attention import attention_counts, attention_list
from queries.evaluations.ratings import problems_met, ratings_by_item
from queries.events import event_list, events_by_direction, plan_and_fact

EVENTS_SHOWN = 50
ITEMS_OF_A_KIND = 5
ATTENTION_HEIGHT = 320


def render_records(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """All of them, or a line that says why they are not here."""
    if not sees_records(filters, context):
        st.caption(fmt.translate("Only published indicators are shown: you do not see the records of this district."))
        return
    render_district_attention(filters, context, fmt=fmt)
    left, right = st.columns(2, gap="medium")
    with left:
        render_plan(filters, fmt=fmt)
        render_marks(filters, fmt=fmt)
    with right:
        render_directions(filters, fmt=fmt)
        render_problems(filters, fmt=fmt)
    render_partner_ngos(filters, context, fmt=fmt)
    render_events(filters, fmt=fmt)


def render_district_attention(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """What needs attention in the district."""
    translate = fmt.translate
    st.subheader(translate("What needs attention"), anchor=False)
    counts = cached_query(attention_counts, scope=filters.scope, today=context.today)
    rows = cached_query(attention_list, scope=filters.scope, today=context.today, limit=ITEMS_OF_A_KIND)
    groups = attention_groups(counts, rows, book=filters.book, fmt=fmt)
    render_attention(groups, translate=translate, has_links=False, height=ATTENTION_HEIGHT)


def render_plan(filters: Filters, *, fmt: Formatter) -> None:
    """Plan items by month, and how many were fulfilled."""
    translate = fmt.translate
    st.subheader(translate("Plan against fact"), anchor=False)
    frame = cached_query(plan_and_fact, scope=filters.scope, period=filters.period)
    if not frame["planned"].sum():
        st.caption(translate("No joint plan is recorded for these months."))
        return
    render_chart(
        lambda: (plan_chart(frame, translate=translate), plan_alt(frame, translate=translate)),
        key="plan",
        cache_key=filters.choices,
    )


def render_directions(filters: Filters, *, fmt: Formatter) -> None:
    """Held events by direction."""
    translate = fmt.translate
    st.subheader(translate("Joint events by direction"), anchor=False)
    frame = cached_query(events_by_direction, scope=filters.scope, period=filters.period)
    if not frame["events"].sum():
        st.caption(translate("No joint event was held in these months."))
        return
    render_bars(lambda: direction_bars(frame, translate=translate), name="directions", cache_key=filters.choices)


def render_marks(filters: Filters, *, fmt: Formatter) -> None:
    """Marks that the NGOs gave, by item."""
    translate = fmt.translate
    title = translate("Marks of the NGOs")
    st.subheader(title, anchor=False)
    frame = cached_query(ratings_by_item, scope=filters.scope, period=filters.period)
    if frame["mean"].isna().all():
        st.caption(translate("There are too few evaluations to show marks without giving an NGO away."))
        return
    render_bars(lambda: mark_bars(frame, title=title, translate=translate), name="marks", cache_key=filters.choices)


def render_problems(filters: Filters, *, fmt: Formatter) -> None:
    """Problems that the NGOs met."""
    translate = fmt.translate
    st.subheader(translate("Problems met"), anchor=False)
    frame = cached_query(problems_met, scope=filters.scope, period=filters.period)
    if frame.empty:
        st.caption(translate("No problem was named, or there are too few evaluations to show them."))
        return
    render_bars(lambda: problem_bars(frame, translate=translate), name="problems", cache_key=filters.choices)


def render_events(filters: Filters, *, fmt: Formatter) -> None:
    """The newest joint events, sent only when opened."""
    translate = fmt.translate
    opened = st.expander(translate("Joint events"), icon=":material/event:", key="events", on_change="rerun")
    if not opened.open:
        return
    events = cached_query(
        event_list, scope=filters.scope, period=filters.period, direction=filters.direction, limit=EVENTS_SHOWN
    )
    shown = events.assign(
        direction=[translate(Direction(code).label) for code in events["direction_code"]],
        state=[translate(code.label) for code in map(EventState, events["state_code"])],
        evaluated=[translate("Yes") if is_evaluated else translate("No") for is_evaluated in events["is_evaluated"]],
    )
    columns = [
        Column("event_date", translate("Date"), Kind.DATE),
        Column("title", translate("Title")),
        Column("mahalla", translate("Mahalla")),
        Column("direction", translate("Direction")),
        Column("ngos", translate("NGOs")),
        Column("participants_total", translate("Participants"), Kind.NUMBER),
        Column("state", translate("State")),
        Column("evaluated", translate("Evaluated")),
    ]
    with opened:
        render_table(shown, columns, translate=translate, key="events_table", alt=translate("Joint events"))
