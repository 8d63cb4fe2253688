"""Fields and notes of several sheets, and the year and month of a row in two cells or in one."""

from __future__ import annotations

from data.language import N_, Wording
from data.registers.declaration import FieldKind, SheetField
from data.workbook import errors
from data.workbook.cells.months import ParsedMonth
from data.workbook.errors import CellError
from data.workbook.rows import ReadRow

STIR_NOTE = N_("Nine digits. Several organisations are separated by a semicolon.")
LIST_NOTE = N_("Several words of the list are separated by a semicolon.")
DATE_NOTE = N_("A date, best as day.month.year.")
DONE_DATE_NOTE = N_("A date; empty while it is not done.")
COUNT_NOTE = N_("A whole number of people. These are counts only: leave out data on persons.")
PRIVATE_NOTE = N_("Free text without passport numbers, PINFL or phone numbers.")
DISTRICT_NOTE = N_("The name with the word district or city, or the SOATO code.")

MEMORANDUM_NUMBER = Wording("Memorandum number")
EVENT_NUMBER = Wording("Event number")
PLAN_NUMBER = Wording("Plan item")
STIR_HEADING = Wording("STIR (tax number)")
DISTRICT_HEADING = Wording("District (city)")

DISTRICT = SheetField(
    "district", FieldKind.DISTRICT, DISTRICT_HEADING, is_required=True, note=DISTRICT_NOTE, also=("district",)
)
NGO_STIR = SheetField(
    "stir", FieldKind.STIR, STIR_HEADING, is_required=True, note=N_("Nine digits."), column="ngo_id", also=("stir",)
)
NGO_STIRS = SheetField("stirs", FieldKind.STIRS, STIR_HEADING, is_required=True, note=STIR_NOTE, also=("stir",))
YEAR = SheetField(
    "year",
    FieldKind.YEAR,
    Wording("Year"),
    note=N_("Four digits; may stay empty where the month is written with its year."),
    also=("year",),
)
MONTH = SheetField(
    "month",
    FieldKind.MONTH,
    Wording("Month"),
    is_required=True,
    note=N_("The month's name or number, or the month and the year."),
    also=("month",),
)


def year_and_month(row: ReadRow) -> tuple[int, int]:
    """Year and month (1-12) of a row. Raises :class:`CellError` where the year is missing or two years differ."""
    said: ParsedMonth = row.get("month")
    year: int | None = row.get("year")
    if year is None and said.year is None:
        raise CellError(errors.NO_YEAR, field_code="year")
    if year is not None and said.year is not None and year != said.year:
        raise CellError(errors.OTHER_YEAR, field_code="month", year=year, other=said.year)
    return year or said.year or 0, said.month
