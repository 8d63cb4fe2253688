"""Each test has a database of its own: its writes are invisible to other tests, and nothing is left behind."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import OperationalError

from data.database.engine import new_engine, reading, writing
from data.database.migrate import is_current
from data.schema import District, Ngo, Region
from tests.databases import DATABASES, Databases, directory
from tests.worlds import make_ngo


def ngos(engine: Engine) -> int:
    """Return how many NGOs a database has."""
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(Ngo)).scalar_one()


def add_ngo(engine: Engine) -> None:
    """Insert a row."""
    with writing(engine) as connection:
        make_ngo(connection)


def directory_and_ngo(engine: Engine) -> None:
    """Fill a database with one row more than the usual filling."""
    directory(engine)
    add_ngo(engine)


@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_test_writes_no_other_sees(engine: Engine, turn: int) -> None:
    assert ngos(engine) == 0
    for _ in range(turn):
        add_ngo(engine)
    assert ngos(engine) == turn


@pytest.mark.parametrize("kind", DATABASES)
def test_copies_know_nothing_of_each_other(kind: str, databases: Databases) -> None:
    with databases.copy(kind) as one, databases.copy(kind) as other:
        add_ngo(one)
        with databases.copy(kind) as later:
            assert (ngos(one), ngos(other), ngos(later)) == (1, 0, 0)


@pytest.mark.parametrize("kind", DATABASES)
def test_each_filling_has_a_template_of_its_own(kind: str, databases: Databases) -> None:
    for _ in range(2):
        with databases.copy(kind, directory_and_ngo) as filled, databases.copy(kind) as plain:
            assert (ngos(filled), ngos(plain)) == (1, 0)
            add_ngo(filled)


def test_a_copy_has_the_newest_schema_and_the_directory(engine: Engine) -> None:
    with reading(engine) as connection:
        assert is_current(connection)
        assert connection.scalar(select(func.count()).select_from(Region)) == 14
        assert connection.scalar(select(func.count()).select_from(District)) == 208


@pytest.mark.parametrize("kind", DATABASES)
def test_a_copy_is_gone_afterwards_even_if_somebody_is_connected(kind: str, databases: Databases) -> None:
    with databases.copy(kind) as engine:
        url = engine.url.render_as_string(hide_password=False)
        forgotten = engine.connect()
        assert forgotten.scalar(select(func.count()).select_from(Region)) == 14
    again = new_engine(url)
    with pytest.raises(OperationalError):
        ngos(again)
    forgotten.invalidate()
    again.dispose()
