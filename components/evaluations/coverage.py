"""Texts and tables of coverage: how many events are evaluated, and by which NGOs."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.evaluations.lists import DUE, NGO, rows_address
from components.indicators.response import response_columns, response_note
from components.shell.address import link_to, record_address
from components.shell.areas import Area
from components.shell.chrome import EVALUATIONS_ADDRESS, NGO_ADDRESS
from components.shell.filters import EvaluationsPart, Filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from components.tables.columns import ColumnSpec, ColumnType
from components.tables.figure_table import render_table_and_file
from components.tables.links import Link, link_html
from components.tables.paging import PAGE_SIZE
from data.indicators.evaluations import EVALUATION_SCORE


def counted_text(summary: pd.DataFrame, filters: Filters, *, fmt: Formatter) -> str:
    """Return how confidential evaluations are counted in figures; ``summary`` is one row of ``coverage_summary``."""
    translate, counts = fmt.translate, summary.iloc[0]
    if filters.direction or filters.form:
        return translate(
            "Under a direction or a form only named evaluations count: so few confidential ones would identify NGOs."
        )
    sentences = [
        translate(
            "Counted: {named} named and {confidential} confidential evaluations.",
            named=fmt.number(counts["evaluations_named"]),
            confidential=fmt.number(counts["confidential_counted"]),
        ),
        *_confidential_share(counts, fmt=fmt),
        translate(
            "Confidential ones count in batches of at least 5 by at least 3 NGOs of a district: {waiting} wait for "
            "their batch, {outside} are in batches that reach beyond the period.",
            waiting=fmt.number(counts["confidential_waiting"]),
            outside=fmt.number(counts["confidential_outside"]),
        ),
    ]
    return " ".join(sentences)


def _confidential_share(counts: pd.Series[int], *, fmt: Formatter) -> list[str]:
    sent = counts[["confidential_counted", "confidential_outside", "confidential_waiting"]].sum()
    if not sent:
        return []
    share = fmt.percent(100 * counts["confidential_counted"] / sent)
    return [fmt.translate("Of the confidential ones {share} count so far.", share=share)]


def response_rate(summary: pd.DataFrame) -> float:
    """Return the share of due events that were evaluated in time, in percent; NaN without any."""
    counts = summary.iloc[0]
    return 100 * counts["events_evaluated"] / counts["events_due"] if counts["events_due"] else float("nan")


def coverage_text(summary: pd.DataFrame, *, fmt: Formatter) -> str:
    """Return how many due events were evaluated in time; ``summary`` is one row of ``coverage_summary``."""
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


def render_coverage_links(summary: pd.DataFrame, *, fmt: Formatter) -> None:
    """Draw how many events were due and how many of them are left, each as a link to these events."""
    translate, counts = fmt.translate, summary.iloc[0]
    due, part = int(counts["events_due"]), EvaluationsPart.COVERAGE
    if not due:
        return
    left = fmt.number(due - int(counts["events_evaluated"]))
    links = [
        Link(translate("Not evaluated in time: {number}", number=left), link_to(EVALUATIONS_ADDRESS, part=part.value)),
        Link(translate("All due events: {number}", number=fmt.number(due)), rows_address(part, DUE)),
    ]
    st.html(f"{' · '.join(map(link_html, links))}")


def render_ngo_coverage(
    frame: pd.DataFrame, area: Area, filters: Filters, context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw NGOs by how many of their events they did not evaluate; ``frame`` is that of ``not_evaluated``."""
    translate = fmt.translate
    columns = [
        ColumnSpec("ngo_name", translate("NGO"), link="address"),
        ColumnSpec("events_left", translate("Not evaluated by the NGO"), ColumnType.NUMBER, link="rows_address"),
        ColumnSpec("events_held", translate("Events held"), ColumnType.NUMBER),
        ColumnSpec("events_evaluated", translate("Evaluated by the NGO"), ColumnType.NUMBER),
        ColumnSpec("share_pct", translate("Share evaluated"), ColumnType.PERCENT),
        ColumnSpec("district", translate("Home district")),
    ]
    title = translate("NGOs: {area}", area=area.name)
    ids = [int(ngo_id) for ngo_id in frame["ngo_id"]]
    rows = frame.assign(
        district=frame["district_soato"].map(filters.directory.name),
        address=[record_address(NGO_ADDRESS, ngo_id) for ngo_id in ids],
        rows_address=[
            rows_address(EvaluationsPart.COVERAGE, NGO, ngo_id) if left else ""
            for ngo_id, left in zip(ids, frame["events_left"], strict=True)
        ],
    )
    st.subheader(title, anchor=False)
    st.caption(translate("Each NGO of an event may evaluate it; late evaluations count too. All directions and forms."))
    render_table_and_file(
        rows, columns, title=title, key="not_evaluated", filters=filters, context=context, fmt=fmt, size=PAGE_SIZE
    )


def render_district_responses(
    frame: pd.DataFrame, area: Area, filters: Filters, context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw districts, the lowest response first, each with a link to its events that were not evaluated.

    ``frame`` is that of ``district_responses`` with ``confidential_pct``, the share of confidential ones that counts.
    """
    translate = fmt.translate
    columns = [
        ColumnSpec("district", translate("District"), link="address"),
        ColumnSpec("events_left", translate("Not evaluated in time"), ColumnType.NUMBER, link="address"),
        ColumnSpec("events_due", translate("Due events"), ColumnType.NUMBER),
        ColumnSpec("events_evaluated", translate("Evaluated in time"), ColumnType.NUMBER),
        *response_columns(EVALUATION_SCORE, fmt=fmt),
        ColumnSpec("sent", translate("Confidential evaluations"), ColumnType.NUMBER),
        ColumnSpec("confidential_pct", translate("Confidential: share that counts"), ColumnType.PERCENT),
    ]
    ordered = frame.sort_values(["response", "events_left"], ascending=[True, False], kind="stable")
    rows = ordered.assign(
        district=ordered["district_soato"].map(filters.directory.name),
        response_note=[response_note(rate, fmt=fmt) for rate in ordered["response"]],
        address=[
            link_to(EVALUATIONS_ADDRESS, area=soato, part=EvaluationsPart.COVERAGE.value)
            for soato in ordered["district_soato"]
        ],
    )
    title = translate("Districts: {area}", area=area.name)
    st.subheader(title, anchor=False)
    render_table_and_file(
        rows, columns, title=title, key="responses", filters=filters, context=context, fmt=fmt, size=PAGE_SIZE
    )
