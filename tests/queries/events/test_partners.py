"""Partners of joint events: sums of districts equal the rows of mahallas, and the list behind each number."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, delete, update

from data.aggregates import data_version, refresh
from data.codes import Direction, EventState, Partner
from data.database.engine import reading, writing
from data.dates.period import Period
from data.indicators.activity import PARTICIPANTS
from data.indicators.counted import ANY_PARTNER, CountedRows
from data.policy import Actor, Role, Scope
from data.schema import JointEvent, JointEventPartner
from queries.events.entries import EntryFilter, entries
from queries.events.partners import partners_by_district, partners_by_mahalla
from tests.worlds import DISTRICT, FAR_DISTRICT, OTHER_DISTRICT, REGION, make_event, make_mahalla, make_ngo

pytestmark = pytest.mark.both_databases

TODAY, YEAR = date(2026, 6, 15), Period.of_year(2026)
HERE = Scope.district(DISTRICT)
HEAD = Actor(Role.DISTRICT, region_soato=REGION, district_soato=DISTRICT)
REGIONAL = Actor(Role.REGIONAL, region_soato=REGION)
SEVEN, EDUCATION = Partner.MAHALLA_SEVEN, Partner.EDUCATION


@pytest.fixture
def ngo(engine: Engine) -> int:
    """An NGO with one of the events of a district; two mahallas and the whole district had events with partners."""
    with writing(engine) as connection:
        ngo_id, (first, second) = make_ngo(connection), (make_mahalla(connection, name=name) for name in "AB")
        day, outreach = date(2026, 3, 2), Direction.LEGAL_OUTREACH
        make_event(connection, event_date=day, mahalla_id=first, partners=(SEVEN, EDUCATION), ngo_ids=(ngo_id,))
        make_event(connection, event_date=day, mahalla_id=first, partners=(SEVEN,), direction=outreach)
        make_event(connection, event_date=day, mahalla_id=second)
        make_event(connection, event_date=day, partners=(EDUCATION,))
        make_event(connection, event_date=day, partners=(SEVEN,), state=EventState.PLANNED)
        make_event(connection, event_date=date(2025, 3, 2), partners=(SEVEN,))
        make_event(connection, event_date=day, partners=(SEVEN,), district_soato=OTHER_DISTRICT)
        make_event(connection, event_date=day, partners=(SEVEN,), district_soato=FAR_DISTRICT)
        refresh(connection, today=TODAY)
    return ngo_id


def told(frame: pd.DataFrame, key: str) -> dict[object, tuple[int, ...]]:
    """Return of each place held events, those with any partner, with the mahalla seven and with schools."""
    columns = [key, "events_held", ANY_PARTNER, SEVEN.value, EDUCATION.value]
    return {place: tuple(map(int, rest)) for place, *rest in frame[columns].itertuples(index=False, name=None)}


def listed(connection: Connection, **narrowing: str | int) -> int:
    """Return how many events the list behind a number has."""
    rows = CountedRows(code=PARTICIPANTS.code, period=YEAR, today=TODAY, **narrowing)  # type: ignore[arg-type]
    wanted = EntryFilter(year=2026, counted=rows)
    return entries(connection, HEAD, scope=HERE, wanted=wanted, today=TODAY, limit=9).total


@pytest.mark.usefixtures("ngo")
def test_held_events_are_counted_by_partner_district_and_mahalla(engine: Engine) -> None:
    with reading(engine) as connection:
        found = partners_by_district(connection, REGIONAL, scope=Scope.region(REGION), period=YEAR)
        outreach = partners_by_district(connection, HEAD, scope=HERE, period=YEAR, direction=Direction.LEGAL_OUTREACH)
        by_mahalla = partners_by_mahalla(connection, HEAD, scope=HERE, period=YEAR)
        assert told(found, "district_soato") == {DISTRICT: (4, 3, 2, 2), OTHER_DISTRICT: (1, 1, 1, 0)}
        assert told(outreach, "district_soato") == {DISTRICT: (1, 1, 1, 0)}
        assert told(by_mahalla, "mahalla") == {"A": (2, 2, 2, 1), "B": (1, 0, 0, 0), "": (1, 1, 0, 1)}
        assert listed(connection, partner=SEVEN.value) == 2
        assert listed(connection, partner=ANY_PARTNER) == 3
        for mahalla_id, counts in told(by_mahalla, "mahalla_id").items():
            for partner, count in zip(("", ANY_PARTNER, SEVEN, EDUCATION), counts, strict=True):
                assert listed(connection, partner=str(partner), mahalla_id=int(str(mahalla_id))) == count


def test_an_ngo_is_told_of_its_own_events(engine: Engine, ngo: int) -> None:
    own = Actor(Role.NGO, ngo_id=ngo)
    with reading(engine) as connection:
        found = partners_by_district(connection, own, scope=Scope.nation(), period=YEAR)
        assert told(found, "district_soato") == {DISTRICT: (1, 1, 1, 1)}
        assert told(partners_by_mahalla(connection, own, scope=HERE, period=YEAR), "mahalla") == {"A": (1, 1, 1, 1)}


@pytest.mark.usefixtures("ngo")
def test_a_partner_that_is_taken_away_or_an_event_that_moves_counts_at_once(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(delete(JointEventPartner).where(JointEventPartner.partner_code == SEVEN.value))
        moved = update(JointEvent).where(JointEvent.district_soato == OTHER_DISTRICT)
        connection.execute(moved.values(district_soato=DISTRICT))
    data_version(engine)
    with reading(engine) as connection:
        found = partners_by_district(connection, HEAD, scope=HERE, period=YEAR)
    assert told(found, "district_soato") == {DISTRICT: (5, 2, 0, 2)}


@pytest.mark.usefixtures("ngo")
def test_the_list_is_narrowed_to_a_partner_or_an_ngo(engine: Engine, ngo: int) -> None:
    with reading(engine) as connection:
        for narrowed, count in (
            (EntryFilter(year=2026, partner=SEVEN.value), 3),
            (EntryFilter(year=2026, partner=ANY_PARTNER), 4),
            (EntryFilter(year=2026, ngo_id=ngo), 1),
            (EntryFilter(year=2026), 5),
        ):
            assert entries(connection, HEAD, scope=HERE, wanted=narrowed, today=TODAY, limit=9).total == count
