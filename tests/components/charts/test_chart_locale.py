"""The dictionaries that charts carry."""

from __future__ import annotations

import pytest

from components.charts.chart_locale import number_locale, time_locale
from data.language import Translator
from tests.components.samples import ENGLISH, RUSSIAN, UZBEK, UZBEK_CYRILLIC


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
