"""What each person chose: channels and kinds of notices, and the secret link of the calendar.

Everyone chooses for the own account alone. Codes and links are shown once; the database has their SHA-256 only.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, delete, select, update

from data.codes import NoticeKind
from data.database import audit
from data.database.engine import writing, writing_or_busy
from data.database.upsert import insert_missing
from data.language import Language
from data.policy import Action, Actor, ForbiddenError, require
from data.schema import Account, NoticeChoice, NoticeKindOff
from queries.accounts.actors import require_account

LINK_CODE_LIFE = timedelta(hours=1)
_CODE_BYTES, _TOKEN_BYTES = 24, 32
ENTITY = "notice_choice"


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What an account chose; ``email`` is its address, None where it has none, ``language`` that of its notices."""

    language: Language
    email: str | None
    has_mail: bool
    has_chat: bool
    kinds_off: frozenset[NoticeKind]
    calendar_made_at: datetime | None


def secret_hash(secret: str) -> str:
    """Return what is stored of a code or link."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def own_choices(connection: Connection, actor: Actor) -> Choices:
    """Return what the actor's account chose. Raises ForbiddenError for who has none."""
    require(actor, Action.CHOOSE_NOTICES)
    statement = (
        select(
            Account.email,
            Account.language_code,
            NoticeChoice.has_mail,
            NoticeChoice.chat_id,
            NoticeChoice.calendar_made_at,
        )
        .outerjoin(NoticeChoice, NoticeChoice.account_id == Account.id)
        .where(Account.id == actor.account_id)
    )
    row = connection.execute(statement).one_or_none()
    if row is None:
        raise ForbiddenError
    off = select(NoticeKindOff.kind_code).where(NoticeKindOff.account_id == actor.account_id)
    return Choices(
        language=Language.parse(row.language_code),
        email=row.email,
        has_mail=bool(row.has_mail),
        has_chat=row.chat_id is not None,
        kinds_off=frozenset(NoticeKind(code) for code in connection.scalars(off)),
        calendar_made_at=row.calendar_made_at,
    )


@contextmanager
def _choosing(engine: Engine, actor: Actor) -> Iterator[Connection]:
    """Write transaction of a person who chooses for the own account. Raises ForbiddenError, BusyError."""
    require(actor, Action.CHOOSE_NOTICES)
    if actor.account_id is None:
        raise ForbiddenError
    with writing_or_busy(engine) as connection:
        require_account(connection, actor)
        insert_missing(connection, NoticeChoice, [{"account_id": actor.account_id, "has_mail": False}])
        yield connection


def _change(connection: Connection, actor: Actor, values: dict[str, Any], told: dict[str, Any]) -> None:
    own = update(NoticeChoice).where(NoticeChoice.account_id == actor.account_id)
    connection.execute(own.values(**values))
    audit.record(connection, actor=actor, action="chosen", entity=ENTITY, entity_id=actor.account_id, after=told)


def choose_mail(engine: Engine, actor: Actor, *, has_mail: bool) -> None:
    """Begin or end notices by mail to the address of the account. Raises ForbiddenError, BusyError."""
    with _choosing(engine, actor) as connection:
        _change(connection, actor, {"has_mail": has_mail}, {"mail": has_mail})


def choose_kind(engine: Engine, actor: Actor, kind: NoticeKind, *, is_on: bool) -> None:
    """Switch a kind of notice on or off, on all channels. Raises ForbiddenError, BusyError."""
    with _choosing(engine, actor) as connection:
        row = {"account_id": actor.account_id, "kind_code": kind.value}
        if is_on:
            connection.execute(delete(NoticeKindOff).filter_by(**row))
        else:
            insert_missing(connection, NoticeKindOff, [row])
        audit.record(
            connection,
            actor=actor,
            action="chosen",
            entity=ENTITY,
            entity_id=actor.account_id,
            after={"kind": kind.value, "is_on": is_on},
        )


def make_link_code(engine: Engine, actor: Actor, *, now: datetime) -> str:
    """Return a code that links the chat from which it is sent to the bot, once and within an hour.

    An earlier code counts no more. Raises ForbiddenError, BusyError.
    """
    code = secrets.token_urlsafe(_CODE_BYTES)
    with _choosing(engine, actor) as connection:
        values = {"link_code_hash": secret_hash(code), "link_code_expires_at": now + LINK_CODE_LIFE}
        _change(connection, actor, values, {"telegram_code": True})
    return code


def unlink_chat(engine: Engine, actor: Actor) -> None:
    """End notices by Telegram; a code that was not used counts no more. Raises ForbiddenError, BusyError."""
    with _choosing(engine, actor) as connection:
        values = {"chat_id": None, "link_code_hash": None, "link_code_expires_at": None}
        _change(connection, actor, values, {"telegram": False})


def unlink_blocked(engine: Engine, *, account_id: int, chat_id: int) -> None:
    """Unlink a chat in which the bot was blocked, unless another one was linked meanwhile."""
    with writing(engine) as connection:
        own = (NoticeChoice.account_id == account_id, NoticeChoice.chat_id == chat_id)
        if connection.execute(update(NoticeChoice).where(*own).values(chat_id=None)).rowcount:
            told = {"telegram": False, "is_blocked": True}
            audit.record(connection, actor="notices", action="chosen", entity=ENTITY, entity_id=account_id, after=told)


def make_calendar_link(engine: Engine, actor: Actor, *, now: datetime) -> str:
    """Return the secret of a new calendar link; the one before opens nothing more. Raises ForbiddenError, BusyError."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    with _choosing(engine, actor) as connection:
        values = {"calendar_hash": secret_hash(token), "calendar_made_at": now}
        _change(connection, actor, values, {"calendar": True})
    return token


def revoke_calendar_link(engine: Engine, actor: Actor) -> None:
    """End the calendar link. Raises ForbiddenError, BusyError."""
    with _choosing(engine, actor) as connection:
        _change(connection, actor, {"calendar_hash": None, "calendar_made_at": None}, {"calendar": False})
