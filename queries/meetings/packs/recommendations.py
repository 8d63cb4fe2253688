"""Recommendations of a pack: counts of answered and late ones, and the most pressing ones."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection, and_, case, func, select

from data.codes import RecommendationState
from data.policy import Action
from data.schema import Evaluation, JointEvent, Recommendation
from queries.frames import read_frame
from queries.meetings.packs.request import PackQuestion
from queries.recommendations.conditions import (
    ANSWER_DAYS,
    is_named,
    is_past_deadline,
    is_shown_to_leaders,
    is_unanswered,
    waits_for_district,
)
from queries.recommendations.threads import thread_counts, threads
from queries.row_filter import permitted_rows

MOST_READ, MOST_OVERDUE, MOST_OF_STATE = 1_000, 150, 100
_ANSWERED = (
    RecommendationState.ACCEPTED,
    RecommendationState.DECLINED,
    RecommendationState.DONE,
    RecommendationState.CLOSED,
)


def recommendations(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """Recommendations as the leaders see them, the longest overdue first.

    At most 150 overdue ones, and at most 100 of each state that are not.
    """
    every = _threads(connection, asked)
    days = _days(connection, list(every["public_id"])).reindex(every["public_id"]).reset_index(drop=True)
    late = _days_late(days["deadline_date"], days["released_date"].where(days["answered_date"].isna()), asked)
    frame = every.rename(columns={"deadline_date": "due_date"}).assign(
        event_date=days["event_date"], days_overdue=late.where(every["is_overdue"])
    )
    overdue = frame[frame["is_overdue"]].sort_values("days_overdue", ascending=False, kind="stable").head(MOST_OVERDUE)
    others = frame[~frame["is_overdue"]].groupby("state_code", sort=False).head(MOST_OF_STATE)
    return pd.concat([overdue, others], ignore_index=True)


def _threads(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """Return the most urgent threads and, in case these leave no room, the first ones of each answered state."""
    parts = [
        threads(connection, asked.actor, scope=asked.scope, today=asked.today, state=state, limit=limit)
        for state, limit in ((None, MOST_READ), *((state, MOST_OF_STATE) for state in _ANSWERED))
    ]
    filled = [part for part in parts if not part.empty] or parts[:1]
    return pd.concat(filled).drop_duplicates("public_id").reset_index(drop=True)


def recommendation_counts(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """Recommendations by state: count, overdue, answered, and days late of the latest one."""
    counts = thread_counts(connection, asked.actor, scope=asked.scope, today=asked.today)
    more = _more_counts(connection, asked).reindex(counts["state_code"]).reset_index(drop=True)
    longest = _days_late(more["deadline_date"], more["released_date"], asked)
    return counts.assign(answered=more["answered"].fillna(0), longest_days=longest)


def _days_late(
    deadline: pd.Series[pd.Timestamp], released: pd.Series[pd.Timestamp], asked: PackQuestion
) -> pd.Series[float]:
    """Return days since what the district missed first: its deadline, or the end of the days to answer."""
    today = pd.Timestamp(asked.today)
    answer = released + pd.Timedelta(days=ANSWER_DAYS)
    missed = pd.concat([day.where(day < today) for day in (deadline, answer)], axis=1).min(axis=1)
    days: pd.Series[float] = (today - missed).dt.days
    return days


def _days(connection: Connection, public_ids: list[str]) -> pd.DataFrame:
    """By public_id: deadline_date, released_date, answered_date, and event_date where leaders may know the event."""
    statement = (
        select(
            *(Recommendation.public_id, Recommendation.deadline_date),
            *(Recommendation.released_date, Recommendation.answered_date),
            case((is_named(), JointEvent.event_date)).label("event_date"),
        )
        .join(Evaluation, Evaluation.id == Recommendation.evaluation_id)
        .join(JointEvent, JointEvent.id == Evaluation.event_id)
        .where(Recommendation.public_id.in_(public_ids))
    )
    return read_frame(connection, statement).set_index("public_id")


def _more_counts(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """By state_code: answered, deadline_date (the first that is past), released_date (the first unanswered one)."""
    row_filter = permitted_rows(connection, asked.actor, Action.SEE_RECORDS, asked.scope)
    late = [and_(waits_for_district(), missed(asked.today)) for missed in (is_past_deadline, is_unanswered)]
    statement = (
        select(
            Recommendation.state_code,
            func.count(case((Recommendation.answer != "", 1))).label("answered"),
            func.min(case((late[0], Recommendation.deadline_date))).label("deadline_date"),
            func.min(case((late[1], Recommendation.released_date))).label("released_date"),
        )
        .where(is_shown_to_leaders(row_filter, asked.today))
        .group_by(Recommendation.state_code)
    )
    return read_frame(connection, statement).set_index("state_code")
