"""Coordination meetings: recorded once, in their own area, by those who may."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, update

from data.database.engine import reading, writing
from data.language import DomainError
from data.policy import Actor, ForbiddenError, Role, Scope
from data.schema import Account, Meeting
from data.texts.personal_data import PersonalDataError
from queries.meetings.decision_texts import LONGEST_AHEAD_DAYS, MeetingDateError, NoMeetingNameError
from queries.meetings.meetings import MeetingNumberTakenError, list_meetings
from queries.recommendations.texts import TextTooLongError
from tests.people import add_person
from tests.queries.meetings.deciding import (
    ADMIN,
    AREA,
    COORDINATOR,
    FAR_COORDINATOR,
    FAR_REGIONAL,
    LEADER,
    NATIONAL,
    REGIONAL,
    TODAY,
    audited,
    change,
    decide,
    in_days,
    meet,
    rows,
)
from tests.worlds import DISTRICT, OTHER_DISTRICT, REGION, make_ngo


def _meetings(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(Meeting)).scalar_one()


def test_a_meeting_is_recorded_once_however_often_it_is_sent(engine: Engine) -> None:
    first = meet(engine, COORDINATOR)
    assert meet(engine, LEADER) == first
    assert _meetings(engine) == 1
    entry = audited(engine, "meeting")[0]
    assert (entry.action_code, entry.entity_id, entry.before) == ("added", str(first), None)
    assert entry.after is not None
    assert (entry.after["number"], entry.after["area_code"]) == ("2026/2", DISTRICT)
    assert len(audited(engine, "meeting")) == 1


def test_many_who_record_the_same_meeting_at_once_get_the_same_one(engine: Engine) -> None:
    start = Barrier(4)

    def record(_number: int) -> int:
        start.wait()
        return meet(engine)

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(record, range(4)))
    assert len(found) == 1
    assert (_meetings(engine), len(audited(engine, "meeting"))) == (1, 1)


def test_a_number_that_stands_for_another_meeting_is_refused_and_says_which(engine: Engine) -> None:
    meet(engine)
    with pytest.raises(MeetingNumberTakenError, match=r"2026/2 of 15\.06\.2026"):
        meet(engine, title="Another one")
    with pytest.raises(MeetingNumberTakenError):
        meet(engine, meeting_date=in_days(1))
    assert meet(engine, scope=Scope.district(OTHER_DISTRICT)) != meet(engine)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"number": "  "}, NoMeetingNameError),
        ({"title": "\n"}, NoMeetingNameError),
        ({"title": "x" * 301}, TextTooLongError),
        ({"title": "With Karimov, AA1234567"}, PersonalDataError),
        ({"meeting_date": in_days(LONGEST_AHEAD_DAYS + 1)}, MeetingDateError),
        ({"scope": Scope.district("9999999")}, ForbiddenError),
        ({"scope": Scope.region("99")}, ForbiddenError),
    ],
)
def test_what_cannot_be_stored_is_refused(engine: Engine, changed: dict[str, Any], error: type[DomainError]) -> None:
    with pytest.raises(error):
        meet(engine, **changed)
    assert (_meetings(engine), audited(engine, "meeting")) == (0, [])


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        (AREA, (COORDINATOR, LEADER, REGIONAL, NATIONAL, ADMIN)),
        (Scope.region(REGION), (REGIONAL, NATIONAL, ADMIN)),
        (Scope.nation(), (NATIONAL, ADMIN)),
    ],
    ids=["district", "region", "nation"],
)
def test_everyone_decides_in_the_own_area_and_in_those_inside_it(
    engine: Engine, scope: Scope, allowed: tuple[Actor, ...]
) -> None:
    with writing(engine) as connection:
        ngo = Actor(Role.NGO, ngo_id=make_ngo(connection))
    meeting_id = meet(engine, scope=scope)
    decide(engine, ADMIN, meeting_id=meeting_id, public_id="first")
    acts: list[Callable[[Actor], object]] = [
        lambda actor: meet(engine, actor, scope=scope),
        lambda actor: decide(engine, actor, meeting_id=meeting_id),
        lambda actor: change(engine, actor, public_id="first"),
        lambda actor: rows(engine, actor, scope=scope),
        lambda actor: _list(engine, actor, scope),
    ]
    everyone = (COORDINATOR, LEADER, REGIONAL, NATIONAL, ADMIN, FAR_COORDINATOR, FAR_REGIONAL, ngo, Actor(Role.PUBLIC))
    for actor in everyone:
        for act in acts:
            if actor in allowed:
                act(actor)
            else:
                with pytest.raises(ForbiddenError):
                    act(actor)


def _list(engine: Engine, actor: Actor, scope: Scope) -> list[tuple[object, ...]]:
    with reading(engine) as connection:
        return list(list_meetings(connection, actor, scope=scope).itertuples(index=False, name=None))


def test_an_ngo_has_no_meetings(engine: Engine) -> None:
    with writing(engine) as connection:
        scope = Scope.ngo(make_ngo(connection))
    with pytest.raises(ForbiddenError):
        meet(engine, scope=scope)
    with pytest.raises(ForbiddenError):
        rows(engine, ADMIN, scope=scope)


@pytest.mark.parametrize(
    ("role", "moved"),
    [
        (Role.COORDINATOR, {"is_active": False}),
        (Role.COORDINATOR, {"district_soato": OTHER_DISTRICT}),
        (Role.DISTRICT, {"role_code": "national"}),
        (Role.REGIONAL, {"region_soato": "1706"}),
        (Role.NATIONAL, {"is_active": False}),
    ],
)
def test_an_account_that_was_switched_off_or_moved_decides_nothing_more(
    engine: Engine, role: Role, moved: dict[str, object]
) -> None:
    account_id = add_person(engine, role=role)
    in_district = role in {Role.COORDINATOR, Role.DISTRICT}
    actor = Actor(role, account_id, region_soato=REGION, district_soato=DISTRICT if in_district else None)
    meeting_id = meet(engine, actor)
    decide(engine, actor, meeting_id=meeting_id, public_id="own")
    with writing(engine) as connection:
        connection.execute(update(Account).where(Account.id == account_id).values(**moved))
    with pytest.raises(ForbiddenError):
        meet(engine, actor, number="2026/3")
    with pytest.raises(ForbiddenError):
        decide(engine, actor, meeting_id=meeting_id)
    with pytest.raises(ForbiddenError):
        change(engine, actor, public_id="own", text="Otherwise")


def test_meetings_are_listed_by_day_with_what_they_decided(engine: Engine) -> None:
    old = meet(engine, number="2026/1", meeting_date=date(2026, 3, 16))
    new = meet(engine)
    meet(engine, scope=Scope.district(OTHER_DISTRICT))
    for public_id in ("a", "b"):
        decide(engine, meeting_id=new, public_id=public_id)
    change(engine, public_id="a", done_date=TODAY, evidence="Signed")
    with reading(engine) as connection:
        frame = list_meetings(connection, COORDINATOR, scope=AREA)
    assert list(frame["meeting_id"]) == [new, old]
    assert list(frame[["decisions", "done"]].itertuples(index=False, name=None)) == [(2, 1), (0, 0)]
    assert list(frame["meeting_date"].dt.date) == [TODAY, date(2026, 3, 16)]
