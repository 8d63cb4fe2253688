"""The arithmetic: intervals against hand computations."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from queries.indicators.measures import wilson


def test_interval_of_a_ratio_by_hand() -> None:
    """8 of 10 at z = 1.6449: centre (0.8 + z²/20) / (1 + z²/10)."""
    low, high = wilson(np.array([8.0, 0.0]), np.array([10.0, 0.0]))
    z = 1.6448536269514722
    centre = (0.8 + z**2 / 20) / (1 + z**2 / 10)
    spread = z / (1 + z**2 / 10) * np.sqrt(0.8 * 0.2 / 10 + z**2 / 400)
    assert low[0] == pytest.approx(centre - spread)
    assert high[0] == pytest.approx(centre + spread)
    assert np.isnan(low[1])
    assert np.isnan(high[1])


def test_the_interval_of_a_share_is_that_of_statsmodels() -> None:
    trials = np.repeat([3.0, 10.0, 47.0], 4)
    successes = np.array([0, 1, 2, 3, 0, 4, 9, 10, 0, 20, 46, 47], dtype=np.float64)
    expected = proportion_confint(successes, trials, alpha=0.1, method="wilson")
    for ours, theirs in zip(wilson(successes, trials), expected, strict=True):
        assert ours == pytest.approx(np.asarray(theirs), abs=1e-12)
