"""What events were about, how they were marked and what went wrong: counts and marks by code, as ordered bars."""

from __future__ import annotations

import altair as alt
import pandas as pd

from components.charts.bars import BarRow, bar_chart
from components.charts.style import POINTS_DOMAIN
from components.format import Formatter, is_missing
from data.codes import LABELS, Direction, EvaluationItem, Problem
from data.language import Translator


def direction_chart(frame: pd.DataFrame, *, translate: Translator) -> alt.LayerChart:
    """Held joint events by direction, most first. ``frame``: one row a direction: direction_code, events."""
    write = Formatter(translate)
    ordered = frame.sort_values("events", ascending=False)
    rows = [
        _count_row(translate(LABELS[Direction(code)]), events, translate("Joint events"), write)
        for code, events in zip(ordered["direction_code"], ordered["events"], strict=True)
    ]
    return bar_chart(rows, translate=translate)


def problem_chart(frame: pd.DataFrame, *, translate: Translator) -> alt.LayerChart:
    """Problems that NGOs met, most frequent first. ``frame``: one row a problem: problem_code, evaluations."""
    write = Formatter(translate)
    ordered = frame.sort_values("evaluations", ascending=False)
    rows = [
        _count_row(translate(LABELS[Problem(code)]), evaluations, translate("Evaluations that name it"), write)
        for code, evaluations in zip(ordered["problem_code"], ordered["evaluations"], strict=True)
    ]
    return bar_chart(rows, translate=translate)


def mark_chart(frame: pd.DataFrame, *, translate: Translator) -> alt.LayerChart:
    """Mean marks from 1 to 5 by item, in the order of the form.

    ``frame``: one row an item: item_code, mean (NaN: not enough), n (marks given).
    """
    write = Formatter(translate)
    by_code = {row["item_code"]: row for row in frame.to_dict("records")}
    rows = [
        _mark_row(translate(LABELS[item]), by_code[item]["mean"], by_code[item]["n"], write)
        for item in EvaluationItem
        if item in by_code
    ]
    return bar_chart(rows, translate=translate, domain=POINTS_DOMAIN)


def bars_alt(title: str, labels_and_values: list[tuple[str, str]], *, translate: Translator) -> str:
    """A chart of bars in a sentence: its title and each bar with its value."""
    listed = "; ".join(f"{label}: {value}" for label, value in labels_and_values)
    return translate("{title}. {values}.", title=title, values=listed or translate("Not enough data"))


def _count_row(label: str, count: int, counted: str, write: Formatter) -> BarRow:
    text = write.number(count)
    return BarRow(label, float(count), text, ((write.translate("Kind"), label), (counted, text)))


def _mark_row(label: str, mean: float, n: float, write: Formatter) -> BarRow:
    translate = write.translate
    number = write.number(0 if is_missing(n) else n)
    missing = is_missing(mean)
    mark = write.missing if missing else write.points(mean)
    return BarRow(
        label,
        None if missing else float(mean),
        mark if missing else translate("{value} (n = {number})", value=mark, number=number),
        ((translate("Item"), label), (translate("Mean mark"), mark), (translate("Marks given"), number)),
    )
