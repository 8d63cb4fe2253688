"""Marks and problems, and the rule that keeps a confidential evaluation confidential."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine

from data.codes import EvaluationItem, Problem, Visibility
from data.engine import reading, writing
from data.period import Period
from data.rights import Actor, Role, Scope
from queries.judgement import mark_means, problems_met
from tests.worlds import DISTRICT, FAR_DISTRICT, make_evaluation, make_event, make_ngo

LEADER = Actor(Role.DISTRICT, region_soato="1703", district_soato=DISTRICT)
HERE = Scope.district(DISTRICT)
PERIOD = Period.of_year(2025)
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
) -> None:
    event_id = make_event(connection, event_date=day, ngo_ids=(ngo_id,))
    make_evaluation(
        connection,
        event_id=event_id,
        ngo_id=ngo_id,
        submitted_date=SENT,
        mark=mark,
        visibility=visibility,
        problems=problems,
    )


def _preparation(connection: Connection, actor: Actor = LEADER, scope: Scope = HERE) -> tuple[float | None, int, bool]:
    row = mark_means(connection, actor, scope=scope, period=PERIOD).iloc[0]
    return (None if pd.isna(row["mean"]) else float(row["mean"])), int(row["n"]), bool(row["is_shown"])


def test_every_item_has_a_row_in_the_order_of_the_form(engine: Engine) -> None:
    with reading(engine) as connection:
        frame = mark_means(connection, LEADER, scope=HERE, period=PERIOD)
    assert list(frame["item_code"]) == [item.value for item in EvaluationItem]
    assert frame["mean"].isna().all()
    assert not frame["is_shown"].any()


def test_one_named_evaluation_is_shown(engine: Engine) -> None:
    with writing(engine) as connection:
        _evaluate(connection, make_ngo(connection), mark=3)
        assert _preparation(connection) == (3.0, 1, True)


def test_many_forms_on_one_event_weigh_as_one_event(engine: Engine) -> None:
    with writing(engine) as connection:
        ngos = [make_ngo(connection) for _ in range(3)]
        crowded = make_event(connection, event_date=DAY, ngo_ids=tuple(ngos))
        for ngo_id in ngos:
            make_evaluation(connection, event_id=crowded, ngo_id=ngo_id, submitted_date=SENT, mark=5)
        _evaluate(connection, ngos[0], mark=2)
        assert _preparation(connection) == (3.5, 4, True)


@pytest.mark.parametrize(
    ("evaluations", "ngos", "is_shown"), [(5, 3, True), (4, 4, False), (5, 2, False), (6, 1, False)]
)
def test_a_confidential_one_needs_five_evaluations_by_three_ngos(
    engine: Engine, evaluations: int, ngos: int, is_shown: bool
) -> None:
    with writing(engine) as connection:
        ids = [make_ngo(connection) for _ in range(ngos)]
        for number in range(evaluations):
            visibility = CONFIDENTIAL if number == 0 else NAMED
            _evaluate(connection, ids[number % ngos], mark=4, visibility=visibility, problems=(Problem.DISTRUST,))
        assert _preparation(connection) == (4.0 if is_shown else None, evaluations, is_shown)
        assert len(problems_met(connection, LEADER, scope=HERE, period=PERIOD)) == int(is_shown)


def test_the_rule_counts_the_marks_given_to_the_item(engine: Engine) -> None:
    with writing(engine) as connection:
        ngos = [make_ngo(connection) for _ in range(5)]
        for ngo_id in ngos[:4]:
            _evaluate(connection, ngo_id, visibility=CONFIDENTIAL)
        _evaluate(connection, ngos[4], mark=None, visibility=CONFIDENTIAL)
        assert _preparation(connection) == (None, 4, False)


def test_an_ngo_reads_its_own_confidential_evaluation_and_no_other(engine: Engine) -> None:
    with writing(engine) as connection:
        own, other = make_ngo(connection), make_ngo(connection)
        _evaluate(connection, own, mark=2, visibility=CONFIDENTIAL, problems=(Problem.INFORMAL,))
        _evaluate(connection, other, mark=5, problems=(Problem.DISTRUST,))
        actor = Actor(Role.NGO, ngo_id=own)
        assert _preparation(connection, actor, Scope.nation()) == (2.0, 1, True)
        problems = problems_met(connection, actor, scope=Scope.nation(), period=PERIOD)
    assert list(problems["problem_code"]) == ["informal"]


def test_a_leader_who_asks_for_one_ngo_does_not_get_its_confidential_marks(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id = make_ngo(connection)
        for _ in range(6):
            _evaluate(connection, ngo_id, mark=1, visibility=CONFIDENTIAL, problems=(Problem.INFORMAL,))
        for leader in (LEADER, Actor(Role.NATIONAL), Actor(Role.ADMIN)):
            assert _preparation(connection, leader, Scope.ngo(ngo_id)) == (None, 6, False)
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
        assert _preparation(connection) == (5.0, 1, True)


def test_problems_are_counted_the_most_frequent_first(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id = make_ngo(connection)
        _evaluate(connection, ngo_id, problems=(Problem.DISTRUST, Problem.ONE_OFF))
        _evaluate(connection, ngo_id, problems=(Problem.ONE_OFF,))
        _evaluate(connection, ngo_id)
        frame = problems_met(connection, LEADER, scope=HERE, period=PERIOD)
    assert list(frame.itertuples(index=False, name=None)) == [("one_off", 2, 3), ("distrust", 1, 3)]
