"""Intervals agree with limits made elsewhere, with scipy and statsmodels, and with examples by hand."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from data.indicators.activity import REGULARITY
from data.indicators.computations import Ratio
from queries.indicators.intervals.cluster import cluster_limits
from queries.indicators.intervals.gini import gini, gini_limits, resampled
from queries.indicators.intervals.median import median_limits
from queries.indicators.intervals.normal import Limits, two_sided_z
from queries.indicators.intervals.proportion import limits_about, newcombe, wilson
from queries.indicators.intervals.rate import count_limits
from queries.indicators.measures import Sums, share_limits

VECTORS = pd.read_csv(Path(__file__).parent / "vectors" / "intervals.csv")


def _limits(row: pd.Series) -> Limits:
    confidence, count, n = float(row["confidence"]), np.array([row["x"]]), np.array([row["n"]])
    match row["method"]:
        case "wilson":
            return wilson(count, n, confidence=confidence)
        case "rate_exact" | "rate_byar":
            low, high = count_limits(count, confidence=confidence)
            return low / n, high / n
        case "count_byar":
            return count_limits(count, confidence=confidence)
        case "funnel_proportion_pct":
            baseline = re.search(r"baseline ([\d.]+)", row["source"])
            assert baseline is not None
            return limits_about(np.array([float(baseline[1]) / 100]), n, confidence=confidence)
    raise AssertionError(f"no function for {row['method']}")


@pytest.mark.parametrize("number", range(len(VECTORS)))
def test_limits_are_those_made_elsewhere(number: int) -> None:
    row = VECTORS.iloc[number]
    # Funnel limits are published in percent with six decimals, and so is their baseline.
    within = 1e-6 if row["method"] == "funnel_proportion_pct" else 1e-9
    for expected, found in zip((row["low"], row["high"]), _limits(row), strict=True):
        if not np.isnan(expected):
            assert found[0] * row["scale"] == pytest.approx(expected, abs=within)


def test_nothing_counted_has_no_interval() -> None:
    assert np.isnan(wilson(np.array([0.0]), np.array([0.0]), confidence=0.9)).all()
    assert np.isnan(newcombe(np.ones(1), np.ones(1), against=(np.zeros(1), np.zeros(1)), confidence=0.9)).all()
    assert np.isnan(count_limits(np.array([np.nan]), confidence=0.9)).all()
    assert np.isnan(cluster_limits(np.ones(1), np.ones(1), np.ones(1), scale=(0, 1), confidence=0.9)).all()
    assert np.isnan(median_limits(np.array([1.0, 2.0]), confidence=0.9)).all()
    assert np.isnan(gini_limits(resampled(np.zeros(6)), confidence=0.9)).all()


def test_no_event_at_all_may_still_be_a_few() -> None:
    """With none seen, a mean above 3 would have shown one 95 times of 100."""
    low, high = count_limits(np.array([0.0]), confidence=0.9)
    assert (low[0], high[0]) == (0, pytest.approx(2.9957, abs=1e-4))


def test_a_difference_of_shares_is_that_of_newcombe() -> None:
    """56 of 70 against 48 of 80: the example of his paper, table II, method 10."""
    low, high = newcombe(
        np.array([56.0]), np.array([70.0]), against=(np.array([48.0]), np.array([80.0])), confidence=0.95
    )
    assert (low[0], high[0]) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))


def test_bounds_of_a_median_hold_it_often_enough() -> None:
    """Of 11 values the third and the ninth: outside lies the median once in 15 times."""
    assert median_limits(np.arange(1.0, 12.0), confidence=0.9) == (3, 9)
    assert 2 * binom.cdf(2, 11, 0.5) <= 0.1 < 2 * binom.cdf(3, 11, 0.5)


def test_clusters_and_not_their_things_are_counted() -> None:
    """Three mahallas with 2, 4 and 6 months: mean 4, standard error 2 / sqrt(3), t of two degrees of freedom 2.92."""
    low, high = cluster_limits(np.array([3.0]), np.array([12.0]), np.array([56.0]), scale=(0.0, 12.0), confidence=0.9)
    assert (low[0], high[0]) == (
        pytest.approx(4 - 2.919986 * 2 / np.sqrt(3)),
        pytest.approx(4 + 2.919986 * 2 / np.sqrt(3)),
    )


def test_mahallas_that_are_all_equal_are_no_proof_of_certainty() -> None:
    """However many they are: then their months count as if each stood alone. Rounding must not feign a width."""
    count, months = (found.ravel().astype(float) for found in np.meshgrid(np.arange(1, 80), np.arange(1, 13)))
    sums = pd.DataFrame({"mahallas_active": count, "mahalla_months": count * months})
    sums = sums.assign(mahalla_months_possible=count * 12, mahalla_months_square=count * months**2)
    assert isinstance(REGULARITY.computation, Ratio)
    low, high = share_limits(REGULARITY.computation, Sums.of(sums), confidence=0.9)
    by_month = wilson(count * months, count * 12, confidence=0.9)
    assert np.allclose([low, high], 100 * np.array(by_month), atol=1e-9)


def test_unevenness_by_hand_and_its_interval() -> None:
    amounts = np.array([0.0, 0.0, 10.0, 20.0, 30.0])
    pairs = sum(abs(a - b) for place, a in enumerate(amounts) for b in amounts[:place])
    assert gini(amounts) == pytest.approx(pairs / (5 * 60))
    low, high = gini_limits(resampled(amounts), confidence=0.9)
    assert 0 <= low < gini(amounts) < high <= 1
    assert gini_limits(resampled(amounts), confidence=0.9) == (low, high)


def test_a_greater_confidence_is_a_wider_interval() -> None:
    assert [two_sided_z(each) for each in (0.9, 0.95, 0.998)] == pytest.approx([1.644854, 1.959964, 3.090232])
