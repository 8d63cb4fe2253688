"""Register of days that are not as the week says: holidays, other days off, and Saturdays that are worked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from data.codes import DayKind
from data.language import N_, Wording
from data.policy import Action
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.register import Record, RecordRegister
from data.registers.shared import DATE_NOTE
from data.schema import Holiday
from data.workbook import errors
from data.workbook.import_scope import ImportScope
from data.workbook.rows import ReadRow

HolidayKey = tuple[date]


@dataclass(frozen=True)
class HolidayValues:
    """What a day is called, and whether it is worked."""

    name: str
    kind: DayKind


class HolidayRegister(RecordRegister[HolidayKey, HolidayValues]):
    """Days off and worked Saturdays of the country, by their date."""

    sheet = RegisterSheet(
        "holidays",
        Wording("Holidays"),
        Wording("Holidays and moved working days"),
        key="holiday_date",
        written_by=Action.EDIT_REFERENCE,
        name_field="name",
        date_field="holiday_date",
        fields=(
            SheetField(
                "holiday_date", FieldKind.DATE, Wording("Date", "workbook holidays"), is_required=True, note=DATE_NOTE
            ),
            SheetField("name", FieldKind.TEXT, Wording("Name of the day"), is_required=True),
            SheetField(
                "kind",
                FieldKind.CHOICE,
                Wording("Kind of day"),
                is_required=True,
                choices=DayKind,
                note=N_("A day off from Monday to Friday, or a Saturday or Sunday that is worked instead."),
            ),
        ),
    )
    model, values_type, key_field = Holiday, HolidayValues, "holiday_date"
    apart = ("holiday_date",)
    taken = errors.RECORD_EXISTS

    def rows(self, connection: Connection, scope: ImportScope) -> Iterable[Row[*tuple[Any, ...]]]:
        """All days, a dozen a year."""
        return connection.execute(self.current()) if scope.has("holidays") else ()

    def stored_key(self, row: Row[*tuple[Any, ...]]) -> HolidayKey:
        """Date."""
        return (row.holiday_date,)

    def key_of(self, row: ReadRow) -> HolidayKey:
        """Date."""
        return (row.get("holiday_date"),)

    def key_columns(self, record: Record[HolidayKey, HolidayValues]) -> Mapping[str, Any]:
        """Date."""
        return {"holiday_date": record.key[0]}
