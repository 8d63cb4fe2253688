"""Sign-in: the right password, and the cost of failures."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select, update

from data.accounts.accounts import set_active, set_password
from data.database.engine import reading, writing
from data.language import Language
from data.policy import Role
from data.schema import Account, AccountSession, AuditEntry, SignInFailure
from queries.accounts.sessions import session_actor
from queries.accounts.sign_in import (
    FREE_FAILURES_OF_ACCOUNT,
    FREE_FAILURES_OF_ADDRESS,
    LONGEST_DELAY,
    LockedError,
    SignInAttempt,
    WrongPasswordError,
    delay_after,
    failures_left,
    sign_in,
)
from tests.people import PASSWORD, add_person

pytestmark = pytest.mark.both_databases

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def attempt(
    engine: Engine,
    password: str = PASSWORD,
    *,
    login: str = "nodira",
    address: str = "192.0.2.1",
    now: datetime = START,
) -> str:
    """Return the new session's id, or the name of the error."""
    try:
        return sign_in(engine, SignInAttempt(login=login, password=password, address=address), now=now).session_id
    except (WrongPasswordError, LockedError) as error:
        return type(error).__name__


def wait_seconds(engine: Engine, *, now: datetime, login: str = "nodira", address: str = "192.0.2.1") -> int:
    with pytest.raises(LockedError) as caught:
        sign_in(engine, SignInAttempt(login=login, password=PASSWORD, address=address), now=now)
    return caught.value.wait_seconds


def test_the_right_password_opens_a_session_in_the_language_of_the_account(engine: Engine) -> None:
    add_person(engine, role=Role.ADMIN, language=Language.RU)
    signed_in = sign_in(engine, SignInAttempt(login=" NODIRA ", password=PASSWORD, address="192.0.2.1"), now=START)
    actor = session_actor(engine, signed_in.session_id, now=START)
    assert actor is not None
    assert actor.role is Role.ADMIN
    assert signed_in.language is Language.RU
    with reading(engine) as connection:
        assert ("Nodira", "sign_in") in connection.execute(select(AuditEntry.actor, AuditEntry.action_code)).all()


