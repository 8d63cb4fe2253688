"""Sending an evaluation: exactly once, whatever is clicked twice, cut off or sent from two places.

One transaction holds the draft, so that a second sender waits, and writes the evaluation, its problems, its
recommendation and the audit entry and removes the draft. The submission id is the draft's and unique among
evaluations: whoever comes second finds no draft but the evaluation, and gets the same receipt.

Submissions that several threads of a process ask for at the same time are written by one of them in one transaction,
as what a submission costs is mostly its commit. Only what is beyond doubt goes with the others: first evaluations whose
drafts nobody else holds and that nothing keeps from being sent. The rest, and all where anything fails, go each for
itself. Every caller has the receipt only after the commit. Of corrections :mod:`queries.evaluations.corrections` tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import NamedTuple

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from data.codes import DraftItem, Problem
from data.database.engine import BusyError, writing_or_busy
from data.dates.clock import day_of
from data.evaluations import Item, missing_items, problems_of
from data.gathering import Gathering
from data.language import N_, DomainError
from data.policy import Actor
from queries.evaluations.access import evaluating_ngo
from queries.evaluations.corrections import write_correction, write_first
from queries.evaluations.drafts import AlreadySentError, RecommendationAnsweredError, store_answer, why_no_draft
from queries.evaluations.locking import Asked, StandingDraft, hold_draft, hold_free_drafts
from queries.evaluations.receipts import Receipt
from queries.evaluations.sending import Sending, receipt_of

# One round at a time makes the largest groups, and what a round costs is shared by more.
ROUNDS_AT_ONCE, MOST_AT_ONCE = 1, 32


class MissingAnswersError(DomainError):
    """Answers are missing; ``items`` says which, in the form's order."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        super().__init__(N_("Some answers are still missing. Your draft is kept."))
        self.items = items


class _Asking(NamedTuple):
    """Someone who asks for a draft to be sent, and when."""

    asked: Asked
    now: datetime


def submit(engine: Engine, actor: Actor, *, submission_id: str, now: datetime) -> Receipt:
    """Send a draft and return its receipt, once it is committed; sending it again returns the same receipt.

    Raises MissingAnswersError, ForbiddenError, NotHeldError, WindowClosedError, DraftNotFoundError,
    ReleasedConfidentiallyError, RecommendationAnsweredError, BusyError; the draft is intact after each of them.
    """
    evaluating_ngo(actor)
    asking = _Asking(Asked(actor, submission_id), now.astimezone(UTC))
    sent = _gathering(engine).do(asking)
    if sent is not None:
        return sent
    try:
        return _submit_alone(engine, asking)
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


@lru_cache(maxsize=8)
def _gathering(engine: Engine) -> Gathering[_Asking, Receipt | None]:
    return Gathering(partial(_submit_together, engine), rounds=ROUNDS_AT_ONCE, most=MOST_AT_ONCE)


def _submit_together(engine: Engine, group: Sequence[_Asking]) -> list[Receipt | None]:
    """The receipts of those that could be sent together; None for those that are to be sent alone.

    Raises BusyError where the whole database is: on SQLite.
    """
    try:
        with writing_or_busy(engine) as connection:
            sendings = list(_sendable(connection, group))
            if sendings:
                write_first(connection, sendings)
    except IntegrityError:
        sendings = []
    except BusyError:
        if engine.dialect.name == "sqlite":
            raise
        sendings = []
    receipts = {sending.draft.submission_id: receipt_of(sending) for sending in sendings}
    return [receipts.pop(asking.asked.submission_id, None) for asking in group]


def _sendable(connection: Connection, group: Sequence[_Asking]) -> Iterator[Sending]:
    """Hold the drafts of a group and choose those that are first evaluations and may be sent."""
    first = {asking.asked.submission_id: asking for asking in reversed(group)}
    for draft in hold_free_drafts(connection, [asking.asked for asking in first.values()]):
        if draft.standing.current is not None:
            continue
        try:
            yield _checked(draft, first[draft.submission_id])
        except DomainError:
            continue


def _submit_alone(engine: Engine, asking: _Asking) -> Receipt:
    actor, submission_id = asking.asked
    with writing_or_busy(engine) as connection:
        draft = hold_draft(connection, actor, submission_id=submission_id, is_to_send=True)
        if draft is None:
            raise why_no_draft(connection, actor, submission_id=submission_id)
        sending = _checked(draft, asking)
        if sending.current is None:
            write_first(connection, [sending])
        else:
            write_correction(connection, sending, sending.current)
    return receipt_of(sending)


def _checked(draft: StandingDraft, asking: _Asking) -> Sending:
    """What is to be written of a draft that is held. Raises what may keep it from being sent."""
    actor, now = asking.asked.actor, asking.now
    draft.standing.require_open(actor, day_of(now))
    answers = dict(draft.answers)
    missing = missing_items(answers)
    if missing:
        raise MissingAnswersError(missing)
    if Problem.OTHER not in problems_of(answers):
        answers.pop(DraftItem.OTHER_PROBLEM.value, None)
    return Sending(actor=actor, ngo_id=evaluating_ngo(actor), draft=draft, answers=answers, now=now)


def _set_words_back(engine: Engine, actor: Actor, *, submission_id: str, words: str, now: datetime) -> None:
    with writing_or_busy(engine) as connection:
        if hold_draft(connection, actor, submission_id=submission_id) is not None:
            item = DraftItem.RECOMMENDATION
            store_answer(connection, submission_id=submission_id, item=item, answer=words, now=now)
