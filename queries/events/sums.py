"""Counts of joint events by direction and by month, against the plan.

Sums of an area are read from ``district_month``, kept up to date by :mod:`data.aggregates`; those of one NGO from its
rows.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    SQLColumnExpression,
    case,
    cast,
    exists,
    extract,
    func,
    select,
)

from data.codes import Direction, EventState
from data.dates.period import Period, year_month
from data.policy import Action, Actor, Scope
from data.registers.events import GROUPS
from data.schema import DistrictMonth, JointEvent, PlanItem
from data.schema.aggregates import ALL_DIRECTIONS
from queries.frames import read_frame
from queries.row_filter import RowFilter, permitted_rows

_IS_HELD = JointEvent.state_code == EventState.HELD.value


def _in_period(period: Period) -> ColumnElement[bool]:
    return JointEvent.event_date.between(period.first_day, period.last_day)


def events_by_direction(connection: Connection, actor: Actor, *, scope: Scope, period: Period) -> pd.DataFrame:
    """One row a direction in its declared order, zeros too.

    Columns: direction_code, events (held), participants_total (people). Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_SUMS, scope)
    if row_filter.ngo_id is None:
        statement = _cells(row_filter, period, DistrictMonth.direction_code, *_HELD_SUMS)
        statement = statement.where(DistrictMonth.direction_code != ALL_DIRECTIONS)
    else:
        statement = _held_rows(row_filter, period, JointEvent.direction_code)
    found = read_frame(connection, statement).set_index("direction_code")
    every = pd.Index([direction.value for direction in Direction], name="direction_code")
    return found.reindex(every, fill_value=0).astype(int).reset_index()


def participants_by_group(connection: Connection, actor: Actor, *, scope: Scope, period: Period) -> pd.DataFrame:
    """One row a group of participants of held events, after one for all of them; one person may be in several groups.

    Columns: group_code (the column of :class:`data.schema.JointEvent`), participants (people). Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_SUMS, scope)
    groups = ("participants_total", *GROUPS)
    if row_filter.ngo_id is None:
        sums = [_total(getattr(DistrictMonth, group), group) for group in groups]
        key = DistrictMonth.direction_code
        statement = _cells(row_filter, period, key, *sums).where(key == ALL_DIRECTIONS)
    else:
        sums = [_total(getattr(JointEvent, group), group) for group in groups]
        statement = select(*sums).where(_IS_HELD, _in_period(period), row_filter.events())
    found = read_frame(connection, statement).reindex(columns=groups).sum()
    return pd.DataFrame({"group_code": groups, "participants": found.fillna(0).astype(int).to_numpy()})


def plan_and_fact(connection: Connection, actor: Actor, *, scope: Scope, period: Period) -> pd.DataFrame:
    """One row a month of the period, zeros too.

    Columns: month (its first day), planned (plan items), fulfilled (of them, by a held event that names them), held
    (joint events, planned or not). Of an NGO: the plan items it is responsible for. Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_SUMS, scope)
    if row_filter.ngo_id is None:
        statement = _cells(row_filter, period, DistrictMonth.year_month, *_PLAN_SUMS).where(
            DistrictMonth.direction_code == ALL_DIRECTIONS
        )
        return _every_month(read_frame(connection, statement), period)
    plan = _every_month(read_frame(connection, _plan_rows(row_filter, period)), period)
    held = _every_month(
        read_frame(connection, _held_rows(row_filter, period, _year_month(JointEvent.event_date))), period
    )
    return plan.assign(held=held["events"])


def _total(column: SQLColumnExpression[Any], name: str) -> ColumnElement[int]:
    return cast(func.sum(column), Integer).label(name)


_HELD_SUMS = (
    _total(DistrictMonth.events_held, "events"),
    _total(DistrictMonth.participants_total, "participants_total"),
)
_PLAN_SUMS = (
    _total(DistrictMonth.plan_items, "planned"),
    _total(DistrictMonth.plan_fulfilled, "fulfilled"),
    _total(DistrictMonth.events_held, "held"),
)


def _cells(
    row_filter: RowFilter, period: Period, key: SQLColumnExpression[Any], *sums: ColumnElement[int]
) -> Select[*tuple[Any, ...]]:
    """Sums of the area's cells by ``key``."""
    months = DistrictMonth.year_month.between(period.first_year_month, period.last_year_month)
    return select(key, *sums).where(months, row_filter.districts(DistrictMonth.district_soato)).group_by(key)


def _held_rows(row_filter: RowFilter, period: Period, key: SQLColumnExpression[Any]) -> Select[*tuple[Any, ...]]:
    """Return the sums of :data:`_HELD_SUMS` from the rows of one NGO's events, by ``key``."""
    return (
        select(key, func.count().label("events"), _total(JointEvent.participants_total, "participants_total"))
        .where(_IS_HELD, _in_period(period), row_filter.events())
        .group_by(key)
    )


def _plan_rows(row_filter: RowFilter, period: Period) -> Select[*tuple[Any, ...]]:
    """Plan items of one NGO by month, and how many of them a held event names."""
    month = (PlanItem.year * 100 + PlanItem.month).label("year_month")
    fulfilled = exists().where(JointEvent.plan_item_id == PlanItem.id, _IS_HELD).correlate(PlanItem)
    rows = (
        select(month, case((fulfilled, 1), else_=0).label("is_fulfilled"))
        .where(
            row_filter.plan_items(),
            PlanItem.year.between(period.first_day.year, period.last_day.year),
            month.between(period.first_year_month, period.last_year_month),
        )
        .subquery()
    )
    key = rows.c.year_month
    return select(key, func.count().label("planned"), _total(rows.c.is_fulfilled, "fulfilled")).group_by(key)


def _year_month(column: SQLColumnExpression[Any]) -> ColumnElement[int]:
    return cast(extract("year", column) * 100 + extract("month", column), Integer).label("year_month")


def _every_month(sums: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Sums by ``year_month`` as one row a month of the period, with zeros where nothing was summed."""
    months = {year_month(month): pd.Timestamp(month) for month in period.months}
    filled = sums.set_index("year_month").reindex(list(months), fill_value=0).astype(int).reset_index(drop=True)
    filled.insert(0, "month", list(months.values()))
    return filled
