"""The change of the index adds up as printed: the two indices, their difference, pillars and indicators."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from components.effectiveness.actions import change_text, printed_contributions
from components.effectiveness.state import IndexChange
from components.shell.formatter import Formatter
from data.dates.period import Period
from tests.components.samples import ENGLISH

PERIOD = Period.of_months(date(2026, 1, 1), 3)


@pytest.mark.parametrize(
    ("before", "now", "printed"),
    # A half is rounded away from zero, as it is printed: 45.25 is 45.3.
    [
        (45.25, 46.0, "From 45.3 in {earlier} to 46.0 in {period}: +0.7 points."),
        (45.04, 45.06, "to 45.1 in {period}: +0.1"),
    ],
)
def test_the_printed_change_is_that_of_the_printed_indices(before: float, now: float, printed: str) -> None:
    fmt = Formatter(ENGLISH)
    text = change_text(IndexChange(before, now, -1.0, 1.0), period=PERIOD, earlier=PERIOD.year_before(), fmt=fmt)
    assert printed.format(earlier=fmt.period(PERIOD.year_before()), period=fmt.period(PERIOD)) in text


def test_parts_add_up_as_printed_whatever_they_are() -> None:
    random = np.random.default_rng(4)
    for _ in range(200):
        parts = random.normal(0, 2, 9)
        frame = pd.DataFrame({"pillar_code": np.repeat(["a", "b", "c"], 3), "contribution": parts})
        change = IndexChange(50.0, 50.0 + parts.sum(), 0.0, 0.0).printed
        printed = printed_contributions(frame, change)
        of_pillars = printed.drop_duplicates("pillar_code")
        assert round(of_pillars["pillar_points"].sum(), 1) == round(change, 1)
        sums = printed.groupby("pillar_code")["points"].sum().round(2)
        assert sums.tolist() == pytest.approx(of_pillars["pillar_points"].tolist())
