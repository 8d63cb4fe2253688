"""Chart and words of a forecast: what was, what is expected, and what is planned."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pandas as pd
import pytest

from components.charts.forecast import forecast_chart
from components.forecast import event_names, event_rows, event_sentences, plan_names, plan_rows, plan_sentences
from components.shell.formatter import Formatter
from data.language import Language, Translator

if TYPE_CHECKING:
    from queries.forecasts import AreaForecast

MONTHS = [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)]
ENGLISH = Formatter(Translator(Language.EN))


def area(*, event_months: int = 30, plan_months: int = 30) -> AreaForecast:
    """Return two finished months, the running one, and a forecast of it and the next."""
    history = pd.DataFrame(
        {"month": MONTHS, "held": [9, 12, 3], "planned": [10, 0, 8], "fulfilled": [8, 0, 2], "is_finished": [True] * 3}
    ).assign(is_finished=[True, True, False])
    expected = {"expected": [10.2, 1.0], "low": [7.0, 0.0], "high": [15.0, 3.0]}
    shares = {"expected_pct": [61.0, None], "low_pct": [40.0, None], "high_pct": [80.0, None]}
    coming = pd.DataFrame({"month": [date(2026, 11, 1), date(2026, 12, 1)], "planned": [5, 14], **expected, **shares})
    found = {"history": history, "coming": coming, "event_months": event_months, "plan_months": plan_months}
    has = {"has_events": event_months >= 24, "has_plan": plan_months >= 24}
    return cast("AreaForecast", SimpleNamespace(**found, **has))


def layer(chart: dict[str, Any], mark: str) -> list[dict[str, Any]]:
    """Return the rows that the layers with a mark draw."""
    found = [each for each in chart["layer"] if each["mark"]["type"] == mark]
    return [row for each in found for row in chart["datasets"][each["data"]["name"]]]


def test_the_line_is_of_finished_months_and_of_those_expected_and_the_running_one_is_hollow() -> None:
    chart = forecast_chart(event_rows(area(), fmt=ENGLISH), event_names(ENGLISH), translate=ENGLISH.translate).to_dict()
    lines = [(row["name"], row["value"]) for row in layer(chart, "line")]
    assert lines == [("Held", 9), ("Held", 12), ("Expected", 10.2), ("Expected", 1)]
    hollow = next(each for each in chart["layer"] if each["mark"].get("fill") == "#ffffff")
    assert [row["value"] for row in chart["datasets"][hollow["data"]["name"]]] == [3]
    assert [(row["low"], row["high"], row["value_text"]) for row in layer(chart, "area")] == [
        (7, 15, "10 (7–15)"),
        (0, 3, "1 (0–3)"),
    ]
    assert [row["value"] for row in layer(chart, "tick")] == [5, 14]


def test_shares_are_of_months_with_a_plan_on_a_scale_of_all() -> None:
    chart = forecast_chart(
        plan_rows(area(), fmt=ENGLISH), plan_names(ENGLISH), translate=ENGLISH.translate, is_share=True
    ).to_dict()
    assert [(row["name"], row["value_text"]) for row in layer(chart, "line")] == [
        ("Fulfilled", "80%"),
        ("Expected", "61% (40%–80%)"),
    ]
    assert chart["layer"][0]["encoding"]["y"]["scale"]["domain"] == [0, 100]


@pytest.mark.parametrize("language", Language)
def test_sentences_and_series_are_in_the_language(language: Language) -> None:
    fmt = Formatter(Translator(language))
    december = event_sentences(area(), fmt=fmt)[1]
    assert fmt.month(date(2026, 12, 1)) in december
    assert "14" in december
    assert fmt.percent(61) in plan_sentences(area(), fmt=fmt)[0]
    chart = forecast_chart(event_rows(area(), fmt=fmt), event_names(fmt), translate=fmt.translate).to_dict()
    assert chart["config"]["locale"]["time"]["months"] == list(language.months)


def test_one_event_is_one_event_and_a_refusal_says_how_many_months_there_are() -> None:
    assert "1 joint event expected" in event_sentences(area(), fmt=ENGLISH)[1]
    assert event_sentences(area(event_months=9), fmt=ENGLISH) == [
        "A forecast of joint events needs 24 finished months since the first one; there are 9."
    ]
    assert plan_sentences(area(plan_months=0), fmt=ENGLISH) == [
        "A forecast of plan execution needs 24 finished months since the first plan item; there are 0."
    ]
