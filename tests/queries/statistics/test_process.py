"""Process charts: limits by hand, the two rules, and how often they find something where nothing happens."""

from __future__ import annotations

import numpy as np
import pytest

from data.indicators.process_charts import PROCESS_METHOD, Signal
from queries.statistics.process import ProcessLimits, p_limits, signals, u_limits, xmr_limits

NAN = float("nan")
USUAL = Signal.USUAL


def test_limits_of_shares_by_hand() -> None:
    """8 + 12 of 20 + 20 and 10 of 20 are 30 of 60: 0.5 and 3 sqrt(0.25 / 20) = 0.3354."""
    found = p_limits(np.array([8.0, 12.0, 10.0]), np.array([20.0, 20.0, 20.0]))
    assert found.centre == 0.5
    assert found.low == pytest.approx([0.5 - 0.33541] * 3, abs=1e-5)
    assert found.high == pytest.approx([0.5 + 0.33541] * 3, abs=1e-5)


def test_limits_of_few_cases_are_wider_and_stay_within_the_scale() -> None:
    found = p_limits(np.array([9.0, 90.0, NAN]), np.array([10.0, 100.0, NAN]))
    assert found.low[:2] == pytest.approx([0.9 - 3 * np.sqrt(0.009), 0.9 - 3 * np.sqrt(0.0009)])
    assert found.high[:2] == pytest.approx([1, 0.99])
    assert np.isnan(found.low[2])


def test_limits_of_rates_by_hand() -> None:
    """12 things in 6 units of exposure are 2 a unit: 2 and 3 sqrt(2 / 2) = 3, 3 sqrt(2 / 4) = 2.1213."""
    found = u_limits(np.array([5.0, 7.0]), np.array([2.0, 4.0]))
    assert found.centre == 2
    assert found.low == pytest.approx([0, 0])
    assert found.high == pytest.approx([5, 2 + 2.12132], abs=1e-5)


def test_limits_of_single_values_by_hand() -> None:
    """The mean of 10, 12, 11, 15 is 12, their moving ranges 2, 1, 4 have the mean 7/3: 12 and 2.66 x 7/3 = 6.206."""
    found = xmr_limits(np.array([10.0, 12.0, 11.0, 15.0]))
    assert found.centre == 12
    assert found.low == pytest.approx([12 - 6.206] * 4, abs=0.001)
    assert found.high == pytest.approx([12 + 6.206] * 4, abs=0.001)
    assert xmr_limits(np.array([4.5, 5.0, 4.0]), scale=(1, 5)).high.tolist() == [5, 5, 5]


def test_shares_that_move_more_than_chance_have_limits_by_their_moving_range() -> None:
    """Of 100 each, 40 and 60 by turns are two standard errors from 50 on either side: z moves by 4, over 1.128."""
    found = p_limits(np.array([40.0, 60.0] * 6), np.full(12, 100.0))
    assert found.high == pytest.approx([min(0.5 + 3 * 4 / 1.128 * 0.05, 1)] * 12)
    assert found.low == pytest.approx([max(0.5 - 3 * 4 / 1.128 * 0.05, 0)] * 12)


def test_a_point_outside_the_limits_is_named() -> None:
    trials = np.full(12, 50.0)
    successes = np.array([25.0, 26, 24, 25, 26, 24, 25, 24, 26, 48, 25, 2])
    found = signals(successes / trials, p_limits(successes, trials))
    assert found == [USUAL] * 9 + [Signal.ABOVE_LIMITS, USUAL, Signal.BELOW_LIMITS]


def test_a_run_has_seven_points_on_one_side() -> None:
    limits = ProcessLimits(0.0, np.full(14, -9.0), np.full(14, 9.0))
    assert signals(np.array([1.0] * 7 + [-1.0] * 6 + [1.0]), limits) == [Signal.RUN_ABOVE] * 7 + [USUAL] * 7
    assert signals(np.array([1.0] * 6 + [-2.0] * 8), limits) == [USUAL] * 6 + [Signal.RUN_BELOW] * 8


@pytest.mark.parametrize("between", [0.0, NAN])
def test_a_point_on_the_centre_line_or_without_value_ends_a_run(between: float) -> None:
    values = np.array([1.0] * 6 + [between] + [1.0] * 6 + [-1.0] * 6)
    limits = ProcessLimits(0.0, np.full(len(values), -9.0), np.full(len(values), 9.0))
    assert set(signals(values, limits)) == {USUAL}
    values[6] = 0.5
    assert signals(values, limits)[:13] == [Signal.RUN_ABOVE] * 13


def test_nothing_and_equal_values_have_no_signal() -> None:
    nothing = np.full(9, NAN)
    for limits in (p_limits(nothing, nothing), u_limits(nothing, nothing), xmr_limits(nothing)):
        assert np.isnan(limits.centre)
        assert set(signals(nothing, limits)) == {USUAL}
    everything = np.full(9, 20.0)
    assert set(signals(np.ones(9), p_limits(everything, everything))) == {USUAL}


def test_in_a_steady_world_few_points_are_outside_and_few_charts_have_a_run() -> None:
    """Where only chance moves 36 months or 12 quarters, under 1 % of points are outside the limits. A run of seven
    comes in about a fifth of the long charts and a fiftieth of the short ones: the Method page says so."""
    random = np.random.default_rng(2026)
    for points, most_runs in ((36, 0.25), (12, 0.06)):
        outside, runs = [], []
        for _ in range(400):
            n = random.integers(10, 80, points).astype(np.float64)
            shares, rates = random.binomial(n.astype(int), 0.6).astype(float), random.poisson(4 * n).astype(float)
            means = random.normal(3.8, 0.5 / np.sqrt(n))
            for values, limits in (
                (shares / n, p_limits(shares, n)),
                (rates / n, u_limits(rates, n)),
                (means, xmr_limits(means)),
            ):
                found = signals(values, limits)
                outside += [signal in {Signal.ABOVE_LIMITS, Signal.BELOW_LIMITS} for signal in found]
                runs.append(bool({Signal.RUN_ABOVE, Signal.RUN_BELOW} & set(found)))
        assert np.mean(outside) < 0.01
        assert np.mean(runs) < most_runs


def test_a_lasting_change_is_found_in_most_cases() -> None:
    """A share that rises from 50 to 70 % for the last of three years, 30 cases a month."""
    random = np.random.default_rng(7)
    n = np.full(PROCESS_METHOD.months, 30.0)
    share = np.where(np.arange(len(n)) < 24, 0.5, 0.7)
    found = []
    for _ in range(200):
        successes = random.binomial(30, share).astype(float)
        found.append({Signal.RUN_ABOVE, Signal.ABOVE_LIMITS} & set(signals(successes / n, p_limits(successes, n))[24:]))
    assert np.mean([bool(signal) for signal in found]) > 0.8
