"""One's own account: its sessions, password and language. Each change is one transaction with its audit entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection, Engine, select, update

from data.accounts.accounts import AccountError, end_sessions, failure_key, store_password
from data.accounts.passwords import check_strength, hash_password, is_correct
from data.database import audit
from data.database.engine import reading, writing, writing_or_busy
from data.language import N_, DomainError, Language
from data.policy import Action, Actor, ForbiddenError, require
from data.schema import Account
from queries.accounts.actors import require_account
from queries.accounts.administration import open_sessions
from queries.accounts.links import DifferentPasswordsError
from queries.accounts.sessions import session_hash
from queries.accounts.sign_in import FREE_FAILURES_OF_ACCOUNT, count_attempt, forget_failures


class WrongOldPasswordError(DomainError):
    """Raised where the old password is wrong."""

    def __init__(self) -> None:
        super().__init__(N_("The old password is wrong."))


class SamePasswordError(AccountError):
    """Raised where the new password is the old one."""

    def __init__(self) -> None:
        super().__init__(N_("The new password is the old one. Choose another one."))


@dataclass(frozen=True, kw_only=True)
class PasswordChange:
    """What was typed to change one's password."""

    old: str
    new: str
    again: str


def own_sessions(connection: Connection, actor: Actor, *, session_id: str, now: datetime) -> pd.DataFrame:
    """Return the actor's open sessions, the one used last first. Raises ForbiddenError.

    Columns as :func:`queries.accounts.administration.open_sessions`, and is_current: the one with ``session_id``.
    """
    found = open_sessions(connection, _own_id(actor), now=now)
    return found.assign(is_current=found["id_hash"] == session_hash(session_id))


def has_password(connection: Connection, actor: Actor) -> bool:
    """Return whether the actor signs in with a password, too. Raises ForbiddenError."""
    return connection.scalar(select(Account.password_hash).where(Account.id == _own_id(actor))) is not None


def end_own_sessions(engine: Engine, actor: Actor, *, session_id: str, id_hash: str = "") -> int:
    """End one of the actor's sessions, or all but the current one, and return how many have ended.

    ``session_id`` is that of the current one, which goes on. Raises ForbiddenError, BusyError.
    """
    account_id = _own_id(actor)
    with writing_or_busy(engine) as connection:
        require_account(connection, actor)
        number = end_sessions(connection, account_id, kept=session_hash(session_id), only=id_hash)
        if number:
            _record(connection, actor, "end_sessions", account_id, {"sessions": number})
    return number


def change_password(engine: Engine, actor: Actor, change: PasswordChange, *, session_id: str, now: datetime) -> int:
    """Change the actor's password, end its other sessions and its link, and return how many sessions have ended.

    A wrong old password counts as a failed sign-in, so that nobody tries passwords in a session that was left open.
    Raises ForbiddenError, LockedError, WrongOldPasswordError, SamePasswordError, DifferentPasswordsError,
    WeakPasswordError, BusyError.
    """
    account_id, key = _own_id(actor), failure_key(actor.login)
    with writing(engine) as connection:
        count_attempt(connection, {key: FREE_FAILURES_OF_ACCOUNT}, now=now)
    with reading(engine) as connection:
        stored = connection.scalar(select(Account.password_hash).where(Account.id == account_id))
    if not is_correct(change.old, password_hash=stored):
        with writing(engine) as connection:
            _record(connection, actor, "wrong_old_password", account_id)
        raise WrongOldPasswordError
    with writing(engine) as connection:
        forget_failures(connection, [key], now=now)
    check_strength(change.new, login=actor.login)
    if change.new != change.again:
        raise DifferentPasswordsError
    if is_correct(change.new, password_hash=stored):
        raise SamePasswordError
    password_hash = hash_password(change.new)
    with writing_or_busy(engine) as connection:
        require_account(connection, actor)
        # Somebody who set another password meanwhile, by a link, is not overwritten.
        is_unchanged = (Account.id == account_id, Account.password_hash == stored)
        if connection.execute(select(Account.id).where(*is_unchanged).with_for_update()).first() is None:
            raise WrongOldPasswordError
        others = end_sessions(connection, account_id, kept=session_hash(session_id))
        store_password(
            connection,
            account_id,
            password_hash=password_hash,
            login=actor.login,
            kept_session=session_hash(session_id),
        )
        _record(connection, actor, "change_password", account_id, {"sessions": others})
    return others


def store_language(engine: Engine, actor: Actor, language: Language) -> None:
    """Store the language that the actor chose; its next device begins with it. Raises ForbiddenError, BusyError."""
    account_id = _own_id(actor)
    with writing_or_busy(engine) as connection:
        require_account(connection, actor)
        is_other = (Account.id == account_id, Account.language_code != language.value)
        if connection.execute(update(Account).where(*is_other).values(language_code=language.value)).rowcount:
            _record(connection, actor, "choose_language", account_id, {"language_code": language.value})


def _own_id(actor: Actor) -> int:
    require(actor, Action.MANAGE_OWN_ACCOUNT)
    if actor.account_id is None:
        raise ForbiddenError
    return actor.account_id


def _record(
    connection: Connection, actor: Actor, action: str, account_id: int, after: dict[str, str | int] | None = None
) -> None:
    audit.record(connection, actor=actor, action=action, entity="account", entity_id=account_id, after=after)
