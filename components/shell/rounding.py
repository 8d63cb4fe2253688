"""Numbers that add up as printed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def rounded_to_total(values: Sequence[float], total: float, *, decimals: int) -> list[float]:
    """Return the values rounded so that they add up to ``total``, itself rounded (method of largest remainders).

    Each is rounded down, and the units that are left go to those with the largest remainders. Where the sum of the
    values is not the total, all are moved by the same amount first.
    """
    if not len(values):
        return []
    scale = 10.0**decimals
    exact = np.array(values, dtype=np.float64) * scale
    target = round(total * scale)
    exact += (target - exact.sum()) / len(exact)
    whole = np.floor(exact + 1e-9)
    left = int(target - whole.sum())
    largest = np.argsort(-(exact - whole), kind="stable")[:left]
    whole[largest] += 1
    return [float(number) for number in whole / scale + 0.0]
