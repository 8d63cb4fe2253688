"""What is not evaluated: how many events of each NGO, and for coordinators the closed ones to open again."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.sections.event_reopening import render_reopening
from components.sections.figure_table import render_table_and_file
from components.shell.cache import cached_query
from components.shell.empty_state import render_empty
from components.shell.filters import Filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from components.tables.columns import Column, Kind
from queries.evaluations.coverage import coverage_summary, not_evaluated


def render_coverage(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """How many held events were evaluated, and by NGO, the most left to evaluate first."""
    translate = fmt.translate
    summary = cached_query(coverage_summary, scope=filters.scope, period=filters.period, today=context.today)
    st.subheader(translate("Held events without evaluation"), anchor=False)
    st.markdown(coverage_words(summary, fmt=fmt))
    area = filters.book.seen_in_full(context.actor, filters.area)
    if area is None:
        st.caption(translate("Which NGOs have not evaluated is shown to the leaders of the area itself."))
        return
    frame = cached_query(not_evaluated, scope=area.scope, period=filters.period, today=context.today)
    if frame.empty:
        render_empty(
            translate("No event of this period waits for an evaluation"),
            translate("An event is counted 14 days after it was held. Choose an earlier or a longer period."),
        )
    else:
        _render_ngos(frame, translate("NGOs: {area}", area=area.name), filters, context, fmt=fmt)
    render_reopening(area, context, fmt=fmt)


def coverage_words(summary: pd.DataFrame, *, fmt: Formatter) -> str:
    """How many of the events that are due were evaluated in time; ``summary`` is one row of the query."""
    translate, counts = fmt.translate, summary.iloc[0]
    due, evaluated = int(counts["events_due"]), int(counts["events_evaluated"])
    if not due:
        return translate("No held event of this period is 14 days old yet.")
    return translate(
        "Held events, 14 days over: {due}. At least one of their NGOs evaluated {evaluated} of them in time ({share}).",
        due=fmt.number(due),
        evaluated=fmt.number(evaluated),
        share=fmt.percent(100 * evaluated / due),
    )


def _render_ngos(frame: pd.DataFrame, title: str, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    translate = fmt.translate
    columns = [
        Column("ngo_name", translate("NGO")),
        Column("events_left", translate("Not evaluated by the NGO"), Kind.NUMBER),
        Column("events_held", translate("Events held"), Kind.NUMBER),
        Column("events_evaluated", translate("Evaluated by the NGO"), Kind.NUMBER),
        Column("share_pct", translate("Share evaluated"), Kind.PERCENT),
        Column("district", translate("Home district")),
    ]
    rows = frame.assign(district=frame["district_soato"].map(filters.book.name))
    st.caption(translate("Each NGO of an event may evaluate it; late evaluations count too. All directions and forms."))
    render_table_and_file(rows, columns, title=title, key="not_evaluated", filters=filters, context=context, fmt=fmt)
