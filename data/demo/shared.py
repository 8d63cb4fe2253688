"""Shared by the generators: array types, the calendar of the demo, random draws by row, and texts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

IntArray: TypeAlias = NDArray[np.int64]
FloatArray: TypeAlias = NDArray[np.float64]
BoolArray: TypeAlias = NDArray[np.bool_]
DayArray: TypeAlias = NDArray[np.datetime64]
Columns: TypeAlias = Mapping[str, Sequence[Any] | NDArray[Any]]

# Strings, lists of strings, and tables of either by code.
TEXTS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))
INVENTED_FIGURE: str = TEXTS["invented_figure"]

PLANNED_AHEAD_DAYS = 45
DAYS_A_YEAR = 365.25
# January to December: school holidays and the heat of July and August quieten the work.
SEASON = np.array([0.75, 0.95, 1.15, 1.2, 1.15, 0.9, 0.7, 0.65, 1.2, 1.3, 1.15, 0.9])
# Monday to Sunday: prevention days are Thursdays.
WEEKDAYS = np.array([0.85, 1.0, 1.0, 1.75, 1.0, 0.5, 0.06])


@dataclass(frozen=True)
class Calendar:
    """Days of the demo: from 1 January two years before ``until`` to the last planned event after it."""

    until: date

    @property
    def first(self) -> date:
        """First day."""
        return date(self.until.year - 2, 1, 1)

    @property
    def years(self) -> tuple[int, ...]:
        """Three calendar years."""
        return tuple(range(self.first.year, self.until.year + 1))

    @cached_property
    def days(self) -> DayArray:
        """All days, as ``datetime64[D]``."""
        end = self.until + timedelta(days=PLANNED_AHEAD_DAYS + 1)
        days: DayArray = np.arange(np.datetime64(self.first, "D"), np.datetime64(end, "D"))
        return days

    @cached_property
    def until_index(self) -> int:
        """Position of ``until`` among the days."""
        return (self.until - self.first).days

    @cached_property
    def month_of_day(self) -> IntArray:
        """Month of each day, counted from the first one."""
        month = self.days.astype("datetime64[M]").astype(np.int64)
        months: IntArray = month - month[0]
        return months

    @cached_property
    def weekday(self) -> IntArray:
        """0 is Monday."""
        weekday: IntArray = (self.days.astype(np.int64) + 3) % 7
        return weekday

    @property
    def month_count(self) -> int:
        """Number of months."""
        return int(self.month_of_day[-1]) + 1

    @property
    def passed_years(self) -> float:
        """Years from the first day to ``until``."""
        return (self.until_index + 1) / DAYS_A_YEAR


def draw_by_row(rng: np.random.Generator, weights: FloatArray) -> IntArray:
    """Random column index for each row, drawn by the row's weights (rows need not sum to one)."""
    reach = np.cumsum(weights, axis=1)
    target = rng.random(len(weights)) * reach[:, -1]
    drawn: IntArray = (reach <= target[:, None]).sum(axis=1)
    return drawn


def rank_in_group(groups: IntArray) -> IntArray:
    """Position of each element among those of its group, in the given order, from 0."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    is_start = np.diff(ordered, prepend=-1) != 0
    starts = np.maximum.accumulate(np.where(is_start, np.arange(len(ordered)), 0))
    ranks = np.empty(len(groups), dtype=np.int64)
    ranks[order] = np.arange(len(ordered)) - starts
    return ranks


def or_none(values: NDArray[Any], is_known: BoolArray) -> list[Any]:
    """Column of Python values, None where ``is_known`` is False."""
    column = values.astype(object)
    column[~is_known] = None
    listed: list[Any] = column.tolist()
    return listed
