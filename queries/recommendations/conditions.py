"""Conditions on recommendations: whether one waits for the district, is overdue, and who may see it.

The district must answer within 60 days of the day on which it could first see the recommendation, and do what it
promised by the deadline. A done one waits for the NGO, a declined or closed one for nobody: none of them is overdue.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, literal_column, or_, select

from data.codes import RecommendationState, Visibility
from data.indicators import METHOD
from data.schema import Evaluation, Recommendation
from queries.row_filter import RowFilter

ANSWER_DAYS = METHOD.closing_days

# In words, not with parameters: SQLite uses the partial indexes of open recommendations only for the same words.
_SETTLED: tuple[ColumnElement[str], ...] = tuple(
    literal_column(f"'{state}'") for state in (RecommendationState.DECLINED, RecommendationState.CLOSED)
)


def is_open() -> ColumnElement[bool]:
    """Return a condition on ``Recommendation``: neither declined nor closed."""
    return Recommendation.state_code.not_in(_SETTLED)


def waits_for_district() -> ColumnElement[bool]:
    """Return a condition on ``Recommendation``: the next step is the district's."""
    return and_(is_open(), Recommendation.state_code != RecommendationState.DONE.value)


def is_past_deadline(today: date) -> ColumnElement[bool]:
    """Return a condition on ``Recommendation``: its deadline is over."""
    return Recommendation.deadline_date < today


def is_unanswered(today: date) -> ColumnElement[bool]:
    """Return a condition on ``Recommendation``: without an answer for longer than 60 days since its release."""
    limit = today - timedelta(days=ANSWER_DAYS)
    return and_(Recommendation.answered_date.is_(None), Recommendation.released_date < limit)


def is_overdue(today: date) -> ColumnElement[bool]:
    """Return a condition on ``Recommendation``: the district is late with its answer or with what it promised."""
    return and_(waits_for_district(), or_(is_past_deadline(today), is_unanswered(today)))


def is_named() -> ColumnElement[bool]:
    """Return a condition on ``Evaluation``: the district may know whose it is."""
    return Evaluation.visibility_code == Visibility.NAMED.value


def is_shown_to_leaders(row_filter: RowFilter, today: date) -> ColumnElement[bool]:
    """Return a condition on ``Recommendation``: released and in the filter's rows.

    Where a leader asks for one NGO, confidential ones are left out: listing one would tell whose it is.
    """
    released = and_(Recommendation.released_date <= today, row_filter.recommendations())
    if row_filter.ngo_id is None:
        return released
    named = select(Evaluation.id).where(Evaluation.ngo_id == row_filter.ngo_id, is_named())
    return and_(released, Recommendation.evaluation_id.in_(named))
