"""Ways in which the value of an indicator is computed from columns of sums.

:mod:`queries.indicators.measures` has a function for each, and so do the values of single NGOs and the worked examples.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum

MONTHS_A_YEAR = 12


class Interval(StrEnum):
    """How the interval of a value is made; each has its module in :mod:`queries.indicators.intervals`.

    ``NONE`` is a fact read off a register in full, which no chance enters. ``WILSON_ABOVE_DISTRICT`` is a fact of one
    district, and a share of many in wider areas. ``CLUSTER`` counts mahallas and not their months.
    """

    NONE = "none"
    WILSON = "wilson"
    WILSON_ABOVE_DISTRICT = "wilson_above_district"
    CLUSTER = "cluster"
    POISSON = "poisson"
    ORDER_STATISTICS = "order_statistics"
    BOOTSTRAP = "bootstrap"
    PRASAD_RAO = "prasad_rao"


@dataclass(frozen=True)
class Computation:
    """Columns of sums that a value is made of; ``n``, which the smallest number is compared with, may be a third one.

    Columns are those of :class:`data.schema.DistrictMonth` or of the functions of
    :mod:`queries.indicators.event_sums` and :mod:`queries.indicators.register_sums`.
    """

    numerator: str
    denominator: str
    n: str = ""
    interval: Interval = Interval.NONE

    @property
    def n_column(self) -> str:
        """The column of ``n``: the denominator unless another one is named."""
        return self.n or self.denominator


@dataclass(frozen=True)
class Ratio(Computation):
    """A share in percent; ``squares``: column of the squared numbers of clusters, where the interval counts those."""

    interval: Interval = Interval.WILSON
    squares: str = field(default="", kw_only=True)


@dataclass(frozen=True)
class Rate(Computation):
    """A count per so many inhabitants a year; unless ``is_yearly`` the count is that of the months of the period.

    ``counted``: the column of the things themselves where the numerator is brought to a year already.
    """

    interval: Interval = Interval.POISSON
    is_yearly: bool = field(kw_only=True)
    counted: str = field(default="", kw_only=True)
    per: int = field(default=10_000, kw_only=True)


@dataclass(frozen=True)
class Sum(Computation):
    """The numerator itself, added up over as many things as the denominator says."""


@dataclass(frozen=True)
class ShrunkMean(Computation):
    """A mean drawn towards that of the nation: sum and number of the values, the column of their squares, the scale."""

    squares: str = field(kw_only=True)
    scale: tuple[float, float] = field(kw_only=True)
    interval: Interval = Interval.PRASAD_RAO


@dataclass(frozen=True)
class Pooled(Computation):
    """A value that is computed from single rows and not from sums: its column, and those of its bounds if it has any.

    ``numerator`` and ``denominator`` are what stands beside it.
    """

    value: str = field(kw_only=True)
    low: str = field(default="", kw_only=True)
    high: str = field(default="", kw_only=True)


@dataclass(frozen=True)
class PooledMedian(Pooled):
    """The median of the rows."""

    interval: Interval = Interval.ORDER_STATISTICS


@dataclass(frozen=True)
class Gini(Pooled):
    """The Gini coefficient of the rows."""

    interval: Interval = Interval.BOOTSTRAP


def columns_of(computation: Computation) -> frozenset[str]:
    """Names of all columns that a computation reads."""
    values = (getattr(computation, one.name) for one in fields(computation))
    return frozenset(value for value in values if type(value) is str and value)
