"""Records that an indicator counts, as a list shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from data.codes import Direction, Partner
from data.dates.period import Period
from data.indicators import INDICATORS
from data.indicators.declaration import Records


class Part(StrEnum):
    """Records of an indicator: all of its denominator, those in its numerator, or the others."""

    ALL = "all"
    COUNTED = "counted"
    OTHERS = "others"


ANY_PARTNER = "any"
"""Stands for events with any partner at all."""


def is_partner(code: str) -> bool:
    """Return whether a code is that of a partner of events, or :data:`ANY_PARTNER`."""
    return code == ANY_PARTNER or code in set(Partner)


@dataclass(frozen=True, kw_only=True)
class CountedRows:
    """Records that an indicator counts in the months of a period, of one direction or of all, or a part of them.

    Of events those may be asked for alone that have people of a ``group`` (the column of ``joint_event``), an NGO among
    their holders, or a ``partner``; or those of a mahalla (0: of the whole district).
    """

    code: str
    period: Period
    today: date
    direction: Direction | None = None
    part: Part = Part.ALL
    group: str = ""
    ngo_id: int = 0
    partner: str = ""
    mahalla_id: int | None = None

    @property
    def records(self) -> Records:
        """What the declaration says of the records. Raises ValueError where the indicator has none."""
        records = INDICATORS[self.code].records
        if records is None:
            raise ValueError(f"no records stand behind {self.code}")
        return records


class CountedNumbers(NamedTuple):
    """How many records an indicator counts, how many of them in its numerator, and the sum of their amounts."""

    all: int
    counted: int
    amount: int

    def of(self, part: Part) -> int:
        """Return how many records a part has."""
        return {Part.ALL: self.all, Part.COUNTED: self.counted, Part.OTHERS: self.all - self.counted}[part]
