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

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, bindparam, case, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from data import audit
from data.codes import DraftItem, EvaluationState, Problem, RecommendationState, Visibility
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
from data.together import Together, insert_row, named, table_of
from queries.evaluation_answers import Item, answer_columns, missing_items, problems_of
from queries.evaluation_drafts import (
    AlreadySentError,
    RecommendationAnsweredError,
    ReleasedConfidentiallyError,
    sent_recommendation,
    store_answer,
    why_no_draft,
)
from queries.evaluation_standing import (
    BusyError,
    CurrentVersion,
    StandingDraft,
    evaluating_ngo,
    hold_draft,
    writing_or_busy,
)
from queries.evaluation_window import day_of
from queries.receipts import Receipt, receipt_number


class MissingAnswersError(DomainError):
    """Answers are missing; ``items`` says which, in the form's order."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        super().__init__(N_("Some answers are still missing. Your draft is kept."))
        self.items = items


@dataclass(frozen=True, kw_only=True)
class _Sending:
    """A complete draft on its way: what is sent, by whom and when."""

    actor: Actor
    ngo_id: int
    draft: StandingDraft
    answers: Mapping[str, str]
    now: datetime

    @property
    def current(self) -> CurrentVersion | None:
        return self.draft.standing.current

    @property
    def version(self) -> int:
        return self.current.version + 1 if self.current else 1

    @property
    def is_late(self) -> bool:
        return self.draft.standing.window.is_late(day_of(self.now))

    @property
    def is_named(self) -> bool:
        return self.answers[DraftItem.VISIBILITY.value] == Visibility.NAMED.value

    @property
    def recommendation(self) -> str:
        return self.answers.get(DraftItem.RECOMMENDATION.value, "")


def submit(engine: Engine, actor: Actor, *, submission_id: str, now: datetime) -> Receipt:
    """Send a draft and return its receipt, once it is committed; sending it again returns the same receipt.

    Raises MissingAnswersError, ForbiddenError, NotHeldError, WindowClosedError, DraftNotFoundError,
    ReleasedConfidentiallyError, RecommendationAnsweredError, BusyError; the draft is intact after each of them.
    """
    ngo_id = evaluating_ngo(actor)
    try:
        with writing_or_busy(engine) as connection:
            sending = _prepare(connection, actor, submission_id=submission_id, ngo_id=ngo_id, now=now.astimezone(UTC))
            return _receipt(sending, _write(connection, sending))
    except AlreadySentError as error:
        return error.receipt
    except RecommendationAnsweredError as error:
        _set_words_back(engine, actor, submission_id=submission_id, words=error.words, now=now)
        raise
    except IntegrityError as error:
        # Another writer (an import) evaluated the same event for the NGO meanwhile: sending again corrects that.
        raise BusyError from error


def _prepare(connection: Connection, actor: Actor, *, submission_id: str, ngo_id: int, now: datetime) -> _Sending:
    """Hold the draft and check all that may keep it from being sent."""
    draft = hold_draft(connection, actor, submission_id=submission_id)
    if draft is None:
        raise why_no_draft(connection, actor, submission_id=submission_id)
    draft.standing.require_open(actor, day_of(now))
    answers = dict(draft.answers)
    missing = missing_items(answers)
    if missing:
        raise MissingAnswersError(missing)
    if Problem.OTHER not in problems_of(answers):
        answers.pop(DraftItem.OTHER_PROBLEM.value, None)
    return _Sending(actor=actor, ngo_id=ngo_id, draft=draft, answers=answers, now=now)


def _write(connection: Connection, sending: _Sending) -> int:
    """Write all that belongs to the evaluation, remove its draft, and return the evaluation's id."""
    if sending.current is not None:
        _retire(connection, sending, sending.current)
    evaluation_id = int(connection.execute(_INSERT_EVALUATION, _evaluation_row(sending)).scalar_one())
    problems = _problem_rows(sending, evaluation_id)
    if problems:
        connection.execute(_INSERT_PROBLEM, problems)
    is_carried = sending.current is not None and _carry(connection, sending, sending.current, evaluation_id)
    values = {"sent_id": sending.draft.submission_id, **named(AuditEntry, _audit_entry(sending, evaluation_id))}
    if sending.recommendation and not is_carried:
        values |= named(Recommendation, _recommendation_row(sending, evaluation_id))
        _FINISH_WITH_RECOMMENDATION.execute(connection, values)
    else:
        _FINISH.execute(connection, values)
    return evaluation_id


