"""Links by which a person sets the password of an account: opened as often as one likes, used once.

Whoever has the token of a link may set the password, so nothing but the link is asked for. What is told of a link that
does not work says nothing of accounts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, Row, select, update

from data.accounts.accounts import AccountError, store_password
from data.accounts.links import token_hash
from data.accounts.passwords import check_strength, hash_password
from data.database import audit
from data.database.engine import writing, writing_or_busy
from data.language import N_, DomainError, Language
from data.schema import Account, AccountLink
from queries.accounts.sessions import sign_in_account
from queries.accounts.sign_in import FREE_FAILURES_OF_ADDRESS, SignedIn, address_range, count_attempt, take_back

MAXIMUM_TOKEN_LENGTH = 200


class NoLinkError(DomainError):
    """Raised where there is no such link."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This link is not complete, or was never made. Copy the whole of it, or ask the administrator who "
                "sent it for a new one."
            )
        )


class UsedLinkError(DomainError):
    """Raised for a link with which a password was set."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This link was used already: a password was set with it. Sign in with that password. If it was not "
                "you, tell the administrator at once."
            )
        )


class EndedLinkError(DomainError):
    """Raised for a link that another one, another password or a deactivation took the place of."""

    def __init__(self) -> None:
        super().__init__(
            N_("This link works no more. Use the newest one that you got, or ask the administrator who sent it.")
        )


class ExpiredLinkError(DomainError):
    """Raised for a link whose days are over."""

    def __init__(self) -> None:
        super().__init__(N_("The time of this link is over. Ask the administrator who sent it for a new one."))


class DifferentPasswordsError(AccountError):
    """Raised where the password was typed in two ways."""

    def __init__(self) -> None:
        super().__init__(N_("The two passwords differ."))


@dataclass(frozen=True, kw_only=True)
class LinkVisit:
    """Someone who opened a link, and the address where it was opened."""

    token: str
    address: str

    @property
    def limit_key(self) -> str:
        """Key under which links that do not work are counted, apart from failed sign-ins."""
        return f"link:{address_range(self.address)}"


@dataclass(frozen=True, kw_only=True)
class OpenedLink:
    """Account of a link that works; ``is_first``: it has no password yet."""

    account_id: int
    login: str
    is_first: bool


@dataclass(frozen=True, kw_only=True)
class NewPassword:
    """What was typed to set a password, the browser's old session cookie, and the language that was chosen, if any."""

    password: str
    again: str
    old_session_id: str = ""
    language: Language | None = None


def open_link(engine: Engine, visit: LinkVisit, *, now: datetime) -> OpenedLink:
    """Return whose password a link sets; it is not used up by that.

    Raises LockedError, NoLinkError, UsedLinkError, EndedLinkError, ExpiredLinkError.
    """
    with writing(engine) as connection:
        count_attempt(connection, {visit.limit_key: FREE_FAILURES_OF_ADDRESS}, now=now)
        try:
            row = _working_link(connection, visit.token, now=now)
        except DomainError as error:
            # Raised below, so that the attempt stays counted.
            fault = error
        else:
            take_back(connection, visit.limit_key)
            return OpenedLink(account_id=row.id, login=row.login, is_first=row.password_hash is None)
    raise fault


def use_link(engine: Engine, visit: LinkVisit, opened: OpenedLink, typed: NewPassword, *, now: datetime) -> SignedIn:
    """Set the password of the account of a link, end all its sessions, and sign the person in; once.

    ``opened`` is what :func:`open_link` returned for it. Raises DifferentPasswordsError, WeakPasswordError, BusyError,
    after which the link works on, UsedLinkError, EndedLinkError, ExpiredLinkError.
    """
    check_strength(typed.password, login=opened.login)
    if typed.password != typed.again:
        raise DifferentPasswordsError
    password_hash = hash_password(typed.password)
    with writing_or_busy(engine) as connection:
        link = AccountLink.token_hash == token_hash(visit.token)
        is_open = (link, AccountLink.ended_at.is_(None), AccountLink.expires_at > now)
        used = connection.execute(update(AccountLink).where(*is_open).values(ended_at=now, is_used=True))
        if not used.rowcount:
            # Someone was first: the row says who.
            _working_link(connection, visit.token, now=now)
            raise EndedLinkError
        row = connection.execute(
            select(Account.login, Account.language_code, Account.is_active)
            .where(Account.id == opened.account_id)
            .with_for_update()
        ).one()
        if not row.is_active:
            raise EndedLinkError
        store_password(connection, opened.account_id, password_hash=password_hash, login=row.login)
        language = typed.language or Language.parse(row.language_code)
        is_it = Account.id == opened.account_id
        connection.execute(update(Account).where(is_it).values(language_code=language.value))
        audit.record(
            connection, actor=row.login, action="set_password_by_link", entity="account", entity_id=opened.account_id
        )
        session_id = sign_in_account(
            connection,
            account_id=opened.account_id,
            login=row.login,
            address=visit.address,
            old_session_id=typed.old_session_id,
            now=now,
        )
    return SignedIn(session_id, language)


def _working_link(connection: Connection, token: str, *, now: datetime) -> Row[tuple[int, str, str | None]]:
    """Return id, login and password hash of the account of a link. Raises what is wrong with the link."""
    columns = (Account.id, Account.login, Account.password_hash)
    if not token or len(token) > MAXIMUM_TOKEN_LENGTH:
        raise NoLinkError
    statement = (
        select(*columns, Account.is_active, AccountLink.expires_at, AccountLink.ended_at, AccountLink.is_used)
        .join(AccountLink, AccountLink.account_id == Account.id)
        .where(AccountLink.token_hash == token_hash(token))
    )
    row = connection.execute(statement).one_or_none()
    if row is None:
        raise NoLinkError
    if row.is_used:
        raise UsedLinkError
    if row.ended_at is not None or not row.is_active:
        raise EndedLinkError
    if row.expires_at <= now:
        raise ExpiredLinkError
    return row  # type: ignore[return-value]
