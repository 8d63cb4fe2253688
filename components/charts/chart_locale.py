"""Number and date formats of the charts by language.

Vega knows no Uzbek, so each chart carries its dictionaries (d3-format and d3-time-format locales).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt

from data.language import Translator

SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)


@cache
def chart_locale(translate: Translator) -> alt.Locale:
    """Vega locale of the reader's language."""
    return alt.Locale(number=number_locale(translate), time=time_locale(translate))


def number_locale(translate: Translator) -> dict[str, Any]:
    """d3-format locale: decimal sign, grouping, minus and percent."""
    symbols = translate.locale.number_symbols["latn"]
    return {
        "decimal": symbols["decimal"],
        "thousands": symbols["group"],
        "grouping": [3],
        "currency": ["", ""],
        "percent": translate.language.percent_sign,
        "minus": "−",
    }


def time_locale(translate: Translator) -> dict[str, Any]:
    """d3-time-format locale: names of days and months, dates as dd.mm.yyyy."""
    days = translate.locale.days["stand-alone"]
    return {
        "dateTime": "%d.%m.%Y %H:%M",
        "date": "%d.%m.%Y",
        "time": "%H:%M",
        "periods": ["", ""],
        "days": [days["wide"][day] for day in SUNDAY_FIRST],
        "shortDays": [days["abbreviated"][day] for day in SUNDAY_FIRST],
        "months": list(translate.language.months),
        "shortMonths": list(translate.language.short_months),
    }
