"""Ratings with lenient NGOs in invented worlds whose truth is known: stated coverage, and leniency taken out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy.stats import t
from statsmodels.regression.mixed_linear_model import MixedLM

from queries.statistics.rating_model import RatingCells, clustered_error, estimate_variances, fit_ratings
from tests.long_tests import is_long

TOTAL, MEAN = 0.5, 3.8
WORLDS = 300 if is_long() else 12
# Of the variance of one rating that between districts: in the demo and where they differ little.
DISTRICT_SHARES = (0.15, 0.05) if is_long() else (0.15,)


def cells_of(rows: pd.DataFrame) -> RatingCells:
    """Return the cells of single ratings with the columns district, ngo and rating."""
    cells = rows.groupby(["district", "ngo"])["rating"].agg(["size", "mean"]).reset_index()
    squares = (rows["rating"] - rows.groupby("district")["rating"].transform("mean")) ** 2
    return RatingCells(
        district=cells["district"].to_numpy(np.int64),
        ngo=pd.factorize(cells["ngo"])[0].astype(np.int64),
        events=cells["size"].to_numpy(np.float64),
        mean=cells["mean"].to_numpy(np.float64),
        squares=float(squares.sum()),
    )


def ratings(
    random: np.random.Generator,
    *,
    ngo_share: float,
    district_share: float = 0.15,
    districts: int = 208,
    sizes: tuple[int, ...] = (5, 6, 8, 10, 15, 20, 60),
    is_crossed: bool = True,
) -> tuple[pd.DataFrame, NDArray[np.float64]]:
    """Return ratings of districts by one to five NGOs each, and the true ratings of the districts.

    The shares are those of the variance of one rating. NGOs that are not crossed judge in one district only.
    """
    better = random.normal(0, np.sqrt(district_share * TOTAL), districts)
    lenient = random.normal(0, np.sqrt(ngo_share * TOTAL), 5 * districts)
    parts = []
    for district in range(districts):
        n, judging = int(random.choice(sizes)), int(random.integers(1, 6))
        ngos = random.choice(districts, judging, False) if is_crossed else 5 * district + np.arange(judging)
        chosen = random.choice(ngos, n)
        noise = random.normal(0, np.sqrt((1 - ngo_share - district_share) * TOTAL), n)
        rating = MEAN + better[district] + lenient[chosen] + noise
        parts.append((np.full(n, district), chosen, rating))
    columns = (np.concatenate(column) for column in zip(*parts, strict=True))
    return pd.DataFrame(dict(zip(("district", "ngo", "rating"), columns, strict=True))), MEAN + better


def coverage(*, ngo_share: float, district_share: float, is_crossed: bool) -> float:
    """Return how often the 90 % interval holds the true rating of a district."""
    random, held = np.random.default_rng(1), []
    for _ in range(WORLDS):
        rows, true = ratings(random, ngo_share=ngo_share, district_share=district_share, is_crossed=is_crossed)
        found = fit_ratings(cells_of(rows))
        half = t.ppf(0.95, found.free) * found.error
        held.append((np.abs(true - found.value) <= half).mean())
    return float(np.mean(held))


@pytest.mark.parametrize("district_share", DISTRICT_SHARES)
@pytest.mark.parametrize("is_crossed", [True, False])
@pytest.mark.parametrize("ngo_share", [0, 0.15, 0.3])
def test_the_interval_holds_the_truth_about_nine_times_in_ten(
    ngo_share: float, is_crossed: bool, district_share: float
) -> None:
    """Where districts hardly differ (a share of 0.02) it does between 85 and 94 times in 100; where not at all, always:
    all are drawn to the mean of all, which is the truth."""
    assert 0.86 <= coverage(ngo_share=ngo_share, district_share=district_share, is_crossed=is_crossed) <= 0.94


def test_variances_are_those_of_the_mixed_model_of_statsmodels() -> None:
    rows, _ = ratings(np.random.default_rng(2), ngo_share=0.2, district_share=0.4, districts=40, sizes=(20, 40))
    found = estimate_variances(cells_of(rows))
    parts = {"district": "0 + C(district)", "ngo": "0 + C(ngo)"}
    fit = MixedLM.from_formula("rating ~ 1", rows.assign(all=1), groups="all", vc_formula=parts).fit()
    assert found.events == pytest.approx(fit.scale, rel=0.05)
    assert [found.districts, found.ngos] == pytest.approx(list(fit.vcomp), rel=0.35)


def test_a_district_of_strict_ngos_is_not_worse_for_it() -> None:
    """All districts are alike; strict NGOs, known from many other districts, judge the first one alone."""
    random = np.random.default_rng(3)
    rows, _ = ratings(random, ngo_share=0.0, district_share=0.1, districts=60, sizes=(30,))
    strict = rows["ngo"] < 5
    rows.loc[strict, "rating"] -= 1.0
    first = pd.DataFrame({"district": 60, "ngo": np.tile(range(5), 6), "rating": random.normal(MEAN - 1, 0.5, 30)})
    found = fit_ratings(cells_of(pd.concat([rows, first], ignore_index=True)))
    assert first["rating"].mean() < MEAN - 0.8
    assert found.value[60] > MEAN - 0.5


def test_the_rating_is_the_mean_without_leniency_drawn_to_the_mean_of_all() -> None:
    cells = cells_of(ratings(np.random.default_rng(4), ngo_share=0.2)[0])
    found = fit_ratings(cells)
    n = np.bincount(cells.district, cells.events)
    mean = np.bincount(cells.district, cells.events * cells.mean) / n
    assert found.variances.ngos > 0
    assert found.value == pytest.approx((n * (mean - found.leniency) + found.k * found.overall) / (n + found.k))


def test_few_ngos_that_judge_in_several_districts_tell_nothing_of_their_leniency() -> None:
    rows, _ = ratings(np.random.default_rng(5), ngo_share=0.2, districts=20, is_crossed=False)
    shared = rows.assign(ngo=rows["ngo"].replace({5: 0, 10: 0}))
    apart, joined = (fit_ratings(cells_of(found)) for found in (rows, shared))
    assert joined.value == pytest.approx(apart.value)


def test_where_districts_do_not_differ_each_is_drawn_to_the_mean_of_all_in_full() -> None:
    rows = pd.DataFrame({"district": np.repeat(range(6), 10), "ngo": np.repeat(range(6), 10)})
    rows["rating"] = np.tile([3.0, 5.0], 30)
    found = fit_ratings(cells_of(rows))
    assert found.variances.districts == 0
    assert found.value == pytest.approx(4, abs=1e-6)
    assert found.k == np.inf
    assert (found.error > 0).all()


def test_ratings_that_are_all_equal_have_no_spread() -> None:
    rows = pd.DataFrame({"district": [0, 0, 1, 1], "ngo": [0, 1, 0, 1], "rating": 4.0})
    found = fit_ratings(cells_of(rows))
    assert found.value == pytest.approx(4)
    assert found.error == pytest.approx(0, abs=1e-5)


def test_a_wider_area_is_as_sure_as_its_ngos_are_many() -> None:
    """Four NGOs with a hundred ratings each: the interval is that of four numbers."""
    rows = pd.DataFrame({"district": 0, "ngo": np.repeat(range(4), 100)})
    rows["rating"] = np.repeat([3.0, 3.5, 4.0, 4.5], 100)
    error, free = clustered_error(cells_of(rows), inside=np.array([True]))
    four = np.array([3.0, 3.5, 4.0, 4.5])
    assert error == pytest.approx(four.std(ddof=1) / 2)
    assert free == 3
    assert np.isnan(clustered_error(cells_of(rows[rows["ngo"] == 0]), inside=np.array([True]))).all()
