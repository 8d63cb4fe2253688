"""The sums that the indicators of single NGOs are made of, from the rows themselves: one row an NGO in each frame.

A reach without an NGO holds all NGOs of its area. What an evaluation says is kept from leaders unless it was said by
name (:func:`queries.evaluations.visibility.is_open_to_leaders`); that an event was evaluated, and when, is no secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select, true
from sqlalchemy.orm import InstrumentedAttribute

from data.codes import EvaluationState, EventState, Party, WouldRepeat
from data.dates.working_days import working_days_between
from data.indicators import METHOD
from data.schema import (
    Evaluation,
    InformationRequest,
    JointEvent,
    JointEventNgo,
    Memorandum,
    MemorandumNgo,
    Obligation,
    PlanItem,
    Recommendation,
    Training,
    TrainingNgo,
)
from queries.evaluations.visibility import is_open_to_leaders
from queries.indicators.register_sums import answer_sums, due_sums, last_due_day, training_start
from queries.indicators.source import Source
from queries.memoranda.status import is_long_in_force, is_on_paper
from queries.recommendations.conditions import is_named

_IS_HELD = JointEvent.state_code == EventState.HELD.value


@dataclass(frozen=True)
class NgoSource:
    """Where the sums come from, and whether an NGO asks for its own."""

    source: Source
    is_own: bool

    def of(self, column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        """Condition on a column of NGOs."""
        ngo_id = self.source.row_filter.ngo_id
        return true() if ngo_id is None else column == ngo_id

    def rows(self, statement: Select[*tuple[Any, ...]]) -> pd.DataFrame:
        """The rows of a statement."""
        return self.source.table(statement)

    def sums(self, statement: Select[*tuple[Any, ...]]) -> pd.DataFrame:
        """The rows of a statement as floats by its column ``key``."""
        return self.source.frame(statement, key="key")


def ngo_sums(asked: NgoSource) -> pd.DataFrame:
    """Columns that indicators of NGOs are made of, by the id of the NGO; NaN where it has no row of a kind."""
    obligations, requests = _obligations(asked), _requests(asked)
    frames = (
        _memoranda(asked),
        due_sums(obligations, obligations["key"], name="obligations"),
        _plan(asked),
        _events(asked),
        _said(asked),
        due_sums(requests, requests["key"], name="requests"),
        answer_sums(requests, requests["key"]),
        _recommendations(asked),
        _trained(asked),
    )
    return pd.concat(frames, axis=1)


def _count(condition: ColumnElement[bool], name: str) -> ColumnElement[Any]:
    return func.sum(case((condition, 1), else_=0)).label(name)


def _memoranda(asked: NgoSource) -> pd.DataFrame:
    day, key = asked.source.window.as_of, MemorandumNgo.ngo_id
    judged = (
        select(key.label("key"), case((is_on_paper(day), 0), else_=1).label("is_alive"))
        .join(Memorandum, Memorandum.id == MemorandumNgo.memorandum_id)
        .where(is_long_in_force(day), asked.of(key), asked.source.row_filter.districts(Memorandum.district_soato))
        .subquery()
    )
    sums = (func.count().label("memoranda_judged"), func.sum(judged.c.is_alive).label("memoranda_alive"))
    return asked.sums(select(judged.c.key, *sums).group_by(judged.c.key))


def _obligations(asked: NgoSource) -> pd.DataFrame:
    """Obligations of the NGO's side that were due; those of a memorandum of several NGOs are each one's."""
    source, due = asked.source, Obligation.due_date
    return asked.rows(
        select(MemorandumNgo.ngo_id.label("key"), _in_time(Obligation.fulfilled_date, due))
        .join(Memorandum, Memorandum.id == MemorandumNgo.memorandum_id)
        .join(Obligation, Obligation.memorandum_id == Memorandum.id)
        .where(
            Obligation.party_code == Party.NGO.value,
            due.between(source.window.period.first_day, last_due_day(source)),
            asked.of(MemorandumNgo.ngo_id),
            source.row_filter.districts(Memorandum.district_soato),
        )
    )


def _in_time(done: InstrumentedAttribute[Any], due: InstrumentedAttribute[Any]) -> ColumnElement[int]:
    return case((done <= due, 1), else_=0).label("is_on_time")


def _plan(asked: NgoSource) -> pd.DataFrame:
    window, key = asked.source.window, PlanItem.responsible_ngo_id
    fulfilled = exists().where(JointEvent.plan_item_id == PlanItem.id, _IS_HELD).correlate(PlanItem)
    items = (
        select(key.label("key"), case((fulfilled, 1), else_=0).label("is_fulfilled"))
        .where(
            (PlanItem.year * 100 + PlanItem.month).between(window.first_month, window.last_month),
            PlanItem.year.between(window.period.first_day.year, window.period.last_day.year),
            key.is_not(None),
            asked.source.row_filter.plan_items(),
        )
        .subquery()
    )
    sums = (func.count().label("plan_items"), func.sum(items.c.is_fulfilled).label("plan_fulfilled"))
    return asked.sums(select(items.c.key, *sums).group_by(items.c.key))


def _events(asked: NgoSource) -> pd.DataFrame:
    """Held events, and of those whose days for evaluation are over, the ones that this NGO evaluated in time."""
    window, key = asked.source.window, JointEventNgo.ngo_id
    held = (
        select(key, JointEvent.event_date, JointEvent.participants_total, _first_sent().label("sent_date"))
        .join(JointEvent, JointEvent.id == JointEventNgo.event_id)
        .where(_IS_HELD, _in_period(asked), asked.of(key), asked.source.row_filter.districts(JointEvent.district_soato))
    )
    rows = asked.rows(held)
    days = (_days(rows["sent_date"]) - _days(rows["event_date"])).astype("timedelta64[D]")
    has_waited = _days(rows["event_date"]) <= np.datetime64(window.evaluation_tail.last_day)
    # Without an evaluation the difference is NaT, which is never less than anything.
    in_time = has_waited & (days <= np.timedelta64(METHOD.evaluation_days, "D"))
    counted = pd.DataFrame(
        {
            "events_held": 1.0,
            "participants_total": rows["participants_total"].astype(np.float64),
            "events_waited": has_waited.astype(np.float64),
            "events_evaluated_14d": in_time.astype(np.float64),
        }
    )
    return counted.groupby(rows["ngo_id"].to_numpy()).sum()


def _first_sent() -> ColumnElement[Any]:
    """The day on which the NGO first sent an evaluation of the event: a later correction does not undo that."""
    return (
        select(func.min(Evaluation.submitted_date))
        .where(
            Evaluation.event_id == JointEventNgo.event_id,
            Evaluation.ngo_id == JointEventNgo.ngo_id,
            Evaluation.state_code == EvaluationState.SUBMITTED.value,
        )
        .correlate(JointEventNgo)
        .scalar_subquery()
    )


def _days(values: pd.Series[Any]) -> np.ndarray[Any, np.dtype[np.datetime64]]:
    return values.to_numpy(dtype="datetime64[D]")


def _in_period(asked: NgoSource) -> ColumnElement[bool]:
    window = asked.source.window
    return JointEvent.event_date.between(window.period.first_day, window.period.last_day)


def _said(asked: NgoSource) -> pd.DataFrame:
    """What the NGO said of held events: one current evaluation an event, so each is the event's mean of this NGO."""
    key, mark, again = Evaluation.ngo_id, Evaluation.mark_mean, Evaluation.would_repeat_code
    statement = (
        select(
            key.label("key"),
            func.count(mark).label("events_marked"),
            func.coalesce(func.sum(mark), 0).label("event_mark_sum"),
            func.coalesce(func.sum(mark * mark), 0).label("event_mark_square_sum"),
            _count(again == WouldRepeat.YES.value, "repeat_yes"),
            func.count(again).label("repeat_all"),
        )
        .join(JointEvent, JointEvent.id == Evaluation.event_id)
        .where(
            _IS_HELD,
            _in_period(asked),
            Evaluation.is_current.expression,
            Evaluation.state_code == EvaluationState.SUBMITTED.value,
            asked.of(key),
            asked.source.row_filter.districts(JointEvent.district_soato),
            true() if asked.is_own else is_open_to_leaders(),
        )
        .group_by(key)
    )
    return asked.sums(statement)


