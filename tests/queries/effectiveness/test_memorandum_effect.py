"""Study before and after a memorandum: months, districts and divisors, for those who may see it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Connection, Engine, delete, insert, select, update

from data.aggregates import refresh
from data.database.engine import reading, writing
from data.policy import Actor, ForbiddenError, Role, Scope
from data.schema import District, DistrictMonth, OffenceMonth
from data.schema.aggregates import ALL_DIRECTIONS
from queries.effectiveness.memorandum_effect import StudiedOutcome, memorandum_effect
from queries.statistics.event_study_result import Study
from tests.worlds import REGION, make_event, make_inhabitants, make_mahalla, make_memorandum

TODAY = date(2025, 7, 15)
FIRST_MONTHS = [(2024, month) for month in range(1, 13)] + [(2025, month) for month in range(1, 7)]
SIGNED_DISTRICTS, MAHALLAS = 9, 2
SIGNING = date(2024, 9, 20)
PUBLIC = Actor(Role.PUBLIC)


def ask(engine: Engine, *, scope: Scope, outcome: StudiedOutcome = StudiedOutcome.EVENTS) -> Study:
    with reading(engine) as connection:
        return memorandum_effect(connection, PUBLIC, scope=scope, outcome=outcome, today=TODAY)


def districts_of(connection: Connection) -> list[str]:
    """Return the districts that sign first, of one region, then others to compare with."""
    own = select(District.soato).where(District.region_soato == REGION).order_by(District.soato)
    others = select(District.soato).where(District.region_soato != REGION).order_by(District.soato)
    return [*connection.scalars(own.limit(SIGNED_DISTRICTS)), *connection.scalars(others.limit(20))]


def fill(connection: Connection) -> None:
    """Insert one event a month everywhere, three in the months after signing; two mahallas a district."""
    for place, soato in enumerate(districts_of(connection)):
        is_signed = place < SIGNED_DISTRICTS
        for _ in range(MAHALLAS):
            make_mahalla(connection, district_soato=soato)
        if is_signed:
            make_memorandum(connection, district_soato=soato, signed_date=SIGNING)
            make_memorandum(connection, district_soato=soato, signed_date=date(2025, 3, 1))
        for year, month in FIRST_MONTHS:
            for day in range(3 if is_signed and date(year, month, 1) > SIGNING else 1):
                make_event(connection, event_date=date(year, month, day + 1), district_soato=soato)
        make_event(connection, event_date=date(2025, 7, 1), district_soato=soato)
        _count_offences(connection, soato, drop=5 if is_signed else 0)
    refresh(connection, today=TODAY)


def _count_offences(connection: Connection, soato: str, *, drop: int) -> None:
    make_inhabitants(connection, district_soato=soato, counted_date=date(2020, 1, 1), inhabitants=1)
    make_inhabitants(connection, district_soato=soato, counted_date=date(2025, 1, 1), inhabitants=50_000)
    for year, month in FIRST_MONTHS:
        is_after = date(year, month, 1) > SIGNING
        row = {"offences": 40 - drop * is_after, "youth": 7, "source": "test"}
        connection.execute(insert(OffenceMonth).values(district_soato=soato, year_month=year * 100 + month, **row))


def test_events_are_compared_by_mahalla_around_the_first_signing(engine: Engine) -> None:
    with writing(engine) as connection:
        fill(connection)
    found = ask(engine, scope=Scope.nation())
    assert found.average is not None
    assert (found.average.districts, found.average.controls) == (SIGNED_DISTRICTS, 20)
    assert found.by_month["month"].to_list() == list(range(-6, 7))
    assert found.by_month["effect"].to_list() == pytest.approx([0.0] * 7 + [2 / MAHALLAS] * 6)
    assert found.average.before == pytest.approx(1 / MAHALLAS)
    assert found.average.before_and_after == pytest.approx(2 / MAHALLAS)


def test_offences_are_compared_by_inhabitants_of_the_newest_count(engine: Engine) -> None:
    with writing(engine) as connection:
        fill(connection)
    found = ask(engine, scope=Scope.region(REGION), outcome=StudiedOutcome.OFFENCES)
    assert found.average is not None
    assert found.average.effect == pytest.approx(-1.0)
    assert found.average.expected == pytest.approx(8.0)


def test_a_district_without_a_figure_for_each_month_is_left_out(engine: Engine) -> None:
    with writing(engine) as connection:
        fill(connection)
        gap = (OffenceMonth.district_soato == districts_of(connection)[-1]) & (OffenceMonth.year_month == 202405)
        connection.execute(delete(OffenceMonth).where(gap))
    found = ask(engine, scope=Scope.nation(), outcome=StudiedOutcome.OFFENCES)
    assert found.average is not None
    assert found.average.controls == 19


@pytest.mark.parametrize("outcome", StudiedOutcome)
def test_an_empty_database_is_refused_in_words(engine: Engine, outcome: StudiedOutcome) -> None:
    found = ask(engine, scope=Scope.nation(), outcome=outcome)
    assert found.refusal is not None
    assert found.by_month.empty


def test_a_region_with_few_signed_districts_is_refused_while_the_nation_is_not(engine: Engine) -> None:
    with writing(engine) as connection:
        fill(connection)
    assert ask(engine, scope=Scope.region("1706")).refusal is not None
    assert ask(engine, scope=Scope.nation()).refusal is None


def test_only_sums_of_months_are_read(engine: Engine) -> None:
    with writing(engine) as connection:
        fill(connection)
    with writing(engine) as connection:
        in_all = DistrictMonth.direction_code == ALL_DIRECTIONS
        connection.execute(update(DistrictMonth).where(in_all).values(events_held=4))
    with reading(engine) as connection:
        found = memorandum_effect(connection, PUBLIC, scope=Scope.nation(), outcome=StudiedOutcome.EVENTS, today=TODAY)
    assert found.average is not None
    assert found.average.before == pytest.approx(2.0)


@pytest.mark.parametrize("scope", [Scope.district("1703202"), Scope.ngo(1)])
def test_a_narrower_scope_has_no_study(engine: Engine, scope: Scope) -> None:
    with reading(engine) as connection, pytest.raises((ValueError, ForbiddenError)):
        memorandum_effect(connection, PUBLIC, scope=scope, outcome=StudiedOutcome.EVENTS, today=TODAY)
