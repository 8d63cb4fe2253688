"""A database of one kind, for tests whose subject is the reading of cells rather than the database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.databases import Databases


@pytest.fixture(scope="package")
def sqlite_engine(databases: Databases) -> Iterator[Engine]:
    """A migrated SQLite database with the directory, shared by tests that write nothing."""
    with databases.copy("sqlite") as engine:
        yield engine
