"""Charts are built from tidy frames, in words of the language, without codes."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

import altair as alt
import pytest

from components.charts.around_signing import signing_chart
from components.charts.funnel import funnel_alt, funnel_chart
from components.charts.plan import plan_alt, plan_chart
from components.charts.trend import trend_alt, trend_chart
from data.codes import Direction, EvaluationItem, MemorandumStatus, Problem
from data.effectiveness.index import FunnelBand, Pillar
from data.language import Language, Translator
from queries.statistics.funnel import funnel
from tests.components.samples import (
    ENGLISH,
    NO_VALUE,
    PLAN,
    SCORE,
    area_frame,
    mark_values,
    month_frame,
    signing_frame,
)

TODAY = date(2026, 11, 20)
PLAN_FRAME = month_frame().assign(planned=[5, 6, 7], fulfilled=[4, 0, 8])

FUNNEL = funnel(mark_values(), within=0.5)
NAMED_MARKS = FUNNEL.points.merge(area_frame().drop(columns="n"), on="area_code")


@cache
def all_charts(translate: Translator) -> dict[str, alt.LayerChart]:
    """Each chart, in a language."""
    return {
        "trend": trend_chart(month_frame(), PLAN, translate=translate, area="Alpha", comparison="All", target=75),
        "plan": plan_chart(PLAN_FRAME, translate=translate),
        "funnel": funnel_chart(FUNNEL, NAMED_MARKS, translate=translate, highlighted="1703202"),
        "around signing": signing_chart(signing_frame(), translate=translate),
    }


def rows(chart: alt.LayerChart) -> list[dict[str, Any]]:
    """All records that a chart draws."""
    return [row for data in chart.to_dict()["datasets"].values() for row in data]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", all_charts(ENGLISH))
def test_every_chart_carries_the_locale_of_its_language(name: str, language: Language) -> None:
    locale = all_charts(Translator(language))[name].to_dict()["config"]["locale"]
    assert locale["time"]["months"] == list(language.months)
    assert locale["number"]["decimal"] == ("," if language.has_decimal_comma else ".")


@pytest.mark.parametrize("name", all_charts(ENGLISH))
def test_no_chart_shows_a_code(name: str) -> None:
    spec = json.dumps(all_charts(ENGLISH)[name].to_dict())
    for code in [*Direction, *Problem, *EvaluationItem, *MemorandumStatus, *Pillar, *FunnelBand, PLAN.code]:
        assert f'"{code}"' not in spec


def test_the_lines_of_a_trend_differ_by_colour_and_by_dash() -> None:
    chart = all_charts(ENGLISH)["trend"].to_dict()
    line = next(layer for layer in chart["layer"] if layer["mark"]["type"] == "line")
    assert line["encoding"]["strokeDash"]["scale"]["domain"] == line["encoding"]["color"]["scale"]["domain"]
    assert line["encoding"]["color"]["legend"]["labelExpr"] == '["Alpha", "All"][datum.value]'
    assert len(set(line["encoding"]["color"]["scale"]["range"])) == 2


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


def test_plan_and_fact_are_named_and_told_apart_without_colour() -> None:
    chart = all_charts(ENGLISH)["plan"].to_dict()
    assert chart["layer"][0]["encoding"]["color"]["scale"]["domain"] == ["Planned", "Fulfilled"]
    widths = [layer["mark"]["width"]["band"] for layer in chart["layer"]]
    assert widths[0] > widths[1]


def test_every_chart_has_a_sentence_that_says_the_same() -> None:
    assert trend_alt(month_frame(), PLAN, translate=ENGLISH) == (
        "Plan execution by month: 40% in January 2026, 61% in March 2026."
    )
    assert plan_alt(PLAN_FRAME, translate=ENGLISH) == "Plan items by month: 18 planned, 12 fulfilled in all."


def test_sentences_of_empty_charts_say_so() -> None:
    nothing = month_frame().assign(value=NO_VALUE)
    assert trend_alt(nothing, PLAN, translate=ENGLISH) == "Plan execution by month: not enough data."


def test_the_funnel_names_areas_and_says_how_many_are_outside() -> None:
    points = [row for row in rows(all_charts(ENGLISH)["funnel"]) if "area" in row]
    assert {row["area"] for row in points} == {"Alpha", "Beta"}
    assert funnel_alt(FUNNEL, translate=ENGLISH) == (
        "Ratings of 2 areas by number of events: outside the 95% limits 0, of them outside the 99.8% limits 0."
    )


def test_an_effect_is_drawn_with_its_interval_around_zero_and_the_month_of_signing() -> None:
    drawn = rows(all_charts(ENGLISH)["around signing"])
    assert [row["interval_text"] for row in drawn if "interval_text" in row] == ["−0.30 … +0.10", "+0.10 … +0.50"]
