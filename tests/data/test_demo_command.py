"""`make run` loads demo data on the first start and never touches a database that somebody uses."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from data import cli
from data.accounts.accounts import NewAccount, add_account
from data.database.engine import get_engine, reading, writing
from data.demo.load import is_untouched
from data.policy import Role
from data.schema import JointEvent


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'demo.db'}"


def test_a_database_with_only_the_directory_is_untouched(engine: Engine) -> None:
    with reading(engine) as connection:
        assert is_untouched(connection)


def test_an_account_makes_a_database_somebodys(engine: Engine) -> None:
    with writing(engine) as connection:
        add_account(connection, NewAccount(login="boss", role=Role.ADMIN), password="Qoratogʻ-1987-x", actor="test")
        assert not is_untouched(connection)


def test_demo_data_are_loaded_once_and_then_left_alone(database: str) -> None:
    load = ["demo", "--if-empty", "--scale", "0.02", "--database", database]
    assert cli.main(load) == 0
    with reading(get_engine(database)) as connection:
        loaded = connection.scalar(select(func.count()).select_from(JointEvent))
    assert cli.main(load) == 0
    with reading(get_engine(database)) as connection:
        assert connection.scalar(select(func.count()).select_from(JointEvent)) == loaded
    assert cli.main(["demo", "--scale", "0.02", "--database", database]) == 1
