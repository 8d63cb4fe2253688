"""Declaration of the effectiveness index: its pillars, its weights and the fixed numbers of its method.

Which indicators a pillar holds is in their own declarations (:data:`data.indicators.PILLARS`).
After the OECD and JRC Handbook on Constructing Composite Indicators (2008). Offences, participants and money are in no
pillar: counts are not effectiveness.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from data.codes import Labelled
from data.language import N_


class Pillar(Labelled):
    """Six parts of the index, in the order in which they are shown."""

    FOUNDATION = "foundation", N_("Foundation")
    SYSTEMATIC = "systematic", N_("Systematic work")
    EXCHANGE = "exchange", N_("Exchange of information")
    FEEDBACK = "judgement", N_("NGO feedback")
    FOLLOW_THROUGH = "follow_through", N_("Delivery on commitments")
    CAPACITY = "capacity", N_("Means and skills")


class Tier(Labelled):
    """Groups of areas in place of a league table, by a test of an area against the middle one."""

    UPPER = "upper", N_("Clearly in the upper half")
    MIDDLE = "middle", N_("No reliable difference from the middle")
    LOWER = "lower", N_("Clearly in the lower half")


class Presence(Labelled):
    """Periods, of two, in which an indicator has a value."""

    BOTH = "both", N_("Known in both periods")
    APPEARED = "appeared", N_("Known in the later period only")
    GONE = "gone", N_("Known in the earlier period only")


class FunnelBand(Labelled):
    """Position of an area in the funnel plot of ratings."""

    INSIDE = "inside", N_("Within chance and the usual differences between districts")
    OUTSIDE_INNER = "outside_inner", N_("Outside the 95% limits")
    OUTSIDE_OUTER = "outside_outer", N_("Outside the 99.8% limits")


@dataclass(frozen=True)
class IndexMethod:
    """Fixed numbers of the index and of the study before and after a memorandum.

    An area with fewer than ``smallest_pillars`` pillars that have a value has no index, nor has one whose pillars with
    a value carry less than ``smallest_weight_share`` of the weights; one with fewer than ``tier_pillars`` has no tier.
    A pillar below ``pillar_floor`` counts as that in the geometric mean, so that one empty pillar pulls the index down
    and does not wipe out the others.
    Each of the ``draws`` multiplies each weight by a number between 1 - ``weight_spread`` and 1 + ``weight_spread``;
    every second one takes the arithmetic mean where ``has_both_means``. ``interval_share`` is the share of the draws
    inside an interval; the funnel's limits are shares as well. Of the areas that tests name, at most ``false_share``
    are expected to be named by chance. What an area could reach is the value that ``aim_share`` of all areas stay at or
    below, if at least ``smallest_peers`` have one.
    What lenient NGOs give is known where ``crossing_ngos`` of them judge in several districts.
    The study compares ``study_months`` months on either side of signing by the mean of the ``study_near_months`` before
    it and that of the ones before those, up to ``study_level_months``. It needs ``study_districts`` that signed and for
    each of them ``study_controls`` that had not.
    """

    smallest_pillars: int = 4
    tier_pillars: int = 5
    smallest_weight_share: float = 0.5
    pillar_floor: float = 5.0
    heaviest_weight: int = 10
    usual_weight: int = 5
    draws: int = 10_000
    seed: int = 2026
    weight_spread: float = 0.25
    has_both_means: bool = True
    interval_share: float = 0.9
    false_share: float = 0.05
    funnel_limits: tuple[float, float] = (0.95, 0.998)
    aim_share: float = 0.75
    smallest_peers: int = 4
    lifts_shown: int = 3
    crossing_ngos: int = 10
    study_districts: int = 8
    study_months: int = 6
    study_draws: int = 1000
    study_near_months: int = 3
    study_level_months: int = 24
    study_controls: int = 10


INDEX_METHOD = IndexMethod()


@dataclass(frozen=True)
class Weights:
    """Weights of the pillars: whole numbers from 0 to 10 in the order of :class:`Pillar`, not all of them 0.

    Only their proportions matter. Raises ValueError for any other numbers.
    """

    values: tuple[int, ...] = (INDEX_METHOD.usual_weight,) * len(Pillar)

    def __post_init__(self) -> None:
        is_in_range = all(0 <= value <= INDEX_METHOD.heaviest_weight for value in self.values)
        if len(self.values) != len(Pillar) or not is_in_range or not any(self.values):
            raise ValueError(f"not the weights of {len(Pillar)} pillars: {self.values}")

    def __getitem__(self, pillar: Pillar) -> int:
        return self.values[list(Pillar).index(pillar)]

    @property
    def text(self) -> str:
        """Weights as a URL parameter: ``5-5-5-5-5-5``."""
        return "-".join(str(value) for value in self.values)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the weights of a URL parameter. Raises ValueError for anything that :attr:`text` does not write."""
        if not re.fullmatch(r"(0|[1-9]\d?)(-(0|[1-9]\d?))*", text, re.ASCII):
            raise ValueError(f"not weights: {text!r}")
        return cls(tuple(int(value) for value in text.split("-")))

    def replaced(self, pillar: Pillar, value: int) -> Self:
        """Return these weights with another one for a pillar. Raises ValueError as the class does."""
        position = list(Pillar).index(pillar)
        return type(self)((*self.values[:position], value, *self.values[position + 1 :]))


EQUAL_WEIGHTS = Weights()
