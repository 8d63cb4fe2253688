"""Context for leaders from official statistics: never part of the index."""

from __future__ import annotations

from data.indicators.declaration import OFFICIAL, OUTSIDE_CONTEXT, Better, Indicator, IndicatorCode, Unit
from data.language import N_

CONTEXT = (
    Indicator(
        code=IndicatorCode.OFFENCES_PER_10K,
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
        source=OFFICIAL,
        unit=Unit.NUMBER,
        better=Better.NONE,
        goalposts=None,
        thresholds=(10.0, 20.0, 30.0, 40.0),
        outside_text=OUTSIDE_CONTEXT,
    ),
    Indicator(
        code=IndicatorCode.CRIME_FREE_MAHALLAS,
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
        source=OFFICIAL,
        better=Better.NONE,
        goalposts=None,
        outside_text=OUTSIDE_CONTEXT,
    ),
)
