"""Submission of an evaluation: exactly once, whatever is clicked twice, cut off or sent from two places.

One transaction locks the draft, so that a second sender waits, writes the evaluation, its problems, its recommendation
and the audit entry, and deletes the draft. The submission id is the draft's and unique among evaluations: a second
sender finds no draft but the evaluation, and gets the same receipt. :mod:`queries.evaluations.corrections` says what a
correction does to the version before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, Engine, delete, insert
from sqlalchemy.exc import IntegrityError

from data.codes import DraftItem, EvaluationState, Problem, RecommendationState, Visibility
from data.database import audit
from data.database.engine import BusyError, reading, writing_or_busy
from data.dates.clock import day_of
from data.evaluations import Item, missing_items, problems_of
from data.language import N_, DomainError
from data.policy import Actor
from data.schema import Evaluation, EvaluationDraft, EvaluationProblem, Recommendation
from queries.evaluations.access import CurrentVersion
from queries.evaluations.answers import answer_columns
from queries.evaluations.corrections import (
    RecommendationAnsweredError,
    carry_recommendation,
    recommendation_to_carry,
    retire_version,
)
from queries.evaluations.drafts import DraftNotFoundError, LockedDraft, draft_answers, lock_draft, store_answer
from queries.evaluations.receipts import Receipt, receipt


class MissingAnswersError(DomainError):
    """Raised where required answers are missing; ``items`` lists them in the form's order."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        super().__init__(N_("Some answers are still missing. Your draft is saved."))
        self.items = items


def submit(engine: Engine, actor: Actor, *, submission_id: str, now: datetime) -> Receipt:
    """Send a draft and return its receipt, once it is committed; sending it again returns the same receipt.

    Raises MissingAnswersError, ForbiddenError, NotHeldError, WindowClosedError, DraftNotFoundError,
    ReleasedConfidentiallyError, RecommendationAnsweredError, BusyError; the draft is intact after each of them.
    """
    try:
        with writing_or_busy(engine) as connection:
            draft = lock_draft(connection, actor, submission_id=submission_id)
            if draft is not None:
                _send(connection, _complete(connection, actor, draft, now=now.astimezone(UTC)))
            sent = receipt(connection, actor, submission_id=submission_id)
    except RecommendationAnsweredError as error:
        _restore_text(engine, actor, submission_id=submission_id, text=error.text, now=now)
        raise
    except IntegrityError as error:
        sent = _sent_by_another(engine, actor, error, submission_id=submission_id)
    if sent is None:
        raise DraftNotFoundError
    return sent


@dataclass(frozen=True, kw_only=True)
class _Submission:
    """A complete, locked draft: its content, sender and time."""

    actor: Actor
    draft: LockedDraft
    answers: Mapping[str, str]
    now: datetime

    @property
    def current(self) -> CurrentVersion | None:
        """Version that it corrects."""
        return self.draft.access.current

    @property
    def version(self) -> int:
        """Version number of the new evaluation."""
        return self.current.version + 1 if self.current else 1

    @property
    def is_late(self) -> bool:
        """Whether it is sent by permission, after the window."""
        return self.draft.access.window.is_late(day_of(self.now))

    @property
    def is_named(self) -> bool:
        """Whether the district may read it."""
        return self.answers[DraftItem.VISIBILITY.value] == Visibility.NAMED.value

    @property
    def released_date(self) -> date | None:
        """Day from which the district sees its recommendation; None for a confidential one."""
        return day_of(self.now) if self.is_named else None

    @property
    def recommendation(self) -> str:
        """Text of the recommendation, "" for none."""
        return self.answers.get(DraftItem.RECOMMENDATION.value, "")


def _complete(connection: Connection, actor: Actor, draft: LockedDraft, *, now: datetime) -> _Submission:
    """Return what is to be sent of a draft. Raises what may keep it from being sent."""
    draft.access.require_open(actor, day_of(now))
    answers = draft_answers(connection, submission_id=draft.submission_id)
    missing = missing_items(answers)
    if missing:
        raise MissingAnswersError(missing)
    if Problem.OTHER not in problems_of(answers):
        answers.pop(DraftItem.OTHER_PROBLEM.value, None)
    return _Submission(actor=actor, draft=draft, answers=answers, now=now)


