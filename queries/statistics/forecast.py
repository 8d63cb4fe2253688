"""Forecast of monthly counts and shares: a regression with season and trend, and futures drawn from it.

Counts follow a Poisson regression, shares a logistic one (McCullagh and Nelder, "Generalized Linear Models", 1989), on
a level, a linear trend and up to two waves a year, where older months weigh less. Which of these are needed is not
chosen but averaged: each of the regressions gives as many futures as Akaike's weight says (Burnham and Anderson, "Model
Selection and Multimodel Inference", 2002, chapter 4). A future draws the coefficients from their estimate and its
error, and then the months: negative-binomial counts or beta-binomial shares, with as much scatter beyond chance as the
past had (by moments, as Breslow, "Extra-Poisson variation in log-linear models", Applied Statistics 33, 1984). The
interval is the shortest one that holds 80 % of the futures of a month.

``docs/decisions`` has the comparison with exponential smoothing, and how often the interval holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol
from warnings import catch_warnings, simplefilter

import numpy as np
from numpy.typing import NDArray

from data.indicators.forecasts import FORECAST_METHOD, ForecastMethod

if TYPE_CHECKING:
    from statsmodels.genmod.families import Family

Floats = NDArray[np.float64]
MONTHS_A_YEAR = 12
# Beyond these a coefficient says nothing but "all" or "none"; a logarithm of counts, or of odds.
LARGEST_LOG, LARGEST_ODDS = 14.0, 12.0
MOST_SCATTER = 5.0


@dataclass(frozen=True)
class Forecast:
    """What is expected in the coming months, and the interval of each; NaN where there is nothing to be a share of."""

    expected: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class _Design:
    """Coefficients of a regression beside its level: a trend or none, and so many waves a year."""

    has_trend: bool
    waves: int

    @property
    def coefficients(self) -> int:
        """Number of coefficients, that of the level too."""
        return 1 + self.has_trend + 2 * self.waves

    def columns(self, months: Floats) -> Floats:
        """Columns of the regression for months counted from the first one that is still to come."""
        angle = 2 * np.pi * months / MONTHS_A_YEAR
        waves = [wave(step * angle) for step in range(1, self.waves + 1) for wave in (np.cos, np.sin)]
        trend = [months / MONTHS_A_YEAR] if self.has_trend else []
        return np.column_stack([np.ones(len(months)), *trend, *waves])


class _Outcome(Protocol):
    """What is counted: values of the past with their trials, and how months scatter.

    ``months`` are counted from the first one that is still to come, so the last one of the past is -1.
    """

    @property
    def months(self) -> Floats:
        """Months of the past that have a value."""

    @property
    def values(self) -> Floats:
        """Counts, or shares from 0 to 1."""

    @property
    def trials(self) -> Floats:
        """What the shares are of; 1 for a count."""

    def family(self) -> Family:
        """Family of the regression."""

    def variance(self, mean: Floats, scatter: float) -> Floats:
        """Variance of the values of the past about their means, with some scatter beyond chance."""

    def draw(self, linear: Floats, scatter: float, rng: np.random.Generator) -> Floats:
        """Draw the coming months; ``linear`` is what the regression says of them, draws x months."""


@dataclass(frozen=True)
class _Counts:
    values: Floats

    @property
    def months(self) -> Floats:
        return np.arange(-len(self.values), 0, dtype=np.float64)

    @property
    def trials(self) -> Floats:
        return np.ones(len(self.values))

    def family(self) -> Family:
        import statsmodels.api as sm  # takes a second, which only a forecast needs

        return sm.families.Poisson()

    def variance(self, mean: Floats, scatter: float) -> Floats:
        return mean * (1 + scatter * mean)

    def draw(self, linear: Floats, scatter: float, rng: np.random.Generator) -> Floats:
        mean = np.exp(np.minimum(linear, LARGEST_LOG))
        if scatter > 0:
            mean = mean * rng.gamma(1 / scatter, scatter, mean.shape)
        drawn: Floats = rng.poisson(mean).astype(np.float64)
        return drawn


@dataclass(frozen=True)
class _Shares:
    months: Floats
    values: Floats
    trials: Floats
    coming: Floats

    def family(self) -> Family:
        import statsmodels.api as sm  # takes a second, which only a forecast needs

        return sm.families.Binomial()

    def variance(self, mean: Floats, scatter: float) -> Floats:
        # As much of the variance is common to the cases of a month as the scatter says.
        common = scatter / (1 + scatter)
        variance: Floats = mean * (1 - mean) * (1 + (self.trials - 1).clip(0) * common) / self.trials
        return variance

    def draw(self, linear: Floats, scatter: float, rng: np.random.Generator) -> Floats:
        share = 1 / (1 + np.exp(-np.clip(linear, -LARGEST_ODDS, LARGEST_ODDS)))
        if scatter > 0:
            share = rng.beta(share / scatter, (1 - share) / scatter)
        trials = np.broadcast_to(self.coming.astype(np.int64), share.shape)
        drawn = rng.binomial(trials, share).astype(np.float64)
        shares: Floats = np.divide(drawn, trials, out=np.full(share.shape, np.nan), where=trials > 0)
        return shares


def forecast_counts(
    counts: Floats, *, months_ahead: int, least: float = 0, method: ForecastMethod = FORECAST_METHOD
) -> Forecast:
    """Forecast the months after those of ``counts``; of the first one at least ``least`` have come already."""
    draws = _futures(_Counts(counts.astype(np.float64)), months_ahead, cases=float(counts.sum()), method=method)
    draws[:, 0] = np.maximum(draws[:, 0], least)
    return _told(draws, method)


def forecast_shares(
    successes: Floats,
    trials: Floats,
    coming: Floats,
    *,
    least: float = 0,
    method: ForecastMethod = FORECAST_METHOD,
) -> Forecast:
    """Forecast the shares (0 to 1) of the months after those of ``successes``, of so many ``coming`` trials each.

    Of the first one at least ``least`` have succeeded already.

    One more case, half a success, is spread over the past: where all or none succeeded, the next may still differ.
    """
    months, has_trials = np.arange(-len(trials), 0, dtype=np.float64), trials > 0
    more = 1 / has_trials.sum()
    known = trials[has_trials] + more
    outcome = _Shares(months[has_trials], (successes[has_trials] + more / 2) / known, known, coming)
    cases = min(successes.sum(), (trials - successes).sum())
    draws = _futures(outcome, len(coming), cases=float(cases), method=method)
    if coming[0]:
        draws[:, 0] = np.maximum(draws[:, 0], least / coming[0])
    told = _told(draws, method)
    # The mean of what is rare, or nearly certain, lies beside the shortest interval, which then reaches to it.
    return replace(told, low=np.fmin(told.low, told.expected), high=np.fmax(told.high, told.expected))


def _futures(outcome: _Outcome, months_ahead: int, *, cases: float, method: ForecastMethod) -> Floats:
    """Draw the coming months from all regressions together: draws x months."""
    rng = np.random.default_rng(0)
    fits = [_fit(outcome, design, method) for design in _designs(cases, method)]
    # How much more than chance the months scatter is known best by the regression that says most.
    beyond = max(1.0, fits[-1].chi2 / fits[-1].freedom)
    akaike = np.array([fit.deviance / beyond + 2 * fit.design.coefficients for fit in fits])
    weights = np.exp(-(akaike - akaike.min()) / 2)
    numbers = rng.multinomial(method.draws, weights / weights.sum())
    ahead = np.arange(months_ahead, dtype=np.float64)
    return np.vstack(
        [
            outcome.draw(fit.coefficients(number, rng) @ fit.design.columns(ahead).T, fit.scatter, rng)
            for fit, number in zip(fits, numbers, strict=True)
            if number
        ]
    )


def _designs(cases: float, method: ForecastMethod) -> Sequence[_Design]:
    """Return the regressions that so many cases can tell apart, the one with the most coefficients last."""
    every = [_Design(has_trend, waves) for waves in range(method.harmonics + 1) for has_trend in (False, True)]
    return [each for each in every if each.coefficients == 1 or cases >= method.cases_each * each.coefficients]


@dataclass(frozen=True)
class _Fit:
    design: _Design
    estimate: Floats
    error: Floats
    scatter: float
    deviance: float
    chi2: float
    freedom: float

    def coefficients(self, number: int, rng: np.random.Generator) -> Floats:
        """Draw coefficients about their estimate."""
        return rng.multivariate_normal(self.estimate, self.error, number)


def _fit(outcome: _Outcome, design: _Design, method: ForecastMethod) -> _Fit:
    """Return the regression of the past, with the scatter of its months and the error of its coefficients."""
    import statsmodels.api as sm  # takes a second, which only a forecast needs
    from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

    columns = design.columns(outcome.months)
    age = 0.5 ** (-(outcome.months + 1) / method.half_life_months)
    weight = age * outcome.trials
    family = outcome.family()
    regression = sm.GLM(outcome.values, columns, family=family, var_weights=weight)
    with catch_warnings():
        # Months that are all alike are told perfectly, which is no fault here: nothing but the level is asked for.
        simplefilter("ignore", PerfectSeparationWarning)
        fitted = regression.fit()
    mean = np.asarray(fitted.fittedvalues)
    freedom = float(age.sum()) - design.coefficients
    scatter = _scatter(outcome, mean, age, freedom)
    slope = 1 / family.link.deriv(mean)
    information = (columns * (age * slope**2 / outcome.variance(mean, scatter))[:, None]).T @ columns
    return _Fit(
        design=design,
        estimate=np.asarray(fitted.params),
        error=np.linalg.pinv(information, hermitian=True),
        scatter=scatter,
        deviance=float(fitted.deviance),
        chi2=_chi2(outcome, mean, age, 0.0),
        freedom=freedom,
    )


def _chi2(outcome: _Outcome, mean: Floats, age: Floats, scatter: float) -> float:
    """Return Pearson's sum of squares with some scatter beyond chance."""
    return float((age * (outcome.values - mean) ** 2 / outcome.variance(mean, scatter)).sum())


