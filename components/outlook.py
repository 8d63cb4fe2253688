"""Outlook of an area: how much falls due by kind and month, and each thing with its day, owner and page."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

import streamlit as st

from components.attention import owner_cell
from components.events.entries import entry_name
from components.shell.address import Param, choices, link_to, valid_choice
from components.shell.areas import NATION_CODE, AreaDirectory
from components.shell.chrome import (
    DESK_ADDRESS,
    EVALUATIONS_ADDRESS,
    EVENT_ADDRESS,
    MEETING_ADDRESS,
    MEMORANDUM_ADDRESS,
    PLAN_ITEM_ADDRESS,
)
from components.shell.filters import EvaluationsPart
from components.shell.formatter import Formatter, is_missing
from components.tables.links import Link, LinkedCell, link_html, linked_table
from data.codes import OutlookKind
from data.dates.period import Period, year_month

if TYPE_CHECKING:
    import pandas as pd

OUTLOOK = "outlook"
"""Code of the part of a page that has the outlook."""
PAGE_KEY, PAGE_ITEMS = "outlook_page", 15
_PLACES: Mapping[OutlookKind, str] = {
    OutlookKind.PLAN_ITEM: PLAN_ITEM_ADDRESS,
    OutlookKind.EVENT: EVENT_ADDRESS,
    OutlookKind.MEMORANDUM: MEMORANDUM_ADDRESS,
    OutlookKind.OBLIGATION: MEMORANDUM_ADDRESS,
    OutlookKind.REQUEST: DESK_ADDRESS,
    OutlookKind.ANSWER: EVALUATIONS_ADDRESS,
    OutlookKind.RECOMMENDATION: EVALUATIONS_ADDRESS,
    OutlookKind.DECISION: MEETING_ADDRESS,
    OutlookKind.EVALUATION: EVENT_ADDRESS,
}
_ALL = "all"
_MONTH = re.compile(r"20[0-9]{2}(0[1-9]|1[0-2])")


def chosen_kind() -> OutlookKind | None:
    """Return the kind that the list is narrowed to by the address, None for all."""
    code = valid_choice(Param.ROWS, set(OutlookKind).__contains__, default="")
    return OutlookKind(code) if code else None


def chosen_month(period: Period) -> date | None:
    """Return the month of the outlook that the list is narrowed to by the address, None for all."""
    months = {str(year_month(month)): month for month in period.months}
    return months.get(valid_choice(Param.MONTHS, months.__contains__, default=""))


def is_opened() -> bool:
    """Return whether the address asks for the outlook, on a page where it is folded."""
    return choices().get(Param.VIEW) == OUTLOOK


def outlook_address(kind: OutlookKind | None = None, month: date | None = None) -> str:
    """Return the address of the list of a kind and month on the page that is open."""
    return link_to("", view=OUTLOOK, rows=kind or "", months=year_month(month) if month else "")


def of_choice(counts: pd.DataFrame, kind: OutlookKind | None, month: date | None) -> pd.DataFrame:
    """Return the counts of a kind and month."""
    of_kind = counts if kind is None else counts[counts["kind_code"] == kind.value]
    return of_kind if month is None else of_kind[of_kind["month"] == month]


def counts_html(counts: pd.DataFrame, period: Period, *, fmt: Formatter, title: str) -> str:
    """Return how much falls due by kind and month as a table; each number leads to its list.

    ``counts`` are those of :func:`queries.outlook.outlook_counts`.
    """
    translate, months = fmt.translate, list(period.months)
    columns = zip(counts["kind_code"], counts["month"], counts["count"], strict=True)
    numbers = {(kind_code, month): int(number) for kind_code, month, number in columns}
    headings = [translate("What falls due"), *(fmt.month(month) for month in months), translate("In all")]

    def cell(number: int, kind: OutlookKind | None, month: date | None) -> LinkedCell:
        return Link(fmt.number(number), outlook_address(kind, month)) if number else "–"

    rows: list[list[LinkedCell]] = []
    for kind in OutlookKind:
        found = [numbers.get((kind.value, month), 0) for month in months]
        if any(found):
            cells = [cell(number, kind, month) for number, month in zip(found, months, strict=True)]
            rows.append([translate(kind.label), *cells, cell(sum(found), kind, None)])
    totals = [sum(number for (_, other), number in numbers.items() if other == month) for month in months]
    cells = [cell(number, None, month) for number, month in zip(totals, months, strict=True)]
    rows.append([translate("In all"), *cells, cell(sum(totals), None, None)])
    return linked_table(headings, rows, title=title, numbers=frozenset(range(1, len(headings))))


def render_items(
    frame: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    kind: OutlookKind | None,
    month: date | None,
    directory: AreaDirectory,
    has_area: bool,
    fmt: Formatter,
) -> None:
    """Draw a page of what falls due, month by month, each with the number of its month in all.

    ``frame``: rows of :func:`queries.outlook.outlook_list`; ``counts``: those of what is listed; ``has_area``: the
    things are in several areas.
    """
    translate = fmt.translate
    if kind is not None or month is not None:
        named = [translate(kind.label)] if kind else []
        named += [fmt.month(month)] if month else []
        st.html(link_html(Link(translate("Everything that falls due"), outlook_address())))
        st.caption(" · ".join([*named, translate("Rows: {number}", number=fmt.number(counts["count"].sum()))]))
    totals = counts.groupby("month")["count"].sum()
    rows = frame.to_dict("records")
    for first_day, of_month in groupby(rows, key=lambda row: row["due_date"].date().replace(day=1)):
        title = translate("{what}: {number}", what=fmt.month(first_day), number=fmt.number(totals[first_day]))
        st.markdown(f"#### {title}")
        cells = [_cells(row, directory, has_area, fmt) for row in of_month]
        st.html(linked_table(_headings(has_area, fmt), cells, title=title))


def _headings(has_area: bool, fmt: Formatter) -> list[str]:
    translate = fmt.translate
    area = [translate("Area")] if has_area else []
    return [translate("What it is about"), translate("Due"), translate("What falls due"), translate("Owner"), *area]


def _cells(row: Mapping[Hashable, Any], directory: AreaDirectory, has_area: bool, fmt: Formatter) -> list[LinkedCell]:
    kind, area_code = OutlookKind(row["kind_code"]), str(row["district_soato"]) or NATION_CODE
    return [
        Link(_name(kind, row, fmt), _address(kind, row, area_code)),
        _due(kind, row, fmt),
        fmt.translate(kind.label),
        owner_cell(row, fmt.translate),
        *([directory.name(area_code)] if has_area else []),
    ]


def _name(kind: OutlookKind, row: Mapping[Hashable, Any], fmt: Formatter) -> str:
    translate, number, title = fmt.translate, row["number"], row["title"]
    match kind:
        case OutlookKind.PLAN_ITEM:
            name = entry_name(row, fmt)
            return f"{name}, {row['mahalla']}" if row["mahalla"] else name
        case OutlookKind.MEMORANDUM | OutlookKind.OBLIGATION:
            return translate("Memorandum {number}: {title}", number=number, title=title)
        case OutlookKind.DECISION:
            return translate("Meeting {number}: {title}", number=number, title=title)
        case OutlookKind.REQUEST:
            return translate("Request {number}: {title}", number=number, title=title)
        case _ if is_missing(number):
            return translate("Confidential recommendation: {title}", title=title)
        case _:
            return translate("Joint event {number}: {title}", number=number, title=title)


def _due(kind: OutlookKind, row: Mapping[Hashable, Any], fmt: Formatter) -> str:
    """Return the day on which something is due and how far that is; a plan item has its month alone."""
    if kind is OutlookKind.PLAN_ITEM:
        return fmt.translate("In the course of the month")
    return f"{fmt.date(row['due_date'])} · {fmt.deadline(int(row['days']))}"


def _address(kind: OutlookKind, row: Mapping[Hashable, Any], area_code: str) -> str:
    """Return the address of the page of a thing, or of the part of a page where it stands among others."""
    if kind in {OutlookKind.ANSWER, OutlookKind.RECOMMENDATION}:
        return link_to(_PLACES[kind], area=area_code, part=EvaluationsPart.RECOMMENDATIONS.value)
    record = "" if is_missing(row["record_id"]) else int(row["record_id"])
    return link_to(_PLACES[kind], area=area_code, record=record)
