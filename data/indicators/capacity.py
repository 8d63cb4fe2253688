"""Means and skills: support and trainings."""

from __future__ import annotations

from data.indicators.declaration import GINI, Better, Indicator, IndicatorCode, OfNgo, Unit
from data.language import N_

CAPACITY = (
    Indicator(
        code=IndicatorCode.NGOS_SUPPORTED,
        name=N_("Partner NGOs with support"),
        description=N_(
            "Share of the partner NGOs that were given any support in the 12 months up to the last day of the "
            "period: a venue, transport, printed matter, equipment or a grant. Partner NGOs are those that held a "
            "joint event or had a memorandum in force in these months."
        ),
        numerator_text=N_("Partner NGOs that were given support at least once in these months"),
        denominator_text=N_("Partner NGOs of these months"),
        n_text=N_("partner NGOs"),
        limits_text=N_("One small support is enough; how evenly support is shared out is another indicator."),
        minimum_n=3,
    ),
    Indicator(
        code=IndicatorCode.SUPPORT_GINI,
        name=N_("Unevenness of support"),
        description=N_(
            "How unevenly support with an amount in soʻm is spread over the partner NGOs of the 12 months up to "
            "the last day of the period, as a Gini coefficient: 0 when all were given the same, close to 1 when "
            "one was given everything. Partner NGOs without support count with nothing."
        ),
        numerator_text=N_("Sum of the differences in soʻm between all pairs of partner NGOs"),
        denominator_text=N_("Number of partner NGOs times the support given to all of them, in soʻm"),
        n_text=N_("partner NGOs"),
        limits_text=N_(
            "Support without an amount, such as a venue, is not in it. NGOs of different size may rightly be "
            "given different support."
        ),
        minimum_n=5,
        source=GINI,
        unit=Unit.NUMBER,
        better=Better.DOWN,
        goalposts=None,
        thresholds=(0.2, 0.3, 0.4, 0.6),
        outside_text=N_(
            "Not part of the index: it is about money, and NGOs of different size differ in what they need."
        ),
    ),
    Indicator(
        code=IndicatorCode.TRAINED,
        name=N_("Posts and NGOs trained"),
        description=N_(
            "Share of the inspectors’ posts and of the NGOs of the area from which somebody took part in a "
            "training on cooperation in the 12 months up to the last day of the period."
        ),
        numerator_text=N_("Inspectors’ posts and active NGOs with at least one training in these months"),
        denominator_text=N_("All inspectors’ posts and active NGOs of the area in the directory"),
        n_text=N_("posts and NGOs"),
        limits_text=N_("It says that somebody was there, not what was learned."),
        minimum_n=3,
        of_ngo=OfNgo(
            N_("Yes or no: whether somebody of the NGO took part in a training in these months."), minimum_n=1
        ),
    ),
)
