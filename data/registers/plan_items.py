"""Register of the items of the yearly joint plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from data.codes import Direction, EventForm
from data.dates.period import Period
from data.language import N_, Wording
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.register import Known, Record, RecordRegister
from data.registers.shared import DISTRICT, MONTH, PLAN_NUMBER, YEAR, year_and_month
from data.schema import PlanItem
from data.workbook.cells.text_matching import number_key
from data.workbook.database import rows_where
from data.workbook.import_scope import ImportScope
from data.workbook.rows import ReadRow

PlanKey = tuple[str, int, str]
"""District (SOATO), year and folded number of an item of a plan."""


@dataclass(frozen=True)
class PlanItemValues:
    """Values of a plan item besides its key; ``mahalla`` is a key, empty for the whole district."""

    month: int
    direction: Direction
    form: EventForm
    mahalla: str = ""
    stir: str = ""


class PlanItemRegister(RecordRegister[PlanKey, PlanItemValues]):
    """Items of the plans of districts; events refer to them."""

    sheet = RegisterSheet(
        "plans",
        Wording("Plans"),
        Wording("Items of the joint yearly plan"),
        key="number",
        listed=("number", "year", "month", "mahalla", "direction", "form", "stir"),
        fields=(
            SheetField(
                "number",
                FieldKind.NUMBER,
                PLAN_NUMBER,
                is_required=True,
                note=N_("The number of the item in the district's plan of the year. Events name it."),
                also=("plan_number", "number"),
            ),
            DISTRICT,
            YEAR,
            MONTH,
            SheetField(
                "mahalla",
                FieldKind.MAHALLA,
                Wording("Mahalla"),
                note=N_("Empty where the item is for the whole district."),
                column="mahalla_id",
                also=("mahalla",),
            ),
            SheetField("direction", FieldKind.CHOICE, Wording("Direction"), is_required=True, choices=Direction),
            SheetField("form", FieldKind.CHOICE, Wording("Form"), is_required=True, choices=EventForm),
            SheetField(
                "stir",
                FieldKind.STIR,
                Wording("STIR of the responsible NGO"),
                note=N_("Nine digits. Empty where no NGO is responsible."),
                column="responsible_ngo_id",
                also=("stir",),
            ),
        ),
    )
    model, values_type = PlanItem, PlanItemValues
    apart = ("number", "district", "year")
    existence_field = "month"

    def rows(self, connection: Connection, scope: ImportScope) -> Iterable[Row[*tuple[Any, ...]]]:
        """Plan items that the rows name or show; of events, those of all years."""
        yield from self.rows_by_id(connection, scope.record_ids("plans"))
        for district, keys in scope.numbers(("plans", "number"), ("events", "plan_item")).items():
            statement = self.current().where(PlanItem.district_soato == district)
            yield from rows_where(connection, statement, PlanItem.number_key, keys)

    def stored_key(self, row: Row[*tuple[Any, ...]]) -> PlanKey:
        """District, year and number."""
        return plan_key(row.district_soato, row.year, key=row.number_key, item_id=row.id)

    def key_of(self, row: ReadRow) -> PlanKey:
        """District, year and number."""
        return str(row.get("district")), year_and_month(row)[0], number_key(row.get("number"))

    def values_of(self, row: ReadRow, key: PlanKey, known: Known[PlanItemValues] | None) -> PlanItemValues:  # noqa: ARG002
        """Values of the row."""
        values = self.read(row, known.values if known else None, month=year_and_month(row)[1])
        if values.stir:
            self.context.ngos.check([values.stir], field_code="stir")
        return values

    def days_of(self, row: ReadRow, key: PlanKey, values: PlanItemValues) -> tuple[date, date] | None:  # noqa: ARG002
        """First and last day of the month of an item."""
        month = Period.of_months(date(key[1], values.month, 1), 1)
        return month.first_day, month.last_day

    def key_columns(self, record: Record[PlanKey, PlanItemValues]) -> Mapping[str, Any]:
        """District, year and number."""
        return {
            "district_soato": record.key[0],
            "year": record.key[1],
            "number": record.name,
            "number_key": record.key[2],
        }


def plan_key(district: str, year: int, *, key: str | None, item_id: int) -> PlanKey:
    """Key of an item; without a number it is the id with a space, which no folded number contains."""
    return district, year, f"id {item_id}" if key is None else key
