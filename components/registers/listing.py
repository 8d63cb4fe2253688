"""List and page of any record: the columns that its register declares, and all of its fields."""

from __future__ import annotations

import pandas as pd

from components.registers.facts import value_cell
from components.registers.options import FormOptions
from components.registers.records import record_page
from components.registers.values import value_text
from components.shell.address import Param, choices, is_id, record_address
from components.shell.chrome import MAHALLA_ADDRESS, NGO_ADDRESS
from components.shell.formatter import Formatter
from components.tables.columns import NUMERIC, ColumnSpec, ColumnType
from components.tables.links import Link, LinkedCell, linked_table
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.entry import cell_text

# Memoranda and what belongs to them, plan and events have pages of their own; others are parts of the cooperation desk.
REGISTERS = ("ngos", "mahallas", "inhabitants", "offences", "targets", "holidays")
# Records that have a page of another kind: their field with the name, and its address.
PAGES = {"ngos": ("name", NGO_ADDRESS), "mahallas": ("mahalla", MAHALLA_ADDRESS)}
_BETWEEN, _BEFORE_VALUE = "~", ":"
_NGOS = frozenset({FieldKind.STIR, FieldKind.STIRS})
_NUMBERS = frozenset({FieldKind.COUNT, FieldKind.WHOLE, FieldKind.AMOUNT})


def listed_fields(sheet: RegisterSheet, *, has_district: bool) -> list[str]:
    """Return the codes of the fields that the list of a register shows; the district where there are several."""
    codes = [code for code in sheet.listed or tuple(field.code for field in sheet.fields) if code != "district"]
    has_field = any(field.kind is FieldKind.DISTRICT for field in sheet.fields)
    return [*codes, *(["district"] if has_district and has_field else [])]


def listed_rows(
    frame: pd.DataFrame, sheet: RegisterSheet, codes: list[str], options: FormOptions, fmt: Formatter
) -> pd.DataFrame:
    """Return the rows of a file in words; numbers and dates keep their types."""
    rows = pd.DataFrame(index=range(len(frame)))
    for code in codes:
        field = sheet.field(code)
        if column_type(field.kind) is ColumnType.TEXT:
            texts = (value_text(field, cell_text(value), options, fmt) for value in frame[code])
            rows[code] = [_short(field.kind, text) for text in texts]
        else:
            rows[code] = list(frame[code])
    return rows


def listed_columns(sheet: RegisterSheet, codes: list[str], fmt: Formatter) -> list[ColumnSpec]:
    """Return the columns of a list."""
    return [ColumnSpec(code, _heading(sheet, code, fmt), column_type(sheet.field(code).kind)) for code in codes]


def listed_html(
    frame: pd.DataFrame, sheet: RegisterSheet, codes: list[str], options: FormOptions, fmt: Formatter, *, title: str
) -> str:
    """Return the list as a table: the first cell of a row leads to the record, names to the pages of what they name."""
    columns = listed_columns(sheet, codes, fmt)
    named, address = PAGES.get(sheet.code, ("", ""))
    headings = [column.label for column in columns]
    if codes[0] == named:
        headings.append(fmt.translate("Record"))
    rows = []
    for row in frame.astype(object).where(frame.notna(), None).to_dict("records"):
        record = int(row["record_id"])
        opened = record_page(sheet.code, record)
        cells: list[LinkedCell] = []
        for code in codes:
            cell = value_cell(sheet.field(code), cell_text(row[code]), options, fmt)
            if code == named:
                cell = Link(str(cell), record_address(address, record))
            elif not cells:
                cell = Link(str(cell), opened)
            cells.append(cell)
        if codes[0] == named:
            cells.append(Link(fmt.translate("Open the record"), opened))
        rows.append(cells)
    numbers = frozenset(place for place, column in enumerate(columns) if column.kind in NUMERIC)
    return linked_table(headings, rows, title=title, numbers=numbers)


def only_text(**values: object) -> str:
    """Return values of fields as the address has them, for :func:`chosen_values`."""
    return _BETWEEN.join(f"{code}{_BEFORE_VALUE}{value}" for code, value in values.items())


def chosen_values(sheet: RegisterSheet) -> dict[str, str]:
    """Return the values of fields of a register to which the address narrows its list, by code.

    A value is a code of a choice, or the id of an NGO or a mahalla; anything else is left out.
    """
    fields = {field.code: field for field in sheet.fields}
    parts = [part.partition(_BEFORE_VALUE) for part in choices().get(Param.ONLY, "").split(_BETWEEN)]
    return {code: value for code, _, value in parts if code in fields and _is_value(fields[code], value)}


def _is_value(field: SheetField, value: str) -> bool:
    if field.kind is FieldKind.CHOICE:
        return field.choices is not None and value in set(field.choices)
    return field.kind in {*_NGOS, FieldKind.NAMES} and is_id(value)


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
