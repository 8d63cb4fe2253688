"""Months of a district, and the temporary tables of those whose sums are being recomputed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from data.dates.period import Period

WorkRow = Mapping[str, str | int]


@dataclass(frozen=True, order=True)
class MonthKey:
    """Month (YYYYMM) of a district."""

    district_soato: str
    year_month: int

    @property
    def year(self) -> int:
        """Year of the month."""
        return self.year_month // 100

    @property
    def period(self) -> Period:
        """Month as a period."""
        return Period.of_months(date(self.year, self.year_month % 100, 1), 1)

    @property
    def work_row(self) -> dict[str, str | int]:
        """Month as a row of a work table: district, month, its first and last day."""
        return work_row(self.district_soato, self.year_month, self.period)


def work_row(district_soato: str, unit: int, period: Period) -> dict[str, str | int]:
    """Row of a work table: district, month or year, its first and last day."""
    first, last = period.first_day.isoformat(), period.last_day.isoformat()
    return {"district": district_soato, "unit": unit, "first_day": first, "last_day": last}


def run_all(connection: Connection, statements: Iterable[str]) -> None:
    """Run statements without parameters, whose rows nobody reads, in their order; on PostgreSQL without waiting for the
    answer to one before the next is sent."""
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.driver_connection
        with driver.pipeline():
            for statement in statements:
                driver.execute(statement)
        return
    for statement in statements:
        connection.exec_driver_sql(statement)


def empty_work_tables(connection: Connection, tables: Mapping[str, str]) -> None:
    """Create temporary tables, given with their columns, if they do not exist, and delete their rows."""
    made = (f"CREATE TEMPORARY TABLE IF NOT EXISTS {name} ({columns})" for name, columns in tables.items())
    emptied = (f"DELETE FROM {name}" for name in tables)  # noqa: S608 - names of our own modules
    run_all(connection, (*made, *emptied))


def fill_work_table(connection: Connection, name: str, columns: str, rows: Sequence[WorkRow]) -> None:
    """Create a temporary table if it does not exist, and replace its rows."""
    empty_work_tables(connection, {name: columns})
    if not rows:
        return
    values = ", ".join(f":{key}" for key in rows[0])
    connection.execute(text(f"INSERT INTO {name} VALUES ({values})"), list(rows))  # noqa: S608 - names of our own modules
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"ANALYZE {name}"))
