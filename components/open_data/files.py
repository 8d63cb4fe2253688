"""A table of the open data as CSV and as JSON, for programs: codes, full stops as decimal signs, ISO dates."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from components.exports.cells import escaped_formula
from data.open_data import FieldType, OpenColumn, OpenTable

DECIMALS = 4
Value = str | int | float | bool | None


def _text(value: object) -> Value:
    return str(value) if value != "" else None


def _number(value: object) -> Value:
    rounded = round(float(str(value)), DECIMALS)
    return int(rounded) if rounded.is_integer() else rounded


_VALUES: Mapping[FieldType, Callable[[object], Value]] = {
    FieldType.STRING: _text,
    FieldType.INTEGER: lambda value: int(str(value)),
    FieldType.NUMBER: _number,
    FieldType.BOOLEAN: bool,
    FieldType.DATE: lambda value: f"{value:%Y-%m-%d}",
    FieldType.YEAR: lambda value: int(str(value)),
    FieldType.MONTH: lambda value: f"{value:%Y-%m}",
}


def csv_file(table: OpenTable, frame: pd.DataFrame) -> bytes:
    """Return the rows as CSV in UTF-8; a missing value is an empty cell.

    Text that a spreadsheet would run as a formula is preceded by an apostrophe.
    """
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow([column.code for column in table.columns])
    rows.writerows(zip(*([_cell(value) for value in values] for values in _columns(table, frame)), strict=True))
    return text.getvalue().encode()


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return escaped_formula(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def json_file(table: OpenTable, frame: pd.DataFrame) -> bytes:
    """Return the rows as a JSON list of objects; a missing value is null."""
    names = [column.code for column in table.columns]
    rows = (dict(zip(names, row, strict=True)) for row in zip(*_columns(table, frame), strict=True))
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return f"[{lines}]\n".encode()


def _columns(table: OpenTable, frame: pd.DataFrame) -> Iterable[list[Value]]:
    return (_column(column, frame[column.code]) for column in table.columns)


def _column(column: OpenColumn, values: pd.Series[Any]) -> list[Value]:
    """Return the values of a column in the types of JSON, None for a missing one."""
    convert = _VALUES[column.type]
    cells = zip(values.tolist(), values.isna().tolist(), strict=True)
    return [None if is_missing else convert(value) for value, is_missing in cells]
