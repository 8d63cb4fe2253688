"""Verdicts on figures: a change against the year before, an area against the rest, a value against its target.

Two shares are compared by the interval of Newcombe (1998) and, beside the rest of the country, by the exact test of
Fisher (1935); counts by the conditional binomial test (Przyborowski and Wilenski 1940); means by their own standard
errors. Of many areas false discoveries are at most 5 % (Benjamini and Hochberg 1995). Overlap of intervals is no test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import binom, false_discovery_control, hypergeom, norm, t

from data.indicators import INDICATORS, METHOD, Better, Indicator
from data.indicators.computations import Interval
from data.indicators.verdicts import Change, Verdict
from queries.indicators.intervals.normal import Numbers, two_sided_z
from queries.indicators.intervals.proportion import newcombe

CHANGE_COLUMNS = ("area_code", "indicator_code", "value_before", "change", "change_code")
VERDICT_COLUMNS = ("area_code", "indicator_code", "rest_value", "verdict_code")
_SHARES = frozenset({Interval.WILSON, Interval.WILSON_ABOVE_DISTRICT})
_MEANS = frozenset({Interval.CLUSTER, Interval.PRASAD_RAO})


@dataclass(frozen=True)
class _Sample:
    """Numbers of some areas of one indicator, each as an array."""

    numerator: Numbers
    denominator: Numbers
    value: Numbers
    error: Numbers
    free: Numbers

    @classmethod
    def of(cls, rows: pd.DataFrame) -> _Sample:
        value = rows["value"].to_numpy(np.float64)
        # An interval is cut at the ends of its scale; the longer side is the whole one.
        low, high = (rows[f"interval_{end}"].to_numpy(np.float64) for end in ("low", "high"))
        free = rows["free"].to_numpy(np.float64)
        error = np.fmax(value - low, high - value) / _quantile(free)
        return cls(rows["numerator"].to_numpy(np.float64), rows["denominator"].to_numpy(np.float64), value, error, free)

    def take(self, at: NDArray[np.int64]) -> _Sample:
        """Return the numbers at some places; NaN at -1."""
        return _Sample(*(np.append(getattr(self, each.name), np.nan)[at] for each in fields(self)))


def _quantile(free: Numbers) -> Numbers:
    """How many standard errors the interval reaches to either side: Student's t, or the normal where none is named."""
    upper = (1 + METHOD.interval_confidence) / 2
    return np.asarray(t.ppf(upper, np.where(np.isnan(free), np.inf, free)), dtype=np.float64)


