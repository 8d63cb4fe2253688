"""Next year's plan copied from this year's: what is copied, under which number, once, and by whom."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import Engine, func, select, update

from data.accounts.accounts import NewAccount, add_account
from data.codes import Direction
from data.database.engine import reading, writing
from data.policy import Actor, ForbiddenError, Role
from data.schema import AuditEntry, PlanItem
from queries.events.plans import copy_plan, items_to_copy, plan_items
from tests.worlds import DISTRICT, OTHER_DISTRICT, make_mahalla, make_ngo, make_plan_item

pytestmark = pytest.mark.both_databases
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def _coordinator(engine: Engine, district: str = DISTRICT) -> Actor:
    with writing(engine) as connection:
        account = NewAccount(login=f"c{district}", role=Role.COORDINATOR, district_soato=district)
        account_id = add_account(connection, account, password=None, actor="test")
    return Actor(Role.COORDINATOR, account_id=account_id, login=f"c{district}", district_soato=district)


def _copy(engine: Engine, actor: Actor, form_id: str = "") -> int:
    return copy_plan(
        engine,
        actor,
        district_soato=DISTRICT,
        from_year=2026,
        to_year=2027,
        form_id=form_id or str(uuid4()),
        now=NOW,
    )


def _number(engine: Engine, item: int, number: str) -> None:
    with writing(engine) as connection:
        connection.execute(update(PlanItem).where(PlanItem.id == item).values(number=number, number_key=number))


def test_items_are_copied_with_month_mahalla_direction_form_ngo_and_number(engine: Engine) -> None:
    actor = _coordinator(engine)
    with writing(engine) as connection:
        mahalla, ngo = make_mahalla(connection, name="Bogʻ"), make_ngo(connection, name="Umid")
        first = make_plan_item(connection, year=2026, month=3, mahalla_id=mahalla, responsible_ngo_id=ngo)
        make_plan_item(connection, year=2026, month=5, direction=Direction.SOCIAL_HELP)
        make_plan_item(connection, year=2026, month=5, district_soato=OTHER_DISTRICT)
    _number(engine, first, "17")
    assert _copy(engine, actor) == 2
    with reading(engine) as connection:
        old = plan_items(connection, actor, district_soato=DISTRICT, year=2026)
        new = plan_items(connection, actor, district_soato=DISTRICT, year=2027)
        audited = connection.scalar(select(func.count()).where(AuditEntry.entity == "plan_item"))
    same = ["month", "mahalla", "direction_code", "form_code", "stir"]
    assert new[same].equals(old[same])
    assert sorted(new["number"]) == ["17", "2027-1"]
    assert audited == 2


def test_what_is_there_already_is_not_copied_and_keeps_its_number(engine: Engine) -> None:
    actor = _coordinator(engine)
    with writing(engine) as connection:
        old = [make_plan_item(connection, year=2026, month=month) for month in (3, 3, 4)]
        there = make_plan_item(connection, year=2027, month=3)
        other = make_plan_item(connection, year=2027, month=9)
    _number(engine, old[2], "5")
    _number(engine, there, "1")
    _number(engine, other, "5")
    with reading(engine) as connection:
        shown = items_to_copy(connection, actor, district_soato=DISTRICT, from_year=2026, to_year=2027)
    assert list(shown["month"]) == [3, 4]
    assert _copy(engine, actor) == 2
    with reading(engine) as connection:
        new = plan_items(connection, actor, district_soato=DISTRICT, year=2027)
    assert list(new["month"]) == [3, 3, 4, 9]
    assert new["number"].nunique() == 4


def test_the_same_form_or_a_second_one_adds_nothing_more(engine: Engine) -> None:
    actor, form_id = _coordinator(engine), str(uuid4())
    with writing(engine) as connection:
        make_plan_item(connection, year=2026, month=3)
    assert [_copy(engine, actor, form_id), _copy(engine, actor, form_id), _copy(engine, actor)] == [1, 0, 0]


def test_a_coordinator_of_another_district_copies_nothing(engine: Engine) -> None:
    stranger = _coordinator(engine, OTHER_DISTRICT)
    with writing(engine) as connection:
        make_plan_item(connection, year=2026, month=3)
    with pytest.raises(ForbiddenError):
        _copy(engine, stranger)
    with reading(engine) as connection:
        assert connection.scalar(select(func.count()).where(PlanItem.year == 2027)) == 0
