"""Drafts of evaluations: each answer is stored as it is given, so nothing is lost but what was never given.

One NGO has at most one draft of an event. Its ``submission_id`` is made with it and becomes the evaluation's, which
is what makes sending it twice the same as sending it once. A draft of an event that was evaluated before is a
correction and starts from the answers that count now. A draft is gone when, and only when, it was sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, Engine, bindparam, delete, insert, or_, select, update

from data.codes import DraftItem, RecommendationState, Visibility
from data.database.engine import reading, writing_or_busy
from data.database.upsert import insert_missing, upsert
from data.dates.clock import day_of
from data.evaluations import Item
from data.language import N_, DomainError
from data.policy import Actor
from data.schema import EvaluationDraft, EvaluationDraftAnswer, Recommendation, RecommendationStep
from queries.evaluations.access import Standing, evaluating_ngo, standing_of
from queries.evaluations.answers import clean_answer, item_of
from queries.evaluations.locking import hold_draft
from queries.evaluations.receipts import Receipt, evaluation_answers, receipt


class AlreadySentError(DomainError):
    """The draft was sent, perhaps from another tab or device; ``receipt`` is what was sent."""

    def __init__(self, sent: Receipt) -> None:
        super().__init__(N_("This evaluation has been sent already. Its receipt is {number}."), number=sent.number)
        self.receipt = sent


class DraftNotFoundError(DomainError):
    """No draft of the actor's NGO has this submission id."""

    def __init__(self) -> None:
        super().__init__(N_("This draft is not there. Open the event again from the list."))


class ReleasedConfidentiallyError(DomainError):
    """An evaluation whose confidential sums were released cannot become named."""

    def __init__(self) -> None:
        super().__init__(
            N_("This evaluation already counts in confidential sums, which never change, so it stays confidential.")
        )


class RecommendationAnsweredError(DomainError):
    """The district has begun to act on the recommendation, so its ``words`` are settled."""

    def __init__(self, words: str) -> None:
        super().__init__(
            N_("The district has begun to act on your recommendation, so its words stay as they were sent.")
        )
        self.words = words


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An unsent evaluation; ``answers`` by item code, ``base_version`` the version it corrects (0: none)."""

    submission_id: str
    event_id: int
    base_version: int
    answers: Mapping[str, str]
    saved_at: datetime


_ANSWERS = select(EvaluationDraftAnswer.item_code, EvaluationDraftAnswer.value).where(
    EvaluationDraftAnswer.submission_id == bindparam("submission_id")
)


def draft_answers(connection: Connection, *, submission_id: str) -> dict[str, str]:
    """The answers of a draft by item code; rights are the caller's."""
    return {row[0]: row[1] for row in connection.execute(_ANSWERS, {"submission_id": submission_id})}


def _find_draft(connection: Connection, *, event_id: int, ngo_id: int) -> Draft | None:
    columns = (EvaluationDraft.submission_id, EvaluationDraft.base_version, EvaluationDraft.saved_at)
    row = connection.execute(select(*columns).filter_by(event_id=event_id, ngo_id=ngo_id)).one_or_none()
    if row is None:
        return None
    return Draft(
        submission_id=row.submission_id,
        event_id=event_id,
        base_version=row.base_version,
        answers=draft_answers(connection, submission_id=row.submission_id),
        saved_at=row.saved_at,
    )


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


def open_draft(engine: Engine, actor: Actor, *, event_id: int, now: datetime) -> Draft:
    """The one draft of the actor's NGO for an event, made where there is none; a correction starts from what counts.

    Raises ForbiddenError, NotHeldError, WindowClosedError, BusyError.
    """
    ngo_id = evaluating_ngo(actor)
    with reading(engine) as connection:
        standing_of(connection, actor, event_id=event_id).require_open(actor, day_of(now))
        draft = _find_draft(connection, event_id=event_id, ngo_id=ngo_id)
    if draft is not None:
        return draft
    with writing_or_busy(engine) as connection:
        standing = standing_of(connection, actor, event_id=event_id)
        standing.require_open(actor, day_of(now))
        _make_draft(connection, standing, ngo_id=ngo_id, now=now)
        draft = _find_draft(connection, event_id=event_id, ngo_id=ngo_id)
    if draft is None:
        raise DraftNotFoundError
    return draft


