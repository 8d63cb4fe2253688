"""Sessions of signed-in browsers: started, looked up at every script run, ended.

The browser has a random id in a cookie; the database stores its SHA-256 only, so a copy of the database opens no
session. A session ends when it was idle too long, at its absolute end, when it is revoked, and when its account is
deactivated; the role is read anew each time.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import OperationalError

from data.database import audit
from data.database.engine import reading, writing, writing_at_once
from data.language import Language
from data.policy import Actor
from data.schema import Account, AccountSession
from data.settings import Settings, get_settings
from queries.accounts.actors import actor_columns, actor_of

SESSION_COOKIE = "hamkor_session"
LANGUAGE_COOKIE = "hamkor_lang"
MAXIMUM_TOUCH_INTERVAL = timedelta(minutes=1)
KEPT_AFTER_END = timedelta(days=30)
_ID_BYTES = 32
_MAXIMUM_COOKIE_LENGTH = 200

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class SessionLife:
    """Lifetime of a session: without use, and in any case."""

    idle: timedelta
    absolute: timedelta

    @classmethod
    def from_settings(cls, settings: Settings | None = None) -> SessionLife:
        """Return the lifetimes of the settings."""
        chosen = settings or get_settings()
        return cls(timedelta(minutes=chosen.session_idle_minutes), timedelta(hours=chosen.session_hours))


def session_hash(session_id: str) -> str:
    """Return what the database stores of the id of a session."""
    return hashlib.sha256(session_id.encode("utf-8", "replace")).hexdigest()


def start_session(
    connection: Connection, *, account_id: int, address: str, now: datetime, life: SessionLife | None = None
) -> str:
    """Start a session and return its id for the cookie; sessions of the account that ended long ago are deleted."""
    session_id = secrets.token_urlsafe(_ID_BYTES)
    long_over = (AccountSession.account_id == account_id, AccountSession.expires_at < now - KEPT_AFTER_END)
    connection.execute(delete(AccountSession).where(*long_over))
    connection.execute(
        insert(AccountSession).values(
            id_hash=session_hash(session_id),
            account_id=account_id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + (life or SessionLife.from_settings()).absolute,
            address=address,
        )
    )
    return session_id


def sign_in_account(
    connection: Connection, *, account_id: int, login: str, address: str, old_session_id: str, now: datetime
) -> str:
    """Sign an account in and return the new session id: the old session ends, a new one starts, with an audit entry."""
    if old_session_id:
        revoke_session(connection, old_session_id, now=now)
    session_id = start_session(connection, account_id=account_id, address=address, now=now)
    audit.record(connection, actor=login, action="sign_in", entity="account", entity_id=account_id)
    return session_id


def session_actor(
    engine: Engine, cookie_value: str | None, *, now: datetime, life: SessionLife | None = None
) -> Actor | None:
    """Return the actor of a session cookie; None for no such session, an ended one or a deactivated account.

    The use is stored at most once a minute, and not at all while the database is busy: reading never waits for it.
    """
    if not _may_be_session(cookie_value):
        return None
    chosen = life or SessionLife.from_settings()
    id_hash, idle = session_hash(cookie_value or ""), chosen.idle
    statement = (
        actor_columns()
        .add_columns(AccountSession.last_seen_at)
        .join(AccountSession, AccountSession.account_id == Account.id)
        .where(AccountSession.id_hash == id_hash, *is_open(now, chosen))
    )
    with reading(engine) as connection:
        row = connection.execute(statement).first()
    if row is None:
        return None
    interval = min(MAXIMUM_TOUCH_INTERVAL, idle / 4)
    if row.last_seen_at <= now - interval:
        _note_use(engine, id_hash, now=now, interval=interval)
    return actor_of(row)


def session_language(
    engine: Engine, cookie_value: str | None, *, now: datetime, life: SessionLife | None = None
) -> Language | None:
    """Return the language of the account of a session cookie; None where :func:`session_actor` finds nobody."""
    if not _may_be_session(cookie_value):
        return None
    statement = (
        select(Account.language_code)
        .join(AccountSession, AccountSession.account_id == Account.id)
        .where(Account.is_active, AccountSession.id_hash == session_hash(cookie_value or ""))
        .where(*is_open(now, life or SessionLife.from_settings()))
    )
    with reading(engine) as connection:
        code = connection.scalar(statement)
    return Language.parse(code) if code else None


def is_open(now: datetime, life: SessionLife) -> tuple[ColumnElement[bool], ...]:
    """Return conditions on ``AccountSession``: it was not ended, and neither idle nor open for too long."""
    return (
        AccountSession.revoked_at.is_(None),
        AccountSession.expires_at > now,
        AccountSession.last_seen_at > now - life.idle,
    )


def _may_be_session(cookie_value: str | None) -> bool:
    return bool(cookie_value) and len(cookie_value or "") <= _MAXIMUM_COOKIE_LENGTH


def _note_use(engine: Engine, id_hash: str, *, now: datetime, interval: timedelta) -> None:
    is_due = (AccountSession.id_hash == id_hash, AccountSession.last_seen_at <= now - interval)
    try:
        with writing_at_once(engine) as connection:
            connection.execute(update(AccountSession).where(*is_due).values(last_seen_at=now))
    except OperationalError:
        logger.info("The database is busy: a session's use is noted at its next run")


def revoke_session(connection: Connection, cookie_value: str, *, now: datetime) -> int | None:
    """End the session with this id and return its account's id, or None where no open session has it."""
    is_meant = (AccountSession.id_hash == session_hash(cookie_value), AccountSession.revoked_at.is_(None))
    statement = update(AccountSession).where(*is_meant).values(revoked_at=now).returning(AccountSession.account_id)
    return connection.execute(statement).scalar()


def sign_out(engine: Engine, cookie_value: str, *, now: datetime) -> None:
    """End the session with this id, with an audit entry; does nothing for an unknown or ended one."""
    with writing(engine) as connection:
        account_id = revoke_session(connection, cookie_value, now=now)
        if account_id is None:
            return
        login = connection.execute(select(Account.login).where(Account.id == account_id)).scalar_one()
        audit.record(connection, actor=login, action="sign_out", entity="account", entity_id=account_id)