_EVALUATION, _DRAFT = table_of(Evaluation), table_of(EvaluationDraft)
_INSERT_EVALUATION = insert(_EVALUATION).returning(_EVALUATION.c.id)
_INSERT_PROBLEM = insert(table_of(EvaluationProblem))
_INSERT_RECOMMENDATION = insert_row(
    Recommendation,
    "public_id", "evaluation_id", "district_soato", "text", "created_date", "released_date", "owner", "answer",
    "state_code",
)  # fmt: skip
_INSERT_AUDIT_ENTRY = insert_row(
    AuditEntry, "at", "account_id", "actor", "action_code", "entity", "entity_id", "before", "after"
)
_DELETE_DRAFT = delete(_DRAFT).where(_DRAFT.c.submission_id == bindparam("sent_id"))
_FINISH = Together(_INSERT_AUDIT_ENTRY, _DELETE_DRAFT)
_FINISH_WITH_RECOMMENDATION = Together(_INSERT_RECOMMENDATION, _INSERT_AUDIT_ENTRY, _DELETE_DRAFT)


def _evaluation_row(sending: _Sending) -> dict[str, Any]:
    return {
        "submission_id": sending.draft.submission_id,
        "event_id": sending.draft.standing.event.event_id,
        "ngo_id": sending.ngo_id,
        "version": sending.version,
        "is_current": True,
        "state_code": EvaluationState.SUBMITTED.value,
        **answer_columns(sending.answers),
        "is_late": sending.is_late,
        "created_at": sending.draft.started_at,
        "submitted_at": sending.now,
        "submitted_date": day_of(sending.now),
    }


def _problem_rows(sending: _Sending, evaluation_id: int) -> list[dict[str, Any]]:
    other = sending.answers.get(DraftItem.OTHER_PROBLEM.value, "")
    return [
        {
            "evaluation_id": evaluation_id,
            "problem_code": problem.value,
            "other_text": other if problem is Problem.OTHER else "",
        }
        for problem in problems_of(sending.answers)
    ]


def _recommendation_row(sending: _Sending, evaluation_id: int) -> dict[str, Any]:
    today = day_of(sending.now)
    return {
        "evaluation_id": evaluation_id,
        "district_soato": sending.draft.standing.event.district_soato,
        "text": sending.recommendation,
        "created_date": today,
        "released_date": today if sending.is_named else None,
        "state_code": RecommendationState.NEW.value,
        "public_id": uuid4().hex,
        "owner": "",
        "answer": "",
    }


def _retire(connection: Connection, sending: _Sending, current: CurrentVersion) -> None:
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


def _carry(connection: Connection, sending: _Sending, current: CurrentVersion, evaluation_id: int) -> bool:
    """Take the recommendation of the version before along; returns whether there was one."""
    sent = sent_recommendation(connection, evaluation_id=current.evaluation_id)
    if sent is None:
        return False
    if sent.is_settled and sent.text != sending.recommendation:
        raise RecommendationAnsweredError(sent.text)
    row = Recommendation.id == sent.recommendation_id
    if not sending.recommendation:
        connection.execute(delete(Recommendation).where(row))
        return True
    released = day_of(sending.now) if sending.is_named else None
    moved = update(Recommendation).where(row)
    connection.execute(
        moved.values(
            evaluation_id=evaluation_id,
            text=sending.recommendation,
            released_date=func.coalesce(Recommendation.released_date, released),
        )
    )
    return True


def _audit_entry(sending: _Sending, evaluation_id: int) -> dict[str, Any]:
    """The audit entry; what a confidential evaluation says is not in it."""
    current = sending.current
    said = {"answers": dict(sending.answers)} if sending.is_named else {}
    return audit.entry(
        actor=sending.actor,
        action="corrected" if current else "submitted",
        entity="evaluation",
        entity_id=evaluation_id,
        before={"evaluation_id": current.evaluation_id, "version": current.version} if current else None,
        after={
            "submission_id": sending.draft.submission_id,
            "event_id": sending.draft.standing.event.event_id,
            "ngo_id": sending.ngo_id,
            "version": sending.version,
            "visibility_code": sending.answers[DraftItem.VISIBILITY.value],
            "is_late": sending.is_late,
            **said,
        },
    )


def _receipt(sending: _Sending, evaluation_id: int) -> Receipt:
    return Receipt(
        number=receipt_number(submitted_at=sending.now, evaluation_id=evaluation_id),
        submission_id=sending.draft.submission_id,
        submitted_at=sending.now,
        version=sending.version,
        is_late=sending.is_late,
        event=sending.draft.standing.event,
        answers=sending.answers,
    )


def _set_words_back(engine: Engine, actor: Actor, *, submission_id: str, words: str, now: datetime) -> None:
    with writing_or_busy(engine) as connection:
        if hold_draft(connection, actor, submission_id=submission_id) is not None:
            item = DraftItem.RECOMMENDATION
            store_answer(connection, submission_id=submission_id, item=item, answer=words, now=now)
