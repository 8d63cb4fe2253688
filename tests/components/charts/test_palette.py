"""Colours: readable, in order without colour, and none of the police's."""

from __future__ import annotations

import colorsys
import tomllib
from itertools import pairwise
from typing import Any

import pytest

from components.charts.palette import (
    ACCENT,
    ATTENTION,
    BACKGROUND,
    CLASSES,
    MUTED_TEXT,
    PLAIN_CLASSES,
    SEQUENTIAL,
    STATUS_STYLES,
    TEXT,
    class_colours,
    class_of,
)
from data.codes import MemorandumStatus
from data.indicators import Better
from data.settings import ROOT

AA_TEXT, AA_GRAPHICS = 4.5, 3.0


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(scope="module")
def theme() -> dict[str, Any]:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    return dict(config["theme"])


@pytest.mark.parametrize("scale", [SEQUENTIAL, CLASSES[::-1], PLAIN_CLASSES])
def test_a_scale_darkens_at_each_step_so_that_grey_print_keeps_its_order(scale: tuple[str, ...]) -> None:
    steps = [luminance(colour) for colour in scale]
    assert all(before / after > 1.3 for before, after in pairwise(steps))


def test_no_colour_of_a_scale_is_green_or_red() -> None:
    for colour in (*SEQUENTIAL, *CLASSES, *PLAIN_CLASSES):
        hue = colorsys.rgb_to_hsv(*(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)))[0] * 360
        assert 20 <= hue <= 45 or 200 <= hue <= 225


def test_the_worst_class_is_the_darkest_whichever_way_is_better() -> None:
    worst = min(CLASSES, key=luminance)
    assert class_colours(Better.UP)[0] == class_colours(Better.DOWN)[-1] == worst


def test_an_indicator_that_is_neither_good_nor_bad_has_no_worst_class() -> None:
    assert not set(class_colours(Better.NONE)) & set(CLASSES)


def test_a_district_without_a_memorandum_is_the_darkest() -> None:
    darkest = min(STATUS_STYLES, key=lambda status: luminance(STATUS_STYLES[status].colour))
    assert darkest is MemorandumStatus.NONE


@pytest.mark.parametrize(("value", "index"), [(0, 0), (19.99, 0), (20, 1), (79.9, 3), (80, 4), (100, 4)])
def test_a_value_on_an_edge_is_in_the_class_above(value: float, index: int) -> None:
    assert class_of(value, (20.0, 40.0, 60.0, 80.0)) == index


def test_text_colours_are_readable_on_white() -> None:
    assert min(contrast(colour, BACKGROUND) for colour in (TEXT, MUTED_TEXT, ACCENT)) >= AA_TEXT
    assert contrast(ATTENTION, BACKGROUND) >= AA_TEXT


@pytest.mark.parametrize(
    ("text", "background"),
    [
        ("textColor", "backgroundColor"),
        ("textColor", "secondaryBackgroundColor"),
        ("linkColor", "backgroundColor"),
        ("backgroundColor", "primaryColor"),
        ("blueTextColor", "blueBackgroundColor"),
        ("orangeTextColor", "orangeBackgroundColor"),
        ("grayTextColor", "grayBackgroundColor"),
        ("dataframeHeaderTextColor", "dataframeHeaderBackgroundColor"),
    ],
)
def test_the_theme_meets_aa(theme: dict[str, Any], text: str, background: str) -> None:
    assert contrast(theme[text], theme[background]) >= AA_TEXT


def test_the_theme_repeats_the_palette(theme: dict[str, Any]) -> None:
    assert (theme["primaryColor"], theme["textColor"]) == (ACCENT, TEXT)
    assert set(SEQUENTIAL) <= set(theme["chartSequentialColors"])
    assert (len(theme["chartSequentialColors"]), len(theme["chartDivergingColors"])) == (10, 10)


def test_every_status_has_its_own_icon_and_look() -> None:
    assert set(STATUS_STYLES) == set(MemorandumStatus)
    assert len({style.icon for style in STATUS_STYLES.values()}) == len(STATUS_STYLES)
    assert len({style.colour for style in STATUS_STYLES.values()}) == len(STATUS_STYLES)


def test_bars_stand_out_from_the_page() -> None:
    assert contrast(STATUS_STYLES[MemorandumStatus.IN_FORCE].colour, BACKGROUND) >= AA_GRAPHICS
    assert contrast(STATUS_STYLES[MemorandumStatus.EXPIRED].colour, BACKGROUND) >= AA_GRAPHICS
