"""Ratings of districts with lenient and strict NGOs taken out: a mixed model with district and NGO.

The mean rating that an NGO gave in a district is the mean of all, plus what the district is better, plus how lenient
the NGO is, plus chance: y = m + d + g + e, with variances of d, g and e that are estimated from the data. The shrunk
rating of a district is m + d, the best linear unbiased prediction by Henderson's equations (Robinson, "That BLUP is a
good thing", Statistical Science 6, 1991): where NGOs judge in several districts their leniency is known and taken out,
where each judges in one it stays in the interval. Variances come from three sums of squares whose expectations are
solved for them (Henderson 1953, method 1; Gao and Owen, Electronic Journal of Statistics 11, 2017). A fit of two
crossed effects by statsmodels' MixedLM, with which they agree within sampling error, takes two seconds for 40 districts
and grows with the cube of their number.

The mean squared error is that of Prasad and Rao (JASA 85, 1990): that of the prediction, and that the variance between
districts is itself estimated. Where no variance between districts is found a rating is drawn to the mean of all in
full; the interval then still allows for the variance that may have been overlooked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from data.effectiveness.index import INDEX_METHOD

Numbers = NDArray[np.float64]
Positions = NDArray[np.int64]
_LEAST = 1e-12


@dataclass(frozen=True)
class RatingCells:
    """Ratings by district and NGO: position of the district and of the NGO, number of events and mean of each cell.

    ``squares`` is the sum over all events of their squared distance from the mean of their district. A district has
    cells of at least one event in all.
    """

    district: Positions
    ngo: Positions
    events: Numbers
    mean: Numbers
    squares: float

    @property
    def districts(self) -> int:
        """Number of districts."""
        return int(self.district.max()) + 1 if len(self.district) else 0


@dataclass(frozen=True)
class Variances:
    """Variances between events of an NGO in a district, between NGOs and between districts, and the standard error of
    the last one."""

    events: float
    ngos: float
    districts: float
    districts_error: float

    @property
    def plausible_districts(self) -> float:
        """Expected variance between districts, given its estimate and that no variance is below zero."""
        if not self.districts_error > 0:
            return self.districts
        at = self.districts / self.districts_error
        return float(self.districts + self.districts_error * norm.pdf(at) / norm.cdf(at))


@dataclass(frozen=True)
class Ratings:
    """Rating of each district with its standard error, the mean of all, and how lenient the NGOs of each district are
    by the share of its events that each judged. The errors are those of Student's t with ``free`` degrees of freedom.
    """

    overall: float
    value: Numbers
    error: Numbers
    free: int
    leniency: Numbers
    variances: Variances

    @property
    def k(self) -> float:
        """Variance within districts divided by that between them; infinite where there is none between."""
        districts = self.variances.districts
        return self.variances.events / districts if districts > 0 else float("inf")


def estimate_variances(cells: RatingCells) -> Variances:
    """Return the variances by the method of moments; none of them is below zero.

    That between NGOs needs districts in which two or more judged; without them it is taken as 0.
    """
    n, of_ngos, mean = _by_district(cells)
    size = float(n.sum())
    between_cells = float((cells.events * (cells.mean - mean[cells.district]) ** 2).sum())
    left = float((n - of_ngos).sum())
    cells_free, events_free = len(cells.events) - len(n), size - len(n)
    # Two sums of squares inside districts, of events and of the means of NGOs, for two variances.
    events = cells.squares / events_free if events_free > 0 else 0.0
    ngos = 0.0
    if cells_free > 0 and left > 0 and events_free > cells_free:
        events = max((cells.squares - between_cells) / (events_free - cells_free), 0.0)
        ngos = max((between_cells - events * cells_free) / left, 0.0)
    overall = float((n * mean).sum()) / size
    between = float((n * (mean - overall) ** 2).sum())
    by_ngo = np.bincount(cells.ngo, cells.events)
    shared = float(of_ngos.sum()) - float((by_ngo**2).sum()) / size
    spread = size - float((n**2).sum()) / size
    districts = (between - events * (len(n) - 1) - ngos * shared) / spread if len(n) > 1 else 0.0
    districts = max(districts, 0.0)
    total = districts + _chance(n, of_ngos, events, ngos)
    error = float(np.sqrt(2 / (1 / np.maximum(total, _LEAST) ** 2).sum())) if len(n) > 1 else 0.0
    return Variances(events, ngos, districts, error)


def _by_district(cells: RatingCells) -> tuple[Numbers, Numbers, Numbers]:
    """Return of each district the events, the sum over NGOs of squared events divided by them, and the mean."""
    count = cells.districts
    n: Numbers = np.bincount(cells.district, cells.events, minlength=count).astype(np.float64)
    squared = np.bincount(cells.district, cells.events**2, minlength=count) / n
    return n, squared, np.bincount(cells.district, cells.events * cells.mean, minlength=count) / n


def _chance(n: Numbers, of_ngos: Numbers, events: float, ngos: float) -> Numbers:
    """Return the variance of the plain mean of each district about its true rating."""
    found: Numbers = events / n + ngos * of_ngos / n
    return found


def fit_ratings(cells: RatingCells) -> Ratings:
    """Return the ratings of all districts.

    The rating of a district is (n (mean - leniency) + k overall) / (n + k). Where fewer than ``crossing_ngos`` NGOs
    judge in several districts, what an NGO gives in one of them says nothing of another.
    """
    if _crossing(cells) < INDEX_METHOD.crossing_ngos:
        cells = replace(cells, ngo=np.arange(len(cells.ngo), dtype=np.int64))
    variances = estimate_variances(cells)
    n, of_ngos, mean = _by_district(cells)
    overall, better, error = _predicted(cells, variances)
    chance = _chance(n, of_ngos, variances.events, variances.ngos)
    total = np.maximum(variances.districts + chance, _LEAST)
    pulled = chance / total
    overlooked = pulled**2 * (variances.plausible_districts - variances.districts)
    of_estimate = pulled**2 / total * variances.districts_error**2
    of_rating = np.sqrt(error + overlooked + 2 * of_estimate)
    free, leniency = max(cells.districts - 1, 1), _leniency(cells, variances, overall, better)
    return Ratings(overall, overall + better, of_rating, free, leniency, variances)


def _crossing(cells: RatingCells) -> int:
    """Return how many NGOs judge in several districts."""
    return int((np.unique(cells.ngo, return_counts=True)[1] > 1).sum())


def _leniency(cells: RatingCells, variances: Variances, overall: float, better: Numbers) -> Numbers:
    if not (variances.ngos > 0 and variances.events > 0):
        return np.zeros(cells.districts)
    left = cells.events * (cells.mean - overall - better[cells.district])
    of_ngo = np.bincount(cells.ngo, left) / (np.bincount(cells.ngo, cells.events) + variances.events / variances.ngos)
    n = np.bincount(cells.district, cells.events, minlength=cells.districts)
    found: Numbers = np.bincount(cells.district, cells.events * of_ngo[cells.ngo], minlength=cells.districts) / n
    return found


def _predicted(cells: RatingCells, variances: Variances) -> tuple[float, Numbers, Numbers]:
    """Return the mean of all, what each district is better, and the variance of the error of their sum.

    Henderson's equations with the NGOs eliminated, whose block is diagonal: one row for the mean and one a district.
    """
    count = cells.districts
    if not variances.events > 0:
        n, _, mean = _by_district(cells)
        overall = float((n * mean).sum() / n.sum())
        return overall, mean - overall, np.zeros(count)
    weight = cells.events / variances.events
    places = np.concatenate([np.zeros(len(weight), dtype=np.int64), cells.district + 1])
    size = count + 1
    left = np.zeros((size, size))
    by_district = np.bincount(cells.district, weight, minlength=count)
    left[0, 0], left[0, 1:], left[1:, 0] = by_district.sum(), by_district, by_district
    left[np.arange(1, size), np.arange(1, size)] = by_district + 1 / max(variances.districts, 1e-9)
    right: Numbers = np.zeros(size)
    np.add.at(right, places, np.tile(weight * cells.mean, 2))
    if variances.ngos > 0:
        ngos = int(cells.ngo.max()) + 1
        with_ngo = np.zeros((size, ngos))
        np.add.at(with_ngo, (places, np.tile(cells.ngo, 2)), np.tile(weight, 2))
        own = np.bincount(cells.ngo, weight, minlength=ngos) + 1 / variances.ngos
        left = left - (with_ngo / own) @ with_ngo.T
        right = right - with_ngo @ (np.bincount(cells.ngo, weight * cells.mean, minlength=ngos) / own)
    inverse = np.linalg.inv(left)
    solved = inverse @ right
    error = inverse[0, 0] + 2 * inverse[0, 1:] + np.diagonal(inverse)[1:]
    return float(solved[0]), solved[1:], np.maximum(error, 0.0)


def clustered_error(cells: RatingCells, *, inside: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the standard error of the plain mean over the districts ``inside``, clustered by NGO, and its degrees of
    freedom.

    Liang and Zeger (Biometrika 73, 1986) with the factor G / (G - 1) and Student's t of G - 1 for G NGOs; NaN for fewer
    than two.
    """
    is_inside = inside[cells.district]
    ngo, events, mean = cells.ngo[is_inside], cells.events[is_inside], cells.mean[is_inside]
    names, at = np.unique(ngo, return_inverse=True)
    if len(names) < 2:
        return np.nan, np.nan
    overall = float((events * mean).sum() / events.sum())
    scores = np.bincount(at, events * (mean - overall))
    variance = float((scores**2).sum()) / float(events.sum()) ** 2 * len(names) / (len(names) - 1)
    return float(np.sqrt(variance)), float(len(names) - 1)
