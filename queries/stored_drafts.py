"""Drafts as they are stored, for showing them: reading them makes none, unlike opening an event."""

from __future__ import annotations

from sqlalchemy import Connection, select

from data.rights import Actor
from data.schema import EvaluationDraft
from queries.evaluation_drafts import Draft, draft_answers
from queries.evaluation_standing import evaluating_ngo


def stored_drafts(connection: Connection, actor: Actor, *, submission_id: str | None = None) -> list[Draft]:
    """The drafts of the actor's NGO, or the one with a submission id, the last saved first. Raises ForbiddenError."""
    columns = (
        EvaluationDraft.submission_id,
        EvaluationDraft.event_id,
        EvaluationDraft.base_version,
        EvaluationDraft.saved_at,
    )
    statement = select(*columns).where(EvaluationDraft.ngo_id == evaluating_ngo(actor))
    if submission_id is not None:
        statement = statement.where(EvaluationDraft.submission_id == submission_id)
    rows = connection.execute(statement.order_by(EvaluationDraft.saved_at.desc(), EvaluationDraft.event_id))
    return [
        Draft(
            submission_id=row.submission_id,
            event_id=row.event_id,
            base_version=row.base_version,
            answers=draft_answers(connection, submission_id=row.submission_id),
            saved_at=row.saved_at,
        )
        for row in rows
    ]
