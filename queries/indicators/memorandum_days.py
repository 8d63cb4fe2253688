"""On how many days of each month a memorandum was in force in a district."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import exists, select, true

from data.schema import Memorandum, MemorandumAmendment, MemorandumDirection
from queries.indicators.source import Source
from queries.memoranda.status import Amendment, MemorandumDates


def memorandum_days(source: Source, place_of: Mapping[str, int], is_valid: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Days with a memorandum in force, by district (its place) and month that has begun; days after today are none.

    In a month not over these are the days up to today. ``is_valid``: whether each district existed on each day of
    :func:`days_since`.
    """
    months = source.window.months
    covered = np.zeros((len(place_of), len(months)))
    if not months:
        return covered
    first, last = months[0], source.window.as_of
    is_covered = np.zeros((len(place_of), (last - first).days + 1), dtype=np.bool_)
    for district, dates in _agreed(source, last):
        for start, end in _spans(dates, last):
            if start <= end and end >= first:
                is_covered[place_of[district], max((start - first).days, 0) : (end - first).days + 1] = True
    starts = [(month - first).days for month in months]
    return np.add.reduceat(is_covered & is_valid, starts, axis=1, dtype=np.float64)


def _agreed(source: Source, last: date) -> Iterator[tuple[str, MemorandumDates]]:
    named = exists().where(
        MemorandumDirection.memorandum_id == Memorandum.id,
        MemorandumDirection.direction_code == source.direction_code,
    )
    is_asked = (
        Memorandum.signed_date <= last,
        Memorandum.start_date <= last,
        source.row_filter.districts(Memorandum.district_soato),
        true() if source.direction is None else named.correlate(Memorandum),
    )
    dates = (Memorandum.signed_date, Memorandum.start_date, Memorandum.expiry_date, Memorandum.terminated_date)
    rows = source.connection.execute(select(Memorandum.id, Memorandum.district_soato, *dates).where(*is_asked)).all()
    amended = (
        select(MemorandumAmendment.memorandum_id, MemorandumAmendment.number, MemorandumAmendment.signed_date)
        .add_columns(MemorandumAmendment.expiry_date)
        .join(Memorandum, Memorandum.id == MemorandumAmendment.memorandum_id)
        .where(*is_asked, MemorandumAmendment.signed_date <= last, MemorandumAmendment.expiry_date.is_not(None))
    )
    amendments: dict[int, list[Amendment]] = {}
    for memorandum_id, number, signed, expiry in source.connection.execute(amended).all():
        amendments.setdefault(memorandum_id, []).append(Amendment(number, signed, expiry))
    for memorandum_id, district, signed, start, expiry, terminated in rows:
        yield district, MemorandumDates(signed, start, expiry, terminated, tuple(amendments.get(memorandum_id, ())))


def _spans(dates: MemorandumDates, last: date) -> Iterator[tuple[date, date]]:
    """First and last days on which a memorandum was in force until ``last``: between two signatures of amendments the
    expiry that counts is one."""
    if dates.signed_date is None or dates.start_date is None:
        return
    begin = max(dates.signed_date, dates.start_date)
    end = last if dates.terminated_date is None else min(last, dates.terminated_date - timedelta(days=1))
    changes: Sequence[date] = sorted({each.signed_date for each in dates.amendments if begin < each.signed_date <= end})
    for start, after in zip((begin, *changes), (*changes, end + timedelta(days=1)), strict=True):
        expiry = dates.expiry_on(start)
        until = after - timedelta(days=1)
        yield start, until if expiry is None else min(until, expiry)


def days_since(source: Source) -> list[date]:
    """Each day from the first one of the period up to its last one, or today."""
    first, last = source.window.period.first_day, source.window.as_of
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def begun_months(source: Source) -> tuple[list[date], list[date]]:
    """First days of the months that have begun, and their last days, or today."""
    months = source.window.months
    return months, [source.window.status_day(month) for month in months]
