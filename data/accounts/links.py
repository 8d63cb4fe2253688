"""Links by which a person sets the password of an account: made, and ended.

A link works once and for some days. The database stores the SHA-256 of its token only, so a copy of the database opens
no account.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, update

from data.schema import AccountLink
from data.settings import get_settings

KEPT_AFTER_END = timedelta(days=90)
_TOKEN_BYTES = 32


def token_hash(token: str) -> str:
    """Return what the database stores of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def make_link(connection: Connection, account_id: int, *, now: datetime) -> tuple[str, datetime]:
    """Make a link for an account and return its token and its last moment; an older link ends.

    Links that ended long ago are deleted: whoever opens one is told that there is none.
    """
    end_links(connection, account_id, now=now)
    is_old = (AccountLink.account_id == account_id, AccountLink.expires_at < now - KEPT_AFTER_END)
    connection.execute(delete(AccountLink).where(*is_old))
    token, expires_at = secrets.token_urlsafe(_TOKEN_BYTES), now + timedelta(days=get_settings().invitation_days)
    values = {"token_hash": token_hash(token), "account_id": account_id, "created_at": now, "expires_at": expires_at}
    connection.execute(insert(AccountLink).values(**values))
    return token, expires_at


def end_links(connection: Connection, account_id: int, *, now: datetime) -> None:
    """End the links of an account that were not used."""
    is_open = (AccountLink.account_id == account_id, AccountLink.ended_at.is_(None))
    connection.execute(update(AccountLink).where(*is_open).values(ended_at=now))
