"""Horizontal bars with their words above them, so that no name is cut on a narrow screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import altair as alt
import pandas as pd

from components.charts.style import finish
from components.palette import MUTED_TEXT, SEQUENTIAL, TEXT
from data.language import Translator

ROW_HEIGHT = 40
BAR_HEIGHT = 10
BAR_SHIFT = 9
TEXT_SHIFT = -6
TRACK = "#eef1f5"
# Channels are objects here and below: one in short form costs Altair 2 ms, as it looks for the kind that fits.
START = alt.XValue(0)  # type: ignore[no-untyped-call]
END, END2 = alt.XValue("width"), alt.X2Value("width")  # type: ignore[no-untyped-call]
PLAIN, STRONG = SEQUENTIAL[2], SEQUENTIAL[4]


@dataclass(frozen=True)
class BarRow:
    """One bar. All texts come translated.

    ``value`` None leaves the row without a bar, in grey words. ``low`` and ``high`` draw an interval. ``tooltip`` are
    pairs of title and text, with the same titles in each row.
    """

    label: str
    value: float | None
    value_text: str
    tooltip: tuple[tuple[str, str], ...] = ()
    low: float | None = None
    high: float | None = None
    is_highlighted: bool = False


def bar_chart(
    rows: Sequence[BarRow], *, translate: Translator, domain: tuple[float, float] | None = None
) -> alt.LayerChart:
    """Bars in the order of ``rows``; ``domain`` fixes the ends of their scale, else it runs from 0 to the largest."""
    frame = _frame(rows)
    titles = [title for title, _ in rows[0].tooltip] if rows else []
    tooltip = [alt.Tooltip(f"tooltip_{index}:N", title=title) for index, title in enumerate(titles)]
    low, high = domain or (0.0, _largest(frame))
    y = alt.Y("position:O", axis=None, sort=None)
    value = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[low, high], nice=False, clamp=True))
    colour = alt.Color("colour:N", scale=None)
    bar = alt.Chart().mark_bar(height=BAR_HEIGHT, yOffset=BAR_SHIFT)
    layers = [
        alt.Chart()
        .mark_bar(height=BAR_HEIGHT, yOffset=BAR_SHIFT, color=TRACK)
        .encode(y=y, x=START, x2=END2, tooltip=tooltip),
        bar.encode(y=y, x=value, x2=alt.X2Datum(low), color=colour, tooltip=tooltip),
        alt.Chart()
        .mark_rule(yOffset=BAR_SHIFT, color=TEXT, strokeWidth=1.3, aria=False)
        .encode(y=y, x=alt.X("low:Q", axis=None), x2=alt.X2("high:Q")),
        _words("label", align="left").encode(y=y, x=START),
        _words("value_text", align="right").encode(y=y, x=END),
    ]
    return finish(layers, data=frame, height=alt.Step(ROW_HEIGHT), translate=translate)


def _words(column: str, *, align: Literal["left", "right"]) -> alt.Chart:
    text = alt.Chart().mark_text(align=align, baseline="middle", dy=TEXT_SHIFT)
    words: alt.Chart = text.encode(text=alt.Text(f"{column}:N"), color=alt.Color("text_colour:N", scale=None))
    return words


def _largest(frame: pd.DataFrame) -> float:
    largest = frame[["value", "high"]].max().max() if len(frame) else 0
    return float(largest) if largest and largest > 0 else 1.0


def _frame(rows: Sequence[BarRow]) -> pd.DataFrame:
    records = [
        {
            "position": position,
            "label": row.label,
            "value": row.value,
            "value_text": row.value_text,
            "low": row.low,
            "high": row.high,
            "colour": STRONG if row.is_highlighted else PLAIN,
            "text_colour": MUTED_TEXT if row.value is None else TEXT,
            **{f"tooltip_{index}": text for index, (_, text) in enumerate(row.tooltip)},
        }
        for position, row in enumerate(rows)
    ]
    columns = ["position", "label", "value", "value_text", "low", "high", "colour", "text_colour"]
    frame = pd.DataFrame(records, columns=None if records else columns)
    return frame.astype({"value": float, "low": float, "high": float})
