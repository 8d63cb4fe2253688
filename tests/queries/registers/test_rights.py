"""Every role, register and act: who may enter, correct, withdraw, restore and read, by direct call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from data.database.engine import reading, writing
from data.policy import Actor, ForbiddenError, Role, Scope
from data.registers.entry import NoRecordError
from queries.registers.records import list_records
from queries.registers.withdrawal import restore, withdraw
from tests.queries.registers.registering import (
    ADMIN,
    DISTRICT,
    ENTERED,
    NOW,
    OTHER_DISTRICT,
    REGION,
    STIR,
    WITHDRAWN,
    add_coordinator,
    enter,
    enter_all,
    read_record,
    settle,
)

pytestmark = pytest.mark.both_databases

OWN_NGO, OTHER_NGO = 1, 2
ACTORS = {
    "admin": ADMIN,
    "national": Actor(Role.NATIONAL),
    "own region": Actor(Role.REGIONAL, region_soato=REGION),
    "other region": Actor(Role.REGIONAL, region_soato="1706"),
    "own district": Actor(Role.DISTRICT, region_soato=REGION, district_soato=DISTRICT),
    "other district": Actor(Role.DISTRICT, region_soato=REGION, district_soato=OTHER_DISTRICT),
    "own coordinator": Actor(Role.COORDINATOR, region_soato=REGION, district_soato=DISTRICT),
    "other coordinator": Actor(Role.COORDINATOR, region_soato=REGION, district_soato=OTHER_DISTRICT),
    "own ngo": Actor(Role.NGO, region_soato=REGION, district_soato=DISTRICT, ngo_id=OWN_NGO),
    "other ngo": Actor(Role.NGO, region_soato=REGION, district_soato=DISTRICT, ngo_id=OTHER_NGO),
    "public": Actor(Role.PUBLIC),
}
READERS = {"admin", "national", "own region", "own district", "own coordinator"}
OF_NGOS = {"memoranda", "amendments", "obligations", "plans", "events", "requests", "supports", "trainings", "awards"}


def _readers(register: str) -> set[str]:
    if register == "targets":
        return READERS  # of the district's own target
    return READERS | ({"own ngo"} if register in OF_NGOS else set())


def _writers(register: str) -> set[str]:
    return {"admin", "own coordinator"} if register in WITHDRAWN else {"admin"}


@pytest.fixture
def world(engine: Engine) -> Engine:
    """Database with the NGOs and mahallas that good records name."""
    with writing(engine) as connection:
        settle(connection)
    return engine


def allowed(act: Callable[[Actor], object]) -> set[str]:
    """Return the actors who may perform an act."""
    found = set()
    for name, actor in ACTORS.items():
        try:
            act(actor)
        except (ForbiddenError, NoRecordError):
            continue
        found.add(name)
    return found


def test_every_role_reads_and_writes_the_records_that_the_policy_says_and_no_others(world: Engine) -> None:
    ids = enter_all(world)
    for register in ENTERED:
        record = read_record(world, register, ids[register])
        about: dict[str, Any] = {"register": register, "record_id": record.record_id}
        assert allowed(lambda actor: read_record(world, register, ids[register], actor=actor)) == _readers(register)
        assert allowed(lambda actor: enter(world, register, actor=actor, record=record)) == _writers(register)
        if register not in WITHDRAWN:
            assert allowed(lambda actor: withdraw(world, actor, **about, version=1, reason="x", now=NOW)) == set()
            continue
        for at, name in enumerate(ACTORS):
            version = read_record(world, register, ids[register]).version
            gone = allowed_one(lambda a: withdraw(world, a, **about, version=version, reason="x", now=NOW), name)
            if not gone:
                withdraw(world, ADMIN, **about, version=version, reason="x", now=NOW)
            back = allowed_one(lambda a: restore(world, a, **about), name)
            if not back:
                restore(world, ADMIN, **about)
            assert (gone, back) == (name in _writers(register),) * 2, (register, name, at)


def allowed_one(act: Callable[[Actor], object], name: str) -> bool:
    """Return whether one actor may perform an act."""
    try:
        act(ACTORS[name])
    except (ForbiddenError, NoRecordError):
        return False
    return True


def test_a_new_record_is_entered_by_those_who_may_correct_it(world: Engine) -> None:
    enter_all(world, "memoranda", "plans")
    new = {"ngos": {"stir": "300033000"}, "mahallas": {"mahalla": "Navroʻz MFY"}}
    for register in ENTERED:
        for name, actor in ACTORS.items():
            change = {"number": f"9{list(ACTORS).index(name)}"} if register in WITHDRAWN else new.get(register, {})
            is_in = allowed_one(lambda a: enter(world, register, actor=a, **change), name)
            assert is_in == (name in _writers(register)), (register, name)
            assert actor is ACTORS[name]


def test_a_list_has_the_records_that_its_reader_may_see(world: Engine) -> None:
    ids = enter_all(world)
    for register in ENTERED:
        for name, actor in ACTORS.items():
            scope = Scope.nation() if name in {"admin", "national"} else Scope.district(DISTRICT)
            try:
                with reading(world) as connection:
                    page = list_records(connection, actor, register=register, scope=scope)
            except ForbiddenError:
                assert name not in _readers(register), (register, name)
                continue
            assert (ids[register] in page.frame["record_id"].to_list()) == (name in _readers(register)), (
                register,
                name,
            )


def test_a_coordinator_whose_account_was_moved_or_switched_off_writes_nothing_more(world: Engine) -> None:
    actor = add_coordinator(world)
    moved = Actor(Role.COORDINATOR, account_id=actor.account_id, login="kamola", district_soato=OTHER_DISTRICT)
    assert enter(world, "supports", actor=actor).is_changed
    with pytest.raises(ForbiddenError):
        enter(world, "supports", actor=moved, number="K-2", district=OTHER_DISTRICT)


def test_a_coordinator_moves_no_record_into_or_out_of_another_district(world: Engine) -> None:
    record_id = enter(world, "supports", stir=STIR).record_id
    with pytest.raises(ForbiddenError):
        enter(
            world,
            "supports",
            actor=ACTORS["own coordinator"],
            record=read_record(world, "supports", record_id),
            district=OTHER_DISTRICT,
        )
    with pytest.raises(ForbiddenError):
        enter(
            world,
            "supports",
            actor=ACTORS["other coordinator"],
            record=read_record(world, "supports", record_id),
            district=OTHER_DISTRICT,
        )
