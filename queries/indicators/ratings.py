"""Ratings of areas drawn towards the mean of the nation, without the leniency of their NGOs.

The rating of an area is (n (mean - leniency) + k overall) / (n + k): its mean over ``n`` events, how lenient the NGOs
that judged there are, the mean of all, and k, the variance within districts divided by that between them
(:mod:`queries.statistics.rating_model`). Which NGO gave what is known of named evaluations; those of a district stand
for its confidential ones too, whose batches name no NGO.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import func, select

from data.schema import NgoMonth
from queries.indicators.source import Source
from queries.statistics.rating_model import RatingCells, clustered_error, fit_ratings

Numbers = NDArray[np.float64]
MARK_COLUMNS = ("district_soato", "ngo_id", "forms", "mark_sum")
_SUMS = ["events_marked", "event_mark_sum", "event_mark_square_sum"]


def ngo_marks(source: Source) -> pd.DataFrame:
    """Named evaluations with a mark and what they add up to, by district and NGO; none of a direction.

    Columns: district_soato, ngo_id, forms, mark_sum.
    """
    if source.direction is not None:
        return pd.DataFrame(columns=list(MARK_COLUMNS))
    forms, mark_sum = func.sum(NgoMonth.evaluations_marked), func.sum(NgoMonth.mark_sum)
    return source.table(
        select(NgoMonth.district_soato, NgoMonth.ngo_id, forms.label("forms"), mark_sum.label("mark_sum"))
        .where(
            NgoMonth.year_month.between(source.window.first_month, source.window.last_month),
            source.row_filter.districts(NgoMonth.district_soato),
        )
        .group_by(NgoMonth.district_soato, NgoMonth.ngo_id)
        .having(forms > 0)
    )


@dataclass(frozen=True)
class Shrinkage:
    """How ratings are drawn together: k, the mean of all, and the variance of event means within districts (both NaN
    without any).

    ``districts`` (by SOATO): n, leniency, and the standard error of the rating with the degrees of freedom (free) of
    Student's t.
    """

    k: float
    overall: float
    within: float
    districts: pd.DataFrame
    cells: RatingCells

    def leniency(self, codes: pd.Series[str]) -> pd.Series[float]:
        """Return the leniency of areas, a mean over their events; ``codes`` names the area of each district."""
        at, names = self._areas(codes)
        n, leniency = (self.districts[name].to_numpy() for name in ("n", "leniency"))
        is_inside = at >= 0
        counts, sums = (np.bincount(at[is_inside], numbers[is_inside]) for numbers in (n, n * leniency))
        return pd.Series(sums / counts, index=names, dtype=np.float64)

    def errors(self, codes: pd.Series[str]) -> pd.DataFrame:
        """Return standard errors (error, free) by area: of districts by the model, else clustered by NGO."""
        at, names = self._areas(codes)
        if names.tolist() == self.districts.index.tolist():
            return self.districts[["error", "free"]]
        found = [clustered_error(self.cells, inside=at == place) for place in range(len(names))]
        return pd.DataFrame(found, index=names, columns=["error", "free"], dtype=np.float64)

    def _areas(self, codes: pd.Series[str]) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
        """Return the place of each district's area among the areas, -1 for none, and the codes of the areas."""
        area_of = dict(zip(codes.index.tolist(), codes.tolist(), strict=True))
        areas = np.array([area_of.get(code) for code in self.districts.index.tolist()], dtype=object)
        at, names = pd.factorize(areas)
        return np.asarray(at, dtype=np.int64), np.asarray(names, dtype=object)


def estimate_shrinkage(by_district: pd.DataFrame, marks: pd.DataFrame) -> Shrinkage:
    """Return how ratings are drawn together, from sums by district (number, sum and squares of event means) and what
    each NGO gave (:func:`ngo_marks`)."""
    sums = by_district[_SUMS].fillna(0.0).astype(np.float64)
    sums = sums[sums["events_marked"] > 0]
    if sums.empty:
        empty = RatingCells(*(np.empty(0, dtype=np.int64),) * 2, *(np.empty(0),) * 2, 0.0)
        nothing = pd.DataFrame(columns=["n", "leniency", "error", "free"], dtype=np.float64)
        return Shrinkage(0.0, np.nan, np.nan, nothing, empty)
    n, total, squares = (sums[name].to_numpy() for name in _SUMS)
    cells = _cells(sums, marks, max(float((squares - total**2 / n).sum()), 0.0))
    ratings = fit_ratings(cells)
    free = float(n.sum()) - len(n)
    of_ratings = {"leniency": ratings.leniency, "error": ratings.error, "free": float(ratings.free)}
    districts = pd.DataFrame({"n": n, **of_ratings}, index=sums.index)
    return Shrinkage(ratings.k, ratings.overall, cells.squares / free if free > 0 else np.nan, districts, cells)


def _cells(sums: pd.DataFrame, marks: pd.DataFrame, squares: float) -> RatingCells:
    """Return the events of each district split over its NGOs as their named forms are, with the mean of the district.

    A district without named forms is one cell, of an NGO that judges nowhere else.
    """
    place_of, count = {code: place for place, code in enumerate(sums.index.tolist())}, len(sums)
    places = np.array([place_of.get(code, -1) for code in marks["district_soato"].tolist()], dtype=np.int64)
    is_known, alone = places >= 0, np.setdiff1d(np.arange(count), places)
    unnamed = (alone, -1 - np.arange(len(alone)), np.ones(len(alone)), np.zeros(len(alone)))
    named = (places, *(marks[name].to_numpy(np.float64) for name in ("ngo_id", "forms", "mark_sum")))
    district, ngo, forms, mark_sum = (
        np.concatenate([known[is_known], other]) for known, other in zip(named, unnamed, strict=True)
    )
    mean = mark_sum / forms
    of_forms = np.bincount(district, forms, minlength=count)
    plain = np.bincount(district, forms * mean, minlength=count) / of_forms
    own = (sums["event_mark_sum"] / sums["events_marked"]).to_numpy()
    events = forms / of_forms[district] * sums["events_marked"].to_numpy()[district]
    return RatingCells(
        district=district.astype(np.int64),
        ngo=pd.factorize(ngo)[0].astype(np.int64),
        events=events,
        mean=mean + (own - plain)[district],
        squares=squares,
    )


def shrunk_mean(total: Numbers, n: Numbers, *, leniency: Numbers, overall: Numbers, k: float) -> Numbers:
    """Return the mean of ``n`` event means with this total, without leniency and drawn towards ``overall``; NaN without
    any event."""
    known = np.where(n > 0, n, np.nan)
    share = 0.0 if np.isinf(k) else known / (known + k)
    found: Numbers = share * (total / known - leniency) + (1 - share) * overall + 0 * known
    return found
