"""Recommendations of the NGOs with their answers ("you said - we did"), as far as the actor may see them.

An NGO sees its own from the start. Others see a recommendation from its day of release on; a confidential one without
NGO, event and day of writing, and only the month of its release. Its key is a random ``public_id``, which also orders
equal rows, so that neither ids nor order tell when or about what it was written. National leadership does not see the
NGO of a named one either. The writes are in :mod:`queries.recommendations.steps`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    SQLColumnExpression,
    and_,
    case,
    func,
    literal,
    null,
    select,
    true,
)

from data.codes import RecommendationAction, RecommendationState, Visibility
from data.dates.clock import day_of
from data.policy import Action, Actor, Scope, may
from data.schema import Evaluation, JointEvent, Ngo, Recommendation, RecommendationStep
from queries.frames import read_frame
from queries.recommendations.conditions import (
    ANSWER_DAYS,
    is_named,
    is_open,
    is_overdue,
    is_past_deadline,
    is_shown_to_leaders,
    waits_for_district,
)
from queries.row_filter import RowFilter, permitted_rows

MOST_DECLINES = 2
# Of what leaders' order looks at, these first ones are the same for all that is past its deadline.
PAST_DEADLINE = 2


def threads(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    today: date,
    state: RecommendationState | None = None,
    public_ids: Sequence[str] | None = None,
    limit: int,
) -> pd.DataFrame:
    """One row a recommendation that the actor may see in the scope, at most ``limit``; of ``public_ids`` where given.

    Overdue ones come first, then what waits for the district, for the NGO, for nobody; to an NGO those that wait for
    its confirmation come first, then the newest. Columns: public_id, district_soato, state_code, text, owner,
    deadline_date, days_left (to the deadline, negative: late; NaN: none, or it waits for nobody), is_overdue (past its
    deadline, or without an answer for 60 days since its release), days_late (since what was missed first; NaN: not
    overdue), term_days (60 where that is the answer, else 0), answer, answered_date, closed_date, shown_date (to
    the NGO its day of writing; to others the day of release), released_date (NaT: the district does not see it yet;
    to others than the NGO the first of the month where confidential, shown_date too), is_released, is_confidential,
    is_final (declined for the second time: the NGO cannot reopen it), ngo_name, ngo_id, event_id, event_number,
    event_title (None where the actor may not know), steps (their number). Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    is_own = may(actor, Action.READ_OWN_EVALUATIONS)
    order = _order(actor, today)
    may_see = _may_see(actor, row_filter, today)
    is_shown: ColumnElement[bool]
    if public_ids is not None:
        is_shown = and_(may_see, Recommendation.public_id.in_(public_ids[:limit]))
    else:
        is_shown = Recommendation.id.in_(_first_ids(connection, actor, may_see, today, state, limit))
    shown_ones = _with_event(*_columns(actor, today)).where(is_shown)
    frame = read_frame(connection, shown_ones.order_by(*order))
    frame = _with_lateness(frame, today)
    if not is_own:
        month = frame["released_date"].dt.to_period("M").dt.to_timestamp()
        frame["released_date"] = frame["released_date"].where(~frame["is_confidential"], month)
    days_left = (frame["deadline_date"] - pd.Timestamp(today)).dt.days
    shown = frame["created_date"] if is_own else frame["released_date"]
    return frame.assign(days_left=days_left.where(frame["is_waiting"]), shown_date=shown).drop(
        columns=["is_waiting", "created_date"]
    )


def _with_lateness(frame: pd.DataFrame, today: date) -> pd.DataFrame:
    day = pd.Timestamp(today)
    answer = frame["released_date"].where(frame["answered_date"].isna()) + pd.Timedelta(days=ANSWER_DAYS)
    missed = pd.concat({0: frame["deadline_date"], ANSWER_DAYS: answer}, axis=1)
    missed = missed.where(missed < day)
    is_answer = missed[ANSWER_DAYS].notna() & ~(missed[0] <= missed[ANSWER_DAYS])
    return frame.assign(
        days_late=(day - missed.min(axis=1)).dt.days.where(frame["is_overdue"]),
        term_days=is_answer.where(frame["is_overdue"], other=False).astype(int) * ANSWER_DAYS,
    )


def _first_ids(
    connection: Connection,
    actor: Actor,
    may_see: ColumnElement[bool],
    today: date,
    state: RecommendationState | None,
    limit: int,
) -> Sequence[int]:
    """Ids of the first rows in their order, before anything else is read: there may be hundreds of thousands.

    Leaders' order begins with what is past its deadline and ends with what is settled, so where those at the beginning
    are enough, an index of them is all that is read.
    """
    order = _order(actor, today)
    seen = select(Recommendation.id).where(may_see).limit(limit)
    if state is not None:
        seen = seen.where(Recommendation.state_code == state.value)
    elif not may(actor, Action.READ_OWN_EVALUATIONS):
        past_deadline = seen.where(waits_for_district(), is_past_deadline(today)).order_by(*order[PAST_DEADLINE:])
        for beginning in (past_deadline, seen.where(is_open()).order_by(*order)):
            found = connection.execute(beginning).scalars().all()
            if len(found) == limit:
                return found
    return connection.execute(seen.order_by(*order)).scalars().all()


