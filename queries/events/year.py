"""The year of plan and events as a grid, and the days of a month: numbers of entries by state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum

import pandas as pd
from sqlalchemy import Connection, func, select

from data.codes import Direction, EntryState, EventState
from data.dates.period import year_month
from data.policy import Action, Actor, Scope
from data.schema import JointEvent, Mahalla, PlanItem
from queries.events.entries import WHOLE_DISTRICT, EntryFilter, entry_state, event_conditions, item_conditions
from queries.frames import read_frame
from queries.row_filter import permitted_rows


class GridRows(StrEnum):
    """Rows of the year's grid."""

    MAHALLA = "mahalla"
    DIRECTION = "direction"


def year_grid(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    year: int,
    today: date,
    rows: GridRows,
    direction: Direction | None = None,
    mahalla_id: int | None = None,
) -> pd.DataFrame:
    """One row a row of the grid and month with anything in it, of all mahallas or of one.

    Columns: row_code (id of a mahalla as text, "0": the whole district; or a direction), month (1-12), and the number
    of entries by state: held, planned, overdue, cancelled. Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    wanted = EntryFilter(year=year, direction=direction, mahalla_id=mahalla_id)
    by_mahalla = rows is GridRows.MAHALLA
    key = JointEvent.mahalla_id if by_mahalla else JointEvent.direction_code
    days = (
        select(key.label("row_code"), JointEvent.event_date, JointEvent.state_code, func.count().label("entries"))
        .where(row_filter.events(), *event_conditions(wanted, today))
        .group_by(key, JointEvent.event_date, JointEvent.state_code)
    )
    item_key = PlanItem.mahalla_id if by_mahalla else PlanItem.direction_code
    months = (
        select(item_key.label("row_code"), PlanItem.month, func.count().label("entries"))
        .where(row_filter.plan_items(), *item_conditions(wanted, today))
        .group_by(item_key, PlanItem.month)
    )
    return _grid(read_frame(connection, days), read_frame(connection, months), year=year, today=today)


STATE_COLUMNS: Mapping[EntryState, str] = {
    EntryState.HELD: "held",
    EntryState.PLANNED: "planned",
    EntryState.OVERDUE: "overdue",
    EntryState.CANCELLED: "cancelled",
}


def _grid(days: pd.DataFrame, months: pd.DataFrame, *, year: int, today: date) -> pd.DataFrame:
    is_past = days["event_date"] < pd.Timestamp(today)
    names = days["state_code"].where(
        days["state_code"] != EventState.PLANNED.value, is_past.map({True: "overdue", False: "planned"})
    )
    of_events = days.assign(month=days["event_date"].dt.month, state=names)
    is_over = [year * 100 + month < year_month(today) for month in months["month"]]
    of_items = months.assign(state=["overdue" if over else "planned" for over in is_over])
    columns = ["row_code", "month", "state", "entries"]
    parts = [part[columns] for part in (of_events, of_items) if not part.empty]
    if not parts:
        return pd.DataFrame(columns=["row_code", "month", *STATE_COLUMNS.values()])
    every = pd.concat(parts, ignore_index=True).astype({"month": int, "entries": int})
    every["row_code"] = [_row_code(code) for code in every["row_code"]]
    summed = every.pivot_table(index=["row_code", "month"], columns="state", values="entries", aggfunc="sum")
    counted = summed.reindex(columns=list(STATE_COLUMNS.values())).fillna(0).astype(int)
    counted.columns.name = None
    return counted.reset_index()


def _row_code(code: str | float | None) -> str:
    """Return a direction as it is, and the id of a mahalla as text; a column with nulls has its ids as floats."""
    if isinstance(code, str):
        return code
    return str(WHOLE_DISTRICT if pd.isna(code) else int(float(str(code))))


def mahalla_names(connection: Connection, actor: Actor, *, scope: Scope) -> pd.DataFrame:
    """One row a mahalla of a district, by name. Columns: mahalla_id, name, post. Raises ForbiddenError."""
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    columns = (Mahalla.id.label("mahalla_id"), Mahalla.name, Mahalla.post)
    return read_frame(
        connection, select(*columns).where(row_filter.districts(Mahalla.district_soato)).order_by(Mahalla.name)
    )


def day_counts(connection: Connection, actor: Actor, *, scope: Scope, wanted: EntryFilter, today: date) -> pd.DataFrame:
    """One row a day and state of the events that are asked for. Columns: event_date, state_code, entries."""
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    state = entry_state(today).label("state_code")
    statement = select(JointEvent.event_date, state, func.count().label("entries"))
    conditions = event_conditions(replace(wanted, day=None), today)
    return read_frame(
        connection,
        statement.where(row_filter.events(), *conditions).group_by(JointEvent.event_date, state),
    )
