"""What the declaration of an indicator says, and the fixed numbers of the method."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from data.language import N_


class IndicatorCode(StrEnum):
    """Codes of the indicators, in the order in which they are shown."""

    MEMORANDUM_COVERAGE = "memorandum_coverage"
    MEMORANDUM_ALIVE = "memorandum_alive"
    OBLIGATIONS_ON_TIME = "obligations_on_time"
    PLAN_EXECUTION = "plan_execution"
    MAHALLA_REACH = "mahalla_reach"
    REGULARITY = "regularity"
    EVENTS_PER_10K = "events_per_10k"
    PARTICIPANTS = "participants"
    EVALUATION_COVERAGE = "evaluation_coverage"
    EVALUATION_SCORE = "evaluation_score"
    WOULD_REPEAT = "would_repeat"
    REQUESTS_ON_TIME = "requests_on_time"
    ANSWER_DAYS = "answer_days"
    RECOMMENDATIONS_CLOSED = "recommendations_closed"
    DECISIONS_DONE = "decisions_done"
    NGOS_SUPPORTED = "ngos_supported"
    SUPPORT_GINI = "support_gini"
    TRAINED = "trained"
    OFFENCES_PER_10K = "offences_per_10k"
    CRIME_FREE_MAHALLAS = "crime_free_mahallas"


class Unit(StrEnum):
    """What a value is measured in."""

    PERCENT = "percent"
    NUMBER = "number"
    PEOPLE = "people"
    POINTS = "points"
    DAYS = "days"


class Better(StrEnum):
    """Which way an indicator improves."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Sampling(StrEnum):
    """How chance enters a value, which is how the index draws it anew.

    ``NONE`` is a state read off a register in full (districts, memoranda, mahallas, NGOs, posts): it is as it is.
    ``BINOMIAL`` is a share of ``n`` things that happened one by one (plan items, events, requests): with other luck
    it would have been another. ``MEAN`` is a mean whose interval says how far it may be off.
    """

    NONE = "none"
    BINOMIAL = "binomial"
    MEAN = "mean"


DESIGN = N_("Method of Hamkor, after the faults of cooperation named in studies of 2017-2026")
OECD = N_("OECD and JRC, Handbook on Constructing Composite Indicators (2008); interval of Wilson (1927)")
GINI = N_("Gini coefficient, Gini (1912)")
OFFICIAL = N_("Official statistics of offences, imported")
OUTSIDE_COUNT = N_("Not part of the index: counts are not effectiveness.")
OUTSIDE_CONTEXT = N_("Not part of the index: it is context, and no NGO and no inspector is credited with it.")
SHRUNK = N_("Empirical Bayes shrinkage, Efron and Morris (1975); interval of Prasad and Rao (1990)")


@dataclass(frozen=True)
class Method:
    """The fixed numbers of the method; days count from the date of the event, the start or the proposal."""

    alive_days: int = 90
    expiring_days: int = 90
    evaluation_days: int = 14
    closing_days: int = 60
    answer_working_days: int = 10
    interval_z: float = 1.6448536269514722
    shrinkage_default: float = 5.0
    confidential_evaluations: int = 5
    confidential_ngos: int = 3


METHOD = Method()


@dataclass(frozen=True)
class OfNgo:
    """How an indicator is computed of one NGO: what counts, and the smallest ``n`` of such a value."""

    counted_text: str
    minimum_n: int


@dataclass(frozen=True)
class Indicator:
    """One indicator; all texts are messages for the catalogues.

    ``minimum_n`` is compared with the column ``n`` of :mod:`queries.indicators.values`; ``n_text`` says what it counts.
    ``goalposts`` are the fixed values that become 0 and 100 in the index (null: never part of it).
    ``outside_text`` says why an indicator without goalposts is no part of the index. ``of_ngo`` is null where the
    indicator says nothing of a single NGO.
    ``thresholds`` are the four edges between the five classes of the map; a value on an edge is in the class above.
    """

    code: IndicatorCode
    name: str
    description: str
    numerator_text: str
    denominator_text: str
    n_text: str
    limits_text: str
    minimum_n: int
    source: str = DESIGN
    unit: Unit = Unit.PERCENT
    better: Better = Better.UP
    goalposts: tuple[float, float] | None = (0.0, 100.0)
    thresholds: tuple[float, float, float, float] = (20.0, 40.0, 60.0, 80.0)
    sampling: Sampling = Sampling.NONE
    outside_text: str = ""
    of_ngo: OfNgo | None = None


@dataclass(frozen=True)
class AreaTarget:
    """A target and the area that set it: the area itself, or a wider one whose target holds for it too."""

    value: float
    area_code: str
