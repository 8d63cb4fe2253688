"""Sums by district and month that indicators are made of, from the tables of :mod:`data.aggregates`.

All columns of :class:`data.schema.DistrictMonth` that an indicator names are read; the other columns are made here.
Nothing here reads events one by one: the number of rows read depends on districts, months and memoranda only.
:class:`queries.indicators.monthly_sums.MonthlySums` adds them up.

A batch of confidential evaluations belongs to a district and to a span of months, and to no direction or form: it
counts where its whole span lies in the months asked for and nothing narrower than the district is asked for.
:func:`counted_batches` is that rule in SQL, and ``MonthlySums`` keeps to it within the months that it holds.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    case,
    column,
    exists,
    func,
    literal,
    select,
    true,
    union_all,
    values,
)
from sqlalchemy.orm import InstrumentedAttribute

from data.aggregates.sql import sum_names
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
from queries.memoranda.status import ON_PAPER_DAYS, has_event_between, has_run_since, is_in_force
from queries.row_filter import RowFilter

# Of these only what has waited long enough counts.
_WAITING = frozenset({"events_evaluated_14d", "recommendations", "recommendations_closed_60d"})
_NAMED = frozenset[str]().union(*(columns_of(entry.computation) for entry in INDICATORS.values()))
_MONTH_SUMS = tuple(name for name in sum_names(DistrictMonth) if name in _NAMED and name not in _WAITING)
_DAY_SUMS = ("events_waited", "events_evaluated_14d", "recommendations", "recommendations_closed_60d")
MONTH_COLUMNS = (*_MONTH_SUMS, "repeat_all", *_DAY_SUMS)
BATCH_COLUMNS = ("events_marked", "event_mark_sum", "event_mark_square_sum", "repeat_yes", "repeat_all")
MEMORANDUM_COLUMNS = ("memoranda_in_force", "memoranda_judged", "memoranda_alive")


def month_sums(source: Source) -> pd.DataFrame:
    """Events, plan, evaluations and recommendations of whole months; of what must wait, the months before the cut.

    One row a district and month with anything: district_soato, year_month (YYYYMM), ``MONTH_COLUMNS``.
    """
    events, proposals = source.window.evaluation_tail, source.window.closing_tail
    repeats = DistrictMonth.repeat_yes + DistrictMonth.repeat_no + DistrictMonth.repeat_unsure
    statement = select(
        DistrictMonth.district_soato,
        DistrictMonth.year_month,
        *(getattr(DistrictMonth, name) for name in _MONTH_SUMS),
        repeats.label("repeat_all"),
        _before(events, DistrictMonth.events_held, "events_waited"),
        _before(events, DistrictMonth.events_evaluated_14d, "events_evaluated_14d"),
        _before(proposals, DistrictMonth.recommendations, "recommendations"),
        _before(proposals, DistrictMonth.recommendations_closed_60d, "recommendations_closed_60d"),
    ).where(
        DistrictMonth.direction_code == source.direction_code,
        DistrictMonth.year_month.between(source.window.first_month, source.window.last_month),
        source.row_filter.districts(DistrictMonth.district_soato),
    )
    return source.table(statement)


def _before(tail: Tail, counted: InstrumentedAttribute[int], name: str) -> ColumnElement[Any]:
    return case((DistrictMonth.year_month < tail.cut_month, counted), else_=0).label(name)


def day_sums(source: Source) -> pd.DataFrame:
    """Sums of the days of the month of the cut, up to the cut: columns of :func:`month_sums`, of ``MONTH_COLUMNS``
    those that must wait."""
    zero = literal(0, Integer)
    events, proposals = source.window.evaluation_tail, source.window.closing_tail
    held = (DistrictDay.events_held, DistrictDay.events_evaluated_14d, zero, zero)
    made = (zero, zero, DistrictDay.recommendations, DistrictDay.recommendations_closed_60d)
    parts: list[Select[*tuple[Any, ...]]] = [
        select(
            DistrictDay.district_soato,
            literal(tail.cut_month, Integer).label("year_month"),
            *(counted.label(name) for name, counted in zip(_DAY_SUMS, columns, strict=True)),
        ).where(_in_tail(source, tail))
        for tail, columns in ((events, held), (proposals, made))
    ]
    days = union_all(*parts).subquery()
    keys = (days.c.district_soato, days.c.year_month)
    return source.table(select(*keys, *(func.sum(days.c[name]).label(name) for name in _DAY_SUMS)).group_by(*keys))


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


def batch_sums(source: Source) -> pd.DataFrame:
    """Ratings and answers of batches by the months that they span; none of a direction, as a batch has none.

    Columns: district_soato, first_year_month, last_year_month, ``BATCH_COLUMNS``.
    """
    keys = (ConfidentialBatch.district_soato, ConfidentialBatch.first_year_month, ConfidentialBatch.last_year_month)
    if source.direction is not None:
        return pd.DataFrame(columns=[*(key.key for key in keys), *BATCH_COLUMNS])
    repeats = ConfidentialBatch.repeat_yes + ConfidentialBatch.repeat_no + ConfidentialBatch.repeat_unsure
    months = {"first_month": source.window.first_month, "last_month": source.window.last_month}
    statement = (
        select(
            *keys,
            *(func.sum(getattr(ConfidentialBatch, name)).label(name) for name in BATCH_COLUMNS[:-1]),
            func.sum(repeats).label("repeat_all"),
        )
        .where(counted_batches(source.row_filter, **months))
        .group_by(*keys)
    )
    return source.table(statement)


def areas(source: Source) -> pd.DataFrame:
    """Region, days and number of mahallas of each district in reach, in the order of their SOATO.

    Columns: soato, region_soato, valid_from, valid_to (dates; None: since ever, until further notice), mahallas.
    """
    mahallas = (
        select(Mahalla.district_soato, func.count().label("mahallas")).group_by(Mahalla.district_soato).subquery()
    )
    statement = (
        select(District.soato, District.region_soato, District.valid_from, District.valid_to)
        .add_columns(func.coalesce(mahallas.c.mahallas, 0).label("mahallas"))
        .outerjoin(mahallas, mahallas.c.district_soato == District.soato)
        .where(source.row_filter.districts(District.soato))
        .order_by(District.soato)
    )
    return source.table(statement)


def inhabitants(source: Source) -> pd.DataFrame:
    """Every figure of the inhabitants of districts, the oldest first: district_soato, counted_date, inhabitants."""
    statement = (
        select(Inhabitants.district_soato, Inhabitants.counted_date, Inhabitants.inhabitants)
        .where(source.row_filter.districts(Inhabitants.district_soato))
        .order_by(Inhabitants.counted_date)
    )
    return source.table(statement)


def memoranda(source: Source) -> pd.DataFrame:
    """Memoranda in force on the days of :attr:`queries.indicators.source.Window.status_days`, by district and month.

    Columns: district_soato, year_month, memoranda_in_force (any), memoranda_judged (in force for 90 days or more),
    memoranda_alive (of these, those with an event in the last 90 days).
    """
    days = values(
        column("year_month", Integer), column("day", Date), column("limit_day", Date), name="status_day"
    ).data([(year_month(day), day, day - timedelta(days=ON_PAPER_DAYS)) for day in source.window.status_days])
    asked = days.cte()
    named = exists().where(
        MemorandumDirection.memorandum_id == Memorandum.id,
        MemorandumDirection.direction_code == source.direction_code,
    )
    is_judged = has_run_since(asked.c.limit_day)
    is_alive = and_(is_judged, has_event_between(asked.c.limit_day, asked.c.day))
    statement = (
        select(
            Memorandum.district_soato,
            asked.c.year_month,
            func.count().label("memoranda_in_force"),
            func.sum(case((is_judged, 1), else_=0)).label("memoranda_judged"),
            func.sum(case((is_alive, 1), else_=0)).label("memoranda_alive"),
        )
        .join_from(Memorandum, asked, is_in_force(asked.c.day))
        .where(
            source.row_filter.districts(Memorandum.district_soato),
            true() if source.direction is None else named.correlate(Memorandum),
        )
        .group_by(Memorandum.district_soato, asked.c.year_month)
    )
    return source.table(statement)
