"""Indicators of the index with what their sampling error is computed from: one model an indicator.

A fact counted in full has no sampling error (:class:`data.indicators.Sampling`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.indicators import INDICATORS, METHOD, Sampling
from queries.statistics.composite import FULL_SCORE, INDEX_CODES, SPAN, Numbers, known_values, to_scores, wide

IS_SHARE = np.array([INDICATORS[code].sampling is Sampling.BINOMIAL for code in INDEX_CODES])
IS_MEAN = np.array([INDICATORS[code].sampling is Sampling.MEAN for code in INDEX_CODES])


@dataclass(frozen=True)
class Known:
    """Areas by code, and areas x indicators of the index: value and score (0-100; both NaN without enough data), n, and
    standard error in the indicator's unit."""

    areas: tuple[str, ...]
    value: Numbers
    score: Numbers
    n: Numbers
    error: Numbers

    @property
    def successes(self) -> Numbers:
        """How many of the ``n`` things of a share there are."""
        found: Numbers = np.clip(self.value / FULL_SCORE * self.n, 0, self.n)
        return found

    def variances(self) -> Numbers:
        """Return the variance of each score, areas x indicators; 0 for facts, NaN without data.

        Of a share it is the larger one of its Jeffreys posterior and of ``n`` things with the share of all areas: five
        of five are no proof of certainty, and an area by chance far off the others is not surer for it.
        """
        count, n = self.successes, self.n
        posterior = (count + 0.5) * (n - count + 0.5) / ((n + 1) ** 2 * (n + 2))
        is_known = ~np.isnan(self.value)
        total = np.where(is_known, n, 0).sum(axis=0)
        overall = np.where(is_known, count, 0).sum(axis=0) / np.where(total > 0, total, np.nan)
        usual = overall * (1 - overall) / np.where(n > 0, n, np.nan)
        of_share = FULL_SCORE**2 * np.fmax(posterior, usual)
        of_mean = (np.nan_to_num(self.error) * FULL_SCORE / SPAN) ** 2
        found: Numbers = np.where(IS_SHARE, of_share, np.where(IS_MEAN, of_mean, 0.0))
        return np.where(is_known, found, np.nan)


def known(values: pd.DataFrame) -> Known:
    """Return the indicators of a frame of values, areas in the order of their codes."""
    value = known_values(values)
    # An interval is cut at the end points of the scale; the longer side is the whole one.
    sides = value - wide(values, "interval_low"), wide(values, "interval_high") - value
    error = np.fmax(*(side.to_numpy() for side in sides)) / METHOD.interval_z
    numbers = value.to_numpy()
    return Known(
        areas=tuple(str(area) for area in value.index),
        value=numbers,
        score=np.asarray(to_scores(numbers), dtype=np.float64),
        n=wide(values, "n").to_numpy(),
        error=error,
    )
