"""Fixed numbers of the forecasts of joint events and of plan execution."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ForecastMethod:
    """What a forecast rests on and says: months of the past at least and at most, months ahead, share of its interval.

    A month counts half as much as one ``half_life_months`` later. A year's season has up to ``harmonics`` waves, where
    there are ``cases_each`` cases for each coefficient. ``draws`` are the simulated futures. ``held_events_pct`` and
    ``held_plan_pct`` are how often the interval held in the simulations of ``make soak``.
    """

    fewest_months: int = 24
    most_months: int = 60
    months_ahead: int = 6
    interval_pct: int = 80
    half_life_months: int = 24
    harmonics: int = 2
    cases_each: int = 5
    draws: int = 2_000
    held_events_pct: int = 83
    held_plan_pct: int = 85


FORECAST_METHOD = ForecastMethod()
