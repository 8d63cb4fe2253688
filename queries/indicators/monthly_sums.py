"""Sums of every district and month, read once; those of any period inside them are added up from here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

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
from queries.indicators.memorandum_days import begun_months, days_since, memorandum_days
from queries.indicators.source import Source, Window

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class CountedInhabitants:
    """Figures of the inhabitants of districts as arrays, the oldest first: place of the district, day, number."""

    places: NDArray[np.int64]
    days: NDArray[np.datetime64]
    numbers: NDArray[np.float64]

    def on(self, day: date, *, areas: int) -> NDArray[np.float64]:
        """Inhabitants of each of so many districts: the newest figure of a day or before, else the oldest; 0:
        unknown."""
        is_known, found = self.days <= np.datetime64(day), np.zeros(areas)
        # Of several numbers for one place the last one stays: of all the oldest, then of those known the newest.
        found[self.places[::-1]] = self.numbers[::-1]
        found[self.places[is_known]] = self.numbers[is_known]
        return found


@dataclass(frozen=True)
class DistrictDays:
    """First and last day of each district, in the order of their places; far off where there is none."""

    first_days: NDArray[np.datetime64]
    last_days: NDArray[np.datetime64]

    @classmethod
    def of(cls, areas: pd.DataFrame) -> DistrictDays:
        """The days of the districts of :func:`queries.indicators.event_sums.areas`."""
        firsts, lasts = (areas[name].to_numpy(dtype="datetime64[D]") for name in ("valid_from", "valid_to"))
        return cls(np.where(np.isnat(firsts), _EVER, firsts), np.where(np.isnat(lasts), _NEVER, lasts))

    def on(self, days: Sequence[date]) -> NDArray[np.bool_]:
        """Which districts existed on which days: districts x days."""
        return self.within(days, days) > 0

    def within(self, starts: Sequence[date], ends: Sequence[date]) -> NDArray[np.float64]:
        """How many of the days from each start to its end are days of each district: districts x spans."""
        first = np.maximum(self.first_days[:, np.newaxis], np.array(starts, dtype="datetime64[D]"))
        last = np.minimum(self.last_days[:, np.newaxis], np.array(ends, dtype="datetime64[D]"))
        found: NDArray[np.float64] = ((last - first) // _DAY + 1).astype(np.float64)
        return found.clip(min=0)


_EVER, _NEVER, _DAY = np.datetime64("0001-01-01"), np.datetime64("9999-12-31"), np.timedelta64(1, "D")


@dataclass(frozen=True)
class MonthlySums:
    """Sums of indicators kept by month, for all districts and the months of ``window``, of one direction or of all.

    About 1.5 MB for 208 districts and four years, however many events there are; shared, so nobody may change it.
    ``areas`` (by SOATO) and ``batches`` are frames of :mod:`queries.indicators.event_sums`, the latter with the
    ``place`` of each row's district among the areas. ``sums``
    has a number for each of ``MONTH_COLUMNS``, district and month; ``memoranda`` one for each of
    ``MEMORANDUM_COLUMNS``, district and day of :attr:`queries.indicators.source.Window.status_days`. ``covered_days``
    are days with a memorandum in force by district and month begun, ``days`` the district's own days of these months up
    to today. What is judged on a day is nothing for districts that do not exist on it (``valid``).
    """

    window: Window
    areas: pd.DataFrame
    valid: DistrictDays
    inhabitants: CountedInhabitants
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
        """Region, mahallas and inhabitants of each district, by its SOATO; 0 where it no longer exists at the end.

        Inhabitants: the newest figure of the period's last day or before, else the oldest; 0: unknown.
        """
        is_valid = self.valid.on([period.as_of(self.window.today)])[:, 0]
        inhabitants = self.inhabitants.on(period.last_day, areas=len(self.areas))
        return self.areas.assign(mahallas=self.areas["mahallas"] * is_valid, inhabitants=inhabitants * is_valid)

    def days_in(self, period: Period) -> NDArray[np.float64]:
        """How many days of a period are days of each district."""
        return self.valid.within([period.first_day], [period.last_day])[:, 0]

    def inhabitants_at(self, window: Window) -> pd.DataFrame:
        """Inhabitants of each district (row) at the end of each begun month of a period (YYYYMM, column): the newest
        figure of that day or before, else the oldest; 0: unknown, or the district does not exist."""
        ends = [shift_month(month, 1) - timedelta(days=1) for month in window.months]
        table = np.array([self.inhabitants.on(day, areas=len(self.areas)) for day in ends])
        table = table.reshape(-1, len(self.areas)).T * self.valid.on(ends)
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
        is_valid = self.valid.on([window.as_of])[:, 0].astype(np.float64)
        columns = {
            **sums,
            "events_known": np.where(self._is_known, sums["events_held"], 0.0),
            **dict(zip(MEMORANDUM_COLUMNS[1:], on_day, strict=True)),
            **{name: sums * is_valid for name, sums in self.mahallas.by_district(months.stop, count=count).items()},
            "districts": is_valid,
            "days_covered": self.covered_days[:, months].sum(axis=1),
            "days": self.days[:, months].sum(axis=1),
            "districts_covered": (in_force > 0).astype(np.float64),
        }
        places = self.places(window.period)
        known: dict[str, Any] = {str(name): places[name] for name in places}
        return pd.DataFrame(known | columns, index=places.index)

    def by_month(self, window: Window, scope: Scope) -> pd.DataFrame:
        """Sums of the districts of a scope, by begun month of a period (YYYYMM); districts, mahallas and memoranda as
        of its last day, or today; what mahallas held in the 12 months up to it; inhabitants as known at its end."""
        months, inside = self._months(window), self.in_scope(scope)
        is_valid = self.valid.on([window.status_day(month) for month in window.months]) & inside[:, np.newaxis]
        in_force, *on_days = self.memoranda[:, inside, months]
        events_held = self.sums[MONTH_COLUMNS.index("events_held"), :, months]
        columns = {
            **self._added_up(window, inside, MONTH_COLUMNS),
            "events_known": events_held[inside & self._is_known].sum(axis=0),
            **dict(zip(MEMORANDUM_COLUMNS[1:], (kind.sum(axis=0) for kind in on_days), strict=True)),
            "districts_covered": (in_force > 0).sum(axis=0).astype(np.float64),
            "districts": is_valid.sum(axis=0).astype(np.float64),
            "mahallas": self.areas["mahallas"].to_numpy(np.float64) @ is_valid,
            **self.mahallas.by_month(months, is_valid),
            "inhabitants": self.inhabitants_at(window).to_numpy()[inside].sum(axis=0),
            "days_covered": self.covered_days[inside, months].sum(axis=0),
            "days": self.days[inside, months].sum(axis=0),
        }
        return pd.DataFrame(columns, index=_month_index(window))

    def ratings_by_month(self, window: Window) -> pd.DataFrame:
        """What the mean rating of the nation is made of, as :meth:`by_month`: event_mark_sum and events_marked."""
        everywhere = np.ones(len(self.areas), dtype=np.bool_)
        columns = self._added_up(window, everywhere, ("event_mark_sum", "events_marked"))
        return pd.DataFrame(columns, index=_month_index(window))

    def _added_up(
        self, window: Window, inside: NDArray[np.bool_], names: Sequence[str]
    ) -> dict[str, NDArray[np.float64]]:
        """Some of ``MONTH_COLUMNS`` of districts by month, with batches of one month."""
        months = self._months(window)
        found = {name: self.sums[MONTH_COLUMNS.index(name), inside, months].sum(axis=0) for name in names}
        of_one_month = self.batches[self.batches["first_year_month"] == self.batches["last_year_month"]]
        is_asked = of_one_month["first_year_month"].between(window.first_month, window.last_month)
        batches = of_one_month[is_asked & inside[of_one_month["place"]]]
        at = _months_since(window.period, batches["first_year_month"])
        for name in set(BATCH_COLUMNS).intersection(names):
            found[name] = found[name] + np.bincount(at, batches[name], minlength=len(window.months))
        return found

    @cached_property
    def first_recorded(self) -> date:
        """First month of the window in which anything was recorded anywhere; its first month where nothing was."""
        has_any = self.sums.any(axis=(0, 1))
        return shift_month(self.window.period.first_day, int(has_any.argmax()))

    @cached_property
    def _is_known(self) -> NDArray[np.bool_]:
        """Which districts have any figure of their inhabitants."""
        found = np.zeros(len(self.areas), dtype=np.bool_)
        found[self.inhabitants.places] = True
        return found

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
    valid = DistrictDays.of(places)
    places = places.drop(columns=["valid_from", "valid_to"])
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
    on_days *= valid.on(source.window.status_days)
    batches, masks, counted = batch_sums(source), mahalla_masks(source), inhabitants(source)
    return MonthlySums(
        window=source.window,
        areas=places,
        valid=valid,
        inhabitants=CountedInhabitants(
            _places_of(counted, place_of),
            counted["counted_date"].to_numpy(dtype="datetime64[D]"),
            counted["inhabitants"].to_numpy(dtype=np.float64),
        ),
        sums=sums,
        batches=batches.astype(
            {name: np.float64 if name in BATCH_COLUMNS else np.int64 for name in batches if name != "district_soato"}
        ).assign(place=_places_of(batches, place_of)),
        memoranda=on_days,
        covered_days=memorandum_days(source, place_of, valid.on(days_since(source))),
        days=valid.within(*begun_months(source)),
        mahallas=MahallaMonths(
            _places_of(masks, place_of), masks["mask"].to_numpy(np.int64), masks["mahallas"].to_numpy(np.float64)
        ),
    )


def _month_index(window: Window) -> pd.Index[int]:
    """The begun months of a period as YYYYMM."""
    return pd.Index([year_month(month) for month in window.months], name="month")


def _places_of(rows: pd.DataFrame, place_of: dict[str, int]) -> NDArray[np.int64]:
    return np.array([place_of[code] for code in rows["district_soato"].tolist()], dtype=np.int64)


def _months_since(period: Period, months: pd.Series[int]) -> NDArray[np.int64]:
    """How many months after the first one of the period."""
    years, month_numbers = np.divmod(months.to_numpy(np.int64), 100)
    first = period.first_day
    return (years - first.year) * MONTHS_A_YEAR + month_numbers - first.month
