"""Version of the data: it keys caches and grows whenever anything that a page shows has changed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, exists, select, text
from sqlalchemy.exc import OperationalError

from data.aggregates.refresh import refresh
from data.database.engine import BUSY_TIMEOUT_MS, get_engine, reading
from data.schema import DataVersion, StaleMonth

LOCK_WAIT_MS = 100
_log = logging.getLogger(__name__)


def data_version(engine: Engine | None = None) -> int:
    """Version of the data, after recomputing stale sums.

    One cheap query where nothing changed. Where another process holds the write lock for longer than 0.1 s, the last
    consistent version is returned with its sums: older by that write, but consistent. The stale months remain stale,
    and a later call recomputes them.
    """
    database = engine or get_engine()
    version, is_stale = _version_and_staleness(database)
    if not is_stale:
        return version
    try:
        with _refreshing(database) as connection:
            refresh(connection)
            version = connection.execute(select(DataVersion.version)).scalar_one()
    except OperationalError as error:
        _log.info("sums not refreshed, another process writes: %s", error.orig)
        return _version_and_staleness(database)[0]
    return version


def _version_and_staleness(engine: Engine) -> tuple[int, bool]:
    with reading(engine) as connection:
        row = connection.execute(select(DataVersion.version, exists(select(StaleMonth.id)).label("is_stale"))).one()
    return int(row.version), bool(row.is_stale)


@contextmanager
def _refreshing(engine: Engine) -> Iterator[Connection]:
    """Write transaction with one snapshot of the data that soon stops waiting for the lock."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            with _short_wait(connection), connection.execution_options(is_writer=True).begin():
                yield connection
            return
        writer = connection.execution_options(isolation_level="REPEATABLE READ")
        with writer.begin():
            writer.execute(text(f"SET LOCAL lock_timeout = {LOCK_WAIT_MS}"))
            yield writer


@contextmanager
def _short_wait(connection: Connection) -> Iterator[None]:
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {LOCK_WAIT_MS}")
    try:
        yield
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.close()
