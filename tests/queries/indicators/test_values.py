"""Each indicator by a small example computed by hand, on both databases: memoranda, plan, events and areas."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from sqlalchemy import Engine

from data.codes import EventState
from data.database.engine import writing
from data.dates.period import Period
from data.indicators import INDICATORS
from data.policy import Scope, ScopeKind
from tests.queries.indicators.reading import all_values, row
from tests.worlds import (
    DISTRICT,
    FAR_DISTRICT,
    OTHER_DISTRICT,
    REGION,
    make_amendment,
    make_event,
    make_inhabitants,
    make_mahalla,
    make_memorandum,
    make_plan_item,
)

pytestmark = pytest.mark.both_databases

YEAR_END = date(2025, 12, 31)


def test_every_area_has_every_indicator_and_missing_is_not_zero(engine: Engine) -> None:
    values = all_values(engine)
    assert len(values) == 208 * len(INDICATORS)
    assert values["indicator_code"].head(len(INDICATORS)).tolist() == list(INDICATORS)
    plan = row(values, "plan_execution", DISTRICT)
    assert np.isnan(plan["value"])
    assert not plan["is_enough"]
    assert row(values, "memorandum_coverage", DISTRICT)["value"] == 0


def test_coverage_of_a_district_is_its_share_of_days(engine: Engine) -> None:
    """In force from 11 to 20 January, from 16 to 31 January beside it, and again from 1 March, when it was extended."""
    with writing(engine) as connection:
        make_memorandum(connection, signed_date=date(2025, 1, 11), expiry_date=date(2025, 1, 20))
        make_memorandum(connection, signed_date=date(2025, 1, 16), terminated_date=date(2025, 2, 1))
        extended = make_memorandum(connection, signed_date=date(2025, 1, 20), expiry_date=date(2025, 1, 25))
        signed, expiry = date(2025, 3, 1), date(2025, 3, 10)
        make_amendment(connection, memorandum_id=extended, number=1, signed_date=signed, expiry_date=expiry)
    found = row(all_values(engine), "memorandum_coverage", DISTRICT)
    assert (found["numerator"], found["denominator"]) == (21 + 10, 365)
    assert found["value"] == pytest.approx(100 * 31 / 365)
    assert np.isnan(found["interval_low"])
    running = row(all_values(engine, today=date(2025, 1, 20)), "memorandum_coverage", DISTRICT)
    assert (running["numerator"], running["denominator"]) == (10, 20)


def test_memorandum_coverage_counts_districts_on_the_last_day(engine: Engine) -> None:
    with writing(engine) as connection:
        make_memorandum(connection, expiry_date=YEAR_END)
        make_memorandum(connection)
        make_memorandum(connection, district_soato=OTHER_DISTRICT, expiry_date=YEAR_END - timedelta(days=1))
        extended = make_memorandum(connection, district_soato=FAR_DISTRICT, expiry_date=date(2025, 6, 30))
        signed, expiry = date(2025, 6, 1), date(2027, 6, 30)
        make_amendment(connection, memorandum_id=extended, number=1, signed_date=signed, expiry_date=expiry)
        make_memorandum(connection, district_soato=OTHER_DISTRICT, terminated_date=YEAR_END)
        make_memorandum(connection, district_soato=OTHER_DISTRICT, signed_date=None)
    values = all_values(engine)
    missed = row(values, "memorandum_coverage", OTHER_DISTRICT)
    assert (missed["numerator"], missed["denominator"], missed["n"]) == (364, 365, 1)
    covered = {area: row(values, "memorandum_coverage", area)["value"] for area in (DISTRICT, FAR_DISTRICT)}
    assert covered == {DISTRICT: 100, FAR_DISTRICT: 100}
    nation = row(all_values(engine, by=ScopeKind.NATION), "memorandum_coverage", "")
    assert (nation["numerator"], nation["denominator"]) == (2, 208)


def test_memorandum_alive_judges_after_ninety_days(engine: Engine) -> None:
    """On 31 December: 90 days back is 2 October."""
    edge = YEAR_END - timedelta(days=90)
    with writing(engine) as connection:
        alive = make_memorandum(connection, signed_date=edge)
        make_event(connection, event_date=edge, memorandum_id=alive)
        idle = make_memorandum(connection)
        make_event(connection, event_date=edge - timedelta(days=1), memorandum_id=idle)
        make_event(connection, event_date=YEAR_END, memorandum_id=idle, state=EventState.CANCELLED)
        make_memorandum(connection, signed_date=edge + timedelta(days=1))
    found = row(all_values(engine), "memorandum_alive", DISTRICT)
    assert (found["numerator"], found["denominator"], found["value"]) == (1, 2, 50)


def test_plan_execution_needs_three_items_and_a_held_event(engine: Engine) -> None:
    with writing(engine) as connection:
        items = [make_plan_item(connection, year=2025, month=month) for month in (1, 2, 12)]
        make_plan_item(connection, year=2026, month=1)
        make_event(connection, event_date=date(2025, 4, 1), plan_item_id=items[0])
        make_event(connection, event_date=date(2025, 4, 1), plan_item_id=items[1], state=EventState.CANCELLED)
        make_plan_item(connection, year=2025, month=1, district_soato=OTHER_DISTRICT)
    values = all_values(engine)
    found = row(values, "plan_execution", DISTRICT)
    assert (found["numerator"], found["n"]) == (1, 3)
    assert found["value"] == pytest.approx(100 / 3)
    assert np.isnan(row(values, "plan_execution", OTHER_DISTRICT)["value"])


def test_mahalla_reach_and_regularity(engine: Engine) -> None:
    with writing(engine) as connection:
        mahallas = [make_mahalla(connection) for _ in range(4)]
        for number, months in enumerate([(1, 1, 2, 12), (6,), (7, 8)]):
            for month in months:
                make_event(connection, event_date=date(2025, month, 9), mahalla_id=mahallas[number])
        make_event(connection, event_date=date(2024, 12, 31), mahalla_id=mahallas[3])
        make_event(connection, event_date=date(2025, 5, 1))
    values = all_values(engine)
    assert row(values, "mahalla_reach", DISTRICT)["value"] == 75
    regularity = row(values, "regularity", DISTRICT)
    assert (regularity["numerator"], regularity["denominator"], regularity["n"]) == (6, 36, 3)


def test_months_of_mahallas_across_years(engine: Engine) -> None:
    with writing(engine) as connection:
        mahallas = [make_mahalla(connection) for _ in range(3)]
        for mahalla in mahallas:
            for day in (date(2024, 10, 31), date(2024, 11, 1), date(2025, 2, 28), date(2025, 3, 1)):
                make_event(connection, event_date=day, mahalla_id=mahalla)
    for period in (Period.of_months(date(2024, 11, 1), 4), Period.of_months(date(2025, 2, 1), 1)):
        values = all_values(engine, period=period)
        assert row(values, "regularity", DISTRICT)["value"] == 25, "three of the twelve months up to February"
        assert row(values, "mahalla_reach", DISTRICT)["value"] == 100


def test_events_per_inhabitants_are_annualised(engine: Engine) -> None:
    with writing(engine) as connection:
        for month in (1, 2, 3):
            make_event(connection, event_date=date(2025, month, 1))
            make_event(connection, event_date=date(2025, month, 1), district_soato=OTHER_DISTRICT)
        make_inhabitants(connection, district_soato=DISTRICT, counted_date=date(2024, 1, 1), inhabitants=50_000)
        make_inhabitants(connection, district_soato=DISTRICT, counted_date=date(2026, 1, 1), inhabitants=99_000)
        make_inhabitants(connection, district_soato=FAR_DISTRICT, counted_date=date(2026, 1, 1), inhabitants=20_000)
        make_event(connection, event_date=date(2025, 1, 1), district_soato=FAR_DISTRICT)
    values = all_values(engine, today=date(2025, 3, 15))
    assert row(values, "events_per_10k", DISTRICT)["value"] == pytest.approx(3 * 12 / 3 / 5)
    assert row(values, "events_per_10k", FAR_DISTRICT)["value"] == pytest.approx(1 * 12 / 3 / 2)
    assert np.isnan(row(values, "events_per_10k", OTHER_DISTRICT)["value"])
    nation = row(all_values(engine, by=ScopeKind.NATION), "events_per_10k", "")
    assert nation["value"] == pytest.approx(4 / 7)


def test_few_events_have_a_wide_interval_and_none_has_one_too(engine: Engine) -> None:
    """Of a Poisson mean with 3 seen the limits are 0.818 and 7.754; with none seen the upper one is 2.996."""
    with writing(engine) as connection:
        for month in (1, 2, 3):
            make_event(connection, event_date=date(2025, month, 1))
        for district in (DISTRICT, OTHER_DISTRICT):
            make_inhabitants(connection, district_soato=district, counted_date=date(2024, 1, 1), inhabitants=50_000)
    values = all_values(engine)
    ends = ["interval_low", "interval_high"]
    some, none = (row(values, "events_per_10k", district)[ends].tolist() for district in (DISTRICT, OTHER_DISTRICT))
    assert some == pytest.approx([0.8177 / 5, 7.7537 / 5], abs=1e-4)
    assert none == pytest.approx([0, 2.9957 / 5], abs=1e-4)


def test_regularity_counts_mahallas_and_not_their_months(engine: Engine) -> None:
    """Three mahallas with 1, 2 and 6 months of 12: mean 3, variance 7, and t of two degrees of freedom 2.92."""
    with writing(engine) as connection:
        for months in (1, 2, 6):
            mahalla = make_mahalla(connection)
            for month in range(1, months + 1):
                make_event(connection, event_date=date(2025, month, 9), mahalla_id=mahalla)
    found = row(all_values(engine), "regularity", DISTRICT)
    spread = 2.919986 * np.sqrt(7 / 3) / 12
    assert found["interval_high"] == pytest.approx(100 * (3 / 12 + spread))
    assert found["interval_low"] == 0
    assert found["interval_high_998"] > found["interval_high_95"] > found["interval_high"]


def test_participants_are_a_sum_without_interval(engine: Engine) -> None:
    with writing(engine) as connection:
        for count in (10, 15):
            make_event(connection, event_date=date(2025, 1, 1), participants_total=count)
        make_event(connection, event_date=date(2025, 1, 1), participants_total=99, state=EventState.PLANNED)
    found = row(all_values(engine), "participants", DISTRICT)
    assert (found["value"], found["n"]) == (25, 2)
    assert np.isnan(found["interval_low"])


def test_a_region_is_the_ratio_of_its_sums(engine: Engine) -> None:
    with writing(engine) as connection:
        for district, planned, fulfilled in ((DISTRICT, 8, 8), (OTHER_DISTRICT, 4, 0)):
            for number in range(planned):
                item = make_plan_item(connection, year=2025, month=5, district_soato=district)
                if number < fulfilled:
                    day = date(2025, 5, 1)
                    make_event(connection, event_date=day, plan_item_id=item, district_soato=district)
    values = all_values(engine, scope=Scope.region(REGION), by=ScopeKind.REGION)
    assert values["area_code"].unique().tolist() == [REGION]
    assert row(values, "plan_execution", REGION)["value"] == pytest.approx(100 * 8 / 12)


def test_months_that_have_not_begun_are_left_out(engine: Engine) -> None:
    with writing(engine) as connection:
        for month in (1, 2, 3, 4, 5):
            make_plan_item(connection, year=2025, month=month)
    values = all_values(engine, today=date(2025, 3, 1))
    assert row(values, "plan_execution", DISTRICT)["n"] == 3
    ahead = all_values(engine, period=Period.of_year(2030))
    counted = ahead[~ahead["indicator_code"].isin(["memorandum_coverage", "mahalla_reach"])]
    assert not counted["is_enough"].any()
