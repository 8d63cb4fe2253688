"""List of joint events of an area or an NGO."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import ColumnElement, Connection, exists, func, select

from data.codes import Direction, EvaluationState
from data.dates.period import Period
from data.policy import Action, Actor, Scope
from data.schema import Evaluation, JointEvent, JointEventNgo, Mahalla, Ngo
from queries.frames import add_ngos, read_frame
from queries.row_filter import RowFilter, permitted_rows


def _is_evaluated(row_filter: RowFilter) -> ColumnElement[bool]:
    """Return a condition: an evaluation of the event was submitted; for an NGO: its own."""
    evaluated = exists().where(
        Evaluation.event_id == JointEvent.id,
        Evaluation.is_current,
        Evaluation.state_code == EvaluationState.SUBMITTED.value,
    )
    own = evaluated.where(Evaluation.ngo_id == row_filter.ngo_id) if row_filter.ngo_id is not None else evaluated
    return own.correlate(JointEvent)


def event_list(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    period: Period,
    direction: Direction | None = None,
    limit: int,
) -> pd.DataFrame:
    """One row an event of the period, in whatever state, the newest first, at most ``limit`` rows.

    Columns: event_id, number, district_soato, mahalla (name; "": the whole district), mahalla_id (0), event_date,
    direction_code, form_code, title, ngos (names joined by "; "), ngo_links (pairs of name and id), participants_total,
    state_code, is_evaluated (by any NGO; to an NGO: by itself). Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    statement = (
        select(
            JointEvent.id.label("event_id"),
            JointEvent.number,
            JointEvent.district_soato,
            func.coalesce(Mahalla.name, "").label("mahalla"),
            func.coalesce(JointEvent.mahalla_id, 0).label("mahalla_id"),
            JointEvent.event_date,
            JointEvent.direction_code,
            JointEvent.form_code,
            JointEvent.title,
            JointEvent.participants_total,
            JointEvent.state_code,
            _is_evaluated(row_filter).label("is_evaluated"),
        )
        .outerjoin(Mahalla, Mahalla.id == JointEvent.mahalla_id)
        .where(JointEvent.event_date.between(period.first_day, period.last_day), row_filter.events())
        .order_by(JointEvent.event_date.desc(), JointEvent.id.desc())
        .limit(limit)
    )
    if direction is not None:
        statement = statement.where(JointEvent.direction_code == direction.value)
    frame = read_frame(connection, statement)
    names = (
        select(JointEventNgo.event_id, Ngo.name, Ngo.id)
        .join(Ngo, Ngo.id == JointEventNgo.ngo_id)
        .where(JointEventNgo.event_id.in_(statement.with_only_columns(JointEvent.id)))
        .order_by(Ngo.name)
    )
    return add_ngos(connection, frame, names, "event_id")
