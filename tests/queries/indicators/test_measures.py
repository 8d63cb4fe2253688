"""The arithmetic: shrinkage and intervals against hand computations."""

from __future__ import annotations

import numpy as np
import pytest

from queries.indicators.measures import estimate_shrinkage


def sums_of(*districts: list[float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Number, sum and sum of squares of each district's event means."""
    marks = [np.array(district) for district in districts]
    return (
        np.array([float(len(m)) for m in marks]),
        np.array([m.sum() for m in marks]),
        np.array([(m**2).sum() for m in marks]),
    )


def test_shrinkage_is_the_ratio_of_variances_by_hand() -> None:
    """Districts (2, 4) and (4, 5, 6): within 4/3; mean square between 4.8; typical size 2.4."""
    shrinkage = estimate_shrinkage(*sums_of([2, 4], [4, 5, 6]))
    within = (2 + 2) / (5 - 2)
    grand = 21 / 5
    between_square = (2 * (3 - grand) ** 2 + 3 * (5 - grand) ** 2) / (2 - 1)
    typical = (5 - (4 + 9) / 5) / (2 - 1)
    assert shrinkage.within == pytest.approx(within)
    assert shrinkage.k == pytest.approx(within / ((between_square - within) / typical))


def test_districts_with_one_event_do_not_count() -> None:
    with_one = estimate_shrinkage(*sums_of([2, 4], [4, 5, 6], [1]))
    assert with_one == estimate_shrinkage(*sums_of([2, 4], [4, 5, 6]))


@pytest.mark.parametrize("districts", [[], [[3]], [[2, 4]], [[2, 4], [2, 4]]])
def test_k_is_five_where_it_cannot_be_estimated(districts: list[list[float]]) -> None:
    assert estimate_shrinkage(*sums_of(*districts)).k == 5
