"""What bar and line charts of a deck share: texts measured before they are drawn, axes, margins, the target."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import cast

import altair as alt

from components.charts.palette import GRID, MUTED_TEXT, TEXT
from components.charts.style import PERCENT_DOMAIN, POINTS_DOMAIN
from components.deck.fonts import FAMILY, Weight, text_width
from components.deck.model import Chart, ValueKind
from components.deck.picture_style import Size, painted
from components.deck.words import value_text
from components.shell.formatter import Formatter

SECOND, SECOND_LINE = "#b3c8de", "#7a9cc0"
FIXED_ENDS = {ValueKind.PERCENT: PERCENT_DOMAIN, ValueKind.POINTS: POINTS_DOMAIN}
FIXED_TICKS = {ValueKind.PERCENT: (0.0, 20.0, 40.0, 60.0, 80.0, 100.0), ValueKind.POINTS: (1.0, 2.0, 3.0, 4.0, 5.0)}
_STEPS, _TICKS = (1, 2, 2.5, 5, 10), 5


@dataclass(frozen=True)
class Sheet:
    """A chart on its sheet: how its values are written, how large its type is and whether it is grey."""

    body: Chart
    size: Size
    fmt: Formatter
    is_grey: bool

    @property
    def em(self) -> float:
        """The height of the type."""
        return self.size.em

    def text(self, value: float | None) -> str:
        """A value as the chart writes it."""
        return value_text(value, self.body, fmt=self.fmt)

    def colour(self, colour: str) -> str:
        """A colour as this chart has it."""
        return painted(colour, is_grey=self.is_grey)

    @property
    def known(self) -> list[float]:
        """All values that are there, and the target."""
        values = [value for series in self.body.series for value in series.values if value is not None]
        return values if self.body.target is None else [*values, self.body.target]

    @property
    def ends(self) -> tuple[float, float]:
        """The ends of the axis of values: those of the kind, else nothing and a round number above all values."""
        fixed = FIXED_ENDS.get(self.body.kind)
        return (float(fixed[0]), float(fixed[1])) if fixed else (self.ticks[0], self.ticks[-1])

    @property
    def ticks(self) -> tuple[float, ...]:
        """Round numbers along the axis of values."""
        return FIXED_TICKS.get(self.body.kind) or round_numbers(self.known, smallest=10.0**-self.body.decimals)


def target_words(sheet: Sheet) -> str:
    """The name of the target with its value."""
    name, value = sheet.body.target_name, sheet.text(sheet.body.target)
    return sheet.fmt.translate("{what}: {number}", what=name, number=value)


def round_numbers(values: Sequence[float], *, smallest: float) -> tuple[float, ...]:
    """Some five round numbers from nothing, or below the lowest value, to above the highest; none nearer than
    ``smallest`` to the next."""
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    rough = max((high - low) / _TICKS, smallest)
    power = 10.0 ** floor(log10(rough))
    step = next(each * power for each in _STEPS if each * power >= rough * 0.999)
    numbers = range(floor(low / step), max(ceil(high / step), 1) + 1)
    return tuple(round(step * number, 6) for number in numbers)


def widest(texts: Sequence[str], *, size: float, weight: Weight = Weight.REGULAR) -> float:
    """The width of the widest of the texts; 0 where there are none."""
    return max((text_width(text, size=size, weight=weight) for text in texts), default=0.0)


def looked_up(texts: Sequence[object]) -> str:
    """A Vega expression that writes the text (or lines) whose number is the value of a label."""
    return f"{json.dumps(texts, ensure_ascii=False)}[datum.value]"


@dataclass(frozen=True)
class Margins:
    """What the texts around the plot need, in pixels."""

    left: float
    top: float
    right: float
    bottom: float


def finished(layers: Sequence[alt.Chart], sheet: Sheet, margins: Margins) -> alt.LayerChart:
    """The layers as one chart of exactly the size of the sheet, with ``margins`` around the plot."""
    chart = alt.layer(
        *layers,
        width=sheet.size.width - margins.left - margins.right,
        height=sheet.size.height - margins.top - margins.bottom,
        padding={"left": margins.left, "top": margins.top, "right": margins.right, "bottom": margins.bottom},
        autosize=alt.AutoSizeParams(type="none"),
        config=_config(sheet),
    )
    return cast("alt.LayerChart", chart)


def _config(sheet: Sheet) -> alt.Config:
    grid = sheet.colour(GRID)
    axis = alt.AxisConfig(
        labelFontSize=sheet.em * 0.85,
        labelColor=sheet.colour(MUTED_TEXT),
        gridColor=grid,
        gridWidth=sheet.em * 0.06,
        domainColor=grid,
        tickColor=grid,
        labelLimit=0,
        title=None,
    )
    return alt.Config(
        font=f"{FAMILY}, sans-serif",
        background="transparent",
        axis=axis,
        text=alt.MarkConfig(fontSize=sheet.em, color=sheet.colour(TEXT)),
        view=alt.ViewConfig(stroke=None),
    )
