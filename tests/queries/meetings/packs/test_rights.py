"""Rights on packs: who may make and read one, and which comments of NGOs are in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine, select, update

from data.codes import Visibility
from data.database.engine import reading, writing
from data.policy import Actor, ForbiddenError, Role, Scope
from data.schema import Account, Evaluation, Pack
from queries.evaluations.ratings import problems_met, ratings_by_item
from queries.meetings.packs.packs import PackContent, find_pack, list_packs
from queries.recommendations.threads import threads
from tests.databases import Databases
from tests.people import add_person
from tests.queries.meetings.packs.packing import (
    ACTORS,
    ADMIN,
    AREA,
    COORDINATOR,
    FAR_COORDINATOR,
    FAR_REGIONAL,
    HIDDEN_COMMENT,
    ITS_REGION,
    LEADER,
    NAMED_COMMENT,
    NAMED_NGO,
    NATION,
    NATIONAL,
    PERIOD,
    REGIONAL,
    TODAY,
    Frozen,
    frozen_in,
    pack,
    read_pack,
    settle,
    with_packs,
)
from tests.worlds import DISTRICT, FAR_DISTRICT, OTHER_DISTRICT, REGION

NGO, VISITOR = Actor(Role.NGO, region_soato=REGION, district_soato=DISTRICT, ngo_id=1), Actor(Role.PUBLIC)
OTHER_COORDINATOR = Actor(Role.COORDINATOR, region_soato=REGION, district_soato=OTHER_DISTRICT)
ALLOWED = {
    AREA: (COORDINATOR, LEADER, REGIONAL, NATIONAL, ADMIN),
    ITS_REGION: (REGIONAL, NATIONAL, ADMIN),
    NATION: (NATIONAL, ADMIN),
}
EVERYONE = (
    COORDINATOR,
    LEADER,
    REGIONAL,
    NATIONAL,
    ADMIN,
    FAR_COORDINATOR,
    FAR_REGIONAL,
    OTHER_COORDINATOR,
    NGO,
    VISITOR,
)
REFUSED = [(actor, scope) for scope, allowed in ALLOWED.items() for actor in EVERYONE if actor not in allowed]


@dataclass(frozen=True)
class Settled:
    """Settled district, which is only read, with the pack that each who may has made of each area."""

    engine: Engine
    packs: Mapping[tuple[Actor, Scope], PackContent]


@pytest.fixture(scope="module")
def settled(databases: Databases) -> Iterator[Settled]:
    """Everybody's packs, made once."""
    with databases.copy("sqlite", with_packs) as engine:
        frozen = frozen_in(engine)
        made = {(ACTORS[scope], scope): frozen.pack(scope) for scope in ALLOWED}
        for scope, some in ALLOWED.items():
            for actor in some:
                if actor != ACTORS[scope]:
                    made[actor, scope] = pack(engine, actor, scope=scope)
        yield Settled(engine, made)


def test_leaders_and_coordinators_freeze_and_read_their_own_area_and_those_inside_it(settled: Settled) -> None:
    for (actor, scope), made in settled.packs.items():
        assert read_pack(settled.engine, made.pack_id, actor).scope == scope
        with reading(settled.engine) as connection:
            listed = list_packs(connection, actor, scope=scope)["pack_id"].tolist()
        assert sorted(listed) == sorted(settled.packs[maker, scope].pack_id for maker in ALLOWED[scope])


def test_nobody_else_freezes_reads_or_lists_one(settled: Settled) -> None:
    for actor, scope in REFUSED:
        with pytest.raises(ForbiddenError):
            pack(settled.engine, actor, scope=scope)
        with pytest.raises(ForbiddenError), reading(settled.engine) as connection:
            find_pack(connection, actor, pack_id=settled.packs[ADMIN, scope].pack_id)
        with pytest.raises(ForbiddenError), reading(settled.engine) as connection:
            list_packs(connection, actor, scope=scope)
    with reading(settled.engine) as connection:
        assert len(connection.scalars(select(Pack.id)).all()) == len(settled.packs)


