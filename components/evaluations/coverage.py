"""Texts and tables of coverage: how many events are evaluated, and by which NGOs."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.shell.address import record_address
from components.shell.areas import Area
from components.shell.chrome import NGO_ADDRESS
from components.shell.filters import Filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from components.tables.columns import ColumnSpec, ColumnType
from components.tables.figure_table import render_table_and_file


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


def render_ngo_coverage(
    frame: pd.DataFrame, area: Area, filters: Filters, context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw NGOs by how many of their events they did not evaluate; ``frame`` is that of ``not_evaluated``."""
    translate = fmt.translate
    columns = [
        ColumnSpec("ngo_name", translate("NGO"), link="address"),
        ColumnSpec("events_left", translate("Not evaluated by the NGO"), ColumnType.NUMBER),
        ColumnSpec("events_held", translate("Events held"), ColumnType.NUMBER),
        ColumnSpec("events_evaluated", translate("Evaluated by the NGO"), ColumnType.NUMBER),
        ColumnSpec("share_pct", translate("Share evaluated"), ColumnType.PERCENT),
        ColumnSpec("district", translate("Home district")),
    ]
    title = translate("NGOs: {area}", area=area.name)
    rows = frame.assign(
        district=frame["district_soato"].map(filters.directory.name),
        address=[record_address(NGO_ADDRESS, int(ngo_id)) for ngo_id in frame["ngo_id"]],
    )
    st.caption(translate("Each NGO of an event may evaluate it; late evaluations count too. All directions and forms."))
    render_table_and_file(rows, columns, title=title, key="not_evaluated", filters=filters, context=context, fmt=fmt)
