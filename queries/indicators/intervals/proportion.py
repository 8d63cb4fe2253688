"""Intervals of shares of counted things, of the difference of two shares, and limits about a known share.

Sources: the score interval of Wilson, "Probable inference, the law of succession, and statistical inference" (1927);
the difference by the hybrid score method of Newcombe, "Interval estimation for the difference between independent
proportions", Statistics in Medicine 17 (1998), method 10. Both are those of statsmodels.
"""

from __future__ import annotations

import numpy as np
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from queries.indicators.intervals.normal import Limits, Numbers, two_sided_z


def wilson(successes: Numbers, trials: Numbers, *, confidence: float) -> Limits:
    """The score interval of a share, from 0 to 1; NaN without trials."""
    n = np.where(trials > 0, trials, np.nan)
    low, high = proportion_confint(successes, n, alpha=1 - confidence, method="wilson")
    return np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)


def newcombe(successes: Numbers, trials: Numbers, *, against: Limits, confidence: float) -> Limits:
    """The interval of a share minus another share (``against``: its successes and trials), from -1 to 1.

    NaN where either has no trials.
    """
    other_successes, other_trials = against
    n, other_n = (np.where(number > 0, number, np.nan) for number in (trials, other_trials))
    low, high = confint_proportions_2indep(
        successes, n, other_successes, other_n, method="newcomb", compare="diff", alpha=1 - confidence
    )
    return np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)


def limits_about(share: Numbers, trials: Numbers, *, confidence: float) -> Limits:
    """Between which shares of so many trials lie by chance where the true share is ``share``, cut at 0 and 1.

    The normal limits of a p-chart (Shewhart 1931) and of a funnel plot of shares (Spiegelhalter 2005).
    """
    spread = two_sided_z(confidence) * np.sqrt(share * (1 - share) / np.where(trials > 0, trials, np.nan))
    return np.clip(share - spread, 0, 1), np.clip(share + spread, 0, 1)
