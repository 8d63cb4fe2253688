"""Periods: ranges of whole months."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self


def year_month(day: date) -> int:
    """Month of a day as YYYYMM."""
    return day.year * 100 + day.month


def shift_month(day: date, months: int) -> date:
    """First day of the month that lies ``months`` after (before, if negative) the month of ``day``."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def quarter_start(day: date) -> date:
    """First day of the calendar quarter of ``day``."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


@dataclass(frozen=True)
class Period:
    """Whole months from the first day of one to the last day of another, both included."""

    first_day: date
    last_day: date

    def __post_init__(self) -> None:
        last = monthrange(self.last_day.year, self.last_day.month)[1]
        if self.first_day.day != 1 or self.last_day.day != last or self.first_day > self.last_day:
            raise ValueError(f"not a range of whole months: {self.first_day} to {self.last_day}")

    @classmethod
    def of_months(cls, first: date, count: int) -> Self:
        """``count`` months from the month of ``first``."""
        start = shift_month(first, 0)
        end = shift_month(start, count - 1)
        return cls(start, end.replace(day=monthrange(end.year, end.month)[1]))

    @classmethod
    def of_year(cls, year: int) -> Self:
        """A calendar year."""
        return cls.of_months(date(year, 1, 1), 12)

    @classmethod
    def last_complete_months(cls, today: date, count: int = 12) -> Self:
        """Last ``count`` whole months before the month of ``today``."""
        return cls.of_months(shift_month(today, -count), count)

    @property
    def month_count(self) -> int:
        """Number of months."""
        first, last = self.first_day, self.last_day
        return (last.year - first.year) * 12 + last.month - first.month + 1

    @property
    def months(self) -> Iterator[date]:
        """First day of each month."""
        return (shift_month(self.first_day, step) for step in range(self.month_count))

    @property
    def first_year_month(self) -> int:
        """First month as YYYYMM."""
        return year_month(self.first_day)

    @property
    def last_year_month(self) -> int:
        """Last month as YYYYMM."""
        return year_month(self.last_day)

    def previous(self) -> Period:
        """Preceding period of the same length."""
        return Period.of_months(shift_month(self.first_day, -self.month_count), self.month_count)

    def year_before(self) -> Period:
        """The same months of the year before; of a longer period as many years before as it touches."""
        years = -(-self.month_count // 12)
        return Period.of_months(shift_month(self.first_day, -12 * years), self.month_count)

    def is_over(self, today: date) -> bool:
        """Whether all of its days lie before ``today``."""
        return self.last_day < today

    def whole_months(self, today: date) -> Period:
        """Its months that are over; all of it where none is, which :meth:`is_over` tells apart."""
        count = sum(shift_month(month, 1) <= today for month in self.months)
        return Period.of_months(self.first_day, count) if count else self

    def as_of(self, today: date) -> date:
        """Reference day of the period: its last day, or today if that is earlier."""
        return min(self.last_day, today)
