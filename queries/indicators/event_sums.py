"""Sums that indicators are made of, by district or by month, from the tables of :mod:`data.aggregates`.

All columns of :class:`data.schema.DistrictMonth` that an indicator names are added up; the other columns are made here.
Nothing here reads events one by one: the number of rows read depends on districts, months and memoranda only.
Each function returns a frame of floats whose index is the district's SOATO or the month as YYYYMM.

A batch of confidential evaluations belongs to a district and to a span of months, and to no direction or form: it
counts where its whole span lies in the months asked for and nothing narrower than the district is asked for.
:func:`counted_batches` is the one place of that rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from data.aggregates.sql import sum_names
from data.codes import Direction
from data.dates.period import year_month
from data.indicators import INDICATORS
from data.indicators.computations import columns_of
from data.schema import (
    ConfidentialBatch,
    District,
    DistrictDay,
    DistrictMonth,
    Inhabitants,
    Mahalla,
    Memorandum,
    MemorandumDirection,
)
from queries.indicators.source import Source, Tail
from queries.memoranda.status import is_in_force, is_long_in_force, is_on_paper
from queries.row_filter import RowFilter

Key: TypeAlias = InstrumentedAttribute[str] | InstrumentedAttribute[int]
# Of these only what has waited long enough counts.
_WAITING = frozenset({"events_evaluated_14d", "recommendations", "recommendations_closed_60d"})
_NAMED = frozenset[str]().union(*(columns_of(entry.computation) for entry in INDICATORS.values()))
_MONTH_SUMS = tuple(name for name in sum_names(DistrictMonth) if name in _NAMED and name not in _WAITING)
_BATCH_SUMS = ("events_marked", "event_mark_sum", "event_mark_square_sum", "repeat_yes")


def _total(column: InstrumentedAttribute[int], condition: ColumnElement[bool], name: str) -> ColumnElement[Any]:
    return func.coalesce(func.sum(case((condition, column), else_=0)), 0).label(name)


def _in_window(source: Source) -> ColumnElement[bool]:
    return and_(
        DistrictMonth.direction_code == source.direction_code,
        DistrictMonth.year_month.between(source.window.first_month, source.window.last_month),
        source.row_filter.districts(DistrictMonth.district_soato),
    )


def _months(source: Source, key: Key) -> pd.DataFrame:
    """Sums of whole months; of what must wait, the months before the cut."""
    month, events, proposals = DistrictMonth.year_month, source.window.evaluation_tail, source.window.closing_tail
    is_known = exists().where(Inhabitants.district_soato == DistrictMonth.district_soato).correlate(DistrictMonth)
    statement = (
        select(
            key.label("key"),
            *(func.sum(getattr(DistrictMonth, name)).label(name) for name in _MONTH_SUMS),
            func.sum(DistrictMonth.repeat_yes + DistrictMonth.repeat_no + DistrictMonth.repeat_unsure).label(
                "repeat_all"
            ),
            _total(DistrictMonth.events_held, is_known, "events_known"),
            _total(DistrictMonth.events_held, month < events.cut_month, "events_waited"),
            _total(DistrictMonth.events_evaluated_14d, month < events.cut_month, "events_evaluated_14d"),
            _total(DistrictMonth.recommendations, month < proposals.cut_month, "recommendations"),
            _total(DistrictMonth.recommendations_closed_60d, month < proposals.cut_month, "recommendations_closed_60d"),
        )
        .where(_in_window(source))
        .group_by(key)
    )
    return source.frame(statement, key="key")


def _days(source: Source, *, by_month: bool) -> pd.DataFrame:
    """Sums of the days of the month of the cut, up to the cut."""
    zero = literal(0, Integer)
    events, proposals = source.window.evaluation_tail, source.window.closing_tail
    held = (DistrictDay.events_held, DistrictDay.events_evaluated_14d, zero, zero)
    made = (zero, zero, DistrictDay.recommendations, DistrictDay.recommendations_closed_60d)
    names = ("events_waited", "events_evaluated_14d", "recommendations", "recommendations_closed_60d")
    parts: list[Select[*tuple[Any, ...]]] = [
        select(
            (literal(tail.cut_month, Integer) if by_month else DistrictDay.district_soato).label("key"),
            *(column.label(name) for name, column in zip(names, columns, strict=True)),
        ).where(_in_tail(source, tail))
        for tail, columns in ((events, held), (proposals, made))
    ]
    days = union_all(*parts).subquery()
    sums = (func.sum(days.c[name]).label(name) for name in names)
    return source.frame(select(days.c.key, *sums).group_by(days.c.key), key="key")


def _in_tail(source: Source, tail: Tail) -> ColumnElement[bool]:
    first, last = source.window.period.first_day, source.window.period.last_day
    return and_(
        DistrictDay.direction_code == source.direction_code,
        DistrictDay.day_date.between(max(tail.first_day, first), min(tail.last_day, last)),
        source.row_filter.districts(DistrictDay.district_soato),
    )


def counted_batches(row_filter: RowFilter, *, first_month: int, last_month: int) -> ColumnElement[bool]:
    """Condition on ``ConfidentialBatch``: wholly inside the months (YYYYMM) and districts."""
    return and_(
        ConfidentialBatch.first_year_month >= first_month,
        ConfidentialBatch.last_year_month <= last_month,
        row_filter.districts(ConfidentialBatch.district_soato),
    )


def is_of_one_month() -> ColumnElement[bool]:
    """Condition on ``ConfidentialBatch``: a month by itself holds it."""
    return ConfidentialBatch.first_year_month == ConfidentialBatch.last_year_month


def batch_sums(source: Source, *, by_month: bool) -> pd.DataFrame:
    """Ratings and answers of batches by district or month, as :func:`activity` has them.

    Columns: events_marked, event_mark_sum, event_mark_square_sum, repeat_yes, repeat_all. Raises ValueError
    for a direction.
    """
    if source.direction is not None:
        raise ValueError("a batch has no direction")
    key: InstrumentedAttribute[Any] = (
        ConfidentialBatch.first_year_month if by_month else ConfidentialBatch.district_soato
    )
    repeats = ConfidentialBatch.repeat_yes + ConfidentialBatch.repeat_no + ConfidentialBatch.repeat_unsure
    statement: Select[*tuple[Any, ...]] = (
        select(
            key.label("key"),
            *(func.sum(getattr(ConfidentialBatch, name)).label(name) for name in _BATCH_SUMS),
            func.sum(repeats).label("repeat_all"),
        )
        .where(
            counted_batches(
                source.row_filter, first_month=source.window.first_month, last_month=source.window.last_month
            )
        )
        .group_by(key)
    )
    return source.frame(statement.where(is_of_one_month()) if by_month else statement, key="key")


def activity(source: Source, *, by_month: bool) -> pd.DataFrame:
    """Events, plan, evaluations and recommendations by district or month; cells without any row are absent.

    Ratings and answers are those of named evaluations and of the batches that count.
    """
    key = DistrictMonth.year_month if by_month else DistrictMonth.district_soato
    sums = _months(source, key).add(_days(source, by_month=by_month), fill_value=0.0)
    if source.direction is None:
        sums = sums.add(batch_sums(source, by_month=by_month), fill_value=0.0)
    return sums.fillna(0.0)


def areas(source: Source) -> pd.DataFrame:
    """Region, mahallas and inhabitants (newest figure of the period's last day or before, else the oldest; 0: unknown).

    Columns: region_soato (text), mahallas, inhabitants; index: SOATO of each district in reach.
    """
    counts = select(Inhabitants.inhabitants).where(Inhabitants.district_soato == District.soato).correlate(District)
    known = counts.where(Inhabitants.counted_date <= source.window.period.last_day)
    newest = known.order_by(Inhabitants.counted_date.desc()).limit(1).scalar_subquery()
    oldest = counts.order_by(Inhabitants.counted_date).limit(1).scalar_subquery()
    mahallas = (
        select(Mahalla.district_soato, func.count().label("mahallas")).group_by(Mahalla.district_soato).subquery()
    )
    statement = (
        select(
            District.soato,
            District.region_soato,
            func.coalesce(mahallas.c.mahallas, 0).label("mahallas"),
            func.coalesce(newest, oldest, 0).label("inhabitants"),
        )
        .outerjoin(mahallas, mahallas.c.district_soato == District.soato)
        .where(source.row_filter.districts(District.soato))
        .order_by(District.soato)
    )
    return source.table(statement).set_index("soato").astype({"mahallas": np.float64, "inhabitants": np.float64})


def memoranda(source: Source, days: Sequence[date]) -> pd.DataFrame:
    """Memoranda in force by district and day: one row a district with any.

    Columns: key (YYYYMM of the day), district_soato, memoranda_judged (in force for 90 days or more), memoranda_alive.
    """
    if not days:
        return pd.DataFrame(columns=["key", "district_soato", "memoranda_judged", "memoranda_alive"])
    frame = source.table(_statement(source.row_filter, source.direction, tuple(days)))
    return frame.astype({"memoranda_judged": np.float64, "memoranda_alive": np.float64})


@lru_cache(maxsize=256)
def _statement(
    row_filter: RowFilter, direction: Direction | None, days: tuple[date, ...]
) -> CompoundSelect[*tuple[Any, ...]]:
    """Kept, because building the rule a dozen times costs more than asking the database."""
    return union_all(*(_memoranda_on(row_filter, direction, day) for day in days))


def _memoranda_on(row_filter: RowFilter, direction: Direction | None, day: date) -> Select[*tuple[Any, ...]]:
    judged, on_paper = (case((condition, 1), else_=0) for condition in (is_long_in_force(day), is_on_paper(day)))
    condition = and_(is_in_force(day), row_filter.districts(Memorandum.district_soato))
    if direction is not None:
        named = exists().where(
            MemorandumDirection.memorandum_id == Memorandum.id,
            MemorandumDirection.direction_code == direction.value,
        )
        condition = and_(condition, named.correlate(Memorandum))
    return (
        select(
            literal(year_month(day), Integer).label("key"),
            Memorandum.district_soato,
            func.sum(judged).label("memoranda_judged"),
            func.sum(judged - on_paper).label("memoranda_alive"),
        )
        .where(condition)
        .group_by(Memorandum.district_soato)
    )
