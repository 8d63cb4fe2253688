"""Register of memoranda, status of districts and obligations."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Engine, event, insert

from data.codes import Direction, SupportKind
from data.database.engine import reading, writing
from data.policy import Actor, Role, Scope
from data.schema import MemorandumDirection, MemorandumSupport
from queries.memoranda.register import amendments, district_status, memorandum_register, obligations
from tests.worlds import (
    DISTRICT,
    FAR_DISTRICT,
    OTHER_DISTRICT,
    REGION,
    make_amendment,
    make_event,
    make_memorandum,
    make_ngo,
    make_obligation,
)

ADMIN = Actor(Role.ADMIN)
VISITOR = Actor(Role.PUBLIC)
TODAY = date(2026, 6, 15)


def test_the_register_tells_all_of_a_memorandum_in_one_row(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_ids = (make_ngo(connection, name="Umid"), make_ngo(connection, name="Mehr"))
        memorandum_id = make_memorandum(connection, ngo_ids=ngo_ids, expiry_date=date(2025, 12, 31))
        make_amendment(
            connection,
            memorandum_id=memorandum_id,
            number=1,
            signed_date=date(2025, 12, 1),
            expiry_date=date(2026, 7, 15),
        )
        for direction in (Direction.YOUTH_WORK, Direction.LEGAL_OUTREACH):
            values = {"memorandum_id": memorandum_id, "direction_code": direction.value}
            connection.execute(insert(MemorandumDirection).values(**values))
        values = {"memorandum_id": memorandum_id, "support_code": SupportKind.VENUE.value}
        connection.execute(insert(MemorandumSupport).values(**values))
        make_obligation(connection, memorandum_id=memorandum_id, due_date=date(2026, 6, 14))
        make_obligation(connection, memorandum_id=memorandum_id, due_date=TODAY)
        make_event(connection, event_date=date(2026, 5, 1), memorandum_id=memorandum_id)
        frame = memorandum_register(connection, ADMIN, scope=Scope.nation(), today=TODAY)
    row = frame.iloc[0]
    assert len(frame) == 1
    assert row["ngos"] == "Mehr; Umid"
    assert (row["directions"], row["supports"]) == ("legal_outreach;youth_work", "venue")
    assert (row["status_code"], row["days_left"], row["is_on_paper"]) == ("expiring", 30, False)
    assert row["expiry_date"] == pd.Timestamp(2026, 7, 15)
    assert row["last_event_date"] == pd.Timestamp(2026, 5, 1)
    assert (row["amendments"], row["obligations"], row["obligations_overdue"]) == (1, 2, 1)


def test_days_left_are_known_only_while_in_force_with_an_expiry(engine: Engine) -> None:
    with writing(engine) as connection:
        open_ended = make_memorandum(connection)
        expired = make_memorandum(connection, expiry_date=date(2025, 1, 1))
        last_day = make_memorandum(connection, expiry_date=TODAY)
        draft = make_memorandum(connection, signed_date=None)
        frame = memorandum_register(connection, ADMIN, scope=Scope.nation(), today=TODAY).set_index("memorandum_id")
    assert frame["days_left"].isna().to_dict() == {open_ended: True, expired: True, last_day: False, draft: True}
    assert frame.loc[last_day, "days_left"] == 0
    assert frame.loc[draft, "is_on_paper"] == False  # noqa: E712 - a numpy boolean
    assert frame.loc[open_ended, "is_on_paper"] == True  # noqa: E712


def test_what_soon_asks_for_a_decision_stands_first_and_what_is_over_last(engine: Engine) -> None:
    with writing(engine) as connection:
        terminated = make_memorandum(connection, terminated_date=date(2025, 3, 1))
        expired = make_memorandum(connection, expiry_date=date(2025, 1, 1))
        draft = make_memorandum(connection, signed_date=None)
        open_ended = make_memorandum(connection)
        later = make_memorandum(connection, expiry_date=date(2027, 6, 1))
        upcoming = make_memorandum(connection, signed_date=date(2026, 6, 1), start_date=date(2026, 7, 1))
        soon = make_memorandum(connection, expiry_date=date(2026, 8, 1))
        sooner = make_memorandum(connection, expiry_date=date(2026, 7, 1))
        frame = memorandum_register(connection, ADMIN, scope=Scope.nation(), today=TODAY)
    assert list(frame["memorandum_id"]) == [sooner, soon, later, open_ended, upcoming, draft, expired, terminated]


def test_an_empty_register_keeps_its_columns_and_types(engine: Engine) -> None:
    with reading(engine) as connection:
        frame = memorandum_register(connection, ADMIN, scope=Scope.nation(), today=TODAY)
    assert frame.empty
    assert {"ngos", "status_code", "days_left", "directions", "supports"} <= set(frame.columns)
    assert pd.api.types.is_datetime64_any_dtype(frame["expiry_date"])


def test_an_ngo_sees_its_own_memoranda_in_any_scope(engine: Engine) -> None:
    with writing(engine) as connection:
        own, other = make_ngo(connection), make_ngo(connection)
        shared = make_memorandum(connection, ngo_ids=(own, other))
        make_memorandum(connection, ngo_ids=(other,))
        away = make_memorandum(connection, ngo_ids=(own,), district_soato=FAR_DISTRICT)
        actor = Actor(Role.NGO, ngo_id=own, district_soato=DISTRICT)
        seen = {
            scope: set(memorandum_register(connection, actor, scope=scope, today=TODAY)["memorandum_id"])
            for scope in (Scope.nation(), Scope.ngo(own), Scope.region(REGION), Scope.district(OTHER_DISTRICT))
        }
    assert list(seen.values()) == [{shared, away}, {shared, away}, {shared}, set()]


def test_a_leader_sees_of_an_ngo_what_it_did_in_the_leaders_area(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id = make_ngo(connection)
        near = make_memorandum(connection, ngo_ids=(ngo_id,))
        make_memorandum(connection, ngo_ids=(ngo_id,), district_soato=FAR_DISTRICT)
        regional = Actor(Role.REGIONAL, region_soato=REGION)
        frame = memorandum_register(connection, regional, scope=Scope.ngo(ngo_id), today=TODAY)
    assert list(frame["memorandum_id"]) == [near]


def test_every_district_has_a_status_and_the_best_one_counts(engine: Engine) -> None:
    with writing(engine) as connection:
        make_memorandum(connection, expiry_date=date(2025, 1, 1))
        make_memorandum(connection, expiry_date=date(2026, 7, 1))
        make_memorandum(connection, signed_date=None)
        make_memorandum(connection, district_soato=OTHER_DISTRICT)
        frame = district_status(connection, VISITOR, scope=Scope.nation(), today=TODAY)
    assert len(frame) == 208
    rows = frame.set_index("district_soato")
    assert list(rows.loc[DISTRICT]) == ["expiring", 3, 1, 1]
    assert list(rows.loc[OTHER_DISTRICT]) == ["in_force", 1, 1, 1]
    assert list(rows.loc[FAR_DISTRICT]) == ["none", 0, 0, 0]
    assert list(frame.columns) == ["district_soato", "status_code", "memoranda", "in_force", "on_paper"]


def test_status_of_districts_without_any_memorandum(engine: Engine) -> None:
    with reading(engine) as connection:
        frame = district_status(connection, VISITOR, scope=Scope.region(REGION), today=TODAY)
    assert set(frame["status_code"]) == {"none"}
    assert frame["memoranda"].sum() == 0


def test_an_ngo_scope_lists_the_districts_of_its_memoranda(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id = make_ngo(connection)
        make_memorandum(connection, ngo_ids=(ngo_id,), district_soato=FAR_DISTRICT)
        make_memorandum(connection, district_soato=DISTRICT)
        frame = district_status(connection, Actor(Role.NGO, ngo_id=ngo_id), scope=Scope.ngo(ngo_id), today=TODAY)
    assert list(frame["district_soato"]) == [FAR_DISTRICT]


@pytest.mark.parametrize(
    ("due", "fulfilled", "state"),
    [
        (date(2026, 6, 15), None, "open"),
        (date(2026, 6, 14), None, "overdue"),
        (date(2026, 6, 1), date(2026, 6, 1), "fulfilled"),
        (date(2026, 6, 1), date(2026, 6, 2), "fulfilled_late"),
    ],
)
def test_state_of_an_obligation(engine: Engine, due: date, fulfilled: date | None, state: str) -> None:
    with writing(engine) as connection:
        memorandum_id = make_memorandum(connection)
        make_obligation(connection, memorandum_id=memorandum_id, due_date=due, fulfilled_date=fulfilled)
        frame = obligations(connection, ADMIN, scope=Scope.district(DISTRICT), today=TODAY)
        assert obligations(connection, ADMIN, scope=Scope.district(FAR_DISTRICT), today=TODAY).empty
    assert list(frame["state_code"]) == [state]


def test_amendments_come_in_the_order_of_their_numbers(engine: Engine) -> None:
    with writing(engine) as connection:
        memorandum_id = make_memorandum(connection)
        for number in (2, 1):
            day = date(2025, number, 1)
            make_amendment(connection, memorandum_id=memorandum_id, number=number, signed_date=day, expiry_date=None)
        frame = amendments(connection, ADMIN, scope=Scope.region(REGION))
    assert list(frame["number"]) == [1, 2]


def test_the_number_of_statements_does_not_grow_with_the_register(engine: Engine) -> None:
    def count_statements() -> int:
        counted = []
        event.listen(engine, "before_cursor_execute", lambda *call: counted.append(call[2]))
        with reading(engine) as connection:
            memorandum_register(connection, ADMIN, scope=Scope.nation(), today=TODAY)
        return len(counted)

    few = count_statements()
    with writing(engine) as connection:
        ngo_id = make_ngo(connection)
        for _ in range(20):
            make_memorandum(connection, ngo_ids=(ngo_id,))
    assert count_statements() == few
