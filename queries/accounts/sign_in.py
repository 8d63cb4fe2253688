"""Sign-in with a password, with a delay that grows with failures, or by the claims of an identity provider.

Each attempt is counted before the password is checked and the count is taken back when it was right, so that many
attempts at one moment cannot bypass the limit. The answer to an unknown login, a wrong password and a deactivated
account is the same and costs the same work.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_network
from math import ceil

from sqlalchemy import Connection, Engine, delete, select, update

from data.accounts.accounts import failure_key, login_key
from data.accounts.passwords import hash_password, is_correct, needs_rehash
from data.database import audit
from data.database.engine import reading, writing
from data.database.upsert import insert_missing
from data.language import N_, DomainError, Language
from data.policy import Actor
from data.schema import Account, SignInFailure
from queries.accounts.actors import Organisations, actor_for_claims, actor_for_organisations
from queries.accounts.sessions import sign_in_account

FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=1)
DECAY = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=2)
FREE_FAILURES_OF_ACCOUNT = 5
# An address may be a whole office behind one router.
FREE_FAILURES_OF_ADDRESS = 20
_LARGEST_DOUBLING = 20


class WrongPasswordError(DomainError):
    """Raised for a wrong login or password, without telling which of them is wrong."""

    def __init__(self) -> None:
        super().__init__(N_("The login or the password is wrong."))


class LockedError(DomainError):
    """Raised after too many failed attempts; ``wait_seconds`` says for how long."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(N_("Too many failed attempts. Try again later."))
        self.wait_seconds = max(1, ceil(wait.total_seconds()))


def address_range(address: str) -> str:
    """Return the address range of one subscriber: an IPv4 address, or the first half of an IPv6 address."""
    try:
        return str(ip_network(f"{address}/64", strict=False)) if ":" in address else address
    except ValueError:
        return address


@dataclass(frozen=True, kw_only=True)
class SignInAttempt:
    """A sign-in attempt: what was typed, the client address, and the browser's old session cookie.

    ``language`` is the one that the person chose on the sign-in page, None where none was chosen.
    """

    login: str
    password: str
    address: str
    old_session_id: str = ""
    language: Language | None = None

    @property
    def limits(self) -> dict[str, int]:
        """Return the number of free failures for each key that the attempt is counted under."""
        return {
            failure_key(self.login): FREE_FAILURES_OF_ACCOUNT,
            f"address:{address_range(self.address)}": FREE_FAILURES_OF_ADDRESS,
        }


@dataclass(frozen=True)
class SignedIn:
    """A session just started, and the language that its account chose."""

    session_id: str
    language: Language


def delay_after(failures: int, *, free: int) -> timedelta:
    """Return the wait after this many failures: nothing below ``free``, then 30 s, doubling up to an hour."""
    if failures < free:
        return timedelta()
    doublings = min(failures - free, _LARGEST_DOUBLING)
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)


