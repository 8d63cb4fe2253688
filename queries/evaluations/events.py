"""Events to evaluate: those of an NGO, and those that a coordinator may open again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, or_, select

from data.codes import EvaluationState, EventState
from data.policy import Action, Actor, Scope, require
from data.schema import (
    Evaluation,
    EvaluationDraft,
    EvaluationDraftAnswer,
    JointEvent,
    JointEventNgo,
    Mahalla,
    Ngo,
)
from data.settings import get_settings
from queries.evaluations.access import EVENT_COLUMNS, evaluating_ngo
from queries.evaluations.window import reopened_until
from queries.frames import joined_texts, read_frame
from queries.row_filter import permitted_rows

CLOSED_SHOWN_DAYS = 180


def _first_shown(today: date) -> date:
    """Return the first day whose events are listed without a draft or permission."""
    return today - timedelta(days=max(CLOSED_SHOWN_DAYS, get_settings().evaluation_window_days))


def waiting_events(connection: Connection, actor: Actor, *, today: date) -> pd.DataFrame:
    """One row a held event of the actor's NGO that it may evaluate or correct today, has a draft of, or has missed.

    Missed ones (closed without an evaluation) go back 180 days. Order: open and not sent (the most urgent first), open
    and sent, closed. Columns: event_id, number, title, event_date, district_soato, mahalla, mahalla_id ("", 0: all),
    direction_code, form_code, days_left (0: today is the last day; negative: closed), until_date (the last day),
    is_open, is_reopened (open by a coordinator's permission; what is sent is late), has_draft, draft_answers (number),
    evaluation_version (0: none), submitted_at (UTC; None). Raises ForbiddenError.
    """
    frame = read_frame(connection, _waiting(evaluating_ngo(actor), today))
    window = pd.Timedelta(days=get_settings().evaluation_window_days)
    regular, day = frame["event_date"] + window, pd.Timestamp(today)
    until = regular.where(~(frame["reopened_date"] > regular), frame["reopened_date"])
    frame = frame.assign(
        until_date=until,
        days_left=(until - day).dt.days,
        is_open=until >= day,
        is_reopened=(until >= day) & (regular < day),
        has_draft=frame["draft_answers"].notna(),
        draft_answers=frame["draft_answers"].fillna(0).astype(int),
        evaluation_version=frame["evaluation_version"].fillna(0).astype(int),
    )
    is_sent = frame["evaluation_version"] > 0
    is_shown = frame["is_open"] | frame["has_draft"] | ~is_sent
    order = frame.assign(is_closed=~frame["is_open"], is_sent=is_sent, urgency=frame["days_left"].abs())
    rows = order[is_shown].sort_values(["is_closed", "is_sent", "urgency", "event_id"], kind="stable").index
    return frame.loc[rows].drop(columns="reopened_date").reset_index(drop=True)


def _waiting(ngo_id: int, today: date) -> Select[*tuple[Any, ...]]:
    """Events of an NGO with what it has drafted and sent: the recent ones, reopened ones and those with a draft."""
    answers = select(func.count()).where(EvaluationDraftAnswer.submission_id == EvaluationDraft.submission_id)
    drafted = case((EvaluationDraft.submission_id.is_not(None), answers.correlate(EvaluationDraft).scalar_subquery()))
    of_ngo = (Evaluation.event_id == JointEvent.id, Evaluation.ngo_id == ngo_id, Evaluation.is_current)
    draft_of_ngo = (EvaluationDraft.event_id == JointEvent.id, EvaluationDraft.ngo_id == ngo_id)
    recent = JointEvent.event_date.between(_first_shown(today), today)
    return (
        select(
            *EVENT_COLUMNS,
            JointEvent.direction_code,
            JointEvent.form_code,
            reopened_until().label("reopened_date"),
            drafted.label("draft_answers"),
            Evaluation.version.label("evaluation_version"),
            Evaluation.submitted_at,
        )
        .join(JointEventNgo, and_(JointEventNgo.event_id == JointEvent.id, JointEventNgo.ngo_id == ngo_id))
        .outerjoin(Mahalla, Mahalla.id == JointEvent.mahalla_id)
        .outerjoin(Evaluation, and_(*of_ngo))
        .outerjoin(EvaluationDraft, and_(*draft_of_ngo))
        .where(
            JointEvent.state_code == EventState.HELD.value,
            JointEvent.event_date <= today,
            or_(recent, reopened_until() >= today, EvaluationDraft.submission_id.is_not(None)),
        )
    )


def is_unevaluated_by_ngo() -> ColumnElement[bool]:
    """Return a condition on ``JointEventNgo``: the NGO has not evaluated its event."""
    evaluated = exists().where(
        Evaluation.event_id == JointEventNgo.event_id,
        Evaluation.ngo_id == JointEventNgo.ngo_id,
        Evaluation.is_current,
        Evaluation.state_code == EvaluationState.SUBMITTED.value,
    )
    return ~evaluated.correlate(JointEventNgo)


def closed_events(connection: Connection, actor: Actor, *, scope: Scope, today: date) -> pd.DataFrame:
    """One row a held event of the last 180 days whose window is over and that some NGO of it has not evaluated.

    The newest first. Columns: event_id, number, title, event_date, district_soato, mahalla, mahalla_id ("", 0: all),
    ngos (names of those that have not evaluated it, joined by "; "), closed_date (the last day without permission),
    until_date (of the latest permission; NaT: none), is_reopened (open today by permission). Raises ForbiddenError.
    """
    require(actor, Action.REOPEN_EVENT)
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    window = timedelta(days=get_settings().evaluation_window_days)
    silent = select(JointEventNgo.event_id).where(JointEventNgo.event_id == JointEvent.id, is_unevaluated_by_ngo())
    statement = (
        select(
            *EVENT_COLUMNS,
            reopened_until().label("until_date"),
        )
        .outerjoin(Mahalla, Mahalla.id == JointEvent.mahalla_id)
        .where(
            JointEvent.state_code == EventState.HELD.value,
            JointEvent.event_date < today - window,
            JointEvent.event_date >= _first_shown(today),
            silent.correlate(JointEvent).exists(),
            row_filter.events(),
        )
        .order_by(JointEvent.event_date.desc(), JointEvent.id.desc())
    )
    frame = read_frame(connection, statement)
    names = (
        select(JointEventNgo.event_id, Ngo.name)
        .join(Ngo, Ngo.id == JointEventNgo.ngo_id)
        .where(JointEventNgo.event_id.in_(frame["event_id"].tolist()), is_unevaluated_by_ngo())
        .order_by(Ngo.name)
    )
    return frame.assign(
        ngos=joined_texts(connection, names, frame["event_id"], separator="; "),
        closed_date=frame["event_date"] + window,
        is_reopened=frame["until_date"] >= pd.Timestamp(today),
    )
