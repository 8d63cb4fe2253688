"""Working days: Monday to Friday.

Public holidays are left out on purpose: many are moved or announced year by year, so a calendar of them would change
the answer time of past requests after each announcement.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from data.indicators import METHOD

REMINDER_DAYS = 3
"""Working days before a deadline on which a side is reminded of the answer that it owes."""


def answer_due(sent_date: date, *, days: int = METHOD.answer_working_days) -> date:
    """Deadline of an answer: ``days`` working days after ``sent_date``."""
    return date.fromisoformat(str(np.busday_offset(np.datetime64(sent_date, "D"), days, roll="backward")))


def reminder_until(today: date) -> date:
    """Last deadline that a side is reminded of on a day."""
    return answer_due(today, days=REMINDER_DAYS)


def working_days_between(first: ArrayLike, last: ArrayLike) -> NDArray[np.int64]:
    """Number of working days after ``first`` up to and including ``last``, elementwise; no missing values."""
    after, until = (np.asarray(days, dtype="datetime64[D]") + 1 for days in (first, last))
    counted: NDArray[np.int64] = np.busday_count(after, until)
    return counted
