"""Accounts as the administrator sees and changes them. Each change is one transaction with its audit entry.

Nobody locks itself out: an administrator changes neither role nor state of its own account, and one who can sign in is
always left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, and_, case, exists, func, or_, select, update

from data.accounts.accounts import NewAccount, add_account, check_place, end_sessions
from data.accounts.links import end_links, make_link
from data.codes import Labelled
from data.database import audit
from data.database.engine import writing_or_busy
from data.language import N_, DomainError, Language
from data.policy import Action, Actor, Role, Scope, ScopeKind, require, roles_with
from data.schema import Account, AccountLink, AccountSession, AuditEntry, District, Ngo
from data.texts.personal_data import refuse_personal_data
from data.texts.search_keys import search_key
from queries.accounts.actors import require_account
from queries.accounts.sessions import SessionLife, is_open, session_hash
from queries.frames import read_frame

LONGEST_REASON = 500
MOST_SESSIONS = 50
MOST_FOUND = 200


class AccountState(Labelled):
    """State of an account; ``INVITED``: nobody has set its password yet."""

    INVITED = "invited", N_("Invited")
    ACTIVE = "active", N_("In use")
    DEACTIVATED = "deactivated", N_("Deactivated")


class AuditedAction(StrEnum):
    """Actions on an account as the audit log has them."""

    CORRECT = "correct"
    DEACTIVATE = "disable"
    REACTIVATE = "enable"
    MAKE_LINK = "make_link"
    END_SESSIONS = "end_sessions"


class NoAccountError(DomainError):
    """Raised where there is no such account."""

    def __init__(self) -> None:
        super().__init__(N_("There is no such account."))


class OutdatedAccountError(DomainError):
    """Raised where someone else changed the account since it was shown."""

    def __init__(self) -> None:
        super().__init__(N_("Someone else has changed this account meanwhile. Look at it again, then decide."))


class OwnAccountError(DomainError):
    """Raised where an administrator would take its own rights away."""

    def __init__(self) -> None:
        super().__init__(N_("This is your own account. Another administrator changes its role or deactivates it."))


class LastAdministratorError(DomainError):
    """Raised where no administrator who can sign in would be left."""

    def __init__(self) -> None:
        super().__init__(
            N_("This is the last administrator who can sign in. Invite another one first, who sets a password.")
        )


class NoReasonError(DomainError):
    """Raised for a deactivation without a reason."""

    def __init__(self) -> None:
        super().__init__(N_("Say why the account is deactivated."))


class LongReasonError(DomainError):
    """Raised for a reason that is too long."""

    def __init__(self) -> None:
        super().__init__(N_("The reason may have at most {maximum} characters."), maximum=LONGEST_REASON)


class DeactivatedAccountError(DomainError):
    """Raised for a link to an account that is deactivated."""

    def __init__(self) -> None:
        super().__init__(N_("The account is deactivated. Reactivate it first."))


@dataclass(frozen=True, kw_only=True)
class NewLink:
    """Link to an account: its token, which nobody can read again, its last moment, and the account's language."""

    account_id: int
    login: str
    token: str
    expires_at: datetime
    language: Language


@dataclass(frozen=True, kw_only=True)
class AccountPage:
    """Page of the list of accounts, see :func:`list_accounts`, and the number of accounts on all pages."""

    frame: pd.DataFrame
    total: int


@dataclass(frozen=True, kw_only=True)
class AccountDetails:
    """An account: who it is, what it may do, and its state. ``link_expires_at``: of a link that works or has expired.

    ``reason`` is that of the last deactivation, "" for an account in use.
    """

    account_id: int
    version: int
    login: str
    email: str
    role: Role
    region_soato: str | None
    district_soato: str | None
    ngo_id: int | None
    ngo_name: str
    state: AccountState
    has_password: bool
    created_at: datetime
    last_seen_at: datetime | None
    link_expires_at: datetime | None
    reason: str = ""

    @property
    def rights(self) -> NewAccount:
        """Role and place."""
        return NewAccount(
            login=self.login,
            role=self.role,
            region_soato=self.region_soato,
            district_soato=self.district_soato,
            ngo_id=self.ngo_id,
        )


def _has_link() -> ColumnElement[bool]:
    return exists().where(AccountLink.account_id == Account.id).correlate(Account)


