"""Ratings and problems: what is counted, with which n and interval, and how confidential evaluations count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Connection, Engine

from data.aggregates import refresh
from data.codes import Direction, EvaluationItem, Problem, Visibility
from data.database.engine import reading, writing
from data.dates.period import Period
from data.policy import Actor, Role, Scope
from queries.evaluations.ratings import (
    problems_met,
    ratings_by_direction,
    ratings_by_form,
    ratings_by_item,
    ratings_over_time,
)
from tests.worlds import DISTRICT, FAR_DISTRICT, make_evaluation, make_event, make_ngo

LEADER = Actor(Role.DISTRICT, region_soato="1703", district_soato=DISTRICT)
HERE = Scope.district(DISTRICT)
PERIOD = Period.of_year(2025)
TODAY = date(2026, 3, 1)
DAY, SENT = date(2025, 6, 1), date(2025, 6, 5)
NAMED, CONFIDENTIAL = Visibility.NAMED, Visibility.CONFIDENTIAL


def _evaluate(
    connection: Connection,
    ngo_id: int,
    *,
    mark: int | None = 4,
    visibility: Visibility = NAMED,
    problems: tuple[Problem, ...] = (),
    day: date = DAY,
    direction: Direction = Direction.YOUTH_WORK,
) -> None:
    event_id = make_event(connection, event_date=day, ngo_ids=(ngo_id,), direction=direction)
    make_evaluation(
        connection,
        event_id=event_id,
        ngo_id=ngo_id,
        submitted_date=SENT,
        mark=mark,
        visibility=visibility,
        problems=problems,
    )


def _evaluate_all(connection: Connection, ratings: Sequence[int], *, visibility: Visibility = NAMED) -> None:
    """Insert an evaluation with each rating, by an NGO each."""
    for rating in ratings:
        _evaluate(connection, make_ngo(connection), mark=rating, visibility=visibility)


def _preparation(connection: Connection, actor: Actor = LEADER, scope: Scope = HERE) -> tuple[float | None, int]:
    refresh(connection)
    found = ratings_by_item(connection, actor, scope=scope, period=PERIOD).iloc[0]
    return (None if pd.isna(found["mean"]) else float(found["mean"])), int(found["n"])


def test_every_item_has_a_row_in_the_order_of_the_form(engine: Engine) -> None:
    with reading(engine) as connection:
        frame = ratings_by_item(connection, LEADER, scope=HERE, period=PERIOD)
    assert list(frame["item_code"]) == [item.value for item in EvaluationItem]
    assert frame["mean"].isna().all()
    assert not frame["is_enough"].any()


def test_mean_and_interval_of_an_item_by_hand(engine: Engine) -> None:
    """Ratings 2, 3, 3, 4, 5: mean 3.4, variance 1.3, 1.6449 standard errors on each side."""
    with writing(engine) as connection:
        _evaluate_all(connection, (2, 3, 3, 4, 5))
        refresh(connection)
        found = ratings_by_item(connection, LEADER, scope=HERE, period=PERIOD).iloc[0]
    assert (found["mean"], found["n"], found["is_enough"]) == (pytest.approx(3.4), 5, True)
    assert found["interval_low"] == pytest.approx(3.4 - 1.6448536 * np.sqrt(1.3 / 5))
    assert found["interval_high"] == pytest.approx(3.4 + 1.6448536 * np.sqrt(1.3 / 5))


def test_four_ratings_are_not_enough(engine: Engine) -> None:
    with writing(engine) as connection:
        _evaluate_all(connection, (4, 4, 4, 4))
        assert _preparation(connection) == (None, 4)


def test_many_forms_on_one_event_are_one_event_by_direction_form_and_quarter(engine: Engine) -> None:
    with writing(engine) as connection:
        ngos = [make_ngo(connection) for _ in range(3)]
        crowded = make_event(connection, event_date=DAY, ngo_ids=tuple(ngos))
        for ngo_id in ngos:
            make_evaluation(connection, event_id=crowded, ngo_id=ngo_id, submitted_date=SENT, mark=5)
        _evaluate_all(connection, (2, 2, 2, 2))
        refresh(connection)
        asked: dict[str, Any] = {"scope": HERE, "period": PERIOD}
        by_direction = ratings_by_direction(connection, LEADER, **asked).set_index("direction_code")
        by_form = ratings_by_form(connection, LEADER, **asked).set_index("form_code")
        by_quarter = ratings_over_time(connection, LEADER, today=TODAY, **asked).set_index("month")
    for found in (by_direction.loc["youth_work"], by_form.loc["seminar"], by_quarter.loc["2025-04-01"]):
        assert (found["mean"], found["n"]) == (pytest.approx((5 + 4 * 2) / 5), 5)
    assert list(by_direction.index) == [direction.value for direction in Direction]
    assert len(by_quarter) == 3
    assert by_quarter["n"].sum() == 5


@pytest.mark.both_databases
def test_an_event_rated_by_name_and_in_a_batch_is_two_ratings_of_one_event(engine: Engine) -> None:
    with writing(engine) as connection:
        ngos = [make_ngo(connection) for _ in range(5)]
        shared = make_event(connection, event_date=DAY, ngo_ids=tuple(ngos))
        make_evaluation(connection, event_id=shared, ngo_id=ngos[0], submitted_date=SENT, mark=5)
        rated: dict[str, Any] = {"submitted_date": SENT, "mark": 3, "visibility": CONFIDENTIAL}
        for ngo_id in ngos[1:]:
            make_evaluation(connection, event_id=shared, ngo_id=ngo_id, **rated)
        _evaluate(connection, ngos[0], mark=3, visibility=CONFIDENTIAL)
        refresh(connection)
        asked: dict[str, Any] = {"scope": HERE, "period": PERIOD}
        by_item = ratings_by_item(connection, LEADER, **asked).iloc[0]
        over_time = ratings_over_time(connection, LEADER, today=TODAY, **asked).set_index("month").loc["2025-04-01"]
        by_form = ratings_by_form(connection, LEADER, **asked).set_index("form_code").loc["seminar"]
    assert (by_item["n"], by_item["events"]) == (6, 2)
    assert (over_time["n"], over_time["events"], over_time["evaluations"]) == (3, 2, 6)
    assert (by_form["n"], by_form["events"], by_form["evaluations"]) == (1, 1, 1)


@pytest.mark.parametrize(("evaluations", "ngos", "counted"), [(5, 3, 5), (4, 4, 0), (5, 2, 0), (6, 1, 0)])
def test_confidential_ones_count_from_five_by_three_ngos_on(
    engine: Engine, evaluations: int, ngos: int, counted: int
) -> None:
    with writing(engine) as connection:
        ids = [make_ngo(connection) for _ in range(ngos)]
        for number in range(evaluations):
            _evaluate(connection, ids[number % ngos], mark=4, visibility=CONFIDENTIAL, problems=(Problem.DISTRUST,))
        assert _preparation(connection) == (4.0 if counted else None, counted)
        problems = problems_met(connection, LEADER, scope=HERE, period=PERIOD)
    expected = [("distrust", counted, counted)] if counted else []
    assert list(problems.itertuples(index=False, name=None)) == expected


def test_a_filter_by_direction_or_form_shows_named_ones_only(engine: Engine) -> None:
    with writing(engine) as connection:
        _evaluate_all(connection, (1, 1, 1, 1, 1), visibility=CONFIDENTIAL)
        _evaluate_all(connection, (5, 5, 5, 5, 5))
        assert _preparation(connection) == (3.0, 10)
        asked: dict[str, Any] = {"scope": HERE, "period": PERIOD}
        filtered = ratings_by_item(connection, LEADER, **asked, direction=Direction.YOUTH_WORK).iloc[0]
        by_direction = ratings_by_direction(connection, LEADER, **asked).set_index("direction_code").loc["youth_work"]
        by_quarter = ratings_over_time(connection, LEADER, today=TODAY, **asked).set_index("month")
    assert (filtered["mean"], filtered["n"]) == (5.0, 5)
    assert (by_direction["mean"], by_direction["n"]) == (5.0, 5)
    quarter = by_quarter.loc["2025-04-01"]
    assert (quarter["mean"], quarter["n"], quarter["months"]) == (3.0, 10, 3)


def test_an_item_that_too_few_of_a_batch_marked_is_left_out(engine: Engine) -> None:
    """NGOs with 3, 2 and 1 forms: without 6 ratings, those of two NGOs alone might stand."""
    with writing(engine) as connection:
        first, second, third = (make_ngo(connection) for _ in range(3))
        for ngo_id in (first, first, first, second, second):
            _evaluate(connection, ngo_id, mark=1, visibility=CONFIDENTIAL)
        _evaluate(connection, third, mark=None, visibility=CONFIDENTIAL, problems=(Problem.INFORMAL,))
        assert _preparation(connection) == (None, 0)
        problems = problems_met(connection, LEADER, scope=HERE, period=PERIOD)
    assert list(problems.itertuples(index=False, name=None)) == [("informal", 1, 6)]


def test_an_ngo_reads_its_own_confidential_evaluation_and_no_other(engine: Engine) -> None:
    with writing(engine) as connection:
        own, other = make_ngo(connection), make_ngo(connection)
        _evaluate(connection, own, mark=2, visibility=CONFIDENTIAL, problems=(Problem.INFORMAL,))
        _evaluate(connection, other, mark=5, problems=(Problem.DISTRUST,))
        actor = Actor(Role.NGO, ngo_id=own)
        assert _preparation(connection, actor, Scope.nation()) == (2.0, 1)
        problems = problems_met(connection, actor, scope=Scope.nation(), period=PERIOD)
        by_quarter = ratings_over_time(connection, actor, scope=Scope.nation(), period=PERIOD, today=TODAY)
    assert list(problems.itertuples(index=False, name=None)) == [("informal", 1, 1)]
    assert by_quarter["mean"].dropna().tolist() == [2.0]


def test_a_leader_who_asks_for_one_ngo_gets_its_named_ratings_only(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id = make_ngo(connection)
        for rating in (1, 1, 1, 1, 1):
            _evaluate(connection, ngo_id, mark=rating, visibility=CONFIDENTIAL, problems=(Problem.INFORMAL,))
        for rating in (3, 3, 3, 3, 3):
            _evaluate(connection, ngo_id, mark=rating)
        for leader in (LEADER, Actor(Role.NATIONAL), Actor(Role.ADMIN)):
            assert _preparation(connection, leader, Scope.ngo(ngo_id)) == (3.0, 5)
            assert problems_met(connection, leader, scope=Scope.ngo(ngo_id), period=PERIOD).empty


def test_only_current_submitted_evaluations_of_the_period_and_scope_count(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id = make_ngo(connection)
        corrected = make_event(connection, event_date=DAY, ngo_ids=(ngo_id,))
        make_evaluation(connection, event_id=corrected, ngo_id=ngo_id, submitted_date=SENT, mark=1, is_current=False)
        make_evaluation(connection, event_id=corrected, ngo_id=ngo_id, submitted_date=SENT, mark=5, version=2)
        drafted = make_event(connection, event_date=DAY, ngo_ids=(ngo_id,))
        make_evaluation(connection, event_id=drafted, ngo_id=ngo_id, submitted_date=None, mark=1)
        _evaluate(connection, ngo_id, mark=1, day=date(2024, 12, 31))
        far = make_event(connection, event_date=DAY, district_soato=FAR_DISTRICT, ngo_ids=(ngo_id,))
        make_evaluation(connection, event_id=far, ngo_id=ngo_id, submitted_date=SENT, mark=1)
        for _ in range(4):
            _evaluate(connection, ngo_id, mark=5)
        assert _preparation(connection) == (5.0, 5)


def test_problems_are_counted_the_most_frequent_first(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id = make_ngo(connection)
        _evaluate(connection, ngo_id, problems=(Problem.DISTRUST, Problem.ONE_OFF))
        _evaluate(connection, ngo_id, problems=(Problem.ONE_OFF,))
        _evaluate(connection, ngo_id)
        refresh(connection)
        frame = problems_met(connection, LEADER, scope=HERE, period=PERIOD)
    assert list(frame.itertuples(index=False, name=None)) == [("one_off", 2, 3), ("distrust", 1, 3)]
