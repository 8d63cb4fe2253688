"""The registers beside events: every write moves the version of the data, and what cannot be is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Connection, Engine, delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from data.aggregates import data_version
from data.database.engine import reading, writing
from data.schema import Base, DecisionCause, Meeting, Obligation, PlanItem, Support, Target
from tests.data.test_aggregates import assert_exact
from tests.registers import (
    make_decision,
    make_meeting,
    make_offences,
    make_request,
    make_support,
    make_target,
    make_training,
)
from tests.worlds import (
    DISTRICT,
    REGION,
    make_mahalla,
    make_memorandum,
    make_ngo,
    make_obligation,
    make_plan_item,
)

pytestmark = pytest.mark.both_databases

DAY = date(2025, 1, 6)
LARGE_AMOUNT = 3_000_000_000
CHANGES: dict[str, dict[str, object]] = {
    "information_request": {"answered_date": DAY},
    "support": {"amount_uzs": 7},
    "training": {"hours": 9},
    "training_mahalla": {},
    "training_ngo": {},
    "meeting": {"title": "other"},
    "decision": {"done_date": DAY},
    "decision_cause": {"reference": "other"},
    "offence_month": {"offences": 8},
    "target": {"value": 70.0},
}


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """One row in each register."""
    with writing(engine) as connection:
        ngo, mahalla = make_ngo(connection), make_mahalla(connection)
        make_request(connection, ngo_id=ngo, sent_date=DAY)
        make_support(connection, ngo_id=ngo, support_date=DAY, amount_uzs=LARGE_AMOUNT)
        make_training(connection, training_date=DAY, mahalla_ids=(mahalla,), ngo_ids=(ngo,))
        meeting = make_meeting(connection, meeting_date=DAY)
        decision = make_decision(connection, meeting_id=meeting, due_date=date(2025, 2, 1))
        cause = {"kind_code": "indicator", "reference": "plan_execution"}
        connection.execute(insert(DecisionCause).values(decision_id=decision, **cause))
        make_offences(connection, year_month=202501, offences=4, mahallas_crime_free=5)
        make_target(connection, indicator_code="plan_execution", year=2025, value=80.0)
    return engine


@pytest.mark.parametrize("name", CHANGES)
def test_every_write_to_a_register_moves_the_version(filled: Engine, name: str) -> None:
    table = Base.metadata.tables[name]
    stored = [column for column in table.columns if column.computed is None]
    with reading(filled) as connection:
        rows = [row._asdict() for row in connection.execute(select(*stored))]
    assert rows
    same = {column.name: column for column in stored}
    for write in (update(table).values(CHANGES[name] or same), delete(table), insert(table).values(rows)):
        before = data_version(filled)
        with writing(filled) as connection:
            connection.execute(write)
        assert data_version(filled) == before + 1


def test_an_amount_may_be_larger_than_two_billion(filled: Engine) -> None:
    with reading(filled) as connection:
        assert connection.scalar(select(Support.amount_uzs)) == LARGE_AMOUNT


def test_the_places_of_an_area_follow_from_its_code(engine: Engine) -> None:
    with writing(engine) as connection:
        for area in ("", REGION, DISTRICT):
            make_meeting(connection, meeting_date=DAY, area_code=area)
            make_target(connection, indicator_code="plan_execution", year=2025, value=80.0, area_code=area)
    with reading(engine) as connection:
        for table in (Meeting, Target):
            found = select(table.area_code, table.region_soato, table.district_soato).order_by(table.area_code)
            assert [tuple(row) for row in connection.execute(found)] == [
                ("", None, None),
                (REGION, REGION, None),
                (DISTRICT, REGION, DISTRICT),
            ]


IMPOSSIBLE: dict[str, Callable[[Connection], object]] = {
    "an answer before the request": lambda connection: make_request(
        connection, ngo_id=make_ngo(connection), sent_date=DAY, answered_date=date(2025, 1, 5)
    ),
    "a negative amount": lambda connection: make_support(
        connection, ngo_id=make_ngo(connection), support_date=DAY, amount_uzs=-1
    ),
    "a region unknown to the directory": lambda connection: make_meeting(
        connection, meeting_date=DAY, area_code="1799"
    ),
    "a target for a district unknown to the directory": lambda connection: make_target(
        connection, indicator_code="plan_execution", year=2025, value=1.0, area_code="1703999"
    ),
    "a thirteenth month": lambda connection: make_offences(connection, year_month=202513, offences=1),
    "fewer than no offences": lambda connection: make_offences(connection, year_month=202501, offences=-1),
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_what_cannot_be_is_refused(engine: Engine, what: str) -> None:
    with pytest.raises(IntegrityError), writing(engine) as connection:
        IMPOSSIBLE[what](connection)


@pytest.mark.parametrize("table", ["information_request", "support", "training", "meeting", "decision"])
def test_a_number_stands_once(filled: Engine, table: str) -> None:
    columns = [column for column in Base.metadata.tables[table].columns if column.computed is None]
    names = ", ".join(column.name for column in columns if column.name != "id")
    with pytest.raises(IntegrityError), writing(filled) as connection:
        connection.execute(text(f"INSERT INTO {table} ({names}) SELECT {names} FROM {table}"))  # noqa: S608 - fixed


def test_obligations_and_plan_items_are_numbered_once_or_not_at_all(engine: Engine) -> None:
    with writing(engine) as connection:
        memorandum = make_memorandum(connection)
        for _ in range(2):
            make_obligation(connection, memorandum_id=memorandum, due_date=DAY)
            make_plan_item(connection, year=2025, month=1)
    for table in (Obligation, PlanItem):
        with pytest.raises(IntegrityError), writing(engine) as connection:
            connection.execute(update(table).values(number="1", number_key="1"))


def test_a_plan_item_replaced_by_its_number_leaves_the_sums_exact(engine: Engine) -> None:
    """INSERT OR REPLACE of SQLite, which other writers use; PostgreSQL has its own words for it."""
    with writing(engine) as connection:
        make_plan_item(connection, year=2025, month=1)
        connection.execute(update(PlanItem).values(number="7", number_key="7"))
    assert_exact(engine)
    columns = "district_soato, year, number, number_key, direction_code, form_code, month"
    moved = "SELECT district_soato, year, number, number_key, direction_code, form_code, 5 FROM plan_item"
    replace = f"INSERT OR REPLACE INTO plan_item ({columns}) {moved}"  # noqa: S608 - fixed names
    update_month = "UPDATE plan_item SET month = 5"
    with writing(engine) as connection:
        connection.execute(text(replace if engine.dialect.name == "sqlite" else update_month))
    assert_exact(engine)
