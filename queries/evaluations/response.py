"""What ratings rest on: how many due events were evaluated in time, and how many confidential evaluations count."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Connection, case, exists, func, literal, literal_column, select

from data.aggregates.statements import DATE_SQL
from data.codes import Direction, EvaluationState, EventForm, EventState
from data.dates.period import Period
from data.indicators import METHOD
from data.indicators.evaluations import EVALUATION_COVERAGE
from data.policy import Action, Actor, ForbiddenError, Scope
from data.schema import ConfidentialBatch, DistrictMonth, Evaluation, JointEvent, JointEventNgo
from data.schema.aggregates import ALL_DIRECTIONS
from queries.evaluations.rating_sums import ALL, Grain
from queries.indicators.event_sums import counted_batches, day_sums, month_sums
from queries.indicators.source import Source, Window
from queries.row_filter import RowFilter, permitted_rows


def is_evaluated_in_time(connection: Connection) -> ColumnElement[bool]:
    """Return a condition on ``JointEvent``: one of its NGOs evaluated it within 14 days."""
    last_day = DATE_SQL[connection.dialect.name].days_later("joint_event.event_date", METHOD.evaluation_days)
    by_holder = exists().where(JointEventNgo.event_id == Evaluation.event_id, JointEventNgo.ngo_id == Evaluation.ngo_id)
    found = exists().where(
        Evaluation.event_id == JointEvent.id,
        Evaluation.state_code == EvaluationState.SUBMITTED.value,
        Evaluation.submitted_date <= literal_column(last_day),
        by_holder.correlate(Evaluation),
    )
    return found.correlate(JointEvent)


def is_due(row_filter: RowFilter, period: Period, today: date) -> tuple[ColumnElement[bool], ...]:
    """Return conditions on ``JointEvent``: held in the period and area, and its 14 days are over."""
    last_day = min(Window(period, today).evaluation_tail.last_day, period.last_day)
    return (
        JointEvent.event_date.between(period.first_day, last_day),
        JointEvent.state_code == EventState.HELD.value,
        row_filter.events(),
    )


def response_rates(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    period: Period,
    today: date,
    by: Grain = Grain.ALL,
    direction: Direction | None = None,
    form: EventForm | None = None,
) -> pd.DataFrame:
    """One row a direction or form of event ("" for all together) with a due event, read from the events themselves.

    Columns: code, events_due (held, 14 days over), events_evaluated (of them, by one of their NGOs within 14 days),
    response (percent; NaN under 5 due events). Raises ForbiddenError, to an NGO too.
    """
    row_filter = _of_leaders(connection, actor, scope)
    codes = {Grain.DIRECTION: JointEvent.direction_code.expression, Grain.FORM: JointEvent.form_code.expression}
    key: ColumnElement[Any] = codes.get(by, literal(ALL))
    statement = select(
        key.label("code"),
        func.count().label("events_due"),
        func.sum(case((is_evaluated_in_time(connection), 1), else_=0)).label("events_evaluated"),
    ).where(*is_due(row_filter, period, today))
    if direction is not None:
        statement = statement.where(JointEvent.direction_code == direction.value)
    if form is not None:
        statement = statement.where(JointEvent.form_code == form.value)
    result = connection.execute(statement.group_by(key) if by in codes else statement)
    frame = pd.DataFrame([tuple(row) for row in result], columns=list(result.keys()))
    return _with_response(frame[frame["events_due"] > 0].reset_index(drop=True))


def confidential_shares(
    connection: Connection, actor: Actor, *, scope: Scope, period: Period, today: date, by: Grain = Grain.ALL
) -> pd.DataFrame:
    """One row a month (YYYYMM) with a confidential evaluation, or one for all (""; none where there is none).

    Columns: code, sent, counted (in batches wholly inside the period; by month in those of this month alone). How many
    there are is no secret. Raises ForbiddenError, to an NGO too.
    """
    counts = _confidential(connection, _of_leaders(connection, actor, scope), Window(period, today))
    if by is Grain.MONTH:
        alone = counts["counted"].where(counts["year_month"] == counts["last_year_month"], 0)
        return _summed(counts.assign(code=counts["year_month"], counted=alone))
    return _summed(counts.assign(code=ALL))


def district_responses(
    connection: Connection, actor: Actor, *, scope: Scope, period: Period, today: date
) -> pd.DataFrame:
    """One row a district of the scope with a due event or a confidential evaluation, in the order of their SOATO.

    Columns: district_soato, events_due, events_evaluated (in time), events_left (due, not evaluated in time), response
    (percent; NaN under 5 due events), sent and counted as of :func:`confidential_shares`. Raises ForbiddenError where
    the actor does not see the scope in full, to an NGO too.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    if row_filter.ngo_id is not None:
        raise ForbiddenError
    window = Window(period, today)
    source = Source(connection, row_filter, window, None)
    names = {"district_soato": "code", "events_waited": "events_due", "events_evaluated_14d": "events_evaluated"}
    events = pd.concat([month_sums(source), day_sums(source)]).rename(columns=names)[list(names.values())]
    counts = _confidential(connection, row_filter, window)
    frame = _summed(events).merge(_summed(counts.assign(code=counts["district_soato"])), how="outer", on="code")
    known = frame.drop(columns="code").fillna(0).astype(np.int64)
    known = known[known.any(axis=1)]
    left = known["events_due"] - known["events_evaluated"]
    return _with_response(known.assign(events_left=left, district_soato=frame["code"])).reset_index(drop=True)