def changes(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Changes of values against those of another period: rows as in ``now``, columns :data:`CHANGE_COLUMNS`.

    Both are frames of :func:`queries.indicators.values.area_values`; ``change_code`` is a Change. A change is clear
    where its 90 % interval leaves out 0.
    """
    places = {key: place for place, key in enumerate(zip(before["area_code"], before["indicator_code"], strict=True))}
    keys = zip(now["area_code"], now["indicator_code"], strict=True)
    at = np.array([places.get(key, -1) for key in keys], dtype=np.int64)
    later, earlier = _Sample.of(now), _Sample.of(before).take(at)
    columns = {
        "area_code": now["area_code"],
        "indicator_code": now["indicator_code"],
        "value_before": earlier.value,
        "change": later.value - earlier.value,
        "change_code": _change_codes([INDICATORS[code] for code in now["indicator_code"]], later, earlier),
    }
    return pd.DataFrame(columns)


def _change_codes(indicators: Sequence[Indicator], now: _Sample, before: _Sample) -> NDArray[np.object_]:
    """Return a Change for each row, which is one of its indicator."""
    difference = now.value - before.value
    intervals = [indicator.computation.interval for indicator in indicators]
    is_fact = np.array([interval is Interval.NONE for interval in intervals], dtype=np.bool_)
    is_share = np.array([interval in _SHARES for interval in intervals], dtype=np.bool_)
    is_upward = np.array([indicator.better is Better.UP for indicator in indicators], dtype=np.bool_)
    is_neutral = np.array([indicator.better is Better.NONE for indicator in indicators], dtype=np.bool_)
    is_better = np.where(is_upward, difference > 0, difference < 0)
    found: NDArray[np.object_] = np.select(
        [np.isnan(difference), is_fact, ~_is_clear(is_share, now, before), is_neutral, is_better],
        [Change.UNKNOWN.value, Change.FACT.value, Change.NOT_CLEAR.value, Change.DIFFERENT.value, Change.BETTER.value],
        Change.WORSE.value,
    ).astype(object)
    return found


def _is_clear(is_share: NDArray[np.bool_], now: _Sample, before: _Sample) -> NDArray[np.bool_]:
    confidence = METHOD.interval_confidence
    spread = two_sided_z(confidence) * np.sqrt(now.error**2 + before.error**2)
    found: NDArray[np.bool_] = np.abs(now.value - before.value) > spread
    against = before.numerator[is_share], before.denominator[is_share]
    low, high = newcombe(now.numerator[is_share], now.denominator[is_share], against=against, confidence=confidence)
    found[is_share] = (low > 0) | (high < 0)
    return found


def verdicts(values: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """Each area against all others together: rows as in ``values``, columns :data:`VERDICT_COLUMNS`.

    ``values`` are those of all areas of a kind, ``whole`` those of the area that they make up. ``rest_value`` is the
    value of the whole without the area. ``verdict_code`` is a Verdict; false discoveries among the areas of an
    indicator are at most 5 % ("much": 0.2 %). Facts, medians and unevenness are not compared.
    """
    own, totals = _Sample.of(values), {str(row["indicator_code"]): row for row in whole.to_dict("records")}
    rest, found = np.full(len(values), np.nan), np.empty(len(values), dtype=object)
    names, codes = pd.factorize(values["indicator_code"].to_numpy(dtype=object))
    for number, code in enumerate(codes):
        at = np.flatnonzero(names == number)
        rest[at], found[at] = _against_rest(INDICATORS[code], own.take(at), totals[code])
    keys = {name: values[name] for name in ("area_code", "indicator_code")}
    return pd.DataFrame({**keys, "rest_value": rest, "verdict_code": found})


def _against_rest(indicator: Indicator, own: _Sample, whole: Mapping[Any, Any]) -> tuple[Numbers, NDArray[np.object_]]:
    interval = indicator.computation.interval
    codes = np.full(len(own.value), Verdict.NOT_COMPARED.value, dtype=object)
    total, of_total = float(whole["numerator"]), float(whole["denominator"])
    is_compared = interval in _SHARES | _MEANS | {Interval.POISSON}
    if not is_compared or not of_total or indicator.better is Better.NONE:
        return np.full(len(codes), np.nan), codes
    others, of_others = total - own.numerator, of_total - own.denominator
    each = others / np.where(of_others > 0, of_others, np.nan)
    # What brings a ratio to the unit of the value, the same for an area and for the whole.
    rest = each * (float(whole["value"]) / (total / of_total) if total else np.nan)
    if interval in _SHARES:
        p = _fisher(own.numerator, own.denominator, total, of_total)
    elif interval is Interval.POISSON:
        p = _doubled(binom, own.numerator, total, own.denominator / of_total)
    else:
        error = own.error if interval is Interval.PRASAD_RAO else _usual_error(own)
        p = 2 * t.sf(np.abs(own.value - rest) / np.where(error > 0, error, np.nan), own.free)
    is_known = ~np.isnan(own.value) & ~np.isnan(rest) & ~np.isnan(p)
    if is_known.any():
        adjusted = false_discovery_control(p[is_known])
        codes[is_known] = _codes(adjusted, own.value[is_known] - rest[is_known], indicator.better)
    return rest, codes


def _usual_error(own: _Sample) -> Numbers:
    """The standard error of each mean over clusters, at least that of as many clusters with the variance of all areas:
    a few that are alike by chance do not make an area surer."""
    free, clusters = own.free, own.free + 1
    variance = np.nansum(free * own.error**2 * clusters) / max(float(np.nansum(free)), 1.0)
    return np.asarray(np.fmax(own.error, np.sqrt(variance / clusters)), dtype=np.float64)


def ngo_verdicts(values: pd.DataFrame) -> pd.DataFrame:
    """Return values of the NGOs of a district with ``verdict_code``: a Verdict on each beside all others together.

    ``values``: a frame of :func:`queries.indicators.ngo_values.ngo_values`. Only shares are compared, and not what NGOs
    say themselves: praise and blame would teach them to give higher ratings.
    """
    codes = np.full(len(values), Verdict.NOT_COMPARED.value, dtype=object)
    for code, rows in values.groupby("indicator_code", sort=False):
        indicator = INDICATORS[str(code)]
        is_compared = indicator.of_ngo is not None and indicator.of_ngo.is_compared
        if indicator.is_said_by_ngos or not is_compared or indicator.computation.interval is not Interval.WILSON:
            continue
        total, of_total = rows["numerator"].sum(), rows["denominator"].sum()
        whole = {"numerator": total, "denominator": of_total, "value": 100 * total / of_total if of_total else np.nan}
        at = values.index.get_indexer(rows.index)
        shares = _Sample.of(rows.assign(free=np.nan))
        _, codes[at] = _against_rest(indicator, shares, whole)
    return values.assign(verdict_code=codes)


def item_verdicts(ratings: pd.DataFrame) -> pd.DataFrame:
    """Return mean ratings of several items with ``verdict_code``: a Verdict on each beside the mean of the others.

    ``ratings`` has mean, interval_low and interval_high (90 %; NaN: not compared). Ratings of one form are alike, so
    that items differ less by chance than this test allows; false discoveries among the items are at most 5 %.
    """
    mean = ratings["mean"].to_numpy(np.float64)
    low, high = (ratings[f"interval_{end}"].to_numpy(np.float64) for end in ("low", "high"))
    error = np.fmax(mean - low, high - mean) / two_sided_z(METHOD.interval_confidence)
    is_known = ~np.isnan(mean) & (error > 0)
    codes = np.full(len(mean), Verdict.NOT_COMPARED.value, dtype=object)
    count, variance = int(is_known.sum()), error[is_known] ** 2
    if count > 1:
        difference = (mean[is_known] - mean[is_known].mean()) * count / (count - 1)
        spread = np.sqrt(variance + (variance.sum() - variance) / (count - 1) ** 2)
        p = false_discovery_control(2 * norm.sf(np.abs(difference) / spread))
        codes[is_known] = _codes(p, difference, Better.UP)
    return ratings.assign(verdict_code=codes)


def _codes(p: Numbers, difference: Numbers, better: Better) -> NDArray[np.object_]:
    is_better = difference > 0 if better is Better.UP else difference < 0
    usual, strong = 1 - METHOD.verdict_confidence, 1 - METHOD.strong_confidence
    found: NDArray[np.object_] = np.select(
        [p > usual, is_better & (p <= strong), is_better, p <= strong],
        [Verdict.SIMILAR.value, Verdict.MUCH_BETTER.value, Verdict.BETTER.value, Verdict.MUCH_WORSE.value],
        Verdict.WORSE.value,
    ).astype(object)
    return found


def _fisher(successes: Numbers, trials: Numbers, total: float, of_total: float) -> Numbers:
    """Return twice the chance of as many successes or more where there are more than expected, else of as many or
    fewer: the other tail, which takes as long to add up, is the larger one unless both are about one half."""
    is_above = successes * of_total > trials * total
    tail = np.full(len(successes), np.nan)
    for is_here, chance, count in ((is_above, hypergeom.sf, successes - 1), (~is_above, hypergeom.cdf, successes)):
        tail[is_here] = chance(count[is_here], of_total, total, trials[is_here])
    return np.asarray(np.minimum(1, 2 * tail), dtype=np.float64)


def _doubled(law: type[binom], count: Numbers, total: float, share: Numbers) -> Numbers:
    tails = np.minimum(law.cdf(count, total, share), law.sf(count - 1, total, share))
    return np.asarray(np.minimum(1, 2 * tails), dtype=np.float64)
