"""Joint events: where, how often, how many."""

from __future__ import annotations

from data.effectiveness.index import Pillar
from data.indicators.computations import Interval, Rate, Ratio, Sum
from data.indicators.declaration import (
    OUTSIDE_COUNT,
    Indicator,
    InIndex,
    Months,
    OfNgo,
    OnPanel,
    OutsideIndex,
    Panel,
    RecordKind,
    Records,
    Unit,
)
from data.language import N_

MAHALLA_REACH = Indicator(
    code="mahalla_reach",
    name=N_("Reach of mahallas"),
    description=N_(
        "Share of the mahallas of the area in which at least one joint event was held in the 12 months up to the end "
        "of the period, whatever the length of the period."
    ),
    numerator_text=N_("Mahallas with at least one held joint event in these 12 months"),
    denominator_text=N_("All mahallas of the area in the directory"),
    n_text=N_("mahallas"),
    limits_text=N_("Events for a whole district name no mahalla and reach none here. One event in a year is enough."),
    minimum_n=1,
    computation=Ratio("mahallas_reached", "mahallas"),
    months=Months.YEAR,
    index=InIndex(Pillar.SYSTEMATIC),
    records=Records(RecordKind.MAHALLAS),
    shown=(OnPanel(Panel.OVERVIEW_TILES, 4), OnPanel(Panel.OPENING_SLIDE, 3)),
)

REGULARITY = Indicator(
    code="regularity",
    name=N_("Regularity of events"),
    description=N_(
        "In how many of the 12 months up to the end of the period a joint event was held, whatever the length of the "
        "period, as a mean over the mahallas that had any. One-off events give a low value, events in each month give "
        "100."
    ),
    numerator_text=N_("Months with a held joint event, added up over the mahallas that had any in these 12 months"),
    denominator_text=N_("Those mahallas times 12 months"),
    n_text=N_("mahallas with an event"),
    limits_text=N_("Mahallas without any event are left out; the reach of mahallas shows them."),
    minimum_n=3,
    computation=Ratio(
        "mahalla_months",
        "mahalla_months_possible",
        n="mahallas_active",
        interval=Interval.CLUSTER,
        squares="mahalla_months_square",
    ),
    months=Months.YEAR,
    index=InIndex(Pillar.SYSTEMATIC),
    records=Records(RecordKind.MAHALLAS_REACHED),
    thresholds=(10.0, 20.0, 35.0, 50.0),
)

EVENTS_PER_10K = Indicator(
    code="events_per_10k",
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
    computation=Rate("events_known", "inhabitants", is_yearly=False),
    index=OutsideIndex(OUTSIDE_COUNT),
    records=Records(RecordKind.EVENTS),
    thresholds=(0.5, 1.0, 2.0, 4.0),
    shown=(OnPanel(Panel.OTHER_UNITS_SLIDE, 3),),
)

PARTICIPANTS = Indicator(
    code="participants",
    name=N_("Participants"),
    description=N_("People who took part in the held joint events of the period, added up over the events."),
    numerator_text=N_("Participants of all held joint events of the period"),
    denominator_text=N_("None: it is a sum"),
    n_text=N_("joint events"),
    limits_text=N_("Someone who came to two events is counted twice. Large areas have more participants."),
    unit=Unit.PEOPLE,
    minimum_n=1,
    computation=Sum("participants_total", "events_held"),
    index=OutsideIndex(OUTSIDE_COUNT),
    records=Records(RecordKind.EVENTS, amount="joint_event.participants_total", amount_text=N_("Participants")),
    thresholds=(500.0, 1000.0, 2000.0, 5000.0),
    of_ngo=OfNgo(N_("Joint events that the NGO held, alone or with others."), minimum_n=1, is_compared=False),
    shown=(OnPanel(Panel.OTHER_UNITS_SLIDE, 4),),
)
