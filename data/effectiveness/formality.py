"""Formality check: signs of cooperation done for form's sake, each with its fixed thresholds.

A sign is for review and never a conclusion. Tests against chance and minimum numbers keep small districts from being
singled out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.codes import FormalityReason, Labelled
from data.language import N_


class FormalityThing(Labelled):
    """Kinds of records that are listed for a reason."""

    MAHALLA = "mahalla", N_("Mahalla")
    EVENT = "event", N_("Joint event")
    NGO = "ngo", N_("NGO")
    RECOMMENDATION = "recommendation", N_("Recommendation")


@dataclass(frozen=True)
class FormalityMethod:
    """Fixed numbers of the formality check; nothing is tested below its ``smallest_*``.

    A pattern is for review when its share is reached and, where chance alone makes some of it, when chance would make
    as much in fewer than ``chance`` of such districts. Of the NGOs that give nothing but fives more often than all NGOs
    do, ``false_share`` are expected to be named by chance. ``shortest_text`` is in letters and digits after folding.
    """

    chance: float = 0.001
    smallest_mahallas: int = 10
    one_event_share: float = 0.8
    quarter_end_days: int = 5
    smallest_events: int = 10
    quarter_end_share: float = 1 / 3
    smallest_evaluations: int = 5
    false_share: float = 0.05
    smallest_texts: int = 5
    same_text_share: float = 0.5
    shortest_text: int = 20
    unplanned_share: float = 0.95
    smallest_recommendations: int = 5
    answer_days: int = 60


FORMALITY_METHOD = FormalityMethod()

EXPLANATIONS: Mapping[FormalityReason, str] = {
    FormalityReason.ONE_EVENT_A_YEAR: N_(
        "All joint events of the mahalla in the last whole calendar year fell into one month, mostly a single event. "
        "The district is for review when this holds for at least 80% of at least 10 mahallas with an event, and for "
        "more of them than chance would make."
    ),
    FormalityReason.QUARTER_END: N_(
        "Joint events held in the last five days of a quarter, which are about 5 days in 100. The district is for "
        "review when these are at least a third of at least 10 events, and chance would hardly make as many."
    ),
    FormalityReason.ALL_FIVES: N_(
        "NGOs that sent at least 5 named evaluations and gave nothing but fives more often than the evaluations of the "
        "whole country would make likely (binomial test; of the NGOs named at most 5% are expected by chance). Good "
        "work may be the reason, or fear of giving less."
    ),
    FormalityReason.SAME_TEXT: N_(
        "NGOs that sent at least 5 comments and recommendations by name, at least half of them with words that were "
        "sent before by the same NGO or by another one of the district. Case, apostrophes, spaces and punctuation do "
        "not count, nor do very short texts."
    ),
    FormalityReason.NO_PLAN_ITEM: N_(
        "Held joint events that name no item of the joint plan. The district is for review when this holds for at "
        "least 95% of at least 10 events."
    ),
    FormalityReason.NEVER_ANSWERED: N_(
        "Recommendations of NGOs that reached the district at least 60 days ago and have no answer. The district is "
        "for review when none of at least 5 has one."
    ),
}
