"""The dictionaries that charts carry."""

from __future__ import annotations

import pytest

from components.charts.chart_locale import month_names, number_locale, short_month_names, time_locale
from data.language import Language, Translator
from tests.components.samples import ENGLISH, RUSSIAN, UZBEK, UZBEK_CYRILLIC

UZBEK_MONTHS = "yanvar, fevral, mart, aprel, may, iyun, iyul, avgust, sentabr, oktabr, noyabr, dekabr"
CYRILLIC_MONTHS = "январь, февраль, март, апрель, май, июнь, июль, август, сентябрь, октябрь, ноябрь, декабрь"


def test_months_are_spelt_as_in_uzbek() -> None:
    assert ", ".join(month_names(Language.UZ_LATN)) == UZBEK_MONTHS
    assert ", ".join(month_names(Language.UZ_CYRL)) == CYRILLIC_MONTHS


@pytest.mark.parametrize("language", Language)
def test_short_months_are_twelve_different_ones_without_a_stop(language: Language) -> None:
    names = short_month_names(language)
    assert len(set(names)) == 12
    assert not any("." in name for name in names)


@pytest.mark.parametrize("translate", [ENGLISH, RUSSIAN, UZBEK, UZBEK_CYRILLIC])
def test_weeks_begin_with_sunday_as_vega_expects(translate: Translator) -> None:
    days = time_locale(translate)["days"]
    sunday = {"en": "Sunday", "ru": "воскресенье", "uz_Latn": "yakshanba", "uz_Cyrl": "якшанба"}
    assert days[0] == sunday[translate.language]
    assert len(set(days)) == 7


def test_signs_of_numbers_follow_the_language() -> None:
    assert (number_locale(ENGLISH)["decimal"], number_locale(ENGLISH)["thousands"]) == (".", ",")
    assert (number_locale(UZBEK)["decimal"], number_locale(UZBEK)["thousands"]) == (",", "\u00a0")
    assert (number_locale(RUSSIAN)["percent"], number_locale(UZBEK)["percent"]) == ("\u00a0%", "%")
