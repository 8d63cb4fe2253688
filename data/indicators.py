"""The indicators, each declared once: tiles, maps, rankings, tables, exports and the method page walk them.

Values of a percent indicator run from 0 to 100. A ratio of a wider area is the ratio of its sums, never a mean of
ratios. Below ``minimum_n`` an indicator has no value: missing is not zero.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from data.language import N_


class IndicatorCode(StrEnum):
    """Codes of the indicators, in the order in which they are shown."""

    MEMORANDUM_COVERAGE = "memorandum_coverage"
    MEMORANDUM_ALIVE = "memorandum_alive"
    PLAN_EXECUTION = "plan_execution"
    MAHALLA_REACH = "mahalla_reach"
    REGULARITY = "regularity"
    EVENTS_PER_10K = "events_per_10k"
    PARTICIPANTS = "participants"
    EVALUATION_COVERAGE = "evaluation_coverage"
    EVALUATION_SCORE = "evaluation_score"
    WOULD_REPEAT = "would_repeat"
    RECOMMENDATIONS_CLOSED = "recommendations_closed"


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


_DESIGN = N_("Method of Hamkor, after the faults of cooperation named in studies of 2017-2026")
_OECD = N_("OECD and JRC, Handbook on Constructing Composite Indicators (2008); interval of Wilson (1927)")
_SHRUNK = N_("Empirical Bayes shrinkage, Efron and Morris (1975); variances by the method of moments")


@dataclass(frozen=True)
class Method:
    """The fixed numbers of the method; days count from the date of the event, the start or the proposal."""

    alive_days: int = 90
    expiring_days: int = 90
    evaluation_days: int = 14
    closing_days: int = 60
    interval_z: float = 1.6448536269514722
    shrinkage_default: float = 5.0
    confidential_evaluations: int = 5
    confidential_ngos: int = 3


METHOD = Method()


@dataclass(frozen=True)
class Indicator:
    """One indicator; all texts are messages for the catalogues.

    ``minimum_n`` is compared with the column ``n`` of :mod:`queries.figures`; ``n_text`` says what it counts.
    ``goalposts`` are the fixed values that become 0 and 100 in the index (null: never part of it).
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
    source: str = _DESIGN
    unit: Unit = Unit.PERCENT
    better: Better = Better.UP
    goalposts: tuple[float, float] | None = (0.0, 100.0)
    thresholds: tuple[float, float, float, float] = (20.0, 40.0, 60.0, 80.0)


