"""The indicators, each declared once: tiles, maps, rankings, tables, exports and the method page walk them.

An indicator is one entry in the module of its family here. Values of a percent indicator run from 0 to 100. A ratio of
a wider area is the ratio of its sums, never a mean of ratios. Below ``minimum_n`` an indicator has no value: missing is
not zero.
"""

from __future__ import annotations

from collections.abc import Mapping

from data.effectiveness.index import Pillar
from data.indicators import activity, agreement, answers, capacity, context, evaluations
from data.indicators.declaration import (
    METHOD,
    AreaTarget,
    Better,
    Indicator,
    InIndex,
    Method,
    OfNgo,
    OutsideIndex,
    Panel,
    Sampling,
    SumsFrom,
    Unit,
)

__all__ = [
    "INDICATORS",
    "METHOD",
    "MONTHLY_CODES",
    "PILLARS",
    "AreaTarget",
    "Better",
    "InIndex",
    "Indicator",
    "Method",
    "OfNgo",
    "OutsideIndex",
    "Panel",
    "Sampling",
    "SumsFrom",
    "Unit",
    "shown_on",
]

# In the order in which they are shown.
_FAMILIES = (agreement, activity, evaluations, answers, capacity, context)

INDICATORS: Mapping[str, Indicator] = {
    entry.code: entry for family in _FAMILIES for entry in vars(family).values() if isinstance(entry, Indicator)
}
# Those whose sums are kept by month, so that they are quick to ask for.
MONTHLY_CODES = tuple(code for code, entry in INDICATORS.items() if entry.sums_from is SumsFrom.MONTHS)


def _codes_of(pillar: Pillar) -> tuple[str, ...]:
    placed = {
        code: entry.index.order
        for code, entry in INDICATORS.items()
        if isinstance(entry.index, InIndex) and entry.index.pillar is pillar
    }
    return tuple(sorted(placed, key=placed.__getitem__))


PILLARS: Mapping[Pillar, tuple[str, ...]] = {pillar: _codes_of(pillar) for pillar in Pillar}


def shown_on(panel: Panel) -> tuple[str, ...]:
    """Codes of the indicators that are shown on a panel, in their order there."""
    placed = {code: one.order for code, entry in INDICATORS.items() for one in entry.shown if one.panel is panel}
    return tuple(sorted(placed, key=placed.__getitem__))