def share_counted(frame: pd.DataFrame) -> pd.Series[float]:
    """Return which share of the confidential evaluations counts, in percent; NaN where none was sent."""
    sent = frame["sent"].astype(np.float64)
    return 100 * frame["counted"] / sent.where(sent > 0)


def _of_leaders(connection: Connection, actor: Actor, scope: Scope) -> RowFilter:
    row_filter = permitted_rows(connection, actor, Action.SEE_SUMS, scope)
    if row_filter.ngo_id is not None:
        raise ForbiddenError
    return row_filter


def _with_response(frame: pd.DataFrame) -> pd.DataFrame:
    due = frame["events_due"].astype(np.float64)
    share = 100 * frame["events_evaluated"].astype(np.float64) / due.where(due > 0)
    return frame.assign(response=share.where(due >= EVALUATION_COVERAGE.minimum_n))


def _summed(frame: pd.DataFrame) -> pd.DataFrame:
    names = [name for name in ("events_due", "events_evaluated", "sent", "counted") if name in frame]
    return frame.groupby("code", sort=True)[names].sum().astype(np.int64).reset_index()


def _confidential(connection: Connection, row_filter: RowFilter, window: Window) -> pd.DataFrame:
    """Rows: district_soato, year_month and last_year_month (of a batch), sent, counted."""
    sent = select(DistrictMonth.district_soato, DistrictMonth.year_month, DistrictMonth.evaluations_confidential).where(
        DistrictMonth.direction_code == ALL_DIRECTIONS,
        DistrictMonth.year_month.between(window.first_month, window.last_month),
        row_filter.districts(DistrictMonth.district_soato),
        DistrictMonth.evaluations_confidential > 0,
    )
    columns = (ConfidentialBatch.first_year_month, ConfidentialBatch.last_year_month, ConfidentialBatch.evaluations)
    is_counted = counted_batches(row_filter, first_month=window.first_month, last_month=window.last_month)
    counted = select(ConfidentialBatch.district_soato, *columns).where(is_counted)
    rows = [(soato, month, month, number, 0) for soato, month, number in connection.execute(sent)]
    rows += [(soato, first, last, 0, number) for soato, first, last, number in connection.execute(counted)]
    return pd.DataFrame(rows, columns=["district_soato", "year_month", "last_year_month", "sent", "counted"])
