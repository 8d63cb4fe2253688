"""A database of one kind, for tests whose subject is the reading of cells rather than the database."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.directory import load_directory
from data.engine import get_engine, writing
from data.migrate import migrate


@pytest.fixture(scope="package")
def sqlite_engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A migrated SQLite database with the directory, shared by tests that write nothing."""
    folder: Path = tmp_path_factory.mktemp("workbook")
    engine = get_engine(f"sqlite:///{folder / 'shared.db'}")
    migrate(engine)
    with writing(engine) as connection:
        load_directory(connection)
    return engine
