"""Printed parts add up to the printed whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.shell.rounding import rounded_to_total


def test_the_units_left_go_to_the_largest_remainders() -> None:
    assert rounded_to_total([33.3, 33.3, 33.4], 100, decimals=0) == [33, 33, 34]
    assert rounded_to_total([1.26, -0.46, 0.2], 1.0, decimals=1) == pytest.approx([1.3, -0.5, 0.2])
    assert rounded_to_total([], 0, decimals=1) == []


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=14), st.integers(0, 2))
def test_parts_add_up_and_none_is_off_by_a_unit(parts: list[float], decimals: int) -> None:
    total = round(sum(parts), decimals)
    printed = rounded_to_total(parts, total, decimals=decimals)
    assert sum(printed) == pytest.approx(total, abs=1e-9)
    assert all(abs(shown - exact) < 1.5 * 10**-decimals for shown, exact in zip(printed, parts, strict=True))
