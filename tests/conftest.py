"""What all tests share: databases of their own on SQLite and on PostgreSQL, and who runs which tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.databases import DATABASES, Databases

# What takes longest, and starts first. The tests of such a folder share what is costly to make: one process runs them.
LONG_FOLDERS = ("tests/browser/", "tests/data/demo/")


def group_of(nodeid: str) -> str:
    """Which tests one process runs, one after the other: those of a long folder, or else of a file."""
    file = nodeid.split("::")[0]
    return next((folder for folder in LONG_FOLDERS if file.startswith(folder)), file)


class GroupScheduling(LoadScopeScheduling):  # type: ignore[misc]  # untyped there
    """Hands out whole groups."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> GroupScheduling:
    """How tests are handed to the processes."""
    return GroupScheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long folders start first, so that no process waits for them at the end."""
    items.sort(key=lambda item: group_of(item.nodeid) not in LONG_FOLDERS)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Makes databases as long as the tests last."""
    with ExitStack() as open_things:
        yield Databases(tmp_path_factory.mktemp("databases"), open_things)


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing with little work, but where it is the subject."""
    monkeypatch.setattr("data.accounts.passwords._hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture(params=DATABASES)
def engine(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    """A migrated database with the directory and nothing else; the test runs once a kind of database."""
    with databases.copy(request.param) as made:
        yield made
