"""The line of a tile: the values from left to right, with gaps where a month has none."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from components.charts.palette import BACKGROUND
from components.indicators.tiles import LINE_HEIGHT, LINE_MARGIN, LINE_SIDE, LINE_WIDTH, sparkline

NAN = float("nan")
COLOURS = ("#123456", BACKGROUND)
SVG = "{http://www.w3.org/2000/svg}"


def lines_of(values: list[float]) -> list[list[tuple[float, float]]]:
    """The points of each line drawn."""
    root = ElementTree.fromstring(sparkline(values, colour="#123456"))  # noqa: S314 - our own text
    found = [line.attrib["points"] for line in root.iter(f"{SVG}polyline")]
    return [[(float(x), float(y)) for x, y in re.findall(r"([\d.]+),([\d.]+)", points)] for points in found]


def test_the_highest_value_is_at_the_top_and_the_last_at_the_right() -> None:
    assert lines_of([0.0, 10.0, 5.0]) == [
        [
            (LINE_SIDE, LINE_HEIGHT - LINE_MARGIN),
            (LINE_WIDTH / 2, LINE_MARGIN),
            (LINE_WIDTH - LINE_SIDE, LINE_HEIGHT / 2),
        ]
    ]


def test_noise_on_a_fixed_scale_looks_small() -> None:
    root = ElementTree.fromstring(sparkline([70.0, 72.0], colour="#123456", scale=(0, 100)))  # noqa: S314 - our own text
    line = next(root.iter(f"{SVG}polyline")).attrib["points"]
    heights = [float(y) for _, y in re.findall(r"([\d.]+),([\d.]+)", line)]
    assert 0 < heights[0] - heights[1] < 1


def test_a_missing_month_is_a_gap_and_never_bridged() -> None:
    lines = lines_of([1.0, 2.0, NAN, 3.0, 4.0])
    assert [len(line) for line in lines] == [2, 2]
    assert lines[0][-1][0] < LINE_WIDTH / 2 < lines[1][0][0]


def test_a_month_between_two_gaps_is_a_point() -> None:
    drawn = sparkline([NAN, 1.0, NAN, 2.0, 3.0], colour="#123456")
    assert drawn.count("<path") == 1
    assert drawn.count("<polyline") == 1


def test_values_of_nothing_run_through_the_middle_and_no_value_draws_nothing() -> None:
    assert {y for _, y in lines_of([0.0, 0.0, 0.0])[0]} == {LINE_HEIGHT / 2}
    assert lines_of([NAN, NAN]) == []


def test_a_month_that_is_not_finished_is_a_hollow_point() -> None:
    drawn = sparkline([1.0, 2.0, 3.0, NAN], is_finished=[True, True, False, False], colour="#123456")
    (ring,), (hole,) = (re.findall(rf'd="M([\d.]+,[\d.]+)h0" stroke="{colour}"', drawn) for colour in COLOURS)
    x, y = lines_of([1.0, 2.0, 3.0, NAN])[0][-1]
    assert ring == hole == f"{x:.0f},{y:.1f}"
