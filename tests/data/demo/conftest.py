"""The demo at its usual scale, loaded once on each database and only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, text

from data.database.engine import reading
from tests import databases as fillings
from tests.databases import DATABASES, DEMO_UNTIL, Databases

UNTIL = DEMO_UNTIL
Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="package", params=DATABASES)
def demo(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    """A database with demo data until :data:`UNTIL`."""
    with databases.copy(request.param, fillings.demo) as engine:
        yield engine


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
