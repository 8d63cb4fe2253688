"""The demo at its usual scale, loaded once and only read; that both databases hold the same is tested with packs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, text

from data.database.engine import reading
from tests import databases as fillings
from tests.databases import DEMO_UNTIL, Databases

UNTIL = DEMO_UNTIL
Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="package")
def demo(databases: Databases) -> Iterator[Engine]:
    """A database with demo data until :data:`UNTIL`."""
    with databases.copy("sqlite", fillings.demo) as engine:
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
