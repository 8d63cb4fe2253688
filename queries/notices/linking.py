"""Chats are linked: the sender reads the codes that people sent to the bot."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from sqlalchemy import Engine, select, update

from data.database import audit
from data.database.engine import writing
from data.language import N_, Language, Translator
from data.notices.faults import NotSentError, OutcomeUnknownError
from data.notices.telegram import StartMessage, TelegramChannel
from data.schema import Account, NoticeChoice
from queries.notices.choices import ENTITY, secret_hash

LINKED = N_("Notices of Hamkor come to this chat now. To end that, open Notices in Hamkor, or block this bot.")


def link_chats(engine: Engine, telegram: TelegramChannel, *, now: datetime) -> int:
    """Link the chats from which valid codes came, tell them so, and return their number. Raises NotSentError."""
    linked = 0
    for start in telegram.start_messages():
        language = _link(engine, start, now=now)
        if language is None:
            continue
        linked += 1
        # That it did not arrive changes nothing: the page of notices says that the chat is linked.
        with suppress(NotSentError, OutcomeUnknownError):
            telegram.send(start.chat_id, Translator(language)(LINKED))
    return linked


def _link(engine: Engine, start: StartMessage, *, now: datetime) -> Language | None:
    """Link a chat to the account of a code, once; return the account's language, None where the code does not count."""
    is_valid = (
        NoticeChoice.link_code_hash == secret_hash(start.code),
        NoticeChoice.link_code_expires_at > now,
        NoticeChoice.account_id.in_(select(Account.id).where(Account.is_active)),
    )
    values = {"chat_id": start.chat_id, "link_code_hash": None, "link_code_expires_at": None}
    with writing(engine) as connection:
        linked = update(NoticeChoice).where(*is_valid).values(**values).returning(NoticeChoice.account_id)
        account_id = connection.scalar(linked)
        if account_id is None:
            return None
        row = connection.execute(select(Account.login, Account.language_code).where(Account.id == account_id)).one()
        audit.record(
            connection, actor=row.login, action="chosen", entity=ENTITY, entity_id=account_id, after={"telegram": True}
        )
    return Language.parse(row.language_code)
