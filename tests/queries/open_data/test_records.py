"""Track records of NGOs and support as open data: what was signed, held and given, and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, Engine, update

from data.codes import Direction, EventState, SupportKind
from data.database.engine import writing
from data.open_data import OPEN_TABLES
from data.policy import Actor
from data.schema import JointEvent, Ngo, Support
from queries.open_data.tables import open_table
from tests.worlds import DISTRICT, OTHER_DISTRICT, add, make_event, make_memorandum, make_ngo

TODAY = date(2026, 1, 15)
pytestmark = pytest.mark.both_databases


def fill(connection: Connection) -> None:
    """Insert an NGO with memoranda and events of every state, support with and without an amount, and a silent NGO."""
    ngo, silent = make_ngo(connection, name="Umid"), make_ngo(connection, name="Jim", district_soato=OTHER_DISTRICT)
    connection.execute(update(Ngo).where(Ngo.id == ngo).values(stir="900000001", contact="umid@example.uz"))
    connection.execute(update(Ngo).where(Ngo.id == silent).values(stir="900000002", is_active=False))
    make_memorandum(connection, ngo_ids=(ngo, silent), signed_date=date(2025, 3, 1), expiry_date=date(2026, 2, 1))
    make_memorandum(connection, ngo_ids=(ngo,), expiry_date=date(2025, 12, 31))
    make_memorandum(connection, ngo_ids=(ngo,), signed_date=None)
    for day, direction, state in (
        (date(2024, 12, 31), Direction.YOUTH_WORK, EventState.HELD),
        (date(2025, 1, 1), Direction.YOUTH_WORK, EventState.HELD),
        (date(2025, 6, 1), Direction.YOUTH_WORK, EventState.HELD),
        (date(2025, 6, 1), Direction.SOCIAL_HELP, EventState.HELD),
        (date(2025, 7, 1), Direction.YOUTH_WORK, EventState.CANCELLED),
        (date(2026, 1, 16), Direction.YOUTH_WORK, EventState.PLANNED),
    ):
        make_event(connection, event_date=day, direction=direction, state=state, ngo_ids=(ngo,))
    withdrawn = make_event(connection, event_date=date(2025, 8, 1), ngo_ids=(ngo,))
    gone = {"withdrawn_at": datetime(2025, 9, 1, tzinfo=UTC), "withdrawn_reason": "twice"}
    connection.execute(update(JointEvent).where(JointEvent.id == withdrawn).values(**gone))
    for number, amount in (("K-1", 5_000_000_000), ("K-2", None)):
        kind = SupportKind.GRANT if amount else SupportKind.VENUE
        values = {"kind_code": kind.value, "support_date": date(2025, 5, int(number[-1])), "source": "Hokimlik"}
        add(connection, Support, district_soato=DISTRICT, ngo_id=ngo, number=number, amount_uzs=amount, **values)


def rows(engine: Engine, table: str) -> list[dict[str, object]]:
    """Return the rows of a table for a visitor."""
    with writing(engine) as connection:
        fill(connection)
        frame = open_table(connection, Actor.visitor(), table, today=TODAY)
    assert list(frame) == [column.code for column in OPEN_TABLES[table].columns]
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def test_an_ngo_has_its_memoranda_in_force_and_its_held_events(engine: Engine) -> None:
    silent, ngo = rows(engine, "ngos")
    assert ngo == {
        "stir": "900000001",
        "ngo_name": "Umid",
        "area_code": DISTRICT,
        "is_active": True,
        "in_force": 1,
        "events_held": 4,
    }
    assert (silent["is_active"], silent["in_force"], silent["events_held"]) == (False, 1, 0)


def test_memoranda_are_those_in_force_by_their_parties(engine: Engine) -> None:
    found = rows(engine, "ngo_memoranda")
    assert [(row["stir"], row["status_code"]) for row in found] == [
        ("900000001", "expiring"),
        ("900000002", "expiring"),
    ]


def test_events_are_counted_by_year_and_direction(engine: Engine) -> None:
    found = [tuple(row.values())[1:] for row in rows(engine, "ngo_events")]
    assert found == [(2024, "youth_work", 1), (2025, "social_help", 1), (2025, "youth_work", 2)]


def test_support_has_its_amount_or_none(engine: Engine) -> None:
    newest, older = rows(engine, "support")
    assert (newest["number"], newest["kind_code"], newest["year"]) == ("K-2", "venue", 2025)
    assert (older["amount_uzs"], older["source"], older["stir"]) == (5_000_000_000, "Hokimlik", "900000001")


def test_every_district_has_a_status(engine: Engine) -> None:
    found = rows(engine, "memorandum_status")
    assert len(found) == 208
    own = next(row for row in found if row["area_code"] == DISTRICT)
    assert (own["status_code"], own["memoranda"], own["in_force"]) == ("expiring", 3, 1)
