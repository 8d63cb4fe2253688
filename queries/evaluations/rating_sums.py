"""Sums behind ratings and problems: of named evaluations, of released batches, and of one NGO's own evaluations.

All have the columns evaluations, events_marked, event_mark_sum, event_mark_square_sum, for each item of the evaluation
marks_*, mark_sum_* and mark_square_sum_*, and for each problem problem_* (:class:`data.schema.EvaluationMonth`).
``events_marked`` has an event that was rated both by name and in a batch twice; :func:`rated_events` counts it once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Connection, Integer, Select, cast, exists, extract, func, literal, select

from data.codes import Direction, EvaluationItem, EvaluationState, EventForm, EventState
from data.dates.period import Period
from data.policy import Action, Actor, Scope, may
from data.schema import (
    ConfidentialBatch,
    ConfidentialBatchItem,
    ConfidentialBatchMember,
    ConfidentialBatchProblem,
    Evaluation,
    EvaluationMonth,
    EvaluationProblem,
    JointEvent,
)
from data.schema.aggregates import ITEM_COLUMNS, MARK_SUMS, PROBLEM_COLUMNS
from queries.evaluations.visibility import is_open_to_leaders
from queries.indicators.event_sums import counted_batches, is_of_one_month
from queries.row_filter import RowFilter, permitted_rows

EVENT_COLUMNS = ("evaluations", "events_marked", "event_mark_sum", "event_mark_square_sum")
SUM_COLUMNS = (*EVENT_COLUMNS, *ITEM_COLUMNS, *PROBLEM_COLUMNS)
ALL = ""
_TABLE = EvaluationMonth.__table__.c


class Grain(StrEnum):
    """Grouping of the sums; the value is the column of codes."""

    ALL = "all"
    DIRECTION = "direction_code"
    FORM = "form_code"
    MONTH = "year_month"


@dataclass(frozen=True)
class RatingFilter:
    """Area, months, direction and form of the events; ``is_own``: an NGO asks for its own evaluations."""

    row_filter: RowFilter
    period: Period
    direction: Direction | None = None
    form: EventForm | None = None
    is_own: bool = False


def rating_filter(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    period: Period,
    direction: Direction | None = None,
    form: EventForm | None = None,
) -> RatingFilter:
    """Return the filter of the evaluations of a scope whose sums the actor may read. Raises ForbiddenError."""
    row_filter = permitted_rows(connection, actor, Action.SEE_SUMS, scope)
    return RatingFilter(row_filter, period, direction, form, is_own=may(actor, Action.READ_OWN_EVALUATIONS))


def rating_sums(
    connection: Connection, asked: RatingFilter, grain: Grain, *, columns: Sequence[str] = EVENT_COLUMNS
) -> pd.DataFrame:
    """Return sums by grain (index: the code, YYYYMM, or "" for all), some of the columns above.

    Groups without evaluations have no row.
    """
    if asked.row_filter.ngo_id is not None:
        return _of_one_ngo(connection, asked, grain)[list(columns)]
    sums = _named(connection, asked, grain, columns)
    if _has_batches(asked, grain):
        sums = sums.add(_batches(connection, asked, grain, columns), fill_value=0.0)
    return sums.reindex(columns=list(columns)).fillna(0.0)


def rated_events(connection: Connection, asked: RatingFilter, grain: Grain) -> pd.Series[float]:
    """Return how many joint events the ratings are of, each counted once, by the keys of :func:`rating_sums`.

    Of a batch only its events are looked at, never what it says: that an event was evaluated is no secret.
    """
    if not _has_batches(asked, grain):
        return rating_sums(connection, asked, grain)["events_marked"]
    named = _named(connection, asked, grain, ("events_marked",))["events_marked"]
    return named.add(_frame(connection, _rated_in_batches_alone(asked, grain))["events"], fill_value=0.0)


def _has_batches(asked: RatingFilter, grain: Grain) -> bool:
    is_of_all = asked.direction is None and asked.form is None and asked.row_filter.ngo_id is None
    return is_of_all and grain in {Grain.ALL, Grain.MONTH}


def _rated_in_batches_alone(asked: RatingFilter, grain: Grain) -> Select[*tuple[Any, ...]]:
    key, is_counted = _key_of_batches(asked, grain)
    named = exists().where(
        Evaluation.event_id == ConfidentialBatchMember.event_id,
        Evaluation.event_id == JointEvent.id,
        Evaluation.mark_mean.is_not(None),
        *_conditions(asked),
    )
    statement = (
        select(key.label("key"), func.count(ConfidentialBatchMember.event_id.distinct()).label("events"))
        .join_from(ConfidentialBatch, ConfidentialBatchMember, ConfidentialBatchMember.batch_id == ConfidentialBatch.id)
        .where(is_counted, ConfidentialBatch.events_marked > 0, ~named.correlate(ConfidentialBatchMember))
    )
    return statement if grain is Grain.ALL else statement.group_by(key)


def _key_of_batches(asked: RatingFilter, grain: Grain) -> tuple[ColumnElement[Any], ColumnElement[bool]]:
    """Return the column of codes, and a condition on the batches that count; by month only those of one month."""
    is_counted = counted_batches(
        asked.row_filter, first_month=asked.period.first_year_month, last_month=asked.period.last_year_month
    )
    if grain is Grain.ALL:
        return literal(ALL), is_counted
    return ConfidentialBatch.first_year_month.expression, is_counted & is_of_one_month()


def _frame(connection: Connection, statement: Select[*tuple[Any, ...]]) -> pd.DataFrame:
    result = connection.execute(statement)
    frame = pd.DataFrame(result.fetchall(), columns=list(result.keys()))
    return frame.set_index("key").astype(np.float64)


def _named(connection: Connection, asked: RatingFilter, grain: Grain, columns: Sequence[str]) -> pd.DataFrame:
    key: ColumnElement[Any] = literal(ALL) if grain is Grain.ALL else _TABLE[grain.value]
    codes = {
        Grain.DIRECTION: asked.direction.value if asked.direction else ALL,
        Grain.FORM: asked.form.value if asked.form else ALL,
    }
    chosen = [_TABLE[kept.value] == code for kept, code in codes.items() if kept is not grain]
    if grain in codes:
        chosen.append(_TABLE[grain.value] != ALL)
    statement = (
        select(key.label("key"), *(func.sum(_TABLE[name]).label(name) for name in columns))
        .where(
            *chosen,
            EvaluationMonth.year_month.between(asked.period.first_year_month, asked.period.last_year_month),
            asked.row_filter.districts(EvaluationMonth.district_soato),
        )
        .group_by(key if grain is not Grain.ALL else _TABLE.direction_code)
    )
    return _frame(connection, statement)


def _batches(connection: Connection, asked: RatingFilter, grain: Grain, columns: Sequence[str]) -> pd.DataFrame:
    key, is_counted = _key_of_batches(asked, grain)
    sums = select(key.label("key"), *(func.sum(getattr(ConfidentialBatch, name)).label(name) for name in EVENT_COLUMNS))
    items = (
        select(
            key.label("key"),
            ConfidentialBatchItem.item_code.label("code"),
            *(func.sum(getattr(ConfidentialBatchItem, kind)).label(kind) for kind in MARK_SUMS),
        )
        .join(ConfidentialBatch, ConfidentialBatch.id == ConfidentialBatchItem.batch_id)
        .group_by(ConfidentialBatchItem.item_code)
    )
    problems = (
        select(
            key.label("key"),
            ConfidentialBatchProblem.problem_code.label("code"),
            func.sum(ConfidentialBatchProblem.evaluations).label("problem"),
        )
        .join(ConfidentialBatch, ConfidentialBatch.id == ConfidentialBatchProblem.batch_id)
        .group_by(ConfidentialBatchProblem.problem_code)
    )

    def read(statement: Select[*tuple[Any, ...]]) -> pd.DataFrame:
        return _rows(connection, (statement if grain is Grain.ALL else statement.group_by(key)).where(is_counted))

    parts = [read(sums).set_index("key")]
    if not set(ITEM_COLUMNS).isdisjoint(columns):
        parts += _wide(read(items), MARK_SUMS)
    if not set(PROBLEM_COLUMNS).isdisjoint(columns):
        parts += _wide(read(problems), ("problem",))
    return pd.concat(parts, axis=1).astype(np.float64).fillna(0.0)


def _rows(connection: Connection, statement: Select[*tuple[Any, ...]]) -> pd.DataFrame:
    result = connection.execute(statement)
    return pd.DataFrame(result.fetchall(), columns=list(result.keys()))


def _wide(rows: pd.DataFrame, kinds: tuple[str, ...]) -> list[pd.DataFrame]:
    """Rows by key and code as columns ``kind_code``, one frame a kind."""
    return [rows.pivot(index="key", columns="code", values=kind).add_prefix(f"{kind}_") for kind in kinds]


def _of_one_ngo(connection: Connection, asked: RatingFilter, grain: Grain) -> pd.DataFrame:
    """Return sums from the NGO's rows: to itself of all that it sent, to leaders of its named evaluations."""
    rows = _rows(connection, _sent(asked))
    if rows.empty:
        return pd.DataFrame(columns=list(SUM_COLUMNS), dtype=np.float64)
    keys = pd.Series(ALL, index=rows.index) if grain is Grain.ALL else rows[grain.value]
    event_means = rows.groupby([keys, rows["event_id"]])["mark_mean"].mean().dropna()
    by_key = event_means.groupby(level=0)
    sums = {
        "evaluations": rows.groupby(keys).size(),
        "events_marked": by_key.size(),
        "event_mark_sum": by_key.sum(),
        "event_mark_square_sum": (event_means**2).groupby(level=0).sum(),
    }
    for item in EvaluationItem:
        rating = rows[f"mark_{item}"].astype(np.float64)
        for kind, values in zip(MARK_SUMS, (rating.notna().astype(np.float64), rating, rating**2), strict=True):
            sums[f"{kind}_{item}"] = values.groupby(keys).sum()
    named = _rows(connection, _problems_of(asked))
    problem_keys = keys.set_axis(rows["evaluation_id"]).reindex(named["evaluation_id"]).to_numpy()
    for code, codes in named.groupby("problem_code"):
        sums[f"problem_{code}"] = pd.Series(problem_keys[codes.index]).value_counts()
    return pd.DataFrame(sums).reindex(columns=list(SUM_COLUMNS)).astype(np.float64).fillna(0.0)


