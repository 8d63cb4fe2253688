"""What the map shows: classes in words, districts in the right class, texts that cannot run."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from components.charts.palette import CLASSES, SCREEN_HATCHES
from components.maps.classes import indicator_classes, indicator_map, status_map
from components.maps.view import MapView, layer_script
from data.indicators import INDICATORS
from tests.components.samples import ENGLISH, PLAN, RUSSIAN, area_frame

HOSTILE = "</script><img src=x onerror='alert(1)'>{{'x'}}\u2028&\"\\"


def view_of(shown: MapView) -> dict[str, Any]:
    """The view as the browser reads it."""
    view: dict[str, Any] = json.loads(layer_script(shown, translate=ENGLISH))
    return view


def test_the_chosen_district_is_marked_and_no_other() -> None:
    shown = status_map(area_frame(), translate=ENGLISH, region_soato="1703", marked_soato="1703202")
    assert view_of(shown)["marked"] == "1703202"
    assert view_of(status_map(area_frame(), translate=ENGLISH))["marked"] == ""


def test_the_legend_says_ranges_in_words_and_names_the_missing() -> None:
    labels = [each.label for each in indicator_classes(PLAN, months=12, translate=ENGLISH)]
    assert labels == [
        "below 20%",
        "20% to below 40%",
        "40% to below 60%",
        "60% to below 80%",
        "80% and above",
        "Not enough data",
    ]


def test_a_district_is_in_the_class_of_its_value() -> None:
    shown = indicator_map(area_frame(), PLAN, months=12, translate=ENGLISH)
    assert [shown.classes[unit.class_index].label for unit in shown.units] == [
        "20% to below 40%",
        "80% and above",
        "Not enough data",
    ]
    assert [each.colour for each in shown.classes[:5]] == list(CLASSES)


def test_missing_is_hatched_and_not_the_colour_of_the_lowest() -> None:
    shown = indicator_map(area_frame(), PLAN, months=12, translate=ENGLISH)
    missing = shown.classes[shown.units[2].class_index]
    assert missing.hatch in SCREEN_HATCHES
    assert missing.colour not in CLASSES


def test_a_tooltip_says_value_and_n() -> None:
    view = view_of(indicator_map(area_frame(), PLAN, months=12, translate=ENGLISH))
    lines = [[view["words"][place] for place in unit[2]] for unit in view["units"]]
    assert [line[::2] if len(line) > 2 else line for line in lines] == [
        ["20%", "plan items: 5"],
        ["80%", "plan items: 9"],
        ["Not enough data", "plan items: 1"],
    ]


def test_a_unit_carries_neither_its_name_nor_its_point() -> None:
    view = view_of(indicator_map(area_frame(), PLAN, months=12, translate=ENGLISH))
    assert [unit[:2] for unit in view["units"]] == [["1703202", 1], ["1703203", 4], ["1703401", 5]]
    assert {len(unit) for unit in view["units"]} == {3}


def test_a_status_map_is_in_words_with_those_on_paper() -> None:
    shown = status_map(area_frame(), translate=ENGLISH, region_soato="1703")
    assert [unit.lines for unit in shown.units] == [
        ("In force", "Memoranda: 2", "On paper only: 1"),
        ("No memorandum", "Memoranda: 0"),
        ("Expired", "Memoranda: 1"),
    ]
    assert view_of(shown)["focus"] == "1703"


def test_the_browser_is_told_in_which_language_to_name_districts() -> None:
    shown = indicator_map(area_frame(), PLAN, months=12, translate=RUSSIAN)
    assert json.loads(layer_script(shown, translate=RUSSIAN))["lang"] == "ru"


def test_a_hostile_text_stays_a_text() -> None:
    shown = replace(indicator_map(area_frame(), PLAN, months=12, translate=ENGLISH), title=HOSTILE)
    script = layer_script(shown, translate=ENGLISH)
    assert not set("<>&'\u2028\u2029") & set(script)
    assert view_of(shown)["title"] == HOSTILE


def test_a_district_that_differs_from_all_others_has_a_sign_and_says_so() -> None:
    view = view_of(indicator_map(area_frame(), PLAN, months=12, translate=ENGLISH))
    assert view["signed"] == {"1703202": "▼", "1703203": "▲"}
    assert [sign for sign, _ in view["signs"]] == ["▲", "▼"]
    lines = [[view["words"][place] for place in unit[2]] for unit in view["units"]]
    assert lines[0] == ["20%", "Worse than all other districts", "plan items: 5"]
    alike = view_of(indicator_map(area_frame().assign(verdict_code="similar"), PLAN, months=12, translate=ENGLISH))
    assert (alike["signed"], alike["signs"]) == ({}, [])


def test_a_sum_of_half_a_year_meets_half_of_the_yearly_edges() -> None:
    people = INDICATORS["participants"]
    frame = area_frame().assign(value=300.0)
    half, year = (indicator_map(frame, people, months=months, translate=ENGLISH) for months in (6, 12))
    assert half.classes[0].label == "below 250"
    assert year.classes[0].label == "below 500"
    assert ({unit.class_index for unit in half.units}, {unit.class_index for unit in year.units}) == ({1}, {0})
    assert INDICATORS["plan_execution"].edges(6) == INDICATORS["plan_execution"].edges(12)
