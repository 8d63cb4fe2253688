"""The formality check: what is worth a look, why, and the rows behind it; never a verdict."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd
import streamlit as st

from components.attention import attention_area
from components.shell.cache import cached_query
from components.shell.filters import Filters
from components.shell.formatter import Formatter, is_missing
from components.shell.request_context import RequestContext
from components.tables.columns import Column, Kind
from components.tables.table import render_table
from data.codes import FormalityReason
from data.effectiveness.formality import EXPLANATIONS
from data.policy import Action, ScopeKind, may
from queries.effectiveness.formality import formality_reasons
from queries.effectiveness.formality_records import FormalityThing, formality_rows

ROWS_SHOWN = 50
NAMES_SHOWN = 5


def render_formality(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Each reason with how much was looked at and found, its explanation, and the rows for those who may see them."""
    if not may(context.actor, Action.SEE_FORMALITY):
        return
    translate = fmt.translate
    st.subheader(translate("What looks formal"), anchor=False)
    st.caption(translate("Reasons to look closer, never a verdict. There may be a good explanation for each."))
    table = cached_query(formality_reasons, scope=filters.scope, period=filters.period, today=context.today)
    for reason in FormalityReason:
        _render_reason(reason, table[table["reason_code"] == reason.value], filters, context, fmt)


def reason_title(reason: FormalityReason, rows: pd.DataFrame, filters: Filters, *, fmt: Formatter) -> str:
    """The reason with what was found: for one district its counts, for more how many districts are worth a look."""
    translate, label = fmt.translate, fmt.translate(reason.label)
    if filters.scope.kind is ScopeKind.DISTRICT:
        row = rows.iloc[0]
        if row["checked"] == 0:
            return translate("{reason}: nothing to look at", reason=label)
        counts = {"found": fmt.number(row["found"]), "checked": fmt.number(row["checked"])}
        if row["is_worth_a_look"]:
            return translate("{reason}: {found} of {checked}, worth a look", reason=label, **counts)
        return translate("{reason}: {found} of {checked}", reason=label, **counts)
    districts = int(rows["is_worth_a_look"].sum())
    if not districts:
        return translate("{reason}: no district", reason=label)
    return translate.plural(
        "{reason}: {n} district is worth a look", "{reason}: {n} districts are worth a look", districts, reason=label
    )


def _render_reason(
    reason: FormalityReason, rows: pd.DataFrame, filters: Filters, context: RequestContext, fmt: Formatter
) -> None:
    icon = ":material/search:" if bool(rows["is_worth_a_look"].any()) else ":material/remove:"
    title = reason_title(reason, rows, filters, fmt=fmt)
    opened = st.expander(title, icon=icon, key=f"formality_{reason}", on_change="rerun")
    if not opened.open:
        return
    with opened:
        st.caption(fmt.translate(EXPLANATIONS[reason]))
        if filters.scope.kind is not ScopeKind.DISTRICT:
            _render_districts(reason, rows, filters, fmt)
        _render_rows(reason, filters, context, fmt)


def _render_districts(reason: FormalityReason, rows: pd.DataFrame, filters: Filters, fmt: Formatter) -> None:
    translate = fmt.translate
    found = rows[rows["is_worth_a_look"]]
    if found.empty:
        return
    shown = found.assign(area=[filters.book.name(code) for code in found["district_soato"]])
    columns = [
        Column("area", translate("District")),
        Column("found", translate("Found"), Kind.NUMBER),
        Column("checked", translate("Looked at"), Kind.NUMBER),
    ]
    title = translate("Districts worth a look")
    render_table(shown, columns, translate=translate, key=f"formality_districts_{reason}", alt=title)


def _render_rows(reason: FormalityReason, filters: Filters, context: RequestContext, fmt: Formatter) -> None:
    """The rows behind a reason in as much of the area as this person sees in full."""
    translate = fmt.translate
    area = attention_area(context.actor, filters.area, filters.book)
    if area is None:
        st.caption(translate("The rows behind it are shown to the leaders of the area itself."))
        return
    rows = cached_query(
        formality_rows, scope=area.scope, period=filters.period, today=context.today, reason=reason, limit=ROWS_SHOWN
    )
    if rows.empty:
        return
    shown = pd.DataFrame([_row(row, filters, fmt) for row in rows.to_dict("records")])
    columns = [
        Column("thing", translate("What")),
        Column("name", translate("Name")),
        Column("area", translate("District")),
        Column("row_date", translate("Date"), Kind.DATE),
        Column("counts", translate("Found of looked at")),
        Column("text", translate("Text")),
    ]
    filled = [column for column in columns if any(not is_missing(value) and value != "" for value in shown[column.key])]
    title = translate("Rows behind it: {area}", area=area.name)
    st.markdown(f"**{title}**")
    render_table(shown, filled, translate=translate, key=f"formality_rows_{reason}", alt=title)
    if len(rows) == ROWS_SHOWN:
        st.caption(translate("The first {number} are shown.", number=fmt.number(ROWS_SHOWN)))


def _row(row: Mapping[Hashable, object], filters: Filters, fmt: Formatter) -> dict[str, object]:
    checked, found = (int(str(row[name])) for name in ("checked", "found"))
    counts = fmt.translate("{found} of {checked}", found=fmt.number(found), checked=fmt.number(checked))
    return {
        "thing": fmt.translate(FormalityThing(str(row["thing_code"])).label),
        "name": row["name"],
        "area": filters.book.name(str(row["district_soato"])),
        "row_date": row["row_date"],
        "counts": counts if checked > 1 else "",
        "text": row["text"],
    }
