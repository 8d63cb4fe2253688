"""Texts and tables of the formality check: reasons to review, never a conclusion."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from components.shell.address import record_address
from components.shell.areas import AreaDirectory
from components.shell.chrome import EVENT_ADDRESS, MAHALLA_ADDRESS, NGO_ADDRESS
from components.shell.formatter import Formatter, is_missing
from components.tables.columns import ColumnSpec, ColumnType
from data.codes import FormalityReason
from data.effectiveness.formality import FormalityThing

PAGES = {
    FormalityThing.MAHALLA: MAHALLA_ADDRESS,
    FormalityThing.EVENT: EVENT_ADDRESS,
    FormalityThing.NGO: NGO_ADDRESS,
}


def reason_title(reason: FormalityReason, rows: pd.DataFrame, *, is_district: bool, fmt: Formatter) -> str:
    """Return a reason with its counts: for one district those found, for more how many districts are for review.

    ``rows``: those of the reason in :func:`queries.effectiveness.formality.formality_reasons`.
    """
    translate, label = fmt.translate, fmt.translate(reason.label)
    if is_district:
        row = rows.iloc[0]
        if row["checked"] == 0:
            return translate("{reason}: nothing to look at", reason=label)
        counts = {"found": fmt.number(row["found"]), "checked": fmt.number(row["checked"])}
        if row["is_for_review"]:
            return translate("{reason}: {found} of {checked}, for review", reason=label, **counts)
        return translate("{reason}: {found} of {checked}", reason=label, **counts)
    districts = int(rows["is_for_review"].sum())
    if not districts:
        return translate("{reason}: no district", reason=label)
    return translate.plural(
        "{reason}: {n} district of {checked} is for review",
        "{reason}: {n} districts of {checked} are for review",
        districts,
        reason=label,
        checked=fmt.number(int((rows["checked"] > 0).sum())),
    )


def district_table(
    rows: pd.DataFrame, *, directory: AreaDirectory, fmt: Formatter
) -> tuple[pd.DataFrame, list[ColumnSpec]]:
    """Return the districts that are for review for a reason, with found and checked counts, and the columns."""
    translate = fmt.translate
    found = rows[rows["is_for_review"]]
    columns = [
        ColumnSpec("area", translate("District")),
        ColumnSpec("found", translate("Found"), ColumnType.NUMBER),
        ColumnSpec("checked", translate("Looked at"), ColumnType.NUMBER),
    ]
    return found.assign(area=[directory.name(code) for code in found["district_soato"]]), columns


def row_table(rows: pd.DataFrame, *, directory: AreaDirectory, fmt: Formatter) -> tuple[pd.DataFrame, list[ColumnSpec]]:
    """Rows of :func:`queries.effectiveness.formality_records.formality_rows` as text, and the columns that are filled.

    At least one row.
    """
    translate = fmt.translate
    shown = pd.DataFrame([_row(row, directory, fmt) for row in rows.to_dict("records")])
    columns = [
        ColumnSpec("thing", translate("What")),
        ColumnSpec("name", translate("Name"), link="address"),
        ColumnSpec("area", translate("District")),
        ColumnSpec("row_date", translate("Date"), ColumnType.DATE),
        ColumnSpec("counts", translate("Found of looked at")),
        ColumnSpec("text", translate("Text")),
    ]
    return shown, [
        column for column in columns if any(not is_missing(value) and value != "" for value in shown[column.key])
    ]


def _row(row: Mapping[Hashable, Any], directory: AreaDirectory, fmt: Formatter) -> dict[str, object]:
    checked, found = int(row["checked"]), int(row["found"])
    page = PAGES.get(FormalityThing(row["thing_code"]), "")
    counts = fmt.translate("{found} of {checked}", found=fmt.number(found), checked=fmt.number(checked))
    return {
        "thing": fmt.translate(FormalityThing(row["thing_code"]).label),
        "name": row["name"],
        "address": record_address(page, int(row["thing_id"])) if page else "",
        "area": directory.name(row["district_soato"]),
        "row_date": row["row_date"],
        "counts": counts if checked > 1 else "",
        "text": row["text"],
    }
