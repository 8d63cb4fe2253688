"""Recomputes the sums of stale months from the base rows, set by set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, delete, select, text, update

from data.aggregates.release import release
from data.aggregates.statements import statements
from data.aggregates.text_keys import update_text_keys
from data.aggregates.work_tables import MonthKey, fill_work_table, run_all, work_row
from data.dates import clock
from data.dates.period import Period
from data.schema import DataVersion, StaleMonth

_UNITS = "first_day DATE, last_day DATE"
_MONTH_COLUMNS = f"district_soato VARCHAR(10), year_month INTEGER, {_UNITS}"
_YEAR_COLUMNS = f"district_soato VARCHAR(10), year INTEGER, {_UNITS}"


def refresh(connection: Connection, *, today: date | None = None) -> int:
    """Recompute all stale months inside the caller's write transaction and return their number.

    Call it with :func:`data.database.engine.writing`. Confidential evaluations that are due are released first, as of
    the day ``today`` (by default the clock's). The version grows by one if anything was stale. On PostgreSQL refreshes
    are serialised by a lock on the one row of the version; writers and readers do not wait for it.
    """
    if connection.dialect.name == "postgresql":
        # Before any SELECT, so that the view of the data is taken after the wait for the other refresher.
        connection.execute(text("LOCK TABLE data_version IN EXCLUSIVE MODE"))
    release(connection, _stale_months(connection), today=today or clock.today())
    taken = _take_stale_months(connection)
    if not taken:
        return 0
    months = [month for month in taken if month.district_soato]
    if months:
        _fill_work_tables(connection, months)
        run_all(connection, statements(connection.dialect.name))
        update_text_keys(connection)
    connection.execute(update(DataVersion).values(version=DataVersion.version + 1))
    return len(months)


def _stale_months(connection: Connection) -> Sequence[MonthKey]:
    stale = select(StaleMonth.district_soato, StaleMonth.year_month).where(StaleMonth.district_soato != "").distinct()
    return [MonthKey(*month) for month in connection.execute(stale)]


def _take_stale_months(connection: Connection) -> Sequence[MonthKey]:
    """Delete the visible rows and return their months; rows committed later stay."""
    gone = delete(StaleMonth).returning(StaleMonth.district_soato, StaleMonth.year_month)
    if connection.dialect.name == "postgresql":
        taken = gone.cte("taken")
        rows = connection.execute(select(taken.c.district_soato, taken.c.year_month).distinct()).all()
    else:
        rows = connection.execute(gone).all()
    return [MonthKey(*month) for month in sorted({tuple(row) for row in rows})]


def _fill_work_tables(connection: Connection, months: Sequence[MonthKey]) -> None:
    years = sorted({(month.district_soato, month.year) for month in months})
    whole_years = [work_row(district, year, Period.of_year(year)) for district, year in years]
    fill_work_table(connection, "refreshed_month", _MONTH_COLUMNS, [month.work_row for month in months])
    fill_work_table(connection, "refreshed_year", _YEAR_COLUMNS, whole_years)
