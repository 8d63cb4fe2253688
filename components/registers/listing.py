"""List and page of any record: the columns that its register declares, and all of its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

import pandas as pd

from components.charts.palette import GRID, MUTED_TEXT
from components.registers.options import FormOptions
from components.registers.values import value_text
from components.shell.formatter import Formatter
from components.tables.columns import ColumnSpec, ColumnType
from data.registers.declaration import FieldKind, RegisterSheet
from data.registers.entry import cell_text

# Memoranda and what belongs to them, plan and events have pages of their own.
REGISTERS = ("requests", "supports", "trainings", "awards", "ngos", "mahallas", "inhabitants", "offences", "targets")
ADDRESS = "address"
_NGOS = frozenset({FieldKind.STIR, FieldKind.STIRS})
_NUMBERS = frozenset({FieldKind.COUNT, FieldKind.WHOLE, FieldKind.AMOUNT})
_STYLE = f"""<style>
dl.hamkor-record {{ display: grid; grid-template-columns: minmax(9rem, 16rem) 1fr; margin: 0; max-width: 45rem; }}
.hamkor-record :is(dt, dd) {{ margin: 0; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid {GRID};
  overflow-wrap: anywhere; }}
.hamkor-record dt {{ color: {MUTED_TEXT}; }}
@media (max-width: 40rem) {{
  dl.hamkor-record {{ grid-template-columns: 1fr; }}
  .hamkor-record dt {{ border: 0; padding-bottom: 0; }}
  .hamkor-record dd {{ padding-top: 0; }}
}}
</style>"""


def listed_fields(sheet: RegisterSheet, *, has_district: bool) -> list[str]:
    """Return the codes of the fields that the list of a register shows; the district where there are several."""
    codes = [code for code in sheet.listed or tuple(field.code for field in sheet.fields) if code != "district"]
    has_field = any(field.kind is FieldKind.DISTRICT for field in sheet.fields)
    return [*codes, *(["district"] if has_district and has_field else [])]


def listed_rows(
    frame: pd.DataFrame,
    sheet: RegisterSheet,
    codes: list[str],
    options: FormOptions,
    fmt: Formatter,
    *,
    address_of: Callable[[int], str],
) -> pd.DataFrame:
    """Return the rows of a list in words, with the address of each record; numbers and dates keep their types."""
    rows = pd.DataFrame({ADDRESS: [address_of(int(record)) for record in frame["record_id"]]})
    for code in codes:
        field = sheet.field(code)
        if column_type(field.kind) is ColumnType.TEXT:
            texts = (value_text(field, cell_text(value), options, fmt) for value in frame[code])
            rows[code] = [_short(field.kind, text) for text in texts]
        else:
            rows[code] = list(frame[code])
    return rows


def listed_columns(sheet: RegisterSheet, codes: list[str], fmt: Formatter) -> list[ColumnSpec]:
    """Return the columns of a list; the first one leads to the record."""
    return [
        ColumnSpec(
            code,
            _heading(sheet, code, fmt),
            column_type(sheet.field(code).kind),
            link=ADDRESS if place == 0 else "",
        )
        for place, code in enumerate(codes)
    ]


def _short(kind: FieldKind, text: str) -> str:
    """Return the names of NGOs without their taxpayer numbers."""
    if kind not in _NGOS:
        return text
    return "; ".join(name.split(" · ")[0] for name in text.split("; "))


def _heading(sheet: RegisterSheet, code: str, fmt: Formatter) -> str:
    field = sheet.field(code)
    if field.kind in _NGOS and code != sheet.key:
        return fmt.translate("NGO") if field.kind is FieldKind.STIR else fmt.translate("NGOs")
    return field.heading.in_language(fmt.translate.language)


def column_type(kind: FieldKind) -> ColumnType:
    """Return how a table shows values of a kind."""
    if kind in {FieldKind.DATE, FieldKind.TERM}:
        return ColumnType.DATE
    if kind is FieldKind.VALUE:
        return ColumnType.EXACT
    return ColumnType.NUMBER if kind in _NUMBERS else ColumnType.TEXT


def record_html(sheet: RegisterSheet, texts: Mapping[str, str], options: FormOptions, fmt: Formatter) -> str:
    """Return every field of a record with its value; what people typed is escaped."""
    language = fmt.translate.language
    items = "".join(
        f"<dt>{escape(field.heading.in_language(language))}</dt>"
        f"<dd>{escape(value_text(field, texts.get(field.code, ''), options, fmt))}</dd>"
        for field in sheet.fields
        if field.code in texts
    )
    return f'{_STYLE}<dl class="hamkor-record">{items}</dl>'
