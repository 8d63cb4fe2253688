"""The year and month that a row says, in two cells or in one."""

from __future__ import annotations

from data.workbook import faults
from data.workbook.faults import CellError
from data.workbook.months import MonthSaid
from data.workbook.planning import ReadRow


def year_and_month(row: ReadRow) -> tuple[int, int]:
    """The year and the month, 1-12. Raises :class:`CellError` where the year is missing or two are said."""
    said: MonthSaid = row.get("month")
    year: int | None = row.get("year")
    if year is None and said.year is None:
        raise CellError(faults.NO_YEAR, column_code="year")
    if year is not None and said.year is not None and year != said.year:
        raise CellError(faults.OTHER_YEAR, column_code="month", year=year, other=said.year)
    return year or said.year or 0, said.month
