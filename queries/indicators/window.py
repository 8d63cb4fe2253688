"""What part of a period has happened, and what part of it has waited long enough to be judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from data.dates.period import Period, shift_month, year_month
from data.indicators import METHOD


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

    def status_day(self, month: date) -> date:
        """The day on which status is judged for a month: its last day, or today if that is earlier."""
        return min(shift_month(month, 1) - timedelta(days=1), self.today)
