"""How the values of a chart are scaled and written: ends and steps of the axis, number formats of a spreadsheet."""

from __future__ import annotations

from components.deck.chart_frame import FIXED_ENDS, FIXED_TICKS, round_numbers
from components.deck.model import Chart, ValueKind
from components.deck.words import value_text
from components.shell.formatter import Formatter
from data.language import Language, Translator

LOCALE_CODES = {Language.UZ_LATN: "443", Language.UZ_CYRL: "843", Language.RU: "419", Language.EN: "809"}


def bar_ends(chart: Chart) -> tuple[float, float]:
    """The ends of the axis under bars: fixed for percentages and marks, else from zero to the largest value."""
    values = _values(chart)
    fixed = FIXED_ENDS.get(chart.kind, (0, 0))
    low, high = float(min(*fixed, *values)), float(max(*fixed, *values))
    return (low, high) if high > low else (low, low + 1)


def line_ticks(chart: Chart) -> tuple[float, ...]:
    """The figures along the axis beside lines: fixed for percentages and marks, else round numbers."""
    return FIXED_TICKS.get(chart.kind) or round_numbers(_values(chart), smallest=10.0**-chart.decimals)


def number_format(chart: Chart, *, language: Language) -> str:
    """The spreadsheet's number format of a chart's values, with the decimal sign of the language where it is obeyed."""
    number = "#,##0" + ("." + "0" * chart.decimals if chart.decimals else "")
    if chart.kind is ValueKind.PERCENT:
        pattern = Translator(language).locale.percent_formats[None].pattern
        number = f'0"{pattern.lstrip("#,0")}"'
    return f"[$-{LOCALE_CODES[language]}]{number}"


def target_words(chart: Chart, *, translate: Translator) -> str:
    """The name of the target with its value."""
    number = value_text(chart.target, chart, fmt=Formatter(translate))
    return translate("{what}: {number}", what=chart.target_name, number=number)


def _values(chart: Chart) -> list[float]:
    values = [value for series in chart.series for value in series.values if value is not None]
    return values if chart.target is None else [*values, chart.target]
