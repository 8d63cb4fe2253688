"""What goes straight to the driver is stored and read as by SQLAlchemy, in its transaction and with its errors."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Engine, bindparam, insert, literal, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from data.database.engine import reading, writing
from data.ready import ReadyRead, fetch
from data.schema import AuditEntry, Meta
from data.together import Together, table_of

TASHKENT = timezone(timedelta(hours=5))
AT = datetime(2026, 3, 10, 14, 30, 5, 123, tzinfo=TASHKENT)
ENTRY: dict[str, Any] = {
    "at": AT,
    "account_id": None,
    "actor": "o'quvchi 100%",
    "action_code": "tried",
    "entity": "test",
    "entity_id": "1",
    "before": {"words": 'so-called "ғишт"', "numbers": [1, None]},
    "after": {},
}
_FACTS = Together({AuditEntry: tuple(ENTRY), Meta: ("key", "value")}, gone=table_of(Meta).c.key)
_ENTRIES = select(
    AuditEntry.at.label("moment"),
    AuditEntry.actor,
    AuditEntry.before,
    AuditEntry.after,
    (AuditEntry.entity_id == "1").label("is_first"),
    literal(date(2026, 3, 10)).label("day_date"),
).where(AuditEntry.actor == bindparam("actor"))


def facts(engine: Engine) -> dict[str, str]:
    """What the table of facts holds of the tests' own."""
    with reading(engine) as connection:
        found = connection.execute(select(Meta.key, Meta.value).where(Meta.key.like("ready%")))
        return {row.key: row.value for row in found}


def test_rows_are_stored_and_read_as_by_sqlalchemy(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(insert(AuditEntry), ENTRY)
        _FACTS.execute(connection, {AuditEntry: [ENTRY], Meta: [{"key": "ready", "value": "yes"}]}, gone=[])
    with reading(engine) as connection:
        both = ReadyRead(_ENTRIES).rows(connection, {"actor": ENTRY["actor"]})
        expected = connection.execute(_ENTRIES, {"actor": ENTRY["actor"]}).all()
    assert both == [tuple(row) for row in expected]
    assert both[0] == both[1]
    assert both[0].moment == AT
    assert both[0].moment.tzinfo is UTC
    assert both[0].before == ENTRY["before"]
    assert both[0].is_first is True
    assert facts(engine) == {"ready": "yes"}


def test_what_fails_raises_sqlalchemys_error_and_leaves_nothing(engine: Engine) -> None:
    twice = [{"key": "ready", "value": "one"}, {"key": "ready", "value": "two"}]
    with pytest.raises(IntegrityError), writing(engine) as connection:
        _FACTS.execute(connection, {AuditEntry: [ENTRY], Meta: twice}, gone=[])
    assert facts(engine) == {}
    with reading(engine) as connection:
        assert ReadyRead(_ENTRIES).rows(connection, {"actor": ENTRY["actor"]}) == []


def test_what_is_gone_is_removed_with_what_is_written(engine: Engine) -> None:
    with writing(engine) as connection:
        rows = [{"key": f"ready{number}", "value": ""} for number in range(3)]
        _FACTS.execute(connection, {Meta: rows}, gone=[])
    with writing(engine) as connection:
        _FACTS.execute(connection, {AuditEntry: [ENTRY]}, gone=["ready0", "ready2"])
    assert facts(engine) == {"ready1": ""}


def test_an_error_does_not_tell_the_values(engine: Engine) -> None:
    place = "?" if engine.dialect.name == "sqlite" else "%s"
    with pytest.raises(DBAPIError) as raised, reading(engine) as connection:
        fetch(connection, f"SELECT missing FROM nowhere WHERE missing = {place}", ("a secret",))  # noqa: S608 - no words
    assert "a secret" not in str(raised.value)
