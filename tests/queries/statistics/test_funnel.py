"""Funnel: limits by hand, and how many usual areas lie outside."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm
from statsmodels.stats.meta_analysis import combine_effects

from data.effectiveness.index import FunnelBand
from queries.statistics.funnel import Funnel, funnel, overdispersion

WITHIN = 0.49


def marks(mean: np.ndarray, n: np.ndarray) -> pd.DataFrame:
    """Return areas with a mean rating of n events."""
    return pd.DataFrame(
        {
            "area_code": [f"17{position:05d}" for position in range(len(n))],
            "indicator_code": "evaluation_score",
            "numerator": mean * n,
            "n": n.astype(np.float64),
        }
    )


def drawn(random: np.random.Generator, *, between: float, areas: int = 208) -> Funnel:
    """Return the funnel of areas that differ normally, with this variance between them."""
    n = random.integers(5, 120, areas)
    mean = 3.8 + random.normal(0, np.sqrt(between), areas) + random.normal(0, np.sqrt(WITHIN / n))
    return funnel(marks(mean, n), within=WITHIN)


def test_limits_by_hand() -> None:
    """Means as close as chance has it: limits are the mean and 1.96 or 3.09 standard errors."""
    found = funnel(marks(np.array([3.9, 4.1, 4.0, 4.0]), np.array([20, 20, 10, 40])), within=WITHIN)
    assert found.overall == pytest.approx(4.0)
    assert found.between == 0
    row = found.limits[found.limits["n"] == 10].iloc[0]
    error = np.sqrt(WITHIN / 10)
    assert row["inner_low"] == pytest.approx(4 + norm.ppf(0.025) * error)
    assert row["outer_high"] == pytest.approx(min(4 + norm.ppf(0.999) * error, 5))
    assert (found.limits["n"].min(), found.limits["n"].max()) == (5, 40)


def test_areas_are_named_by_the_limits_that_they_cross() -> None:
    calm = np.full(30, 4.0)
    mean = np.append(calm + np.tile([0.05, -0.05], 15), [2.0, 3.5])
    found = funnel(marks(mean, np.append(np.full(30, 30), [8, 10])), within=WITHIN).points
    assert set(found["band"].head(30)) == {FunnelBand.INSIDE}
    assert found["band"].tail(2).tolist() == [FunnelBand.OUTSIDE_OUTER, FunnelBand.OUTSIDE_INNER]


def test_limits_do_not_leave_the_scale() -> None:
    limits = funnel(marks(np.array([3.1, 2.9, 3.0]), np.array([5, 6, 5])), within=16.0).limits
    assert limits["outer_high"].max() == 5
    assert limits["outer_low"].min() == 1


def test_areas_below_the_smallest_number_are_left_out() -> None:
    found = funnel(marks(np.array([4.0, 1.0]), np.array([12, 4])), within=WITHIN)
    assert found.points["n"].tolist() == [12]
    assert found.overall == 4


@pytest.mark.parametrize("within", [0.0, np.nan])
def test_without_a_variance_nothing_is_drawn(within: float) -> None:
    found = funnel(marks(np.array([4.0, 3.0]), np.array([12, 14])), within=within)
    assert found.points.empty
    assert found.limits.empty


@pytest.mark.parametrize("between", [0.0, 0.09, 0.36])
def test_of_ordinary_areas_few_lie_outside(between: float) -> None:
    """Nominally 5 % and 0.2 %, whether areas differ by chance alone or have differences of their own."""
    random = np.random.default_rng(1)
    bands = pd.concat([drawn(random, between=between).points["band"] for _ in range(100)])
    assert 0.035 <= (bands != FunnelBand.INSIDE).mean() <= 0.065
    assert (bands == FunnelBand.OUTSIDE_OUTER).mean() <= 0.006


def test_the_variance_between_areas_is_that_of_statsmodels_where_there_are_no_tails() -> None:
    """Means of two values only, so that drawing the tails in changes nothing but the constant."""
    n = np.full(40, 25)
    mean = np.tile([3.6, 4.0], 20)
    z = (mean - mean.mean()) / np.sqrt(WITHIN / n)
    calm = norm.expect(lambda value: np.clip(value, norm.ppf(0.1), norm.ppf(0.9)) ** 2)
    pooled = combine_effects(mean - mean.mean(), WITHIN / n, method_re="dl")
    excess = (z**2).sum() / calm - (z**2).sum()
    scale = 1 / (WITHIN / n[0])
    expected = pooled.tau2 + excess / (scale * (len(n) - 1))
    assert overdispersion(z, WITHIN / n) == pytest.approx(expected, rel=1e-3)
