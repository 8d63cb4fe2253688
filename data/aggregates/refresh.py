"""Recomputing the sums of stale cells from the base rows, set by set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, select, text, update

from data.aggregates.statements import statements
from data.period import Period
from data.schema import DataVersion, StaleCell

_WORK_TABLES = {
    "stale_month": "district_soato VARCHAR(10), year_month INTEGER, first_day DATE, last_day DATE",
    "stale_year": "district_soato VARCHAR(10), year INTEGER, first_day DATE, last_day DATE",
}


@dataclass(frozen=True)
class Cell:
    """A district and month whose sums are stale."""

    district_soato: str
    year_month: int

    @property
    def year(self) -> int:
        """The year of the month."""
        return self.year_month // 100

    @property
    def period(self) -> Period:
        """The month as a period."""
        return Period.of_months(date(self.year, self.year_month % 100, 1), 1)


def refresh(connection: Connection) -> int:
    """Recompute all stale cells inside the caller's write transaction and return how many there were.

    Call it with :func:`data.engine.writing`. The version grows by one if there was any mark. On PostgreSQL
    refreshers take turns by a lock on the one row of the version; writers and readers do not wait for it.
    """
    if connection.dialect.name == "postgresql":
        # Before any SELECT, so that the view of the data is taken after the wait for the other refresher.
        connection.execute(text("LOCK TABLE data_version IN EXCLUSIVE MODE"))
    marks = _take_marks(connection)
    if not marks:
        return 0
    cells = [cell for cell in marks if cell.district_soato]
    if cells:
        _fill_work_tables(connection, cells)
        for statement in statements(connection.dialect.name):
            connection.execute(text(statement))
    connection.execute(update(DataVersion).values(version=DataVersion.version + 1))
    return len(cells)


def _take_marks(connection: Connection) -> Sequence[Cell]:
    """Delete the marks that are visible and return their cells; marks committed later stay."""
    gone = delete(StaleCell).returning(StaleCell.district_soato, StaleCell.year_month)
    if connection.dialect.name == "postgresql":
        taken = gone.cte("taken")
        rows = connection.execute(select(taken.c.district_soato, taken.c.year_month).distinct()).all()
    else:
        rows = connection.execute(gone).all()
    return [Cell(*cell) for cell in sorted({tuple(row) for row in rows})]


def _fill_work_tables(connection: Connection, cells: Sequence[Cell]) -> None:
    for name, columns in _WORK_TABLES.items():
        connection.execute(text(f"CREATE TEMPORARY TABLE IF NOT EXISTS {name} ({columns})"))
        connection.execute(text(f"DELETE FROM {name}"))  # noqa: S608 - names of this module
    years = sorted({(cell.district_soato, cell.year) for cell in cells})
    months = [_work_row(cell.district_soato, cell.year_month, cell.period) for cell in cells]
    whole_years = [_work_row(district, year, Period.of_year(year)) for district, year in years]
    for name, rows in (("stale_month", months), ("stale_year", whole_years)):
        connection.execute(text(f"INSERT INTO {name} VALUES (:district, :unit, :first_day, :last_day)"), rows)  # noqa: S608 - names of this module
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"ANALYZE {name}"))


def _work_row(district_soato: str, unit: int, period: Period) -> dict[str, str | int]:
    first, last = period.first_day.isoformat(), period.last_day.isoformat()
    return {"district": district_soato, "unit": unit, "first_day": first, "last_day": last}
