"""Connections: one engine per database, for readers and writers.

SQLite runs in WAL mode with a busy timeout and foreign keys on; a writer takes its lock at once (``BEGIN IMMEDIATE``),
so two writers wait for each other instead of failing half-way. On both databases a writer waits for a lock for a
limited time.

Withdrawn records are invisible: every query of mapped columns leaves them out, as do joins and subqueries, unless it is
executed with the option :data:`WITH_WITHDRAWN`. A query of a whole table (``select(Memorandum.__table__)``) has all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Engine, Executable, Select, create_engine, event, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import with_loader_criteria

from data.language import N_, DomainError
from data.schema.base import Base, Withdrawable
from data.settings import get_settings

BUSY_TIMEOUT_MS = 15_000
WITH_WITHDRAWN = {"with_withdrawn": True}
"""Execution options of a query that sees withdrawn records too."""


class BusyError(DomainError):
    """Raised when a writer could not get its lock in time; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(N_("The database is busy just now. Nothing was changed and nothing is lost. Try again soon."))


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DBAPI connection
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA cache_size = -65536")
        # A checkpoint waits for the disk twice, so that many small writers do better with few of them.
        cursor.execute("PRAGMA wal_autocheckpoint = 8000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("is_writer", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@lru_cache(maxsize=1)
def _visible_records() -> tuple[Any, ...]:
    """Options of a query that leave withdrawn records out."""
    models = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Withdrawable)]
    return tuple(with_loader_criteria(model, model.withdrawn_at.is_(None), include_aliases=True) for model in models)


def _hide_withdrawn(engine: Engine) -> None:
    @event.listens_for(engine, "before_execute", retval=True)
    def on_execute(
        _connection: Connection,
        statement: Executable,
        many: object,
        one: object,
        options: Mapping[str, object],
    ) -> tuple[Executable, object, object]:
        if isinstance(statement, CompoundSelect):
            raise TypeError("a union is queried as a subquery, so that withdrawn records are left out")
        if isinstance(statement, Select) and not options.get("with_withdrawn", False):
            statement = statement.options(*_visible_records())
        return statement, many, one


def _prepare_postgresql(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DBAPI connection
        connection.execute(f"SET lock_timeout = {BUSY_TIMEOUT_MS}")
        connection.commit()


def get_engine(database_url: str | None = None) -> Engine:
    """Return the engine of a database, by default the one in the settings: one for each URL.

    The folder of a SQLite file is created if absent.
    """
    return _shared_engine(database_url or get_settings().database_url)


def new_engine(database_url: str) -> Engine:
    """Return an engine of its own for a database."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        if url.database and url.database != ":memory:":
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url)
        _prepare_sqlite(engine)
        _hide_withdrawn(engine)
        return engine
    if url.drivername in {"postgresql", "postgres"}:
        url = url.set(drivername="postgresql+psycopg")
    # The connection used last knows the statements best.
    engine = create_engine(url, pool_pre_ping=True, pool_use_lifo=True)
    _prepare_postgresql(engine)
    _hide_withdrawn(engine)
    return engine


_shared_engine = lru_cache(maxsize=8)(new_engine)


@contextmanager
def reading(engine: Engine | None = None) -> Iterator[Connection]:
    """Connection for reading, in one transaction (one consistent view)."""
    with (engine or get_engine()).connect() as connection, connection.begin():
        yield connection


@contextmanager
def snapshot(engine: Engine | None = None) -> Iterator[Connection]:
    """Connection for reading whose statements all see the data of one moment, whatever is written meanwhile."""
    with (engine or get_engine()).connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        # In WAL mode a transaction of SQLite is a snapshot anyway.
        reader = connection if is_sqlite else connection.execution_options(isolation_level="REPEATABLE READ")
        with reader.begin():
            yield reader


@contextmanager
def writing(engine: Engine | None = None) -> Iterator[Connection]:
    """Connection for one write transaction: committed at the end, rolled back on any error."""
    with (engine or get_engine()).connect() as connection:
        writer = connection.execution_options(is_writer=True)
        with writer.begin():
            yield writer


@contextmanager
def writing_or_busy(engine: Engine) -> Iterator[Connection]:
    """Write transaction that raises :class:`BusyError`, with nothing changed, when it gets no lock in time."""
    try:
        with writing(engine) as connection:
            yield connection
    except OperationalError as error:
        if not _is_busy(error):
            raise
        raise BusyError from error


def _is_busy(error: OperationalError) -> bool:
    """SQLite's busy timeout; PostgreSQL's lock timeout (55P03) and a deadlock's victim (40P01)."""
    state = getattr(error.orig, "sqlstate", None)
    return state in {"55P03", "40P01"} or "database is locked" in str(error.orig)


@contextmanager
def writing_at_once(engine: Engine | None = None) -> Iterator[Connection]:
    """Write transaction that does not wait: raises ``OperationalError`` where another writer has the lock."""
    with (engine or get_engine()).connect() as connection:
        writer = connection.execution_options(is_writer=True)
        if connection.dialect.name != "sqlite":
            with writer.begin():
                writer.exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
                yield writer
            return
        # The timeout is set beside the transaction, which would already wait for its lock when it begins.
        sqlite_connection = connection.connection.driver_connection
        sqlite_connection.execute("PRAGMA busy_timeout = 0")  # type: ignore[union-attr]
        try:
            with writer.begin():
                yield writer
        finally:
            sqlite_connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")  # type: ignore[union-attr]