def _requests(asked: NgoSource) -> pd.DataFrame:
    """One row a request to which an NGO owed the answer: key, is_on_time, answer_days (working days; NaN: none)."""
    source, request = asked.source, InformationRequest
    rows = asked.rows(
        select(
            request.ngo_id.label("key"),
            _in_time(request.answered_date, request.due_date),
            request.sent_date,
            request.answered_date,
        ).where(
            request.asked_by_code == Party.POLICE.value,
            request.due_date.between(source.window.period.first_day, last_due_day(source)),
            asked.of(request.ngo_id),
            source.row_filter.districts(request.district_soato),
        )
    )
    is_answered = rows["answered_date"].notna() & (rows["answered_date"] <= source.window.today)
    days, answered = np.full(len(rows), np.nan), rows[is_answered]
    days[is_answered] = working_days_between(answered["sent_date"].tolist(), answered["answered_date"].tolist())
    return rows.assign(answer_days=days)


def _recommendations(asked: NgoSource) -> pd.DataFrame:
    """Released recommendations old enough to be closed, and those that the NGO closed in time."""
    window, key = asked.source.window, Evaluation.ngo_id
    last_day = min(window.period.last_day, window.closing_tail.last_day)
    rows = asked.rows(
        select(key, Recommendation.released_date, Recommendation.closed_date)
        .join(Evaluation, Evaluation.id == Recommendation.evaluation_id)
        .where(
            Recommendation.released_date.between(window.period.first_day, last_day),
            asked.of(key),
            asked.source.row_filter.districts(Recommendation.district_soato),
            true() if asked.is_own else is_named(),
        )
    )
    days = _days(rows["closed_date"]) - _days(rows["released_date"])
    is_closed = (days <= np.timedelta64(METHOD.closing_days, "D")).astype(np.float64)
    counted = pd.DataFrame({"recommendations": 1.0, "recommendations_closed_60d": is_closed}, index=rows.index)
    return counted.groupby(rows["ngo_id"].to_numpy()).sum()


def _trained(asked: NgoSource) -> pd.DataFrame:
    """1 for each NGO of which somebody took part in a training of the twelve months, wherever it was held."""
    day, key = asked.source.window.as_of, TrainingNgo.ngo_id
    first_day = training_start(day - timedelta(days=day.day - 1))
    held = and_(Training.training_date.between(first_day, day), asked.of(key))
    statement = select(key.label("key")).join(Training, Training.id == TrainingNgo.training_id).where(held).distinct()
    ids = asked.rows(statement)["key"]
    return pd.DataFrame({"trained": 1.0}, index=pd.Index(ids.to_numpy(), dtype=np.int64))
