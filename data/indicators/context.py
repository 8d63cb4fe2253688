"""Context for leaders from official statistics: never part of the index."""

from __future__ import annotations

from data.indicators.computations import Interval, Rate, Ratio
from data.indicators.declaration import (
    OFFICIAL,
    OUTSIDE_CONTEXT,
    Better,
    Indicator,
    OutsideIndex,
    RecordKind,
    Records,
    SumsFrom,
    Unit,
)
from data.language import N_

OFFENCES_PER_10K = Indicator(
    code="offences_per_10k",
    name=N_("Registered offences per 10,000 inhabitants"),
    description=N_(
        "Registered offences per 10,000 inhabitants a year, from official statistics, as context. Shorter and "
        "longer periods are brought to one year by the number of months with a figure."
    ),
    numerator_text=N_(
        "Registered offences of the months of the period that have a figure, times 12, divided by the number "
        "of these months"
    ),
    denominator_text=N_(
        "Inhabitants by the newest figure of the last day of the period or before, else the oldest one known, "
        "in tens of thousands; districts without a figure are left out on both sides"
    ),
    n_text=N_("inhabitants"),
    limits_text=N_(
        "Context only: it is never part of the index and never credited to an NGO. More registered offences "
        "may also mean that more are reported."
    ),
    minimum_n=1,
    computation=Rate("offences_a_year", "inhabitants_counted", is_yearly=True, counted="offences_counted"),
    index=OutsideIndex(OUTSIDE_CONTEXT),
    records=Records(RecordKind.OFFENCES, amount="offence_month.offences", amount_text=N_("Offences")),
    source=OFFICIAL,
    unit=Unit.NUMBER,
    better=Better.NONE,
    thresholds=(10.0, 20.0, 30.0, 40.0),
    sums_from=SumsFrom.REGISTERS,
    has_directions=False,
)

CRIME_FREE_MAHALLAS = Indicator(
    code="crime_free_mahallas",
    name=N_("Mahallas without an offence"),
    description=N_(
        "Share of the mahallas in which no offence was registered in a month, as a mean over the months of "
        "the period, from official statistics, as context."
    ),
    numerator_text=N_(
        "Mahallas without a registered offence, added up over the months of the period that have a figure"
    ),
    denominator_text=N_("Mahallas of the area in the directory, times these months"),
    n_text=N_("mahallas"),
    limits_text=N_(
        "Context only: it is never part of the index and never credited to an NGO. Small mahallas are without "
        "an offence more often."
    ),
    minimum_n=1,
    computation=Ratio("mahallas_crime_free", "mahallas_counted", interval=Interval.NONE),
    index=OutsideIndex(OUTSIDE_CONTEXT),
    records=Records(
        RecordKind.CRIME_FREE_MAHALLAS, amount="offence_month.mahallas_crime_free", amount_text=N_("Mahallas")
    ),
    source=OFFICIAL,
    better=Better.NONE,
    sums_from=SumsFrom.REGISTERS,
    has_directions=False,
)
