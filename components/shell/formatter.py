"""Numbers, dates and areas as text: the one place where values are formatted."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from babel.numbers import format_decimal, format_percent

from data.dates.period import Period
from data.directory import name_column
from data.indicators import Indicator, Unit
from data.language import Language, Translator

# A page writes hundreds of numbers, few of them different.
KEPT_TEXTS = 4096


def small(text: str) -> str:
    """Return a text in small type, in Streamlit's Markdown."""
    return f":small[{text}]"


def lower_first(text: str) -> str:
    """Return a name as it stands inside a sentence: its first letter in lower case, unless it is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def is_missing(value: object) -> bool:
    """Return whether a value is None, NaN, NaT or NA."""
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or (not isinstance(value, str | int) and str(value) in {"NaT", "<NA>"})


@dataclass(frozen=True)
class Formatter:
    """Formats values in one language. A missing value becomes a text, never a zero."""

    translate: Translator

    @property
    def name_column(self) -> str:
        """Column of a frame with the names of areas in this language."""
        return name_column(self.translate.language)

    @property
    def missing(self) -> str:
        """Text for a missing value."""
        return self.translate("Not enough data")

    def area(self, row: Mapping[Any, object]) -> str:
        """Return the name of a region or district from its row; the first language's where it has none in this one."""
        name = row.get(self.name_column)
        return str(row[name_column(next(iter(Language)))] if not name or is_missing(name) else name)

    def number(self, value: float, *, decimals: int = 0) -> str:
        """Return a number with the language's grouping and decimal sign and always ``decimals`` digits after it."""
        return _decimal(value, decimals, self.translate)

    def exact(self, value: float) -> str:
        """Return a number with the digits after the decimal sign that it has, two at most."""
        return self.number(value, decimals=next((n for n in (0, 1) if rounded(value, n) == rounded(value, 2)), 2))

    def signed(self, value: float, *, decimals: int = 0) -> str:
        """Return a change with its sign; a change that rounds to zero has none."""
        text = self.number(abs(value), decimals=decimals)
        if rounded(value, decimals) == 0:
            return text
        return f"{'+' if value > 0 else '−'}{text}"

    def percent(self, value: float) -> str:
        """Return a percentage from 0 to 100, in whole numbers."""
        return _percent(rounded(value), self.translate)

    def points(self, value: float) -> str:
        """Return a rating from 1 to 5."""
        return self.number(value, decimals=2)

    def rating(self, value: float | None) -> str:
        """Return a mean rating from 1 to 5; a text where there is not enough data."""
        return self.missing if value is None or is_missing(value) else self.points(value)

    def rating_interval(self, *, low: float | None, high: float | None) -> str:
        """Return the interval of a mean rating; empty where there is none."""
        return "" if is_missing(low) or is_missing(high) else f"{self.rating(low)} – {self.rating(high)}"

    def people(self, value: float) -> str:
        """Return a number of people with the noun."""
        number = self.number(value)
        return self.translate.plural("{number} person", "{number} people", int(rounded(value)), number=number)

    def days(self, value: float) -> str:
        """Return a number of days with the noun."""
        return self.translate.plural("{number} day", "{number} days", int(rounded(value)), number=self.number(value))

    def deadline(self, days_left: int) -> str:
        """Return how far a deadline is: left, today or passed."""
        if days_left == 0:
            return self.translate("today")
        number = self.number(abs(days_left))
        if days_left > 0:
            return self.translate.plural("in {number} day", "in {number} days", days_left, number=number)
        return self.lateness(-days_left)

    def lateness(self, days: int, *, term_days: int = 0) -> str:
        """Return how late something is, after the days that were given for it; 0: there was a date and no term."""
        late = self.translate.plural("{number} day late", "{number} days late", days, number=self.number(days))
        if not term_days:
            return late
        number = self.number(term_days)
        term = self.translate.plural("term of {number} day", "term of {number} days", term_days, number=number)
        return f"{term}, {late}"

    def date(self, day: datetime.date | None) -> str:
        """Return dd.mm.yyyy in every language; a dash where there is none."""
        return "–" if day is None or is_missing(day) else f"{day:%d.%m.%Y}"

    def month(self, day: datetime.date) -> str:
        """Return the month of a day with its year."""
        return self.translate("{month} {year}", month=self._month_name(day), year=day.year)

    def _month_name(self, day: datetime.date) -> str:
        return self.translate.language.months[day.month - 1]

    def short_month(self, day: datetime.date) -> str:
        """Return the month of a day with its year, abbreviated."""
        return self.translate(
            "{short_month} {year}", short_month=self.translate.language.short_months[day.month - 1], year=day.year
        )

    def quarter(self, day: datetime.date) -> str:
        """Return the calendar quarter of a day with its year."""
        return self.translate("quarter {quarter} of {year}", quarter=_quarter(day), year=day.year)

    def short_quarter(self, day: datetime.date) -> str:
        """Return the calendar quarter of a day with its year, abbreviated."""
        return self.translate("Q{quarter} {year}", quarter=_quarter(day), year=day.year)

    def period(self, period: Period) -> str:
        """Return a period as text: a year, a month, or from month to month."""
        first, last = period.first_day, period.last_day
        if period == Period.of_year(first.year):
            return str(first.year)
        if period.month_count == 1:
            return self.month(first)
        if first.year == last.year:
            names = {"first": self._month_name(first), "last": self._month_name(last)}
            return self.translate("{first} – {last} {year}", year=last.year, **names)
        return f"{self.month(first)} – {self.month(last)}"

    def indicator_value(self, indicator: Indicator, value: float | None) -> str:
        """Return the value of an indicator in its unit, without a noun; a text where there is not enough data."""
        if value is None or is_missing(value):
            return self.missing
        if indicator.unit is Unit.PERCENT:
            return self.percent(value)
        return self.number(value, decimals=_decimals(indicator.unit, value))

    def indicator_change(self, indicator: Indicator, change: float) -> str:
        """Return the change of an indicator between periods, with its sign; percentages in percentage points."""
        if indicator.unit is Unit.PERCENT:
            return self.translate("{number} pp", number=self.signed(change, decimals=1))
        return self.signed(change, decimals=_decimals(indicator.unit, change))

    @staticmethod
    def change_shown(indicator: Indicator, change: float | None) -> float | None:
        """Return a change rounded as it is shown, so that one shown as zero is zero; None without a change."""
        if change is None or is_missing(change):
            return None
        decimals = 1 if indicator.unit is Unit.PERCENT else _decimals(indicator.unit, change)
        return float(rounded(change, decimals))

    def interval(self, indicator: Indicator, *, low: float | None, high: float | None) -> str:
        """Return a 90% interval; empty where there is none."""
        if is_missing(low) or is_missing(high):
            return ""
        return f"{self.indicator_value(indicator, low)} – {self.indicator_value(indicator, high)}"

    def counted(self, indicator: Indicator, n: float) -> str:
        """Return the n of a value with its noun, such as ``joint events: 45``."""
        what = self.translate(indicator.n_text)
        return self.translate("{what}: {number}", what=what, number=self.number(0 if is_missing(n) else n))


def _quarter(day: datetime.date) -> int:
    return (day.month + 2) // 3


def rounded(value: float, decimals: int = 0) -> Decimal:
    """Return a number rounded as spreadsheets do: half away from zero, by its first 15 digits."""
    exact = Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    # Adding nothing takes the sign from a zero.
    return exact + 0


@lru_cache(maxsize=KEPT_TEXTS)
def _decimal(value: float, decimals: int, translate: Translator) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(rounded(value, decimals), format=pattern, locale=translate.locale).replace("-", "−")


@lru_cache(maxsize=KEPT_TEXTS)
def _percent(whole: Decimal, translate: Translator) -> str:
    return format_percent(whole / 100, locale=translate.locale)


def _decimals(unit: Unit, value: float) -> int:
    if unit is Unit.POINTS:
        return 2
    if unit is Unit.NUMBER:
        return 1 if abs(value) >= 10 else 2
    return 0
