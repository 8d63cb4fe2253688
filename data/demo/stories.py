"""The stories that hide in the demo data, declared once; tests and the manual read them here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class StoryCode(StrEnum):
    """Stories by name."""

    IMPROVED = "improved"
    ON_PAPER = "on_paper"
    LATE_ANSWERS = "late_answers"
    FORMAL = "formal"


@dataclass(frozen=True)
class Story:
    """What is set apart in one district; everything else there varies as elsewhere.

    ``activity`` is in events a year and ``quality`` a mark (1-5), each at the beginning and at the end of the three
    years; ``answer_days`` is the mean time to answer a recommendation; ``bunching`` the share of events in the last
    five days of a quarter; ``all_five`` the share of evaluations with nothing but fives.
    """

    district_soato: str
    summary: str
    activity: tuple[float, float] = (45.0, 50.0)
    quality: tuple[float, float] = (3.8, 3.9)
    evaluation_rate: float = 0.75
    answer_days: float = 11.0
    bunching: float = 0.0
    all_five: float = 0.02


STORIES: Mapping[StoryCode, Story] = {
    StoryCode.IMPROVED: Story(
        district_soato="1730401",
        summary="Fergana city: few and poorly marked events at first; more, better and well evaluated at the end.",
        activity=(18.0, 110.0),
        quality=(2.7, 4.7),
        evaluation_rate=0.8,
        answer_days=7.0,
    ),
    StoryCode.ON_PAPER: Story(
        district_soato="1710229",
        summary="Koson district: a memorandum in force for over a year and not one joint event.",
        activity=(0.0, 0.0),
    ),
    StoryCode.LATE_ANSWERS: Story(
        district_soato="1727419",
        summary="Chirchiq city: lively cooperation, but recommendations are answered months late or not at all.",
        activity=(60.0, 65.0),
        answer_days=110.0,
    ),
    StoryCode.FORMAL: Story(
        district_soato="1733401",
        summary="Urgench city: most events fall on the last days of a quarter and nearly every mark is a five.",
        activity=(55.0, 60.0),
        bunching=0.75,
        all_five=0.9,
    ),
}
