"""A figure of the bench: a value, what it is measured against, and the limit of their ratio."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from enum import StrEnum


class Better(StrEnum):
    """Which way is better."""

    LOWER = "lower"
    HIGHER = "higher"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One measured figure; ``limit`` is the most (or least) that ``value / peer_value`` may be."""

    figure: str
    value: float
    unit: str
    peer: str
    peer_value: float
    limit: float
    better: Better = Better.LOWER

    @property
    def ratio(self) -> float:
        """The value in units of its peer."""
        return self.value / self.peer_value

    @property
    def is_within_limit(self) -> bool:
        """Whether the ratio is on the good side of the limit."""
        return self.ratio <= self.limit if self.better is Better.LOWER else self.ratio >= self.limit

    def as_json(self) -> str:
        """The figure as one line."""
        return json.dumps(
            {
                "figure": self.figure,
                "value": round(self.value, 1),
                "unit": self.unit,
                "peer": self.peer,
                "peer_value": round(self.peer_value, 1),
                "ratio": round(self.ratio, 3),
                "limit": self.limit,
                "better": self.better,
            }
        )


def note(text: str) -> None:
    """Say on the standard error what is going on."""
    sys.stderr.write(f"{text}\n")
