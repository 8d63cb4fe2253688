"""In which months mahallas had a held event: the sums of reach and regularity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import BigInteger, cast, func, select

from data.dates.period import shift_month
from data.schema import MahallaYear
from queries.indicators.source import Source

MONTHS_IN_MASK = 12
MASK_YEARS = 5
# Reach and regularity are those of so many months up to the end of a period, whatever its length.
YEAR_MONTHS = 12
LOOK_BACK = YEAR_MONTHS - 1
COLUMNS = (
    "mahallas_reached",
    "mahallas_active",
    "mahalla_months",
    "mahalla_months_square",
    "mahalla_months_possible",
)


def mahalla_masks(source: Source) -> pd.DataFrame:
    """How many mahallas of a district had events in the same months of the period or the 11 before it.

    Columns: district_soato, mask (bit 0 is 11 months before the first month of the period), mahallas. Raises ValueError
    where these months touch more than five calendar years.
    """
    period, year = source.window.period, MahallaYear.year
    first_day, last_year = shift_month(period.first_day, -LOOK_BACK), period.last_day.year
    if last_year - first_day.year >= MASK_YEARS:
        raise ValueError(f"a period of indicators and the year before it touch at most {MASK_YEARS} calendar years")
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
    """Masks of mahallas as arrays: place of the district, mask of :func:`mahalla_masks`, how many mahallas have it."""

    districts: NDArray[np.int64]
    masks: NDArray[np.int64]
    mahallas: NDArray[np.float64]

    def by_district(self, end: int, *, count: int) -> dict[str, NDArray[np.float64]]:
        """Sums of the 12 months before the month with the number ``end`` of the period, of each of ``count`` districts:
        :data:`COLUMNS`."""
        held = self._months_held(np.array([end]))[:, 0]
        active = np.where(held > 0, self.mahallas, 0.0)
        reached, months, squares = (
            np.bincount(self.districts, numbers, minlength=count)
            for numbers in (active, active * held, active * held**2)
        )
        columns = (reached, reached, months, squares, reached * YEAR_MONTHS)
        return {name: column.astype(np.float64) for name, column in zip(COLUMNS, columns, strict=True)}

    def by_month(self, months: slice, is_inside: NDArray[np.bool_]) -> dict[str, NDArray[np.float64]]:
        """Sums of the 12 months up to each of some months, :data:`COLUMNS`; ``is_inside``: which districts count in
        which of the months."""
        is_counted = is_inside[self.districts]
        is_ever = is_counted.any(axis=1)
        held = self._months_held(np.arange(months.start, months.stop) + 1)[is_ever]
        mahallas = self.mahallas[is_ever, np.newaxis] * is_counted[is_ever]
        reached, counted, squares = (
            (mahallas * numbers).sum(axis=0) for numbers in ((held > 0).astype(np.float64), held, held**2)
        )
        return dict(zip(COLUMNS, (reached, reached, counted, squares, reached * YEAR_MONTHS), strict=True))

    def _months_held(self, ends: NDArray[np.int64]) -> NDArray[np.float64]:
        """Months with an event among the 12 before each of ``ends``: masks x ends."""
        bits = (self.masks[:, np.newaxis] >> np.maximum(ends + LOOK_BACK - YEAR_MONTHS, 0)) & _YEAR_BITS
        found: NDArray[np.float64] = np.bitwise_count(bits).astype(np.float64)
        return found


_YEAR_BITS = (1 << YEAR_MONTHS) - 1
