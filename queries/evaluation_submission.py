"""Sending an evaluation: exactly once, whatever is clicked twice, cut off or sent from two places.

One transaction holds the draft, so that a second sender waits, and writes the evaluation, its problems, its
recommendation and the audit entry and removes the draft. The submission id is the draft's and unique among
evaluations: whoever comes second finds no draft but the evaluation, and gets the same receipt.

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

from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import Connection, Engine, bindparam, case, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from data.codes import DraftItem, Problem
from data.language import N_, DomainError
from data.rights import Actor
from data.schema import (
    AuditEntry,
    ConfidentialBatchMember,
    Evaluation,
    EvaluationDraft,
    EvaluationProblem,
    Recommendation,
)
from data.together import Together, insert_rows, named, table_of
from queries.evaluation_answers import Item, missing_items, problems_of
from queries.evaluation_drafts import (
    AlreadySentError,
    RecommendationAnsweredError,
    ReleasedConfidentiallyError,
    SentRecommendation,
    sent_recommendation,
    store_answer,
    why_no_draft,
)
from queries.evaluation_sending import (
    Sending,
    audit_entry,
    evaluation_row,
    problem_rows,
    receipt_of,
    recommendation_rows,
)
from queries.evaluation_standing import (
    BusyError,
    CurrentVersion,
    evaluating_ngo,
    hold_draft,
    writing_or_busy,
)
from queries.evaluation_window import day_of
from queries.receipts import Receipt


class MissingAnswersError(DomainError):
    """Answers are missing; ``items`` says which, in the form's order."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        super().__init__(N_("Some answers are still missing. Your draft is kept."))
        self.items = items


def submit(engine: Engine, actor: Actor, *, submission_id: str, now: datetime) -> Receipt:
    """Send a draft and return its receipt, once it is committed; sending it again returns the same receipt.

    Raises MissingAnswersError, ForbiddenError, NotHeldError, WindowClosedError, DraftNotFoundError,
    ReleasedConfidentiallyError, RecommendationAnsweredError, BusyError; the draft is intact after each of them.
    """
    ngo_id = evaluating_ngo(actor)
    try:
        with writing_or_busy(engine) as connection:
            sending = _prepare(connection, actor, submission_id=submission_id, ngo_id=ngo_id, now=now.astimezone(UTC))
            return receipt_of(sending, _write(connection, sending))
    except AlreadySentError as error:
        return error.receipt
    except RecommendationAnsweredError as error:
        _set_words_back(engine, actor, submission_id=submission_id, words=error.words, now=now)
        raise
    except IntegrityError as error:
        # Another writer (an import) evaluated the same event for the NGO meanwhile: sending again corrects that.
        if not _is_repeated_key(error):
            raise
        raise BusyError from error


def _is_repeated_key(error: IntegrityError) -> bool:
    return getattr(error.orig, "sqlstate", None) == "23505" or "UNIQUE constraint" in str(error.orig)


def _prepare(connection: Connection, actor: Actor, *, submission_id: str, ngo_id: int, now: datetime) -> Sending:
    """Hold the draft and check all that may keep it from being sent."""
    draft = hold_draft(connection, actor, submission_id=submission_id, is_to_send=True)
    if draft is None:
        raise why_no_draft(connection, actor, submission_id=submission_id)
    draft.standing.require_open(actor, day_of(now))
    answers = dict(draft.answers)
    missing = missing_items(answers)
    if missing:
        raise MissingAnswersError(missing)
    if Problem.OTHER not in problems_of(answers):
        answers.pop(DraftItem.OTHER_PROBLEM.value, None)
    return Sending(actor=actor, ngo_id=ngo_id, draft=draft, answers=answers, now=now)


def _write(connection: Connection, sending: Sending) -> int:
    """Write all that belongs to the evaluation, remove its draft, and return the evaluation's id."""
    carried = None
    if sending.current is not None:
        _retire(connection, sending, sending.current)
        carried = _recommendation_to_carry(connection, sending, sending.current)
    row, evaluation_id = evaluation_row(sending), sending.draft.next_id
    is_numbered = evaluation_id is not None
    if evaluation_id is None:
        evaluation_id = int(connection.execute(_INSERT_EVALUATION, row).scalar_one())
    problems = problem_rows(sending, evaluation_id)
    recommendations = [] if carried else recommendation_rows(sending, evaluation_id)
    values = {
        "sent_id": sending.draft.submission_id,
        **(named(Evaluation, {"id": evaluation_id, **row}) if is_numbered else {}),
        **named(EvaluationProblem, *problems),
        **named(Recommendation, *recommendations),
        **named(AuditEntry, audit_entry(sending, evaluation_id)),
    }
    writes = _writes(is_numbered=is_numbered, problems=len(problems), recommendations=len(recommendations))
    writes.execute(connection, values)
    if carried is not None:
        _carry(connection, sending, carried, evaluation_id)
    return evaluation_id


_EVALUATION, _DRAFT = table_of(Evaluation), table_of(EvaluationDraft)
_INSERT_EVALUATION = insert(_EVALUATION).returning(_EVALUATION.c.id)
_EVALUATION_COLUMNS = tuple(column.name for column in _EVALUATION.c if column.computed is None)
_PROBLEM_COLUMNS = ("evaluation_id", "problem_code", "other_text")
_RECOMMENDATION_COLUMNS = (
    "public_id", "evaluation_id", "district_soato", "text", "created_date", "released_date", "owner", "answer",
    "state_code",
)  # fmt: skip
_AUDIT_COLUMNS = ("at", "account_id", "actor", "action_code", "entity", "entity_id", "before", "after")


@lru_cache(maxsize=64)
def _writes(*, is_numbered: bool, problems: int, recommendations: int) -> Together:
    """The writes of a submission: with the evaluation itself where its number is known beforehand."""
    inserts = (
        (Evaluation, _EVALUATION_COLUMNS, int(is_numbered)),
        (EvaluationProblem, _PROBLEM_COLUMNS, problems),
        (Recommendation, _RECOMMENDATION_COLUMNS, recommendations),
        (AuditEntry, _AUDIT_COLUMNS, 1),
    )
    delete_draft = delete(_DRAFT).where(_DRAFT.c.submission_id == bindparam("sent_id"))
    return Together(*(insert_rows(model, columns, size) for model, columns, size in inserts if size), delete_draft)


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


def _carry(connection: Connection, sending: Sending, carried: SentRecommendation, evaluation_id: int) -> None:
    """Take the recommendation of the version before along, or remove what was taken back."""
    row = Recommendation.id == carried.recommendation_id
    if not sending.recommendation:
        connection.execute(delete(Recommendation).where(row))
        return
    released = day_of(sending.now) if sending.is_named else None
    moved = update(Recommendation).where(row)
    connection.execute(
        moved.values(
            evaluation_id=evaluation_id,
            text=sending.recommendation,
            released_date=func.coalesce(Recommendation.released_date, released),
        )
    )


def _set_words_back(engine: Engine, actor: Actor, *, submission_id: str, words: str, now: datetime) -> None:
    with writing_or_busy(engine) as connection:
        if hold_draft(connection, actor, submission_id=submission_id) is not None:
            item = DraftItem.RECOMMENDATION
            store_answer(connection, submission_id=submission_id, item=item, answer=words, now=now)
