"""Columns of tables and downloads, declared once: the same headings and values in both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from components.memoranda.status import status_label
from components.shell.formatter import Formatter, is_missing
from data.indicators import Indicator


class ColumnType(StrEnum):
    """Kinds of values in a column."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    POINTS = "points"
    DECIMAL = "decimal"
    EXACT = "exact"
    DATE = "date"
    STATUS = "status"
    INDICATOR = "indicator"


NUMERIC = frozenset(
    {
        ColumnType.NUMBER,
        ColumnType.PERCENT,
        ColumnType.POINTS,
        ColumnType.DECIMAL,
        ColumnType.EXACT,
        ColumnType.INDICATOR,
    }
)


@dataclass(frozen=True)
class ColumnSpec:
    """A column of a frame as it is shown. ``label`` and ``help`` come translated; texts of cells too.

    ``indicator`` is given for the kind INDICATOR: its unit decides how a value is written. In
    :func:`components.tables.record_table.record_table` ``link`` is the column of the frame with the address that a cell
    leads to, or with a name and an address for each thing that it names, ``note`` the one with a second line of text
    and ``note_link`` the one with its address, ``tone`` the one that says whether that line, or the text where there is
    none, is "good", "bad" or neither.
    """

    key: str
    label: str
    kind: ColumnType = ColumnType.TEXT
    help: str = ""
    indicator: Indicator | None = None
    link: str = ""
    note: str = ""
    note_link: str = ""
    tone: str = ""


def cell_text(value: object, column: ColumnSpec, fmt: Formatter) -> str:
    """Return a cell as the reader sees it."""
    if is_missing(value):
        return fmt.missing if column.kind is ColumnType.INDICATOR else "–"
    if isinstance(value, date) and column.kind is ColumnType.DATE:
        return fmt.date(value)
    if column.kind in NUMERIC:
        return _number_text(float(str(value)), column, fmt)
    return status_label(str(value), translate=fmt.translate) if column.kind is ColumnType.STATUS else str(value)


def _number_text(value: float, column: ColumnSpec, fmt: Formatter) -> str:
    if column.indicator is not None:
        return fmt.indicator_value(column.indicator, value)
    if column.kind is ColumnType.PERCENT:
        return fmt.percent(value)
    if column.kind is ColumnType.DECIMAL:
        return fmt.number(value, decimals=1)
    if column.kind is ColumnType.EXACT:
        return fmt.exact(value)
    return fmt.points(value) if column.kind is ColumnType.POINTS else fmt.number(value)
