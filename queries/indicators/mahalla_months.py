"""In which months mahallas had a held event: the sums of reach and regularity."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, cast, func, select

from data.dates.period import shift_month, year_month
from data.schema import MahallaYear
from queries.indicators.source import Source, Window

MONTHS_IN_MASK = 12
MASK_YEARS = 5
REGULARITY_MONTHS = 12
_COLUMNS = ("mahallas_reached", "mahallas_active", "mahalla_months", "mahalla_months_possible")


def _masks(source: Source, first_day: date) -> pd.DataFrame:
    """How many mahallas of a district had events in the same months, from the month of ``first_day`` on.

    Columns: district_soato, mask (int64: bit 0 is that month, bits of months not begun are 0), mahallas (float).
    """
    window, year = source.window, MahallaYear.year
    first_year, last_year = first_day.year, window.period.last_day.year
    if last_year - first_year >= MASK_YEARS:
        raise ValueError(f"a period of indicators touches at most {MASK_YEARS} calendar years")
    shifted = cast(MahallaYear.month_mask, BigInteger).op("<<")(MONTHS_IN_MASK * (year - first_year))
    by_mahalla = (
        select(MahallaYear.district_soato, cast(func.sum(shifted), BigInteger).label("mask"))
        .where(
            MahallaYear.direction_code == source.direction_code,
            year.between(first_year, last_year),
            source.row_filter.districts(MahallaYear.district_soato),
        )
        .group_by(MahallaYear.district_soato, MahallaYear.mahalla_id)
        .subquery()
    )
    statement = select(by_mahalla.c.district_soato, by_mahalla.c.mask, func.count().label("mahallas"))
    frame = source.table(statement.group_by(by_mahalla.c.district_soato, by_mahalla.c.mask))
    kept = (frame["mask"].to_numpy(np.int64) >> (first_day.month - 1)) & _ones(_months_from(first_day, window))
    return frame.assign(mask=kept, mahallas=frame["mahallas"].astype(np.float64))


def _months_from(first_day: date, window: Window) -> int:
    """Months from that of ``first_day`` to the last one of the period that has begun."""
    last = min(window.period.last_day, window.today)
    return max((last.year - first_day.year) * MONTHS_IN_MASK + last.month - first_day.month + 1, 0)


def _ones(bits: int) -> int:
    return (1 << bits) - 1


def mahallas_by_district(source: Source) -> pd.DataFrame:
    """One row a district with an event: mahallas reached (and so active), their months with an event, all months."""
    masks = _masks(source, source.window.period.first_day)
    active = masks["mahallas"].where(masks["mask"] != 0, 0.0)
    months = active * np.bitwise_count(masks["mask"].to_numpy(np.int64))
    held = pd.DataFrame(
        {
            "mahallas_reached": active,
            "mahallas_active": active,
            "mahalla_months": months,
            "mahalla_months_possible": active * len(source.window.months),
        }
    )
    return held.groupby(masks["district_soato"]).sum()


def mahallas_by_month(source: Source) -> pd.DataFrame:
    """One row a month that has begun: mahallas reached in it, and the sums of regularity of the months up to it.

    One month cannot show regularity, so those are sums of the last 12 months, or of as many as the period has if fewer.
    """
    first_day = source.window.period.first_day
    span = min(source.window.period.month_count, REGULARITY_MONTHS)
    masks = _masks(source, shift_month(first_day, 1 - span))
    mask, mahallas = masks["mask"].to_numpy(np.int64), masks["mahallas"].to_numpy(np.float64)
    rows = {}
    for position, month in enumerate(source.window.months):
        months = (mask >> position) & _ones(span)
        active = float(mahallas[months != 0].sum())
        rows[year_month(month)] = {
            "mahallas_reached": float(mahallas[months >> (span - 1) == 1].sum()),
            "mahallas_active": active,
            "mahalla_months": float((mahallas * np.bitwise_count(months)).sum()),
            "mahalla_months_possible": active * span,
        }
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(_COLUMNS))
