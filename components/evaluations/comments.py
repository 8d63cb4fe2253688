"""Problems that the NGOs met, and comments of named evaluations."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from components.charts.cached_chart import render_bars
from components.charts.composition import problem_bars
from components.shell.address import Param, list_params, query_params, record_address
from components.shell.chrome import DISTRICT_PAGE, EVENT_ADDRESS, EVENT_PAGE, NGO_ADDRESS, escape_markdown
from components.shell.filters import Filters
from components.shell.formatter import Formatter, is_missing
from components.shell.request_context import RequestContext
from components.tables.columns import ColumnSpec, ColumnType
from components.tables.figure_table import render_figure_table
from components.tables.links import Link, link_html
from data.codes import Problem


def render_problem_figure(
    frame: pd.DataFrame,
    title: str,
    filters: Filters,
    context: RequestContext,
    *,
    addresses: Mapping[str, str],
    fmt: Formatter,
) -> None:
    """Draw problems with their share, the most frequent first; ``frame`` is that of ``problems_met``.

    ``addresses``: where the bar of a code leads to.
    """
    translate = fmt.translate
    evaluations = fmt.number(frame["n"].iloc[0])
    st.caption(translate("Of {number} evaluations; one may name several.", number=evaluations))
    rows = frame.assign(
        problem=[translate(Problem(code).label) for code in frame["problem_code"]],
        share_pct=100 * frame["evaluations"] / frame["n"],
    )
    render_bars(
        lambda: problem_bars(frame, translate=translate, addresses=addresses),
        name="problems_met",
        cache_key=(filters.choices, filters.form, tuple(addresses.items())),
    )
    columns = [
        ColumnSpec("problem", translate("Problem")),
        ColumnSpec("evaluations", translate("Evaluations that name it"), ColumnType.NUMBER),
        ColumnSpec("share_pct", translate("Share of the evaluations"), ColumnType.PERCENT),
        ColumnSpec("n", translate("Evaluations counted"), ColumnType.NUMBER),
    ]
    render_figure_table(rows, columns, title=title, key="problems_met", filters=filters, context=context, fmt=fmt)


def render_comment(comment: Mapping[Hashable, Any], filters: Filters, *, fmt: Formatter) -> None:
    """Draw a comment as plain text, never as markup, with its NGO and event; the district's name opens the district."""
    translate, soato = fmt.translate, comment["district_soato"]
    with st.container(border=True, gap="xsmall"):
        st.text(comment["comment"])
        event = translate("Joint event {number}: {title}", number=comment["number"], title=comment["title"])
        when = fmt.date(comment["event_date"])
        if not is_missing(comment["mark_mean"]):
            rating = fmt.rating(comment["mark_mean"])
            when = translate("{date} · mean rating {mark}", date=when, mark=rating)
        ngo = Link(comment["ngo"], record_address(NGO_ADDRESS, int(comment["ngo_id"])))
        st.html(f"<small>{link_html(ngo)}</small>")
        st.caption(when)
        st.page_link(
            EVENT_PAGE,
            label=escape_markdown(event),
            icon=":material/event:",
            query_params={**list_params(), Param.RECORD.value: str(comment["event_id"])},
        )
        opened = {**query_params(), Param.AREA.value: soato}
        label = escape_markdown(filters.directory.name(soato))
        st.page_link(DISTRICT_PAGE, label=label, icon=":material/location_on:", query_params=opened)


def render_comment_table(
    frame: pd.DataFrame, title: str, filters: Filters, context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw the same comments as a table with its file."""
    translate = fmt.translate
    columns = [
        ColumnSpec("event_date", translate("Date"), ColumnType.DATE),
        ColumnSpec("district", translate("District")),
        ColumnSpec("number", translate("Number")),
        ColumnSpec("title", translate("Joint event"), link="event_address"),
        ColumnSpec("ngo", translate("NGO"), link="ngo_address"),
        ColumnSpec("mark_mean", translate("Mean rating"), ColumnType.POINTS),
        ColumnSpec("comment", translate("Comment")),
    ]
    rows = frame.assign(
        district=frame["district_soato"].map(filters.directory.name),
        title=frame["title"].where(frame["title"] != "", frame["number"]),
        event_address=[record_address(EVENT_ADDRESS, int(event_id)) for event_id in frame["event_id"]],
        ngo_address=[record_address(NGO_ADDRESS, int(ngo_id)) for ngo_id in frame["ngo_id"]],
    )
    render_figure_table(rows, columns, title=title, key="comments", filters=filters, context=context, fmt=fmt)
