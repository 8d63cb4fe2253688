"""Areas in the order of an indicator, with interval and n; those without enough data close the list in grey."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from components.charts.bars import BarRow, bar_chart
from components.charts.style import value_domain
from components.format import Formatter, is_missing
from data.indicators import Better, Indicator
from data.language import Translator


def ranked(frame: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """The rows from the best value to the worst, missing ones last; ties by the larger n."""
    ascending = indicator.better is Better.DOWN
    return frame.sort_values(["value", "n"], ascending=[ascending, False], na_position="last").reset_index(drop=True)


def ranking_chart(
    frame: pd.DataFrame, indicator: Indicator, *, translate: Translator, highlighted: str = ""
) -> alt.LayerChart:
    """Bars of areas, best first.

    ``frame``: one row an area: area_code, the name columns, value (NaN: not enough), n, interval_low, interval_high.
    ``highlighted`` is the code of the area to point out.
    """
    write = Formatter(translate)
    rows = [
        _row(row, indicator, write, is_highlighted=row["area_code"] == highlighted)
        for row in ranked(frame, indicator).to_dict("records")
    ]
    return bar_chart(rows, translate=translate, domain=value_domain(indicator))


def ranking_alt(frame: pd.DataFrame, indicator: Indicator, *, translate: Translator) -> str:
    """The chart in a sentence: the two ends of the list and how many have no value."""
    write, rows = Formatter(translate), ranked(frame, indicator)
    known = rows[rows["value"].notna()]
    name = translate(indicator.name)
    if known.empty:
        return translate("{indicator} by area: not enough data.", indicator=name)
    records = known.to_dict("records")
    first, last = records[0], records[-1]
    return translate(
        "{indicator} by area: from {first_area}, {first_value}, to {last_area}, {last_value}; "
        "without enough data: {missing}.",
        indicator=name,
        first_area=write.area(first),
        first_value=write.indicator_value(indicator, float(first["value"])),
        last_area=write.area(last),
        last_value=write.indicator_value(indicator, float(last["value"])),
        missing=len(rows) - len(known),
    )


def _row(row: Mapping[Any, Any], indicator: Indicator, write: Formatter, *, is_highlighted: bool) -> BarRow:
    translate = write.translate
    missing = is_missing(row["value"])
    value_text = write.indicator_value(indicator, row["value"])
    interval = write.interval(indicator, low=row["interval_low"], high=row["interval_high"])
    n = write.number(0 if is_missing(row["n"]) else row["n"])
    return BarRow(
        label=write.area(row),
        value=None if missing else float(row["value"]),
        value_text=value_text if missing else translate("{value} (n = {number})", value=value_text, number=n),
        tooltip=(
            (translate("Area"), write.area(row)),
            (translate(indicator.name), value_text),
            (translate("90% interval"), interval or "–"),
            (translate("Based on"), write.counted(indicator, row["n"])),
        ),
        low=None if missing or not interval else float(row["interval_low"]),
        high=None if missing or not interval else float(row["interval_high"]),
        is_highlighted=is_highlighted,
    )
