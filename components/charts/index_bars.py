"""Bars of the index: its pillars beside those of other areas, and contributions to a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from components.charts.bars import BarRow, bars
from components.charts.style import PERCENT_DOMAIN
from components.shell.formatter import Formatter, is_missing
from data.effectiveness.index import Pillar
from data.language import Translator

SMALLEST_DOMAIN = 1.0
Others = Sequence[tuple[str, Mapping[Pillar, float]]]


@dataclass(frozen=True)
class ChangeRow:
    """One bar; both texts come translated, ``change_text`` with its sign."""

    label: str
    change: float
    change_text: str


def change_bars(rows: Sequence[ChangeRow], *, title: str) -> str:
    """Diverging bars as HTML: increases to the right in blue, decreases to the left in orange.

    The scale reaches to the largest change but at least to one point, so that small changes look small.
    """
    reach = max([SMALLEST_DOMAIN, *(abs(row.change) for row in rows)])
    drawn = [BarRow(row.label, row.change, row.change_text) for row in rows]
    return bars(drawn, title=title, domain=(-reach, reach))


def pillar_bars(own: Mapping[Pillar, float], others: Others, *, title: str, translate: Translator) -> str:
    """One bar per pillar, 0-100 (NaN: no bar), with a mark for each of at most two named ``others``, as HTML."""
    fmt = Formatter(translate)
    rows = [_row(pillar, own, others, fmt) for pillar in Pillar]
    return bars(rows, title=title, domain=PERCENT_DOMAIN, legend=[name for name, _ in others])


def _row(pillar: Pillar, own: Mapping[Pillar, float], others: Others, fmt: Formatter) -> BarRow:
    against = tuple((name, _points(values[pillar], fmt)) for name, values in others)
    return BarRow(
        label=fmt.translate(pillar.label),
        value=None if is_missing(own[pillar]) else own[pillar],
        value_text=_points(own[pillar], fmt),
        details=((fmt.translate("Points"), _points(own[pillar], fmt)), *against),
        marks=tuple(None if is_missing(values[pillar]) else values[pillar] for _, values in others),
    )


def _points(value: float, fmt: Formatter) -> str:
    return fmt.missing if is_missing(value) else fmt.number(value)
