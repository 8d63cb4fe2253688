"""Migrates a database to the newest schema, and writes migrations: ``python -m data.database.migrate "add venue"``."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, insert, select

from data.database.engine import get_engine
from data.language import N_, DomainError
from data.schema import DistrictMonth, StaleMonth
from data.schema.triggers import create_triggers, drop_triggers

MIGRATIONS = Path(__file__).parents[1] / "migrations"
REVISION_LENGTH = 32
UNKNOWN_SCHEMA = N_(
    "This version of Hamkor does not know the schema “{revision}” of the database. Start the version that made it; or"
    " remove the database (or name another one in DATABASE_URL) and run: python -m data init"
)


class UnknownSchemaError(DomainError):
    """Raised for a database made by a newer version of the code, or by one from before the first release."""


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, bound to a connection where one is given."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(rev)s")
    config.attributes["connection"] = connection
    return config


def migrate(engine: Engine | None = None) -> None:
    """Apply the missing migrations and recreate the triggers, in one transaction; repeatable.

    Afterwards all sums are recomputed at the next look, so that a column added to them is filled.
    Raises :class:`UnknownSchemaError` where the database has a schema that no migration leads to.
    """
    with _changing_schema(engine or get_engine()) as connection:
        if is_current(connection):
            return
        known = {script.revision for script in _scripts().walk_revisions()}
        for revision in _revisions(connection) - known:
            raise UnknownSchemaError(UNKNOWN_SCHEMA, revision=revision)
        drop_triggers(connection)
        command.upgrade(alembic_config(connection), "head")
        create_triggers(connection)
        _note_all_months_stale(connection)


def _note_all_months_stale(connection: Connection) -> None:
    months = select(DistrictMonth.district_soato, DistrictMonth.year_month).distinct()
    connection.execute(insert(StaleMonth).from_select(["district_soato", "year_month"], months))


@contextmanager
def _changing_schema(engine: Engine) -> Iterator[Connection]:
    """Write transaction in which SQLite may alter a table by copying it.

    With foreign keys on, dropping the old table would delete the rows that refer to it.
    """
    with engine.connect() as connection:
        _set_foreign_keys(connection, "OFF")
        try:
            with connection.execution_options(is_writer=True).begin():
                yield connection
        finally:
            _set_foreign_keys(connection, "ON")


def _set_foreign_keys(connection: Connection, state: str) -> None:
    """Switch foreign keys outside a transaction, since SQLite ignores it inside one."""
    driver_connection = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and driver_connection is not None:
        driver_connection.execute(f"PRAGMA foreign_keys = {state}")


def is_current(connection: Connection) -> bool:
    """Whether the database has the newest schema."""
    return _revisions(connection) == _newest_revisions(MIGRATIONS)


@cache
def _newest_revisions(folder: Path) -> frozenset[str]:
    """Revisions of the newest schema; to find them the code of all migrations in the folder is run."""
    return frozenset(ScriptDirectory(str(folder)).get_heads())


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(alembic_config())


def _revisions(connection: Connection) -> set[str]:
    return set(MigrationContext.configure(connection).get_current_heads())


def write_migration(engine: Engine, message: str) -> None:
    """Write the migration from the newest one to the models in :mod:`data.schema`, by comparing
    with an empty database.
    """
    number = len(list(_scripts().walk_revisions())) + 1
    slug = re.sub(r"\W+", "_", message.lower()).strip("_")
    revision = f"{number:04}_{slug}"[:REVISION_LENGTH]
    with _changing_schema(engine) as connection:
        config = alembic_config(connection)
        command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True, rev_id=revision)


if __name__ == "__main__":
    write_migration(get_engine("sqlite:///:memory:"), " ".join(sys.argv[1:]))
