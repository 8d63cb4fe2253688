"""Why an area is grey, orange, blue or not ranked, in words."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import pytest

from components.effectiveness.state import AreaIndex, IndexChange, why_lines
from components.shell.formatter import Formatter
from data.effectiveness.index import Pillar, Tier
from tests.components.samples import ENGLISH


def lines(score: float, tier: Tier | None, *, of_all: Tier = Tier.MIDDLE, missing: int = 0) -> str:
    pillars = {pillar: np.nan if place < missing else 50.0 for place, pillar in enumerate(Pillar)}
    ranks: dict[Hashable, object] = {
        "index_score": score,
        "index_most": score + missing,
        "tier": tier.value if tier else None,
        "tier_of_all": of_all.value,
        "tier_without_foundation": Tier.MIDDLE.value,
    }
    area = AreaIndex(ranks=ranks, pillars=pillars, ranked=10, change=IndexChange(np.nan, np.nan, np.nan, np.nan))
    return " ".join(why_lines(area, fmt=Formatter(ENGLISH)))


@pytest.mark.parametrize(
    ("score", "tier", "of_all", "missing", "expected"),
    [
        (np.nan, None, Tier.MIDDLE, 3, "3 of 6 pillars have data, at least 4 are needed"),
        (40.0, None, Tier.MIDDLE, 2, "a tier needs 5 pillars with data"),
        (60.0, Tier.UPPER, Tier.UPPER, 0, "It is blue"),
        (20.0, Tier.LOWER, Tier.LOWER, 0, "It is orange"),
        (50.0, Tier.MIDDLE, Tier.MIDDLE, 0, "a test cannot tell its index apart"),
        (50.0, Tier.MIDDLE, Tier.LOWER, 0, "A tier needs both"),
        (50.0, Tier.MIDDLE, Tier.MIDDLE, 1, "The index lies between 50.0 and 51.0"),
    ],
)
def test_it_says_why(score: float, tier: Tier | None, of_all: Tier, missing: int, expected: str) -> None:
    assert expected in lines(score, tier, of_all=of_all, missing=missing)
