"""What NGOs say, by small examples computed by hand: evaluations, marks, answers and recommendations."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from sqlalchemy import Engine, insert

from data.codes import Direction, RecommendationState, Visibility, WouldRepeat
from data.database.engine import writing
from data.dates.period import Period
from data.policy import ScopeKind
from data.schema import MemorandumDirection
from tests.queries.indicators.reading import all_values, rated_event, row, trend_of
from tests.worlds import (
    DISTRICT,
    FAR_DISTRICT,
    OTHER_DISTRICT,
    REGION,
    make_evaluation,
    make_event,
    make_mahalla,
    make_memorandum,
    make_ngo,
    make_plan_item,
    make_recommendation,
)

pytestmark = pytest.mark.both_databases


def test_evaluation_coverage_to_the_day(engine: Engine) -> None:
    with writing(engine) as connection:
        for days in (0, 14, 15):
            rated_event(connection, event_date=date(2025, 5, 1), days=days)
        stranger = make_ngo(connection)
        event = make_event(connection, event_date=date(2025, 5, 2), ngo_ids=(make_ngo(connection),))
        make_evaluation(connection, event_id=event, ngo_id=stranger, submitted_date=date(2025, 5, 3))
        make_event(connection, event_date=date(2025, 5, 30), ngo_ids=(stranger,))
    found = row(all_values(engine), "evaluation_coverage", DISTRICT)
    assert (found["numerator"], found["denominator"], found["value"]) == (2, 5, 40)


@pytest.mark.parametrize(("days", "expected"), [(14, 5), (15, 6)])
def test_events_wait_fourteen_days_before_they_count(engine: Engine, days: int, expected: int) -> None:
    today = date(2025, 6, 20)
    with writing(engine) as connection:
        for _ in range(5):
            rated_event(connection, event_date=date(2025, 4, 30))
        rated_event(connection, event_date=today - timedelta(days=days), days=0)
    found = row(all_values(engine, today=today), "evaluation_coverage", DISTRICT)
    assert (found["numerator"], found["denominator"]) == (expected, expected)


@pytest.mark.parametrize(("days", "expected"), [(59, 3), (60, 4)])
def test_recommendations_wait_sixty_days_before_they_count(engine: Engine, days: int, expected: int) -> None:
    today = date(2025, 6, 20)
    with writing(engine) as connection:
        ages = (100, 100, 100, days)
        closed_after = (60, 61, None, 5)
        for age, closed in zip(ages, closed_after, strict=True):
            created = today - timedelta(days=age)
            make_recommendation(
                connection,
                evaluation_id=rated_event(connection, event_date=created),
                created_date=created,
                state=RecommendationState.NEW if closed is None else RecommendationState.CLOSED,
                closed_date=None if closed is None else created + timedelta(days=closed),
            )
    found = row(all_values(engine, today=today), "recommendations_closed", DISTRICT)
    assert (found["numerator"], found["denominator"]) == (expected - 2, expected)


def test_evaluation_score_is_drawn_to_the_nation_by_hand(engine: Engine) -> None:
    """District marks 5,5,5,4,4 and 2,3,2,3,2; ten forms on one event are one event."""
    marks = {DISTRICT: (5, 5, 5, 4, 4), FAR_DISTRICT: (2, 3, 2, 3, 2)}
    with writing(engine) as connection:
        for district, given in marks.items():
            for mark in given:
                rated_event(connection, event_date=date(2025, 5, 1), mark=mark, district_soato=district)
        other = make_ngo(connection)
        event = make_event(connection, event_date=date(2025, 6, 1), ngo_ids=(other,), district_soato=OTHER_DISTRICT)
        for mark in (2, 4):
            make_evaluation(
                connection, event_id=event, ngo_id=make_ngo(connection), submitted_date=date(2025, 6, 2), mark=mark
            )
    within = (1.2 + 1.2) / (10 - 2)
    between = (5 * (4.6 - 3.5) ** 2 + 5 * (2.4 - 3.5) ** 2) / 1
    k = within / ((between - within) / 5)
    overall = (23 + 12 + 3) / 11
    values = all_values(engine)
    found = row(values, "evaluation_score", DISTRICT)
    expected = (5 * 4.6 + k * overall) / (5 + k)
    assert found["n"] == 5
    assert found["value"] == pytest.approx(expected)
    drawn = k / (5 + k)
    of_mean, of_between = 1 / (2 * k) + 1 / 10, 2 / (2 * (5 * k / (5 + k)) ** 2)
    variance = within * (1 / (5 + k) + drawn**2 * of_mean + 2 * 5 * drawn**3 * of_between)
    assert found["interval_low"] == pytest.approx(expected - 1.6448536 * np.sqrt(variance))
    assert np.isnan(row(values, "evaluation_score", OTHER_DISTRICT)["value"])
    nation = row(all_values(engine, by=ScopeKind.NATION), "evaluation_score", "")
    assert nation["value"] == pytest.approx(overall)


def test_would_repeat_takes_named_answers_at_once_and_confidential_ones_by_batch(engine: Engine) -> None:
    answers = (WouldRepeat.YES, WouldRepeat.YES, WouldRepeat.YES, WouldRepeat.NO, WouldRepeat.UNSURE)
    with writing(engine) as connection:
        for district, ngos in ((DISTRICT, 3), (OTHER_DISTRICT, 2)):
            known = [make_ngo(connection) for _ in range(ngos)]
            for visibility in (Visibility.NAMED, Visibility.CONFIDENTIAL):
                for number, answer in enumerate(answers):
                    rated_event(
                        connection,
                        event_date=date(2025, 5, 1),
                        district_soato=district,
                        ngo_id=known[number % ngos],
                        visibility=visibility,
                        would_repeat=answer if visibility is Visibility.NAMED else WouldRepeat.NO,
                    )
    values = all_values(engine)
    with_batch, without = (row(values, "would_repeat", soato) for soato in (DISTRICT, OTHER_DISTRICT))
    assert (with_batch["value"], with_batch["n"]) == (30, 10)
    assert (without["value"], without["n"]) == (60, 5)
    region = row(all_values(engine, by=ScopeKind.REGION), "would_repeat", REGION)
    assert (region["numerator"], region["n"]) == (6, 15)
    of_direction = row(all_values(engine, direction=Direction.YOUTH_WORK), "would_repeat", DISTRICT)
    assert (of_direction["value"], of_direction["n"]) == (60, 5)


def test_a_batch_counts_only_where_the_period_holds_all_its_months(engine: Engine) -> None:
    with writing(engine) as connection:
        for month in (3, 4, 5, 6, 7):
            rated_event(connection, event_date=date(2025, month, 1), mark=2, visibility=Visibility.CONFIDENTIAL)
    for period, n in ((Period.of_year(2025), 5), (Period.of_months(date(2025, 4, 1), 9), 0)):
        found = row(all_values(engine, period=period), "evaluation_score", DISTRICT)
        assert found["n"] == n
    assert trend_of(engine, "evaluation_score").isna().all()


def test_direction_narrows_events_plan_evaluations_and_memoranda(engine: Engine) -> None:
    direction = Direction.VICTIM_SUPPORT
    with writing(engine) as connection:
        mahallas = [make_mahalla(connection) for _ in range(2)]
        make_event(connection, event_date=date(2025, 5, 1), direction=direction, mahalla_id=mahallas[0])
        make_event(connection, event_date=date(2025, 5, 1), mahalla_id=mahallas[1])
        for _ in range(3):
            make_plan_item(connection, year=2025, month=5, direction=direction)
            make_plan_item(connection, year=2025, month=5)
        for mark in (5, 5, 5, 5, 5):
            rated_event(connection, event_date=date(2025, 5, 1), mark=mark, direction=direction)
            rated_event(connection, event_date=date(2025, 5, 1), mark=1)
        make_memorandum(connection)
        named = make_memorandum(connection, district_soato=OTHER_DISTRICT)
        connection.execute(insert(MemorandumDirection).values(memorandum_id=named, direction_code=direction.value))
    values = all_values(engine, direction=direction)
    assert row(values, "participants", DISTRICT)["n"] == 6
    assert row(values, "mahalla_reach", DISTRICT)["value"] == 50
    assert row(values, "plan_execution", DISTRICT)["n"] == 3
    assert row(values, "evaluation_score", DISTRICT)["value"] == pytest.approx(5)
    assert row(values, "memorandum_coverage", DISTRICT)["value"] == 0
    assert row(values, "memorandum_coverage", OTHER_DISTRICT)["value"] == 100
