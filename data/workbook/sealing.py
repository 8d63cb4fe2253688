"""What an import may not touch: evaluations that the NGOs sent confidentially, and sums that were released of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, and_, select

from data.schema import AuditEntry, ConfidentialBatchMember, Evaluation
from data.workbook.ledger import Action

_CHUNK = 500


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The values in order, so many at a time as a statement can name."""
    rest = iter(sorted(values))
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def released_evaluations(connection: Connection, evaluation_ids: Iterable[int]) -> set[int]:
    """Those of the evaluations whose event and NGO are in a batch of confidential ones."""
    same = and_(
        ConfidentialBatchMember.event_id == Evaluation.event_id, ConfidentialBatchMember.ngo_id == Evaluation.ngo_id
    )
    released = select(Evaluation.id).join(ConfidentialBatchMember, same)
    found = (connection.execute(released.where(Evaluation.id.in_(chunk))) for chunk in chunks(evaluation_ids))
    return {row.id for rows in found for row in rows}


def imported_evaluations(connection: Connection, evaluation_ids: Iterable[int]) -> set[int]:
    """Those of the evaluations that came with a workbook, by the audit log."""
    entries = select(AuditEntry.entity_id).where(
        AuditEntry.entity == "evaluation", AuditEntry.action_code.in_([action.value for action in Action])
    )
    keys = (str(evaluation_id) for evaluation_id in evaluation_ids)
    found = (connection.execute(entries.where(AuditEntry.entity_id.in_(chunk))) for chunk in chunks(keys))
    return {int(row.entity_id) for rows in found for row in rows}
