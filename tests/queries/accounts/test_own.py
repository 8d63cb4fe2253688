"""One's own account: the old password is asked, others' sessions stay, and nobody reaches into another account."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from data.accounts.accounts import AccountError
from data.accounts.passwords import WeakPasswordError
from data.database.engine import reading, writing
from data.dates import clock
from data.language import Language
from data.policy import Actor, ForbiddenError, Role
from data.schema import Account, AccountLink, AuditEntry
from queries.accounts.administration import renew_link
from queries.accounts.own import (
    PasswordChange,
    SamePasswordError,
    WrongOldPasswordError,
    change_password,
    end_own_sessions,
    has_password,
    own_sessions,
    store_language,
)
from queries.accounts.sessions import session_actor, session_hash, start_session
from queries.accounts.sign_in import FREE_FAILURES_OF_ACCOUNT, LockedError, SignInAttempt, sign_in
from tests.people import PASSWORD, add_person

NEW = "Sakkiz-Dengiz-82"


def person(engine: Engine, login: str = "Nodira") -> Actor:
    return Actor(Role.NATIONAL, account_id=add_person(engine, login), login=login)


def start(engine: Engine, actor: Actor) -> str:
    with writing(engine) as connection:
        return start_session(connection, account_id=actor.account_id or 0, address="192.0.2.1", now=clock.now())


def change(engine: Engine, actor: Actor, *, old: str = PASSWORD, new: str = NEW, again: str = "") -> int:
    typed = PasswordChange(old=old, new=new, again=again or new)
    return change_password(engine, actor, typed, session_id="current", now=clock.now())


def can_sign_in(engine: Engine, password: str) -> bool:
    attempt = SignInAttempt(login="nodira", password=password, address="192.0.2.1")
    return bool(sign_in(engine, attempt, now=clock.now()).session_id)


def test_what_will_not_do_is_told_and_changes_nothing(engine: Engine) -> None:
    actor = person(engine)
    for typed, error in (
        ({"old": "wrong"}, WrongOldPasswordError),
        ({"new": "short"}, WeakPasswordError),
        ({"new": "nodira-2026"}, WeakPasswordError),
        ({"again": "other"}, AccountError),
        ({"new": PASSWORD}, SamePasswordError),
    ):
        with pytest.raises(error):
            change(engine, actor, **typed)
    assert can_sign_in(engine, PASSWORD)


def test_wrong_old_passwords_count_as_failed_sign_ins(engine: Engine) -> None:
    actor = person(engine)
    for _ in range(FREE_FAILURES_OF_ACCOUNT):
        with pytest.raises(WrongOldPasswordError):
            change(engine, actor, old="wrong")
    with pytest.raises(LockedError):
        change(engine, actor)
    with pytest.raises(LockedError):
        can_sign_in(engine, PASSWORD)
    with reading(engine) as connection:
        codes = connection.scalars(select(AuditEntry.action_code)).all()
    assert codes.count("wrong_old_password") == FREE_FAILURES_OF_ACCOUNT


def test_a_new_password_ends_other_sessions_and_an_open_link_and_no_session_of_others(engine: Engine) -> None:
    actor, other = person(engine), person(engine, "Zebo")
    here, elsewhere, theirs = start(engine, actor), start(engine, actor), start(engine, other)
    renew_link(engine, Actor(Role.ADMIN), account_id=actor.account_id or 0, now=clock.now())
    typed = PasswordChange(old=PASSWORD, new=NEW, again=NEW)
    assert change_password(engine, actor, typed, session_id=here, now=clock.now()) == 1
    alive = [session_actor(engine, each, now=clock.now()) is not None for each in (here, elsewhere, theirs)]
    assert alive == [True, False, True]
    with reading(engine) as connection:
        assert connection.execute(select(AccountLink).where(AccountLink.ended_at.is_(None))).all() == []
    assert can_sign_in(engine, NEW)


def test_one_ends_only_the_own_other_sessions(engine: Engine) -> None:
    actor, other = person(engine), person(engine, "Zebo")
    here, elsewhere, theirs = start(engine, actor), start(engine, actor), start(engine, other)
    assert end_own_sessions(engine, actor, session_id=here, id_hash=session_hash(theirs)) == 0
    assert end_own_sessions(engine, actor, session_id=here, id_hash=session_hash(here)) == 0
    with reading(engine) as connection:
        found = own_sessions(connection, actor, session_id=here, now=clock.now())
        assert has_password(connection, actor)
    assert sorted(found["is_current"]) == [False, True]
    assert end_own_sessions(engine, actor, session_id=here) == 1
    assert session_actor(engine, elsewhere, now=clock.now()) is None


def test_a_language_is_stored_once_and_audited(engine: Engine) -> None:
    actor = person(engine)
    for _ in range(2):
        store_language(engine, actor, Language.RU)
    with reading(engine) as connection:
        assert connection.execute(select(Account.language_code)).scalar_one() == "ru"
        codes = connection.scalars(select(AuditEntry.action_code)).all()
    assert codes.count("choose_language") == 1


def test_a_visitor_and_a_deactivated_account_change_nothing(engine: Engine) -> None:
    gone = Actor(Role.NATIONAL, account_id=999, login="gone")
    for actor in (Actor.visitor(), gone, Actor(Role.NATIONAL)):
        with pytest.raises(ForbiddenError):
            store_language(engine, actor, Language.RU)
        with pytest.raises(ForbiddenError):
            end_own_sessions(engine, actor, session_id="")
