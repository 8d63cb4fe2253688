"""Who may ask for which figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from data.dates.period import Period
from data.indicators import INDICATORS
from data.policy import POLICY, Action, Actor, ForbiddenError, Role, Scope, ScopeKind
from queries.indicators.values import TREND_COLUMNS, VALUE_COLUMNS, indicator_trend, indicator_values
from tests.queries.indicators.reading import YEAR, all_values
from tests.worlds import DISTRICT, FAR_DISTRICT, REGION


@pytest.mark.parametrize("role", list(Role))
def test_every_role_sees_the_published_figures_of_every_district(engine: Engine, role: Role) -> None:
    actor = Actor(role, region_soato=REGION, district_soato=DISTRICT, ngo_id=1)
    values = all_values(engine, scope=Scope.district(FAR_DISTRICT), actor=actor)
    assert tuple(values.columns) == VALUE_COLUMNS
    assert set(values["area_code"]) == {FAR_DISTRICT}


def test_without_the_right_nothing_is_read(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = {**POLICY, Action.SEE_INDICATORS: replace(POLICY[Action.SEE_INDICATORS], who={})}
    monkeypatch.setattr("data.policy.POLICY", policy)
    visitor = Actor(Role.PUBLIC)
    with pytest.raises(ForbiddenError):
        all_values(engine, actor=visitor)
    with pytest.raises(ForbiddenError), engine.connect() as connection:
        indicator_trend(connection, visitor, scope=Scope.nation(), period=YEAR, today=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("scope", "by"),
    [
        (Scope.ngo(1), ScopeKind.DISTRICT),
        (Scope.nation(), ScopeKind.NGO),
        (Scope.district(DISTRICT), ScopeKind.REGION),
        (Scope.region(REGION), ScopeKind.NATION),
    ],
)
def test_a_scope_without_whole_areas_is_refused(engine: Engine, scope: Scope, by: ScopeKind) -> None:
    with pytest.raises(ValueError, match=r"NGO|whole"):
        all_values(engine, scope=scope, by=by)


def test_a_period_that_with_the_year_before_it_touches_more_than_five_calendar_years_is_refused(engine: Engine) -> None:
    period = Period.of_months(date(2021, 12, 1), 49)
    with pytest.raises(ValueError, match="5 calendar years"), engine.connect() as connection:
        indicator_values(
            connection,
            Actor(Role.ADMIN),
            scope=Scope.nation(),
            period=Period.of_months(date(2021, 11, 1), 49),
            today=date(2026, 1, 1),
            by=ScopeKind.NATION,
        )
    values = all_values(engine, period=period, by=ScopeKind.NATION)
    assert len(values) == len(INDICATORS)


def test_trend_has_a_row_a_month_and_indicator(engine: Engine) -> None:
    with engine.connect() as connection:
        trend = indicator_trend(
            connection, Actor(Role.PUBLIC), scope=Scope.region(REGION), period=YEAR, today=date(2025, 7, 1)
        )
    assert tuple(trend.columns) == TREND_COLUMNS
    assert len(trend) == 12 * len(INDICATORS)
