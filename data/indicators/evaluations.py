"""What NGOs say of joint events."""

from __future__ import annotations

from data.effectiveness.index import Pillar
from data.indicators.computations import Ratio, ShrunkMean
from data.indicators.declaration import (
    METHOD,
    OECD,
    SHRUNK,
    Indicator,
    InIndex,
    OfNgo,
    OnPanel,
    Panel,
    RecordKind,
    Records,
    Unit,
)
from data.language import N_

EVALUATION_COVERAGE = Indicator(
    code="evaluation_coverage",
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
    computation=Ratio("events_evaluated_14d", "events_waited"),
    waiting_days=METHOD.evaluation_days,
    index=InIndex(Pillar.FEEDBACK, order=1),
    records=Records(RecordKind.EVENTS_WAITED),
    of_ngo=OfNgo(N_("Joint events that the NGO held, and its own evaluations of them."), minimum_n=5),
    shown=(OnPanel(Panel.EVALUATION_TILES, 3),),
)

EVALUATION_SCORE = Indicator(
    code="evaluation_score",
    name=N_("Average NGO rating"),
    description=N_(
        "Mean of the ratings from 1 to 5 that NGOs gave to joint events. All evaluations of an event make one mean, "
        "so that ten forms on one event weigh as one event. Areas with few events are drawn towards the mean of "
        "the nation: (n × (mean − leniency) + k × mean of the nation) / (n + k), where leniency is how much more the "
        "NGOs that judged there give elsewhere, and k the variance within districts divided by the variance between "
        "them in the period. Where districts do not differ more than by chance, all have the mean of the nation."
    ),
    numerator_text=N_("Sum of the mean ratings of the evaluated joint events of the period"),
    denominator_text=N_(
        "Ratings of joint events of the period: one of an event for all that was said of it by name, and one for what "
        "was said of it in a batch of confidential evaluations"
    ),
    n_text=N_("ratings of events"),
    limits_text=N_(
        "It is an opinion of those who took part. Confidential evaluations enter later, only in batches of at "
        "least 5 evaluations by at least 3 NGOs of one district, and only where no direction is chosen and all "
        "months of the batch lie in the period; an event may then count once among the named ones and once in a "
        "batch."
    ),
    source=SHRUNK,
    unit=Unit.POINTS,
    minimum_n=5,
    computation=ShrunkMean("event_mark_sum", "events_marked", squares="event_mark_square_sum", scale=(1.0, 5.0)),
    index=InIndex(Pillar.FEEDBACK, goalposts=(1.0, 5.0)),
    records=None,
    thresholds=(3.0, 3.5, 4.0, 4.5),
    of_ngo=OfNgo(
        N_("The plain mean of the ratings that the NGO gave by name; to the NGO itself, its confidential ones too."),
        minimum_n=5,
    ),
    rests_on_response=True,
    is_said_by_ngos=True,
    shown=(
        OnPanel(Panel.OVERVIEW_TILES, 5),
        OnPanel(Panel.EVALUATION_TILES, 1),
        OnPanel(Panel.OPENING_SLIDE, 2),
        OnPanel(Panel.OTHER_UNITS_SLIDE, 1),
        OnPanel(Panel.MAP_SLIDES, 2),
    ),
)

WOULD_REPEAT = Indicator(
    code="would_repeat",
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
    source=OECD,
    minimum_n=5,
    computation=Ratio("repeat_yes", "repeat_all"),
    index=InIndex(Pillar.FEEDBACK),
    records=None,
    thresholds=(50.0, 65.0, 80.0, 90.0),
    of_ngo=OfNgo(
        N_("What the NGO answered by name; to the NGO itself, in its confidential evaluations too."), minimum_n=5
    ),
    rests_on_response=True,
    is_said_by_ngos=True,
    shown=(OnPanel(Panel.MEETING_TILES, 3), OnPanel(Panel.EVALUATION_TILES, 2)),
)
