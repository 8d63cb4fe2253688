"""Areas ordered by an indicator, with interval and n; those without enough data come last in grey."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from components.charts.bars import BarRow, bars
from components.charts.style import value_domain
from components.indicators.verdict_texts import STANDS_OUT, verdict_of
from components.shell.formatter import Formatter, is_missing, lower_first
from data.indicators import Better, Indicator
from data.language import Translator


def ranked(frame: pd.DataFrame, indicator: Indicator, *, is_worst_first: bool = False) -> pd.DataFrame:
    """Rows from the best value to the worst or the other way round, missing ones last; ties by the larger n."""
    ascending = (indicator.better is Better.DOWN) is not is_worst_first
    return frame.sort_values(["value", "n"], ascending=[ascending, False], na_position="last").reset_index(drop=True)


def ranking_bars(
    frame: pd.DataFrame,
    indicator: Indicator,
    *,
    translate: Translator,
    highlighted: str = "",
    is_worst_first: bool = False,
    address_of: Callable[[str], str] = lambda _: "",
) -> str:
    """Bars of areas of one kind, best or worst first, as HTML.

    ``frame``: one row per area: area_code, the name columns, value (NaN: not enough data), n, interval_low,
    interval_high, verdict_code. ``highlighted`` is the code of the area to highlight, ``address_of`` returns what the
    name of an area leads to, by its code.
    """
    fmt = Formatter(translate)
    rows = [
        replace(
            _row(row, indicator, fmt, is_highlighted=row["area_code"] == highlighted),
            address=address_of(row["area_code"]),
        )
        for row in ranked(frame, indicator, is_worst_first=is_worst_first).to_dict("records")
    ]
    title = translate("Ranking: {indicator}", indicator=translate(indicator.name))
    return bars(rows, title=title, domain=value_domain(indicator))


def _row(row: Mapping[Any, Any], indicator: Indicator, fmt: Formatter, *, is_highlighted: bool) -> BarRow:
    translate = fmt.translate
    missing = is_missing(row["value"])
    value_text = fmt.indicator_value(indicator, row["value"])
    interval = fmt.interval(indicator, low=row["interval_low"], high=row["interval_high"])
    n = fmt.number(0 if is_missing(row["n"]) else row["n"])
    verdict = verdict_of(row["verdict_code"])
    words = {"value": value_text, "number": n, "verdict": lower_first(translate(verdict.label))}
    shown = (
        translate("{value} (n = {number}), {verdict}", **words)
        if verdict in STANDS_OUT
        else translate("{value} (n = {number})", **words)
    )
    return BarRow(
        label=fmt.area(row),
        value=None if missing else float(row["value"]),
        value_text=value_text if missing else shown,
        # What else is known of an area stands in the table below.
        details=((translate("90% interval"), interval),) if interval else (),
        low=None if missing or not interval else float(row["interval_low"]),
        high=None if missing or not interval else float(row["interval_high"]),
        is_highlighted=is_highlighted,
    )