_DECLARED = (
    Indicator(
        code=IndicatorCode.MEMORANDUM_COVERAGE,
        name=N_("Memorandum coverage"),
        description=N_(
            "Share of districts and cities in which a memorandum of cooperation is in force on the last day of the "
            "period, or today if the period has not ended. A memorandum that expires within 90 days is still in force."
        ),
        numerator_text=N_("Districts and cities with at least one memorandum in force on that day"),
        denominator_text=N_("All districts and cities of the area; for one district the value is 0 or 100"),
        n_text=N_("districts"),
        limits_text=N_("It says that terms were signed, not that anything is done under them."),
        minimum_n=1,
    ),
    Indicator(
        code=IndicatorCode.MEMORANDUM_ALIVE,
        name=N_("Working memoranda"),
        description=N_(
            "Share of memoranda in force that work: a joint event was held under them in the last 90 days. "
            "The others are on paper only. Memoranda in force for less than 90 days are not judged yet."
        ),
        numerator_text=N_("Memoranda with a joint event held under them in the last 90 days"),
        denominator_text=N_("Memoranda in force for 90 days or more on the last day of the period"),
        n_text=N_("memoranda"),
        limits_text=N_("One event is enough, so it tells nothing about how much is done or how well."),
        minimum_n=1,
    ),
    Indicator(
        code=IndicatorCode.PLAN_EXECUTION,
        name=N_("Plan execution"),
        description=N_(
            "Share of the items of the joint yearly plan that were fulfilled. An item counts in the month for which it "
            "was planned, and is fulfilled when an event that names it was held, even if in another month."
        ),
        numerator_text=N_("Plan items of the months of the period that a held joint event names"),
        denominator_text=N_("Plan items of the months of the period, up to the current month"),
        n_text=N_("plan items"),
        limits_text=N_("A short plan is easily fulfilled; read it together with the reach of mahallas."),
        minimum_n=3,
    ),
    Indicator(
        code=IndicatorCode.MAHALLA_REACH,
        name=N_("Reach of mahallas"),
        description=N_("Share of the mahallas of the area in which at least one joint event was held in the period."),
        numerator_text=N_("Mahallas with at least one held joint event in the period"),
        denominator_text=N_("All mahallas of the area in the directory"),
        n_text=N_("mahallas"),
        limits_text=N_(
            "Events for a whole district name no mahalla and reach none here. One event in a year is enough."
        ),
        minimum_n=1,
    ),
    Indicator(
        code=IndicatorCode.REGULARITY,
        name=N_("Regularity of events"),
        description=N_(
            "In how many months of the period a joint event was held, as a mean over the mahallas that had any. "
            "One-off events give a low value, events in each month give 100."
        ),
        numerator_text=N_("Months with a held joint event, added up over the mahallas that had any in the period"),
        denominator_text=N_("Those mahallas times the months of the period, up to the current month"),
        n_text=N_("mahallas with an event"),
        limits_text=N_("Mahallas without any event are left out; the reach of mahallas shows them."),
        minimum_n=3,
        thresholds=(10.0, 20.0, 35.0, 50.0),
    ),
    Indicator(
        code=IndicatorCode.EVENTS_PER_10K,
        name=N_("Joint events per 10,000 inhabitants"),
        description=N_(
            "Held joint events per 10,000 inhabitants a year. Shorter and longer periods are brought to one year by "
            "the number of their months that have begun."
        ),
        numerator_text=N_("Held joint events of the period, times 12, divided by the months of the period begun"),
        denominator_text=N_(
            "Inhabitants by the newest figure of the last day of the period or before, else the oldest one known, "
            "in tens of thousands; districts without a figure are left out on both sides"
        ),
        n_text=N_("inhabitants"),
        limits_text=N_("It counts events, whatever their size and use. Counts are not effectiveness."),
        unit=Unit.NUMBER,
        minimum_n=1,
        goalposts=None,
        thresholds=(0.5, 1.0, 2.0, 4.0),
    ),
    Indicator(
        code=IndicatorCode.PARTICIPANTS,
        name=N_("Participants"),
        description=N_("People who took part in the held joint events of the period, added up over the events."),
        numerator_text=N_("Participants of all held joint events of the period"),
        denominator_text=N_("None: it is a sum"),
        n_text=N_("joint events"),
        limits_text=N_("Someone who came to two events is counted twice. Large areas have more participants."),
        unit=Unit.PEOPLE,
        minimum_n=1,
        goalposts=None,
        thresholds=(500.0, 1000.0, 2000.0, 5000.0),
    ),
    Indicator(
        code=IndicatorCode.EVALUATION_COVERAGE,
        name=N_("Events evaluated in time"),
        description=N_(
            "Share of held joint events that at least one of their NGOs evaluated within 14 days of the event. "
            "Events whose 14 days have not passed are not counted yet."
        ),
        numerator_text=N_("Such events with an evaluation sent within 14 days by an NGO that held the event"),
        denominator_text=N_("Held joint events of the period whose 14 days are over"),
        n_text=N_("joint events"),
        limits_text=N_("It says that NGOs were heard in time, not what they said."),
        minimum_n=5,
    ),
    Indicator(
        code=IndicatorCode.EVALUATION_SCORE,
        name=N_("Mark given by NGOs"),
        description=N_(
            "Mean of the marks from 1 to 5 that NGOs gave to joint events. All evaluations of an event make one mean, "
            "so that ten forms on one event weigh as one event. Areas with few events are drawn towards the mean of "
            "the nation: (n × mean + k × mean of the nation) / (n + k), where k is the variance within districts "
            "divided by the variance between them in the period, or 5 where it cannot be estimated."
        ),
        numerator_text=N_("Sum of the mean marks of the evaluated joint events of the period"),
        denominator_text=N_("Evaluated joint events of the period"),
        n_text=N_("evaluated events"),
        limits_text=N_(
            "It is an opinion of those who took part. Confidential evaluations enter later, only in batches of at "
            "least 5 evaluations by at least 3 NGOs of one district, and only where no direction is chosen and all "
            "months of the batch lie in the period; an event may then count once among the named ones and once in a "
            "batch."
        ),
        source=_SHRUNK,
        unit=Unit.POINTS,
        minimum_n=5,
        goalposts=(1.0, 5.0),
        thresholds=(3.0, 3.5, 4.0, 4.5),
    ),
    Indicator(
        code=IndicatorCode.WOULD_REPEAT,
        name=N_("Would hold it again"),
        description=N_("Share of the evaluations in which the NGO says that it would hold such an event again."),
        numerator_text=N_("Evaluations that answer yes"),
        denominator_text=N_("Evaluations that answer yes, no or not sure"),
        n_text=N_("evaluations"),
        limits_text=N_(
            "Two NGOs of one event count twice. Confidential evaluations enter later, only in batches of at least 5 "
            "evaluations by at least 3 NGOs of one district, and only where no direction is chosen and all months of "
            "the batch lie in the period."
        ),
        source=_OECD,
        minimum_n=5,
        thresholds=(50.0, 65.0, 80.0, 90.0),
    ),
    Indicator(
        code=IndicatorCode.RECOMMENDATIONS_CLOSED,
        name=N_("Recommendations closed in 60 days"),
        description=N_(
            "Share of the recommendations of NGOs that were carried out and confirmed by the NGO within 60 days. "
            "Only the confirmation of the NGO closes a recommendation. Newer ones are not counted yet."
        ),
        numerator_text=N_("Such recommendations closed by the NGO within 60 days of reaching the district"),
        denominator_text=N_("Recommendations that reached the district in the period, at least 60 days ago"),
        n_text=N_("recommendations"),
        limits_text=N_(
            "A recommendation declined with a good reason stays open here. One from a confidential evaluation counts "
            "from the day on which its batch is released, and only where no direction is chosen."
        ),
        minimum_n=3,
    ),
)

INDICATORS: Mapping[IndicatorCode, Indicator] = {indicator.code: indicator for indicator in _DECLARED}


def method_version(indicators: Mapping[IndicatorCode, Indicator], method: Method) -> str:
    """The first ten hexadecimal digits of the SHA-256 of the declarations: it changes whenever the method does."""
    declared = {"indicators": [asdict(indicator) for indicator in indicators.values()], "method": asdict(method)}
    return hashlib.sha256(json.dumps(declared, sort_keys=True).encode()).hexdigest()[:10]


METHOD_VERSION = method_version(INDICATORS, METHOD)
