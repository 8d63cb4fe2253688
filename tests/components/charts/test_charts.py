"""Charts are built from tidy frames, in words of the language, without codes."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

import altair as alt
import pandas as pd
import pytest

from components.charts.around_signing import signing_chart
from components.charts.bars import BarRow, bar_chart
from components.charts.change import ChangeRow, change_chart, change_rows
from components.charts.composition import bars_alt, direction_chart, mark_chart, problem_chart
from components.charts.funnel import funnel_alt, funnel_chart
from components.charts.pillars import pillar_alt, pillar_chart
from components.charts.places import place_bands, places_chart, places_rows
from components.charts.plan import plan_alt, plan_chart
from components.charts.ranking import ranked, ranking_alt, ranking_chart
from components.charts.timeline import timeline_alt, timeline_chart
from components.charts.trend import trend_alt, trend_chart
from data.codes import Direction, EvaluationItem, MemorandumStatus, Problem
from data.index import FunnelBand, Pillar, Tier
from data.language import Language, Translator
from queries.statistics.funnel import funnel
from tests.components.samples import (
    ENGLISH,
    NO_VALUE,
    PLAN,
    SCORE,
    area_frame,
    mark_values,
    memorandum_frame,
    month_frame,
    rank_frame,
    signing_frame,
)

TODAY = date(2026, 11, 20)
PLAN_FRAME = month_frame().assign(planned=[5, 6, 7], fulfilled=[4, 0, 8])
DIRECTIONS = pd.DataFrame({"direction_code": ["youth_work", "legal_outreach"], "events": [3, 1200]})
PROBLEMS = pd.DataFrame({"problem_code": ["distrust", "informal"], "evaluations": [2, 9]})
MARKS = pd.DataFrame({"item_code": ["result", "preparation"], "mean": [4.25, NO_VALUE], "n": [12, 1]})

PILLARS = dict(zip(Pillar, (40.0, NO_VALUE, 60.0, 70.0, 80.0, 0.0), strict=True))
FUNNEL = funnel(mark_values(), within=0.5)
NAMED_MARKS = FUNNEL.points.merge(area_frame().drop(columns="n"), on="area_code")
CHANGES = [ChangeRow("Foundation", 4.0, "+4.0"), ChangeRow("Exchange", -2.0, "−2.0")]


@cache
def all_charts(translate: Translator) -> dict[str, alt.LayerChart]:
    """Each chart, in a language."""
    return {
        "trend": trend_chart(month_frame(), PLAN, translate=translate, area="Alpha", comparison="All", target=75),
        "ranking": ranking_chart(area_frame(), PLAN, translate=translate),
        "plan": plan_chart(PLAN_FRAME, translate=translate),
        "directions": direction_chart(DIRECTIONS, translate=translate),
        "problems": problem_chart(PROBLEMS, translate=translate),
        "marks": mark_chart(MARKS, translate=translate),
        "timeline": timeline_chart(memorandum_frame(), today=TODAY, translate=translate),
        "pillars": pillar_chart(PILLARS, [("Alpha", PILLARS), ("All", PILLARS)], translate=translate),
        "places": places_chart(has_names=True, translate=translate),
        "places without names": places_chart(has_names=False, translate=translate),
        "funnel": funnel_chart(FUNNEL, NAMED_MARKS, translate=translate, highlighted="1703202"),
        "change": change_chart(translate=translate),
        "around signing": signing_chart(signing_frame(), translate=translate),
    }


def rows(chart: alt.LayerChart) -> list[dict[str, Any]]:
    """All records that a chart draws."""
    return [row for data in chart.to_dict()["datasets"].values() for row in data]


def titles(chart: alt.LayerChart) -> set[str]:
    """Titles of the tooltips."""
    layers = chart.to_dict()["layer"]
    return {entry["title"] for layer in layers for entry in layer["encoding"].get("tooltip", [])}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", all_charts(ENGLISH))
def test_every_chart_carries_the_locale_of_its_language(name: str, language: Language) -> None:
    locale = all_charts(Translator(language))[name].to_dict()["config"]["locale"]
    months = {"uz_Latn": "yanvar", "uz_Cyrl": "январь", "ru": "январь", "en": "January"}
    assert locale["time"]["months"][0] == months[language]
    assert locale["number"]["decimal"] == ("." if language is Language.EN else ",")


@pytest.mark.parametrize("name", all_charts(ENGLISH))
def test_no_chart_shows_a_code(name: str) -> None:
    spec = json.dumps(all_charts(ENGLISH)[name].to_dict())
    for code in [*Direction, *Problem, *EvaluationItem, *MemorandumStatus, *Pillar, *FunnelBand, PLAN.code]:
        assert f'"{code.value}"' not in spec


def test_the_lines_of_a_trend_differ_by_colour_and_by_dash() -> None:
    chart = all_charts(ENGLISH)["trend"].to_dict()
    line = next(layer for layer in chart["layer"] if layer["mark"]["type"] == "line")
    assert line["encoding"]["strokeDash"]["scale"]["domain"] == line["encoding"]["color"]["scale"]["domain"]
    assert line["encoding"]["color"]["scale"]["domain"] == ["Alpha", "All"]


def test_a_month_without_enough_data_is_a_gap_and_not_zero() -> None:
    february = [row for row in rows(all_charts(ENGLISH)["trend"]) if row.get("month_text") == "February 2026"]
    assert [(row["area"], row["value"], row["value_text"]) for row in february] == [
        ("Alpha", None, "Not enough data"),
        ("All", 51.0, "51%"),
    ]


def test_an_axis_of_percentages_and_of_marks_has_fixed_ends() -> None:
    for indicator, ends in ((PLAN, [0, 100]), (SCORE, [1, 5])):
        chart = trend_chart(month_frame(), indicator, translate=ENGLISH, area="Alpha").to_dict()
        assert chart["layer"][0]["encoding"]["y"]["scale"]["domain"] == ends


def test_the_target_is_named() -> None:
    assert {"target": 75, "label": "Target: 75%"} in rows(all_charts(ENGLISH)["trend"])


def test_the_best_come_first_and_the_missing_last() -> None:
    assert list(ranked(area_frame(), PLAN)["name_en"]) == ["Beta", "Alpha", "Gamma"]


def test_a_ranking_says_value_n_and_interval() -> None:
    chart = ranking_chart(area_frame(), PLAN, translate=ENGLISH, highlighted="1703202")
    assert [(row["label"], row["value_text"]) for row in rows(chart)] == [
        ("Beta", "80% (n = 9)"),
        ("Alpha", "20% (n = 5)"),
        ("Gamma", "Not enough data"),
    ]
    assert titles(chart) == {"Area", "Plan execution", "90% interval", "Based on"}
    colours = [row["colour"] for row in rows(chart)]
    assert colours[0] != colours[1]


def test_the_missing_has_neither_bar_nor_interval() -> None:
    gamma = rows(ranking_chart(area_frame(), PLAN, translate=ENGLISH))[2]
    assert (gamma["value"], gamma["low"], gamma["high"]) == (None, None, None)


def test_counts_are_ordered_from_the_largest() -> None:
    assert [(row["label"], row["value_text"]) for row in rows(all_charts(ENGLISH)["directions"])] == [
        ("Legal outreach", "1,200"),
        ("Youth work", "3"),
    ]
    assert [row["label"] for row in rows(all_charts(ENGLISH)["problems"])] == [
        "Informal cooperation",
        "Distrust of NGOs",
    ]


def test_marks_keep_the_order_of_the_form() -> None:
    assert [(row["label"], row["value_text"]) for row in rows(all_charts(ENGLISH)["marks"])] == [
        ("Preparation", "Not enough data"),
        ("Result", "4.25 (n = 12)"),
    ]


def test_plan_and_fact_are_named_and_told_apart_without_colour() -> None:
    chart = all_charts(ENGLISH)["plan"].to_dict()
    assert chart["layer"][0]["encoding"]["color"]["scale"]["domain"] == ["Planned", "Fulfilled"]
    widths = [layer["mark"]["width"]["band"] for layer in chart["layer"]]
    assert widths[0] > widths[1]


def test_a_long_title_is_wrapped_and_not_cut() -> None:
    words = [row["words"] for row in rows(all_charts(ENGLISH)["timeline"]) if "words" in row]
    long = next(text for text in words if "13-A" in text)
    assert "the prevention of offences among the young" in long.replace("\n", " ")
    assert max(len(line) for line in long.splitlines()) <= 44


def test_a_timeline_ends_where_the_memorandum_ended() -> None:
    shown = {row["number"]: row for row in rows(all_charts(ENGLISH)["timeline"]) if "number" in row}
    assert shown["9"]["until_text"] == "10.01.2026"
    assert shown["7"]["until_text"] == "open-ended"
    assert shown["7"]["end"] > "2026-11-20"
    assert shown["13-A"]["status"] == "Expired"


def test_empty_frames_give_charts_too() -> None:
    assert bar_chart([], translate=ENGLISH).to_dict()["layer"]
    assert timeline_chart(memorandum_frame().iloc[:0], today=TODAY, translate=ENGLISH).to_dict()["layer"]


def test_a_largest_value_of_nothing_still_has_a_scale() -> None:
    chart = bar_chart([BarRow("Alpha", 0.0, "0")], translate=ENGLISH).to_dict()
    assert chart["layer"][1]["encoding"]["x"]["scale"]["domain"] == [0, 1]


def test_every_chart_has_a_sentence_that_says_the_same() -> None:
    assert trend_alt(month_frame(), PLAN, translate=ENGLISH) == (
        "Plan execution by month: 40% in January 2026, 61% in March 2026."
    )
    assert ranking_alt(area_frame(), PLAN, translate=ENGLISH) == (
        "Plan execution by area: from Beta, 80%, to Alpha, 20%; without enough data: 1."
    )
    assert plan_alt(PLAN_FRAME, translate=ENGLISH) == "Plan items by month: 18 planned, 12 fulfilled in all."
    assert bars_alt("Problems", [("Distrust", "2")], translate=ENGLISH) == "Problems. Distrust: 2."
    assert timeline_alt(memorandum_frame(), translate=ENGLISH).startswith("Memoranda from start to expiry. In force: 1")


def test_sentences_of_empty_charts_say_so() -> None:
    nothing = month_frame().assign(value=NO_VALUE)
    assert trend_alt(nothing, PLAN, translate=ENGLISH) == "Plan execution by month: not enough data."
    empty = area_frame().assign(value=NO_VALUE)
    assert ranking_alt(empty, PLAN, translate=ENGLISH) == "Plan execution by area: not enough data."


def test_a_pillar_without_data_has_no_bar_and_zero_has_one_of_no_length() -> None:
    bars = {row["label"]: row for row in rows(all_charts(ENGLISH)["pillars"]) if "label" in row}
    assert (bars["Systematic work"]["value"], bars["Systematic work"]["value_text"]) == (None, "Not enough data")
    assert (bars["Means and skills"]["value"], bars["Means and skills"]["value_text"]) == (0.0, "0")
    assert pillar_alt(PILLARS, translate=ENGLISH).startswith("Pillars of the index from 0 to 100: Foundation: 40;")


def test_the_marks_of_wider_areas_differ_by_colour_and_by_dash() -> None:
    marks = all_charts(ENGLISH)["pillars"].to_dict()["layer"][-1]["encoding"]
    assert marks["color"]["scale"]["domain"] == marks["strokeDash"]["scale"]["domain"] == ["Alpha", "All"]


def test_places_leave_out_areas_without_an_index_and_ring_the_chosen_one() -> None:
    shown = places_rows(rank_frame(), translate=ENGLISH, highlighted="1703202")
    assert list(shown["area"]) == ["Beta", "Alpha"]
    assert list(shown["is_own"]) == [False, True]
    assert list(shown["interval_text"]) == ["1–2", "1–2"]


def test_bands_have_two_ends_an_area_and_come_tier_by_tier() -> None:
    bands = place_bands(rank_frame(), translate=ENGLISH)
    assert list(bands["position"]) == [0, 1, 1, 2]
    assert list(bands["tier"].drop_duplicates()) == [Tier.UPPER.label, Tier.LOWER.label]


@pytest.mark.parametrize("name", ["places", "places without names", "change"])
def test_nothing_of_a_live_chart_depends_on_its_rows(name: str) -> None:
    described = all_charts(ENGLISH)[name].to_dict()
    assert described["data"] == {"name": "rows"}
    assert "datasets" not in described


def test_changes_are_drawn_in_units_of_the_largest_one_and_small_ones_look_small() -> None:
    assert list(change_rows(CHANGES)["reach"]) == [1.0, -0.5]
    assert list(change_rows([ChangeRow("Foundation", 0.1, "+0.1")])["reach"]) == [0.1]
    assert change_rows([]).empty


def test_the_funnel_names_areas_and_says_how_many_are_outside() -> None:
    points = [row for row in rows(all_charts(ENGLISH)["funnel"]) if "area" in row]
    assert {row["area"] for row in points} == {"Alpha", "Beta"}
    assert funnel_alt(FUNNEL, translate=ENGLISH) == (
        "Marks of 2 areas against the number of events: outside the 95% limits 0, of them outside the 99.8% limits 0."
    )


def test_an_effect_is_drawn_with_its_interval_around_zero_and_the_month_of_signing() -> None:
    drawn = rows(all_charts(ENGLISH)["around signing"])
    assert [row["interval_text"] for row in drawn if "interval_text" in row] == ["−0.30 … +0.10", "+0.10 … +0.50"]
