"""What the NGOs think of the events: marks by item and problems met, without giving a confidential one away.

Whatever rests on a confidential evaluation is shown only where at least 5 evaluations by at least 3 NGOs stand
behind it. An NGO is shown its own evaluations without that limit.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, SQLColumnExpression, case, func, select

from data.codes import EvaluationItem, EvaluationState, Visibility
from data.period import Period
from data.rights import Actor, Role, Scope
from data.schema import Evaluation, EvaluationProblem, JointEvent
from queries.frames import read_frame
from queries.scoping import Reach, check_figures

MIN_EVALUATIONS = 5
MIN_NGOS = 3


def _submitted(reach: Reach, period: Period, *columns: SQLColumnExpression[Any]) -> Select[*tuple[Any, ...]]:
    """Columns of the current submitted evaluations of the period's events."""
    return (
        select(*columns)
        .select_from(Evaluation)
        .join(JointEvent, JointEvent.id == Evaluation.event_id)
        .where(
            JointEvent.event_date.between(period.first_day, period.last_day),
            Evaluation.is_current,
            Evaluation.state_code == EvaluationState.SUBMITTED.value,
            reach.evaluations(),
        )
    )


def _is_open(frame: pd.DataFrame, actor: Actor) -> pd.Series[bool]:
    """Whether what rests on ``n`` evaluations, ``confidential`` of them, by ``ngos`` NGOs may be shown."""
    enough = (frame["n"] >= MIN_EVALUATIONS) & (frame["ngos"] >= MIN_NGOS)
    return enough | (frame["confidential"] == 0) | (actor.role is Role.NGO)


def _basis(given: SQLColumnExpression[Any]) -> tuple[ColumnElement[int], ...]:
    """How many evaluations, confidential ones and NGOs stand behind a column; a null does not count."""
    is_confidential = Evaluation.visibility_code == Visibility.CONFIDENTIAL.value
    return (
        func.count(given).label("n"),
        func.count(case((is_confidential, given))).label("confidential"),
        func.count(case((given.is_not(None), Evaluation.ngo_id)).distinct()).label("ngos"),
    )


def mark_means(connection: Connection, actor: Actor, *, scope: Scope, period: Period) -> pd.DataFrame:
    """One row an item of the evaluation, in the form's order.

    Columns: item_code, mean (1-5: mean over events of the event's mean mark, as several forms on one event are one
    event; NaN where is_shown is false), n (evaluations with a mark), ngos, is_shown (false: no mark, or too few to
    keep a confidential evaluation confidential). Raises ForbiddenError.
    """
    reach = check_figures(connection, actor, scope)
    marks = {item: getattr(Evaluation, f"mark_{item}") for item in EvaluationItem}
    means = [func.avg(mark).label(item.value) for item, mark in marks.items()]
    events = _submitted(reach, period, *means).group_by(Evaluation.event_id).subquery()
    overall = connection.execute(select(*(func.avg(events.c[item.value]) for item in EvaluationItem))).one()
    basis = [count.label(f"{item}_{count.name}") for item, mark in marks.items() for count in _basis(mark)]
    counts = connection.execute(_submitted(reach, period, *basis)).one()
    rows = [counts[start : start + 3] for start in range(0, len(counts), 3)]
    frame = pd.DataFrame([tuple(row) for row in rows], columns=["n", "confidential", "ngos"])
    frame.insert(0, "item_code", [item.value for item in EvaluationItem])
    frame["is_shown"] = _is_open(frame, actor) & (frame["n"] > 0)
    mean = pd.Series([None if value is None else float(value) for value in overall], dtype=float)
    return frame.assign(mean=mean.where(frame["is_shown"]))[["item_code", "mean", "n", "ngos", "is_shown"]]


def problems_met(connection: Connection, actor: Actor, *, scope: Scope, period: Period) -> pd.DataFrame:
    """One row a problem that was named, the most frequent first; none where that would give an evaluation away.

    Columns: problem_code, evaluations (that name it), n (evaluations of the period, the same in each row). The limit
    applies to all evaluations of the scope and period together. Raises ForbiddenError.
    """
    reach = check_figures(connection, actor, scope)
    basis = read_frame(connection, _submitted(reach, period, *_basis(Evaluation.id)))
    is_shown = bool(_is_open(basis, actor).all())
    named = func.count().label("evaluations")
    statement = (
        _submitted(reach, period, EvaluationProblem.problem_code, named)
        .join(EvaluationProblem, EvaluationProblem.evaluation_id == Evaluation.id)
        .group_by(EvaluationProblem.problem_code)
        .order_by(named.desc(), EvaluationProblem.problem_code)
    )
    frame = read_frame(connection, statement).assign(n=int(basis["n"].sum()))
    return frame if is_shown else frame.head(0)
