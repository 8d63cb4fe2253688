"""Targets are published, and the nearest area that set one decides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from data.database.engine import reading, writing
from data.indicators import AreaTarget
from data.policy import POLICY, Action, Actor, ForbiddenError, Role
from queries.indicators.values import targets, targets_by_area, targets_of
from tests.registers import make_target
from tests.worlds import DISTRICT, OTHER_DISTRICT, REGION

PLAN, REACH = "plan_execution", "mahalla_reach"
YEAR = 2026


@pytest.fixture
def aimed(engine: Engine) -> Engine:
    """Targets for the plan of a district, its region and the nation, and one of the nation for the mahallas."""
    with writing(engine) as connection:
        for area_code, value in ((DISTRICT, 91.0), (REGION, 82.0), ("", 73.0)):
            make_target(connection, indicator_code=PLAN, year=YEAR, value=value, area_code=area_code)
        make_target(connection, indicator_code=REACH, year=YEAR, value=64.5, area_code="")
        make_target(connection, indicator_code=PLAN, year=YEAR - 1, value=10.0, area_code=DISTRICT)
    return engine


@pytest.mark.parametrize("role", list(Role))
def test_everybody_reads_the_targets_of_a_year(aimed: Engine, role: Role) -> None:
    with reading(aimed) as connection:
        frame = targets(connection, Actor(role), year=YEAR)
    assert list(frame.itertuples(index=False, name=None)) == [
        ("", REACH, 64.5),
        ("", PLAN, 73.0),
        (REGION, PLAN, 82.0),
        (DISTRICT, PLAN, 91.0),
    ]


def test_a_year_without_targets_has_none(aimed: Engine) -> None:
    with reading(aimed) as connection:
        frame = targets(connection, Actor(Role.NATIONAL), year=YEAR + 1)
    assert list(frame.columns) == ["area_code", "indicator_code", "value"]
    assert targets_of(targets_by_area(frame, months=12), [DISTRICT, REGION, ""]) == {}


@pytest.mark.parametrize(
    ("codes", "plan"),
    [
        ([DISTRICT, REGION, ""], AreaTarget(91.0, DISTRICT)),
        ([OTHER_DISTRICT, REGION, ""], AreaTarget(82.0, REGION)),
        (["1706", ""], AreaTarget(73.0, "")),
        ([""], AreaTarget(73.0, "")),
    ],
)
def test_the_target_of_the_nearest_area_holds(aimed: Engine, codes: list[str], plan: AreaTarget) -> None:
    with reading(aimed) as connection:
        found = targets_of(targets_by_area(targets(connection, Actor(Role.NATIONAL), year=YEAR), months=12), codes)
    assert found == {PLAN: plan, REACH: AreaTarget(64.5, "")}


def test_a_target_of_an_indicator_that_is_no_longer_declared_is_left_out(aimed: Engine) -> None:
    with writing(aimed) as connection:
        make_target(connection, indicator_code="long_gone", year=YEAR, value=1.0, area_code="")
    with reading(aimed) as connection:
        found = targets_of(targets_by_area(targets(connection, Actor(Role.NATIONAL), year=YEAR), months=12), [""])
    assert set(found) == {PLAN, REACH}


@pytest.mark.parametrize("months", [3, 12, 24])
def test_a_sum_meets_its_yearly_target_only_beside_twelve_months(aimed: Engine, months: int) -> None:
    with writing(aimed) as connection:
        make_target(connection, indicator_code="participants", year=YEAR, value=900.0, area_code="")
    with reading(aimed) as connection:
        found = targets_of(targets_by_area(targets(connection, Actor(Role.NATIONAL), year=YEAR), months=months), [""])
    assert set(found) == {PLAN, REACH} | ({"participants"} if months == 12 else set())


def test_without_the_right_there_are_no_targets(aimed: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = {**POLICY, Action.SEE_INDICATORS: replace(POLICY[Action.SEE_INDICATORS], who={})}
    monkeypatch.setattr("data.policy.POLICY", policy)
    with reading(aimed) as connection, pytest.raises(ForbiddenError):
        targets(connection, Actor(Role.NATIONAL), year=YEAR)
