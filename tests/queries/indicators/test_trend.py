"""The indicators month by month."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from sqlalchemy import Engine

from data.database.engine import writing
from data.policy import Scope, ScopeKind
from tests.queries.indicators.reading import all_values, rated_event, row, trend_of
from tests.registers import make_offences
from tests.worlds import (
    DISTRICT,
    FAR_DISTRICT,
    FAR_REGION,
    REGION,
    make_event,
    make_inhabitants,
    make_mahalla,
    make_memorandum,
)


def test_trend_gives_each_month_its_own_value(engine: Engine) -> None:
    with writing(engine) as connection:
        make_event(connection, event_date=date(2025, 1, 31), participants_total=7)
        make_event(connection, event_date=date(2025, 3, 1), participants_total=5)
        make_event(connection, event_date=date(2025, 3, 1), participants_total=9, district_soato=FAR_DISTRICT)
        make_memorandum(connection, signed_date=date(2025, 2, 28), expiry_date=date(2025, 4, 29))
    people = trend_of(engine, "participants", scope=Scope.region(REGION))
    assert len(people) == 12
    assert people["2025-01"] == 7
    assert np.isnan(people["2025-02"])
    assert people["2025-03"] == 5
    assert trend_of(engine, "participants")["2025-03"] == 14
    covered = trend_of(engine, "memorandum_coverage", scope=Scope.district(DISTRICT))
    assert covered.head(4).tolist() == pytest.approx([0, 100 / 28, 100, 100 * 29 / 30])
    assert trend_of(engine, "participants", scope=Scope.region(FAR_REGION))["2025-03"] == 9


def test_a_month_is_divided_by_the_inhabitants_of_its_time(engine: Engine) -> None:
    with writing(engine) as connection:
        for month in (1, 6, 7):
            make_event(connection, event_date=date(2025, month, 9))
        for day, number in ((date(2024, 1, 1), 10_000), (date(2025, 6, 30), 20_000), (date(2026, 1, 1), 90_000)):
            make_inhabitants(connection, district_soato=DISTRICT, counted_date=day, inhabitants=number)
        for month in (202505, 202506):
            make_offences(connection, year_month=month, offences=5)
    rates = trend_of(engine, "events_per_10k", scope=Scope.district(DISTRICT))
    assert [rates[month] for month in ("2025-01", "2025-06", "2025-07")] == [12, 6, 6]
    offences = trend_of(engine, "offences_per_10k", scope=Scope.district(DISTRICT))
    assert [offences[month] for month in ("2025-05", "2025-06")] == [60, 30]
    assert row(all_values(engine), "events_per_10k", DISTRICT)["value"] == pytest.approx(3 / 2)


def test_trend_stops_at_today(engine: Engine) -> None:
    with writing(engine) as connection:
        make_memorandum(connection)
    covered = trend_of(engine, "memorandum_coverage", scope=Scope.district(DISTRICT), today=date(2025, 2, 10))
    assert covered.head(2).tolist() == [100, 100]
    assert covered.tail(10).isna().all()


def test_trend_ends_with_the_regularity_of_the_period(engine: Engine) -> None:
    with writing(engine) as connection:
        for _ in range(3):
            mahalla = make_mahalla(connection)
            for day in (date(2024, 6, 1), date(2025, 1, 1), date(2025, 12, 1)):
                make_event(connection, event_date=day, mahalla_id=mahalla)
    regularity = trend_of(engine, "regularity")
    assert regularity["2025-05"] == pytest.approx(100 * 2 / 12)
    assert regularity["2025-06"] == pytest.approx(100 * 1 / 12)
    found = row(all_values(engine), "regularity", DISTRICT)
    assert regularity["2025-12"] == pytest.approx(found["value"])


def test_trend_of_the_mark_and_the_days_that_wait(engine: Engine) -> None:
    with writing(engine) as connection:
        for day in range(1, 11):
            rated_event(connection, event_date=date(2025, 5, day), mark=3 + day % 2)
    score = trend_of(engine, "evaluation_score", scope=Scope.district(DISTRICT))
    assert score["2025-05"] == pytest.approx(3.5)
    in_time = trend_of(engine, "evaluation_coverage", today=date(2025, 5, 22))
    assert in_time["2025-05"] == 100
    few = all_values(engine, today=date(2025, 5, 22), by=ScopeKind.NATION)
    assert row(few, "evaluation_coverage", "")["n"] == 7
