"""Patterns planted in the demo data: stories of districts, and cooperation for form's sake.

A benchmark compares the findings of the formality check with :func:`planted_formalities`: precision is the share of its
findings that were planted, recall the share of the planted ones that it found. Chance produces similar patterns
elsewhere too, such as a mahalla with one event in a year in a district with few events.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, func, select

from data.codes import FormalityReason
from data.schema import JointEvent, JointEventNgo, Mahalla, Ngo


class StoryCode(StrEnum):
    """Stories by name."""

    IMPROVED = "improved"
    ON_PAPER = "on_paper"
    LATE_ANSWERS = "late_answers"
    FORMAL = "formal"


@dataclass(frozen=True)
class Story:
    """Traits that set one district apart; everything else there varies as elsewhere.

    ``activity`` is in events a year and ``quality`` a rating (1-5), each at the beginning and at the end of the three
    years; ``answer_days`` is the mean time to answer a recommendation; ``bunching`` the share of events in the last
    five days of a quarter; ``all_five`` the share of evaluations with only ratings of five.
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
FORMAL_DISTRICT = STORIES[StoryCode.FORMAL].district_soato
PLANTED_DISTRICTS: Mapping[FormalityReason, tuple[str, ...]] = {
    FormalityReason.ONE_EVENT_A_YEAR: ("1706219", "1712230", "1718224", "1724231", "1735207"),
    FormalityReason.QUARTER_END: (FORMAL_DISTRICT, "1703211", "1708218", "1714219", "1722207", "1727228"),
    FormalityReason.NO_PLAN_ITEM: ("1706230", "1710233", "1712251", "1718209", "1735215"),
    FormalityReason.NEVER_ANSWERED: ("1703217", "1708223", "1714224", "1722212", "1724226"),
}
# The first active NGO of each of these districts; beside them, all that work in the formal district give fives.
PLANTED_HOMES: Mapping[FormalityReason, tuple[str, ...]] = {
    FormalityReason.ALL_FIVES: ("1706204", "1708209", "1712234", "1714216", "1718216", "1735204"),
    FormalityReason.SAME_TEXT: ("1703214", "1710212", "1722204", "1724212", "1726266", "1733223"),
}
PLANTED_ACTIVITY = (48.0, 52.0)
PLANTED_BUNCHING = 0.6
NEVER_DAYS = 1e6
ALL_FIVES_SHARE, SAME_TEXT_SHARE = 0.92, 0.8


@dataclass(frozen=True)
class PlantedFormality:
    """A district, a mahalla of a district or an NGO (wherever it works) with a reason that the check should find.

    One event a year is planted in mahallas, fives and repeated texts in NGOs, the other reasons in districts.
    """

    reason: FormalityReason
    district_soato: str | None = None
    mahalla_id: int | None = None
    ngo_id: int | None = None


def planted_formalities(connection: Connection) -> frozenset[PlantedFormality]:
    """All planted cases of a database with demo data of any seed."""
    return frozenset(_in_places(connection)) | frozenset(_in_ngos(connection))


def _in_places(connection: Connection) -> Iterator[PlantedFormality]:
    for reason, districts in PLANTED_DISTRICTS.items():
        if reason is not FormalityReason.ONE_EVENT_A_YEAR:
            yield from (PlantedFormality(reason, district) for district in districts)
            continue
        mahallas = select(Mahalla.district_soato, Mahalla.id).where(Mahalla.district_soato.in_(districts))
        for district, mahalla in connection.execute(mahallas):
            yield PlantedFormality(reason, district, mahalla_id=mahalla)


def _in_ngos(connection: Connection) -> Iterator[PlantedFormality]:
    for reason, homes in PLANTED_HOMES.items():
        firsts = select(func.min(Ngo.id)).where(Ngo.district_soato.in_(homes), Ngo.is_active)
        for ngo in connection.scalars(firsts.group_by(Ngo.district_soato)):
            yield PlantedFormality(reason, ngo_id=ngo)
    of_district = JointEvent.district_soato == FORMAL_DISTRICT
    at_work = select(JointEventNgo.ngo_id).join(JointEvent, JointEvent.id == JointEventNgo.event_id).where(of_district)
    for ngo in connection.scalars(at_work.distinct()):
        yield PlantedFormality(FormalityReason.ALL_FIVES, ngo_id=ngo)