def _sent(asked: RatingFilter) -> Select[*tuple[Any, ...]]:
    ratings = [getattr(Evaluation, f"mark_{item}") for item in EvaluationItem]
    month = cast(extract("year", JointEvent.event_date) * 100 + extract("month", JointEvent.event_date), Integer)
    columns = (
        Evaluation.id.label("evaluation_id"),
        Evaluation.event_id,
        JointEvent.direction_code,
        JointEvent.form_code,
        month.label("year_month"),
        Evaluation.mark_mean,
        *ratings,
    )
    return select(*columns).join(JointEvent, JointEvent.id == Evaluation.event_id).where(*_conditions(asked))


def _problems_of(asked: RatingFilter) -> Select[*tuple[Any, ...]]:
    return (
        select(EvaluationProblem.evaluation_id, EvaluationProblem.problem_code)
        .join(Evaluation, Evaluation.id == EvaluationProblem.evaluation_id)
        .join(JointEvent, JointEvent.id == Evaluation.event_id)
        .where(*_conditions(asked))
    )


def _conditions(asked: RatingFilter) -> list[ColumnElement[bool]]:
    found = [
        JointEvent.event_date.between(asked.period.first_day, asked.period.last_day),
        JointEvent.state_code == EventState.HELD.value,
        Evaluation.is_current.expression,
        Evaluation.state_code == EvaluationState.SUBMITTED.value,
        asked.row_filter.evaluations(),
    ]
    if asked.direction is not None:
        found.append(JointEvent.direction_code == asked.direction.value)
    if asked.form is not None:
        found.append(JointEvent.form_code == asked.form.value)
    return found if asked.is_own else [*found, is_open_to_leaders()]