def thread_steps(
    connection: Connection, actor: Actor, *, scope: Scope, today: date, public_ids: Sequence[str]
) -> pd.DataFrame:
    """Return the steps of threads that the actor may see in the scope, each thread in its order.

    Columns: public_id, step_number (from 1), side_code (a ``Party``; never a name), action_code (a
    ``RecommendationAction``), step_date (in Tashkent), text. Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    columns = (
        Recommendation.public_id,
        RecommendationStep.side_code,
        RecommendationStep.action_code,
        RecommendationStep.at,
        RecommendationStep.text,
    )
    statement = (
        select(*columns)
        .join(RecommendationStep, RecommendationStep.recommendation_id == Recommendation.id)
        .where(_may_see(actor, row_filter, today), Recommendation.public_id.in_(public_ids))
        .order_by(Recommendation.public_id, RecommendationStep.id)
    )
    frame = read_frame(connection, statement)
    days = pd.to_datetime(pd.Series([day_of(moment) for moment in frame["at"]], index=frame.index, dtype=object))
    numbered = frame.assign(step_number=frame.groupby("public_id").cumcount() + 1, step_date=days)
    return numbered[["public_id", "step_number", "side_code", "action_code", "step_date", "text"]]


def thread_counts(connection: Connection, actor: Actor, *, scope: Scope, today: date) -> pd.DataFrame:
    """One row a state in the order of ``RecommendationState``, zeros too, of what the actor may see in the scope.

    Columns: state_code, count, overdue (of them). Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    late = func.count(case((is_overdue(today), 1))).label("overdue")
    counted = select(Recommendation.state_code, func.count().label("count"), late).where(
        _may_see(actor, row_filter, today)
    )
    found = read_frame(connection, counted.group_by(Recommendation.state_code)).set_index("state_code")
    every = pd.Index([state.value for state in RecommendationState], name="state_code")
    return found.reindex(every, fill_value=0).astype(int).reset_index()


def _may_see(actor: Actor, row_filter: RowFilter, today: date) -> ColumnElement[bool]:
    """Return a condition on ``Recommendation``: the actor may see it."""
    return (
        row_filter.recommendations()
        if may(actor, Action.READ_OWN_EVALUATIONS)
        else is_shown_to_leaders(row_filter, today)
    )


def _with_event(*columns: SQLColumnExpression[Any]) -> Select[*tuple[Any, ...]]:
    """Return a statement of columns of recommendations joined with evaluation, event and NGO."""
    return (
        select(*columns)
        .select_from(Recommendation)
        .join(Evaluation, Evaluation.id == Recommendation.evaluation_id)
        .join(JointEvent, JointEvent.id == Evaluation.event_id)
        .join(Ngo, Ngo.id == Evaluation.ngo_id)
    )


def _columns(actor: Actor, today: date) -> tuple[SQLColumnExpression[Any], ...]:
    knows_event = true() if may(actor, Action.READ_OWN_EVALUATIONS) else is_named()
    reads = may(actor, Action.READ_SINGLE_EVALUATIONS)
    ngo_name, ngo_id = (case((knows_event, column)) if reads else null() for column in (Ngo.name, Ngo.id))
    by_thread = RecommendationStep.recommendation_id == Recommendation.id
    steps = select(func.count()).where(by_thread)
    declines = steps.where(RecommendationStep.action_code == RecommendationAction.DECLINED.value)
    return (
        Recommendation.public_id,
        Recommendation.district_soato,
        Recommendation.state_code,
        Recommendation.text,
        Recommendation.owner,
        Recommendation.deadline_date,
        Recommendation.answer,
        Recommendation.answered_date,
        Recommendation.closed_date,
        Recommendation.created_date,
        Recommendation.released_date,
        (func.coalesce(Recommendation.released_date, date.max) <= today).label("is_released"),
        (Evaluation.visibility_code == Visibility.CONFIDENTIAL.value).label("is_confidential"),
        _is_final(declines).label("is_final"),
        func.coalesce(is_overdue(today), False).label("is_overdue"),
        waits_for_district().label("is_waiting"),
        ngo_name.label("ngo_name"),
        ngo_id.label("ngo_id"),
        case((knows_event, JointEvent.id)).label("event_id"),
        case((knows_event, JointEvent.number)).label("event_number"),
        case((knows_event, JointEvent.title)).label("event_title"),
        steps.correlate(Recommendation).scalar_subquery().label("steps"),
    )


def _is_final(declines: Select[int]) -> ColumnElement[bool]:
    is_declined = Recommendation.state_code == RecommendationState.DECLINED.value
    return case(
        (is_declined, declines.correlate(Recommendation).scalar_subquery() >= MOST_DECLINES), else_=literal(False)
    )


def _order(actor: Actor, today: date) -> tuple[SQLColumnExpression[Any], ...]:
    """Return the sort order for the actor, most urgent first; a random key where an id would tell the time."""
    is_done = Recommendation.state_code == RecommendationState.DONE.value
    if may(actor, Action.READ_OWN_EVALUATIONS):
        return case((is_done, 0), else_=1), Recommendation.created_date.desc(), Recommendation.id.desc()
    urgency = case((is_overdue(today), 0), (waits_for_district(), 1), (is_done, 2), else_=3)
    deadline = Recommendation.deadline_date
    has_none = case((deadline.is_(None), 1), else_=0)
    return urgency, has_none, deadline, Recommendation.released_date.desc(), Recommendation.public_id
