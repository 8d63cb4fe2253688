"""Each indicator worked through once more gives the published value, in districts, regions and the nation."""

from __future__ import annotations

import random
from datetime import date, timedelta
from math import isnan

import pytest
from sqlalchemy import Connection, Engine, insert, select

from data.aggregates import data_version
from data.codes import Direction, WouldRepeat
from data.database.engine import reading, writing
from data.indicators import INDICATORS, PILLARS
from data.indicators.worked import MiddleValue, ShrunkRating, Unevenness, score_in_index
from data.policy import Scope, ScopeKind
from data.schema import Memorandum, MemorandumDirection
from queries.indicators.cells import IndicatorSums
from queries.indicators.values import area_values, indicator_sums
from queries.indicators.worked_examples import worked_example
from queries.statistics.composite import normalised
from tests.queries.indicators.reading import LEADER, TODAY, YEAR, all_values, rated_event
from tests.registers import (
    make_decision,
    make_meeting,
    make_offences,
    make_request,
    make_support,
    make_training,
)
from tests.worlds import (
    DISTRICT,
    FAR_DISTRICT,
    FAR_REGION,
    OTHER_DISTRICT,
    REGION,
    make_event,
    make_inhabitants,
    make_mahalla,
    make_memorandum,
    make_ngo,
    make_obligation,
    make_plan_item,
    make_recommendation,
)

PLACES = (DISTRICT, OTHER_DISTRICT, FAR_DISTRICT)
SCOPES = (Scope.nation(), Scope.region(REGION), Scope.region(FAR_REGION), *map(Scope.district, PLACES))


def _day(rng: random.Random) -> date:
    return date(2025, 1, 1) + timedelta(days=rng.randrange(365))


def _soon(rng: random.Random, day: date) -> date | None:
    return rng.choice((None, day + timedelta(days=rng.randrange(30))))


def _fill(connection: Connection, rng: random.Random) -> None:
    """A little of everything, unlike in each district; an NGO works in two of them."""
    guest = make_ngo(connection)
    for place in PLACES:
        ngos = [guest, *(make_ngo(connection, district_soato=place) for _ in range(rng.randint(4, 7)))]
        mahallas = [make_mahalla(connection, district_soato=place) for _ in range(rng.randint(4, 8))]
        make_inhabitants(connection, district_soato=place, counted_date=date(2025, 1, 1), inhabitants=_thousands(rng))
        memorandum = make_memorandum(connection, district_soato=place, ngo_ids=tuple(ngos[1:3]))
        for _ in range(12):
            _add_events(connection, rng, place, ngos, mahallas, memorandum)
            _add_registers(connection, rng, place, ngos, mahallas, memorandum)
        for month in range(202501, 202501 + rng.randint(3, 9)):
            figures = {"offences": rng.randint(0, 9), "mahallas_crime_free": rng.randint(0, 4)}
            make_offences(connection, year_month=month, district_soato=place, **figures)
    for area in (REGION, ""):
        meeting = make_meeting(connection, meeting_date=date(2025, 2, 1), area_code=area)
        make_decision(connection, meeting_id=meeting, due_date=date(2025, 3, 1), done_date=date(2025, 2, 20))


def _thousands(rng: random.Random) -> int:
    return rng.randint(20, 90) * 1000


def _add_events(
    connection: Connection, rng: random.Random, place: str, ngos: list[int], mahallas: list[int], memorandum: int
) -> None:
    ngo, day = rng.choice(ngos), _day(rng)
    item = make_plan_item(connection, year=2025, month=day.month, district_soato=place)
    make_event(
        connection, event_date=day, district_soato=place, mahalla_id=rng.choice(mahallas), ngo_ids=(ngo,),
        plan_item_id=rng.choice((None, item)), memorandum_id=memorandum, participants_total=rng.randint(5, 60),
    )  # fmt: skip
    sent = rated_event(
        connection, event_date=day, mark=rng.randint(1, 5), days=rng.randint(1, 20), district_soato=place, ngo_id=ngo,
        would_repeat=rng.choice(list(WouldRepeat)),
    )  # fmt: skip
    make_recommendation(
        connection,
        evaluation_id=sent,
        created_date=day,
        district_soato=place,
        released_date=min(day, date(2025, 12, 1)),
    )


