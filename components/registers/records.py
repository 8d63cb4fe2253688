"""Records of any register as a table in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.registers.facts import value_cell
from components.registers.options import FormOptions
from components.shell.address import link_to
from components.shell.chrome import DESK_ADDRESS, REGISTERS_ADDRESS
from components.shell.formatter import Formatter
from components.tables.links import Link, linked_table
from data.registers.declaration import FieldKind, RegisterSheet
from data.registers.entry import cell_text

if TYPE_CHECKING:
    import pandas as pd

DESK_REGISTERS = ("requests", "supports", "trainings", "awards")
"""Registers that people work with on the cooperation desk; each is a part of it."""
_NUMBERS = frozenset({FieldKind.COUNT, FieldKind.WHOLE, FieldKind.AMOUNT})


def record_page(register: str, record_id: int) -> str:
    """Return the address of the page of a record of a register that has no kind of page of its own."""
    if register in DESK_REGISTERS:
        return desk_address(register, record=record_id)
    return link_to(REGISTERS_ADDRESS, register=register, record=record_id)


def desk_address(register: str, **params: object) -> str:
    """Return the address of the part of the cooperation desk with a register, with parameters of its own."""
    return link_to(DESK_ADDRESS, view=register if register != DESK_REGISTERS[0] else "", **params)


def records_html(
    sheet: RegisterSheet,
    frame: pd.DataFrame,
    options: FormOptions,
    fmt: Formatter,
    *,
    title: str,
    left_out: frozenset[str] = frozenset(),
) -> str:
    """Return records of :func:`queries.registers.records.list_records` as a table, without the fields ``left_out``.

    The first cell of a row leads to the record.
    """
    codes = sheet.listed or tuple(field.code for field in sheet.fields)
    fields = [sheet.field(code) for code in codes if code not in left_out]
    headings = [field.heading.in_language(fmt.translate.language) for field in fields]
    rows = []
    for row in frame.astype(object).where(frame.notna(), None).to_dict("records"):
        first, *others = (value_cell(field, cell_text(row[field.code]), options, fmt) for field in fields)
        rows.append([Link(str(first), record_page(sheet.code, int(row["record_id"]))), *others])
    numbers = frozenset(place for place, field in enumerate(fields) if field.kind in _NUMBERS)
    return linked_table(headings, rows, title=title, numbers=numbers)
