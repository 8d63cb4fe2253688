"""Each district counts in its own days: figures around a merger, and of a district that has just begun."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Connection, Engine

from data.aggregates import data_version
from data.database.engine import reading, writing
from data.dates.period import Period, shift_month
from data.dates.validity import Validity
from data.indicators.counted import CountedRows
from data.policy import Scope, ScopeKind
from queries.indicators.records import counted_numbers
from queries.indicators.values import area_values, indicator_sums, indicator_trend, monthly_sums
from tests.queries.indicators.reading import LEADER, all_values, row, trend_of
from tests.worlds import (
    DISTRICT,
    FAR_DISTRICT,
    OTHER_DISTRICT,
    REGION,
    begin_district,
    end_district,
    make_evaluation,
    make_event,
    make_inhabitants,
    make_mahalla,
    make_memorandum,
    make_ngo,
    make_obligation,
    make_plan_item,
)

LAST_DAY, TODAY = date(2025, 4, 15), date(2026, 3, 10)
DAYS = {DISTRICT: Validity(last_day=LAST_DAY)}
# Their numerators and denominators of districts add up to those of a wider area.
ADDED_UP = (
    *("memorandum_alive", "obligations_on_time", "plan_execution", "mahalla_reach", "regularity", "events_per_10k"),
    *("participants", "evaluation_coverage", "evaluation_score", "would_repeat"),
)


def around_a_merger(connection: Connection) -> None:
    """Two years of three districts, of which one ends in the middle of a month and becomes part of its neighbour."""
    luck = random.Random(11)  # noqa: S311 - any numbers will do
    for place, soato in enumerate((DISTRICT, OTHER_DISTRICT, FAR_DISTRICT)):
        last = DAYS.get(soato, Validity()).last_day or TODAY
        ngo_id = make_ngo(connection, district_soato=soato)
        mahallas = [make_mahalla(connection, district_soato=soato) for _ in range(3 + place)]
        make_inhabitants(
            connection, district_soato=soato, counted_date=date(2024, 1, 1), inhabitants=1_000 * (place + 1)
        )
        memorandum_id = make_memorandum(
            connection, district_soato=soato, signed_date=date(2024, 2, 3), ngo_ids=(ngo_id,)
        )
        for step in range(0, (last - date(2024, 1, 1)).days, 11):
            day = date(2024, 1, 1) + timedelta(days=step)
            item = make_plan_item(connection, district_soato=soato, year=day.year, month=day.month)
            event_id = make_event(
                connection,
                event_date=day,
                district_soato=soato,
                mahalla_id=luck.choice(mahallas),
                memorandum_id=memorandum_id,
                plan_item_id=luck.choice((item, None)),
                ngo_ids=(ngo_id,),
            )
            make_obligation(connection, memorandum_id=memorandum_id, due_date=day, fulfilled_date=day)
            if luck.random() < 0.6:
                sent = day + timedelta(days=3)
                make_evaluation(
                    connection, event_id=event_id, ngo_id=ngo_id, submitted_date=sent, mark=luck.randint(2, 5)
                )
    end_district(connection, DISTRICT, last_day=LAST_DAY, successors=(OTHER_DISTRICT,))


@pytest.fixture
def merged(engine: Engine) -> Engine:
    with writing(engine) as connection:
        around_a_merger(connection)
    data_version(engine)
    return engine


def added_up(values: pd.DataFrame) -> pd.DataFrame:
    """Numerators and denominators of :data:`ADDED_UP` of all areas together, by indicator."""
    shown = values[values["indicator_code"].isin(ADDED_UP)]
    return shown.groupby("indicator_code")[["numerator", "denominator"]].sum()


@pytest.mark.both_databases
def test_in_any_months_the_districts_add_up_to_the_nation_and_each_counts_in_its_own_days(merged: Engine) -> None:
    asked = [
        Period.of_months(shift_month(date(2024, 10, 1), step), count)
        for step in range(0, 14, 2)
        for count in (1, 5, 12)
    ]
    whole = Period.of_months(date(2024, 1, 1), 27)
    with reading(merged) as connection:
        monthly = monthly_sums(connection, LEADER, period=whole, today=TODAY)
        for period in asked:
            sums = indicator_sums(connection, LEADER, period=period, today=TODAY, monthly=monthly)
            of_districts = area_values(sums, scope=Scope.nation(), by=ScopeKind.DISTRICT)
            of_nation = area_values(sums, scope=Scope.nation(), by=ScopeKind.NATION)
            pd.testing.assert_frame_equal(added_up(of_districts), added_up(of_nation))
            last = period.as_of(TODAY)
            existed = DAYS[DISTRICT].overlaps(period.first_day, last)
            assert (DISTRICT in set(of_districts["area_code"])) == existed
            counted = 208 - (not DAYS[DISTRICT].includes(last))
            assert row(of_nation, "memorandum_coverage", "")["denominator"] == counted
            if existed:
                own = (min(last, LAST_DAY) - period.first_day).days + 1
                covered = row(of_districts, "memorandum_coverage", DISTRICT)
                assert (covered["numerator"], covered["denominator"], covered["value"]) == (own, own, 100)


def test_each_month_of_a_trend_is_what_the_month_alone_says(merged: Engine) -> None:
    period = Period.of_months(date(2025, 1, 1), 8)
    for scope in (Scope.nation(), Scope.region(REGION)):
        with reading(merged) as connection:
            frame = indicator_trend(connection, LEADER, scope=scope, period=period, today=TODAY, codes=ADDED_UP)
        for month in period.months:
            alone = all_values(merged, scope=scope, by=scope.kind, period=Period.of_months(month, 1), today=TODAY)
            points = frame[frame["month"] == pd.Timestamp(month)].set_index("indicator_code")
            for code in ADDED_UP:
                told = row(alone, code, scope.code)
                assert (points.loc[code, "numerator"], points.loc[code, "denominator"]) == pytest.approx(
                    (told["numerator"], told["denominator"])
                )


def test_a_district_that_ended_is_counted_no_more_at_the_end_of_months_that_it_began(merged: Engine) -> None:
    """Its events stay, its mahallas and inhabitants are those of its successor since."""
    values = all_values(merged, period=Period.of_year(2025), today=TODAY)
    assert row(values, "participants", DISTRICT)["numerator"] > 0
    assert row(values, "mahalla_reach", DISTRICT)["denominator"] == 0
    assert row(values, "events_per_10k", DISTRICT)["denominator"] == 0
    nation = all_values(merged, by=ScopeKind.NATION, period=Period.of_year(2025), today=TODAY)
    assert row(nation, "mahalla_reach", "")["denominator"] == 4 + 5
    assert row(nation, "events_per_10k", "")["denominator"] == 2_000 + 3_000


def test_the_months_before_a_district_began_and_after_it_ended_are_gaps_and_not_zero(merged: Engine) -> None:
    with writing(merged) as connection:
        begin_district(connection, FAR_DISTRICT, first_day=date(2025, 3, 1))
    begun = trend_of(merged, "participants", scope=Scope.district(FAR_DISTRICT), today=TODAY)
    assert list(begun.index[begun.isna()]) == ["2025-01", "2025-02"]
    ended = trend_of(merged, "memorandum_coverage", scope=Scope.district(DISTRICT), today=TODAY)
    assert list(ended.index[ended.notna()]) == ["2025-01", "2025-02", "2025-03", "2025-04"]
    assert np.allclose(ended.dropna(), 100)


def test_the_list_behind_a_figure_has_as_many_rows_when_a_district_has_ended(merged: Engine) -> None:
    period = Period.of_year(2025)
    nation = all_values(merged, by=ScopeKind.NATION, period=period, today=TODAY)
    with reading(merged) as connection:
        for code in ("mahalla_reach", "memorandum_alive", "plan_execution", "obligations_on_time"):
            asked = CountedRows(code=code, period=period, today=TODAY)
            numbers = counted_numbers(connection, LEADER, scope=Scope.nation(), rows=asked)
            told = row(nation, code, "")
            assert (numbers.counted, numbers.all) == (told["numerator"], told["denominator"]), code
