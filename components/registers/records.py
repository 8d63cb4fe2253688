"""Records of any register as a table in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.registers.options import FormOptions
from components.registers.values import value_text
from components.shell.formatter import Formatter
from components.tables.links import linked_table
from data.registers.declaration import FieldKind, RegisterSheet
from data.registers.entry import cell_text

if TYPE_CHECKING:
    import pandas as pd

_NUMBERS = frozenset({FieldKind.COUNT, FieldKind.WHOLE, FieldKind.AMOUNT})


def records_html(
    sheet: RegisterSheet,
    frame: pd.DataFrame,
    options: FormOptions,
    fmt: Formatter,
    *,
    title: str,
    left_out: frozenset[str] = frozenset(),
) -> str:
    """Return records of :func:`queries.registers.records.list_records` as a table, without the fields ``left_out``."""
    codes = sheet.listed or tuple(field.code for field in sheet.fields)
    fields = [sheet.field(code) for code in codes if code not in left_out]
    headings = [field.heading.in_language(fmt.translate.language) for field in fields]
    rows = [
        [value_text(field, cell_text(row[field.code]), options, fmt) for field in fields]
        for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
    ]
    numbers = frozenset(place for place, field in enumerate(fields) if field.kind in _NUMBERS)
    return linked_table(headings, rows, title=title, numbers=numbers)
