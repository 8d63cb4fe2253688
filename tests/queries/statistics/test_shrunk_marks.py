"""Shrunk ratings in invented worlds whose truth is known: the interval has its stated coverage."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import f_oneway

from queries.indicators.measures import Shrinkage, estimate_shrinkage, shrunk_limits, shrunk_mean

DEVIATION = 0.7
FEW, MANY = (5, 6, 8, 10, 15, 20), (5, 10, 30, 60, 120)


def coverage(*, districts: int, between: float, sizes: tuple[int, ...], worlds: int) -> float:
    """Return how often the 90 % interval holds the true mark, over all districts of all worlds."""
    random, held = np.random.default_rng(1), []
    for _ in range(worlds):
        n = random.choice(sizes, districts).astype(np.float64)
        true = random.normal(3.5, between, districts)
        mean = random.normal(true, DEVIATION / np.sqrt(n))
        squares = DEVIATION**2 * random.chisquare(n - 1) + n * mean**2
        shrinkage = estimate_shrinkage(n, n * mean, squares)
        overall = np.full(districts, (n * mean).sum() / n.sum())
        shrunk = shrunk_mean(n * mean, n, overall, shrinkage)
        low, high = shrunk_limits(shrunk, n, shrinkage, (1.0, 5.0), confidence=0.9)
        held.append(((low <= true) & (true <= high)).mean())
    return float(np.mean(held))


@pytest.mark.parametrize("sizes", [FEW, MANY])
@pytest.mark.parametrize("between", [0.2, 0.3, 0.4])
@pytest.mark.parametrize(("districts", "worlds"), [(8, 500), (14, 300), (208, 60)])
def test_the_interval_holds_the_truth_about_nine_times_in_ten(
    districts: int, worlds: int, between: float, sizes: tuple[int, ...]
) -> None:
    assert 0.86 <= coverage(districts=districts, between=between, sizes=sizes, worlds=worlds) <= 0.94


@pytest.mark.parametrize("districts", [14, 208])
def test_where_districts_do_not_differ_the_interval_errs_on_the_safe_side(districts: int) -> None:
    assert coverage(districts=districts, between=0.0, sizes=FEW, worlds=100) >= 0.9


def test_a_mark_that_is_sure_of_its_variances_has_the_posterior_variance() -> None:
    n = np.array([5.0, 50.0])
    assert Shrinkage(5.0, 0.5).variance(n) == pytest.approx(0.5 / (n + 5))
    assert (Shrinkage(5.0, 0.5, 0.01, 0.01).variance(n) > 0.5 / (n + 5)).all()


def test_marks_that_are_all_equal_have_no_spread() -> None:
    n = np.array([5.0, 8.0])
    shrinkage = estimate_shrinkage(n, 4 * n, 16 * n)
    mean = shrunk_mean(4 * n, n, np.full(2, 4.0), shrinkage)
    low, high = shrunk_limits(mean, n, shrinkage, (1.0, 5.0), confidence=0.9)
    assert np.stack([mean, low, high]) == pytest.approx(4)


def test_variances_are_those_of_the_analysis_of_variance_of_scipy() -> None:
    random = np.random.default_rng(3)
    groups = [random.normal(centre, DEVIATION, 12) for centre in random.normal(3.5, 0.4, 30)]
    shrinkage = estimate_shrinkage(
        np.full(30, 12.0),
        np.array([group.sum() for group in groups]),
        np.array([(group**2).sum() for group in groups]),
    )
    ratio = f_oneway(*groups).statistic
    assert shrinkage.within == pytest.approx(np.mean([group.var(ddof=1) for group in groups]))
    assert shrinkage.k == pytest.approx(12 / (ratio - 1))
