"""Sums of every district and month, read once; those of any period inside them are added up from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.dates.period import Period, shift_month, year_month
from data.policy import Scope, ScopeKind
from queries.indicators.event_sums import (
    BATCH_COLUMNS,
    MEMORANDUM_COLUMNS,
    MONTH_COLUMNS,
    areas,
    batch_sums,
    day_sums,
    inhabitants,
    memoranda,
    month_sums,
)
from queries.indicators.mahalla_months import MahallaMonths, mahalla_masks
from queries.indicators.memorandum_days import days_of_months, memorandum_days
from queries.indicators.source import Source, Window

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class MonthlySums:
    """Sums of indicators kept by month, for all districts and the months of ``window``, of one direction or of all.

    About 1.5 MB for 208 districts and four years, however many events there are; shared, so nobody may change it.
    ``areas`` (by SOATO), ``inhabitants`` and ``batches`` are frames of :mod:`queries.indicators.event_sums`. ``sums``
    has a number for each of ``MONTH_COLUMNS``, district and month; ``memoranda`` one for each of
    ``MEMORANDUM_COLUMNS``, district and day of :attr:`queries.indicators.source.Window.status_days`. ``covered_days``
    are days with a memorandum in force by district and month begun, ``days`` all days of these months up to today.
    """

    window: Window
    areas: pd.DataFrame
    inhabitants: pd.DataFrame
    sums: NDArray[np.float64]
    batches: pd.DataFrame
    memoranda: NDArray[np.float64]
    covered_days: NDArray[np.float64]
    days: NDArray[np.float64]
    mahallas: MahallaMonths

    def in_scope(self, scope: Scope) -> NDArray[np.bool_]:
        """Which districts lie in a nation, region or district."""
        if scope.kind is ScopeKind.NATION:
            return np.ones(len(self.areas), dtype=np.bool_)
        codes = self.areas.index if scope.kind is ScopeKind.DISTRICT else self.areas["region_soato"]
        return np.asarray(codes == scope.code, dtype=np.bool_)

    def places(self, period: Period) -> pd.DataFrame:
        """Region, mahallas and inhabitants of each district, by its SOATO.

        Inhabitants: the newest figure of the period's last day or before, else the oldest; 0: unknown.
        """
        rows = list(zip(*(self.inhabitants[name].tolist() for name in self.inhabitants), strict=True))
        oldest = {code: number for code, _, number in reversed(rows)}
        newest = {code: number for code, day, number in rows if day <= period.last_day}
        known = oldest | newest
        return self.areas.assign(inhabitants=[float(known.get(code, 0)) for code in self.areas.index])

    def inhabitants_at(self, window: Window) -> pd.DataFrame:
        """Inhabitants of each district (row) at the end of each begun month of a period (YYYYMM, column): the newest
        figure of that day or before, else the oldest; 0: unknown."""
        rows = self.inhabitants
        places = self.areas.index.get_indexer(pd.Index(rows["district_soato"]))
        table = np.zeros((len(self.areas), len(window.months)))
        ends = np.array([shift_month(month, 1) for month in window.months], dtype="datetime64[D]")
        is_new = np.ones(len(self.areas), dtype=np.bool_)
        days = rows["counted_date"].to_numpy(dtype="datetime64[D]")
        # The oldest figure stands for all months; each newer one for those that end after its day.
        for place, counted, number in zip(places, days, rows["inhabitants"], strict=True):
            table[place, slice(None) if is_new[place] else ends > counted] = number
            is_new[place] = False
        return pd.DataFrame(table, index=self.areas.index, columns=[year_month(month) for month in window.months])

    def by_district(self, window: Window) -> pd.DataFrame:
        """Sums of the begun months of a period, by district; memoranda as of its last day, or today; of mahallas those
        of the 12 months up to the last one."""
        months, count = self._months(window), len(self.areas)
        sums = dict(zip(MONTH_COLUMNS, self.sums[:, :, months].sum(axis=2), strict=True))
        first, last = self.batches["first_year_month"], self.batches["last_year_month"]
        batches = self.batches[(first >= window.first_month) & (last <= window.last_month)]
        for name in BATCH_COLUMNS:
            sums[name] = sums[name] + np.bincount(batches["place"], batches[name], minlength=count)
        in_force, *on_day = self.memoranda[:, :, self.window.status_days.index(window.as_of)]
        columns = {
            **sums,
            "events_known": np.where(self._is_known, sums["events_held"], 0.0),
            **dict(zip(MEMORANDUM_COLUMNS[1:], on_day, strict=True)),
            **self.mahallas.by_district(months.stop, count=count),
            "districts": np.ones(count),
            "days_covered": self.covered_days[:, months].sum(axis=1),
            "days": np.full(count, self.days[months].sum()),
            "districts_covered": (in_force > 0).astype(np.float64),
        }
        return self.places(window.period).assign(**columns)

    def by_month(self, window: Window, scope: Scope) -> pd.DataFrame:
        """Sums of the districts of a scope, by begun month of a period (YYYYMM); memoranda as of its last day, or
        today; of mahallas those of the 12 months up to it; inhabitants as known at its end."""
        months, inside = self._months(window), self.in_scope(scope)
        held = self.sums[:, inside, months]
        sums = dict(zip(MONTH_COLUMNS, held.sum(axis=1), strict=True))
        keys = [year_month(month) for month in window.months]
        is_of_one_month = self.batches["first_year_month"] == self.batches["last_year_month"]
        batches = self.batches[
            is_of_one_month & self.batches["first_year_month"].isin(keys) & inside[self.batches["place"]]
        ]
        by_key = batches.groupby("first_year_month")[list(BATCH_COLUMNS)].sum().reindex(keys).fillna(0.0)
        for name in BATCH_COLUMNS:
            sums[name] = sums[name] + by_key[name].to_numpy(np.float64)
        in_force, *on_days = self.memoranda[:, inside, months]
        columns = {
            **sums,
            "events_known": held[MONTH_COLUMNS.index("events_held"), self._is_known[inside]].sum(axis=0),
            **dict(zip(MEMORANDUM_COLUMNS[1:], (kind.sum(axis=0) for kind in on_days), strict=True)),
            "districts_covered": (in_force > 0).sum(axis=0).astype(np.float64),
            **self.mahallas.by_month(months, inside),
            "inhabitants": self.inhabitants_at(window).to_numpy()[inside].sum(axis=0),
            "days_covered": self.covered_days[inside, months].sum(axis=0),
            "days": self.days[months] * inside.sum(),
        }
        return pd.DataFrame(columns, index=pd.Index(keys, name="month"))

    @cached_property
    def first_recorded(self) -> date:
        """First month of the window in which anything was recorded anywhere; its first month where nothing was."""
        has_any = self.sums.any(axis=(0, 1))
        return shift_month(self.window.period.first_day, int(has_any.argmax()))

    @cached_property
    def _is_known(self) -> NDArray[np.bool_]:
        """Which districts have any figure of their inhabitants."""
        return np.asarray(self.areas.index.isin(self.inhabitants["district_soato"]), dtype=np.bool_)

    def _months(self, window: Window) -> slice:
        """Where the begun months of a period stand among the months of all."""
        first, last = self.window.period.first_day, self.window.period.last_day
        if window.period.first_day < first or min(window.period.last_day, window.today) > last:
            raise ValueError(f"the months of {window.period} were not read")
        start = Period(first, window.period.last_day).month_count - window.period.month_count
        return slice(start, start + len(window.months))


def read_monthly_sums(source: Source) -> MonthlySums:
    """Read the sums of all months of a period. Raises ValueError where it and the year before it touch more than five
    calendar years."""
    period = source.window.period
    places = areas(source).set_index("soato").astype({"mahallas": np.float64})
    place_of = {code: place for place, code in enumerate(places.index)}
    sums = np.zeros((len(MONTH_COLUMNS), len(places), period.month_count))
    for rows in (month_sums(source), day_sums(source)):
        at = _places_of(rows, place_of), _months_since(period, rows["year_month"])
        for name in rows.columns.drop(["district_soato", "year_month"]):
            sums[(MONTH_COLUMNS.index(name), *at)] += rows[name].to_numpy(np.float64)
    agreed = memoranda(source)
    days = {year_month(day): place for place, day in enumerate(source.window.status_days)}
    on_days = np.zeros((len(MEMORANDUM_COLUMNS), len(places), len(days)))
    on_days[:, _places_of(agreed, place_of), [days[month] for month in agreed["year_month"]]] = (
        agreed[list(MEMORANDUM_COLUMNS)].to_numpy(np.float64).T
    )
    batches, masks = batch_sums(source), mahalla_masks(source)
    return MonthlySums(
        window=source.window,
        areas=places,
        inhabitants=inhabitants(source),
        sums=sums,
        batches=batches.assign(place=_places_of(batches, place_of)).astype(dict.fromkeys(BATCH_COLUMNS, np.float64)),
        memoranda=on_days,
        covered_days=memorandum_days(source, place_of),
        days=days_of_months(source),
        mahallas=MahallaMonths(
            _places_of(masks, place_of), masks["mask"].to_numpy(np.int64), masks["mahallas"].to_numpy(np.float64)
        ),
    )


def _places_of(rows: pd.DataFrame, place_of: dict[str, int]) -> NDArray[np.int64]:
    return np.array([place_of[code] for code in rows["district_soato"].tolist()], dtype=np.int64)


def _months_since(period: Period, months: pd.Series[int]) -> NDArray[np.int64]:
    """How many months after the first one of the period."""
    years, month_numbers = np.divmod(months.to_numpy(np.int64), 100)
    first = period.first_day
    return (years - first.year) * MONTHS_A_YEAR + month_numbers - first.month
