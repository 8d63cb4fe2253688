"""In which months mahallas had a held event: the sums of reach and regularity."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, cast, func, select

from data.period import year_month
from data.schema import MahallaYear
from queries.figures_source import Source

MONTHS_IN_MASK = 12
MASK_YEARS = 5
_COLUMNS = ("mahallas_reached", "mahallas_active", "mahalla_months", "mahalla_months_possible")


def _masks(source: Source) -> pd.DataFrame:
    """How many mahallas of a district had events in the same months.

    Columns: district_soato, mask (int64: bit 0 is the first month of the period), mahallas (number). Raises ValueError
    for a period that touches more than five calendar years.
    """
    window, year = source.window, MahallaYear.year
    first_year, last_year = window.period.first_day.year, window.period.last_day.year
    if last_year - first_year >= MASK_YEARS:
        raise ValueError(f"a period of indicators touches at most {MASK_YEARS} calendar years")
    shifted = cast(MahallaYear.month_mask, BigInteger).op("<<")(MONTHS_IN_MASK * (year - first_year))
    by_mahalla = (
        select(MahallaYear.district_soato, cast(func.sum(shifted), BigInteger).label("mask"))
        .where(
            MahallaYear.direction_code == source.direction_code,
            year.between(first_year, last_year),
            source.reach.districts(MahallaYear.district_soato),
        )
        .group_by(MahallaYear.district_soato, MahallaYear.mahalla_id)
        .subquery()
    )
    statement = select(by_mahalla.c.district_soato, by_mahalla.c.mask, func.count().label("mahallas"))
    rows = source.connection.execute(statement.group_by(by_mahalla.c.district_soato, by_mahalla.c.mask)).all()
    frame = pd.DataFrame(rows, columns=["district_soato", "mask", "mahallas"])
    months = len(window.months)
    kept = (frame["mask"].to_numpy(np.int64) >> (window.period.first_day.month - 1)) & ((1 << months) - 1)
    return frame.assign(mask=kept, mahallas=frame["mahallas"].astype(np.float64))


def mahallas_by_district(source: Source) -> pd.DataFrame:
    """One row a district with an event: mahallas reached (and so active), their months with an event, all months."""
    masks = _masks(source)
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
    """Mahallas reached in each month, and the sums of regularity from the first month of the period to it."""
    masks = _masks(source)
    mask, mahallas = masks["mask"].to_numpy(np.int64), masks["mahallas"].to_numpy(np.float64)
    rows = {}
    for position, month in enumerate(source.window.months):
        until = mask & ((1 << (position + 1)) - 1)
        active = float(mahallas[until != 0].sum())
        rows[year_month(month)] = {
            "mahallas_reached": float(mahallas[(mask >> position) & 1 == 1].sum()),
            "mahallas_active": active,
            "mahalla_months": float((mahallas * np.bitwise_count(until)).sum()),
            "mahalla_months_possible": active * (position + 1),
        }
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(_COLUMNS))
