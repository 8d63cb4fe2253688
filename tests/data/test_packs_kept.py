"""The database keeps packs as they were stored: it refuses every change, whoever asks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, Executable, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from data.aggregates import data_version
from data.database.engine import reading, writing
from data.schema import Pack
from tests.worlds import DISTRICT

pytestmark = pytest.mark.both_databases

PACK_ID = "6f1c2d3e-7f4a-4f0e-9a55-0d7d6c1f2a10"


def pack_row(**changed: object) -> dict[str, Any]:
    """Columns of a stored pack of the district, with some of them changed."""
    usual = {
        "id": PACK_ID,
        "scope_code": "district",
        "area_code": DISTRICT,
        "first_day": date(2026, 1, 1),
        "last_day": date(2026, 5, 31),
        "today": date(2026, 6, 15),
        "created_at": datetime(2026, 6, 15, 6, tzinfo=UTC),
        "author_name": "muvofiq",
        "method_version": "test",
        "data_version": "1",
        "is_demo": False,
        "content": "{}",
        "content_sha256": "test",
    }
    return {**usual, **changed}


def _keep(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(insert(Pack).values(**pack_row()))


@pytest.mark.parametrize(
    "statement",
    [
        update(Pack).values(content='{"changed":true}'),
        update(Pack).values(author_name="someone else"),
        delete(Pack),
        delete(Pack).where(Pack.id == PACK_ID),
    ],
)
def test_a_pack_can_be_neither_changed_nor_deleted(engine: Engine, statement: Executable) -> None:
    _keep(engine)
    with pytest.raises(DBAPIError, match="append-only"), writing(engine) as connection:
        connection.execute(statement)
    with reading(engine) as connection:
        kept = connection.execute(select(Pack.author_name, Pack.content)).all()
    assert kept == [("muvofiq", "{}")]


def test_a_pack_cannot_be_replaced_by_one_of_the_same_id(engine: Engine) -> None:
    _keep(engine)
    other = insert(Pack).values(**pack_row(content='{"changed":true}'))
    replacing = other.prefix_with("OR REPLACE", dialect="sqlite")
    with pytest.raises(DBAPIError), writing(engine) as connection:
        connection.execute(replacing)
    with reading(engine) as connection:
        assert connection.scalars(select(Pack.content)).all() == ["{}"]


def test_all_packs_cannot_be_emptied_at_once(engine: Engine) -> None:
    _keep(engine)
    emptying = text("DELETE FROM pack" if engine.dialect.name == "sqlite" else "TRUNCATE pack CASCADE")
    with pytest.raises(DBAPIError, match="append-only"), writing(engine) as connection:
        connection.execute(emptying)
    with reading(engine) as connection:
        assert connection.scalars(select(Pack.id)).all() == [PACK_ID]


def test_a_new_pack_moves_the_version_of_the_data(engine: Engine) -> None:
    before = data_version(engine)
    _keep(engine)
    assert data_version(engine) > before


@pytest.mark.parametrize(
    "wrong",
    [{"scope_code": "nation"}, {"scope_code": "ngo"}, {"area_code": "9999999"}, {"last_day": date(2025, 12, 31)}],
)
def test_a_pack_of_no_area_or_period_is_refused(engine: Engine, wrong: dict[str, object]) -> None:
    with pytest.raises(DBAPIError), writing(engine) as connection:
        connection.execute(insert(Pack).values(**pack_row(**wrong)))