def _add_registers(
    connection: Connection, rng: random.Random, place: str, ngos: list[int], mahallas: list[int], memorandum: int
) -> None:
    ngo, day = rng.choice(ngos), _day(rng)
    due = day + timedelta(days=14)
    make_obligation(connection, memorandum_id=memorandum, due_date=due, fulfilled_date=_soon(rng, day))
    make_request(connection, ngo_id=ngo, sent_date=day, answered_date=_soon(rng, day), district_soato=place)
    amount = rng.choice((None, rng.randint(1, 90) * 100_000))
    make_support(connection, ngo_id=ngo, support_date=day, amount_uzs=amount, district_soato=place)
    make_training(connection, training_date=day, mahalla_ids=(rng.choice(mahallas),), district_soato=place)
    meeting = make_meeting(connection, meeting_date=day, area_code=place)
    make_decision(connection, meeting_id=meeting, due_date=due, done_date=_soon(rng, day))


def _sums(engine: Engine) -> IndicatorSums:
    data_version(engine)
    with reading(engine) as connection:
        return indicator_sums(connection, LEADER, period=YEAR, today=TODAY)


def test_every_indicator_worked_through_gives_the_published_value(engine: Engine) -> None:
    with writing(engine) as connection:
        _fill(connection, random.Random(4))  # noqa: S311 - a repeatable test, no secret
    sums = _sums(engine)
    known = set()
    for scope in SCOPES:
        values = area_values(sums, scope=scope, by=scope.kind).set_index("indicator_code")
        for code, indicator in INDICATORS.items():
            worked, published = worked_example(sums, code, scope=scope), values.loc[code]
            assert worked.n == published["n"], (code, scope)
            if published["is_enough"]:
                known.add(code)
                assert worked.value == pytest.approx(published["value"], rel=1e-9), (code, scope)
            else:
                assert worked.n < indicator.minimum_n or isnan(worked.value), (code, scope)
    assert known == set(INDICATORS)


def test_scores_are_those_of_the_index(engine: Engine) -> None:
    with writing(engine) as connection:
        _fill(connection, random.Random(5))  # noqa: S311 - a repeatable test, no secret
    values = area_values(_sums(engine), scope=Scope.district(DISTRICT), by=ScopeKind.DISTRICT)
    scores = normalised(values).loc[DISTRICT]
    shown = values[values["is_enough"]].set_index("indicator_code")["value"]
    inside = [code for codes in PILLARS.values() for code in codes if code in shown.index]
    assert len(inside) >= 10
    for code in inside:
        assert score_in_index(code, shown[code]) == pytest.approx(scores[code])
    assert isnan(score_in_index("participants", 100))


def test_nothing_recorded_gives_no_value_and_no_error(engine: Engine) -> None:
    sums = _sums(engine)
    for scope in SCOPES:
        for code in INDICATORS:
            worked = worked_example(sums, code, scope=scope)
            facts = {"memorandum_coverage", "participants"}
            assert isnan(worked.value) is (code not in facts)


def test_the_formulas_by_hand() -> None:
    assert ShrunkRating(n=5, mean=4, k=5, overall=3).value == 3.5
    assert MiddleValue(n=4, middle=(2, 5)).value == 3.5
    assert Unevenness(differences=60, n=3, total=40).value == 0.5


def test_of_an_ngo_nothing_is_worked_through(engine: Engine) -> None:
    sums = _sums(engine)
    with pytest.raises(ValueError, match="areas"):
        worked_example(sums, "trained", scope=Scope.ngo(1))


def test_without_directions_a_chosen_one_leaves_no_value(engine: Engine) -> None:
    """What knows no direction of work has no value where one is chosen, and says so in its declaration."""
    with writing(engine) as connection:
        _fill(connection, random.Random(6))  # noqa: S311 - a repeatable test, no secret
        for memorandum_id in connection.scalars(select(Memorandum.id)).all():
            named = {"memorandum_id": memorandum_id, "direction_code": Direction.YOUTH_WORK.value}
            connection.execute(insert(MemorandumDirection).values(named))
    every, of_one = (
        all_values(engine, by=ScopeKind.NATION, direction=direction).set_index("indicator_code")["is_enough"]
        for direction in (None, Direction.YOUTH_WORK)
    )
    assert every.all()
    assert {code: bool(is_enough) for code, is_enough in of_one.items()} == {
        code: indicator.has_directions for code, indicator in INDICATORS.items()
    }
