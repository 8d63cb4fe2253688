"""Who may read what a single evaluation says."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, false

from data.codes import Visibility
from data.policy import Action, Actor, may
from data.schema import ConfidentialBatchMember, Evaluation


def is_open_to_leaders() -> ColumnElement[bool]:
    """Condition on ``Evaluation``: named, and no correction of one that was released in a batch."""
    released = exists().where(
        ConfidentialBatchMember.event_id == Evaluation.event_id, ConfidentialBatchMember.ngo_id == Evaluation.ngo_id
    )
    return (Evaluation.visibility_code == Visibility.NAMED.value) & ~released.correlate(Evaluation)


def is_readable_by(actor: Actor) -> ColumnElement[bool]:
    """Condition on ``Evaluation``, among the rows that the actor is permitted: it may read this one by itself."""
    if may(actor, Action.READ_OWN_EVALUATIONS):
        return Evaluation.ngo_id == actor.ngo_id
    return is_open_to_leaders() if may(actor, Action.READ_SINGLE_EVALUATIONS) else false()
