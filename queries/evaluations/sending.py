"""A complete draft on its way: what is sent, and the rows and the receipt that come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from data.codes import DraftItem, EvaluationState, Problem, RecommendationState, Visibility
from data.database import audit
from data.dates.clock import day_of
from data.evaluations import problems_of
from data.policy import Actor
from queries.evaluations.access import CurrentVersion
from queries.evaluations.answers import answer_columns
from queries.evaluations.locking import StandingDraft
from queries.evaluations.receipts import Receipt, receipt_number


@dataclass(frozen=True, kw_only=True)
class Sending:
    """A complete draft on its way: what is sent, by whom and when."""

    actor: Actor
    ngo_id: int
    draft: StandingDraft
    answers: Mapping[str, str]
    now: datetime

    @property
    def evaluation_id(self) -> int:
        """The number of the evaluation."""
        return self.draft.next_id

    @property
    def current(self) -> CurrentVersion | None:
        """The version that it corrects."""
        return self.draft.standing.current

    @property
    def version(self) -> int:
        """Its own version."""
        return self.current.version + 1 if self.current else 1

    @property
    def is_late(self) -> bool:
        """Whether it is sent by permission, after the window."""
        return self.draft.standing.window.is_late(day_of(self.now))

    @property
    def is_named(self) -> bool:
        """Whether the district may read it."""
        return self.answers[DraftItem.VISIBILITY.value] == Visibility.NAMED.value

    @property
    def recommendation(self) -> str:
        """What it recommends, "" for nothing."""
        return self.answers.get(DraftItem.RECOMMENDATION.value, "")


def evaluation_row(sending: Sending) -> dict[str, Any]:
    """The columns of the evaluation."""
    return {
        "id": sending.evaluation_id,
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


def problem_rows(sending: Sending) -> list[dict[str, Any]]:
    """A row a problem that was met."""
    other = sending.answers.get(DraftItem.OTHER_PROBLEM.value, "")
    return [
        {
            "evaluation_id": sending.evaluation_id,
            "problem_code": problem.value,
            "other_text": other if problem is Problem.OTHER else "",
        }
        for problem in problems_of(sending.answers)
    ]


def recommendation_rows(sending: Sending) -> list[dict[str, Any]]:
    """The new recommendation, or none."""
    if not sending.recommendation:
        return []
    today = day_of(sending.now)
    row = {
        "evaluation_id": sending.evaluation_id,
        "district_soato": sending.draft.standing.event.district_soato,
        "text": sending.recommendation,
        "created_date": today,
        "released_date": today if sending.is_named else None,
        "state_code": RecommendationState.NEW.value,
        "public_id": uuid4().hex,
        "owner": "",
        "answer": "",
    }
    return [row]


def audit_entry(sending: Sending) -> dict[str, Any]:
    """The audit entry; what a confidential evaluation says is not in it."""
    current = sending.current
    said = {"answers": dict(sending.answers)} if sending.is_named else {}
    return audit.entry(
        actor=sending.actor,
        action="corrected" if current else "submitted",
        entity="evaluation",
        entity_id=sending.evaluation_id,
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


def receipt_of(sending: Sending) -> Receipt:
    """The receipt, equal to the one that is read from the rows."""
    return Receipt(
        number=receipt_number(submitted_at=sending.now, evaluation_id=sending.evaluation_id),
        submission_id=sending.draft.submission_id,
        submitted_at=sending.now,
        version=sending.version,
        is_late=sending.is_late,
        event=sending.draft.standing.event,
        answers=sending.answers,
    )
