"""The indicators, each declared once: tiles, maps, rankings, tables, exports and the method page walk them.

Values of a percent indicator run from 0 to 100. A ratio of a wider area is the ratio of its sums, never a mean of
ratios. Below ``minimum_n`` an indicator has no value: missing is not zero.
"""

from __future__ import annotations

from collections.abc import Mapping

from data.indicators.activity import ACTIVITY
from data.indicators.agreement import AGREEMENT
from data.indicators.answers import ANSWERS
from data.indicators.capacity import CAPACITY
from data.indicators.context import CONTEXT
from data.indicators.declaration import (
    METHOD,
    AreaTarget,
    Better,
    Indicator,
    IndicatorCode,
    Method,
    OfNgo,
    Sampling,
    Unit,
)
from data.indicators.judgement import JUDGEMENT

__all__ = [
    "INDICATORS",
    "METHOD",
    "SAID",
    "AreaTarget",
    "Better",
    "Indicator",
    "IndicatorCode",
    "Method",
    "OfNgo",
    "Sampling",
    "Unit",
]

_DECLARED = (*AGREEMENT, *ACTIVITY, *JUDGEMENT, *ANSWERS, *CAPACITY, *CONTEXT)

INDICATORS: Mapping[IndicatorCode, Indicator] = {indicator.code: indicator for indicator in _DECLARED}
# What NGOs say themselves, about others: of a single NGO that is no merit of its own, and not for everyone to read.
SAID = frozenset({IndicatorCode.EVALUATION_SCORE, IndicatorCode.WOULD_REPEAT, IndicatorCode.RECOMMENDATIONS_CLOSED})
