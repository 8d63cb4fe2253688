"""Drafts of evaluations: each answer is stored as it is given.

One NGO has at most one draft of an event. Its ``submission_id`` is made with it and becomes the evaluation's, which
makes sending it twice the same as sending it once. A draft of an event that was evaluated before is a correction and
starts from the current answers. A draft is deleted when, and only when, it was sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select, true, update

from data.database.engine import reading, writing_or_busy
from data.database.upsert import insert_missing, upsert
from data.dates.clock import day_of
from data.evaluations import Item, missing_items
from data.language import N_, DomainError
from data.policy import Actor
from data.schema import EvaluationDraft, EvaluationDraftAnswer
from queries.evaluations.access import EventAccess, evaluating_ngo, event_access
from queries.evaluations.answers import clean_answer, item_of
from queries.evaluations.corrections import check_answer
from queries.evaluations.receipts import Receipt, evaluation_answers, receipt


class AlreadySentError(DomainError):
    """Raised where the draft was sent, perhaps from another tab or device; ``receipt`` is that of the evaluation."""

    def __init__(self, sent: Receipt) -> None:
        super().__init__(N_("This evaluation has been sent already. Its receipt is {number}."), number=sent.number)
        self.receipt = sent


class DraftNotFoundError(DomainError):
    """Raised where no draft of the actor's NGO has this submission id."""

    def __init__(self) -> None:
        super().__init__(N_("This draft is not there. Open the event again from the list."))


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An unsent evaluation; ``answers`` by item code, ``base_version`` the version it corrects (0: none)."""

    submission_id: str
    event_id: int
    base_version: int
    answers: Mapping[str, str]
    saved_at: datetime


def missing_answers(draft: Draft) -> tuple[Item, ...]:
    """Return the required items without an answer, in the form's order."""
    return missing_items(draft.answers)


def draft_answers(connection: Connection, *, submission_id: str) -> dict[str, str]:
    """Return the answers of a draft by item code. Checks no rights."""
    columns = (EvaluationDraftAnswer.item_code, EvaluationDraftAnswer.value)
    answers = connection.execute(select(*columns).where(EvaluationDraftAnswer.submission_id == submission_id))
    return dict(answers.all())


def stored_drafts(connection: Connection, actor: Actor, *, submission_id: str | None = None) -> list[Draft]:
    """Drafts of the actor's NGO, or the one with a submission id, the last saved first. Raises ForbiddenError."""
    is_asked = true() if submission_id is None else EvaluationDraft.submission_id == submission_id
    return _drafts(connection, EvaluationDraft.ngo_id == evaluating_ngo(actor), is_asked)


def _drafts(connection: Connection, *conditions: ColumnElement[bool]) -> list[Draft]:
    columns = (
        EvaluationDraft.submission_id,
        EvaluationDraft.event_id,
        EvaluationDraft.base_version,
        EvaluationDraft.saved_at,
    )
    statement = select(*columns).where(*conditions)
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
    """Draft of the actor's NGO for an event, created if needed; a correction starts from the current answers.

    Raises ForbiddenError, NotHeldError, WindowClosedError, BusyError.
    """
    of_event = (EvaluationDraft.event_id == event_id, EvaluationDraft.ngo_id == evaluating_ngo(actor))
    with reading(engine) as connection:
        event_access(connection, actor, event_id=event_id).require_open(actor, day_of(now))
        drafts = _drafts(connection, *of_event)
    if not drafts:
        with writing_or_busy(engine) as connection:
            access = event_access(connection, actor, event_id=event_id)
            access.require_open(actor, day_of(now))
            _make_draft(connection, access, now=now)
            drafts = _drafts(connection, *of_event)
    if not drafts:
        raise DraftNotFoundError
    return drafts[0]


def _make_draft(connection: Connection, access: EventAccess, *, now: datetime) -> None:
    submission_id, current = str(uuid4()), access.current
    row = {
        "submission_id": submission_id,
        "event_id": access.event.event_id,
        "ngo_id": access.ngo_id,
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


@dataclass(frozen=True, kw_only=True)
class LockedDraft:
    """A draft that nobody else can save into or send before the end of the transaction."""

    submission_id: str
    started_at: datetime
    access: EventAccess


def lock_draft(connection: Connection, actor: Actor, *, submission_id: str) -> LockedDraft | None:
    """Return a draft of the actor's NGO, locked until the end of the transaction; None where there is none."""
    statement = select(EvaluationDraft.event_id, EvaluationDraft.started_at).where(
        EvaluationDraft.submission_id == submission_id, EvaluationDraft.ngo_id == evaluating_ngo(actor)
    )
    row = connection.execute(statement.with_for_update()).one_or_none()
    if row is None:
        return None
    # Read after the draft is locked, so that all that was written by whoever had it before is seen.
    access = event_access(connection, actor, event_id=row.event_id)
    return LockedDraft(submission_id=submission_id, started_at=row.started_at, access=access)


def save_answer(
    engine: Engine, actor: Actor, *, submission_id: str, item_code: str, value: str, now: datetime
) -> datetime:
    """Store one answer of a draft ("" removes it) and return the time; the other answers stay as they are.

    Raises InvalidAnswerError (TooLongError, ParticipantsError), PersonalDataError, ForbiddenError, NotHeldError,
    WindowClosedError, AlreadySentError, DraftNotFoundError, ReleasedConfidentiallyError, RecommendationAnsweredError,
    BusyError.
    """
    item = item_of(item_code)
    answer = clean_answer(item, value)
    with writing_or_busy(engine) as connection:
        draft = lock_draft(connection, actor, submission_id=submission_id)
        if draft is None:
            sent = receipt(connection, actor, submission_id=submission_id)
            raise DraftNotFoundError if sent is None else AlreadySentError(sent)
        draft.access.require_open(actor, day_of(now))
        check_answer(connection, draft.access, item, answer)
        store_answer(connection, submission_id=submission_id, item=item, answer=answer, now=now)
    return now


def store_answer(connection: Connection, *, submission_id: str, item: Item, answer: str, now: datetime) -> None:
    """Store a clean answer of a locked draft, "" to remove it. Checks no rights."""
    place = {"submission_id": submission_id, "item_code": item.value}
    if answer:
        row = {**place, "value": answer, "saved_at": now}
        upsert(connection, EvaluationDraftAnswer, [row], key=["submission_id", "item_code"])
    else:
        connection.execute(delete(EvaluationDraftAnswer).filter_by(**place))
    saved = update(EvaluationDraft).where(EvaluationDraft.submission_id == submission_id)
    connection.execute(saved.values(saved_at=now))
