"""Register of the inhabitants of districts, as they were counted on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from data.language import N_, Wording
from data.policy import Action
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.register import Known, Record, RecordRegister
from data.registers.shared import DATE_NOTE, DISTRICT, PRIVATE_NOTE
from data.schema import Inhabitants
from data.workbook import errors
from data.workbook.database import rows_where
from data.workbook.errors import CellError
from data.workbook.import_scope import ImportScope
from data.workbook.rows import ReadRow

CountKey = tuple[str, date]
"""District (SOATO) and day of the count."""


@dataclass(frozen=True)
class InhabitantsValues:
    """Inhabitants of a district on a day, and who says so."""

    inhabitants: int
    source: str


class InhabitantsRegister(RecordRegister[CountKey, InhabitantsValues]):
    """Counts of inhabitants by district and day."""

    sheet = RegisterSheet(
        "inhabitants",
        Wording("Inhabitants", "workbook inhabitants"),
        Wording("Inhabitants of districts (cities)"),
        key="counted_date",
        written_by=Action.EDIT_REFERENCE,
        date_field="counted_date",
        listed=("district", "counted_date", "inhabitants", "source"),
        fields=(
            DISTRICT,
            SheetField("counted_date", FieldKind.DATE, Wording("Day of the count"), is_required=True, note=DATE_NOTE),
            SheetField(
                "inhabitants",
                FieldKind.WHOLE,
                Wording("Number of inhabitants"),
                is_required=True,
                note=N_("A whole number from official statistics."),
            ),
            SheetField("source", FieldKind.TEXT, Wording("Source"), is_required=True, note=PRIVATE_NOTE),
        ),
    )
    model, values_type, key_field = Inhabitants, InhabitantsValues, "counted_date"
    apart = ("district", "counted_date")
    taken = errors.RECORD_EXISTS

    def rows(self, connection: Connection, scope: ImportScope) -> Iterable[Row[*tuple[Any, ...]]]:
        """Counts of the districts that the rows name, and those that they show."""
        yield from self.rows_by_id(connection, scope.record_ids("inhabitants"))
        yield from rows_where(connection, self.current(), Inhabitants.district_soato, scope.districts("inhabitants"))

    def stored_key(self, row: Row[*tuple[Any, ...]]) -> CountKey:
        """District and day."""
        return row.district_soato, row.counted_date

    def key_of(self, row: ReadRow) -> CountKey:
        """District and day, which is not in the future."""
        self.context.check_past(row, "counted_date")
        return str(row.get("district")), row.get("counted_date")

    def values_of(self, row: ReadRow, key: CountKey, known: Known[InhabitantsValues] | None) -> InhabitantsValues:
        """Values of the row; a district has inhabitants."""
        if row.get("inhabitants") < 1:
            raise CellError(errors.NOT_ABOVE_ZERO, field_code="inhabitants")
        return super().values_of(row, key, known)

    def key_columns(self, record: Record[CountKey, InhabitantsValues]) -> Mapping[str, Any]:
        """District and day."""
        return {"district_soato": record.key[0], "counted_date": record.key[1]}
