"""How many events are expected in each district on each day: the one place that shapes time.

Seasons, weekdays, growth, the effect of a memorandum and bunching at the end of quarters are factors of one table;
events are Poisson draws from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from data.demo.agreements import Agreement
from data.demo.arrays import DAYS_A_YEAR, BoolArray, Calendar, FloatArray, IntArray
from data.demo.places import Places
from data.demo.traits import EVENTS_A_YEAR, Traits

# January to December: school holidays and the heat of July and August quieten the work.
SEASON = np.array([0.75, 0.95, 1.15, 1.2, 1.15, 0.9, 0.7, 0.65, 1.2, 1.3, 1.15, 0.9])
# Monday to Sunday: prevention days are Thursdays.
WEEKDAYS = np.array([0.85, 1.0, 1.0, 1.75, 1.0, 0.5, 0.06])
WITHOUT_MEMORANDUM = 0.7
QUARTER_END_DAYS = 5
SLOTS = 3


def memorandum_slots(agreements: Sequence[Agreement], places: Places, calendar: Calendar) -> IntArray:
    """Districts x days x slots: the memoranda that events of the day may refer to, 0 where there is none."""
    slots = np.zeros((len(places), len(calendar.days), SLOTS), dtype=np.int64)
    used = np.zeros(len(places), dtype=np.int64)
    for item in agreements:
        if item.start is None or used[item.district] == SLOTS:
            continue
        days = _positions(calendar, item.start, min(item.end, item.unused_from))
        slots[item.district, days, used[item.district]] = item.number
        used[item.district] += 1
    return slots


def _positions(calendar: Calendar, first: date, last: date) -> slice:
    start = max(0, (first - calendar.first).days)
    return slice(start, max(start, (last - calendar.first).days + 1))


def expected_events(traits: Traits, slots: IntArray, calendar: Calendar) -> FloatArray:
    """Districts x days: expected events at scale 1, together :data:`EVENTS_A_YEAR` a year until the last day."""
    month_of_year = calendar.days.astype("datetime64[M]").astype(np.int64) % 12
    shape = SEASON[month_of_year] * WEEKDAYS[calendar.weekday]
    grown = np.linspace(0, 1, len(calendar.days))
    activity = traits.activity[:, :1] * (1 - grown) + traits.activity[:, 1:] * grown
    steady = activity * shape / shape.mean() * np.where(slots.any(axis=2), 1.0, WITHOUT_MEMORANDUM)
    ends = _is_quarter_end(calendar)
    bunched = steady.mean(axis=1, keepdims=True) * ends / ends.mean()
    share = traits.bunching[:, None]
    expected = (steady * (1 - share) + bunched * share) / DAYS_A_YEAR
    expected[:, calendar.until_index + 1 :] *= 0.5  # not everything that is coming is announced yet
    passed = expected[:, : calendar.until_index + 1].sum()
    scaled: FloatArray = expected * EVENTS_A_YEAR * calendar.passed_years / passed
    return scaled


def _is_quarter_end(calendar: Calendar) -> BoolArray:
    quarter_of = calendar.days.astype("datetime64[M]").astype(np.int64) // 3
    later = (calendar.days + QUARTER_END_DAYS).astype("datetime64[M]").astype(np.int64) // 3
    is_end: BoolArray = (later != quarter_of) & (calendar.weekday < 6)
    return is_end
