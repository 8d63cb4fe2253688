"""Formulas of the indicators with the numbers put in: what a worked example is made of."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import TypeAlias

from data.indicators import INDICATORS
from data.indicators.computations import MONTHS_A_YEAR


@dataclass(frozen=True)
class Share:
    """A share of counted things; ``n`` is what the smallest number is compared with."""

    numerator: float
    denominator: float
    n: float

    @property
    def value(self) -> float:
        """In percent."""
        return 100 * self.numerator / self.denominator if self.denominator else nan


@dataclass(frozen=True)
class YearlyRate:
    """A count of some months, brought to a year and to ``per`` inhabitants."""

    count: float
    months: float
    inhabitants: float
    per: int

    @property
    def n(self) -> float:
        """Inhabitants."""
        return self.inhabitants

    @property
    def value(self) -> float:
        """A year and ``per`` inhabitants."""
        if not self.months or not self.inhabitants:
            return nan
        return self.count * MONTHS_A_YEAR / self.months / (self.inhabitants / self.per)


@dataclass(frozen=True)
class Total:
    """A sum over ``n`` things."""

    total: float
    n: float

    @property
    def value(self) -> float:
        """The sum."""
        return self.total


@dataclass(frozen=True)
class ShrunkRating:
    """The mean of ``n`` event means without the leniency of their NGOs, drawn towards the mean of the nation with
    weight ``k``, which is infinite where districts do not differ."""

    n: float
    mean: float
    k: float
    overall: float
    leniency: float = 0.0

    @property
    def value(self) -> float:
        """In points; NaN without any event."""
        if not self.n:
            return nan
        share = self.n / (self.n + self.k)
        return share * (self.mean - self.leniency) + (1 - share) * self.overall


@dataclass(frozen=True)
class MiddleValue:
    """The median of ``n`` values: the one in the middle, or the mean of the two there."""

    n: float
    middle: tuple[float, ...]

    @property
    def value(self) -> float:
        """In the unit of the values."""
        return sum(self.middle) / len(self.middle) if self.middle else nan


@dataclass(frozen=True)
class Unevenness:
    """The Gini coefficient: differences between all pairs of ``n`` amounts, and the total of the amounts (soʻm)."""

    differences: float
    n: float
    total: float

    @property
    def value(self) -> float:
        """From 0 to 1; NaN where nothing was given."""
        return self.differences / (self.n * self.total) if self.total else nan


Worked: TypeAlias = Share | YearlyRate | Total | ShrunkRating | MiddleValue | Unevenness


def score_in_index(code: str, value: float) -> float:
    """The score of 0-100 that the goalposts make of a value; NaN for what is no part of the index."""
    goalposts = INDICATORS[code].goalposts
    if goalposts is None:
        return nan
    low, high = goalposts
    return min(max(100 * (value - low) / (high - low), 0.0), 100.0)
