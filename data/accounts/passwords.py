"""Passwords: strength, hashing (argon2id) and a check that takes the same time for every login."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from data.language import N_, DomainError

MINIMUM_LENGTH = 10
MAXIMUM_LENGTH = 200
COMMON_PASSWORDS = Path(__file__).parents[1] / "reference" / "common_passwords.txt"
MINIMUM_KINDS_OF_SIGN = 4
_RUNS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "йцукенгшщзхъфывапролджэ")

_hasher = PasswordHasher()


class WeakPasswordError(DomainError):
    """Raised for a password that is too short, too long or easy to guess."""


def _normal(password: str) -> str:
    """Return the Unicode normal form of a text, however a keyboard composed it."""
    return unicodedata.normalize("NFKC", password)


def _encoded(password: str) -> bytes:
    """Return the bytes to hash; cut a little past the longest password to bound the work."""
    return _normal(password)[: MAXIMUM_LENGTH + 1].encode("utf-8", "replace")


@lru_cache(maxsize=1)
def _common_passwords() -> frozenset[str]:
    return frozenset(COMMON_PASSWORDS.read_text(encoding="utf-8").split())


def _is_easy(password: str, login: str) -> bool:
    folded = password.casefold()
    if folded in _common_passwords() or len(set(folded)) < MINIMUM_KINDS_OF_SIGN:
        return True
    if login and folded.replace(login.casefold(), "").strip("0123456789._-!@") == "":
        return True
    return any(folded in run or folded in run[::-1] for run in _RUNS)


def check_strength(password: str, *, login: str = "") -> None:
    """Raise :class:`WeakPasswordError` for a password that is too short, too long, very common or merely the login."""
    normal = _normal(password)
    if len(normal) < MINIMUM_LENGTH:
        raise WeakPasswordError(N_("The password must have at least {minimum} characters."), minimum=MINIMUM_LENGTH)
    if len(normal) > MAXIMUM_LENGTH:
        raise WeakPasswordError(N_("The password may have at most {maximum} characters."), maximum=MAXIMUM_LENGTH)
    if _is_easy(normal, login):
        raise WeakPasswordError(N_("This password is very common or easy to guess. Choose another one."))


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password, with its salt and parameters; costs tens of milliseconds on purpose."""
    return _hasher.hash(_encoded(password))


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return hash_password("the password of nobody")


def is_correct(password: str, *, password_hash: str | None) -> bool:
    """Return whether the password has this hash.

    Without a hash (no such account, or one that signs in elsewhere) the answer is no, after the same work, so that
    the time of the answer does not tell which logins exist.
    """
    try:
        _hasher.verify(password_hash or _nobodys_hash(), _encoded(password))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def needs_rehash(password_hash: str) -> bool:
    """Return whether the hash was made with older parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)
