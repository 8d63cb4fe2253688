"""How the values of a chart are scaled and written: ends of the axis and number formats of a spreadsheet."""

from __future__ import annotations

from components.charts.style import PERCENT_DOMAIN, POINTS_DOMAIN
from components.deck.model import Chart, ValueKind
from data.language import Language, Translator

DOMAINS = {ValueKind.PERCENT: PERCENT_DOMAIN, ValueKind.POINTS: POINTS_DOMAIN}
LOCALE_CODES = {Language.UZ_LATN: "443", Language.UZ_CYRL: "843", Language.RU: "419", Language.EN: "809"}


def axis_ends(chart: Chart) -> tuple[float, float]:
    """The ends of the axis of values: fixed for percentages and marks, else from zero to the largest value."""
    values = [value for series in chart.series for value in series.values if value is not None]
    values += [] if chart.target is None else [chart.target]
    ends = DOMAINS.get(chart.kind, (0, 0))
    low, high = float(min(ends[0], *values, ends[1])), float(max(*ends, *values))
    return (low, high) if high > low else (low, low + 1)


def number_format(chart: Chart, *, language: Language) -> str:
    """The spreadsheet's number format of a chart's values, with the decimal sign of the language where it is obeyed."""
    number = "#,##0" + ("." + "0" * chart.decimals if chart.decimals else "")
    if chart.kind is ValueKind.PERCENT:
        pattern = Translator(language).locale.percent_formats[None].pattern
        number = f'0"{pattern.lstrip("#,0")}"'
    return f"[$-{LOCALE_CODES[language]}]{number}"


def has_fixed_ends(chart: Chart) -> bool:
    """Has the axis the same ends whatever the values?"""
    return chart.kind in DOMAINS
