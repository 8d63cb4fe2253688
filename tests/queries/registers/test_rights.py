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
from tests.registers import make_target

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
    if register == "holidays":
        return set(ACTORS) - {"public"}
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


def is_allowed(act: Callable[..., object], *arguments: object, **options: object) -> bool:
    """Return whether the actor among the arguments may perform an act."""
    try:
        act(*arguments, **options)
    except (ForbiddenError, NoRecordError):
        return False
    return True


def test_every_role_reads_and_corrects_the_records_that_the_policy_says_and_no_others(world: Engine) -> None:
    ids = enter_all(world)
    for register in ENTERED:
        record = read_record(world, register, ids[register])
        readers = {
            name
            for name, actor in ACTORS.items()
            if is_allowed(read_record, world, register, ids[register], actor=actor)
        }
        writers = {
            name for name, actor in ACTORS.items() if is_allowed(enter, world, register, actor=actor, record=record)
        }
        assert (readers, writers) == (_readers(register), _writers(register)), register


def test_every_role_withdraws_and_restores_the_records_that_it_may_correct(world: Engine) -> None:
    ids = enter_all(world)
    for register in ENTERED:
        about: dict[str, Any] = {"register": register, "record_id": ids[register]}
        why: dict[str, Any] = {**about, "reason": "xato", "now": NOW}
        if register not in WITHDRAWN:
            assert not any(is_allowed(withdraw, world, actor, version=1, **why) for actor in ACTORS.values()), register
            continue
        for name, actor in ACTORS.items():
            version = read_record(world, register, ids[register]).version
            is_withdrawn = is_allowed(withdraw, world, actor, version=version, **why)
            withdraw(world, ADMIN, version=version, **why)
            is_restored = is_allowed(restore, world, actor, **about)
            restore(world, ADMIN, **about)
            assert (is_withdrawn, is_restored) == (name in _writers(register),) * 2, (register, name)


def test_a_new_record_is_entered_by_those_who_may_correct_it(world: Engine) -> None:
    enter_all(world, "memoranda", "plans")
    new = {"ngos": {"stir": "300033000"}, "mahallas": {"mahalla": "Navroʻz MFY"}}
    for register in ENTERED:
        for at, (name, actor) in enumerate(ACTORS.items()):
            change = {"number": f"9{at}"} if register in WITHDRAWN else new.get(register, {})
            assert is_allowed(enter, world, register, actor=actor, **change) == (name in _writers(register)), register


def test_a_list_has_the_records_that_its_reader_may_see(world: Engine) -> None:
    ids = enter_all(world)
    for register in ENTERED:
        for name, actor in ACTORS.items():
            scope = Scope.nation() if name in {"admin", "national"} else Scope.district(DISTRICT)
            if register == "holidays":
                scope = actor.home_scope
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


def test_the_target_of_a_region_is_read_by_its_leaders_and_by_nobody_of_another(world: Engine) -> None:
    with writing(world) as connection:
        its_own = make_target(connection, indicator_code="plan_execution", year=2026, value=80, area_code=REGION)
        of_district = make_target(connection, indicator_code="plan_execution", year=2026, value=70, area_code=DISTRICT)
    for who in ("admin", "national", "own region"):
        assert read_record(world, "targets", its_own, actor=ACTORS[who]).values["value"] == 80
        with reading(world) as connection:
            found = list_records(connection, ACTORS[who], register="targets", scope=Scope.region(REGION)).frame
        assert {its_own, of_district} <= set(found["record_id"])
    for who in ("other region", "own district", "own coordinator", "own ngo", "public"):
        with pytest.raises((ForbiddenError, NoRecordError)):
            read_record(world, "targets", its_own, actor=ACTORS[who])


def test_a_coordinator_whose_account_was_moved_or_switched_off_writes_nothing_more(world: Engine) -> None:
    actor = add_coordinator(world)
    moved = Actor(Role.COORDINATOR, account_id=actor.account_id, login="kamola", district_soato=OTHER_DISTRICT)
    assert enter(world, "supports", actor=actor).is_changed
    with pytest.raises(ForbiddenError):
        enter(world, "supports", actor=moved, number="K-2", district=OTHER_DISTRICT)


def test_a_coordinator_moves_no_record_into_or_out_of_another_district(world: Engine) -> None:
    record = read_record(world, "supports", enter(world, "supports", stir=STIR).record_id)
    for name in ("own coordinator", "other coordinator"):
        with pytest.raises(ForbiddenError):
            enter(world, "supports", actor=ACTORS[name], record=record, district=OTHER_DISTRICT)
