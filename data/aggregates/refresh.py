"""Recomputing the sums of stale cells from the base rows, set by set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, delete, select, text, update

from data.aggregates.cells import Cell, fill_work_table, work_row
from data.aggregates.release import release
from data.aggregates.statements import statements
from data.aggregates.texts import keep_texts
from data.dates import clock
from data.dates.period import Period
from data.schema import DataVersion, StaleCell

_UNITS = "first_day DATE, last_day DATE"
_STALE_MONTH = f"district_soato VARCHAR(10), year_month INTEGER, {_UNITS}"
_STALE_YEAR = f"district_soato VARCHAR(10), year INTEGER, {_UNITS}"


def refresh(connection: Connection, *, today: date | None = None) -> int:
    """Recompute all stale cells inside the caller's write transaction and return how many there were.

    Call it with :func:`data.database.engine.writing`. Confidential evaluations that may be are released first, on the
    day ``today`` (by default the clock's). The version grows by one if there was any mark. On PostgreSQL refreshers
    take turns by a lock on the one row of the version; writers and readers do not wait for it.
    """
    if connection.dialect.name == "postgresql":
        # Before any SELECT, so that the view of the data is taken after the wait for the other refresher.
        connection.execute(text("LOCK TABLE data_version IN EXCLUSIVE MODE"))
    release(connection, _marked_cells(connection), today=today or clock.today())
    marks = _take_marks(connection)
    if not marks:
        return 0
    cells = [cell for cell in marks if cell.district_soato]
    if cells:
        _fill_work_tables(connection, cells)
        for statement in statements(connection.dialect.name):
            connection.execute(text(statement))
        keep_texts(connection)
    connection.execute(update(DataVersion).values(version=DataVersion.version + 1))
    return len(cells)


def _marked_cells(connection: Connection) -> Sequence[Cell]:
    marked = select(StaleCell.district_soato, StaleCell.year_month).where(StaleCell.district_soato != "").distinct()
    return [Cell(*cell) for cell in connection.execute(marked)]


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
    years = sorted({(cell.district_soato, cell.year) for cell in cells})
    whole_years = [work_row(district, year, Period.of_year(year)) for district, year in years]
    fill_work_table(connection, "stale_month", _STALE_MONTH, [cell.work_row for cell in cells])
    fill_work_table(connection, "stale_year", _STALE_YEAR, whole_years)
