"""Values are formatted alike everywhere, in each language."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from components.shell.formatter import Formatter, is_missing
from data.dates.period import Period
from data.indicators import INDICATORS
from data.language import Language, Translator
from tests.components.samples import ENGLISH, NO_VALUE, PLAN, SCORE

NBSP = "\u00a0"
IN_EACH = {language: Formatter(Translator(language)) for language in Language}
IN_ENGLISH = Formatter(ENGLISH)


@pytest.mark.parametrize(
    ("language", "number", "points", "percent"),
    [
        (Language.UZ_LATN, f"1{NBSP}234{NBSP}567", "4,21", "46%"),
        (Language.UZ_CYRL, f"1{NBSP}234{NBSP}567", "4,21", "46%"),
        (Language.RU, f"1{NBSP}234{NBSP}567", "4,21", f"46{NBSP}%"),
        (Language.EN, "1,234,567", "4.21", "46%"),
    ],
)
def test_numbers_are_written_as_the_language_does(language: Language, number: str, points: str, percent: str) -> None:
    fmt = IN_EACH[language]
    assert (fmt.number(1_234_567), fmt.points(4.2149), fmt.percent(45.6)) == (number, points, percent)


def test_a_month_comes_with_its_year() -> None:
    assert IN_ENGLISH.month(date(2026, 1, 31)) == "January 2026"
    assert IN_ENGLISH.short_month(date(2026, 1, 1)) == "Jan 2026"


@pytest.mark.parametrize("language", Language)
def test_dates_are_the_same_in_all_languages(language: Language) -> None:
    assert IN_EACH[language].date(date(2026, 3, 5)) == "05.03.2026"
    assert IN_EACH[language].date(None) == "–"


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (Period.of_year(2026), "2026"),
        (Period.of_months(date(2026, 2, 1), 1), "February 2026"),
        (Period.of_months(date(2026, 1, 1), 3), "January – March 2026"),
        (Period.of_months(date(2025, 11, 1), 12), "November 2025 – October 2026"),
    ],
)
def test_a_period_is_said_in_the_shortest_way(period: Period, text: str) -> None:
    assert IN_ENGLISH.period(period) == text


@pytest.mark.parametrize("missing", [None, NO_VALUE])
def test_a_missing_value_is_words_and_never_zero(missing: float | None) -> None:
    assert IN_ENGLISH.indicator_value(PLAN, missing) == "Not enough data"
    assert IN_ENGLISH.indicator_value(PLAN, 0.0) == "0%"


@pytest.mark.parametrize("value", [None, NO_VALUE, pd.NaT, pd.NA])
def test_every_kind_of_nothing_is_missing(value: object) -> None:
    assert is_missing(value)
    assert not is_missing(0)


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("evaluation_score", 4.2, "4.20"),
        ("participants", 12345.0, "12,345"),
        ("events_per_10k", 1.234, "1.23"),
        ("events_per_10k", 12.34, "12.3"),
    ],
)
def test_an_indicator_is_written_in_its_unit(code: str, value: float, text: str) -> None:
    assert IN_ENGLISH.indicator_value(INDICATORS[code], value) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(62.5, 0, "63"), (61.5, 0, "62"), (0.125, 2, "0.13"), (2.675, 2, "2.68"), (-1.25, 1, "−1.3"), (-0.4, 0, "0")],
)
def test_halves_go_away_from_zero_as_in_spreadsheets(value: float, decimals: int, text: str) -> None:
    assert IN_ENGLISH.number(value, decimals=decimals) == text


def test_a_percentage_of_a_half_is_rounded_as_in_spreadsheets() -> None:
    assert (IN_ENGLISH.percent(62.5), IN_ENGLISH.percent(100 * 5 / 8 - 1e-14)) == ("63%", "63%")


@pytest.mark.parametrize(("change", "text"), [(3.24, "+3.2 pp"), (-0.5, "−0.5 pp"), (-0.01, "0.0 pp")])
def test_a_change_of_a_percentage_is_in_points_with_its_sign(change: float, text: str) -> None:
    assert IN_ENGLISH.indicator_change(PLAN, change) == text


def test_an_interval_without_ends_is_empty() -> None:
    assert IN_ENGLISH.interval(SCORE, low=3.5, high=4.25) == "3.50 – 4.25"
    assert IN_ENGLISH.interval(SCORE, low=NO_VALUE, high=4.25) == ""


@pytest.mark.parametrize(
    ("days", "text"),
    [(0, "today"), (1, "in 1 day"), (12, "in 12 days"), (-1, "1 day late"), (-1200, "1,200 days late")],
)
def test_a_deadline_says_how_far_it_is(days: int, text: str) -> None:
    assert IN_ENGLISH.deadline(days) == text


def test_counts_have_their_noun() -> None:
    assert (IN_ENGLISH.people(1), IN_ENGLISH.people(2500), IN_ENGLISH.days(3)) == ("1 person", "2,500 people", "3 days")
    assert IN_ENGLISH.counted(PLAN, 45) == "plan items: 45"


def test_an_area_has_its_name_in_the_language() -> None:
    row = {"name_uz_latn": "Andijon", "name_uz_cyrl": "Андижон", "name_ru": "Андижан", "name_en": "Andijan"}
    assert [IN_EACH[language].area(row) for language in Language] == ["Andijon", "Андижон", "Андижан", "Andijan"]


@pytest.mark.parametrize(
    ("change", "shown"), [(0.04, 0.0), (-0.04, 0.0), (-0.06, -0.1), (1.23, 1.2), (float("nan"), None)]
)
def test_a_change_that_is_written_as_zero_is_none(change: float, shown: float | None) -> None:
    assert IN_ENGLISH.change_shown(PLAN, change) == shown
