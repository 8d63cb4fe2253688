"""Trends as process charts: which points there are, what takes part in limits and rules, and in which unit."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Connection, Engine

from data.aggregates import data_version
from data.database.engine import reading, writing
from data.dates.period import Period, quarter_start
from data.indicators import INDICATORS
from data.indicators.declaration import Months
from data.indicators.process_charts import ChartKind, Signal, chart_kind
from data.policy import Scope
from queries.indicators.trends import process_trend, trend_period
from tests.queries.indicators.reading import LEADER, rated_event
from tests.registers import make_offences
from tests.worlds import DISTRICT, make_event, make_inhabitants, make_mahalla, make_plan_item

TODAY = date(2026, 3, 10)
PERIOD = Period.of_months(date(2025, 1, 1), 15)


def points_of(engine: Engine, code: str, *, today: date = TODAY, period: Period = PERIOD) -> pd.DataFrame:
    """The points of an indicator of the district, by their first day (YYYY-MM)."""
    data_version(engine)
    with reading(engine) as connection:
        frame = process_trend(
            connection, LEADER, scope=Scope.district(DISTRICT), period=period, today=today, codes=(code,)
        )
    return frame.set_index(frame["month"].dt.strftime("%Y-%m"))


def plan(connection: Connection, month: date, *, fulfilled: int, of: int) -> None:
    """Plan items of a month, the first of them fulfilled."""
    for number in range(of):
        item = make_plan_item(connection, year=month.year, month=month.month)
        if number < fulfilled:
            make_event(connection, event_date=month, plan_item_id=item)


def test_a_trend_reaches_back_three_years_to_the_start_of_a_quarter() -> None:
    found = trend_period(Period.of_months(date(2026, 2, 1), 3))
    assert (found.first_day, found.last_day) == (date(2023, 4, 1), date(2026, 4, 30))
    later = trend_period(Period.of_months(date(2026, 2, 1), 3), earliest=date(2024, 1, 1))
    assert later.first_day == date(2024, 1, 1)


def test_a_running_month_takes_no_part_in_limits_and_rules(engine: Engine) -> None:
    with writing(engine) as connection:
        for month in PERIOD.months:
            plan(connection, month, fulfilled=10 if month < date(2026, 3, 1) else 0, of=20)
    found = points_of(engine, "plan_execution")
    assert found["months"].unique().tolist() == [1]
    assert found["centre"].unique() == pytest.approx([50])
    assert found["limit_low"].head(14).tolist() == pytest.approx([50 - 300 * np.sqrt(0.25 / 20)] * 14)
    running = found.loc["2026-03"]
    assert (running["value"], running["is_finished"], running["signal_code"]) == (0, False, Signal.USUAL)
    assert np.isnan(running["limit_low"])
    over = points_of(engine, "plan_execution", today=date(2026, 4, 1)).loc["2026-03"]
    assert (over["is_finished"], over["signal_code"]) == (True, Signal.BELOW_LIMITS)


def test_months_of_few_cases_are_pooled_to_quarters(engine: Engine) -> None:
    with writing(engine) as connection:
        for month in Period.of_months(date(2024, 1, 1), 27).months:
            plan(connection, month, fulfilled=month.month % 2, of=4)
    found = points_of(engine, "plan_execution", period=Period.of_months(date(2024, 1, 1), 27))
    assert found["months"].unique().tolist() == [3]
    assert [found.loc["2025-01", name] for name in ("value", "n")] == [pytest.approx(100 * 2 / 12), 12]
    assert found["is_finished"].tolist() == [True] * 8 + [False]
    # 12 of 96 in the eight quarters that are over.
    assert found["centre"].iloc[0] == pytest.approx(12.5)
    assert found.loc["2025-01", "limit_high"] == pytest.approx(12.5 + 300 * np.sqrt(0.125 * 0.875 / 12))


def test_limits_need_eight_points(engine: Engine) -> None:
    with writing(engine) as connection:
        for month in Period.of_months(date(2025, 8, 1), 7).months:
            plan(connection, month, fulfilled=5, of=12)
    found = points_of(engine, "plan_execution")
    assert found["limit_low"].isna().all()
    assert found["value"].notna().sum() == 7


def test_limits_of_a_rate_are_in_its_unit_whatever_the_inhabitants(engine: Engine) -> None:
    """Twelve offences a month of 20,000 are 72 per 10,000 a year; of twice as many inhabitants 36."""
    with writing(engine) as connection:
        for day, number in ((date(2024, 1, 1), 20_000), (date(2025, 7, 31), 40_000)):
            make_inhabitants(connection, district_soato=DISTRICT, counted_date=day, inhabitants=number)
        for month in PERIOD.months:
            make_offences(connection, year_month=month.year * 100 + month.month, offences=12)
    found = points_of(engine, "offences_per_10k", today=date(2026, 4, 1))
    assert found["chart_code"].unique() == [ChartKind.U]
    centre = 12 * 15 * 12 / (6 * 2 + 9 * 4)
    assert found["centre"].iloc[0] == pytest.approx(centre)
    assert found.loc["2025-02", "value"] == pytest.approx(72)
    # So many tens of thousands for a twelfth of a year: 2 / 12.
    assert found.loc["2025-02", "limit_high"] == pytest.approx(centre + 3 * np.sqrt(centre / (2 / 12)))
    assert found.loc["2025-12", "limit_high"] == pytest.approx(centre + 3 * np.sqrt(centre / (4 / 12)))


def test_a_quarter_of_a_rate_is_a_rate_of_a_year(engine: Engine) -> None:
    with writing(engine) as connection:
        make_inhabitants(connection, district_soato=DISTRICT, counted_date=date(2024, 1, 1), inhabitants=10_000)
        for month in PERIOD.months:
            make_event(connection, event_date=month)
    found = points_of(engine, "events_per_10k").loc["2025-04"]
    assert (found["months"], found["value"], found["n"]) == (3, 12, 10_000)


def test_what_is_made_of_twelve_months_or_a_state_has_neither_limits_nor_rules(engine: Engine) -> None:
    with writing(engine) as connection:
        mahallas = [make_mahalla(connection) for _ in range(10)]
        for number, month in enumerate(PERIOD.months):
            make_event(connection, event_date=month, mahalla_id=mahallas[number % 10])
    found = points_of(engine, "mahalla_reach", today=date(2026, 4, 1))
    assert found["chart_code"].unique() == [ChartKind.NONE]
    assert found[["centre", "limit_low", "limit_high"]].isna().all(axis=None)
    assert set(found["signal_code"]) == {Signal.USUAL}
    assert found["months"].unique().tolist() == [1]
    without = {code for code, entry in INDICATORS.items() if chart_kind(entry) is ChartKind.NONE}
    assert without == {
        "memorandum_coverage",
        "memorandum_alive",
        "mahalla_reach",
        "regularity",
        "ngos_supported",
        "support_gini",
        "trained",
    }
    assert all(INDICATORS[code].months is not Months.OWN for code in without)


def test_nothing_is_zero_before_anything_was_recorded(engine: Engine) -> None:
    with writing(engine) as connection:
        make_inhabitants(connection, district_soato=DISTRICT, counted_date=date(2024, 1, 1), inhabitants=10_000)
        mahalla = make_mahalla(connection)
        for month in Period.of_months(date(2025, 5, 1), 10).months:
            make_event(connection, event_date=month, mahalla_id=mahalla)
    assert points_of(engine, "events_per_10k")["month"].min() == pd.Timestamp(2025, 4, 1)
    reach = points_of(engine, "mahalla_reach")
    assert reach["value"].notna().sum() == 0
    later = points_of(engine, "mahalla_reach", today=date(2026, 5, 20), period=Period.of_months(date(2025, 1, 1), 17))
    assert later["value"].first_valid_index() == "2026-04"


def test_a_month_whose_events_may_still_be_evaluated_in_time_is_not_finished(engine: Engine) -> None:
    with writing(engine) as connection:
        for month in PERIOD.months:
            for day in range(10, 22):
                rated_event(connection, event_date=month.replace(day=day))
    found = points_of(engine, "evaluation_coverage", today=date(2026, 3, 10))
    assert found.loc["2026-01":"2026-02", "is_finished"].tolist() == [True, False]
    rated = points_of(engine, "evaluation_score", today=date(2026, 3, 10))
    assert (rated["chart_code"].iloc[0], rated.loc["2026-02", "is_finished"]) == (ChartKind.XMR, True)
    assert rated["limit_high"].max() <= 5


def test_quarters_begin_in_january_april_july_and_october() -> None:
    assert [quarter_start(date(2026, month, 9)).month for month in (1, 3, 4, 9, 12)] == [1, 1, 4, 7, 10]