def _send(connection: Connection, submission: _Submission) -> None:
    """Insert the evaluation with its problems and recommendation, and delete the draft."""
    current, carried = submission.current, None
    if current is not None:
        retire_version(connection, submission.draft.access, current, is_named=submission.is_named)
        carried = recommendation_to_carry(connection, current, text=submission.recommendation)
    evaluation_id = _insert_evaluation(connection, submission)
    _insert_problems(connection, submission, evaluation_id)
    if carried is not None:
        carry_recommendation(
            connection,
            carried.recommendation_id,
            evaluation_id=evaluation_id,
            text=submission.recommendation,
            released_date=submission.released_date,
        )
    elif submission.recommendation:
        _insert_recommendation(connection, submission, evaluation_id)
    connection.execute(delete(EvaluationDraft).where(EvaluationDraft.submission_id == submission.draft.submission_id))
    _record(connection, submission, evaluation_id)


def _insert_evaluation(connection: Connection, submission: _Submission) -> int:
    access = submission.draft.access
    row = insert(Evaluation).values(
        submission_id=submission.draft.submission_id,
        event_id=access.event.event_id,
        ngo_id=access.ngo_id,
        version=submission.version,
        state_code=EvaluationState.SUBMITTED.value,
        **answer_columns(submission.answers),
        is_late=submission.is_late,
        created_at=submission.draft.started_at,
        submitted_at=submission.now,
        submitted_date=day_of(submission.now),
    )
    return connection.execute(row.returning(Evaluation.id)).scalar_one()


def _insert_problems(connection: Connection, submission: _Submission, evaluation_id: int) -> None:
    other = submission.answers.get(DraftItem.OTHER_PROBLEM.value, "")
    rows = [
        {
            "evaluation_id": evaluation_id,
            "problem_code": problem.value,
            "other_text": other if problem is Problem.OTHER else "",
        }
        for problem in problems_of(submission.answers)
    ]
    if rows:
        connection.execute(insert(EvaluationProblem), rows)


def _insert_recommendation(connection: Connection, submission: _Submission, evaluation_id: int) -> None:
    row = insert(Recommendation).values(
        evaluation_id=evaluation_id,
        district_soato=submission.draft.access.event.district_soato,
        text=submission.recommendation,
        created_date=day_of(submission.now),
        released_date=submission.released_date,
        state_code=RecommendationState.NEW.value,
    )
    connection.execute(row)


def _record(connection: Connection, submission: _Submission, evaluation_id: int) -> None:
    """Add the audit entry; it never contains the answers of a confidential evaluation."""
    current, access = submission.current, submission.draft.access
    said = {"answers": dict(submission.answers)} if submission.is_named else {}
    audit.record(
        connection,
        actor=submission.actor,
        action="corrected" if current else "submitted",
        entity="evaluation",
        entity_id=evaluation_id,
        before={"evaluation_id": current.evaluation_id, "version": current.version} if current else None,
        after={
            "submission_id": submission.draft.submission_id,
            "event_id": access.event.event_id,
            "ngo_id": access.ngo_id,
            "version": submission.version,
            "visibility_code": submission.answers[DraftItem.VISIBILITY.value],
            "is_late": submission.is_late,
            **said,
        },
    )


def _sent_by_another(engine: Engine, actor: Actor, error: IntegrityError, *, submission_id: str) -> Receipt:
    """Return the receipt of whoever sent the same submission first.

    Raises BusyError where another writer (an import) evaluated the same event for the NGO meanwhile, as sending again
    corrects that; re-raises the error where it is about no unique key.
    """
    if not (getattr(error.orig, "sqlstate", None) == "23505" or "UNIQUE constraint" in str(error.orig)):
        raise error
    with reading(engine) as connection:
        sent = receipt(connection, actor, submission_id=submission_id)
    if sent is None:
        raise BusyError from error
    return sent


def _restore_text(engine: Engine, actor: Actor, *, submission_id: str, text: str, now: datetime) -> None:
    with writing_or_busy(engine) as connection:
        if lock_draft(connection, actor, submission_id=submission_id) is not None:
            item = DraftItem.RECOMMENDATION
            store_answer(connection, submission_id=submission_id, item=item, answer=text, now=now)
