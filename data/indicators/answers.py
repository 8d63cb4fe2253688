"""What comes back: answers, closed recommendations, decisions carried out."""

from __future__ import annotations

from data.effectiveness.index import Pillar
from data.indicators.computations import PooledMedian, Ratio
from data.indicators.declaration import (
    METHOD,
    Better,
    Indicator,
    InIndex,
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

REQUESTS_ON_TIME = Indicator(
    code="requests_on_time",
    name=N_("Information requests answered on time"),
    description=N_(
        "Share of the information requests between NGOs and internal affairs bodies, in both directions, that "
        "were answered by the day on which the answer was due. A request without an answer counts as not on "
        "time."
    ),
    numerator_text=N_("Requests due in the period and answered on that day or before"),
    denominator_text=N_("Information requests whose answer was due in the period, up to today"),
    n_text=N_("requests"),
    limits_text=N_("It says when an answer came, not whether it was of any use."),
    minimum_n=3,
    computation=Ratio("requests_on_time", "requests_due"),
    index=InIndex(Pillar.EXCHANGE),
    records=Records(RecordKind.REQUESTS),
    of_ngo=OfNgo(N_("Requests of internal affairs bodies to which the NGO owes the answer."), minimum_n=3),
    sums_from=SumsFrom.REGISTERS,
    has_directions=False,
)

ANSWER_DAYS = Indicator(
    code="answer_days",
    name=N_("Working days to an answer"),
    description=N_(
        "Median number of working days from an information request to its answer: half of the requests were "
        "answered faster. Requests without an answer are not in it."
    ),
    numerator_text=N_(
        "Working days from the request to the answer, Monday to Friday; the middle one of all requests is taken"
    ),
    denominator_text=N_("None: it is a median"),
    n_text=N_("answered requests"),
    limits_text=N_(
        "Requests that were never answered are left out; the share of requests answered on time counts them."
    ),
    minimum_n=3,
    computation=PooledMedian(
        "requests_answered", "requests_answered", value="answer_days", low="answer_days_low", high="answer_days_high"
    ),
    index=OutsideIndex(
        N_("Not part of the index: the share of requests answered on time stands for the answers there.")
    ),
    records=Records(RecordKind.REQUESTS, counted="information_request.answered_date IS NOT NULL"),
    unit=Unit.DAYS,
    better=Better.DOWN,
    thresholds=(3.0, 5.0, 10.0, 15.0),
    of_ngo=OfNgo(N_("Requests of internal affairs bodies that the NGO answered."), minimum_n=3),
    sums_from=SumsFrom.REGISTERS,
    has_directions=False,
    shown=(OnPanel(Panel.OTHER_UNITS_SLIDE, 2),),
)

RECOMMENDATIONS_CLOSED = Indicator(
    code="recommendations_closed",
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
        "from the day on which the district can see it, and only where no direction is chosen."
    ),
    minimum_n=3,
    computation=Ratio("recommendations_closed_60d", "recommendations"),
    waiting_days=METHOD.closing_days,
    index=InIndex(Pillar.FOLLOW_THROUGH),
    records=None,
    of_ngo=OfNgo(
        N_("Recommendations that the NGO made by name; to the NGO itself, its confidential ones too."),
        minimum_n=3,
    ),
    is_said_by_ngos=True,
    shown=(OnPanel(Panel.OVERVIEW_TILES, 6), OnPanel(Panel.OPENING_SLIDE, 4)),
)

DECISIONS_DONE = Indicator(
    code="decisions_done",
    name=N_("Decisions of meetings done on time"),
    description=N_(
        "Share of the decisions of coordination meetings that were carried out by their deadline. A decision "
        "carried out later counts as not on time."
    ),
    numerator_text=N_("Decisions due in the period and done on that day or before"),
    denominator_text=N_("Decisions of coordination meetings due in the period, up to today"),
    n_text=N_("decisions"),
    limits_text=N_("Easy decisions are easily done; read them in the minutes of the meeting."),
    minimum_n=3,
    computation=Ratio("decisions_on_time", "decisions_due"),
    index=InIndex(Pillar.FOLLOW_THROUGH),
    records=Records(RecordKind.DECISIONS),
    sums_from=SumsFrom.REGISTERS,
    has_directions=False,
    shown=(OnPanel(Panel.MEETING_TILES, 1), OnPanel(Panel.OPENING_SLIDE, 5)),
)
