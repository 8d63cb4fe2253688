"""Connections: what a reader sees while others write."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, Engine, func, insert, select

from data.database.engine import snapshot, writing
from data.schema import Meta

pytestmark = pytest.mark.both_databases


def _facts(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(Meta)).scalar_one()


def test_a_snapshot_sees_the_data_of_one_moment_whatever_is_written_meanwhile(engine: Engine) -> None:
    with snapshot(engine) as reader:
        before = _facts(reader)
        with writing(engine) as writer:
            writer.execute(insert(Meta).values(key="written", value="meanwhile"))
        assert _facts(reader) == before
    with snapshot(engine) as reader:
        assert _facts(reader) == before + 1