def test_a_password_that_is_reset_while_it_is_checked_opens_nothing(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_person(engine)

    def reset_meanwhile(_password: str, *, password_hash: str | None) -> bool:
        with writing(engine) as connection:
            set_password(connection, "nodira", password="Boshqa-Parol-42", actor="test")
        return password_hash is not None

    with monkeypatch.context() as patch:
        patch.setattr("queries.accounts.sign_in.is_correct", reset_meanwhile)
        assert attempt(engine) == "WrongPasswordError"
    assert attempt(engine, "Boshqa-Parol-42", now=START + SECOND) not in {"WrongPasswordError", "LockedError"}
    with reading(engine) as connection:
        assert len(connection.scalars(select(AccountSession.account_id)).all()) == 1


def test_the_old_session_of_the_browser_ends_and_its_id_is_not_used_again(engine: Engine) -> None:
    add_person(engine)
    old = attempt(engine)
    planted = SignInAttempt(login="nodira", password=PASSWORD, address="192.0.2.1", old_session_id=old)
    new = sign_in(engine, planted, now=START).session_id
    assert new != old
    assert session_actor(engine, old, now=START) is None
    assert session_actor(engine, new, now=START) is not None


@pytest.mark.parametrize("login", ["nobody", "", "a\x00b", "x" * 5000, "\ud800", "' OR 1=1 --"])
def test_an_unknown_login_gets_the_answer_of_a_wrong_password_and_the_same_delay(engine: Engine, login: str) -> None:
    add_person(engine)
    for tried, address in ((login, "192.0.2.1"), ("nodira", "192.0.2.2")):
        answers = [attempt(engine, "wrong \ud800", login=tried, address=address) for _ in range(6)]
        assert answers == ["WrongPasswordError"] * 5 + ["LockedError"]


def test_accounts_switched_off_or_without_password_do_not_sign_in(engine: Engine) -> None:
    add_person(engine)
    add_person(engine, "elsewhere", has_password=False)
    with writing(engine) as connection:
        set_active(connection, "nodira", is_active=False, actor="test")
    assert attempt(engine) == "WrongPasswordError"
    assert attempt(engine, "", login="elsewhere") == "WrongPasswordError"
    assert attempt(engine, "the password of nobody", login="elsewhere") == "WrongPasswordError"


def test_the_delay_grows_with_each_failure_and_the_right_password_waits_too(engine: Engine) -> None:
    add_person(engine)
    now = START
    for _ in range(FREE_FAILURES_OF_ACCOUNT):
        assert attempt(engine, "wrong", now=now) == "WrongPasswordError"
    for expected in (30, 60, 120, 240):
        assert wait_seconds(engine, now=now) == expected
        assert wait_seconds(engine, now=now + (expected - 1) * SECOND) == 1
        now += expected * SECOND
        assert attempt(engine, "wrong", now=now) == "WrongPasswordError"
    assert attempt(engine, now=now + 480 * SECOND) not in {"WrongPasswordError", "LockedError"}
    assert attempt(engine, "wrong", now=now + 480 * SECOND) == "WrongPasswordError"
    assert attempt(engine, now=now + 480 * SECOND) not in {"WrongPasswordError", "LockedError"}


def test_an_address_that_tries_many_accounts_has_to_wait(engine: Engine) -> None:
    add_person(engine)
    for number in range(FREE_FAILURES_OF_ADDRESS):
        assert attempt(engine, "wrong", login=f"guess{number}") == "WrongPasswordError"
    assert wait_seconds(engine, now=START) == 30
    assert attempt(engine, address="192.0.2.2") not in {"WrongPasswordError", "LockedError"}


def test_the_addresses_of_one_ipv6_subscriber_count_as_one(engine: Engine) -> None:
    for number in range(FREE_FAILURES_OF_ADDRESS):
        attempt(engine, "wrong", login=f"guess{number}", address=f"2001:db8::{number:x}")
    assert attempt(engine, "wrong", address="2001:db8::ffff") == "LockedError"
    assert attempt(engine, "wrong", address="2001:db8:0:1::1") == "WrongPasswordError"


def test_signing_in_between_does_not_free_an_address_from_its_failures(engine: Engine) -> None:
    add_person(engine)
    for number in range(FREE_FAILURES_OF_ADDRESS - 1):
        attempt(engine, "wrong", login=f"guess{number}")
        assert attempt(engine) != "LockedError"
    assert attempt(engine, "wrong", login="last") == "WrongPasswordError"
    assert attempt(engine) == "LockedError"


def test_failures_and_locks_are_audited_and_what_was_typed_is_not(engine: Engine) -> None:
    account_id = add_person(engine)
    for _ in range(FREE_FAILURES_OF_ACCOUNT):
        attempt(engine, "wrong")
    attempt(engine, "wrong")
    attempt(engine, "wrong", login="my-secret-password", address="192.0.2.7")
    columns = (AuditEntry.actor, AuditEntry.action_code, AuditEntry.entity_id, AuditEntry.after)
    with reading(engine) as connection:
        rows = connection.execute(
            select(*columns).where(AuditEntry.action_code.like("sign_in_%")).order_by(AuditEntry.id)
        ).all()
    expected = [("Nodira", "sign_in_failed", str(account_id))] * (FREE_FAILURES_OF_ACCOUNT - 1)
    expected += [("Nodira", "sign_in_locked", str(account_id)), ("", "sign_in_failed", "")]
    assert [tuple(row[:3]) for row in rows] == expected
    assert rows[-1].after == {"address": "192.0.2.7"}
    assert "secret" not in str(rows)


def test_many_attempts_at_one_moment_are_counted_each(engine: Engine) -> None:
    add_person(engine)
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: attempt(engine, "wrong"), range(32)))
    assert answers.count("WrongPasswordError") == FREE_FAILURES_OF_ACCOUNT
    assert answers.count("LockedError") == 32 - FREE_FAILURES_OF_ACCOUNT


def test_people_signing_in_at_one_moment_do_not_hinder_each_other(engine: Engine) -> None:
    logins = [f"person{number}" for number in range(8)]
    for login in logins:
        add_person(engine, login)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda login: attempt(engine, login=login), logins))
    assert len({*answers} - {"WrongPasswordError", "LockedError"}) == len(logins)
    with reading(engine) as connection:
        assert len(connection.execute(select(AccountSession.id_hash)).all()) == len(logins)
        assert connection.execute(select(SignInFailure.failures)).scalars().all() == [0]


def test_failures_are_forgotten_with_time(engine: Engine) -> None:
    add_person(engine)
    for _ in range(FREE_FAILURES_OF_ACCOUNT):
        attempt(engine, "wrong")
    later = START + timedelta(hours=1)
    assert [attempt(engine, "wrong", now=later) for _ in range(4)] == ["WrongPasswordError"] * 3 + ["LockedError"]


@given(failures=st.integers(0, 10_000), hours=st.integers(0, 200))
def test_delay_and_decay_stay_in_their_bounds(failures: int, hours: int) -> None:
    delay = delay_after(failures, free=FREE_FAILURES_OF_ACCOUNT)
    assert timedelta() <= delay <= LONGEST_DELAY
    assert delay <= delay_after(failures + 1, free=FREE_FAILURES_OF_ACCOUNT)
    assert failures_left(failures, since=timedelta(hours=hours)) == failures // 2**hours


def test_an_old_hash_is_made_again_at_sign_in(engine: Engine) -> None:
    add_person(engine)
    with writing(engine) as connection:
        old = PasswordHasher(time_cost=2, memory_cost=32, parallelism=1).hash(PASSWORD)
        connection.execute(update(Account).values(password_hash=old))
    assert attempt(engine) not in {"WrongPasswordError", "LockedError"}
    with reading(engine) as connection:
        assert connection.execute(select(Account.password_hash)).scalar_one() != old
    assert attempt(engine) not in {"WrongPasswordError", "LockedError"}
