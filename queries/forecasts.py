"""Forecasts of joint events and of plan execution in an area: the running month and those after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import Connection

from data.dates.period import Period, shift_month
from data.indicators.forecasts import FORECAST_METHOD
from data.policy import Actor, Scope
from queries.events.sums import plan_and_fact
from queries.outlook import planned_counts
from queries.statistics.forecast import Forecast, forecast_counts, forecast_shares

EVENT_COLUMNS, PLAN_COLUMNS = ("expected", "low", "high"), ("expected_pct", "low_pct", "high_pct")


@dataclass(frozen=True, kw_only=True)
class AreaForecast:
    """What was in an area by month, and what is expected.

    ``history``: one row a month from the first recorded one to the running one: month, held (joint events), planned and
    fulfilled (plan items), is_finished. ``coming``: one row a month from the running one on: month; expected, low and
    high (joint events); expected_pct, low_pct and high_pct (plan items fulfilled); planned (plan items without an event
    and planned events to come). What cannot be told is NaN: see :attr:`event_months`, the finished
    months since the first joint event, and :attr:`plan_months`, those with plan items.
    """

    history: pd.DataFrame
    coming: pd.DataFrame
    event_months: int
    plan_months: int

    @property
    def has_events(self) -> bool:
        """Whether joint events are forecast."""
        return self.event_months >= FORECAST_METHOD.fewest_months

    @property
    def has_plan(self) -> bool:
        """Whether plan execution is forecast."""
        return self.plan_months >= FORECAST_METHOD.fewest_months


def area_forecast(connection: Connection, actor: Actor, *, scope: Scope, today: date) -> AreaForecast:
    """Return the forecast of an area, over all directions. The running month is no part of what it rests on.

    Raises ForbiddenError.
    """
    running = shift_month(today, 0)
    first, ahead = shift_month(running, -FORECAST_METHOD.most_months), FORECAST_METHOD.months_ahead
    frame = plan_and_fact(
        connection, actor, scope=scope, period=Period.of_months(first, FORECAST_METHOD.most_months + ahead)
    )
    frame = frame.assign(month=frame["month"].dt.date)
    past, coming = frame[frame["month"] < running], frame[frame["month"] >= running].reset_index(drop=True)
    planned = (
        planned_counts(connection, actor, scope=scope, period=Period.of_months(running, ahead), today=today)
        .groupby("month")["count"]
        .sum()
    )
    told = pd.DataFrame({"month": coming["month"], "planned": coming["month"].map(planned).fillna(0).astype(int)})
    told[[*EVENT_COLUMNS, *PLAN_COLUMNS]] = float("nan")
    events, plan = _since_first(past, "held"), _since_first(past, "planned")
    now = coming.iloc[0]
    if len(events) >= FORECAST_METHOD.fewest_months:
        found = forecast_counts(events["held"].to_numpy(float), months_ahead=ahead, least=float(now["held"]))
        _tell(told, EVENT_COLUMNS, found, scale=1)
    plan_months = int((plan["planned"] > 0).sum())
    if plan_months >= FORECAST_METHOD.fewest_months:
        items, fulfilled = (plan[name].to_numpy(float) for name in ("planned", "fulfilled"))
        found = forecast_shares(fulfilled, items, coming["planned"].to_numpy(float), least=float(now["fulfilled"]))
        _tell(told, PLAN_COLUMNS, found, scale=100)
    longest = max(len(events), len(plan))
    history = pd.concat([past.tail(longest), coming.head(1)], ignore_index=True) if longest else past.head(0)
    return AreaForecast(
        history=history.assign(is_finished=history["month"] < running),
        coming=told,
        event_months=len(events),
        plan_months=plan_months,
    )


def _since_first(past: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the months from the first one that has any: before it nothing was recorded, which is not zero."""
    has_any = past[column] > 0
    return past[has_any.cummax()]


def _tell(told: pd.DataFrame, columns: tuple[str, str, str], found: Forecast, *, scale: int) -> None:
    for column, values in zip(columns, (found.expected, found.low, found.high), strict=True):
        told[column] = values * scale
