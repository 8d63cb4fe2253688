"""The audit log takes entries and never changes them."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import DBAPIError

from data.database.audit import record
from data.database.engine import reading, writing
from data.schema import (
    AuditEntry,
)

pytestmark = pytest.mark.both_databases


def test_audit_log_is_append_only(engine: Engine) -> None:
    with writing(engine) as connection:
        record(connection, actor="test", action="create", entity="event", entity_id=1)
    for statement in (update(AuditEntry).values(actor="someone else"), delete(AuditEntry)):
        with pytest.raises(DBAPIError, match="append-only"), writing(engine) as connection:
            connection.execute(statement)
    with reading(engine) as connection:
        assert connection.scalars(select(AuditEntry.actor)).all() == ["test"]
