"""Bars to either side of zero: what each part did to a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from components.charts.bars import BarRow, bars

SMALLEST_REACH = 1.0


@dataclass(frozen=True)
class ChangeRow:
    """One bar; both texts come translated, ``change_text`` with its sign."""

    label: str
    change: float
    change_text: str


def change_bars(rows: Sequence[ChangeRow], *, title: str) -> str:
    """Bars from zero in the middle, to the right and blue for more, to the left and orange for less, as HTML.

    Their scale reaches to the largest change, and to a point at least, so that small ones look small.
    """
    reach = max([SMALLEST_REACH, *(abs(row.change) for row in rows)])
    drawn = [BarRow(row.label, row.change, row.change_text) for row in rows]
    return bars(drawn, title=title, domain=(-reach, reach))