def _scatter(outcome: _Outcome, mean: Floats, age: Floats, freedom: float) -> float:
    """Return the scatter beyond chance that makes the sum of squares as large as it should be; 0 for chance alone."""
    from scipy.optimize import brentq  # beside statsmodels, which only a forecast needs

    def excess(scatter: float) -> float:
        return _chi2(outcome, mean, age, scatter) - freedom

    if excess(0.0) <= 0:
        return 0.0
    return MOST_SCATTER if excess(MOST_SCATTER) >= 0 else float(brentq(excess, 0.0, MOST_SCATTER, xtol=1e-6))


def _told(draws: Floats, method: ForecastMethod) -> Forecast:
    """Return the mean of the futures and their shortest interval, month by month."""
    ordered = np.sort(draws, axis=0)
    inside = int(np.ceil(len(ordered) * method.interval_pct / 100))
    lows, highs = ordered[: len(ordered) - inside + 1], ordered[inside - 1 :]
    widths = np.nan_to_num(highs - lows)
    # Of several that are as short, the one in the middle.
    places = [int(np.median(np.flatnonzero(width == width.min()))) for width in widths.T]
    columns = np.arange(draws.shape[1])
    return Forecast(expected=draws.mean(axis=0), low=lows[places, columns], high=highs[places, columns])
