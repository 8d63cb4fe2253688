"""Declaration of the frames of a pack: their names, columns, and the kind of value in each column.

Finalising and reading back convert the columns by the declaration, so that a frame read back equals the one that was
stored. Frames have codes, numbers, dates and what people wrote, no texts of the product, so a pack can be shown in any
language. ``area_code`` is a SOATO code, "" for the nation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import pandas as pd

from data.codes import AgendaItem
from data.directory import name_column
from data.language import Language
from queries.meetings.packs.columns import FrameColumn, converted, count, day, flag, number, text

_AREA = text("area_code", 'SOATO code, "" for the nation')
_DISTRICT = text("district_soato", "SOATO code of the district")
_INDICATOR = text("indicator_code", "of an indicator")
_VALUE = number("value", "in the indicator's own unit, percent from 0 to 100; missing without enough data")
_ENOUGH = flag("is_enough", "whether there is enough data for a value")
_WHEN = text("when", "a When")
_VERDICT = text("verdict_code", "a Verdict on the area beside all others of its level; missing in old packs")
_STRICTER_LIMITS = tuple(
    number(f"interval_{end}_{suffix}", f"{name} end of the {share} % interval; missing where there is none")
    for suffix, share in (("95", "95"), ("998", "99.8"))
    for end, name in (("low", "lower"), ("high", "upper"))
)

FRAMES: Mapping[str, tuple[FrameColumn, ...]] = {
    "areas": (
        _AREA,
        text("level", "an AreaLevel"),
        text("region_soato", "the region that it lies in or is; missing for the nation"),
        *(text(name_column(language), f"name in {language.own_name}") for language in Language),
    ),
    "values": (
        *(_INDICATOR, _AREA, _WHEN),
        number("numerator", "what the value counts"),
        number("denominator", "what it is counted of; missing where it is no ratio"),
        number("n", "what the minimum of the indicator is compared with"),
        _VALUE,
        number("interval_low", "lower end of the 90 % interval; missing where there is none"),
        number("interval_high", "upper end of the 90 % interval; missing where there is none"),
        _ENOUGH,
    ),
    "comparisons": (
        *(_AREA, _INDICATOR),
        *_STRICTER_LIMITS,
        number("rest_value", "value of all other areas of its level together; missing where it is not compared"),
        _VERDICT,
        number("value_before", "value in the same months of the year before; missing without enough data"),
        number("change", "value now less that of the year before"),
        text("change_code", "a Change"),
    ),
    "trend": (
        day("month", "first day of the month, or of the quarter"),
        count("months", "1 for a month, 3 for a quarter"),
        *(_INDICATOR, _VALUE),
        number("n", "what the minimum of the indicator is compared with"),
        number("centre", "centre line of the process chart; missing without limits"),
        number("limit_low", "lower limit of usual ups and downs; missing where the point takes no part in them"),
        number("limit_high", "upper limit of usual ups and downs; missing where the point takes no part in them"),
        text("chart_code", "a ChartKind"),
        text("signal_code", "a Signal"),
        flag("is_finished", "whether the month or quarter is over, so that it takes part in limits and rules"),
    ),
    "targets": (
        _INDICATOR,
        number("value", "the target, in the indicator's own unit"),
        text("set_by_area_code", 'SOATO code of the area that set it, "" for the nation'),
    ),
    "memoranda": (
        count("memorandum_id", "key of the memorandum"),
        text("number", "number of the memorandum"),
        text("title", "title of the memorandum"),
        _DISTRICT,
        text("ngo_names", 'names of its NGOs, joined by "; "'),
        text("status_code", "a MemorandumStatus"),
        day("signed_date", "day of signing; missing: not signed"),
        day("start_date", "day from which it is in force; missing: not settled"),
        day("expiry_date", "last day, as last amended; missing: open-ended"),
        count("days_left", "days to the expiry; missing unless in force with an expiry"),
        flag("is_on_paper", "whether it lives on paper only"),
    ),
    "statuses": (_DISTRICT, text("status_code", "the MemorandumStatus of the district: the best of its memoranda")),
    "plan": (
        day("month", "first day of the month"),
        count("planned", "plan items"),
        count("fulfilled", "of them fulfilled by a held event"),
    ),
    "events": (
        text("direction_code", "a Direction"),
        count("held", "joint events that were held"),
        count("cancelled", "joint events that were cancelled"),
        count("participants", "people at the held ones"),
    ),
    "marks": (
        text("item_code", "an EvaluationItem"),
        number("mean", "mean rating, 1 to 5; missing without enough data"),
        number("interval_low", "lower end of the 90 % interval"),
        number("interval_high", "upper end of the 90 % interval"),
        count("n", "forms with a rating"),
        flag("has_enough", "whether there is enough data for a mean"),
        text("verdict_code", "a Verdict on the item beside all others; missing in old packs"),
    ),
    "voices": (
        day("event_date", "day of the event"),
        text("event_title", "title of the event"),
        text("ngo_name", "name of the NGO"),
        text("comment", "what it wrote by name"),
        count("total", "comments by name in the period, the same in each row: the frame holds the newest ones"),
    ),
    "problems": (
        text("problem_code", "a Problem"),
        count("evaluations", "evaluations that name it"),
        count("n", "evaluations counted, the same in each row"),
    ),
    "recommendations": (
        text("public_id", "public key of the recommendation"),
        _DISTRICT,
        day("event_date", "day of the event; missing where confidential"),
        text("ngo_name", "name of the NGO; missing where the author of the pack may not know it"),
        text("text", "what is recommended"),
        text("state_code", "a RecommendationState"),
        day("due_date", "deadline; missing: none was set"),
        flag("is_overdue", "whether the district is late with its answer or with what it promised"),
        count("days_overdue", "days since it should have been answered or done; missing unless overdue"),
        text("answer", "answer of the district; empty: none yet"),
    ),
    "recommendation_counts": (
        text("state_code", "a RecommendationState"),
        count("count", "recommendations in that state"),
        count("overdue", "of them overdue"),
        count("answered", "of them with an answer"),
        count("longest_days", "days since the first overdue one should have been answered or done; missing: none is"),
    ),
    "attention": (
        text("kind_code", "an AttentionKind"),
        count("count", "things of that kind that need attention"),
        flag("is_more", "whether counting stopped there and there are more"),
    ),
    "decisions": (
        text("public_id", "public key of the decision"),
        text("meeting_number", "number of the meeting"),
        day("meeting_date", "day of the meeting"),
        count("number", "number of the decision in its meeting"),
        text("text", "what was decided"),
        text("owner", "who is responsible"),
        day("due_date", "deadline"),
        day("done_date", "when it was done; missing: not yet"),
        text("state_code", "a DecisionState"),
        text("evidence", "evidence that it was done"),
        text("cause_kind_code", "a DecisionCauseKind of what it came of; missing: nothing"),
        text("cause_reference", "code or key of what it came of"),
        text("cause_title", "number and title of what it came of; empty for an indicator and for what is gone"),
        number("cause_then", "value of the indicator it came of at that meeting; missing for other causes"),
        number("cause_now", "value of the indicator it came of in this pack; missing for other causes"),
    ),
    "proposals": (
        text("kind_code", 'an AttentionKind, or "indicator"'),
        text("reference", "code or key of the thing"),
        text("district_soato", "SOATO code of the district; missing for an indicator of a wider area"),
        text("number", "number of the memorandum, event or decision; missing: none"),
        text("title", "title or text of the thing; missing for an indicator"),
        day("due_date", "deadline or expiry; missing for an indicator"),
        count("days", "days overdue, or left to an expiry; missing for an indicator"),
        number("value", "value of the indicator; missing for a thing"),
        number("compared", "value that it falls short of; missing for a thing"),
        text("basis", "what it is compared with: a ProposalBasis"),
    ),
    "index": (
        *(_AREA, _WHEN),
        number("index_value", "index, 0 to 100; missing without an index"),
        number("index_low", "lower end of its 90 % interval; missing but for now"),
        number("index_high", "upper end of its 90 % interval; missing but for now"),
        text("tier_code", "a Tier among areas of its level; missing but for now, and for the nation"),
        number("median_rank", "median place among areas of its level; missing but for now, and for the nation"),
        number("rank_low", "best place of the 90 % interval"),
        number("rank_high", "worst place of the 90 % interval"),
        number(
            "change", "points since the same months of the year before, over pillars known in both; the area itself"
        ),
        number("change_low", "lower end of the 90 % interval of the change"),
        number("change_high", "upper end of the 90 % interval of the change"),
    ),
    "pillars": (
        *(_AREA, _WHEN),
        text("pillar_code", "a Pillar"),
        number("value", "score of the pillar, 0 to 100; missing without data"),
    ),
    "movers": (
        text("area_code", "SOATO code of a district whose index rose by more than chance"),
        number("index_before", "index in the same months of the year before, over the pillars known in both periods"),
        number("index_now", "index in the period, over the same pillars"),
        number("change", "points by which it rose"),
        number(
            "p", "probability of such a change by chance, adjusted for the number of districts; missing: not tested"
        ),
        count("compared", "districts that were compared, the same in each row"),
        count("risen", "of them those whose index rose by more than chance: the frame holds the largest rises"),
    ),
    "help": (
        _DISTRICT,
        text("reason_code", "a HelpReason"),
        number("figure", "the index for a lower tier, memoranda on paper, things overdue, or memoranda in force (0)"),
    ),
    "map_values": (
        *(_DISTRICT, _INDICATOR, _VALUE, _ENOUGH),
        number("n", "what the minimum of the indicator is compared with"),
        number("interval_low", "lower end of the 90 % interval; missing where there is none"),
        number("interval_high", "upper end of the 90 % interval; missing where there is none"),
        *_STRICTER_LIMITS,
        _VERDICT,
    ),
}

# What every pack holds, whatever is on its agenda: the next pack is compared with it, and decisions come of it.
_ALWAYS = (
    "areas",
    "values",
    "comparisons",
    "trend",
    "targets",
    "attention",
    "decisions",
    "proposals",
    "index",
    "pillars",
)
_OF_ITEM: Mapping[AgendaItem, tuple[str, ...]] = {
    AgendaItem.LAST_DECISIONS: (),
    AgendaItem.MEMORANDA: ("memoranda", "statuses"),
    AgendaItem.INDICATORS: (),
    AgendaItem.MAP: ("map_values", "statuses"),
    AgendaItem.TIERS: (),
    AgendaItem.MOVERS: ("movers",),
    AgendaItem.HELP: ("help",),
    AgendaItem.PLAN: ("plan",),
    AgendaItem.EVENTS: ("events",),
    AgendaItem.RATINGS: ("marks",),
    AgendaItem.COMMENTS: ("voices",),
    AgendaItem.PROBLEMS: ("problems",),
    AgendaItem.RECOMMENDATIONS: ("recommendations", "recommendation_counts"),
    AgendaItem.PROPOSALS: (),
}


def frames_for(agenda: Iterable[AgendaItem]) -> frozenset[str]:
    """Return the names of the frames that a pack with this agenda fills; the others stay empty."""
    return frozenset(_ALWAYS).union(*(_OF_ITEM[item] for item in agenda))


def typed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the declared columns of the frame ``name``, in their order and types, numbered from 0.

    A missing column is filled with missing values; missing texts are None, numbers that are not finite are missing.
    Raises KeyError for a name that is not declared.
    """
    return _typed(name, frame) if len(frame) else empty_frame(name)


def empty_frame(name: str) -> pd.DataFrame:
    """Return the frame ``name`` without rows."""
    return _without_rows(name).copy(deep=False)


@cache
def _without_rows(name: str) -> pd.DataFrame:
    return _typed(name, pd.DataFrame())


def _typed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    columns = {
        column.name: converted(frame.get(column.name), column.kind, length=len(frame)) for column in FRAMES[name]
    }
    return pd.DataFrame(columns)
