"""Which sums each indicator is made of: the columns that :func:`queries.indicators.measures.measure` reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.indicators import IndicatorCode


@dataclass(frozen=True)
class Ratio:
    """The columns of sums that an indicator is made of; ``n`` is the denominator unless named."""

    numerator: str
    denominator: str
    n: str = ""


@dataclass(frozen=True)
class Pooled:
    """The columns of a value that is computed from single rows and not from sums, and of its interval if it has one."""

    value: str
    low: str = ""
    high: str = ""


RATIOS: Mapping[IndicatorCode, Ratio] = {
    IndicatorCode.MEMORANDUM_COVERAGE: Ratio("districts_covered", "districts"),
    IndicatorCode.MEMORANDUM_ALIVE: Ratio("memoranda_alive", "memoranda_judged"),
    IndicatorCode.OBLIGATIONS_ON_TIME: Ratio("obligations_on_time", "obligations_due"),
    IndicatorCode.PLAN_EXECUTION: Ratio("plan_fulfilled", "plan_items"),
    IndicatorCode.MAHALLA_REACH: Ratio("mahallas_reached", "mahallas"),
    IndicatorCode.REGULARITY: Ratio("mahalla_months", "mahalla_months_possible", n="mahallas_active"),
    IndicatorCode.EVENTS_PER_10K: Ratio("events_known", "inhabitants"),
    IndicatorCode.PARTICIPANTS: Ratio("participants_total", "events_held"),
    IndicatorCode.EVALUATION_COVERAGE: Ratio("events_evaluated_14d", "events_waited"),
    IndicatorCode.EVALUATION_SCORE: Ratio("event_mark_sum", "events_marked"),
    IndicatorCode.WOULD_REPEAT: Ratio("repeat_yes", "repeat_all"),
    IndicatorCode.REQUESTS_ON_TIME: Ratio("requests_on_time", "requests_due"),
    IndicatorCode.ANSWER_DAYS: Ratio("requests_answered", "requests_answered"),
    IndicatorCode.RECOMMENDATIONS_CLOSED: Ratio("recommendations_closed_60d", "recommendations"),
    IndicatorCode.DECISIONS_DONE: Ratio("decisions_on_time", "decisions_due"),
    IndicatorCode.NGOS_SUPPORTED: Ratio("partners_supported", "partners"),
    IndicatorCode.SUPPORT_GINI: Ratio("support_differences", "support_scaled", n="partners"),
    IndicatorCode.TRAINED: Ratio("trained", "members"),
    IndicatorCode.OFFENCES_PER_10K: Ratio("offences_a_year", "inhabitants_counted"),
    IndicatorCode.CRIME_FREE_MAHALLAS: Ratio("mahallas_crime_free", "mahallas_counted"),
}

# Made of registers, whose rows are read one by one: asked for only where they are shown.
REGISTER_CODES = frozenset(
    {
        IndicatorCode.OBLIGATIONS_ON_TIME,
        IndicatorCode.REQUESTS_ON_TIME,
        IndicatorCode.ANSWER_DAYS,
        IndicatorCode.DECISIONS_DONE,
        IndicatorCode.NGOS_SUPPORTED,
        IndicatorCode.SUPPORT_GINI,
        IndicatorCode.TRAINED,
        IndicatorCode.OFFENCES_PER_10K,
        IndicatorCode.CRIME_FREE_MAHALLAS,
    }
)
EVENT_CODES = tuple(code for code in RATIOS if code not in REGISTER_CODES)

POOLED: Mapping[IndicatorCode, Pooled] = {
    IndicatorCode.ANSWER_DAYS: Pooled("answer_days", "answer_days_low", "answer_days_high"),
    IndicatorCode.SUPPORT_GINI: Pooled("support_gini"),
}
