"""Terms and plans: what was signed, and whether it is done."""

from __future__ import annotations

from data.effectiveness.index import Pillar
from data.indicators.computations import Interval, Ratio
from data.indicators.declaration import (
    Indicator,
    InIndex,
    Months,
    OfNgo,
    OnPanel,
    Panel,
    RecordKind,
    Records,
    SumsFrom,
)
from data.language import N_

MEMORANDUM_COVERAGE = Indicator(
    code="memorandum_coverage",
    name=N_("Memorandum coverage"),
    description=N_(
        "Share of districts and cities in which a memorandum of cooperation is in force on the last day of the "
        "period, or today if the period has not ended; of one district, the share of the days of the period with a "
        "memorandum in force. A memorandum that expires within 90 days is still in force."
    ),
    numerator_text=N_(
        "Districts and cities with at least one memorandum in force on that day; for one district, days with one"
    ),
    denominator_text=N_("All districts and cities of the area; for one district, the days of the period up to today"),
    n_text=N_("districts"),
    limits_text=N_("It says that terms were signed, not that anything is done under them."),
    minimum_n=1,
    computation=Ratio("covered", "coverable", n="districts", interval=Interval.NONE),
    months=Months.STATE,
    index=InIndex(Pillar.FOUNDATION),
    records=Records(RecordKind.MEMORANDA_IN_FORCE),
    shown=(OnPanel(Panel.OVERVIEW_TILES, 1),),
)

MEMORANDUM_ALIVE = Indicator(
    code="memorandum_alive",
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
    computation=Ratio("memoranda_alive", "memoranda_judged", interval=Interval.WILSON_ABOVE_DISTRICT),
    months=Months.STATE,
    index=InIndex(Pillar.FOUNDATION),
    records=Records(RecordKind.MEMORANDA_JUDGED),
    of_ngo=OfNgo(N_("Memoranda that the NGO is a party to."), minimum_n=1),
    shown=(OnPanel(Panel.OVERVIEW_TILES, 2),),
)

OBLIGATIONS_ON_TIME = Indicator(
    code="obligations_on_time",
    name=N_("Obligations fulfilled on time"),
    description=N_(
        "Share of the obligations of memoranda, of NGOs and of internal affairs bodies alike, that were "
        "fulfilled by the day on which they were due. An obligation fulfilled later counts as not on time."
    ),
    numerator_text=N_("Obligations due in the period and fulfilled on that day or before"),
    denominator_text=N_("Obligations of memoranda due in the period, up to today"),
    n_text=N_("obligations"),
    limits_text=N_("It says that a party reported its obligation as fulfilled, not how well it was fulfilled."),
    minimum_n=3,
    computation=Ratio("obligations_on_time", "obligations_due"),
    index=InIndex(Pillar.FOUNDATION),
    records=Records(RecordKind.OBLIGATIONS),
    of_ngo=OfNgo(N_("Obligations of the NGO’s side in memoranda that it is a party to."), minimum_n=3),
    sums_from=SumsFrom.REGISTERS,
    shown=(OnPanel(Panel.MEETING_TILES, 2),),
)

PLAN_EXECUTION = Indicator(
    code="plan_execution",
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
    computation=Ratio("plan_fulfilled", "plan_items"),
    index=InIndex(Pillar.SYSTEMATIC),
    records=Records(RecordKind.PLAN_ITEMS),
    of_ngo=OfNgo(N_("Plan items that the NGO is responsible for."), minimum_n=3),
    shown=(OnPanel(Panel.OVERVIEW_TILES, 3), OnPanel(Panel.OPENING_SLIDE, 1), OnPanel(Panel.MAP_SLIDES, 1)),
)
