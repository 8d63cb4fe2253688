"""In which months mahallas had a held event: the sums of reach and regularity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import BigInteger, cast, func, select

from data.schema import MahallaYear
from queries.indicators.source import Source

MONTHS_IN_MASK = 12
MASK_YEARS = 5
REGULARITY_MONTHS = 12
COLUMNS = ("mahallas_reached", "mahallas_active", "mahalla_months", "mahalla_months_possible")


def mahalla_masks(source: Source) -> pd.DataFrame:
    """How many mahallas of a district had events in the same months of the period.

    Columns: district_soato, mask (bit 0 is the first month of the period), mahallas. Raises ValueError for a period
    that touches more than five calendar years.
    """
    first_day, last_year, year = source.window.period.first_day, source.window.period.last_day.year, MahallaYear.year
    if last_year - first_day.year >= MASK_YEARS:
        raise ValueError(f"a period of indicators touches at most {MASK_YEARS} calendar years")
    shifted = cast(MahallaYear.month_mask, BigInteger).op("<<")(MONTHS_IN_MASK * (year - first_day.year))
    by_mahalla = (
        select(MahallaYear.district_soato, cast(func.sum(shifted), BigInteger).label("mask"))
        .where(
            MahallaYear.direction_code == source.direction_code,
            year.between(first_day.year, last_year),
            source.row_filter.districts(MahallaYear.district_soato),
        )
        .group_by(MahallaYear.district_soato, MahallaYear.mahalla_id)
        .subquery()
    )
    statement = select(by_mahalla.c.district_soato, by_mahalla.c.mask, func.count().label("mahallas"))
    frame = source.table(statement.group_by(by_mahalla.c.district_soato, by_mahalla.c.mask))
    return frame.assign(mask=frame["mask"].to_numpy(np.int64) >> (first_day.month - 1))


@dataclass(frozen=True)
class MahallaMonths:
    """Masks of mahallas as arrays: place of the district, mask, and how many mahallas have it."""

    districts: NDArray[np.int64]
    masks: NDArray[np.int64]
    mahallas: NDArray[np.float64]

    def by_district(self, months: slice, *, count: int) -> dict[str, NDArray[np.float64]]:
        """Mahallas reached (and so active) in some months, their months with an event, all months; ``count``
        districts."""
        bits = (self.masks >> months.start) & _ones(months.stop - months.start)
        active = np.where(bits != 0, self.mahallas, 0.0)
        reached, held = (
            np.bincount(self.districts, numbers, minlength=count)
            for numbers in (active, active * np.bitwise_count(bits))
        )
        return dict(zip(COLUMNS, (reached, reached, held, reached * (months.stop - months.start)), strict=True))

    def by_month(
        self, months: slice, is_inside: NDArray[np.bool_], *, month_count: int
    ) -> dict[str, NDArray[np.float64]]:
        """Mahallas reached in each of some months, and the sums of regularity of the months up to it.

        ``is_inside`` says which districts count. One month cannot show regularity, so those are sums of the last 12
        months, or of as many as the period has (``month_count``) if fewer.
        """
        span, is_counted = min(month_count, REGULARITY_MONTHS), is_inside[self.districts]
        masks, mahallas = self.masks[is_counted], self.mahallas[is_counted]
        firsts = np.arange(months.start, months.stop)[:, np.newaxis] - (span - 1)
        if months.start < months.stop and firsts[0] < 0:
            raise ValueError("the months that regularity looks back on were not read")
        bits = (masks >> firsts) & _ones(span)
        active = (bits != 0) @ mahallas
        reached, held = (bits >> (span - 1)) @ mahallas, np.bitwise_count(bits) @ mahallas
        return dict(zip(COLUMNS, (reached, active, held, active * span), strict=True))


def _ones(bits: int) -> int:
    return (1 << max(bits, 0)) - 1
