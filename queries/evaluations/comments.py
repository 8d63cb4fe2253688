"""Comments of named evaluations, for those who see the area in full."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import ColumnElement, Connection, func, select

from data.codes import Direction, EvaluationState, EventForm, EventState
from data.dates.period import Period
from data.policy import Action, Actor, Scope
from data.schema import Evaluation, JointEvent, Ngo
from queries.evaluations.visibility import is_readable_by
from queries.frames import read_frame
from queries.row_filter import RowFilter, permitted_rows


def named_comments(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    period: Period,
    direction: Direction | None = None,
    form: EventForm | None = None,
    limit: int,
) -> pd.DataFrame:
    """One row a named evaluation with a comment, of the newest events first, at most ``limit`` rows.

    Columns: event_id, number, title, event_date, district_soato, ngo_id, ngo (name), mark_mean (1-5, NaN: no rating),
    comment.
    Empty for the national leadership, which reads sums and no single evaluation. To an NGO: its own, whatever their
    visibility. Raises ForbiddenError where the actor does not see the scope in full.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    statement = (
        select(
            Evaluation.event_id,
            JointEvent.number,
            JointEvent.title,
            JointEvent.event_date,
            JointEvent.district_soato,
            Evaluation.ngo_id,
            Ngo.name.label("ngo"),
            Evaluation.mark_mean,
            Evaluation.comment,
        )
        .join(JointEvent, JointEvent.id == Evaluation.event_id)
        .join(Ngo, Ngo.id == Evaluation.ngo_id)
        .where(*_with_comment(actor, row_filter, period), *_of_kind(direction, form))
        .order_by(JointEvent.event_date.desc(), Evaluation.event_id.desc(), Ngo.name)
        .limit(limit)
    )
    return read_frame(connection, statement).astype({"mark_mean": "float64"})


def count_named_comments(connection: Connection, actor: Actor, *, scope: Scope, period: Period) -> int:
    """Return how many rows :func:`named_comments` would have without a limit. Raises ForbiddenError."""
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    statement = select(func.count()).select_from(Evaluation).join(JointEvent, JointEvent.id == Evaluation.event_id)
    return connection.execute(statement.where(*_with_comment(actor, row_filter, period))).scalar_one()


def _with_comment(actor: Actor, row_filter: RowFilter, period: Period) -> list[ColumnElement[bool]]:
    """Return conditions on ``Evaluation`` joined with ``JointEvent``: it has a comment that the actor may read."""
    return [
        JointEvent.event_date.between(period.first_day, period.last_day),
        JointEvent.state_code == EventState.HELD.value,
        Evaluation.is_current.expression,
        Evaluation.state_code == EvaluationState.SUBMITTED.value,
        Evaluation.comment != "",
        row_filter.evaluations(),
        is_readable_by(actor),
    ]


def _of_kind(direction: Direction | None, form: EventForm | None) -> list[ColumnElement[bool]]:
    """Return conditions on ``JointEvent``: a direction, a form, or neither."""
    by_direction = [] if direction is None else [JointEvent.direction_code == direction.value]
    return by_direction if form is None else [*by_direction, JointEvent.form_code == form.value]
