"""What all intervals share: their confidences, and quantiles of the normal distribution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from data.indicators import METHOD

Numbers: TypeAlias = NDArray[np.float64]
Limits: TypeAlias = tuple[Numbers, Numbers]

# Confidences of the limits that stand beside a value, by what their columns end with.
CONFIDENCES: Mapping[str, float] = {
    "": METHOD.interval_confidence,
    "_95": METHOD.verdict_confidence,
    "_998": METHOD.strong_confidence,
}


def two_sided_z(confidence: float) -> float:
    """How many standard errors lie between the middle and either end of an interval of a confidence."""
    return float(ndtri(0.5 + confidence / 2))
