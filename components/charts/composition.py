"""Joint events by direction, ratings by item and problems by frequency, as ordered bars."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import pandas as pd

from components.charts.bars import BarRow, bars
from components.charts.style import POINTS_DOMAIN
from components.indicators.verdict_texts import items_words, verdict_of, verdict_tone
from components.shell.formatter import Formatter, is_missing
from data.codes import Direction, EvaluationItem, EventForm, Problem
from data.language import N_, Translator

RatedCodes = type[EvaluationItem] | type[Direction] | type[EventForm]


@dataclass(frozen=True)
class RatingTexts:
    """Column of the codes of a rating chart, its heading, what ``n`` counts, and the columns of forms and of events."""

    column: str
    heading: str
    counted: str
    forms: str
    events: str = "events"


RATING_TEXTS: Mapping[RatedCodes, RatingTexts] = {
    EvaluationItem: RatingTexts("item_code", N_("Item"), N_("Ratings given"), forms="n"),
    Direction: RatingTexts("direction_code", N_("Direction"), N_("Joint events with a rating"), forms="evaluations"),
    EventForm: RatingTexts("form_code", N_("Form of event"), N_("Joint events with a rating"), forms="evaluations"),
}


def direction_bars(
    frame: pd.DataFrame, *, translate: Translator, addresses: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Held joint events by direction, most first. ``frame``: one row a direction: direction_code, events.

    ``addresses``: where the bar of a code leads to.
    """
    fmt = Formatter(translate)
    ordered = frame.sort_values("events", ascending=False)
    rows = [
        replace(
            _count_row(translate(Direction(code).label), events, translate("Joint events"), fmt),
            address=addresses.get(code, "") if events else "",
        )
        for code, events in zip(ordered["direction_code"], ordered["events"], strict=True)
    ]
    return bars(rows, title=translate("Joint events by direction"))


ALL_PARTICIPANTS = "participants_total"
PARTICIPANT_GROUPS = {
    ALL_PARTICIPANTS: N_("All participants"),
    "participants_young": N_("Young people"),
    "participants_women": N_("Women"),
    "participants_at_risk": N_("At risk"),
    "participants_victims": N_("Victims"),
}


def participant_bars(
    frame: pd.DataFrame, *, translate: Translator, addresses: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Participants of held joint events by group. ``frame``: that of ``participants_by_group``.

    ``addresses``: where the bar of a group leads to.
    """
    fmt = Formatter(translate)
    rows = [
        replace(
            _count_row(translate(PARTICIPANT_GROUPS[code]), people, translate("Participants"), fmt),
            address=addresses.get(code, "") if people else "",
        )
        for code, people in zip(frame["group_code"], frame["participants"], strict=True)
    ]
    return bars(rows, title=translate("Participants by group"))


def problem_bars(
    frame: pd.DataFrame, *, translate: Translator, addresses: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Problems that NGOs met, most frequent first. ``frame``: one row a problem: problem_code, evaluations.

    ``addresses``: where the bar of a code leads to.
    """
    fmt = Formatter(translate)
    ordered = frame.sort_values("evaluations", ascending=False)
    rows = [
        replace(
            _count_row(translate(Problem(code).label), evaluations, translate("Evaluations that name it"), fmt),
            address=addresses.get(code, ""),
        )
        for code, evaluations in zip(ordered["problem_code"], ordered["evaluations"], strict=True)
    ]
    return bars(rows, title=translate("Problems met"))


def rating_bars(
    frame: pd.DataFrame,
    *,
    title: str,
    translate: Translator,
    codes: RatedCodes = EvaluationItem,
    highlighted: str = "",
    addresses: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Mean ratings from 1 to 5 by item, direction or form of event, in their declared order.

    ``frame`` is one of :mod:`queries.evaluations.ratings`, of items with ``verdict_code`` where they are compared.
    ``highlighted`` is the code to highlight, ``addresses``: where the bar of a code leads to.
    """
    fmt, words = Formatter(translate), RATING_TEXTS[codes]
    by_code = {row[words.column]: row for row in frame.to_dict("records")}
    rows = [
        replace(
            _mark_row(translate(code.label), by_code[code], words, fmt),
            is_highlighted=code == highlighted,
            address=addresses.get(code.value, ""),
        )
        for code in codes
        if code in by_code
    ]
    return bars(rows, title=title, domain=POINTS_DOMAIN)


def _count_row(label: str, count: int, counted: str, fmt: Formatter) -> BarRow:
    text = fmt.number(count)
    return BarRow(label, float(count), text, ((fmt.translate("Kind"), label), (counted, text)))


def _mark_row(label: str, row: Mapping[Hashable, Any], words: RatingTexts, fmt: Formatter) -> BarRow:
    translate, mean = fmt.translate, row["mean"]
    missing, mark = is_missing(mean), fmt.rating(mean)
    forms, events = (fmt.number(row[name]) for name in (words.forms, words.events))
    interval = fmt.rating_interval(low=row.get("interval_low"), high=row.get("interval_high"))
    verdict = verdict_of(row.get("verdict_code"))
    counted = {"value": mark, "forms": forms, "events": events}
    if words.forms == "n":
        text = translate("{value} (ratings: {forms}, joint events: {events})", **counted)
    else:
        text = translate("{value} (evaluations: {forms}, joint events: {events})", **counted)
    return BarRow(
        label,
        None if missing else float(mean),
        mark if missing else text,
        (
            (translate(words.heading), label),
            (translate("Mean rating"), mark),
            (translate("90% interval"), interval or "–"),
            (translate(words.counted), fmt.number(row["n"])),
            (translate("Joint events, each once"), events),
        ),
        low=float(row["interval_low"]) if interval else None,
        high=float(row["interval_high"]) if interval else None,
        verdict="" if missing else items_words(verdict, translate),
        tone=verdict_tone(verdict),
    )
