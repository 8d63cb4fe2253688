"""Creation and maintenance of accounts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, insert, select

from data.accounts.accounts import (
    AccountError,
    NewAccount,
    add_account,
    failure_key,
    login_key,
    ngo_id_of,
    set_active,
    set_password,
    unlock,
)
from data.accounts.passwords import WeakPasswordError
from data.database.engine import reading, writing
from data.dates.clock import now
from data.policy import Role
from data.schema import Account, AuditEntry, SignInFailure
from queries.accounts.sessions import session_actor, start_session
from tests.people import ITS_REGION, PASSWORD, add_person


def attempt(engine: Engine, account: NewAccount, password: str = PASSWORD) -> None:
    with writing(engine) as connection:
        add_account(connection, account, password=password, actor="test")


def open_session(engine: Engine, account_id: int) -> str:
    with writing(engine) as connection:
        return start_session(connection, account_id=account_id, address="192.0.2.1", now=now())


def test_a_new_account_is_audited_without_its_secret(engine: Engine) -> None:
    account_id = add_person(engine, email="Nodira@Example.uz")
    with reading(engine) as connection:
        email, kept = connection.execute(select(Account.email, Account.password_hash)).one()
        entry = connection.execute(select(AuditEntry)).one()
    assert email == "nodira@example.uz"
    assert kept is not None
    assert kept.startswith("$argon2id$")
    assert (entry.actor, entry.action_code, entry.entity_id) == ("test", "add", str(account_id))
    assert PASSWORD not in str(entry)
    assert kept not in str(entry)


@pytest.mark.parametrize(
    "account",
    [
        NewAccount(login="", role=Role.ADMIN),
        NewAccount(login="two words", role=Role.ADMIN),
        NewAccount(login="a\x00b", role=Role.ADMIN),
        NewAccount(login="x" * 101, role=Role.ADMIN),
        NewAccount(login="a", role=Role.ADMIN, email="no address"),
        NewAccount(login="a", role=Role.PUBLIC),
        NewAccount(login="a", role=Role.REGIONAL),
        NewAccount(login="a", role=Role.DISTRICT, region_soato=ITS_REGION),
        NewAccount(login="a", role=Role.NATIONAL, region_soato=ITS_REGION),
        NewAccount(login="a", role=Role.COORDINATOR, district_soato="1700000"),
        NewAccount(login="a", role=Role.NGO, ngo_id=7),
    ],
)
def test_an_account_without_a_fitting_login_or_place_is_refused(engine: Engine, account: NewAccount) -> None:
    with pytest.raises(AccountError):
        attempt(engine, account)


@pytest.mark.parametrize(
    "second",
    [NewAccount(login="NODIRA", role=Role.ADMIN), NewAccount(login="b", role=Role.ADMIN, email="N@example.uz")],
)
def test_a_login_or_address_is_taken_once_whatever_its_case(engine: Engine, second: NewAccount) -> None:
    add_person(engine, email="n@Example.uz")
    with pytest.raises(AccountError):
        attempt(engine, second)


def test_a_weak_password_makes_no_account(engine: Engine) -> None:
    with pytest.raises(WeakPasswordError):
        attempt(engine, NewAccount(login="a", role=Role.ADMIN), password="1234567890")
    with reading(engine) as connection:
        assert connection.execute(select(Account.id)).first() is None


def test_switching_off_and_a_new_password_end_the_sessions(engine: Engine) -> None:
    account_id = add_person(engine)
    first = open_session(engine, account_id)
    with writing(engine) as connection:
        set_password(connection, "nodira", password="Boshqa-Dengiz-72", actor="test")
    assert session_actor(engine, first, now=now()) is None

    second = open_session(engine, account_id)
    with writing(engine) as connection:
        set_active(connection, "nodira", is_active=False, actor="test")
        set_active(connection, "nodira", is_active=True, actor="test")
    assert session_actor(engine, second, now=now()) is None


def test_unlocking_forgets_the_failures(engine: Engine) -> None:
    add_person(engine)
    with writing(engine) as connection:
        lock = {"failures": 9, "last_failed_at": now(), "locked_until": now() + timedelta(hours=1)}
        connection.execute(insert(SignInFailure).values(key=failure_key("NODIRA "), **lock))
        unlock(connection, "Nodira", actor="test")
        assert connection.execute(select(SignInFailure.key)).all() == []


def test_unknown_names_are_refused(engine: Engine) -> None:
    with writing(engine) as connection:
        with pytest.raises(AccountError):
            unlock(connection, "nobody", actor="test")
        with pytest.raises(AccountError):
            ngo_id_of(connection, "123456789")


def test_the_failure_key_hides_what_was_typed_and_takes_anything() -> None:
    assert "secret" not in failure_key("secret")
    assert failure_key(" Nodira") == failure_key("nodira")
    assert failure_key("\x00\ud800") != failure_key("\x00")
    assert login_key("ＮＯＤＩＲＡ") == "nodira"