def _state() -> ColumnElement[str]:
    """Return the state of an account as a column."""
    is_invited = and_(Account.password_hash.is_(None), _has_link())
    return case(
        (Account.is_active.is_(False), AccountState.DEACTIVATED.value),
        (is_invited, AccountState.INVITED.value),
        else_=AccountState.ACTIVE.value,
    )


def _accounts() -> Select[*tuple[Any, ...]]:
    """Select the accounts with their state; an account of a district or an NGO gets the region too."""
    seen = (
        select(func.max(AccountSession.last_seen_at))
        .where(AccountSession.account_id == Account.id)
        .correlate(Account)
        .scalar_subquery()
    )
    return (
        select(
            Account.id.label("account_id"),
            Account.version,
            Account.login,
            Account.email,
            Account.role_code,
            Account.region_soato,
            Account.district_soato,
            Account.ngo_id,
            Ngo.name.label("ngo_name"),
            _state().label("state_code"),
            seen.label("last_seen_at"),
            Account.created_at,
            Account.password_hash.is_not(None).label("has_password"),
        )
        .outerjoin(Ngo, Ngo.id == Account.ngo_id)
        .outerjoin(District, District.soato == func.coalesce(Account.district_soato, Ngo.district_soato))
    )


def list_accounts(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope | None = None,
    search: str = "",
    role: Role | None = None,
    state: AccountState | None = None,
    limit: int,
    offset: int = 0,
) -> AccountPage:
    """Return a page of the accounts by login. Raises ForbiddenError.

    Columns: account_id, version, login, email, role_code, region_soato, district_soato, ngo_id, ngo_name, state_code,
    last_seen_at (UTC; None: never, or long ago), created_at, has_password. ``scope`` is the area whose own accounts,
    districts' and NGOs' are listed; ``search`` a part of a login, an e-mail address or an NGO's name.
    """
    require(actor, Action.MANAGE_ACCOUNTS)
    statement = _accounts().where(*_conditions(scope, search, role))
    if state is not None:
        statement = statement.where(_state() == state.value)
    total = connection.execute(select(func.count()).select_from(statement.subquery())).scalar_one()
    page = statement.order_by(Account.login_key).limit(limit).offset(offset)
    return AccountPage(frame=read_frame(connection, page), total=total)


