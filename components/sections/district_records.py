"""Pieces of the District page for those who see the district in full: plan, events, marks, problems, what to do."""

from __future__ import annotations

import streamlit as st

from components.attention import attention_groups, render_attention
from components.chart_place import render_bars, render_chart
from components.charts.composition import direction_bars, mark_bars, problem_bars
from components.charts.plan import plan_alt, plan_chart
from components.columns import Column, Kind
from components.filters import View
from components.format import Formatter
from components.loading import load
from components.sections.district import sees_records
from components.sections.partner_ngos import render_partner_ngos
from components.session import Visit
from components.tables import render_table
from data.codes import Direction, EventState
from queries.attention import attention_counts, attention_list
from queries.evaluations.ratings import problems_met, ratings_by_item
from queries.events import event_list, events_by_direction, plan_and_fact

EVENTS_SHOWN = 50
ITEMS_OF_A_KIND = 5
ATTENTION_HEIGHT = 320


def render_records(view: View, visit: Visit, *, write: Formatter) -> None:
    """All of them, or a line that says why they are not here."""
    if not sees_records(view, visit):
        st.caption(write.translate("Only published indicators are shown: you do not see the records of this district."))
        return
    render_district_attention(view, visit, write=write)
    left, right = st.columns(2, gap="medium")
    with left:
        render_plan(view, write=write)
        render_marks(view, write=write)
    with right:
        render_directions(view, write=write)
        render_problems(view, write=write)
    render_partner_ngos(view, visit, write=write)
    render_events(view, write=write)


def render_district_attention(view: View, visit: Visit, *, write: Formatter) -> None:
    """What needs attention in the district."""
    translate = write.translate
    st.subheader(translate("What needs attention"), anchor=False)
    counts = load(attention_counts, scope=view.scope, today=visit.today)
    rows = load(attention_list, scope=view.scope, today=visit.today, limit=ITEMS_OF_A_KIND)
    groups = attention_groups(counts, rows, book=view.book, write=write)
    render_attention(groups, translate=translate, has_links=False, height=ATTENTION_HEIGHT)


def render_plan(view: View, *, write: Formatter) -> None:
    """Plan items by month, and how many were fulfilled."""
    translate = write.translate
    st.subheader(translate("Plan against fact"), anchor=False)
    frame = load(plan_and_fact, scope=view.scope, period=view.period)
    if not frame["planned"].sum():
        st.caption(translate("No joint plan is recorded for these months."))
        return
    render_chart(
        lambda: (plan_chart(frame, translate=translate), plan_alt(frame, translate=translate)),
        key="plan",
        about=view.choices,
    )


def render_directions(view: View, *, write: Formatter) -> None:
    """Held events by direction."""
    translate = write.translate
    st.subheader(translate("Joint events by direction"), anchor=False)
    frame = load(events_by_direction, scope=view.scope, period=view.period)
    if not frame["events"].sum():
        st.caption(translate("No joint event was held in these months."))
        return
    render_bars(lambda: direction_bars(frame, translate=translate), name="directions", about=view.choices)


def render_marks(view: View, *, write: Formatter) -> None:
    """Marks that the NGOs gave, by item."""
    translate = write.translate
    title = translate("Marks of the NGOs")
    st.subheader(title, anchor=False)
    frame = load(ratings_by_item, scope=view.scope, period=view.period)
    if frame["mean"].isna().all():
        st.caption(translate("There are too few evaluations to show marks without giving an NGO away."))
        return
    render_bars(lambda: mark_bars(frame, title=title, translate=translate), name="marks", about=view.choices)


def render_problems(view: View, *, write: Formatter) -> None:
    """Problems that the NGOs met."""
    translate = write.translate
    st.subheader(translate("Problems met"), anchor=False)
    frame = load(problems_met, scope=view.scope, period=view.period)
    if frame.empty:
        st.caption(translate("No problem was named, or there are too few evaluations to show them."))
        return
    render_bars(lambda: problem_bars(frame, translate=translate), name="problems", about=view.choices)


def render_events(view: View, *, write: Formatter) -> None:
    """The newest joint events, sent only when opened."""
    translate = write.translate
    opened = st.expander(translate("Joint events"), icon=":material/event:", key="events", on_change="rerun")
    if not opened.open:
        return
    events = load(event_list, scope=view.scope, period=view.period, direction=view.direction, limit=EVENTS_SHOWN)
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
