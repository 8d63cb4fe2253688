"""Axis ends, ticks and target label of a deck's charts, for pictures and native charts alike."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10

from components.charts.style import PERCENT_DOMAIN, POINTS_DOMAIN
from components.deck.model import Chart, LineChart, ValueKind
from components.deck.texts import value_text
from components.shell.formatter import Formatter

FIXED_ENDS = {ValueKind.PERCENT: PERCENT_DOMAIN, ValueKind.POINTS: POINTS_DOMAIN}
FIXED_TICKS = {ValueKind.PERCENT: (0.0, 20.0, 40.0, 60.0, 80.0, 100.0), ValueKind.POINTS: (1.0, 2.0, 3.0, 4.0, 5.0)}
_STEPS, _TICKS = (1, 2, 2.5, 5, 10), 5


def known_values(chart: Chart) -> list[float]:
    """All values that are not missing, limits and target among them."""
    lines = chart.process if isinstance(chart, LineChart) and chart.process else ()
    values = [value for series in (*chart.series, *lines) for value in series.values if value is not None]
    return values if chart.target is None else [*values, chart.target]


def bar_ends(chart: Chart) -> tuple[float, float]:
    """Ends of the value axis of bars: fixed for percentages and ratings, else from zero to the largest value."""
    fixed, values = FIXED_ENDS.get(chart.kind, (0, 0)), known_values(chart)
    low, high = float(min(*fixed, *values)), float(max(*fixed, *values))
    return (low, high) if high > low else (low, low + 1)


def line_ticks(chart: Chart) -> tuple[float, ...]:
    """Ticks of the value axis of lines, from end to end: fixed for percentages and ratings, else round numbers."""
    return FIXED_TICKS.get(chart.kind) or round_numbers(known_values(chart), smallest=10.0**-chart.decimals)


def round_numbers(values: Sequence[float], *, smallest: float) -> tuple[float, ...]:
    """About five round numbers from zero, or from below the lowest value, to above the highest; at least ``smallest``
    apart.
    """
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    rough = max((high - low) / _TICKS, smallest)
    power = 10.0 ** floor(log10(rough))
    step = next(each * power for each in _STEPS if each * power >= rough * 0.999)
    numbers = range(floor(low / step), max(ceil(high / step), 1) + 1)
    return tuple(round(step * number, 6) for number in numbers)


def target_label(chart: Chart, *, fmt: Formatter) -> str:
    """Name of the target with its value."""
    return fmt.translate("{what}: {number}", what=chart.target_name, number=value_text(chart.target, chart, fmt=fmt))
