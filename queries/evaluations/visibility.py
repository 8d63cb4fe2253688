"""Conditions on who may read a single evaluation."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, false

from data.codes import Visibility
from data.policy import Action, Actor, may
from data.schema import ConfidentialBatchMember, Evaluation


def is_open_to_leaders() -> ColumnElement[bool]:
    """Return a condition on ``Evaluation``: named, and no correction of one that was released in a batch."""
    released = exists().where(
        ConfidentialBatchMember.event_id == Evaluation.event_id, ConfidentialBatchMember.ngo_id == Evaluation.ngo_id
    )
    return (Evaluation.visibility_code == Visibility.NAMED.value) & ~released.correlate(Evaluation)


def is_readable_by(actor: Actor) -> ColumnElement[bool]:
    """Return a condition on ``Evaluation``, among the rows permitted to the actor: it may read this single one."""
    if may(actor, Action.READ_OWN_EVALUATIONS):
        return Evaluation.ngo_id == actor.ngo_id
    return is_open_to_leaders() if may(actor, Action.READ_SINGLE_EVALUATIONS) else false()
