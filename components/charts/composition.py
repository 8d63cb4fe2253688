"""Joint events by direction, ratings by item and problems by frequency, as ordered bars."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.charts.bars import BarRow, bars
from components.charts.style import POINTS_DOMAIN
from components.shell.formatter import Formatter, is_missing
from data.codes import Direction, EvaluationItem, EventForm, Problem
from data.language import N_, Translator

RatedCodes = type[EvaluationItem] | type[Direction] | type[EventForm]


@dataclass(frozen=True)
class RatingTexts:
    """Column of the codes of a rating chart, its heading, and what ``n`` counts."""

    column: str
    heading: str
    counted: str


RATING_TEXTS: Mapping[RatedCodes, RatingTexts] = {
    EvaluationItem: RatingTexts("item_code", N_("Item"), N_("Ratings given")),
    Direction: RatingTexts("direction_code", N_("Direction"), N_("Joint events with a rating")),
    EventForm: RatingTexts("form_code", N_("Form of event"), N_("Joint events with a rating")),
}


def direction_bars(frame: pd.DataFrame, *, translate: Translator) -> str:
    """Held joint events by direction, most first. ``frame``: one row a direction: direction_code, events."""
    fmt = Formatter(translate)
    ordered = frame.sort_values("events", ascending=False)
    rows = [
        _count_row(translate(Direction(code).label), events, translate("Joint events"), fmt)
        for code, events in zip(ordered["direction_code"], ordered["events"], strict=True)
    ]
    return bars(rows, title=translate("Joint events by direction"))


_GROUPS = {
    "participants_total": N_("All participants"),
    "participants_young": N_("Young people"),
    "participants_women": N_("Women"),
    "participants_at_risk": N_("At risk"),
    "participants_victims": N_("Victims"),
}


def participant_bars(frame: pd.DataFrame, *, translate: Translator) -> str:
    """Participants of held joint events by group. ``frame``: that of ``participants_by_group``."""
    fmt = Formatter(translate)
    rows = [
        _count_row(translate(_GROUPS[code]), people, translate("Participants"), fmt)
        for code, people in zip(frame["group_code"], frame["participants"], strict=True)
    ]
    return bars(rows, title=translate("Participants by group"))


def problem_bars(frame: pd.DataFrame, *, translate: Translator) -> str:
    """Problems that NGOs met, most frequent first. ``frame``: one row a problem: problem_code, evaluations."""
    fmt = Formatter(translate)
    ordered = frame.sort_values("evaluations", ascending=False)
    rows = [
        _count_row(translate(Problem(code).label), evaluations, translate("Evaluations that name it"), fmt)
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
) -> str:
    """Mean ratings from 1 to 5 by item, direction or form of event, in their declared order.

    ``frame``: one row per code: item_code, direction_code or form_code; mean (NaN: not enough data), n (ratings, or
    events with a rating), interval_low, interval_high. ``highlighted`` is the code to highlight.
    """
    fmt, words = Formatter(translate), RATING_TEXTS[codes]
    by_code = {row[words.column]: row for row in frame.to_dict("records")}
    rows = [
        _mark_row(translate(code.label), by_code[code], words, fmt, is_highlighted=code == highlighted)
        for code in codes
        if code in by_code
    ]
    return bars(rows, title=title, domain=POINTS_DOMAIN)


def _count_row(label: str, count: int, counted: str, fmt: Formatter) -> BarRow:
    text = fmt.number(count)
    return BarRow(label, float(count), text, ((fmt.translate("Kind"), label), (counted, text)))


def _mark_row(
    label: str, row: Mapping[Hashable, Any], words: RatingTexts, fmt: Formatter, *, is_highlighted: bool
) -> BarRow:
    translate, mean = fmt.translate, row["mean"]
    number = fmt.number(0 if is_missing(row["n"]) else row["n"])
    missing, mark = is_missing(mean), fmt.rating(mean)
    interval = fmt.rating_interval(low=row.get("interval_low"), high=row.get("interval_high"))
    return BarRow(
        label,
        None if missing else float(mean),
        mark if missing else translate("{value} (n = {number})", value=mark, number=number),
        (
            (translate(words.heading), label),
            (translate("Mean rating"), mark),
            (translate("90% interval"), interval or "–"),
            (translate(words.counted), number),
        ),
        low=float(row["interval_low"]) if interval else None,
        high=float(row["interval_high"]) if interval else None,
        is_highlighted=is_highlighted,
    )
