"""Sums by month that were read once answer for every period inside them as if they were read for it alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from data.codes import Direction
from data.database.engine import reading
from data.dates.period import Period
from data.policy import Scope, ScopeKind
from queries.indicators.monthly_sums import MonthlySums
from queries.indicators.source import Window
from queries.indicators.values import area_values, indicator_sums, indicator_trend, monthly_sums
from tests.databases import DEMO_UNTIL, Databases, demo
from tests.queries.indicators.reading import LEADER

READ = Period.of_months(date(DEMO_UNTIL.year - 3, 1, 1), 36 + DEMO_UNTIL.month)
PERIODS = (
    Period.last_complete_months(DEMO_UNTIL),
    Period.of_months(DEMO_UNTIL, 1),
    Period.of_year(DEMO_UNTIL.year - 2),
    Period.of_months(date(DEMO_UNTIL.year - 1, 10, 1), 3),
)
SCOPES = (Scope.nation(), Scope.region("1718"), Scope.district("1726266"))


@pytest.fixture(scope="module")
def demo_engine(databases: Databases) -> Iterator[Engine]:
    """The demo, which is only read."""
    with databases.copy("sqlite", demo) as engine:
        yield engine


@pytest.fixture(scope="module")
def monthly_of(demo_engine: Engine) -> Callable[[Direction | None], MonthlySums]:
    """Sums of all months by direction, each read once."""

    @cache
    def read(direction: Direction | None) -> MonthlySums:
        with reading(demo_engine) as connection:
            return monthly_sums(connection, LEADER, period=READ, today=DEMO_UNTIL, direction=direction)

    return read


@pytest.mark.each_value
@pytest.mark.parametrize("direction", [None, Direction.YOUTH_WORK])
@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_a_period_among_many_months_is_the_period_read_alone(
    demo_engine: Engine,
    monthly_of: Callable[[Direction | None], MonthlySums],
    period: Period,
    direction: Direction | None,
) -> None:
    monthly = monthly_of(direction)
    asked: Any = {"today": DEMO_UNTIL, "direction": direction}
    with reading(demo_engine) as connection:
        alone, shared = (
            indicator_sums(connection, LEADER, period=period, monthly=read, **asked) for read in (None, monthly)
        )
        for by in (ScopeKind.NATION, ScopeKind.REGION, ScopeKind.DISTRICT):
            expected, found = (area_values(sums, scope=Scope.nation(), by=by) for sums in (alone, shared))
            pd.testing.assert_frame_equal(expected, found)
        for scope in SCOPES:
            expected, found = (
                indicator_trend(connection, LEADER, scope=scope, period=period, monthly=read, **asked)
                for read in (None, monthly)
            )
            pd.testing.assert_frame_equal(expected, found)


def test_months_that_were_not_read_are_refused(demo_engine: Engine) -> None:
    year = Period.of_year(DEMO_UNTIL.year - 1)
    with reading(demo_engine) as connection:
        monthly = monthly_sums(connection, LEADER, period=year, today=DEMO_UNTIL)
    for period in (
        year.previous(),
        Period.of_year(DEMO_UNTIL.year),
        Period.of_months(date(year.first_day.year, 7, 1), 12),
    ):
        with pytest.raises(ValueError, match="were not read"):
            monthly.by_district(Window(period, DEMO_UNTIL))
