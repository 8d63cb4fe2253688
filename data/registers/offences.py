"""Register of offences by district and month, from official statistics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from data.dates.period import Period
from data.language import N_, Wording
from data.policy import Action
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.register import Known, Record, RecordRegister
from data.registers.shared import DISTRICT, MONTH, PRIVATE_NOTE, YEAR, year_and_month
from data.schema import OffenceMonth
from data.workbook import errors
from data.workbook.database import rows_where
from data.workbook.errors import CellError
from data.workbook.import_context import ImportContext
from data.workbook.import_scope import ImportScope
from data.workbook.rows import ReadRow

MonthKey = tuple[str, int]
"""District (SOATO) and month (YYYYMM)."""
PARTS = ("criminal_search", "youth", "women", "repeat")
FIGURES = ("all", *PARTS, "crime_free")
FIGURE_NOTE = N_("A whole number from official statistics. An empty cell says nothing, and is not zero.")


@dataclass(frozen=True)
class OffenceValues:
    """Figures of a district and month; ``all`` is the total, of which all but ``crime_free`` are parts."""

    all: int | None = None
    criminal_search: int | None = None
    youth: int | None = None
    women: int | None = None
    repeat: int | None = None
    crime_free: int | None = None
    source: str = ""


class OffenceRegister(RecordRegister[MonthKey, OffenceValues]):
    """Figures of districts and months; an empty cell keeps the known value, and rows add to each other."""

    sheet = RegisterSheet(
        "offences",
        Wording("Offences"),
        Wording("Registered offences"),
        key="district",
        written_by=Action.EDIT_REFERENCE,
        listed=("district", "year", "month", *FIGURES, "source"),
        fields=(
            DISTRICT,
            YEAR,
            MONTH,
            SheetField(
                "all",
                FieldKind.WHOLE,
                Wording("All offences", "workbook offences"),
                note=FIGURE_NOTE,
                column="offences",
                units="offences",
            ),
            SheetField(
                "criminal_search",
                FieldKind.WHOLE,
                Wording("In the line of criminal search"),
                note=FIGURE_NOTE,
                units="offences",
            ),
            SheetField(
                "youth", FieldKind.WHOLE, Wording("Committed by young people"), note=FIGURE_NOTE, units="offences"
            ),
            SheetField("women", FieldKind.WHOLE, Wording("Committed by women"), note=FIGURE_NOTE, units="offences"),
            SheetField(
                "repeat",
                FieldKind.WHOLE,
                Wording("Repeat offences", "workbook offences"),
                note=FIGURE_NOTE,
                units="offences",
            ),
            SheetField(
                "crime_free",
                FieldKind.WHOLE,
                Wording("Mahallas without an offence", "workbook offences"),
                note=FIGURE_NOTE,
                column="mahallas_crime_free",
                units="mahallas",
            ),
            SheetField("source", FieldKind.TEXT, Wording("Source"), note=PRIVATE_NOTE),
        ),
    )
    model, values_type, key_field = OffenceMonth, OffenceValues, "month"
    apart = ("district", "year", "month")
    taken = errors.RECORD_EXISTS

    def __init__(self, context: ImportContext) -> None:
        super().__init__(context)
        self._said: dict[MonthKey, dict[str, int]] = defaultdict(dict)

    def rows(self, connection: Connection, scope: ImportScope) -> Iterable[Row[*tuple[Any, ...]]]:
        """Figures of the districts that the rows name, and those that they show."""
        yield from self.rows_by_id(connection, scope.record_ids("offences"))
        yield from rows_where(connection, self.current(), OffenceMonth.district_soato, scope.districts("offences"))

    def stored_key(self, row: Row[*tuple[Any, ...]]) -> MonthKey:
        """District and month."""
        return row.district_soato, row.year_month

    def cell_of(self, entry: SheetField, row: Row[*tuple[Any, ...]], lists: Mapping[str, tuple[Any, ...]]) -> object:
        """Cell of a field; year and month are stored as one number."""
        year, month = divmod(row.year_month, 100)
        return {"year": year, "month": month}.get(entry.code) or super().cell_of(entry, row, lists)

    def key_of(self, row: ReadRow) -> MonthKey:
        """District and month, which must have ended."""
        year, month = year_and_month(row)
        if (year, month) >= (self.context.today.year, self.context.today.month):
            raise CellError(errors.FUTURE_MONTH, field_code="month")
        return str(row.get("district")), year * 100 + month

    def values_of(self, row: ReadRow, key: MonthKey, known: Known[OffenceValues] | None) -> OffenceValues:
        """Figures of the row, beside those that are known or that an earlier row says; parts fit into the total."""
        said = {code: row.get(code) for code in FIGURES if row.get(code) is not None}
        if not said:
            raise CellError(errors.NO_FIGURE, field_code="all")
        earlier = self.records.get(key)
        if any(self._said[key].get(code, count) != count for code, count in said.items()):
            row_number = earlier.row if earlier else row.number
            raise CellError(self.contradiction, field_code=self.key_field, row=row_number)
        base = earlier.values if earlier else known.values if known else None
        values = self.read(row, base)
        if base is not None and not row.is_whole:
            kept = {code: getattr(base, code) for code in FIGURES if code not in said}
            values = replace(values, **kept, source=values.source or base.source)
        _check_parts(values, said)
        self._said[key] |= said
        return values

    def merged(self, earlier: Record[MonthKey, OffenceValues], values: OffenceValues) -> OffenceValues:  # noqa: ARG002
        """Values of the later row, which has the figures of the earlier one too."""
        return values

    def days_of(self, row: ReadRow, key: MonthKey, values: OffenceValues) -> tuple[date, date] | None:  # noqa: ARG002
        """First and last day of the month."""
        month = Period.of_months(date(key[1] // 100, key[1] % 100, 1), 1)
        return month.first_day, month.last_day

    def key_columns(self, record: Record[MonthKey, OffenceValues]) -> Mapping[str, Any]:
        """District and month."""
        return {"district_soato": record.key[0], "year_month": record.key[1]}


def _check_parts(values: OffenceValues, said: Mapping[str, int]) -> None:
    """Raise :class:`CellError` where a part is larger than the total; one of the two is in the row."""
    for code in PARTS:
        part = getattr(values, code)
        if values.all is not None and part is not None and part > values.all:
            fault = code if code in said else "all"
            raise CellError(errors.CATEGORY_EXCEEDS_ALL, field_code=fault, part=part, total=values.all)