def _make_draft(connection: Connection, standing: Standing, *, ngo_id: int, now: datetime) -> None:
    submission_id, current = str(uuid4()), standing.current
    row = {
        "submission_id": submission_id,
        "event_id": standing.event.event_id,
        "ngo_id": ngo_id,
        "base_version": current.version if current else 0,
        "started_at": now,
        "saved_at": now,
    }
    insert_missing(connection, EvaluationDraft, [row])
    mine = select(EvaluationDraft.submission_id).where(EvaluationDraft.submission_id == submission_id)
    if current is None or connection.execute(mine).first() is None:
        return
    answers = evaluation_answers(connection, evaluation_id=current.evaluation_id)
    rows = [
        {"submission_id": submission_id, "item_code": code, "value": value, "saved_at": now}
        for code, value in answers.items()
    ]
    connection.execute(insert(EvaluationDraftAnswer), rows)


def save_answer(
    engine: Engine, actor: Actor, *, submission_id: str, item_code: str, value: str, now: datetime
) -> datetime:
    """Store one answer of a draft ("" removes it) and return when; the other answers stay as they are.

    Raises InvalidAnswerError (TooLongError, ParticipantsError), PersonalDataError, ForbiddenError, NotHeldError,
    WindowClosedError, AlreadySentError, DraftNotFoundError, ReleasedConfidentiallyError, RecommendationAnsweredError,
    BusyError.
    """
    item = item_of(item_code)
    answer = clean_answer(item, value)
    with writing_or_busy(engine) as connection:
        draft = hold_draft(connection, actor, submission_id=submission_id)
        if draft is None:
            raise why_no_draft(connection, actor, submission_id=submission_id)
        draft.standing.require_open(actor, day_of(now))
        _check_against_sent(connection, draft.standing, item, answer)
        store_answer(connection, submission_id=submission_id, item=item, answer=answer, now=now)
    return now


def store_answer(connection: Connection, *, submission_id: str, item: Item, answer: str, now: datetime) -> None:
    """Store a clean answer of a draft that is held, "" to remove it; rights are the caller's."""
    place = {"submission_id": submission_id, "item_code": item.value}
    if answer:
        row = {**place, "value": answer, "saved_at": now}
        upsert(connection, EvaluationDraftAnswer, [row], key=["submission_id", "item_code"])
    else:
        connection.execute(delete(EvaluationDraftAnswer).filter_by(**place))
    saved = update(EvaluationDraft).where(EvaluationDraft.submission_id == submission_id)
    connection.execute(saved.values(saved_at=now))


def why_no_draft(connection: Connection, actor: Actor, *, submission_id: str) -> DomainError:
    """Why a draft is not there: it was sent, or it never was."""
    sent = receipt(connection, actor, submission_id=submission_id)
    return DraftNotFoundError() if sent is None else AlreadySentError(sent)


@dataclass(frozen=True, kw_only=True)
class SentRecommendation:
    """The recommendation of the version that counts; ``is_settled`` once the district has begun to act on it."""

    recommendation_id: int
    text: str
    is_settled: bool


def sent_recommendation(connection: Connection, *, evaluation_id: int) -> SentRecommendation | None:
    """The recommendation of an evaluation, None where it has none; held until the end of the transaction."""
    begun = select(RecommendationStep.id).where(RecommendationStep.recommendation_id == Recommendation.id)
    is_settled = or_(
        Recommendation.state_code != RecommendationState.NEW.value, begun.correlate(Recommendation).exists()
    )
    columns = (Recommendation.id, Recommendation.text, is_settled.label("is_settled"))
    statement = select(*columns).where(Recommendation.evaluation_id == evaluation_id)
    row = connection.execute(statement.with_for_update(of=Recommendation)).one_or_none()
    if row is None:
        return None
    return SentRecommendation(recommendation_id=row.id, text=row.text, is_settled=bool(row.is_settled))


def _check_against_sent(connection: Connection, standing: Standing, item: Item, answer: str) -> None:
    """Refuse what a correction cannot change any more."""
    if item is DraftItem.VISIBILITY and answer == Visibility.NAMED.value and standing.is_released:
        raise ReleasedConfidentiallyError
    if item is DraftItem.RECOMMENDATION and standing.current is not None:
        sent = sent_recommendation(connection, evaluation_id=standing.current.evaluation_id)
        if sent is not None and sent.is_settled and sent.text != answer:
            raise RecommendationAnsweredError(sent.text)
