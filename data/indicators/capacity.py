"""Means and skills: support and trainings."""

from __future__ import annotations

from data.effectiveness.index import Pillar
from data.indicators.computations import Gini, Interval, Ratio
from data.indicators.declaration import (
    GINI_SOURCE,
    Better,
    Indicator,
    InIndex,
    Months,
    OfNgo,
    OnPanel,
    OutsideIndex,
    Panel,
    RecordKind,
    Records,
    SumsFrom,
    Unit,
)
from data.language import N_

NGOS_SUPPORTED = Indicator(
    code="ngos_supported",
    name=N_("Partner NGOs with support"),
    description=N_(
        "Share of the partner NGOs of the area that were given any support in the 12 months up to the last day of "
        "the period, wherever in the area: a venue, transport, printed matter, equipment or a grant. Partner NGOs are "
        "those that held a joint event or had a memorandum in force in these months."
    ),
    numerator_text=N_("Partner NGOs that were given support at least once in these months"),
    denominator_text=N_("Partner NGOs of these months"),
    n_text=N_("partner NGOs"),
    limits_text=N_("One small support is enough; how evenly support is shared out is another indicator."),
    minimum_n=3,
    computation=Ratio("partners_supported", "partners", interval=Interval.NONE),
    months=Months.YEAR,
    index=InIndex(Pillar.CAPACITY),
    records=Records(RecordKind.SUPPORT, amount="support.amount_uzs", amount_text=N_("Amount, soʻm")),
    sums_from=SumsFrom.REGISTERS,
    has_directions=False,
)

SUPPORT_GINI = Indicator(
    code="support_gini",
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
    computation=Gini(
        "support_differences",
        "support_scaled",
        n="partners",
        value="support_gini",
        low="support_gini_low",
        high="support_gini_high",
    ),
    months=Months.YEAR,
    index=OutsideIndex(
        N_("Not part of the index: it is about money, and NGOs of different size differ in what they need.")
    ),
    records=Records(
        RecordKind.SUPPORT,
        counted="support.amount_uzs IS NOT NULL",
        amount="support.amount_uzs",
        amount_text=N_("Amount, soʻm"),
    ),
    source=GINI_SOURCE,
    unit=Unit.NUMBER,
    better=Better.DOWN,
    thresholds=(0.2, 0.3, 0.4, 0.6),
    sums_from=SumsFrom.REGISTERS,
    has_directions=False,
    shown=(OnPanel(Panel.OTHER_UNITS_SLIDE, 5),),
)

TRAINED = Indicator(
    code="trained",
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
    computation=Ratio("trained", "members", interval=Interval.NONE),
    months=Months.YEAR,
    index=InIndex(Pillar.CAPACITY),
    records=Records(RecordKind.TRAININGS),
    of_ngo=OfNgo(
        N_("Yes or no: whether somebody of the NGO took part in a training in these months."),
        minimum_n=1,
        is_compared=False,
        is_yes_or_no=True,
    ),
    sums_from=SumsFrom.REGISTERS,
    has_directions=False,
)
