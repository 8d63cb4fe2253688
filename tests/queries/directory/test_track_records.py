"""An NGO and a mahalla: who sees what of them."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from data.codes import EventState, Visibility
from data.database.engine import reading, writing
from data.dates.period import Period
from data.policy import Actor, ForbiddenError, Role
from data.registers.entry import NoRecordError
from queries.directory.mahallas import NoMahallaError, mahalla_ngos, mahalla_plan, mahalla_profile
from queries.directory.ngos import NoNgoError, ngo_evaluations, ngo_profile
from queries.events.record import event_page
from tests.worlds import (
    DISTRICT,
    OTHER_DISTRICT,
    REGION,
    make_evaluation,
    make_event,
    make_mahalla,
    make_ngo,
    make_plan_item,
)

ADMIN, NATIONAL = Actor(Role.ADMIN), Actor(Role.NATIONAL)
HERE = Actor(Role.COORDINATOR, region_soato=REGION, district_soato=DISTRICT)
ELSEWHERE = Actor(Role.DISTRICT, region_soato=REGION, district_soato=OTHER_DISTRICT)
TODAY = date(2026, 6, 15)


def test_an_ngo_is_open_to_itself_and_to_leaders_but_not_to_another_ngo(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo, other = make_ngo(connection, name="Umid"), make_ngo(connection)
    with reading(engine) as connection:
        for actor in (Actor(Role.NGO, ngo_id=ngo), HERE, NATIONAL, ADMIN):
            assert ngo_profile(connection, actor, ngo_id=ngo).name == "Umid"
        for actor in (Actor(Role.NGO, ngo_id=other), Actor.visitor()):
            with pytest.raises(ForbiddenError):
                ngo_profile(connection, actor, ngo_id=ngo)
        with pytest.raises(NoNgoError):
            ngo_profile(connection, ADMIN, ngo_id=9_999)


def test_evaluations_are_read_by_those_who_may_read_single_ones(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo = make_ngo(connection)
        events = {}
        for visibility in Visibility:
            events[visibility] = make_event(connection, event_date=date(2026, 5, 1), ngo_ids=(ngo,))
            make_evaluation(
                connection,
                event_id=events[visibility],
                ngo_id=ngo,
                submitted_date=date(2026, 5, 2),
                visibility=visibility,
            )
    named = [events[Visibility.NAMED]]
    own = Actor(Role.NGO, ngo_id=ngo)
    with reading(engine) as connection:
        for actor, expected in (
            (own, sorted(events.values())),
            (HERE, named),
            (ADMIN, named),
            (NATIONAL, []),
            (ELSEWHERE, []),
        ):
            found = ngo_evaluations(connection, actor, ngo_id=ngo, limit=10)
            assert (sorted(found.frame["event_id"]), found.total) == (expected, len(expected)), actor
            for event in events.values():
                if actor is ELSEWHERE:
                    continue
                page = event_page(connection, actor, record_id=event, today=TODAY)
                assert bool(len(page.evaluations)) is (event in expected), actor


def test_an_event_of_another_district_or_ngo_is_not_there(engine: Engine) -> None:
    with writing(engine) as connection:
        event = make_event(connection, event_date=date(2026, 5, 1), ngo_ids=(make_ngo(connection),))
        stranger = make_ngo(connection)
    with reading(engine) as connection:
        with pytest.raises(ForbiddenError):
            event_page(connection, ELSEWHERE, record_id=event, today=TODAY)
        with pytest.raises(NoRecordError):
            event_page(connection, Actor(Role.NGO, ngo_id=stranger), record_id=event, today=TODAY)
        assert event_page(connection, HERE, record_id=event, today=TODAY).can_write
        assert not event_page(connection, NATIONAL, record_id=event, today=TODAY).can_write


@pytest.mark.both_databases
def test_a_mahalla_shows_its_plan_what_was_held_and_who_is_active(engine: Engine) -> None:
    with writing(engine) as connection:
        mahalla, umid, mehr = (
            make_mahalla(connection),
            make_ngo(connection, name="Umid"),
            make_ngo(connection, name="Mehr"),
        )
        item = make_plan_item(connection, year=2026, month=3, mahalla_id=mahalla)
        make_plan_item(connection, year=2026, month=3, mahalla_id=mahalla)
        shared = {"mahalla_id": mahalla}
        make_event(connection, event_date=date(2026, 3, 5), plan_item_id=item, ngo_ids=(umid,), **shared)  # type: ignore[arg-type]
        make_event(connection, event_date=date(2026, 4, 5), ngo_ids=(umid, mehr), **shared)  # type: ignore[arg-type]
        cancelled = {"state": EventState.CANCELLED, **shared}
        make_event(connection, event_date=date(2026, 4, 6), ngo_ids=(mehr,), **cancelled)  # type: ignore[arg-type]
    with reading(engine) as connection:
        plan = mahalla_plan(connection, HERE, mahalla_id=mahalla, year=2026)[["planned", "fulfilled", "held"]]
        assert plan.to_numpy().tolist() == [[0, 0, 0]] * 2 + [[2, 1, 1], [0, 0, 1]] + [[0, 0, 0]] * 8
        period = Period.of_year(2026)
        active = mahalla_ngos(connection, HERE, mahalla_id=mahalla, period=period)
        assert list(zip(active["ngo"], active["events"], strict=True)) == [("Umid", 2), ("Mehr", 1)]
        own = Actor(Role.NGO, ngo_id=mehr)
        assert list(mahalla_ngos(connection, own, mahalla_id=mahalla, period=period)["ngo"]) == ["Mehr"]
        with pytest.raises(ForbiddenError):
            mahalla_profile(connection, ELSEWHERE, mahalla_id=mahalla)
        with pytest.raises(NoMahallaError):
            mahalla_profile(connection, ADMIN, mahalla_id=9_999)