def _conditions(scope: Scope | None, search: str, role: Role | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if role is not None:
        found.append(Account.role_code == role.value)
    if scope is not None and scope.kind is ScopeKind.REGION:
        found.append(func.coalesce(Account.region_soato, District.region_soato) == scope.code)
    elif scope is not None and scope.kind is ScopeKind.DISTRICT:
        found.append(District.soato == scope.code)
    if search.strip():
        text = search.strip().casefold()
        columns = (Account.login_key, Account.email, func.lower(Ngo.name))
        found.append(or_(*(column.contains(text, autoescape=True) for column in columns)))
    return found


def find_account(connection: Connection, actor: Actor, *, account_id: int) -> AccountDetails:
    """Return an account. Raises ForbiddenError, NoAccountError."""
    require(actor, Action.MANAGE_ACCOUNTS)
    row = connection.execute(_accounts().where(Account.id == account_id)).one_or_none()
    if row is None:
        raise NoAccountError
    link = select(func.max(AccountLink.expires_at)).where(
        AccountLink.account_id == account_id, AccountLink.ended_at.is_(None)
    )
    state = AccountState(row.state_code)
    why = (
        select(AuditEntry.reason)
        .where(AuditEntry.entity == "account", AuditEntry.entity_id == str(account_id))
        .where(AuditEntry.action_code == AuditedAction.DEACTIVATE.value)
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    return AccountDetails(
        account_id=row.account_id,
        version=row.version,
        login=row.login,
        email=row.email or "",
        role=Role(row.role_code),
        region_soato=row.region_soato,
        district_soato=row.district_soato,
        ngo_id=row.ngo_id,
        ngo_name=row.ngo_name or "",
        state=state,
        has_password=bool(row.has_password),
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        link_expires_at=connection.scalar(link),
        reason=(connection.scalar(why) or "") if state is AccountState.DEACTIVATED else "",
    )


def open_sessions(connection: Connection, account_id: int, *, now: datetime) -> pd.DataFrame:
    """Return one row an open session of an account, the one used last first; who may see them is asked elsewhere.

    Columns: id_hash, created_at, last_seen_at (UTC), address ("": unknown).
    """
    columns = (AccountSession.id_hash, AccountSession.created_at, AccountSession.last_seen_at, AccountSession.address)
    statement = select(*columns).where(
        AccountSession.account_id == account_id, *is_open(now, SessionLife.from_settings())
    )
    return read_frame(connection, statement.order_by(AccountSession.last_seen_at.desc()).limit(MOST_SESSIONS))


def sessions_of(connection: Connection, actor: Actor, *, account_id: int, now: datetime) -> pd.DataFrame:
    """Return the open sessions of any account as :func:`open_sessions` does. Raises ForbiddenError."""
    require(actor, Action.MANAGE_ACCOUNTS)
    return open_sessions(connection, account_id, now=now)


def find_ngos(connection: Connection, actor: Actor, *, text: str, limit: int = MOST_FOUND) -> dict[int, str]:
    """Return active NGOs whose name (in any script) or STIR contains a text, with their STIR, by id.

    One that is called exactly so, or whose STIR it is, comes alone. Raises ForbiddenError.
    """
    require(actor, Action.MANAGE_ACCOUNTS)
    key = search_key(text)
    if not key:
        return {}
    rows = connection.execute(select(Ngo.id, Ngo.name, Ngo.stir).where(Ngo.is_active).order_by(Ngo.name)).all()
    exact = [row for row in rows if key in {row.stir, search_key(row.name)}]
    found = exact if len(exact) == 1 else [row for row in rows if key in row.stir or key in search_key(row.name)]
    return {row.id: f"{row.name} · {row.stir}" for row in found[:limit]}


def invite(engine: Engine, actor: Actor, account: NewAccount, *, now: datetime) -> NewLink:
    """Make an account without a password, and the link by which its person sets one.

    Raises ForbiddenError, AccountError, BusyError.
    """
    require(actor, Action.MANAGE_ACCOUNTS)
    with writing_or_busy(engine) as connection:
        require_account(connection, actor)
        account_id = add_account(connection, account, password=None, actor=actor)
        login, language = account.login.strip(), account.language
        return _make_link(connection, actor, account_id, login=login, language=language, now=now)


def renew_link(engine: Engine, actor: Actor, *, account_id: int, now: datetime) -> NewLink:
    """Make a new link to an account, by which its person sets a password; an older link ends.

    Raises ForbiddenError, NoAccountError, DeactivatedAccountError, BusyError.
    """
    require(actor, Action.MANAGE_ACCOUNTS)
    with writing_or_busy(engine) as connection:
        require_account(connection, actor)
        row = _locked(connection, account_id)
        if not row.is_active:
            raise DeactivatedAccountError
        language = Language.parse(row.language_code)
        return _make_link(connection, actor, account_id, login=row.login, language=language, now=now)


def _make_link(
    connection: Connection, actor: Actor, account_id: int, *, login: str, language: Language, now: datetime
) -> NewLink:
    token, expires_at = make_link(connection, account_id, now=now)
    _record(connection, actor, AuditedAction.MAKE_LINK, account_id, after={"expires_at": expires_at})
    return NewLink(account_id=account_id, login=login, token=token, expires_at=expires_at, language=language)


def correct_rights(engine: Engine, actor: Actor, *, account_id: int, version: int, wanted: NewAccount) -> None:
    """Give an account another role or place; the same ones change nothing.

    Raises ForbiddenError, NoAccountError, OutdatedAccountError, OwnAccountError, LastAdministratorError, AccountError,
    BusyError.
    """
    require(actor, Action.MANAGE_ACCOUNTS)
    with writing_or_busy(engine) as connection:
        administrators = _locked_administrators(connection)
        require_account(connection, actor)
        row = _locked(connection, account_id, version=version)
        check_place(connection, replace(wanted, login=row.login))
        before = {column: getattr(row, column) for column in wanted.rights}
        after = wanted.rights
        if before == after:
            return
        if before["role_code"] != after["role_code"]:
            _refuse_lockout(actor, row, administrators)
        _change(connection, account_id, after)
        _record(connection, actor, AuditedAction.CORRECT, account_id, before=before, after=after)


def deactivate(engine: Engine, actor: Actor, *, account_id: int, version: int, reason: str, now: datetime) -> None:
    """Deactivate an account for a reason: its sessions and its link end. A deactivated one stays as it is.

    Raises as :func:`correct_rights`, and NoReasonError, LongReasonError, PersonalDataError.
    """
    require(actor, Action.MANAGE_ACCOUNTS)
    text = " ".join(reason.split())
    if not text:
        raise NoReasonError
    if len(text) > LONGEST_REASON:
        raise LongReasonError
    refuse_personal_data(text)
    with writing_or_busy(engine) as connection:
        administrators = _locked_administrators(connection)
        require_account(connection, actor)
        row = _locked(connection, account_id, version=version)
        if not row.is_active:
            return
        _refuse_lockout(actor, row, administrators)
        _change(connection, account_id, {"is_active": False})
        # The link first: whoever is using it just now has either no session yet, or one that ends below.
        end_links(connection, account_id, now=now)
        end_sessions(connection, account_id)
        _record(
            connection,
            actor,
            AuditedAction.DEACTIVATE,
            account_id,
            before={"is_active": True},
            after={"is_active": False},
            reason=text,
        )


def reactivate(engine: Engine, actor: Actor, *, account_id: int, version: int) -> None:
    """Activate an account again, with the password that it had. An active one stays as it is.

    Raises ForbiddenError, NoAccountError, OutdatedAccountError, BusyError.
    """
    require(actor, Action.MANAGE_ACCOUNTS)
    with writing_or_busy(engine) as connection:
        require_account(connection, actor)
        row = _locked(connection, account_id, version=version)
        if row.is_active:
            return
        _change(connection, account_id, {"is_active": True})
        values: dict[str, Any] = {"before": {"is_active": False}, "after": {"is_active": True}}
        _record(connection, actor, AuditedAction.REACTIVATE, account_id, **values)


def end_account_sessions(engine: Engine, actor: Actor, *, account_id: int, session_id: str, id_hash: str = "") -> int:
    """End one session of an account, or all of them, and return how many have ended. Raises ForbiddenError, BusyError.

    ``id_hash`` names the session, "" for all; ``session_id`` is the actor's current one, which goes on.
    """
    require(actor, Action.MANAGE_ACCOUNTS)
    with writing_or_busy(engine) as connection:
        require_account(connection, actor)
        number = end_sessions(connection, account_id, kept=session_hash(session_id), only=id_hash)
        if number:
            _record(connection, actor, AuditedAction.END_SESSIONS, account_id, after={"sessions": number})
    return number


def _locked(connection: Connection, account_id: int, *, version: int | None = None) -> Row[*tuple[Any, ...]]:
    """Return an account's row, which nobody else changes until the end of the transaction."""
    columns = (
        Account.id, Account.login, Account.version, Account.is_active, Account.role_code, Account.region_soato,
        Account.district_soato, Account.ngo_id, Account.language_code,
    )  # fmt: skip
    row = connection.execute(select(*columns).where(Account.id == account_id).with_for_update()).one_or_none()
    if row is None:
        raise NoAccountError
    if version is not None and row.version != version:
        raise OutdatedAccountError
    return row


def _locked_administrators(connection: Connection) -> set[int]:
    """Return the administrators who can sign in; nobody else changes them until the end of the transaction.

    They are locked before anything else and in one order: two who deactivate each other wait here, and the second sees
    what the first did.
    """
    statement = (
        select(Account.id)
        .where(Account.role_code.in_(_managing_roles()), Account.is_active)
        .where(or_(Account.password_hash.is_not(None), Account.email.is_not(None)))
        .order_by(Account.id)
        .with_for_update()
    )
    return set(connection.scalars(statement))


def _managing_roles() -> list[str]:
    return [role.value for role in roles_with(Action.MANAGE_ACCOUNTS)]


def _refuse_lockout(actor: Actor, row: Row[*tuple[Any, ...]], administrators: set[int]) -> None:
    """Raise where an administrator would lose its rights who is the actor, or the last one who can sign in."""
    if row.role_code not in _managing_roles():
        return
    if row.id == actor.account_id:
        raise OwnAccountError
    if not administrators - {row.id}:
        raise LastAdministratorError


def _change(connection: Connection, account_id: int, values: Mapping[str, Any]) -> None:
    changed = update(Account).where(Account.id == account_id).values(**values, version=Account.version + 1)
    connection.execute(changed)


def _record(
    connection: Connection,
    actor: Actor,
    action: AuditedAction,
    account_id: int,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    audit.record(
        connection,
        actor=actor,
        action=action.value,
        entity="account",
        entity_id=account_id,
        before=before,
        after=after,
        reason=reason,
    )