def test_the_id_of_a_pack_of_another_area_gives_nothing_away(settled: Settled) -> None:
    made = settled.packs[ADMIN, AREA]
    with pytest.raises(ForbiddenError):
        pack(settled.engine, FAR_COORDINATOR, pack_id=made.pack_id, scope=Scope.district(FAR_DISTRICT))


def test_nobody_freezes_a_pack_of_an_ngo(settled: Settled) -> None:
    with pytest.raises((ForbiddenError, ValueError)):
        pack(settled.engine, ADMIN, scope=Scope.ngo(1), agenda=[])


def test_an_account_that_was_switched_off_meanwhile_freezes_nothing(engine: Engine) -> None:
    account_id = add_person(engine, role=Role.COORDINATOR)
    actor = Actor(Role.COORDINATOR, account_id, region_soato=REGION, district_soato=DISTRICT)
    assert pack(engine, actor).scope == AREA
    with writing(engine) as connection:
        connection.execute(update(Account).values(is_active=False))
    with pytest.raises(ForbiddenError):
        pack(engine, actor)


@pytest.mark.parametrize("actor", [COORDINATOR, LEADER, REGIONAL, ADMIN])
def test_a_pack_holds_named_comments_and_never_a_confidential_one(settled: Settled, actor: Actor) -> None:
    content = settled.packs[actor, AREA]
    assert set(content.frames["voices"]["comment"]) == {NAMED_COMMENT}
    assert set(content.frames["voices"]["ngo_name"]) == {NAMED_NGO}
    assert HIDDEN_COMMENT not in content.to_json()


def test_a_confidential_recommendation_is_frozen_without_ngo_and_event(settled: Settled) -> None:
    shown = settled.packs[COORDINATOR, AREA].frames["recommendations"]
    assert shown["ngo_name"].tolist().count(NAMED_NGO) == 1
    hidden = shown[shown["ngo_name"].isna()]
    assert len(hidden) == 1
    assert hidden["event_date"].isna().all()


def test_a_recommendation_that_leaders_do_not_see_yet_is_not_frozen(engine: Engine) -> None:
    settle(engine)
    content = pack(engine, today=TODAY.replace(month=6, day=1))
    assert len(content.frames["recommendations"]) == 1
    with reading(engine) as connection:
        live = threads(connection, COORDINATOR, scope=AREA, today=TODAY.replace(month=6, day=1), limit=99)
    assert content.frames["recommendations"]["public_id"].tolist() == live["public_id"].tolist()


@pytest.mark.parametrize(("scope", "actor"), [(AREA, COORDINATOR), (ITS_REGION, REGIONAL), (NATION, NATIONAL)])
def test_marks_and_problems_are_counted_by_the_rules_of_the_live_pages(
    settled: Settled, scope: Scope, actor: Actor
) -> None:
    content = settled.packs[actor, scope]
    with reading(settled.engine) as connection:
        marks = ratings_by_item(connection, actor, scope=scope, period=PERIOD)
        problems = problems_met(connection, actor, scope=scope, period=PERIOD)
    assert content.frames["marks"]["n"].tolist() == marks["n"].tolist()
    assert content.frames["marks"]["mean"].tolist() == pytest.approx(marks["mean"].tolist(), nan_ok=True)
    assert content.frames["problems"]["evaluations"].tolist() == problems["evaluations"].tolist()


def test_national_leadership_reads_no_single_evaluation_in_any_pack(settled: Settled) -> None:
    made = settled.packs[COORDINATOR, AREA]
    for content in (settled.packs[NATIONAL, AREA], read_pack(settled.engine, made.pack_id, NATIONAL)):
        assert content.frames["voices"].empty
        assert content.frames["recommendations"]["ngo_name"].isna().all()
        assert len(content.frames["recommendations"]) == 2
        assert NAMED_COMMENT not in content.to_json()
    assert NAMED_NGO in read_pack(settled.engine, made.pack_id, REGIONAL).to_json()


def test_what_a_coordinator_freezes_the_district_keeps_when_the_voice_turns_confidential(frozen: Frozen) -> None:
    before = frozen.pack()
    with writing(frozen.engine) as connection:
        connection.execute(update(Evaluation).values(visibility_code=Visibility.CONFIDENTIAL.value))
    assert frozen.pack().to_json() == before.to_json()
    assert pack(frozen.engine).frames["voices"].empty
