"""The demo at its usual scale, loaded once on each database and only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text

from data.demo import load_demo
from data.directory import load_directory
from data.engine import get_engine, reading, writing
from data.migrate import migrate
from tests.conftest import DATABASES, new_database

UNTIL = date(2026, 11, 20)
Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="package", params=DATABASES)
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database with demo data until :data:`UNTIL`."""
    engine = get_engine.__wrapped__(new_database(request.param, tmp_path_factory.mktemp("demo"), request))
    migrate(engine)
    with writing(engine) as connection:
        load_directory(connection)
    load_demo(engine, until=UNTIL)
    yield engine
    engine.dispose()


@pytest.fixture
def ask(demo: Engine) -> Iterator[Ask]:
    """Rows of a statement on the demo; ``:until`` is bound."""
    with reading(demo) as connection:

        def answer(statement: str, **values: object) -> list[tuple[Any, ...]]:
            bound = text(statement)
            given = {"until": UNTIL.isoformat(), **values}
            used = {key: value for key, value in given.items() if f":{key}" in statement}
            return [tuple(row) for row in connection.execute(bound, used)]

        yield answer
