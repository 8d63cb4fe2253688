"""Passwords: which are accepted, and how they are stored and checked."""

from __future__ import annotations

from typing import Literal

import pytest
from argon2 import Parameters, PasswordHasher, extract_parameters

from data.accounts import passwords
from data.accounts.passwords import WeakPasswordError, check_strength, hash_password, is_correct, needs_rehash

GOOD = "Yetti-Dengiz-71"


@pytest.fixture(autouse=True)
def cheap_passwords() -> None:
    """Hash with the real cost here."""


@pytest.mark.parametrize("password", [GOOD, "ўн икки ой бир йил", "short words but many", "a" * 9 + "bcdefgh 1"])
def test_a_long_uncommon_password_is_taken(password: str) -> None:
    check_strength(password, login="olim")


@pytest.mark.parametrize(
    "password",
    [
        "",
        "123456789",
        "Password123",
        "aaaaaaaaaaaa",
        "ababababab",
        "1234567890",
        "9876543210",
        "qwertyuiopas",
        "toshkent.shahar2026",
        "x" * 500,
    ],
)
def test_a_short_common_or_endless_password_is_refused(password: str) -> None:
    with pytest.raises(WeakPasswordError):
        check_strength(password, login="toshkent.shahar")


def test_the_hash_is_argon2id_salted_and_holds_no_password() -> None:
    first, second = hash_password(GOOD), hash_password(GOOD)
    assert first.startswith("$argon2id$")
    assert first != second
    assert GOOD not in first


def test_only_the_right_password_is_correct() -> None:
    kept = hash_password(GOOD)
    assert is_correct(GOOD, password_hash=kept)
    assert not is_correct(GOOD + " ", password_hash=kept)
    assert not is_correct("", password_hash=kept)
    assert not is_correct(GOOD, password_hash="not a hash")


def test_a_letter_counts_the_same_however_it_was_composed() -> None:
    assert is_correct("cafe\u0301 Qo\u02bbqon", password_hash=hash_password("caf\u00e9 Qo\u02bbqon"))


class WatchedHasher(PasswordHasher):
    """Hasher that records the parameters of every hash that is checked: they are the work done."""

    def __init__(self) -> None:
        super().__init__()
        self.checked: list[Parameters] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - argon2's name
        """Check as usual."""
        self.checked.append(extract_parameters(str(hash)))
        return super().verify(hash, password)


def test_nobody_has_no_password_but_costs_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = WatchedHasher()
    monkeypatch.setattr(passwords, "_hasher", watched)
    passwords._nobodys_hash.cache_clear()
    kept = hash_password(GOOD)
    assert not is_correct("the password of nobody", password_hash=None)
    assert not is_correct("wrong password", password_hash=kept)
    assert watched.checked == [extract_parameters(kept)] * 2


def test_a_hash_of_other_parameters_needs_to_be_made_again() -> None:
    assert needs_rehash(PasswordHasher(time_cost=1, memory_cost=1024).hash(GOOD))
    assert not needs_rehash(hash_password(GOOD))
