"""Coverage: events that the NGOs have evaluated or not, and how many confidential evaluations are in the figures.

That an NGO evaluated an event is no secret, what it said is: all evaluations count here at once.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    case,
    cast,
    exists,
    func,
    literal,
    select,
    true,
    union_all,
)

from data.codes import EvaluationState, EventState
from data.dates.period import Period
from data.policy import Action, Actor, ForbiddenError, Scope
from data.schema import ConfidentialBatch, DistrictMonth, Evaluation, JointEvent, JointEventNgo, Ngo, NgoMonth
from data.schema.aggregates import ALL_DIRECTIONS
from queries.frames import read_frame
from queries.indicators.event_sums import counted_batches, day_sums, month_sums
from queries.indicators.source import Source, Window
from queries.row_filter import RowFilter, permitted_rows


def not_evaluated(connection: Connection, actor: Actor, *, scope: Scope, period: Period, today: date) -> pd.DataFrame:
    """One row an NGO with held events whose 14 days are over, those with most events left to evaluate first.

    Columns: ngo_id, ngo_name, district_soato (where the NGO is at home), events_held (due), events_evaluated (by this
    NGO, whenever), events_left, share_pct (evaluated of held, 0-100). To an NGO: its own row. Raises ForbiddenError
    where the actor does not see the scope in full.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    window = Window(period, today)
    counted = union_all(_whole_months(row_filter, window), _days_of_cut(row_filter, window)).subquery()
    held, evaluated = (cast(func.sum(counted.c[name]), Integer) for name in ("events_held", "events_evaluated"))
    statement = (
        select(
            Ngo.id.label("ngo_id"),
            Ngo.name.label("ngo_name"),
            Ngo.district_soato,
            held.label("events_held"),
            evaluated.label("events_evaluated"),
            (held - evaluated).label("events_left"),
        )
        .join(Ngo, Ngo.id == counted.c.ngo_id)
        .group_by(Ngo.id, Ngo.name, Ngo.district_soato)
        .order_by((held - evaluated).desc(), held.desc(), Ngo.name, Ngo.id)
    )
    frame = read_frame(connection, statement)
    return frame.assign(share_pct=100.0 * frame["events_evaluated"] / frame["events_held"])


def first_evaluation(row_filter: RowFilter) -> ColumnElement[Any]:
    """Day on which one of the NGOs of a ``JointEvent`` first evaluated it (in an NGO's rows: itself); may be null.

    Not to be shown: it may be the day of a confidential evaluation.
    """
    by_holder = exists().where(JointEventNgo.event_id == Evaluation.event_id, JointEventNgo.ngo_id == Evaluation.ngo_id)
    sent = select(func.min(Evaluation.submitted_date)).where(
        Evaluation.event_id == JointEvent.id,
        Evaluation.state_code == EvaluationState.SUBMITTED.value,
        by_holder.correlate(Evaluation),
        Evaluation.ngo_id == row_filter.ngo_id if row_filter.ngo_id is not None else true(),
    )
    return sent.correlate(JointEvent).scalar_subquery()


def _whole_months(row_filter: RowFilter, window: Window) -> Select[*tuple[Any, ...]]:
    """Months all of whose events have waited long enough."""
    is_due = NgoMonth.year_month < window.evaluation_tail.cut_month
    return select(NgoMonth.ngo_id, NgoMonth.events_held, NgoMonth.events_evaluated).where(
        NgoMonth.year_month.between(window.first_month, window.last_month),
        is_due,
        row_filter.districts(NgoMonth.district_soato),
        NgoMonth.ngo_id == row_filter.ngo_id if row_filter.ngo_id is not None else true(),
    )


def _days_of_cut(row_filter: RowFilter, window: Window) -> Select[*tuple[Any, ...]]:
    """Events of the one month that is cut by the days to wait, event by event."""
    tail = window.evaluation_tail
    first, last = max(tail.first_day, window.period.first_day), min(tail.last_day, window.period.last_day)
    evaluated = exists().where(
        Evaluation.event_id == JointEventNgo.event_id,
        Evaluation.ngo_id == JointEventNgo.ngo_id,
        Evaluation.state_code == EvaluationState.SUBMITTED.value,
    )
    return (
        select(
            JointEventNgo.ngo_id,
            literal(1, Integer).label("events_held"),
            case((evaluated.correlate(JointEventNgo), 1), else_=0).label("events_evaluated"),
        )
        .join(JointEvent, JointEvent.id == JointEventNgo.event_id)
        .where(
            JointEvent.event_date.between(first, last),
            JointEvent.state_code == EventState.HELD.value,
            row_filter.districts(JointEvent.district_soato),
            JointEventNgo.ngo_id == row_filter.ngo_id if row_filter.ngo_id is not None else true(),
        )
    )


def coverage_summary(
    connection: Connection, actor: Actor, *, scope: Scope, period: Period, today: date
) -> pd.DataFrame:
    """One row: the counts behind the figures of an area (nation, region or district), over all directions.

    Columns: events_due (held, 14 days over), events_evaluated (of them, by one of their NGOs within 14 days),
    evaluations_named, confidential_counted (in batches wholly inside the period), confidential_outside (in batches
    that reach beyond it), confidential_waiting (not yet in a batch). Raises ForbiddenError, to an NGO too.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_SUMS, scope)
    if row_filter.ngo_id is not None:
        raise ForbiddenError
    window = Window(period, today)
    source = Source(connection, row_filter, window, None)
    events = pd.concat([month_sums(source), day_sums(source)])
    counts = ("evaluations", "evaluations_confidential", "evaluations_waiting")
    sums = select(*(func.coalesce(func.sum(getattr(DistrictMonth, name)), 0) for name in counts)).where(
        DistrictMonth.direction_code == ALL_DIRECTIONS,
        DistrictMonth.year_month.between(window.first_month, window.last_month),
        row_filter.districts(DistrictMonth.district_soato),
    )
    evaluations, confidential, waiting = (int(value) for value in connection.execute(sums).one())
    counted = connection.execute(_batched(row_filter, window)).scalar_one()
    return pd.DataFrame(
        {
            "events_due": [int(events["events_waited"].sum())],
            "events_evaluated": [int(events["events_evaluated_14d"].sum())],
            "evaluations_named": [evaluations - confidential],
            "confidential_counted": [int(counted)],
            "confidential_outside": [max(confidential - waiting - int(counted), 0)],
            "confidential_waiting": [waiting],
        }
    )


def _batched(row_filter: RowFilter, window: Window) -> Select[int]:
    is_counted = counted_batches(row_filter, first_month=window.first_month, last_month=window.last_month)
    return select(func.coalesce(func.sum(ConfidentialBatch.evaluations), 0)).where(is_counted)
