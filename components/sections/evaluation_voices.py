"""What the NGOs met and what they say: problems in their order, and the comments of named evaluations."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from components.charts.cached_chart import render_bars
from components.charts.composition import problem_bars
from components.sections.figure_table import render_figure_table
from components.shell.address import Param, query_params
from components.shell.cache import cached_query
from components.shell.chrome import DISTRICT_PAGE, plain
from components.shell.empty_state import render_empty
from components.shell.filters import Filters
from components.shell.formatter import Formatter, is_missing
from components.shell.request_context import RequestContext
from components.tables.columns import Column, Kind
from components.tables.paging import pick_page
from data.codes import Problem
from data.policy import Action, may
from queries.evaluations.comments import named_comments
from queries.evaluations.ratings import problems_met

LOADED = 500


def render_problems(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Problems that the evaluations name, the most frequent first, with their share of the evaluations counted."""
    translate = fmt.translate
    title = translate("Problems met")
    frame = cached_query(
        problems_met, scope=filters.scope, period=filters.period, direction=filters.direction, form=filters.form
    )
    st.subheader(title, anchor=False)
    if frame.empty:
        render_empty(
            translate("No problem is named in the evaluations that count here"),
            translate("Choose a longer period, a wider area, or all directions and forms."),
        )
        return
    evaluations = fmt.number(frame["n"].iloc[0])
    st.caption(translate("Of {number} evaluations; one may name several.", number=evaluations))
    rows = frame.assign(
        problem=[translate(Problem(code).label) for code in frame["problem_code"]],
        share_pct=100 * frame["evaluations"] / frame["n"],
    )
    cache_key = (filters.choices, filters.form)
    render_bars(lambda: problem_bars(frame, translate=translate), name="problems_met", cache_key=cache_key)
    columns = [
        Column("problem", translate("Problem")),
        Column("evaluations", translate("Evaluations that name it"), Kind.NUMBER),
        Column("share_pct", translate("Share of the evaluations"), Kind.PERCENT),
        Column("n", translate("Evaluations counted"), Kind.NUMBER),
    ]
    render_figure_table(rows, columns, title=title, key="problems_met", filters=filters, context=context, fmt=fmt)


def render_comments(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """The newest comments of as much of the area as this person sees in full."""
    translate = fmt.translate
    area = filters.book.seen_in_full(context.actor, filters.area)
    if area is None or not may(context.actor, Action.READ_SINGLE_EVALUATIONS):
        render_empty(
            translate("Comments are read by the leaders of the region or district itself"),
            translate("Marks and problems of this area are in the other parts of this page."),
            icon=":material/lock:",
        )
        return
    period, direction = filters.period, filters.direction
    frame = cached_query(
        named_comments, scope=area.scope, period=period, direction=direction, form=filters.form, limit=LOADED
    )
    if frame.empty:
        render_empty(
            translate("No named evaluation carries a comment here"),
            translate("Choose a longer period or a wider area. Comments of confidential evaluations are not shown."),
        )
        return
    title = translate("What is said: {area}", area=area.name)
    st.subheader(title, anchor=False)
    page_key = f"comments_page:{area.code}:{filters.period_code}:{filters.direction}:{filters.form}"
    for comment in pick_page(frame, key=page_key, fmt=fmt, most=LOADED).to_dict("records"):
        _render_comment(comment, filters, fmt=fmt)
    _render_comment_table(frame, title, filters, context, fmt=fmt)


def _render_comment(comment: Mapping[Hashable, Any], filters: Filters, *, fmt: Formatter) -> None:
    """A comment as plain text, never as markup, with its NGO and event; the district's name opens the district."""
    translate, soato = fmt.translate, comment["district_soato"]
    with st.container(border=True, gap="xsmall"):
        st.text(comment["comment"])
        event = translate("Joint event {number}: {title}", number=comment["number"], title=comment["title"])
        when = fmt.date(comment["event_date"])
        if not is_missing(comment["mark_mean"]):
            mark = fmt.mark(comment["mark_mean"])
            when = translate("{date} · mean mark {mark}", date=when, mark=mark)
        st.caption("  \n".join([f"**{plain(comment['ngo'])}**", plain(event), when]))
        opened = {**query_params(), Param.AREA.value: soato}
        label = plain(filters.book.name(soato))
        st.page_link(DISTRICT_PAGE, label=label, icon=":material/location_on:", query_params=opened)


def _render_comment_table(
    frame: pd.DataFrame, title: str, filters: Filters, context: RequestContext, *, fmt: Formatter
) -> None:
    translate = fmt.translate
    columns = [
        Column("event_date", translate("Date"), Kind.DATE),
        Column("district", translate("District")),
        Column("number", translate("Number")),
        Column("title", translate("Joint event")),
        Column("ngo", translate("NGO")),
        Column("mark_mean", translate("Mean mark"), Kind.POINTS),
        Column("comment", translate("Comment")),
    ]
    rows = frame.assign(district=frame["district_soato"].map(filters.book.name))
    render_figure_table(rows, columns, title=title, key="comments", filters=filters, context=context, fmt=fmt)
