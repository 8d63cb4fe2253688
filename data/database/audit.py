"""Audit log: every write adds an entry in its own transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, insert

from data.dates import clock
from data.policy import Actor
from data.schema import AuditEntry


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def _row(
    *,
    at: datetime,
    actor: Actor | str,
    action: str,
    entity: str,
    entity_id: object,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    reason: str = "",
    import_run_id: int | None = None,
) -> dict[str, Any]:
    return {
        "at": at,
        "account_id": actor.account_id if isinstance(actor, Actor) else None,
        "actor": actor.login if isinstance(actor, Actor) else actor,
        "action_code": action,
        "entity": entity,
        "entity_id": str(entity_id),
        "before": {key: _plain(value) for key, value in before.items()} if before is not None else None,
        "after": {key: _plain(value) for key, value in after.items()} if after is not None else None,
        "reason": reason,
        "import_run_id": import_run_id,
    }


def record(
    connection: Connection,
    *,
    actor: Actor | str,
    action: str,
    entity: str,
    entity_id: object,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Append an entry: actor, action, entity, its values before and after, and the reason; ``actor`` is text for
    the command line.
    """
    at, key = clock.now(), str(entity_id)
    row = _row(
        at=at, actor=actor, action=action, entity=entity, entity_id=key, before=before, after=after, reason=reason
    )
    connection.execute(insert(AuditEntry), row)


def record_many(
    connection: Connection,
    *,
    actor: Actor | str,
    action: str,
    entity: str,
    entries: Sequence[tuple[object, Mapping[str, Any] | None, Mapping[str, Any] | None]],
    reason: str = "",
    import_run_id: int | None = None,
) -> None:
    """Append an entry for each of ``entries`` (id of the row, before, after), all with the same time and action."""
    at = clock.now()
    rows = [
        _row(
            at=at,
            actor=actor,
            action=action,
            entity=entity,
            entity_id=entity_id,
            before=before,
            after=after,
            reason=reason,
            import_run_id=import_run_id,
        )
        for entity_id, before, after in entries
    ]
    if rows:
        connection.execute(insert(AuditEntry), rows)
