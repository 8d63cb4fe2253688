"""Accounts are administered by administrators alone, audited, and one administrator is always left."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, select, update

from data.accounts.accounts import AccountError, NewAccount
from data.accounts.links import KEPT_AFTER_END
from data.database.engine import reading, writing
from data.dates import clock
from data.language import DomainError
from data.policy import Actor, ForbiddenError, Role
from data.schema import Account, AccountLink, AuditEntry
from data.texts.personal_data import PersonalDataError
from queries.accounts.administration import (
    AccountDetails,
    LastAdministratorError,
    OutdatedAccountError,
    OwnAccountError,
    correct_rights,
    deactivate,
    end_account_sessions,
    find_account,
    find_ngos,
    invite,
    list_accounts,
    reactivate,
    renew_link,
    sessions_of,
)
from queries.accounts.sessions import session_actor, start_session
from tests.people import DISTRICT, add_person

ROOT = Actor(Role.ADMIN, login="root")


def actor(engine: Engine, login: str = "admin") -> Actor:
    """Add an administrator and return it."""
    return Actor(Role.ADMIN, account_id=add_person(engine, login, role=Role.ADMIN), login=login)


def details(engine: Engine, account_id: int) -> AccountDetails:
    with reading(engine) as connection:
        return find_account(connection, ROOT, account_id=account_id)


def switch_off(engine: Engine, by: Actor, account_id: int) -> str:
    """Return the name of the error, "" for none."""
    version = details(engine, account_id).version
    try:
        deactivate(engine, by, account_id=account_id, version=version, reason="Left", now=clock.now())
    except DomainError as error:
        return type(error).__name__
    return ""


def test_nobody_else_reads_or_writes_accounts(engine: Engine) -> None:
    account_id = add_person(engine)
    nobody = NewAccount(login="x", role=Role.NATIONAL)
    now, about = clock.now(), {"account_id": account_id}
    writes: list[Callable[[Actor], object]] = [
        lambda by: invite(engine, by, nobody, now=now),
        lambda by: renew_link(engine, by, now=now, **about),
        lambda by: correct_rights(engine, by, version=1, wanted=nobody, **about),
        lambda by: deactivate(engine, by, version=1, reason="x", now=now, **about),
        lambda by: reactivate(engine, by, version=1, **about),
        lambda by: end_account_sessions(engine, by, account_id=account_id, session_id=""),
    ]
    with reading(engine) as connection:
        reads: list[Callable[[Actor], object]] = [
            lambda by: list_accounts(connection, by, limit=1),
            lambda by: find_account(connection, by, **about),
            lambda by: sessions_of(connection, by, now=now, **about),
            lambda by: find_ngos(connection, by, text="a"),
        ]
        for role in (role for role in Role if role is not Role.ADMIN):
            for call in (*reads, *writes):
                with pytest.raises(ForbiddenError):
                    call(Actor(role, region_soato="1703", district_soato=DISTRICT, ngo_id=1))
    former = Actor(Role.ADMIN, account_id=account_id, login="nodira")
    for call in writes:
        with pytest.raises(ForbiddenError):
            call(former)


def test_an_invited_account_signs_in_with_nothing_but_its_link(engine: Engine) -> None:
    link = invite(engine, actor(engine), NewAccount(login="Zebo", role=Role.NATIONAL), now=clock.now())
    assert len(link.token) >= 43
    assert timedelta(days=6) < link.expires_at - clock.now() <= timedelta(days=7)
    assert details(engine, link.account_id).state.value == "invited"
    with reading(engine) as connection:
        entries = connection.execute(
            select(AuditEntry.actor, AuditEntry.action_code).where(AuditEntry.entity_id == str(link.account_id))
        ).all()
    assert {("admin", "add"), ("admin", "make_link")} <= set(entries)


def test_an_invited_account_that_is_reactivated_is_still_one_without_a_password(engine: Engine) -> None:
    admin = actor(engine)
    link = invite(engine, admin, NewAccount(login="Zebo", role=Role.NATIONAL), now=clock.now())
    for change in (partial(deactivate, reason="taʼtil", now=clock.now()), reactivate):
        version = details(engine, link.account_id).version
        change(engine, admin, account_id=link.account_id, version=version)
    assert details(engine, link.account_id).state.value == "invited"


def test_old_links_are_forgotten_and_only_one_is_open(engine: Engine) -> None:
    account_id = add_person(engine)
    for _ in range(3):
        renew_link(engine, ROOT, account_id=account_id, now=clock.now())
    with writing(engine) as connection:
        assert len(connection.execute(select(AccountLink).where(AccountLink.ended_at.is_(None))).all()) == 1
        connection.execute(update(AccountLink).values(expires_at=clock.now() - KEPT_AFTER_END - timedelta(days=1)))
    renew_link(engine, ROOT, account_id=account_id, now=clock.now())
    with reading(engine) as connection:
        assert len(connection.execute(select(AccountLink)).all()) == 1


@pytest.mark.both_databases
def test_one_administrator_who_can_sign_in_is_left(engine: Engine) -> None:
    first = actor(engine)
    assert first.account_id is not None
    assert switch_off(engine, first, first.account_id) == OwnAccountError.__name__
    assert switch_off(engine, ROOT, first.account_id) == LastAdministratorError.__name__
    invite(engine, first, NewAccount(login="invited", role=Role.ADMIN), now=clock.now())
    assert switch_off(engine, ROOT, first.account_id) == LastAdministratorError.__name__
    wanted = NewAccount(login="", role=Role.NATIONAL)
    for by, error in ((first, OwnAccountError), (ROOT, LastAdministratorError)):
        with pytest.raises(error):
            correct_rights(engine, by, account_id=first.account_id, version=1, wanted=wanted)
    second = actor(engine, "second")
    assert switch_off(engine, second, first.account_id) == ""


@pytest.mark.both_databases
def test_of_two_administrators_who_switch_each_other_off_one_stays(engine: Engine) -> None:
    both = [actor(engine, "one"), actor(engine, "two")]
    pairs = [(both[0], both[1].account_id or 0), (both[1], both[0].account_id or 0)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda pair: switch_off(engine, *pair), pairs))
    assert answers.count("") == 1
    with reading(engine) as connection:
        assert len(connection.execute(select(Account.id).where(Account.is_active)).all()) == 1


def test_a_change_on_an_old_version_is_refused_and_nothing_changes(engine: Engine) -> None:
    account_id = add_person(engine)
    wanted = NewAccount(login="", role=Role.DISTRICT, district_soato=DISTRICT)
    correct_rights(engine, ROOT, account_id=account_id, version=1, wanted=wanted)
    correct_rights(engine, ROOT, account_id=account_id, version=2, wanted=wanted)
    assert details(engine, account_id).version == 2, "the same values change nothing"
    national = NewAccount(login="", role=Role.NATIONAL)
    with pytest.raises(OutdatedAccountError):
        correct_rights(engine, ROOT, account_id=account_id, version=1, wanted=national)
    with pytest.raises(OutdatedAccountError):
        deactivate(engine, ROOT, account_id=account_id, version=1, reason="x", now=clock.now())
    with pytest.raises(OutdatedAccountError):
        reactivate(engine, ROOT, account_id=account_id, version=1)
    found = details(engine, account_id)
    assert (found.role, found.district_soato, found.state.value) == (Role.DISTRICT, DISTRICT, "active")
    with reading(engine) as connection:
        entry = connection.execute(select(AuditEntry).where(AuditEntry.action_code == "correct")).one()
    assert (entry.before["role_code"], entry.after["district_soato"]) == ("national", DISTRICT)


def test_a_place_that_the_role_does_not_act_in_is_refused(engine: Engine) -> None:
    account_id = add_person(engine)
    for wanted in (
        NewAccount(login="", role=Role.REGIONAL),
        NewAccount(login="", role=Role.NATIONAL, district_soato=DISTRICT),
        NewAccount(login="", role=Role.NGO, ngo_id=99),
        NewAccount(login="", role=Role.PUBLIC),
    ):
        with pytest.raises(AccountError):
            correct_rights(engine, ROOT, account_id=account_id, version=1, wanted=wanted)


def test_a_reason_names_no_person(engine: Engine) -> None:
    account_id = add_person(engine)
    for reason, error in (("AA1234567", PersonalDataError), (" ", DomainError), ("x" * 501, DomainError)):
        with pytest.raises(error):
            deactivate(engine, ROOT, account_id=account_id, version=1, reason=reason, now=clock.now())


def test_sessions_are_ended_but_for_the_current_one_of_the_administrator(engine: Engine) -> None:
    admin = actor(engine)
    assert admin.account_id is not None
    with writing(engine) as connection:
        ids = [
            start_session(connection, account_id=admin.account_id, address="192.0.2.1", now=clock.now())
            for _ in range(3)
        ]
    with reading(engine) as connection:
        found = sessions_of(connection, admin, account_id=admin.account_id, now=clock.now())
    assert len(found) == 3
    assert end_account_sessions(engine, admin, account_id=admin.account_id, session_id=ids[0]) == 2
    assert [session_actor(engine, each, now=clock.now()) is not None for each in ids] == [True, False, False]
