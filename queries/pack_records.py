"""The records of a pack: memoranda, plan, events, what the NGOs judged and said, recommendations, what needs attention.

Each frame is asked of the query that the live pages ask, on behalf of the same person, so a pack holds what that
person was shown and nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
from sqlalchemy import Connection, case, func, select

from data.codes import Direction, MemorandumStatus
from data.schema import DistrictMonth, Evaluation, JointEvent, Recommendation
from queries.attention import attention_counts
from queries.events import events_by_direction, plan_and_fact
from queries.frames import read_frame
from queries.judgement import marks_by_item, problems_met
from queries.judgement_comments import named_comments
from queries.memoranda import district_status, memorandum_register
from queries.pack_question import PackQuestion
from queries.recommendation_due import ANSWER_DAYS, is_named
from queries.recommendations import thread_counts, threads
from queries.scoping import area_reach

MOST_MEMORANDA = 200
MOST_VOICES = 40
MOST_RECOMMENDATIONS = 200


def memoranda(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """The register of a district; of a wider area what expires or lives on paper only, at most 200."""
    frame = memorandum_register(connection, asked.actor, scope=asked.scope, today=asked.today)
    named = frame.rename(columns={"ngos": "ngo_names"})
    if not asked.is_wide:
        return named
    return named[(named["status_code"] == MemorandumStatus.EXPIRING) | named["is_on_paper"]].head(MOST_MEMORANDA)


def statuses(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """The status of every district."""
    return district_status(connection, asked.actor, scope=asked.scope, today=asked.today)


def plan(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """Plan items by month of the period."""
    return plan_and_fact(connection, asked.actor, scope=asked.scope, period=asked.period)


def events(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """Events by direction, held and cancelled."""
    held = events_by_direction(connection, asked.actor, scope=asked.scope, period=asked.period)
    months = DistrictMonth.year_month.between(asked.period.first_year_month, asked.period.last_year_month)
    cells = (
        select(DistrictMonth.direction_code, func.sum(DistrictMonth.events_cancelled))
        .where(
            months,
            DistrictMonth.direction_code.in_([direction.value for direction in Direction]),
            area_reach(asked.scope).districts(DistrictMonth.district_soato),
        )
        .group_by(DistrictMonth.direction_code)
    )
    cancelled: dict[str, int] = dict(connection.execute(cells).all())
    named = held.rename(columns={"events": "held", "participants_total": "participants"})
    return named.assign(cancelled=named["direction_code"].map(cancelled).fillna(0))


def marks(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """Marks by item of the evaluation."""
    frame = marks_by_item(connection, asked.actor, scope=asked.scope, period=asked.period)
    return frame.rename(columns={"is_enough": "has_enough"})


def voices(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """What NGOs wrote by name, of the newest events first."""
    frame = named_comments(connection, asked.actor, scope=asked.scope, period=asked.period, limit=MOST_VOICES)
    return frame.rename(columns={"title": "event_title", "ngo": "ngo_name"})


def problems(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """Problems by how often they were named."""
    return problems_met(connection, asked.actor, scope=asked.scope, period=asked.period)


def recommendations(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """Recommendations as the leaders see them, overdue ones first, at most 200."""
    frame = threads(connection, asked.actor, scope=asked.scope, today=asked.today, limit=MOST_RECOMMENDATIONS).rename(
        columns={"deadline_date": "due_date"}
    )
    days = _days(connection, list(frame["public_id"])).reindex(frame["public_id"]).reset_index(drop=True)
    today = pd.Timestamp(asked.today)
    # Whichever the district missed first: what it promised, or the days in which it owes an answer.
    answer = days["released_date"].where(days["answered_date"].isna()) + pd.Timedelta(days=ANSWER_DAYS)
    missed = pd.concat([day.where(day < today) for day in (days["deadline_date"], answer)], axis=1).min(axis=1)
    late = (today - missed).dt.days.where(frame["is_overdue"])
    return frame.assign(event_date=days["event_date"], days_overdue=late)


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


def recommendation_counts(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """Recommendations by state."""
    return thread_counts(connection, asked.actor, scope=asked.scope, today=asked.today)


def attention(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """How much needs attention, by kind."""
    return attention_counts(connection, asked.actor, scope=asked.scope, today=asked.today)


RECORDS: Mapping[str, Callable[[Connection, PackQuestion], pd.DataFrame]] = {
    "memoranda": memoranda,
    "statuses": statuses,
    "plan": plan,
    "events": events,
    "marks": marks,
    "voices": voices,
    "problems": problems,
    "recommendations": recommendations,
    "recommendation_counts": recommendation_counts,
    "attention": attention,
}
