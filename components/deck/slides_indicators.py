"""Indicators: against their targets, against the wider area and against the last meeting, then those of other units."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from components.deck.compose import (
    PAIRED_ROWS,
    alternative,
    left_out,
    lines,
    lowered,
    previous_name,
    said,
    sureness,
)
from components.deck.indicator_claims import Pair, against_before, against_target, against_wider, chance, of_other_units
from components.deck.indicator_tile import indicator_tile
from components.deck.model import BarChart, Column, Series, Slide, Table, Tiles, ValueKind
from components.deck.source import NATION, Source
from data.codes import AgendaItem
from data.indicators import INDICATORS, IndicatorCode, Unit
from queries.meetings.packs.frames import When

ITEM = AgendaItem.INDICATORS
BEST_SHOWN = 3
# Offences are context and never judged, so they are compared with nothing here.
JUDGED = tuple(code for code, indicator in INDICATORS.items() if indicator.unit is Unit.PERCENT and indicator.goalposts)
OF_OTHER_UNITS = (
    IndicatorCode.EVALUATION_SCORE,
    IndicatorCode.ANSWER_DAYS,
    IndicatorCode.EVENTS_PER_10K,
    IndicatorCode.PARTICIPANTS,
    IndicatorCode.SUPPORT_GINI,
)


@dataclass(frozen=True)
class Comparison:
    """A comparison of indicators in percent: with what, what its rows of values are called, and its conclusion."""

    key: str
    other_name: str
    pairs: tuple[Pair, ...]
    conclude: Callable[[Source, Sequence[Pair]], str]


def slides(source: Source) -> Iterator[Slide]:
    """A slide a comparison that there is anything for, then tiles."""
    translate = source.translate
    comparisons = [
        Comparison("targets", translate("Target"), _pairs(source, source.target), against_target),
        *_wider(source),
        Comparison("before", previous_name(source), _pairs(source, _before(source)), against_before),
    ]
    found = [comparison for comparison in comparisons if comparison.pairs]
    if not found:
        yield _nothing(source)
    for comparison in found:
        yield from _compared(source, comparison)
    yield _tiles(source)


def _before(source: Source) -> Callable[[IndicatorCode], float | None]:
    return lambda code: source.figure(code, when=source.previous)


def _wider(source: Source) -> Iterator[Comparison]:
    wider = source.region_code if source.is_district else NATION
    if wider == source.area_code:
        return
    pairs = _pairs(source, lambda code: source.figure(code, area_code=wider))
    yield Comparison("wider", source.name(wider), pairs, against_wider)


def _pairs(source: Source, other_of: Callable[[IndicatorCode], float | None]) -> tuple[Pair, ...]:
    """The indicators in percent with both values, the worst first."""
    known = [(code, source.figure(code), other_of(code)) for code in _judged(source)]
    pairs = [Pair(code, value, other) for code, value, other in known if value is not None and other is not None]
    return tuple(sorted(pairs, key=lambda pair: pair.gain))


def _judged(source: Source) -> tuple[IndicatorCode, ...]:
    """The indicators that are compared; one district has a memorandum or not, which is no share."""
    return tuple(code for code in JUDGED if not (source.is_district and code is IndicatorCode.MEMORANDUM_COVERAGE))


def _nothing(source: Source) -> Slide:
    translate = source.translate
    return said(
        key="indicators",
        title=translate("There is nothing yet to compare the indicators with"),
        texts=(translate("An indicator is compared as soon as it rests on enough cases: missing is not zero."),),
        columns=(Column(translate("Indicator"), share=3), Column(translate("Value"), ValueKind.PERCENT)),
    )


def _compared(source: Source, comparison: Comparison) -> Iterator[Slide]:
    """The pairs that the conclusion is drawn from, the worst first; the others are among the figures."""
    translate, title = source.translate, comparison.conclude(source, comparison.pairs)
    shown, missing = _ends(comparison.pairs), _missing(source)
    yield Slide(
        key=f"indicators-{comparison.key}",
        title=title,
        body=_chart(source, comparison, shown, title=title),
        figures=_figures(source, comparison),
        heading=translate(ITEM.label),
        notes=lines(
            title + ".",
            translate("Compared with: {name}.", name=_named(comparison)),
            chance(source, comparison.pairs),
            sureness(source, (pair.code for pair in comparison.pairs)),
            missing,
        ),
        beside=(*left_out(source, len(comparison.pairs) - len(shown)), *((missing,) if missing else ())),
    )


def _named(comparison: Comparison) -> str:
    """With what is compared, inside a sentence: areas keep their capital."""
    return comparison.other_name if comparison.key == "wider" else lowered(comparison.other_name)


def _ends(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """As many of the worst and of the best as a chart holds, worst first: conclusions name one of either end."""
    if len(pairs) <= PAIRED_ROWS:
        return pairs
    return (*pairs[: PAIRED_ROWS - BEST_SHOWN], *pairs[-BEST_SHOWN:])


def _chart(source: Source, comparison: Comparison, pairs: Sequence[Pair], *, title: str) -> BarChart:
    translate = source.translate
    texts = [
        (source.indicator_name(pair.code), f"{source.fmt.percent(pair.value)} / {source.fmt.percent(pair.other)}")
        for pair in pairs
    ]
    return BarChart(
        categories=tuple(name for name, _ in texts),
        series=(
            Series(translate("Now"), tuple(pair.value for pair in pairs)),
            Series(comparison.other_name, tuple(pair.other for pair in pairs)),
        ),
        kind=ValueKind.PERCENT,
        alternative=alternative(title, texts),
    )


def _figures(source: Source, comparison: Comparison) -> Table:
    """All indicators in percent with what they are compared with, missing values too."""
    translate = source.translate
    others = {pair.code: pair.other for pair in comparison.pairs}
    columns = (
        Column(translate("Indicator"), share=3),
        Column(translate("Now"), ValueKind.PERCENT),
        Column(comparison.other_name, ValueKind.PERCENT, missing="–"),
        Column(translate("90% interval, from"), ValueKind.PERCENT, missing="–"),
        Column(translate("90% interval, to"), ValueKind.PERCENT, missing="–"),
        Column(translate("Cases"), ValueKind.COUNT),
    )
    ordered = [pair.code for pair in comparison.pairs] + [code for code in _judged(source) if code not in others]
    rows = []
    for code in ordered:
        row = source.value(code) or {}
        ends = (row.get("interval_low"), row.get("interval_high")) if row.get("value") is not None else (None, None)
        rows.append((source.indicator_name(code), row.get("value"), others.get(code), *ends, row.get("n")))
    return Table(columns, tuple(rows))


def _missing(source: Source) -> str:
    """The indicators in percent without enough data, named."""
    missing = [lowered(source.indicator_name(code)) for code in _judged(source) if source.figure(code) is None]
    if not missing:
        return ""
    return source.translate("Not enough data: {indicators}.", indicators="; ".join(missing))


def _tiles(source: Source) -> Slide:
    translate = source.translate
    tiles = tuple(indicator_tile(source, code) for code in OF_OTHER_UNITS)
    title = of_other_units(source)
    columns = (
        Column(translate("Indicator"), share=3),
        Column(translate("Now"), ValueKind.NUMBER, decimals=2),
        Column(translate("Target"), ValueKind.NUMBER, decimals=2, missing="–"),
        Column(translate("Period before"), ValueKind.NUMBER, decimals=2),
        Column(translate("Last meeting"), ValueKind.NUMBER, decimals=2),
        Column(translate("Cases"), ValueKind.COUNT),
    )
    rows = tuple(
        (
            source.indicator_name(code),
            source.figure(code),
            source.target(code),
            source.figure(code, when=When.BEFORE),
            source.figure(code, when=When.LAST_PACK),
            (source.value(code) or {}).get("n"),
        )
        for code in OF_OTHER_UNITS
    )
    return Slide(
        key="indicators-other",
        title=title,
        body=Tiles(tiles),
        figures=Table(columns, rows),
        notes=lines(title + ".", sureness(source, OF_OTHER_UNITS)),
    )
