"""Trends as process charts: which chart, which months are out of the ordinary, and the fixed numbers of the rules."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from data.codes import Labelled
from data.indicators.computations import Interval
from data.indicators.declaration import Indicator, Months
from data.language import N_


class ChartKind(StrEnum):
    """How the limits of a trend follow from its figures: of shares, of rates, of single values."""

    P = "p"
    U = "u"
    XMR = "xmr"
    NONE = "none"


class Signal(Labelled):
    """How a point of a trend stands out from the others; a point outside the limits is that and nothing else."""

    ABOVE_LIMITS = "above_limits", N_("Above the limits")
    BELOW_LIMITS = "below_limits", N_("Below the limits")
    RUN_ABOVE = "run_above", N_("In a run above the centre line")
    RUN_BELOW = "run_below", N_("In a run below the centre line")
    USUAL = "usual", N_("Usual")


@dataclass(frozen=True)
class ProcessMethod:
    """Numbers of the two rules: limits are ``sigmas`` standard errors from the centre line, a run has ``run`` points on
    one side of it.

    A trend reaches back ``months``. Where most months have fewer than ``pooled_under`` cases, its points are quarters.
    With fewer than ``smallest_points`` that are finished there are no limits and no rules.
    """

    sigmas: float = 3.0
    run: int = 7
    months: int = 36
    pooled_under: int = 10
    smallest_points: int = 8


PROCESS_METHOD = ProcessMethod()


def chart_kind(indicator: Indicator) -> ChartKind:
    """Return the chart of an indicator: none where a month is made of mostly the same as the month before."""
    if indicator.months is not Months.OWN:
        return ChartKind.NONE
    kinds = {Interval.WILSON: ChartKind.P, Interval.POISSON: ChartKind.U}
    return kinds.get(indicator.computation.interval, ChartKind.XMR)
