"""Lists behind the numbers of evaluations: named evaluations with what they say, and events that were not evaluated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import ColumnElement, Connection, exists, select

from data.codes import Direction, EvaluationItem, EvaluationState, EventForm, EventState, Problem
from data.dates.period import Period
from data.indicators.counted import Part
from data.policy import Action, Actor, Scope
from data.schema import Evaluation, EvaluationProblem, JointEvent, JointEventNgo, Mahalla, Ngo
from queries.evaluations.access import EVENT_COLUMNS
from queries.evaluations.response import is_due, is_evaluated_in_time
from queries.evaluations.visibility import is_readable_by
from queries.frames import add_ngos, read_frame
from queries.row_filter import permitted_rows


@dataclass(frozen=True, kw_only=True)
class EvaluationKind:
    """Which evaluations are asked for: of a direction or form of event, with a rating of an item (None: with any
    rating), or which name a problem, with a rating or not."""

    direction: Direction | None = None
    form: EventForm | None = None
    item: EvaluationItem | None = None
    problem: Problem | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return the conditions on ``Evaluation`` joined with ``JointEvent``."""
        found: list[ColumnElement[bool]] = []
        if self.direction is not None:
            found.append(JointEvent.direction_code == self.direction.value)
        if self.form is not None:
            found.append(JointEvent.form_code == self.form.value)
        if self.problem is not None:
            named = EvaluationProblem.problem_code == self.problem.value
            found.append(exists().where(EvaluationProblem.evaluation_id == Evaluation.id, named))
        else:
            found.append(self.rating().is_not(None))
        return found

    def rating(self) -> ColumnElement[float | None]:
        """Return the column of the rating that is asked for."""
        return Evaluation.mark_mean.expression if self.item is None else getattr(Evaluation, f"mark_{self.item}")


def named_evaluations(
    connection: Connection, actor: Actor, *, scope: Scope, period: Period, kind: EvaluationKind, limit: int
) -> pd.DataFrame:
    """One row an evaluation by name that the ratings or problems of a kind count, of the newest events first.

    Columns: event_id, number, title, event_date, district_soato, mahalla, mahalla_id ("", 0: all), ngo_id, ngo (name),
    rating (1-5 of the item, or the mean; NaN: none), comment. Of an NGO that asks: its own. Empty for the national
    leadership, which reads no single evaluation. Raises ForbiddenError where the actor does not see the scope in full.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    columns = (Evaluation.ngo_id, Ngo.name.label("ngo"), kind.rating().label("rating"), Evaluation.comment)
    statement = (
        select(*EVENT_COLUMNS, *columns)
        .join_from(Evaluation, JointEvent, JointEvent.id == Evaluation.event_id)
        .join(Ngo, Ngo.id == Evaluation.ngo_id)
        .outerjoin(Mahalla, Mahalla.id == JointEvent.mahalla_id)
        .where(
            JointEvent.event_date.between(period.first_day, period.last_day),
            JointEvent.state_code == EventState.HELD.value,
            Evaluation.is_current,
            Evaluation.state_code == EvaluationState.SUBMITTED.value,
            row_filter.evaluations(),
            is_readable_by(actor),
            *kind.conditions(),
        )
        .order_by(JointEvent.event_date.desc(), Evaluation.event_id.desc(), Ngo.name)
        .limit(limit)
    )
    return read_frame(connection, statement).astype({"rating": "float64"})


def due_events(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    period: Period,
    today: date,
    direction: Direction | None = None,
    ngo_id: int | None = None,
    part: Part = Part.OTHERS,
    limit: int,
) -> pd.DataFrame:
    """One row a due event (held, 14 days over), the newest first.

    ``part``: those that one of their NGOs evaluated within 14 days or, of one NGO, that it evaluated, the others, or
    all.
    Columns: event_id, number, title, event_date, district_soato, mahalla, mahalla_id ("", 0: all), ngos (names joined
    by "; "), ngo_links (pairs of name and id), is_in_time, is_evaluated (by any NGO, whenever). Raises ForbiddenError
    where the actor does not see the scope in full.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    is_in_time = is_evaluated_in_time(connection)
    sent = exists().where(
        Evaluation.event_id == JointEvent.id, Evaluation.state_code == EvaluationState.SUBMITTED.value
    )
    conditions = [*is_due(row_filter, period, today)]
    if ngo_id is not None:
        holds = exists().where(JointEventNgo.event_id == JointEvent.id, JointEventNgo.ngo_id == ngo_id)
        conditions.append(holds.correlate(JointEvent))
    if direction is not None:
        conditions.append(JointEvent.direction_code == direction.value)
    if part is not Part.ALL:
        by_ngo = sent.where(Evaluation.ngo_id == ngo_id).correlate(JointEvent)
        is_evaluated = is_in_time if ngo_id is None else by_ngo
        conditions.append(is_evaluated if part is Part.COUNTED else ~is_evaluated)
    statement = (
        select(
            *EVENT_COLUMNS,
            is_in_time.label("is_in_time"),
            sent.correlate(JointEvent).label("is_evaluated"),
        )
        .outerjoin(Mahalla, Mahalla.id == JointEvent.mahalla_id)
        .where(*conditions)
        .order_by(JointEvent.event_date.desc(), JointEvent.id.desc())
        .limit(limit)
    )
    frame = read_frame(connection, statement)
    names = (
        select(JointEventNgo.event_id, Ngo.name, Ngo.id)
        .join(Ngo, Ngo.id == JointEventNgo.ngo_id)
        .where(JointEventNgo.event_id.in_(statement.with_only_columns(JointEvent.id)))
        .order_by(Ngo.name)
    )
    return add_ngos(connection, frame, names, "event_id")
