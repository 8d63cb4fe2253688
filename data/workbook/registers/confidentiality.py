"""What an import may not touch: evaluations that the NGOs sent confidentially, and sums that were released of them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, and_, select

from data.schema import AuditEntry, ConfidentialBatchMember, Evaluation
from data.workbook.database import Action, rows_where


def released_evaluations(connection: Connection, evaluation_ids: Collection[int]) -> set[int]:
    """Those of the evaluations whose event and NGO are in a batch of confidential ones."""
    same = and_(
        ConfidentialBatchMember.event_id == Evaluation.event_id, ConfidentialBatchMember.ngo_id == Evaluation.ngo_id
    )
    released = select(Evaluation.id).join(ConfidentialBatchMember, same)
    return {row.id for row in rows_where(connection, released, Evaluation.id, evaluation_ids)}


def imported_evaluations(connection: Connection, evaluation_ids: Collection[int]) -> set[int]:
    """Those of the evaluations that came with a workbook, by the audit log."""
    entries = select(AuditEntry.entity_id).where(
        AuditEntry.entity == "evaluation", AuditEntry.action_code.in_([action.value for action in Action])
    )
    keys = [str(evaluation_id) for evaluation_id in evaluation_ids]
    return {int(row.entity_id) for row in rows_where(connection, entries, AuditEntry.entity_id, keys)}
