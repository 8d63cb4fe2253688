"""Account rows: created, corrected, listed, deactivated, given a new password. ``queries`` decides who may do so."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from data.accounts.links import end_links
from data.accounts.passwords import check_strength, hash_password
from data.database import audit
from data.dates import clock
from data.language import N_, DomainError, Language
from data.policy import PLACE_COLUMNS, Actor, Role
from data.schema import Account, AccountSession, District, Ngo, Region, SignInFailure

MAXIMUM_LOGIN_LENGTH = 100


class AccountError(DomainError):
    """Raised where an account cannot be created or changed with these values."""


@dataclass(frozen=True, kw_only=True)
class NewAccount:
    """Values of a new account; the place must be the one that the role acts in, and no other."""

    login: str
    role: Role
    region_soato: str | None = None
    district_soato: str | None = None
    ngo_id: int | None = None
    email: str | None = None
    language: Language = Language.UZ_LATN
    is_demo: bool = False

    @property
    def rights(self) -> dict[str, str | int | None]:
        """Columns that say what the account may do, and where."""
        return {
            "role_code": self.role.value,
            "region_soato": self.region_soato,
            "district_soato": self.district_soato,
            "ngo_id": self.ngo_id,
        }


def login_key(login: str) -> str:
    """Return the login case-folded for comparison, or "" for invalid text (too long, spaces, control characters)."""
    folded = unicodedata.normalize("NFKC", login.strip()).casefold()
    is_login = folded.isprintable() and " " not in folded and len(folded) <= MAXIMUM_LOGIN_LENGTH
    return folded if is_login else ""


def failure_key(login: str) -> str:
    """Return the key of a login in the failure counts; hashed, as people type passwords into the wrong field."""
    folded = unicodedata.normalize("NFKC", login.strip()).casefold()
    return "account:" + hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()


def email_key(email: str | None) -> str | None:
    """Return the e-mail address case-folded for comparison."""
    return email.strip().casefold() or None if email else None


def add_account(connection: Connection, account: NewAccount, *, password: str | None, actor: Actor | str) -> int:
    """Create an account and return its id; without a password it signs in by OpenID Connect only.

    Raises :class:`AccountError` for a wrong login or place and ``WeakPasswordError`` for a weak password.
    """
    _check_new(connection, account)
    if password is not None:
        check_strength(password, login=account.login)
    columns = {
        "login": account.login.strip(),
        "email": email_key(account.email),
        **account.rights,
        "language_code": account.language.value,
        "is_demo": account.is_demo,
    }
    secret = {"login_key": login_key(account.login), "password_hash": password and hash_password(password)}
    made = connection.execute(
        insert(Account).values(**columns, **secret, is_active=True, created_at=clock.now()).returning(Account.id)
    ).scalar_one()
    audit.record(connection, actor=actor, action="add", entity="account", entity_id=made, after=columns)
    return made


def _check_new(connection: Connection, account: NewAccount) -> None:
    if not login_key(account.login):
        raise AccountError(N_("A login has 1 to {maximum} characters and no spaces."), maximum=MAXIMUM_LOGIN_LENGTH)
    if account.email and "@" not in account.email:
        raise AccountError(N_("“{email}” is not an e-mail address."), email=account.email)
    taken = or_(Account.login_key == login_key(account.login), Account.email == (email_key(account.email) or ""))
    if connection.execute(select(Account.id).where(taken)).first():
        raise AccountError(N_("There is an account with this login or e-mail address already."))
    check_place(connection, account)


def check_place(connection: Connection, account: NewAccount) -> None:
    """Raise :class:`AccountError` unless the place is the one that the role acts in, and is in the directory."""
    if account.role is Role.PUBLIC:
        raise AccountError(N_("Visitors need no account."))
    places = {
        "region_soato": account.region_soato,
        "district_soato": account.district_soato,
        "ngo_id": account.ngo_id,
    }
    given = {column for column, value in places.items() if value is not None}
    needed = {PLACE_COLUMNS[account.role]} if account.role in PLACE_COLUMNS else set()
    if given != needed:
        raise AccountError(
            N_("Regional accounts need a region, district accounts a district, NGO accounts an NGO, others none.")
        )
    keys = {"region_soato": Region.soato, "district_soato": District.soato, "ngo_id": Ngo.id}
    for column in given:
        key: Any = keys[column]
        if connection.execute(select(key).where(key == places[column])).first() is None:
            raise AccountError(N_("“{code}” is not in the directory."), code=places[column])


def ngo_id_of(connection: Connection, stir: str) -> int:
    """Return the id of the NGO with a tax number. Raises :class:`AccountError` when there is none."""
    found = connection.execute(select(Ngo.id).where(Ngo.stir == stir)).scalar()
    if found is None:
        raise AccountError(N_("No NGO has the tax number {stir}."), stir=stir)
    return found


def account_list(connection: Connection) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return accounts by login: login, role_code, region_soato, district_soato, ngo_id, email, is_active, is_demo."""
    columns = (
        Account.login, Account.role_code, Account.region_soato, Account.district_soato, Account.ngo_id,
        Account.email, Account.is_active, Account.is_demo,
    )  # fmt: skip
    return connection.execute(select(*columns).order_by(Account.login_key)).all()


