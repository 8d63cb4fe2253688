"""What a figure may be said to be: beside the rest of the country, a year before, and its target."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Any

from data.codes import Labelled
from data.indicators.declaration import AreaTarget, Better, Indicator
from data.language import N_


class Verdict(Labelled):
    """An area beside the wider one without itself: by chance such a difference comes in 1 of 20 or of 500 cases."""

    MUCH_BETTER = "much_better", N_("Much better")
    BETTER = "better", N_("Better")
    SIMILAR = "similar", N_("Similar")
    WORSE = "worse", N_("Worse")
    MUCH_WORSE = "much_worse", N_("Much worse")
    NOT_COMPARED = "not_compared", N_("Not compared")


class Change(Labelled):
    """A change against the same months of the year before: only what is more than chance is better or worse."""

    BETTER = "better", N_("Better than a year ago")
    WORSE = "worse", N_("Worse than a year ago")
    DIFFERENT = "different", N_("Different from a year ago")
    NOT_CLEAR = "not_clear", N_("No clear change")
    FACT = "fact", N_("Counted in full")
    UNKNOWN = "unknown", N_("No figure to compare with")


class TargetVerdict(Labelled):
    """A value beside its target."""

    MET = "met", N_("Target met")
    MISSED = "missed", N_("Target missed")
    WITHIN = "within", N_("Target within the interval")
    NONE = "none", N_("No target")


def against_target(row: Mapping[Any, Any], indicator: Indicator, target: AreaTarget | None) -> TargetVerdict:
    """The verdict on a value (``row``: value, interval_low, interval_high) beside its target; NaN has none."""
    value = float(row["value"])
    if target is None or isnan(value) or indicator.better is Better.NONE:
        return TargetVerdict.NONE
    low, high = (float(row[end]) for end in ("interval_low", "interval_high"))
    # A fact has no interval: its value is all that it may be.
    if low < target.value < high:
        return TargetVerdict.WITHIN
    is_met = value >= target.value if indicator.better is Better.UP else value <= target.value
    return TargetVerdict.MET if is_met else TargetVerdict.MISSED
