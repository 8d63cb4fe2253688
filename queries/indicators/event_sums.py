"""The sums that indicators are made of, by district or by month, from the tables of :mod:`data.aggregates`.

Nothing here reads events one by one: the number of rows read depends on districts, months and memoranda only.
Each function returns a frame of floats whose index is the district's SOATO or the month as YYYYMM.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from sqlalchemy import (
    ColumnElement,
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

from data.schema import (
    District,
    DistrictDay,
    DistrictMonth,
    Inhabitants,
    Mahalla,
)
from queries.indicators.confidential_batches import batch_sums
from queries.indicators.source import Source
from queries.indicators.window import Tail

Key: TypeAlias = InstrumentedAttribute[str] | InstrumentedAttribute[int]
_MONTH_SUMS = (
    "events_held",
    "participants_total",
    "plan_items",
    "plan_fulfilled",
    "events_marked",
    "event_mark_sum",
    "event_mark_square_sum",
    "repeat_yes",
)


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


def activity(source: Source, *, by_month: bool) -> pd.DataFrame:
    """Events, plan, evaluations and recommendations by district or month; cells without any row are absent.

    Marks and answers are those of named evaluations and of the batches that count
    (:mod:`queries.indicators.confidential_batches`).
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
