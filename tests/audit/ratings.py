"""Ratings of districts by the mixed model with district and NGO, its matrices written out.

Variances are those for which three sums of squares have their expectation (Henderson 1953, method 1), which here is the
trace of their matrix times the covariance; ratings are the best linear unbiased prediction from the covariance of all
means; mean squared errors those of Prasad and Rao (1990).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm

from tests.audit.limits import Numbers

CROSSING_NGOS = 10


@dataclass(frozen=True)
class Model:
    """Means by district and NGO (``cells``: district, ngo, events, mean) and what the model makes of them.

    ``districts``: n, mean, rating, error, leniency by SOATO. ``free``: degrees of freedom of the errors of districts.
    """

    cells: pd.DataFrame
    districts: pd.DataFrame
    overall: float
    k: float
    free: int

    def clustered(self, area: pd.Series[str]) -> pd.DataFrame:
        """Standard error (error) and degrees of freedom (free) of the plain mean of each area, by NGO."""
        cells = self.cells.assign(area=self.cells["district"].map(area))
        cells["total"] = cells["events"] * cells["mean"]
        sums = cells.groupby("area")[["events", "total"]].sum()
        mean = cells["area"].map(sums["total"] / sums["events"])
        scores = (cells["events"] * (cells["mean"] - mean)).groupby([cells["area"], cells["ngo"]]).sum()
        ngos = scores.groupby("area").size()
        variance = (scores**2).groupby("area").sum() / sums["events"] ** 2 * ngos / (ngos - 1)
        return pd.DataFrame({"error": np.sqrt(variance.where(ngos > 1)), "free": (ngos - 1.0).where(ngos > 1)})


def means_by_ngo(sums: pd.DataFrame, forms: pd.DataFrame) -> pd.DataFrame:
    """Cells of the model: events of a district (``sums``: marked, mark_sum) split over its NGOs as their named forms
    are (``forms``: district, ngo, forms, mark_sum), about the mean of the district."""
    known = forms[forms["district"].isin(sums.index)].copy()
    alone = sums.index.difference(pd.Index(known["district"]))
    unknown = pd.DataFrame({"district": alone, "ngo": -1 - np.arange(len(alone)), "forms": 1.0, "mark_sum": 0.0})
    cells = pd.concat([known, unknown], ignore_index=True) if len(known) else unknown
    by_district = cells.groupby("district")[["forms", "mark_sum"]].sum()
    plain = by_district["mark_sum"] / by_district["forms"]
    shift = sums["mark_sum"] / sums["marked"] - plain.reindex(sums.index)
    district = cells["district"]
    return pd.DataFrame(
        {
            "district": district,
            "ngo": cells["ngo"],
            "events": cells["forms"] / district.map(by_district["forms"]) * district.map(sums["marked"]),
            "mean": cells["mark_sum"] / cells["forms"] + district.map(shift),
        }
    )


def fit(sums: pd.DataFrame, forms: pd.DataFrame) -> Model | None:
    """The model of the districts with a rated event (``sums``: marked, mark_sum, square_sum); None without any."""
    sums = sums[sums["marked"] > 0]
    if sums.empty:
        return None
    cells = means_by_ngo(sums, forms)
    squares = max(float((sums["square_sum"] - sums["mark_sum"] ** 2 / sums["marked"]).sum()), 0.0)
    judged = cells.groupby("ngo")["district"].nunique()
    of_ngo = cells["ngo"] if (judged > 1).sum() >= CROSSING_NGOS else pd.Series(cells.index, index=cells.index)
    # Cells x districts and cells x NGOs, 1 where a cell is of one.
    z = (cells["district"].to_numpy()[:, None] == sums.index.to_numpy()[None, :]).astype(float)
    g = pd.get_dummies(of_ngo).to_numpy(dtype=float)
    weight, y = cells["events"].to_numpy(dtype=float), cells["mean"].to_numpy(dtype=float)
    n = sums["marked"].to_numpy(dtype=float)
    inside, between, ngos = _variances(z, g, weight, y, n, squares)
    own = (weight[:, None] * z / n).T
    chance = inside / n + ngos * ((own @ g) ** 2).sum(axis=1)
    total = np.maximum(between + chance, 1e-12)
    spread = np.sqrt(2 / (1 / total**2).sum()) if len(n) > 1 else 0.0
    overall, better, error, lenient = _predicted(z, g, weight, y, (inside, max(between, 1e-9), ngos))
    at = between / spread if spread > 0 else 0.0
    overlooked = spread * norm.pdf(at) / norm.cdf(at) if spread > 0 else 0.0
    pulled = chance / total
    error = error + pulled**2 * overlooked + 2 * pulled**2 / total * spread**2
    districts = pd.DataFrame(
        {"n": n, "mean": sums["mark_sum"] / sums["marked"], "rating": overall + better, "error": np.sqrt(error)},
        index=sums.index,
    ).assign(leniency=own @ g @ lenient)
    k = inside / between if between > 0 else np.inf
    return Model(cells, districts, overall, k, max(len(n) - 1, 1))


def _variances(
    z: Numbers, g: Numbers, weight: Numbers, y: Numbers, n: Numbers, squares: float
) -> tuple[float, float, float]:
    """Variances of events, between districts and between NGOs, none below zero."""
    size, events_free, cells_free = n.sum(), n.sum() - len(n), len(y) - len(n)
    of_districts = (weight[:, None] * z / n) @ (z.T * weight)
    of_all = np.outer(weight, weight) / size
    within, between = np.diag(weight) - of_districts, of_districts - of_all
    in_cells, left = y @ within @ y, float(((g.T @ within) * g.T).sum())
    ngos, inside = 0.0, squares / events_free if events_free > 0 else 0.0
    if cells_free > 0 and left > 1e-12 and events_free > cells_free:
        inside = max((squares - in_cells) / (events_free - cells_free), 0.0)
        ngos = max((in_cells - inside * cells_free) / left, 0.0)
    if len(n) < 2:
        return float(inside), 0.0, float(ngos)
    of_ngos, own = (float(((part.T @ between) * part.T).sum()) for part in (g, z))
    found = (y @ between @ y - inside * (len(n) - 1) - ngos * of_ngos) / own
    return float(inside), max(float(found), 0.0), float(ngos)


def _predicted(
    z: Numbers, g: Numbers, weight: Numbers, y: Numbers, variances: tuple[float, float, float]
) -> tuple[float, Numbers, Numbers, Numbers]:
    """Mean of all, what each district is better, the squared error of their sum, and the leniency of each NGO."""
    inside, between, ngos = variances
    if not inside > 0:
        n = weight @ z
        overall = float(weight @ y / weight.sum())
        return overall, (weight * y) @ z / n - overall, np.zeros(len(n)), np.zeros(g.shape[1])
    covariance = between * z @ z.T + ngos * g @ g.T + np.diag(inside / weight)
    inverse = np.linalg.inv(covariance)
    of_all = inverse.sum(axis=1)
    overall = float(of_all @ y / of_all.sum())
    left = inverse @ (y - overall)
    known = between - between**2 * np.einsum("ij,ij->j", z, inverse @ z)
    error = known + (1 - between * (of_all @ z)) ** 2 / of_all.sum()
    return overall, between * (z.T @ left), np.maximum(error, 0), ngos * (g.T @ left)
