"""Receipts of the evaluations that an NGO has sent, and the list of them.

A receipt is made of the stored row only, so asking again gives the same receipt, whatever came afterwards. Its number
is the year of sending in Tashkent and the evaluation's own number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Row, Select, func, select

from data.codes import EvaluationState
from data.dates.clock import TASHKENT
from data.directory import area_names
from data.language import Language
from data.policy import Actor
from data.schema import Evaluation, EvaluationProblem, JointEvent, Mahalla, Ngo, Recommendation
from data.schema.evaluations import MARK_COLUMNS
from queries.evaluations.access import EVENT_COLUMNS, EvaluatedEvent, evaluating_ngo
from queries.evaluations.answers import answers_of
from queries.frames import read_frame


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Receipt of a sent evaluation: ``answers`` by item code, as the form stores them."""

    number: str
    submission_id: str
    submitted_at: datetime
    version: int
    is_late: bool
    event: EvaluatedEvent
    answers: Mapping[str, str]


def receipt_number(*, submitted_at: datetime, evaluation_id: int) -> str:
    """Return the year of sending in Tashkent and the number of the evaluation: ``2026-0000123``."""
    return f"{submitted_at.astimezone(TASHKENT).year}-{evaluation_id:07d}"


# Rows that came with a workbook have their text in the recommendation alone.
_TEXT = func.coalesce(func.nullif(Evaluation.recommendation_text, ""), Recommendation.text, "")


def _sent(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Evaluations that the actor's NGO has sent, with their events."""
    return (
        select(
            Evaluation.id.label("evaluation_id"),
            Evaluation.submission_id,
            Evaluation.submitted_at,
            Evaluation.version,
            Evaluation.is_current,
            Evaluation.is_late,
            Evaluation.visibility_code,
            *EVENT_COLUMNS,
        )
        .join(JointEvent, JointEvent.id == Evaluation.event_id)
        .outerjoin(Mahalla, Mahalla.id == JointEvent.mahalla_id)
        .where(Evaluation.ngo_id == evaluating_ngo(actor), Evaluation.state_code == EvaluationState.SUBMITTED.value)
    )


def evaluation_answers(connection: Connection, *, evaluation_id: int) -> Mapping[str, str]:
    """Return the answers of a stored evaluation by item code. Checks no rights."""
    ratings = (getattr(Evaluation, column) for column in MARK_COLUMNS)
    evaluation = connection.execute(
        select(
            *ratings,
            Evaluation.would_repeat_code,
            Evaluation.participants_counted,
            Evaluation.comment,
            Evaluation.visibility_code,
            _TEXT.label("recommendation"),
        )
        .outerjoin(Recommendation, Recommendation.evaluation_id == Evaluation.id)
        .where(Evaluation.id == evaluation_id)
    ).one()
    problems = select(EvaluationProblem.problem_code, EvaluationProblem.other_text)
    named = connection.execute(problems.where(EvaluationProblem.evaluation_id == evaluation_id))
    return answers_of(evaluation, {row.problem_code: row.other_text for row in named}, evaluation.recommendation)


def receipt(connection: Connection, actor: Actor, *, submission_id: str) -> Receipt | None:
    """Return the receipt of a submission of the actor's NGO, None where there is none. Raises ForbiddenError."""
    row = connection.execute(_sent(actor).where(Evaluation.submission_id == submission_id)).one_or_none()
    return None if row is None else _receipt(connection, row)


def _receipt(connection: Connection, row: Row[Any]) -> Receipt:
    return Receipt(
        number=receipt_number(submitted_at=row.submitted_at, evaluation_id=row.evaluation_id),
        submission_id=row.submission_id,
        submitted_at=row.submitted_at,
        version=row.version,
        is_late=row.is_late,
        event=EvaluatedEvent.of(row),
        answers=evaluation_answers(connection, evaluation_id=row.evaluation_id),
    )


def sent_evaluations(connection: Connection, actor: Actor) -> pd.DataFrame:
    """One row a version that the actor's NGO has sent, the newest first.

    Columns: evaluation_id, submission_id, receipt_number, submitted_at (UTC), version, is_current, is_late,
    visibility_code, event_id, number, title, event_date, district_soato, mahalla, mahalla_id ("", 0: all). Raises
    ForbiddenError.
    """
    frame = read_frame(connection, _sent(actor).order_by(Evaluation.submitted_at.desc(), Evaluation.id.desc()))
    numbers = [
        receipt_number(submitted_at=submitted_at, evaluation_id=evaluation_id)
        for evaluation_id, submitted_at in zip(frame["evaluation_id"], frame["submitted_at"], strict=True)
    ]
    return frame.assign(receipt_number=pd.Series(numbers, index=frame.index, dtype=str))


@dataclass(frozen=True)
class ReceiptParties:
    """Names on a receipt: the NGO and the district."""

    ngo: str
    district: str


def receipt_parties(connection: Connection, actor: Actor, *, district_soato: str, language: Language) -> ReceiptParties:
    """Return the name of the actor's NGO and of a district in a language. Raises ForbiddenError."""
    of_ngo = select(Ngo.name).where(Ngo.id == evaluating_ngo(actor))
    return ReceiptParties(
        ngo=connection.execute(of_ngo).scalar_one(), district=area_names(language).get(district_soato, district_soato)
    )
