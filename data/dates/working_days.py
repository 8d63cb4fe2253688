"""Working days: Monday to Friday.

Public holidays are left out on purpose: many are moved or announced year by year, so a calendar of them would give
another answer time for the same request after each announcement.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from data.indicators import METHOD


def answer_due(sent_date: date, *, days: int = METHOD.answer_working_days) -> date:
    """The last day for an answer to what was sent on a day: so many working days after it."""
    return date.fromisoformat(str(np.busday_offset(np.datetime64(sent_date, "D"), days, roll="backward")))


def working_days_between(first: ArrayLike, last: ArrayLike) -> NDArray[np.int64]:
    """Working days after ``first`` up to and including ``last``, by element; both are days, none of them missing."""
    after, until = (np.asarray(days, dtype="datetime64[D]") + 1 for days in (first, last))
    counted: NDArray[np.int64] = np.busday_count(after, until)
    return counted
