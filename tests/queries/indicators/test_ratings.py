"""Ratings of areas from sums by district and what each NGO gave."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from queries.indicators.ratings import MARK_COLUMNS, Shrinkage, estimate_shrinkage, shrunk_mean

NO_MARKS = pd.DataFrame(columns=list(MARK_COLUMNS))


def sums_of(**districts: list[float]) -> pd.DataFrame:
    """Return number, sum and sum of squares of the event means of each district."""
    rows = {code: (len(marks), sum(marks), sum(mark**2 for mark in marks)) for code, marks in districts.items()}
    return pd.DataFrame(rows, index=["events_marked", "event_mark_sum", "event_mark_square_sum"]).T.astype(np.float64)


def values(shrinkage: Shrinkage, sums: pd.DataFrame) -> list[float]:
    """Return the ratings of the districts."""
    n, total = sums["events_marked"].to_numpy(), sums["event_mark_sum"].to_numpy()
    leniency = np.asarray(shrinkage.districts["leniency"].reindex(sums.index).fillna(0), dtype=np.float64)
    overall = np.full(len(sums), shrinkage.overall)
    return list(shrunk_mean(total, n, leniency=leniency, overall=overall, k=shrinkage.k))


def test_k_is_the_ratio_of_variances_by_hand() -> None:
    """Districts (2, 4) and (4, 5, 6) without named forms: within 4/3; mean square between 4.8; typical size 2.4."""
    shrinkage = estimate_shrinkage(sums_of(a=[2, 4], b=[4, 5, 6]), NO_MARKS)
    assert shrinkage.within == pytest.approx(4 / 3)
    assert shrinkage.k == pytest.approx((4 / 3) / ((4.8 - 4 / 3) / 2.4))


def test_where_districts_do_not_differ_all_have_the_mean_of_all() -> None:
    sums = sums_of(a=[2, 4], b=[2, 4, 3], c=[1, 5])
    shrinkage = estimate_shrinkage(sums, NO_MARKS)
    assert shrinkage.k == np.inf
    assert values(shrinkage, sums) == pytest.approx([3, 3, 3])


def test_without_any_event_there_is_no_rating() -> None:
    sums = sums_of(a=[], b=[])
    shrinkage = estimate_shrinkage(sums, NO_MARKS)
    assert np.isnan(values(shrinkage, sums)).all()
    assert np.isnan(shrinkage.within)
    assert shrinkage.errors(pd.Series(sums.index, index=sums.index)).empty


def test_the_events_of_a_district_are_split_over_its_ngos_and_keep_their_mean() -> None:
    """Six forms of two NGOs on four events: confidential ones move the mean of both alike."""
    marks = pd.DataFrame({"district_soato": "a", "ngo_id": [7, 9], "forms": [4, 2], "mark_sum": [16.0, 10.0]})
    cells = estimate_shrinkage(sums_of(a=[4, 4, 5, 5], b=[3, 4]), marks).cells
    assert cells.events == pytest.approx([8 / 3, 4 / 3, 2])
    assert cells.mean[:2] == pytest.approx(np.array([4, 5]) + (4.5 - 26 / 6))
    assert cells.squares == pytest.approx(1 + 0.5)
    assert len(set(cells.ngo)) == 3


def test_a_wider_area_has_the_leniency_of_its_events_and_an_interval_clustered_by_ngo() -> None:
    marks = pd.DataFrame(
        {"district_soato": ["a", "a", "b", "b"], "ngo_id": [1, 2, 1, 3], "forms": 5, "mark_sum": [15.0, 25, 16, 24]}
    )
    shrinkage = estimate_shrinkage(sums_of(a=[3, 5] * 5, b=[4.5, 3.5] * 10), marks)
    region = pd.Series("r", index=["a", "b"])
    own = shrinkage.districts
    assert shrinkage.leniency(region)["r"] == pytest.approx(
        (10 * own["leniency"]["a"] + 20 * own["leniency"]["b"]) / 30
    )
    assert shrinkage.errors(region)["error"]["r"] > 0
    assert shrinkage.errors(region)["free"]["r"] == 2
    assert shrinkage.errors(pd.Series(["a", "b"], index=["a", "b"])).equals(own[["error", "free"]])
