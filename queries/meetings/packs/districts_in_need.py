"""Districts of a wider area that need help, with the reasons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, func, select

from data.codes import HelpReason, When
from data.effectiveness.index import Tier
from data.policy import Action
from data.schema import Decision, Meeting, Memorandum, Obligation, Recommendation
from queries.frames import read_frame
from queries.meetings import decision_state
from queries.meetings.packs.request import PackQuestion
from queries.memoranda.register import district_status
from queries.recommendations.conditions import is_overdue, is_shown_to_leaders
from queries.row_filter import RowFilter, permitted_rows

MOST_ROWS = 20
# Fewer overdue things are no reason of their own.
FEWEST_OVERDUE = 3
_PLACE = {reason.value: place for place, reason in enumerate(HelpReason)}


def districts_in_need(connection: Connection, asked: PackQuestion, index: pd.DataFrame) -> pd.DataFrame:
    """Return the frame ``help``: districts with most reasons first, at most 20 rows; ``index`` is the pack's own frame.

    Raises ForbiddenError.
    """
    if not asked.is_wide:
        return pd.DataFrame()
    row_filter = permitted_rows(connection, asked.actor, Action.SEE_ATTENTION, asked.scope)
    status = district_status(connection, asked.actor, scope=asked.scope, today=asked.today)
    is_low = (index["when"] == When.NOW) & (index["tier_code"] == Tier.LOWER) & (index["area_code"] != asked.scope.code)
    overdue = _overdue_by_district(connection, row_filter, asked)
    parts = [
        _rows(HelpReason.NO_MEMORANDUM, status[status["in_force"] == 0], "in_force"),
        _rows(HelpReason.LOWER_TIER, index[is_low].rename(columns={"area_code": "district_soato"}), "index_value"),
        _rows(HelpReason.OVERDUE, overdue, "overdue"),
        _rows(HelpReason.ON_PAPER, status[status["on_paper"] > 0], "on_paper"),
    ]
    return _most_pressing(pd.concat(parts, ignore_index=True))


def _rows(reason: HelpReason, frame: pd.DataFrame, figure: str) -> pd.DataFrame:
    named = frame[["district_soato", figure]].rename(columns={figure: "figure"})
    return named.astype({"figure": float}).assign(reason_code=reason.value)


def _most_pressing(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows by district: most reasons first, among equals the gravest reason; whole districts only."""
    place = rows["reason_code"].map(_PLACE)
    by_district = place.groupby(rows["district_soato"])
    ranked = rows.assign(
        place=place,
        reasons=-rows["district_soato"].map(by_district.size()),
        gravest=rows["district_soato"].map(by_district.min()),
        late=-rows["figure"].where(rows["reason_code"] == HelpReason.OVERDUE).fillna(0.0),
    )
    ranked["late"] = ranked.groupby("district_soato")["late"].transform("min")
    ordered: pd.DataFrame = ranked.sort_values(["reasons", "gravest", "late", "district_soato", "place"]).reset_index(
        drop=True
    )
    if len(ordered) <= MOST_ROWS:
        return ordered
    first_left_out = ordered["district_soato"].iloc[MOST_ROWS]
    shown: pd.DataFrame = ordered[ordered["district_soato"] != first_left_out].head(MOST_ROWS)
    return shown


def _overdue_by_district(connection: Connection, row_filter: RowFilter, asked: PackQuestion) -> pd.DataFrame:
    """Overdue obligations, recommendations and decisions of each district: district_soato, overdue."""
    parts = [read_frame(connection, statement) for statement in _overdue(row_filter, asked.today)]
    summed = pd.concat(parts).groupby("district_soato")["overdue"].sum().reset_index()
    return summed[summed["overdue"] >= FEWEST_OVERDUE]


def _overdue(row_filter: RowFilter, today: date) -> Iterator[Select[*tuple[Any, ...]]]:
    number = func.count().label("overdue")
    yield (
        select(Memorandum.district_soato, number)
        .join(Obligation, Obligation.memorandum_id == Memorandum.id)
        .where(Obligation.due_date < today, Obligation.fulfilled_date.is_(None), row_filter.memoranda())
        .group_by(Memorandum.district_soato)
    )
    yield (
        select(Recommendation.district_soato, number)
        .where(is_overdue(today), is_shown_to_leaders(row_filter, today))
        .group_by(Recommendation.district_soato)
    )
    yield (
        select(Meeting.district_soato, number)
        .join(Decision, Decision.meeting_id == Meeting.id)
        .where(decision_state.is_overdue(today), Meeting.district_soato.is_not(None), row_filter.meetings())
        .group_by(Meeting.district_soato)
    )
