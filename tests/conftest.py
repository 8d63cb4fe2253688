"""What all tests share: databases of their own on SQLite and on PostgreSQL, and who runs which tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine

from tests.databases import DATABASES, Databases

# What takes longest, first: tests of one group run one after the other in one process, and share what is made once.
LONG_GROUPS = ("tests/browser", "tests/data/demo")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put each test into its group, a folder or else its file; long groups start first."""
    order: dict[str, int] = {}
    for item in items:
        name = item.nodeid.split("::")[0]
        group = next((folder for folder in LONG_GROUPS if name.startswith(f"{folder}/")), name)
        order[item.nodeid] = LONG_GROUPS.index(group) if group in LONG_GROUPS else len(LONG_GROUPS)
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: order[item.nodeid])


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Makes databases as long as the tests last."""
    with ExitStack() as open_things:
        yield Databases(tmp_path_factory.mktemp("databases"), open_things)


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing with little work, but where it is the subject."""
    monkeypatch.setattr("data.passwords._hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture(params=DATABASES)
def engine(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    """A migrated database with the directory and nothing else; the test runs once a kind of database."""
    with databases.copy(request.param) as made:
        yield made
