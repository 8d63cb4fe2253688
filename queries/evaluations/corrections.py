"""Corrections: a new version replaces the one before, which stays in the database and is no longer current.

What a correction does to the recommendation of the version before:

* the same text: the thread goes on under the new version;
* another text, and the district has not begun to act on it: the thread goes on with the new text;
* no text, and the district has not begun: the NGO took it back, the recommendation is removed;
* another or no text after the district has begun: refused (the draft's text is set back, so that it can be sent).

A named evaluation that becomes confidential was seen before, and its recommendation stays released. A confidential
one that becomes named is released at once, unless its sums were released in a batch: then it stays confidential.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, case, delete, func, or_, select, update

from data.codes import DraftItem, RecommendationState, Visibility
from data.evaluations import Item
from data.language import N_, DomainError
from data.schema import ConfidentialBatchMember, Evaluation, Recommendation, RecommendationStep
from queries.evaluations.access import CurrentVersion, EventAccess


class ReleasedConfidentiallyError(DomainError):
    """Raised where an evaluation whose confidential sums were released would become named."""

    def __init__(self) -> None:
        super().__init__(
            N_("This evaluation already counts in confidential sums, which never change, so it stays confidential.")
        )


class RecommendationAnsweredError(DomainError):
    """Raised where the district has begun to act on the recommendation, so its text cannot change."""

    def __init__(self, text: str) -> None:
        super().__init__(
            N_("The district has begun to act on your recommendation, so its words stay as they were sent.")
        )
        self.text = text


@dataclass(frozen=True, kw_only=True)
class SentRecommendation:
    """Recommendation of the current version; ``is_settled`` once the district has begun to act on it."""

    recommendation_id: int
    text: str
    is_settled: bool


def check_answer(connection: Connection, access: EventAccess, item: Item, answer: str) -> None:
    """Raise ReleasedConfidentiallyError or RecommendationAnsweredError for what a correction cannot change any more."""
    if item is DraftItem.VISIBILITY and answer == Visibility.NAMED.value and access.is_released:
        raise ReleasedConfidentiallyError
    if item is DraftItem.RECOMMENDATION and access.current is not None:
        recommendation_to_carry(connection, access.current, text=answer)


def retire_version(connection: Connection, access: EventAccess, current: CurrentVersion, *, is_named: bool) -> None:
    """Mark the current version as superseded; its answers stay.

    Raises ReleasedConfidentiallyError where its confidentiality cannot end.
    """
    sent_text = select(Recommendation.text).where(Recommendation.evaluation_id == Evaluation.id).scalar_subquery()
    kept = case(
        (Evaluation.recommendation_text == "", func.coalesce(sent_text, "")), else_=Evaluation.recommendation_text
    )
    old = update(Evaluation).where(Evaluation.id == current.evaluation_id)
    connection.execute(old.values(is_current=False, recommendation_text=kept))
    # Asked after the row is locked: a release in another transaction either locks it first or finds it old.
    place = {"event_id": access.event.event_id, "ngo_id": access.ngo_id}
    released = select(ConfidentialBatchMember.evaluation_id).filter_by(**place)
    if is_named and connection.execute(released).first() is not None:
        raise ReleasedConfidentiallyError


def recommendation_to_carry(connection: Connection, current: CurrentVersion, *, text: str) -> SentRecommendation | None:
    """Recommendation of the current version, locked until the end of the transaction; None where it has none.

    Raises RecommendationAnsweredError where its text cannot change and is not ``text``.
    """
    begun = select(RecommendationStep.id).where(RecommendationStep.recommendation_id == Recommendation.id)
    is_settled = or_(
        Recommendation.state_code != RecommendationState.NEW.value, begun.correlate(Recommendation).exists()
    )
    columns = (Recommendation.id, Recommendation.text, is_settled.label("is_settled"))
    statement = select(*columns).where(Recommendation.evaluation_id == current.evaluation_id)
    row = connection.execute(statement.with_for_update(of=Recommendation)).one_or_none()
    if row is None:
        return None
    if row.is_settled and row.text != text:
        raise RecommendationAnsweredError(row.text)
    return SentRecommendation(recommendation_id=row.id, text=row.text, is_settled=bool(row.is_settled))


def carry_recommendation(
    connection: Connection, recommendation_id: int, *, evaluation_id: int, text: str, released_date: date | None
) -> None:
    """Move the recommendation of the version before to an evaluation, or delete one that was taken back."""
    row = Recommendation.id == recommendation_id
    if not text:
        connection.execute(delete(Recommendation).where(row))
        return
    released = func.coalesce(Recommendation.released_date, released_date)
    moved = update(Recommendation).where(row)
    connection.execute(moved.values(evaluation_id=evaluation_id, text=text, released_date=released))
