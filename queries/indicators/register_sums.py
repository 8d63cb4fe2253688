"""The sums of what is kept in registers, by area or by month: obligations, requests, decisions, trainings, offences.

These registers grow with districts and NGOs, not with joint events, so the rows themselves are read. Obligations follow
the direction of their memorandum; the other registers know no direction, so with one chosen they have no rows.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from pandas.core.groupby import SeriesGroupBy
from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, select, true, union_all
from sqlalchemy.orm import InstrumentedAttribute

from data.dates.period import shift_month, year_month
from data.dates.working_days import working_days_between
from data.schema import (
    Decision,
    District,
    InformationRequest,
    Mahalla,
    Meeting,
    Memorandum,
    MemorandumDirection,
    Ngo,
    Obligation,
    OffenceMonth,
    Training,
    TrainingMahalla,
    TrainingNgo,
)
from queries.directory.validity import existed_on
from queries.indicators.intervals.median import median_limits
from queries.indicators.intervals.normal import CONFIDENCES
from queries.indicators.source import Source

TRAINING_MONTHS = 12
MONTHS_A_YEAR = 12
ANSWER_COLUMNS = ("requests_answered", "answer_days")


def last_due_day(source: Source) -> date:
    """The last day of the period on which something may have been due: a day counts once it is over."""
    return min(source.window.period.last_day, source.window.today - timedelta(days=1))


def obligations_due(source: Source) -> pd.DataFrame:
    """One row an obligation due in the period: key (district), due_date, is_on_time."""
    named = exists().where(
        MemorandumDirection.memorandum_id == Memorandum.id, MemorandumDirection.direction_code == source.direction_code
    )
    statement = (
        select(Memorandum.district_soato.label("key"), *_kept(Obligation.due_date, Obligation.fulfilled_date))
        .join(Memorandum, Memorandum.id == Obligation.memorandum_id)
        .where(
            _is_due(source, Obligation.due_date),
            source.row_filter.districts(Memorandum.district_soato),
            true() if source.direction is None else named.correlate(Memorandum),
        )
    )
    return source.table(statement)


def requests_due(source: Source) -> pd.DataFrame:
    """One row an information request due in the period: key (district), due_date, is_on_time, answer_days.

    ``answer_days`` are working days (float; NaN without an answer by today).
    """
    statement = select(
        InformationRequest.district_soato.label("key"),
        *_kept(InformationRequest.due_date, InformationRequest.answered_date),
        InformationRequest.sent_date,
        InformationRequest.answered_date,
    ).where(
        _is_due(source, InformationRequest.due_date),
        source.row_filter.districts(InformationRequest.district_soato),
        _without_direction(source),
    )
    rows = source.table(statement)
    is_answered = rows["answered_date"].notna() & (rows["answered_date"] <= source.window.today)
    days = np.full(len(rows), np.nan)
    answered = rows[is_answered]
    days[is_answered] = working_days_between(answered["sent_date"].tolist(), answered["answered_date"].tolist())
    return rows.assign(answer_days=days).drop(columns=["sent_date", "answered_date"])


def decisions_due(source: Source) -> pd.DataFrame:
    """One row a decision due in the period: key (the meeting's area), region_soato, due_date, is_on_time.

    The area of a meeting is a district, a region or the nation (""): decisions of a region are the region's own.
    """
    statement = (
        select(
            Meeting.area_code.label("key"),
            func.coalesce(Meeting.region_soato, "").label("region_soato"),
            *_kept(Decision.due_date, Decision.done_date),
        )
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .where(_is_due(source, Decision.due_date), source.row_filter.meetings(), _without_direction(source))
    )
    return source.table(statement)


def trainings(source: Source, *, first_month: date) -> pd.DataFrame:
    """One row a post or NGO and training held since ``first_month``: key (district), member, training_date.

    ``member`` is the id of the mahalla, or minus the id of the NGO, which counts at home while it is active.
    """
    held = and_(Training.training_date.between(first_month, source.window.as_of), _without_direction(source))
    posts = (
        select(Mahalla.district_soato.label("key"), Mahalla.id.label("member"), Training.training_date)
        .join(TrainingMahalla, TrainingMahalla.mahalla_id == Mahalla.id)
        .join(Training, Training.id == TrainingMahalla.training_id)
        .where(held, source.row_filter.districts(Mahalla.district_soato), exists_at_end(source, Mahalla.district_soato))
    )
    ngos = (
        select(Ngo.district_soato.label("key"), (-Ngo.id).label("member"), Training.training_date)
        .join(TrainingNgo, TrainingNgo.ngo_id == Ngo.id)
        .join(Training, Training.id == TrainingNgo.training_id)
        .where(held, Ngo.is_active, source.row_filter.districts(Ngo.district_soato))
        .where(exists_at_end(source, Ngo.district_soato))
    )
    return source.table(select(union_all(posts, ngos).subquery()))


def members(source: Source) -> pd.Series[float]:
    """How many posts and active NGOs may be trained, by district; of those that exist on the last day, or today."""
    parts: list[Select[*tuple[Any, ...]]] = [
        select(Mahalla.district_soato.label("key"), func.count().label("members"))
        .where(source.row_filter.districts(Mahalla.district_soato), _without_direction(source))
        .where(exists_at_end(source, Mahalla.district_soato))
        .group_by(Mahalla.district_soato),
        select(Ngo.district_soato.label("key"), func.count().label("members"))
        .where(Ngo.is_active, source.row_filter.districts(Ngo.district_soato), _without_direction(source))
        .where(exists_at_end(source, Ngo.district_soato))
        .group_by(Ngo.district_soato),
    ]
    return source.frame(select(union_all(*parts).subquery()), key="key")["members"].groupby(level=0).sum()


def offences(source: Source, inhabitants: pd.DataFrame) -> pd.DataFrame:
    """One row a district and month with a figure of offences and inhabitants: key, year_month, offences, inhabitants.

    ``inhabitants``: one row a district and one column a month (YYYYMM), or one column for all of them; 0: unknown.
    """
    statement = select(OffenceMonth.district_soato.label("key"), OffenceMonth.year_month, OffenceMonth.offences).where(
        OffenceMonth.offences.is_not(None),
        _in_months(source, OffenceMonth.year_month),
        source.row_filter.districts(OffenceMonth.district_soato),
        _without_direction(source),
    )
    rows = source.table(statement)
    districts = inhabitants.index.get_indexer(pd.Index(rows["key"]))
    is_one = inhabitants.shape[1] == 1
    months = np.zeros_like(districts) if is_one else inhabitants.columns.get_indexer(pd.Index(rows["year_month"]))
    known = rows.assign(inhabitants=inhabitants.to_numpy(np.float64)[districts, months])
    return known[known["inhabitants"] > 0]


def crime_free(source: Source, place: pd.DataFrame) -> pd.DataFrame:
    """One row a district and month with a figure: key, year_month, mahallas_crime_free, mahallas_counted."""
    statement = select(
        OffenceMonth.district_soato.label("key"), OffenceMonth.year_month, OffenceMonth.mahallas_crime_free
    ).where(
        OffenceMonth.mahallas_crime_free.is_not(None),
        _in_months(source, OffenceMonth.year_month),
        source.row_filter.districts(OffenceMonth.district_soato),
        _without_direction(source),
    )
    rows = source.table(statement)
    return rows.assign(mahallas_counted=rows["key"].map(place["mahallas"]).astype(np.float64))


def exists_at_end(source: Source, column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Condition on a column of district codes: the district exists on the day on which status is judged."""
    return column.in_(select(District.soato).where(existed_on(source.window.as_of)))


def due_sums(rows: pd.DataFrame, key: pd.Series[Any], *, name: str) -> pd.DataFrame:
    """How many were due and on time, by ``key``: columns ``<name>_due`` and ``<name>_on_time``."""
    grouped = rows["is_on_time"].astype(np.float64).groupby(key)
    return pd.DataFrame({f"{name}_due": grouped.size().astype(np.float64), f"{name}_on_time": grouped.sum()})


def answer_sums(rows: pd.DataFrame, key: pd.Series[Any], *, has_limits: bool = True) -> pd.DataFrame:
    """The columns :data:`ANSWER_COLUMNS` of each ``key``, from rows of :func:`requests_due`.

    With limits there are columns answer_days_low and answer_days_high, with an ending for each of ``CONFIDENCES``.
    """
    answered = rows["answer_days"].notna()
    grouped = rows.loc[answered, "answer_days"].groupby(key[answered])
    table = grouped.agg(["size", "median"]).astype(np.float64)
    found = pd.DataFrame(dict(zip(ANSWER_COLUMNS, (table["size"], table["median"]), strict=True)), index=table.index)
    return found.join(_answer_limits(grouped)) if has_limits else found


def _answer_limits(grouped: SeriesGroupBy[Any, Any]) -> pd.DataFrame:
    rows = {}
    for key, days in grouped:
        values = days.to_numpy(np.float64)
        rows[key] = [limit for each in CONFIDENCES.values() for limit in median_limits(values, confidence=each)]
    names = [f"answer_days_{end}{suffix}" for suffix in CONFIDENCES for end in ("low", "high")]
    return pd.DataFrame.from_dict(rows, orient="index", columns=names, dtype=np.float64)


def trained_sums(rows: pd.DataFrame) -> pd.Series[float]:
    """How many members had any training, by district."""
    return rows.drop_duplicates(["key", "member"]).groupby("key").size().astype(np.float64).rename("trained")


def trained_by_month(rows: pd.DataFrame, months: list[date]) -> pd.Series[float]:
    """How many members had a training in the 12 months up to each month, by YYYYMM."""
    held = rows["training_date"].to_numpy(dtype="datetime64[M]").astype(np.int64)
    member = rows["member"].to_numpy(np.int64)
    counted = {}
    for month in months:
        last = int(np.datetime64(month, "M").astype(np.int64))
        is_inside = (held > last - TRAINING_MONTHS) & (held <= last)
        counted[year_month(month)] = float(len(np.unique(member[is_inside])))
    return pd.Series(counted, dtype=np.float64, name="trained")


def offence_sums(rows: pd.DataFrame, *, by_month: bool) -> pd.DataFrame:
    """Offences, also brought to a year, and the inhabitants they are of, by district or by month (YYYYMM)."""
    if by_month:
        sums = rows.groupby("year_month")[["offences", "inhabitants"]].sum().astype(np.float64)
        sums = sums.assign(offences_counted=sums["offences"], offences=sums["offences"] * MONTHS_A_YEAR)
        return sums.rename(columns=_OFFENCE_NAMES)
    grouped = rows.groupby("key")
    a_year = grouped["offences"].mean().astype(np.float64) * MONTHS_A_YEAR
    counted = grouped["offences"].sum().astype(np.float64)
    columns = {"offences": a_year, "inhabitants": grouped["inhabitants"].first(), "offences_counted": counted}
    return pd.DataFrame(columns).rename(columns=_OFFENCE_NAMES)


_OFFENCE_NAMES = {"offences": "offences_a_year", "inhabitants": "inhabitants_counted"}


def crime_free_sums(rows: pd.DataFrame, *, by_month: bool) -> pd.DataFrame:
    """Mahallas without an offence and all mahallas, added up over months, by district or by month (YYYYMM)."""
    columns = ["mahallas_crime_free", "mahallas_counted"]
    return rows.groupby("year_month" if by_month else "key")[columns].sum().astype(np.float64)


def training_start(month: date) -> date:
    """The first month of those in which a training counts at the end of ``month``."""
    return shift_month(month, 1 - TRAINING_MONTHS)


def _kept(due: InstrumentedAttribute[date], done: InstrumentedAttribute[date | None]) -> tuple[ColumnElement[Any], ...]:
    return due.label("due_date"), func.coalesce(case((done <= due, 1), else_=0), 0).label("is_on_time")


def _is_due(source: Source, due: InstrumentedAttribute[date]) -> ColumnElement[bool]:
    return due.between(source.window.period.first_day, last_due_day(source))


def _in_months(source: Source, month: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return month.between(source.window.first_month, source.window.last_month)


def _without_direction(source: Source) -> ColumnElement[bool]:
    return literal(source.direction is None)
