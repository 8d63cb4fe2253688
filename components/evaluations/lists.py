"""Lists behind the numbers of evaluations, and the choices in the address that open them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from components.shell.address import Param, link_to, record_address, valid_choice
from components.shell.chrome import EVALUATIONS_ADDRESS, EVENT_ADDRESS, MAHALLA_ADDRESS, NGO_ADDRESS
from components.shell.filters import EvaluationsPart, Filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from components.tables.addresses import ngo_addresses
from components.tables.columns import ColumnSpec, ColumnType
from components.tables.figure_table import render_figure_table, render_table_and_file
from components.tables.links import Link, link_html
from data.codes import Direction, EvaluationItem, EventForm, Labelled, Problem
from data.policy import ScopeKind

ITEM, DIRECTION, FORM, PROBLEM, NGO, DUE = "item", "direction", "form", "problem", "ngo", "due"
_CODES: Mapping[str, type[Labelled]] = {
    ITEM: EvaluationItem,
    DIRECTION: Direction,
    FORM: EventForm,
    PROBLEM: Problem,
}
_PARTS: Mapping[EvaluationsPart, frozenset[str]] = {
    EvaluationsPart.RATINGS: frozenset({ITEM, DIRECTION, FORM}),
    EvaluationsPart.PROBLEMS: frozenset({PROBLEM}),
    EvaluationsPart.COVERAGE: frozenset({NGO, DUE}),
}


@dataclass(frozen=True)
class ChosenRows:
    """Which list the reader opened: a kind, and the code of a rating or problem or the id of an NGO."""

    kind: str
    code: str

    @classmethod
    def parse(cls, text: str) -> ChosenRows | None:
        """Return the list of a code of the address; None where there is no such list."""
        kind, _, code = text.partition(":")
        if kind in _CODES:
            return cls(kind, code) if code in set(_CODES[kind]) else None
        is_ngo = kind == NGO and code.isascii() and code.isdigit() and len(code) <= len("2147483647")
        return cls(kind, code) if is_ngo or text == DUE else None

    @property
    def label(self) -> str:
        """Name of the item, direction, form or problem, a message id."""
        return _CODES[self.kind](self.code).label


def chosen_rows(part: EvaluationsPart) -> ChosenRows | None:
    """Return the list that the address names where it belongs to a part of the page."""

    def is_of_part(text: str) -> bool:
        rows = ChosenRows.parse(text)
        return rows is not None and rows.kind in _PARTS.get(part, frozenset())

    return ChosenRows.parse(valid_choice(Param.ROWS, is_of_part, default=""))


def rows_address(part: EvaluationsPart, kind: str, code: object = "", **chosen: str) -> str:
    """Return the address of a list; ``chosen`` are filters in place of the reader's."""
    rows = f"{kind}:{code}" if code != "" else kind
    return link_to(EVALUATIONS_ADDRESS, part=part.value, rows=rows, **chosen)


def code_addresses(part: EvaluationsPart, kind: str, **chosen: str) -> Mapping[str, str]:
    """Return the address of the list of each code of a kind."""
    return {code.value: rows_address(part, kind, code.value, **chosen) for code in _CODES[kind]}


def render_way_back(part: EvaluationsPart, *, fmt: Formatter) -> None:
    """Draw the link from a list to the part of the page that it belongs to."""
    address = link_to(EVALUATIONS_ADDRESS, part=part.value)
    text = fmt.translate("Back: {name}", name=fmt.translate(part.label))
    st.html(f"{link_html(Link(text, address))}")


def render_named_evaluations(
    frame: pd.DataFrame, title: str, filters: Filters, context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw evaluations with links to event and NGO; ``frame`` is that of ``named_evaluations``."""
    translate = fmt.translate
    columns = [
        ColumnSpec("event", translate("Joint event"), link="event_address"),
        ColumnSpec("event_date", translate("Date"), ColumnType.DATE),
        ColumnSpec("ngo", translate("NGO"), link="ngo_address"),
        ColumnSpec("rating", translate("Rating"), ColumnType.EXACT),
        ColumnSpec("comment", translate("Comment")),
        ColumnSpec("mahalla", translate("Mahalla"), link="mahalla_address"),
        *_district_column(filters, fmt),
    ]
    rows = _named(frame, filters).assign(
        ngo_address=[record_address(NGO_ADDRESS, int(ngo_id)) for ngo_id in frame["ngo_id"]]
    )
    render_table_and_file(rows, columns, title=title, key="named", filters=filters, context=context, fmt=fmt)


def render_due_events(
    frame: pd.DataFrame,
    title: str,
    filters: Filters,
    context: RequestContext,
    *,
    key: str,
    fmt: Formatter,
    is_folded: bool = False,
) -> None:
    """Draw due events with links to event and NGOs; ``frame`` is that of ``due_events``."""
    translate = fmt.translate
    columns = [
        ColumnSpec("event", translate("Joint event"), link="event_address"),
        ColumnSpec("event_date", translate("Date"), ColumnType.DATE),
        ColumnSpec("ngos", translate("NGOs"), link="ngo_addresses"),
        ColumnSpec("evaluated", translate("Evaluated")),
        ColumnSpec("mahalla", translate("Mahalla"), link="mahalla_address"),
        *_district_column(filters, fmt),
    ]
    in_time, late, no = translate("In time"), translate("Later than 14 days"), translate("No")
    states = zip(frame["is_in_time"], frame["is_evaluated"], strict=True)
    rows = _named(frame, filters).assign(
        evaluated=[in_time if is_in_time else late if is_evaluated else no for is_in_time, is_evaluated in states],
        ngo_addresses=ngo_addresses(frame),
    )
    render = render_figure_table if is_folded else render_table_and_file
    render(rows, columns, title=title, key=key, filters=filters, context=context, fmt=fmt)


def _named(frame: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    return frame.assign(
        event=frame["title"].where(frame["title"] != "", frame["number"]),
        event_address=[record_address(EVENT_ADDRESS, int(event_id)) for event_id in frame["event_id"]],
        mahalla_address=[record_address(MAHALLA_ADDRESS, int(key)) if key else "" for key in frame["mahalla_id"]],
        district=frame["district_soato"].map(filters.directory.name),
    )


def _district_column(filters: Filters, fmt: Formatter) -> list[ColumnSpec]:
    is_wide = filters.area.scope.kind is not ScopeKind.DISTRICT
    return [ColumnSpec("district", fmt.translate("District"))] if is_wide else []
