"""Number and date formats of the charts by language.

Vega knows no Uzbek, so each chart carries its dictionaries (d3-format and d3-time-format locales).
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import altair as alt
from babel import Locale

from data.language import Language, Translator

MONTHS = range(1, 13)
SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)
SOFT_MONTHS = frozenset({1, 2, 4, 6, 7, 9, 10, 11, 12})


def month_name(day: date, translate: Translator) -> str:
    """Month of a day in the stand-alone form: ``yanvar``, ``январь``, ``January``."""
    return month_names(translate.language)[day.month - 1]


def short_month_name(day: date, translate: Translator) -> str:
    """Short month name of a day, without a full stop."""
    return short_month_names(translate.language)[day.month - 1]


@cache
def month_names(language: Language) -> tuple[str, ...]:
    """Twelve month names in the stand-alone form; Uzbek and Russian in lower case."""
    names = _names(language, "wide")
    if language is not Language.UZ_CYRL:
        return names
    # The locale data leave out the soft sign that Uzbek Cyrillic orthography has.
    return tuple(f"{name}ь" if month in SOFT_MONTHS else name for month, name in zip(MONTHS, names, strict=True))


@cache
def short_month_names(language: Language) -> tuple[str, ...]:
    """Twelve short names of months, for axes."""
    return tuple(name.rstrip(".") for name in _names(language, "abbreviated"))


def _names(language: Language, width: str) -> tuple[str, ...]:
    names = _locale(language).months["stand-alone"][width]
    # Uzbek orthography writes months in lower case; the locale data capitalise the names that stand alone.
    return tuple(names[month] if language is Language.EN else names[month].lower() for month in MONTHS)


@cache
def chart_locale(translate: Translator) -> alt.Locale:
    """Vega locale of the reader's language."""
    return alt.Locale(number=number_locale(translate), time=time_locale(translate))


def number_locale(translate: Translator) -> dict[str, Any]:
    """d3-format locale: decimal sign, grouping, minus and percent."""
    symbols = _locale(translate.language).number_symbols["latn"]
    return {
        "decimal": symbols["decimal"],
        "thousands": symbols["group"],
        "grouping": [3],
        "currency": ["", ""],
        "percent": "\u00a0%" if translate.language is Language.RU else "%",
        "minus": "−",
    }


def time_locale(translate: Translator) -> dict[str, Any]:
    """d3-time-format locale: names of days and months, dates as dd.mm.yyyy."""
    days = _locale(translate.language).days["stand-alone"]
    return {
        "dateTime": "%d.%m.%Y %H:%M",
        "date": "%d.%m.%Y",
        "time": "%H:%M",
        "periods": ["", ""],
        "days": [days["wide"][day] for day in SUNDAY_FIRST],
        "shortDays": [days["abbreviated"][day] for day in SUNDAY_FIRST],
        "months": list(month_names(translate.language)),
        "shortMonths": list(short_month_names(translate.language)),
    }


def _locale(language: Language) -> Locale:
    return Locale.parse(language.value)
