"""A line without axes for a tile, as a picture: six of them cost a page less than one chart."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby

WIDTH, HEIGHT, MARGIN = 240, 48, 4


def sparkline(values: Sequence[float], *, colour: str) -> str:
    """An SVG of monthly values, left to right on a scale of their own, that fills its place; NaN leaves a gap."""
    known = [value for value in values if not math.isnan(value)]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    step = (WIDTH - 2 * MARGIN) / max(len(values) - 1, 1)
    points = [(MARGIN + place * step, _height(value, low, high)) for place, value in enumerate(values)]
    drawn = "".join(_stretch(stretch, colour) for stretch in _stretches(points))
    frame = f'viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>{drawn}</svg>'


def _height(value: float, low: float, high: float) -> float:
    """Where a value stands, from the top (NaN: nowhere); a line of equal values runs through the middle."""
    if math.isnan(value):
        return value
    share = 0.5 if high == low else (value - low) / (high - low)
    return HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN)


def _stretches(points: Sequence[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    """The runs of points that no missing value interrupts."""
    return (list(run) for is_gap, run in groupby(points, key=lambda point: math.isnan(point[1])) if not is_gap)


def _stretch(points: Sequence[tuple[float, float]], colour: str) -> str:
    if len(points) == 1:
        return f'<circle cx="{points[0][0]:.1f}" cy="{points[0][1]:.1f}" r="2" fill="{colour}"/>'
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    line = (
        f'fill="none" stroke="{colour}" stroke-width="1.8" stroke-linejoin="round" vector-effect="non-scaling-stroke"'
    )
    return f'<polyline points="{path}" {line}/>'
