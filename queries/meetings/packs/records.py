"""Records of a pack: memoranda, plan, events, ratings and comments of NGOs, recommendations and attention lists.

Each frame is read by the query of the live pages with the rights of the same person, so a pack contains what that
person was shown and nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
from sqlalchemy import Connection, func, select

from data.codes import Direction, MemorandumStatus
from data.schema import DistrictMonth
from queries.attention import attention_counts
from queries.evaluations.comments import count_named_comments, named_comments
from queries.evaluations.ratings import problems_met, ratings_by_item
from queries.events.sums import events_by_direction, plan_and_fact
from queries.meetings.packs.recommendations import recommendation_counts, recommendations
from queries.meetings.packs.request import PackQuestion
from queries.memoranda.register import district_status, memorandum_register
from queries.row_filter import area_filter

MOST_MEMORANDA = 200
MOST_COMMENTS = 40


def memoranda(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """Return the register of a district; of a wider area memoranda that expire or exist on paper only, at most 200."""
    frame = memorandum_register(connection, asked.actor, scope=asked.scope, today=asked.today)
    named = frame.rename(columns={"ngos": "ngo_names"})
    if not asked.is_wide:
        return named
    return named[(named["status_code"] == MemorandumStatus.EXPIRING) | named["is_on_paper"]].head(MOST_MEMORANDA)


def statuses(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """Return the status of every district."""
    return district_status(connection, asked.actor, scope=asked.scope, today=asked.today)


def plan(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """Return plan items by month of the period."""
    return plan_and_fact(connection, asked.actor, scope=asked.scope, period=asked.period)


def events(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """Return events by direction, held and cancelled."""
    held = events_by_direction(connection, asked.actor, scope=asked.scope, period=asked.period)
    months = DistrictMonth.year_month.between(asked.period.first_year_month, asked.period.last_year_month)
    cells = (
        select(DistrictMonth.direction_code, func.sum(DistrictMonth.events_cancelled))
        .where(
            months,
            DistrictMonth.direction_code.in_([direction.value for direction in Direction]),
            area_filter(asked.scope).districts(DistrictMonth.district_soato),
        )
        .group_by(DistrictMonth.direction_code)
    )
    cancelled: dict[str, int] = dict(connection.execute(cells).all())
    named = held.rename(columns={"events": "held", "participants_total": "participants"})
    return named.assign(cancelled=named["direction_code"].map(cancelled).fillna(0))


def ratings(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """Return ratings by item of the evaluation, each item beside all others."""
    frame = ratings_by_item(connection, asked.actor, scope=asked.scope, period=asked.period)
    return frame.rename(columns={"is_enough": "has_enough"})


def comments(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """Return comments of named evaluations, of the newest events first, at most 40."""
    frame = named_comments(connection, asked.actor, scope=asked.scope, period=asked.period, limit=MOST_COMMENTS)
    total = count_named_comments(connection, asked.actor, scope=asked.scope, period=asked.period)
    return frame.rename(columns={"title": "event_title", "ngo": "ngo_name"}).assign(total=total)


def problems(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """Return problems by how often they were named."""
    return problems_met(connection, asked.actor, scope=asked.scope, period=asked.period)


def attention(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """Return how many things need attention, by kind."""
    return attention_counts(connection, asked.actor, scope=asked.scope, today=asked.today)


RECORDS: Mapping[str, Callable[[Connection, PackQuestion], pd.DataFrame]] = {
    "memoranda": memoranda,
    "statuses": statuses,
    "plan": plan,
    "events": events,
    "marks": ratings,
    "voices": comments,
    "problems": problems,
    "recommendations": recommendations,
    "recommendation_counts": recommendation_counts,
    "attention": attention,
}
