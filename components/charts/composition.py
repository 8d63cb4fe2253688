"""What events were about, how they were marked and what went wrong: counts and marks by code, as ordered bars."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from components.charts.bars import BarRow, bar_chart
from components.charts.style import POINTS_DOMAIN
from components.format import Formatter, is_missing
from data.codes import Direction, EvaluationItem, EventForm, Problem
from data.language import N_, Translator

MarkedCodes = type[EvaluationItem] | type[Direction] | type[EventForm]


@dataclass(frozen=True)
class MarkWords:
    """What marks are shown by: the column of its codes, its heading, and what the number behind a mark counts."""

    column: str
    heading: str
    counted: str


MARK_WORDS: Mapping[MarkedCodes, MarkWords] = {
    EvaluationItem: MarkWords("item_code", N_("Item"), N_("Marks given")),
    Direction: MarkWords("direction_code", N_("Direction"), N_("Joint events with a mark")),
    EventForm: MarkWords("form_code", N_("Form of event"), N_("Joint events with a mark")),
}


def direction_chart(frame: pd.DataFrame, *, translate: Translator) -> alt.LayerChart:
    """Held joint events by direction, most first. ``frame``: one row a direction: direction_code, events."""
    write = Formatter(translate)
    ordered = frame.sort_values("events", ascending=False)
    rows = [
        _count_row(translate(Direction(code).label), events, translate("Joint events"), write)
        for code, events in zip(ordered["direction_code"], ordered["events"], strict=True)
    ]
    return bar_chart(rows, translate=translate)


def problem_chart(frame: pd.DataFrame, *, translate: Translator) -> alt.LayerChart:
    """Problems that NGOs met, most frequent first. ``frame``: one row a problem: problem_code, evaluations."""
    write = Formatter(translate)
    ordered = frame.sort_values("evaluations", ascending=False)
    rows = [
        _count_row(translate(Problem(code).label), evaluations, translate("Evaluations that name it"), write)
        for code, evaluations in zip(ordered["problem_code"], ordered["evaluations"], strict=True)
    ]
    return bar_chart(rows, translate=translate)


def mark_chart(
    frame: pd.DataFrame,
    *,
    translate: Translator,
    codes: MarkedCodes = EvaluationItem,
    highlighted: str = "",
) -> alt.LayerChart:
    """Mean marks from 1 to 5 by item, direction or form of event, in their declared order.

    ``frame``: one row a code: item_code, direction_code or form_code; mean (NaN: not enough), n (marks given, or
    events with a mark), interval_low, interval_high. ``highlighted`` is the code to point out.
    """
    write, words = Formatter(translate), MARK_WORDS[codes]
    by_code = {row[words.column]: row for row in frame.to_dict("records")}
    rows = [
        _mark_row(translate(code.label), by_code[code], words, write, is_highlighted=code == highlighted)
        for code in codes
        if code in by_code
    ]
    return bar_chart(rows, translate=translate, domain=POINTS_DOMAIN)


def mark_alt(frame: pd.DataFrame, *, title: str, translate: Translator, codes: MarkedCodes = EvaluationItem) -> str:
    """The chart of marks in a sentence; ``frame`` as for :func:`mark_chart`."""
    write = Formatter(translate)
    pairs = zip(frame[MARK_WORDS[codes].column], frame["mean"], strict=True)
    listed = [(translate(codes(code).label), write.mark(mean)) for code, mean in pairs]
    return bars_alt(title, listed, translate=translate)


def bars_alt(title: str, labels_and_values: list[tuple[str, str]], *, translate: Translator) -> str:
    """A chart of bars in a sentence: its title and each bar with its value."""
    listed = "; ".join(f"{label}: {value}" for label, value in labels_and_values)
    return translate("{title}. {values}.", title=title, values=listed or translate("Not enough data"))


def _count_row(label: str, count: int, counted: str, write: Formatter) -> BarRow:
    text = write.number(count)
    return BarRow(label, float(count), text, ((write.translate("Kind"), label), (counted, text)))


def _mark_row(
    label: str, row: Mapping[Hashable, Any], words: MarkWords, write: Formatter, *, is_highlighted: bool
) -> BarRow:
    translate, mean = write.translate, row["mean"]
    number = write.number(0 if is_missing(row["n"]) else row["n"])
    missing, mark = is_missing(mean), write.mark(mean)
    interval = write.mark_interval(low=row.get("interval_low"), high=row.get("interval_high"))
    return BarRow(
        label,
        None if missing else float(mean),
        mark if missing else translate("{value} (n = {number})", value=mark, number=number),
        (
            (translate(words.heading), label),
            (translate("Mean mark"), mark),
            (translate("90% interval"), interval or "–"),
            (translate(words.counted), number),
        ),
        low=float(row["interval_low"]) if interval else None,
        high=float(row["interval_high"]) if interval else None,
        is_highlighted=is_highlighted,
    )
