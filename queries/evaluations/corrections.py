"""Writing what is sent: first evaluations, however many at once, and corrections one by one.

A correction is a new version; the old one stays and is not current any more. What a correction does to the
recommendation of the version before:

* the same words: the thread goes on under the new version;
* other words, and the district has not begun to act on it: the thread goes on with the new words;
* no words, and the district has not begun: the NGO took it back, the recommendation is removed;
* other or no words after the district has begun: refused (the draft's words are set back, so that it can be sent).

A named evaluation that becomes confidential was seen before, and its recommendation stays released. A confidential
one that becomes named is released at once, unless its sums were released in a batch: then it stays confidential.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, case, delete, func, select, update

from data.dates.clock import day_of
from data.schema import (
    AuditEntry,
    ConfidentialBatchMember,
    Evaluation,
    EvaluationDraft,
    EvaluationProblem,
    Recommendation,
)
from data.together import Together, table_of
from queries.evaluations.access import CurrentVersion
from queries.evaluations.drafts import (
    RecommendationAnsweredError,
    ReleasedConfidentiallyError,
    SentRecommendation,
    sent_recommendation,
)
from queries.evaluations.sending import Sending, audit_entry, evaluation_row, problem_rows, recommendation_rows

_WRITES = Together(
    {
        Evaluation: tuple(column.name for column in table_of(Evaluation).c if column.computed is None),
        EvaluationProblem: ("evaluation_id", "problem_code", "other_text"),
        Recommendation: (
            "public_id", "evaluation_id", "district_soato", "text", "created_date", "released_date", "owner", "answer",
            "state_code",
        ),
        AuditEntry: ("at", "account_id", "actor", "action_code", "entity", "entity_id", "before", "after"),
    },
    gone=table_of(EvaluationDraft).c.submission_id,
)  # fmt: skip


def write_first(connection: Connection, sendings: Sequence[Sending]) -> None:
    """Write all that belongs to first evaluations and remove their drafts."""
    _write(connection, sendings, recommended=sendings)


def write_correction(connection: Connection, sending: Sending, current: CurrentVersion) -> None:
    """Write a new version in the place of the current one and remove its draft.

    Raises ReleasedConfidentiallyError, RecommendationAnsweredError.
    """
    _retire(connection, sending, current)
    carried = _recommendation_to_carry(connection, sending, current)
    _write(connection, [sending], recommended=[] if carried else [sending])
    if carried is not None:
        _carry(connection, sending, carried)


def _write(connection: Connection, sendings: Sequence[Sending], *, recommended: Sequence[Sending]) -> None:
    rows = {
        Evaluation: [evaluation_row(sending) for sending in sendings],
        EvaluationProblem: [row for sending in sendings for row in problem_rows(sending)],
        Recommendation: [row for sending in recommended for row in recommendation_rows(sending)],
        AuditEntry: [audit_entry(sending) for sending in sendings],
    }
    _WRITES.execute(connection, rows, gone=[sending.draft.submission_id for sending in sendings])


def _retire(connection: Connection, sending: Sending, current: CurrentVersion) -> None:
    """Make the version before an old one that keeps its words; raise where its confidentiality cannot end."""
    words = select(Recommendation.text).where(Recommendation.evaluation_id == Evaluation.id).scalar_subquery()
    kept = case((Evaluation.recommendation_text == "", func.coalesce(words, "")), else_=Evaluation.recommendation_text)
    old = update(Evaluation).where(Evaluation.id == current.evaluation_id)
    connection.execute(old.values(is_current=False, recommendation_text=kept))
    # Asked after the row is held: a release in another transaction either holds it first or finds it old.
    place = {"event_id": sending.draft.standing.event.event_id, "ngo_id": sending.ngo_id}
    released = select(ConfidentialBatchMember.evaluation_id).filter_by(**place)
    if sending.is_named and connection.execute(released).first() is not None:
        raise ReleasedConfidentiallyError


def _recommendation_to_carry(
    connection: Connection, sending: Sending, current: CurrentVersion
) -> SentRecommendation | None:
    """The recommendation of the version before; raise where its words are settled and not these."""
    sent = sent_recommendation(connection, evaluation_id=current.evaluation_id)
    if sent is not None and sent.is_settled and sent.text != sending.recommendation:
        raise RecommendationAnsweredError(sent.text)
    return sent


def _carry(connection: Connection, sending: Sending, carried: SentRecommendation) -> None:
    """Take the recommendation of the version before along, or remove what was taken back."""
    row = Recommendation.id == carried.recommendation_id
    if not sending.recommendation:
        connection.execute(delete(Recommendation).where(row))
        return
    released = day_of(sending.now) if sending.is_named else None
    moved = update(Recommendation).where(row)
    connection.execute(
        moved.values(
            evaluation_id=sending.evaluation_id,
            text=sending.recommendation,
            released_date=func.coalesce(Recommendation.released_date, released),
        )
    )