def _account_id(connection: Connection, login: str) -> int:
    found = connection.execute(select(Account.id).where(Account.login_key == login_key(login))).scalar()
    if found is None:
        raise AccountError(N_("There is no account “{login}”."), login=login)
    return found


def set_active(connection: Connection, login: str, *, is_active: bool, actor: Actor | str) -> None:
    """Activate or deactivate an account; deactivating ends its sessions and its link."""
    account_id = _account_id(connection, login)
    connection.execute(
        update(Account).where(Account.id == account_id).values(is_active=is_active, version=Account.version + 1)
    )
    if not is_active:
        end_links(connection, account_id, now=clock.now())
        end_sessions(connection, account_id)
    action = "enable" if is_active else "disable"
    audit.record(connection, actor=actor, action=action, entity="account", entity_id=account_id)


def set_password(connection: Connection, login: str, *, password: str, actor: Actor | str) -> None:
    """Give an account a new password, end its sessions and its link, and lift its lock."""
    account_id = _account_id(connection, login)
    check_strength(password, login=login)
    store_password(connection, account_id, password_hash=hash_password(password), login=login)
    audit.record(connection, actor=actor, action="set_password", entity="account", entity_id=account_id)


def unlock(connection: Connection, login: str, *, actor: Actor | str) -> None:
    """Delete an account's failed sign-ins, so that it may try again at once."""
    account_id = _account_id(connection, login)
    connection.execute(delete(SignInFailure).where(SignInFailure.key == failure_key(login)))
    audit.record(connection, actor=actor, action="unlock", entity="account", entity_id=account_id)


def store_password(
    connection: Connection, account_id: int, *, password_hash: str, login: str, kept_session: str = ""
) -> None:
    """Store the hash of a new password, end sessions and link of the account, and lift its lock.

    ``kept_session`` is the hash of the id of a session that goes on.
    """
    connection.execute(update(Account).where(Account.id == account_id).values(password_hash=password_hash))
    end_links(connection, account_id, now=clock.now())
    end_sessions(connection, account_id, kept=kept_session)
    connection.execute(delete(SignInFailure).where(SignInFailure.key == failure_key(login)))


def end_sessions(connection: Connection, account_id: int, *, kept: str = "", only: str = "") -> int:
    """End the open sessions of an account and return their number; ``kept`` or ``only`` is the hash of one's id."""
    is_meant = [AccountSession.account_id == account_id, AccountSession.revoked_at.is_(None)]
    is_meant += [AccountSession.id_hash != kept] if kept else []
    is_meant += [AccountSession.id_hash == only] if only else []
    return connection.execute(update(AccountSession).where(*is_meant).values(revoked_at=clock.now())).rowcount