def failures_left(failures: int, *, since: timedelta) -> int:
    """Return the number of failures that still count: they halve with every hour."""
    return failures >> min(max(since // DECAY, 0), failures.bit_length())


@dataclass(frozen=True)
class _FoundAccount:
    """Account of a login; all None for an unknown login."""

    account_id: int | None = None
    login: str = ""
    password_hash: str | None = None
    language: Language = Language.UZ_LATN


def sign_in(engine: Engine, attempt: SignInAttempt, *, now: datetime) -> SignedIn:
    """Check the password and start a session; the browser's old one ends.

    Raises :class:`LockedError` while the account or the address has to wait, else :class:`WrongPasswordError`.
    """
    with writing(engine) as connection:
        is_locking = count_attempt(connection, attempt.limits, now=now)
    found = _look_up(engine, attempt.login)
    if not is_correct(attempt.password, password_hash=found.password_hash) or found.account_id is None:
        _record_failure(engine, found, address=attempt.address, is_locking=is_locking)
        raise WrongPasswordError
    new_hash = hash_password(attempt.password) if needs_rehash(found.password_hash or "") else None
    account_id, language = found.account_id, attempt.language or found.language
    account_key, address_key = attempt.limits
    with writing(engine) as connection:
        # Meanwhile a reset may have ended all that the old password opens.
        is_same = (Account.id == account_id, Account.is_active, Account.password_hash == found.password_hash)
        if connection.execute(select(Account.id).where(*is_same).with_for_update()).first() is None:
            raise WrongPasswordError
        take_back(connection, address_key)
        forget_failures(connection, [account_key], now=now)
        stored = {"password_hash": new_hash} if new_hash else {}
        stored |= {"language_code": language.value} if language is not found.language else {}
        if stored:
            connection.execute(update(Account).where(Account.id == account_id).values(**stored))
        session_id = sign_in_account(
            connection,
            account_id=account_id,
            login=found.login,
            address=attempt.address,
            old_session_id=attempt.old_session_id,
            now=now,
        )
    return SignedIn(session_id, language)


def sign_in_by_claims(
    engine: Engine, claims: Mapping[str, object], *, address: str, old_session_id: str, now: datetime
) -> SignedIn | None:
    """Start a session for the identity that a provider vouches for; the browser's old one ends.

    ``claims`` are those of an identity token whose signature was checked. Returns None where
    :func:`queries.accounts.actors.actor_for_claims` finds nobody.
    """
    with writing(engine) as connection:
        actor = actor_for_claims(connection, claims)
        return _start_session(connection, actor, address=address, old_session_id=old_session_id, now=now)


def sign_in_by_organisations(
    engine: Engine, organisations: Organisations, *, address: str, old_session_id: str, now: datetime
) -> SignedIn | None:
    """Start a session for the person who represents organisations; the browser's old one ends.

    Returns None, or raises SeveralAccountsError, as :func:`queries.accounts.actors.actor_for_organisations` does.
    """
    with writing(engine) as connection:
        actor = actor_for_organisations(connection, organisations)
        return _start_session(connection, actor, address=address, old_session_id=old_session_id, now=now)


def _start_session(
    connection: Connection, actor: Actor | None, *, address: str, old_session_id: str, now: datetime
) -> SignedIn | None:
    if actor is None or actor.account_id is None:
        return None
    session_id = sign_in_account(
        connection,
        account_id=actor.account_id,
        login=actor.login,
        address=address,
        old_session_id=old_session_id,
        now=now,
    )
    code = connection.execute(select(Account.language_code).where(Account.id == actor.account_id)).scalar_one()
    return SignedIn(session_id, Language.parse(code))


def _look_up(engine: Engine, login: str) -> _FoundAccount:
    """Return the account with a login; a deactivated one counts as missing."""
    columns = (Account.id, Account.login, Account.password_hash, Account.language_code)
    is_it = (Account.login_key == login_key(login), Account.is_active)
    with reading(engine) as connection:
        row = connection.execute(select(*columns).where(*is_it)).first()
    return _FoundAccount(row[0], row[1], row[2], Language.parse(row[3])) if row else _FoundAccount()


def _record_failure(engine: Engine, found: _FoundAccount, *, address: str, is_locking: bool) -> None:
    """Add an audit entry of a failed sign-in; of an unknown login too, without it, as it may be a password.

    So the answer costs the same work whether there is such an account.
    """
    with writing(engine) as connection:
        audit.record(
            connection,
            actor=found.login,
            action="sign_in_locked" if is_locking else "sign_in_failed",
            entity="account",
            entity_id=found.account_id or "",
            after={"address": address},
        )


def count_attempt(connection: Connection, limits: Mapping[str, int], *, now: datetime) -> bool:
    """Count an attempt as failed under each key, and return whether there is to wait now if it fails.

    ``limits`` are the numbers of free failures by key. Raises :class:`LockedError`, with nothing counted. The rows are
    made first and locked in one order, so that two attempts at once wait for each other.
    """
    keys = sorted(limits)
    insert_missing(connection, SignInFailure, [{"key": key, "failures": 0, "last_failed_at": now} for key in keys])
    columns = (SignInFailure.key, SignInFailure.failures, SignInFailure.last_failed_at, SignInFailure.locked_until)
    rows = connection.execute(
        select(*columns).where(SignInFailure.key.in_(keys)).order_by(SignInFailure.key).with_for_update()
    ).all()
    locked_until = max((row.locked_until for row in rows if row.locked_until), default=now)
    if locked_until > now:
        raise LockedError(locked_until - now)
    is_locking = False
    for row in rows:
        failures = failures_left(row.failures, since=now - row.last_failed_at) + 1
        delay = delay_after(failures, free=limits[row.key])
        is_locking |= bool(delay)
        values = {"failures": failures, "last_failed_at": now, "locked_until": now + delay if delay else None}
        connection.execute(update(SignInFailure).where(SignInFailure.key == row.key).values(**values))
    return is_locking


def take_back(connection: Connection, key: str) -> None:
    """Take back one attempt that was counted beforehand and was none that failed."""
    one_less = {"failures": SignInFailure.failures - 1, "locked_until": None}
    connection.execute(update(SignInFailure).where(SignInFailure.key == key).values(**one_less))


def forget_failures(connection: Connection, keys: Collection[str], *, now: datetime) -> None:
    """Delete the failures of these keys, and all that count no more."""
    is_over = SignInFailure.last_failed_at < now - FORGOTTEN_AFTER
    connection.execute(delete(SignInFailure).where(SignInFailure.key.in_(keys) | is_over))
