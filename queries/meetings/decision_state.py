"""State of a decision on a day, which follows from its dates."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, case

from data.codes import DecisionState
from data.schema import Decision


def is_overdue(today: date) -> ColumnElement[bool]:
    """Return a condition on ``Decision``: not done, and its deadline is over; on the day itself it is still open."""
    return and_(Decision.due_date < today, Decision.done_date.is_(None))


def state_case(today: date) -> ColumnElement[str]:
    """Return an expression for the ``DecisionState`` of ``Decision``."""
    return case(
        (Decision.done_date <= Decision.due_date, DecisionState.DONE.value),
        (Decision.done_date.is_not(None), DecisionState.DONE_LATE.value),
        (is_overdue(today), DecisionState.OVERDUE.value),
        else_=DecisionState.OPEN.value,
    )
