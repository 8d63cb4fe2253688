"""What the tests of figures share: reading values, and an event with its evaluation."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine

from data.aggregates import data_version
from data.codes import Direction, Problem, Visibility, WouldRepeat
from data.database.engine import reading
from data.dates.period import Period
from data.policy import Actor, Role, Scope, ScopeKind
from queries.indicators.values import indicator_trend, indicator_values
from tests.worlds import DISTRICT, make_evaluation, make_event, make_ngo

LEADER = Actor(Role.NATIONAL)
YEAR = Period.of_year(2025)
TODAY = date(2026, 3, 1)


def all_values(
    engine: Engine,
    *,
    scope: Scope | None = None,
    by: ScopeKind = ScopeKind.DISTRICT,
    period: Period = YEAR,
    today: date = TODAY,
    direction: Direction | None = None,
    actor: Actor = LEADER,
) -> pd.DataFrame:
    """The values after the sums were brought up to date."""
    data_version(engine)
    with reading(engine) as connection:
        return indicator_values(
            connection,
            actor,
            scope=scope or Scope.nation(),
            period=period,
            today=today,
            direction=direction,
            by=by,
        )


def row(frame: pd.DataFrame, code: str, area: str) -> pd.Series[Any]:
    """The row of an indicator and area."""
    found = frame[(frame["indicator_code"] == code) & (frame["area_code"] == area)]
    assert len(found) == 1
    return found.iloc[0]


def trend_of(
    engine: Engine,
    code: str,
    *,
    scope: Scope | None = None,
    period: Period = YEAR,
    today: date = TODAY,
) -> pd.Series[float]:
    """The values of an indicator by month (YYYY-MM)."""
    data_version(engine)
    with reading(engine) as connection:
        frame = indicator_trend(connection, LEADER, scope=scope or Scope.nation(), period=period, today=today)
    found = frame[frame["indicator_code"] == code]
    return pd.Series(found["value"].to_numpy(), index=found["month"].dt.strftime("%Y-%m"))


def rated_event(
    connection: Connection,
    *,
    event_date: date,
    mark: int = 4,
    days: int = 1,
    district_soato: str = DISTRICT,
    ngo_id: int | None = None,
    visibility: Visibility = Visibility.NAMED,
    would_repeat: WouldRepeat = WouldRepeat.YES,
    direction: Direction = Direction.YOUTH_WORK,
    problems: tuple[Problem, ...] = (),
) -> int:
    """An event with one evaluation, so many days after it; returns the id of the evaluation."""
    ngo = ngo_id or make_ngo(connection, district_soato=district_soato)
    event = make_event(
        connection, event_date=event_date, district_soato=district_soato, ngo_ids=(ngo,), direction=direction
    )
    return make_evaluation(
        connection,
        event_id=event,
        ngo_id=ngo,
        submitted_date=event_date + timedelta(days=days),
        mark=mark,
        visibility=visibility,
        would_repeat=would_repeat,
        problems=problems,
    )
