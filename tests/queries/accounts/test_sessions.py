"""Sessions are accepted while they live, and in no other case."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, update

from data.database.engine import reading, writing
from data.policy import Role
from data.schema import Account, AccountSession, AuditEntry
from queries.accounts.sessions import KEPT_AFTER_END, SessionLife, session_actor, sign_out, start_session
from tests.people import add_person

pytestmark = pytest.mark.both_databases

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LIFE = SessionLife(idle=timedelta(minutes=60), absolute=timedelta(hours=12))
MINUTE = timedelta(minutes=1)


def start(engine: Engine, account_id: int, *, now: datetime = START) -> str:
    with writing(engine) as connection:
        return start_session(connection, account_id=account_id, address="192.0.2.1", now=now, life=LIFE)


def role_at(engine: Engine, session_id: str | None, now: datetime) -> Role | None:
    actor = session_actor(engine, session_id, now=now, life=LIFE)
    return actor.role if actor else None


def last_seen(engine: Engine) -> datetime:
    with reading(engine) as connection:
        return connection.execute(select(AccountSession.last_seen_at)).scalar_one()


def test_the_database_holds_no_session_id(engine: Engine) -> None:
    session_id = start(engine, add_person(engine))
    with reading(engine) as connection:
        row = connection.execute(select(AccountSession)).one()
    assert session_id not in str(row)
    assert len(session_id) >= 43


@pytest.mark.parametrize("cookie", [None, "", "x", "x" * 10_000, "\x00", "\ud800", "' OR 1=1 --"])
def test_a_cookie_that_is_no_session_is_nobody(engine: Engine, cookie: str | None) -> None:
    start(engine, add_person(engine))
    assert role_at(engine, cookie, START) is None


def test_the_stored_hash_does_not_open_the_session(engine: Engine) -> None:
    start(engine, add_person(engine))
    with reading(engine) as connection:
        id_hash = connection.execute(select(AccountSession.id_hash)).scalar_one()
    assert role_at(engine, id_hash, START) is None


def test_a_session_ends_after_an_hour_without_use(engine: Engine) -> None:
    session_id = start(engine, add_person(engine))
    assert role_at(engine, session_id, START + 59 * MINUTE) is Role.NATIONAL
    assert role_at(engine, session_id, START + (59 + 59) * MINUTE) is Role.NATIONAL
    assert role_at(engine, session_id, START + (59 + 59 + 60) * MINUTE) is None


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(engine: Engine) -> None:
    session_id = start(engine, add_person(engine))
    for minute in range(30, 720, 30):
        assert role_at(engine, session_id, START + minute * MINUTE) is Role.NATIONAL
    assert role_at(engine, session_id, START + 720 * MINUTE) is None


def test_signing_out_ends_that_session_alone_and_is_audited_once(engine: Engine) -> None:
    account_id = add_person(engine)
    first, second = start(engine, account_id), start(engine, account_id)
    sign_out(engine, first, now=START)
    sign_out(engine, first, now=START)
    sign_out(engine, "unknown", now=START)
    assert role_at(engine, first, START) is None
    assert role_at(engine, second, START) is Role.NATIONAL
    with reading(engine) as connection:
        actions = connection.execute(select(AuditEntry.action_code)).scalars().all()
    assert actions.count("sign_out") == 1


def test_a_new_role_and_switching_off_count_at_the_next_run(engine: Engine) -> None:
    session_id = start(engine, add_person(engine))
    with writing(engine) as connection:
        connection.execute(update(Account).values(role_code="admin"))
    assert role_at(engine, session_id, START) is Role.ADMIN
    with writing(engine) as connection:
        connection.execute(update(Account).values(is_active=False))
    assert role_at(engine, session_id, START) is None


def test_use_is_noted_at_most_once_a_minute(engine: Engine) -> None:
    session_id = start(engine, add_person(engine))
    session_actor(engine, session_id, now=START + timedelta(seconds=59), life=LIFE)
    assert last_seen(engine) == START
    session_actor(engine, session_id, now=START + timedelta(seconds=61), life=LIFE)
    assert last_seen(engine) == START + timedelta(seconds=61)


def test_a_busy_database_does_not_keep_a_reader_waiting(engine: Engine) -> None:
    session_id = start(engine, add_person(engine))
    with writing(engine) as writer:
        writer.execute(update(AccountSession).values(address="192.0.2.2"))
        began = time.perf_counter()
        assert role_at(engine, session_id, START + 2 * MINUTE) is Role.NATIONAL
        assert time.perf_counter() - began < 2
    assert last_seen(engine) == START
    assert role_at(engine, session_id, START + 2 * MINUTE) is Role.NATIONAL
    assert last_seen(engine) == START + 2 * MINUTE


def test_sessions_long_over_are_deleted_at_the_next_sign_in(engine: Engine) -> None:
    account_id = add_person(engine)
    start(engine, account_id)
    start(engine, account_id, now=START + KEPT_AFTER_END + timedelta(hours=13))
    with reading(engine) as connection:
        assert len(connection.execute(select(AccountSession.id_hash)).all()) == 1
