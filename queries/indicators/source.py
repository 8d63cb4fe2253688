"""Where the sums of indicators come from, and what part of a period has happened or has waited long enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Executable

from data.codes import Direction
from data.dates.period import Period, shift_month, year_month
from data.indicators import METHOD
from data.schema.aggregates import ALL_DIRECTIONS
from queries.row_filter import RowFilter


@dataclass(frozen=True)
class Tail:
    """Days up to ``last_day`` have waited long enough: whole months before ``cut_month``, and days of that month.

    ``cut_month`` is YYYYMM; the days run from ``first_day`` to ``last_day``, none if that is earlier.
    """

    cut_month: int
    first_day: date
    last_day: date

    @classmethod
    def until(cls, last_day: date) -> Tail:
        """The tail whose last day is ``last_day``."""
        day_after = last_day + timedelta(days=1)
        return cls(year_month(day_after), day_after.replace(day=1), last_day)


@dataclass(frozen=True)
class Window:
    """The months of a period that have begun by ``today``."""

    period: Period
    today: date

    @property
    def first_month(self) -> int:
        """First month as YYYYMM."""
        return self.period.first_year_month

    @property
    def last_month(self) -> int:
        """Last month that has begun, as YYYYMM; before the first one if none has."""
        return min(self.period.last_year_month, year_month(self.today))

    @property
    def months(self) -> list[date]:
        """First days of the months that have begun."""
        return [month for month in self.period.months if month <= self.today]

    @property
    def as_of(self) -> date:
        """The day on which status is judged."""
        return self.period.as_of(self.today)

    @property
    def evaluation_tail(self) -> Tail:
        """Events whose days for evaluation are over: the last of these days was yesterday or before."""
        return Tail.until(self.today - timedelta(days=METHOD.evaluation_days + 1))

    @property
    def closing_tail(self) -> Tail:
        """Recommendations that are old enough to be closed: so many days old today."""
        return Tail.until(self.today - timedelta(days=METHOD.closing_days))

    @property
    def status_days(self) -> list[date]:
        """The days on which status is judged for the months that have begun; today where none has."""
        return [self.status_day(month) for month in self.months] or [self.as_of]

    def status_day(self, month: date) -> date:
        """The day on which status is judged for a month: its last day, or today if that is earlier."""
        return min(shift_month(month, 1) - timedelta(days=1), self.today)


@dataclass(frozen=True)
class Source:
    """Where sums come from: a connection, the districts in reach, the months and the direction (none: all)."""

    connection: Connection
    row_filter: RowFilter
    window: Window
    direction: Direction | None

    @property
    def direction_code(self) -> str:
        """The direction as the tables of sums have it."""
        return ALL_DIRECTIONS if self.direction is None else self.direction.value

    def table(self, statement: Executable) -> pd.DataFrame:
        """The rows of a statement; column by column, since pandas is slow at rows of SQLAlchemy."""
        result = self.connection.execute(statement)
        names = list(result.keys())
        columns = zip(*result.all(), strict=True)
        return pd.DataFrame(dict(zip(names, columns, strict=False)), columns=names)

    def frame(self, statement: Executable, *, key: str) -> pd.DataFrame:
        """The rows of a statement as floats, indexed by the column ``key``."""
        return self.table(statement).set_index(key).astype(np.float64)
