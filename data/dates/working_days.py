"""Working days: Monday to Friday, without holidays and with the Saturdays that are worked instead.

The administrator keeps the days that differ from the week (:mod:`data.registers.holidays`); many are moved or announced
year by year. A new deadline is counted by those that are known on the day, and stored: a later announcement changes no
past one. How long an answer took is counted from Monday to Friday alone, or each announcement would change figures that
have been published (``docs/decisions/0041-holidays-count-for-new-deadlines.md``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sqlalchemy import Connection, select

from data.codes import DayKind
from data.indicators import METHOD
from data.schema import Holiday

SATURDAY = 5

REMINDER_DAYS = 3
"""Working days before a deadline on which a side is reminded of the answer that it owes."""


@dataclass(frozen=True)
class WorkCalendar:
    """Days that are not as the week says: days off from Monday to Friday, and worked days of a week's end."""

    days_off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def is_worked(self, day: date) -> bool:
        """Return whether people work on a day."""
        return day in self.worked or (day.weekday() < SATURDAY and day not in self.days_off)


def load_work_calendar(connection: Connection) -> WorkCalendar:
    """Return the calendar that the administrator keeps."""
    rows = connection.execute(select(Holiday.holiday_date, Holiday.kind_code)).all()
    days = {kind: frozenset(row.holiday_date for row in rows if row.kind_code == kind.value) for kind in DayKind}
    return WorkCalendar(days_off=days[DayKind.DAY_OFF], worked=days[DayKind.WORKING])


def answer_due(sent_date: date, calendar: WorkCalendar, *, days: int = METHOD.answer_working_days) -> date:
    """Deadline of an answer: ``days`` working days after ``sent_date``."""
    day = sent_date
    for _ in range(days):
        day += timedelta(days=1)
        while not calendar.is_worked(day):
            day += timedelta(days=1)
    return day


def reminder_until(connection: Connection, today: date) -> date:
    """Last deadline that a side is reminded of on a day."""
    return answer_due(today, load_work_calendar(connection), days=REMINDER_DAYS)


def working_days_between(first: ArrayLike, last: ArrayLike) -> NDArray[np.int64]:
    """Number of days from Monday to Friday after ``first`` up to and including ``last``, elementwise; none missing."""
    after, until = (np.asarray(days, dtype="datetime64[D]") + 1 for days in (first, last))
    counted: NDArray[np.int64] = np.busday_count(after, until)
    return counted
