"""Forecast of an area: what it rests on, when it is refused, and what the plan says beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import Connection, Engine

from data.aggregates import refresh
from data.codes import EventState
from data.database.engine import writing
from data.dates.period import shift_month
from data.policy import Actor, Role, Scope
from queries.forecasts import AreaForecast, area_forecast
from tests.worlds import DISTRICT, OTHER_DISTRICT, REGION, make_event, make_plan_item

TODAY = date(2026, 11, 20)
RUNNING = date(2026, 11, 1)
ADMIN = Actor(Role.ADMIN)


def forecast_of(engine: Engine, scope: Scope, *, today: date = TODAY) -> AreaForecast:
    with writing(engine) as connection:
        refresh(connection)
        return area_forecast(connection, ADMIN, scope=scope, today=today)


def hold(
    connection: Connection, *, months: int, events: Callable[[date], int] = lambda _month: 2, district: str = DISTRICT
) -> None:
    """Hold joint events in so many months before the running one, as planned, with one item more in each plan."""
    for back in range(1, months + 1):
        month = shift_month(RUNNING, -back)
        for _ in range(events(month)):
            item = make_plan_item(connection, year=month.year, month=month.month, district_soato=district)
            make_event(connection, event_date=month.replace(day=9), plan_item_id=item, district_soato=district)
        make_plan_item(connection, year=month.year, month=month.month, district_soato=district)


def test_under_two_years_of_months_there_is_no_forecast(engine: Engine) -> None:
    with writing(engine) as connection:
        hold(connection, months=23)
    found = forecast_of(engine, Scope.district(DISTRICT))
    assert (found.event_months, found.plan_months) == (23, 23)
    assert not found.has_events
    assert not found.has_plan
    assert found.coming[["expected", "expected_pct"]].isna().all(axis=None)
    assert forecast_of(engine, Scope.district(OTHER_DISTRICT)).history.empty


def test_months_without_plan_items_are_nothing_that_a_forecast_of_the_plan_rests_on(engine: Engine) -> None:
    with writing(engine) as connection:
        month = shift_month(RUNNING, -30)
        make_plan_item(connection, year=month.year, month=month.month)
        hold(connection, months=22)
    found = forecast_of(engine, Scope.district(DISTRICT))
    assert found.plan_months == 23
    assert not found.has_plan


def test_two_years_of_months_are_enough_and_the_running_month_is_none_of_them(engine: Engine) -> None:
    with writing(engine) as connection:
        hold(connection, months=24)
        for day in range(1, 20):
            make_event(connection, event_date=RUNNING.replace(day=day))
    found = forecast_of(engine, Scope.district(DISTRICT))
    assert found.event_months == 24
    assert list(found.history["is_finished"]) == [True] * 24 + [False]
    assert found.history["held"].iloc[-1] == 19
    # As many as have been held already, and from then on about two a month.
    assert found.coming["low"].iloc[0] == 19
    assert found.coming["expected"].iloc[1:].between(1, 3).all()


def test_months_before_the_first_record_are_not_taken_for_months_without_events(engine: Engine) -> None:
    with writing(engine) as connection:
        hold(connection, months=30)
    assert len(forecast_of(engine, Scope.district(DISTRICT)).history) == 31


def test_plan_execution_is_of_the_items_that_the_plan_has(engine: Engine) -> None:
    with writing(engine) as connection:
        hold(connection, months=30)
        for _ in range(3):
            make_plan_item(connection, year=2026, month=12)
        make_event(connection, event_date=date(2026, 12, 3), state=EventState.PLANNED)
    coming = forecast_of(engine, Scope.district(DISTRICT)).coming
    assert coming["month"].tolist() == [shift_month(RUNNING, step) for step in range(6)]
    assert coming["expected_pct"].notna().tolist() == [False, True, False, False, False, False]
    december = coming.iloc[1]
    assert 50 < december["expected_pct"] < 80
    assert 0 <= december["low_pct"] <= december["high_pct"] <= 100
    assert coming["planned"].tolist() == [0, 4, 0, 0, 0, 0]


def test_a_region_is_forecast_by_the_sum_of_its_districts(engine: Engine) -> None:
    with writing(engine) as connection:
        hold(connection, months=30)
        hold(connection, months=26, district=OTHER_DISTRICT)
    found = forecast_of(engine, Scope.region(REGION))
    assert found.event_months == 30
    assert found.history["held"].tolist() == [2] * 4 + [4] * 26 + [0]


def test_a_season_of_the_district_returns(engine: Engine) -> None:
    with writing(engine) as connection:
        hold(connection, months=36, events=lambda month: 8 if month.month in {2, 3, 4} else 2)
    coming = forecast_of(engine, Scope.district(DISTRICT)).coming.set_index("month")["expected"]
    assert coming[date(2027, 3, 1)] > 2 * coming[date(2026, 12, 1)]
