"""What the declaration of an indicator says, and the fixed numbers of the method."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from data.effectiveness.index import Pillar
from data.indicators.computations import MONTHS_A_YEAR, Computation, Interval, Sum
from data.language import N_


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
    """How chance enters a value, which is how the index draws it anew: it follows from the interval that is shown.

    ``NONE`` is a fact read off a register in full (days, NGOs, posts): it is as it is. ``BINOMIAL`` is a share of ``n``
    things that went one way or the other (plan items, requests, mahallas reached): with other luck it would have been
    another. ``MEAN`` is a mean whose interval says how far it may be off.
    """

    NONE = "none"
    BINOMIAL = "binomial"
    MEAN = "mean"


_SAMPLING = {
    Interval.WILSON: Sampling.BINOMIAL,
    Interval.WILSON_ABOVE_DISTRICT: Sampling.BINOMIAL,
    Interval.CLUSTER: Sampling.MEAN,
    Interval.PRASAD_RAO: Sampling.MEAN,
}


DESIGN = N_("Method of Hamkor, after the faults of cooperation named in studies of 2017-2026")
OECD = N_("OECD and JRC, Handbook on Constructing Composite Indicators (2008); interval of Wilson (1927)")
GINI_SOURCE = N_("Gini coefficient, Gini (1912)")
OFFICIAL = N_("Official statistics of offences, imported")
OUTSIDE_COUNT = N_("Not part of the index: counts are not effectiveness.")
OUTSIDE_CONTEXT = N_("Not part of the index: it is context, and no NGO and no inspector is credited with it.")
SHRUNK = N_(
    "Mixed model with district and NGO, Henderson (1953), Robinson (1991); interval of Prasad and Rao (1990), above "
    "district level clustered by NGO, Liang and Zeger (1986)"
)


@dataclass(frozen=True)
class Method:
    """The fixed numbers of the method; days count from the date of the event, the start or the proposal.

    ``confidential_days`` lie between the recommendations of two batches of a district that are released at once.
    """

    alive_days: int = 90
    expiring_days: int = 90
    evaluation_days: int = 14
    closing_days: int = 60
    answer_working_days: int = 10
    low_response_pct: float = 50.0
    byar_from: int = 10
    interval_z: float = 1.6448536269514722
    interval_confidence: float = 0.9
    verdict_confidence: float = 0.95
    strong_confidence: float = 0.998
    confidential_evaluations: int = 5
    confidential_ngos: int = 3
    confidential_days: int = 7


METHOD = Method()


class SumsFrom(StrEnum):
    """Where sums come from: what is kept by month, or rows of registers, asked for only where they are shown."""

    MONTHS = "months"
    REGISTERS = "registers"


class Months(StrEnum):
    """What the value of one month is made of, and so whether months tell of different things.

    ``OWN`` is what happened or fell due in it. ``YEAR`` are the 12 months up to it, of which the month before shares
    eleven; ``STATE`` is how things stood on its last day, which is mostly how they stood a month before.
    """

    OWN = "own"
    YEAR = "year"
    STATE = "state"


class RecordKind(StrEnum):
    """Records that stand behind indicators; :mod:`queries.indicators.records` has a query for each."""

    MEMORANDA_IN_FORCE = "memoranda_in_force"
    MEMORANDA_JUDGED = "memoranda_judged"
    OBLIGATIONS = "obligations"
    PLAN_ITEMS = "plan_items"
    EVENTS = "events"
    EVENTS_WAITED = "events_waited"
    MAHALLAS = "mahallas"
    MAHALLAS_REACHED = "mahallas_reached"
    REQUESTS = "requests"
    DECISIONS = "decisions"
    SUPPORT = "support"
    TRAININGS = "trainings"
    OFFENCES = "offences"
    CRIME_FREE_MAHALLAS = "crime_free_mahallas"


class Panel(StrEnum):
    """Tiles and slides that show a few indicators and not all."""

    OVERVIEW_TILES = "overview_tiles"
    MEETING_TILES = "meeting_tiles"
    EVALUATION_TILES = "evaluation_tiles"
    OPENING_SLIDE = "opening_slide"
    OTHER_UNITS_SLIDE = "other_units_slide"
    MAP_SLIDES = "map_slides"


@dataclass(frozen=True)
class InIndex:
    """An indicator of the index: its pillar and the fixed values that become 0 and 100.

    ``order`` is its place among the indicators of the pillar; equal ones stand as declared.
    """

    pillar: Pillar
    goalposts: tuple[float, float] = (0.0, 100.0)
    order: int = 0


@dataclass(frozen=True)
class OutsideIndex:
    """An indicator that is no part of the index, and why."""

    text: str


@dataclass(frozen=True)
class OfNgo:
    """How an indicator is computed of one NGO: what counts, and the smallest ``n`` of such a value.

    ``is_compared``: whether it may stand beside the value of the NGO's district. ``is_yes_or_no``: 0 or 100 mean that.
    """

    counted_text: str
    minimum_n: int
    is_compared: bool = True
    is_yes_or_no: bool = False


@dataclass(frozen=True)
class Records:
    """Records behind an indicator.

    ``counted``: SQL condition on a record's table for it to be in the numerator, where the kind alone does not say it.
    ``amount``: the column whose number is shown, called ``amount_text``.
    """

    kind: RecordKind
    counted: str = ""
    amount: str = ""
    amount_text: str = ""


@dataclass(frozen=True)
class OnPanel:
    """A panel that an indicator is shown on, and which one it is there."""

    panel: Panel
    order: int


@dataclass(frozen=True)
class Indicator:
    """One indicator; all texts are messages for the catalogues.

    ``minimum_n`` is compared with the column ``n`` of :mod:`queries.indicators.values`; ``n_text`` says what it counts.
    ``thresholds`` are the four edges between the five classes of the map, of a sum those of twelve months
    (:meth:`edges`); a value on an edge is in the class above.
    ``has_directions``: whether it has values where one direction of work is chosen. ``of_ngo`` is null where the
    indicator says nothing of a single NGO. ``months`` says what a month of its trend is made of, ``waiting_days`` how
    long after its end a month is not finished. ``rests_on_response``: which NGOs answered decides the value, so
    the response rate stands beside it. ``records`` are null where they would tell what an NGO said;
    ``is_said_by_ngos`` marks what NGOs say themselves, about others: of a single NGO that is no merit of its own, and
    not for everyone to read.
    """

    code: str
    name: str
    description: str
    numerator_text: str
    denominator_text: str
    n_text: str
    limits_text: str
    minimum_n: int
    computation: Computation
    index: InIndex | OutsideIndex
    records: Records | None
    source: str = DESIGN
    unit: Unit = Unit.PERCENT
    better: Better = Better.UP
    thresholds: tuple[float, float, float, float] = (20.0, 40.0, 60.0, 80.0)
    sums_from: SumsFrom = SumsFrom.MONTHS
    has_directions: bool = True
    of_ngo: OfNgo | None = None
    months: Months = Months.OWN
    waiting_days: int = 0
    rests_on_response: bool = False
    is_said_by_ngos: bool = False
    shown: tuple[OnPanel, ...] = ()

    @property
    def sampling(self) -> Sampling:
        """How chance enters the value in the draws of the index: as in the interval that tables show."""
        return _SAMPLING.get(self.computation.interval, Sampling.NONE)

    def edges(self, months: int) -> tuple[float, ...]:
        """The edges between the classes for a period of some months: a sum of half a year meets half of them."""
        share = months / MONTHS_A_YEAR if isinstance(self.computation, Sum) else 1.0
        return tuple(edge * share for edge in self.thresholds)

    @property
    def goalposts(self) -> tuple[float, float] | None:
        """The fixed values that become 0 and 100 in the index; null for what is no part of it."""
        return self.index.goalposts if isinstance(self.index, InIndex) else None


@dataclass(frozen=True)
class AreaTarget:
    """A target and the area that set it: the area itself, or a wider one whose target holds for it too."""

    value: float
    area_code: str
