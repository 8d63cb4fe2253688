"""Slides of indicators: compared with targets, with the wider area and with the last meeting, then those not in
percent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from components.deck.compose import (
    PAIRED_ROWS,
    alternative,
    clauses,
    interval_notes,
    lines,
    lower_first,
    omitted_note,
    previous_name,
    text_slide,
)
from components.deck.indicator_tile import indicator_tile, is_worse
from components.deck.model import BarChart, FigureColumn, Series, Slide, Table, Tiles, ValueKind
from components.deck.source import NATION, PackSource
from components.deck.texts import fitting_title
from data.codes import AgendaItem, When
from data.indicators import INDICATORS, Better, Panel, Unit, shown_on
from data.indicators.agreement import MEMORANDUM_COVERAGE
from data.indicators.answers import ANSWER_DAYS
from data.indicators.evaluations import EVALUATION_SCORE

ITEM = AgendaItem.INDICATORS
BEST_SHOWN = 3
# Offences are context and never judged, so they are compared with nothing here.
COMPARED_INDICATORS = tuple(
    code for code, indicator in INDICATORS.items() if indicator.unit is Unit.PERCENT and indicator.goalposts
)
OF_OTHER_UNITS = shown_on(Panel.OTHER_UNITS_SLIDE)


@dataclass(frozen=True)
class Pair:
    """Value of an indicator and the value that it is compared with, both known."""

    code: str
    value: float
    other: float

    @property
    def gain(self) -> float:
        """Difference to the other value, positive where the value is better."""
        change = self.value - self.other
        return -change if INDICATORS[self.code].better is Better.DOWN else change


@dataclass(frozen=True)
class Comparison:
    """Comparison of indicators in percent: name of the other values, pairs, and the function that states the
    conclusion.
    """

    key: str
    other_name: str
    pairs: tuple[Pair, ...]
    conclude: Callable[[PackSource, Sequence[Pair]], str]


def slides(source: PackSource) -> Iterator[Slide]:
    """One slide per comparison that has data, then tiles."""
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


def _before(source: PackSource) -> Callable[[str], float | None]:
    return lambda code: source.figure(code, when=source.previous)


def _wider(source: PackSource) -> Iterator[Comparison]:
    wider = source.region_code if source.is_district else NATION
    if wider == source.area_code:
        return
    pairs = _pairs(source, lambda code: source.figure(code, area_code=wider))
    yield Comparison("wider", source.name(wider), pairs, against_wider)


def _pairs(source: PackSource, other_of: Callable[[str], float | None]) -> tuple[Pair, ...]:
    """Indicators in percent with both values, the worst first."""
    known = [(code, source.figure(code), other_of(code)) for code in _compared_codes(source)]
    pairs = [Pair(code, value, other) for code, value, other in known if value is not None and other is not None]
    return tuple(sorted(pairs, key=lambda pair: pair.gain))


def _compared_codes(source: PackSource) -> tuple[str, ...]:
    """Indicators that are compared; for a single district without those that are no share there."""
    return tuple(code for code in COMPARED_INDICATORS if not (source.is_district and code == MEMORANDUM_COVERAGE.code))


def _nothing(source: PackSource) -> Slide:
    translate = source.translate
    return text_slide(
        key="indicators",
        title=translate("There is nothing yet to compare the indicators with"),
        texts=(translate("An indicator is compared as soon as it rests on enough cases: missing is not zero."),),
        columns=(FigureColumn(translate("Indicator"), share=3), FigureColumn(translate("Value"), ValueKind.PERCENT)),
    )


def _compared(source: PackSource, comparison: Comparison) -> Iterator[Slide]:
    """Slide of the pairs that the conclusion is drawn from, the worst first; the others are among the figures."""
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
            interval_notes(source, (pair.code for pair in comparison.pairs)),
            missing,
        ),
        remarks=(*omitted_note(source, len(comparison.pairs) - len(shown)), *((missing,) if missing else ())),
    )


def _named(comparison: Comparison) -> str:
    """Name of the comparison inside a sentence; names of areas keep their capital."""
    return comparison.other_name if comparison.key == "wider" else lower_first(comparison.other_name)


def _ends(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """As many of the worst and of the best pairs as a chart holds, worst first, since conclusions name both ends."""
    if len(pairs) <= PAIRED_ROWS:
        return pairs
    return (*pairs[: PAIRED_ROWS - BEST_SHOWN], *pairs[-BEST_SHOWN:])


def _chart(source: PackSource, comparison: Comparison, pairs: Sequence[Pair], *, title: str) -> BarChart:
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


def _figures(source: PackSource, comparison: Comparison) -> Table:
    """All indicators in percent with the values for comparison, missing values too."""
    translate = source.translate
    others = {pair.code: pair.other for pair in comparison.pairs}
    columns = (
        FigureColumn(translate("Indicator"), share=3),
        FigureColumn(translate("Now"), ValueKind.PERCENT),
        FigureColumn(comparison.other_name, ValueKind.PERCENT, missing="–"),
        FigureColumn(translate("90% interval, from"), ValueKind.PERCENT, missing="–"),
        FigureColumn(translate("90% interval, to"), ValueKind.PERCENT, missing="–"),
        FigureColumn(translate("Cases"), ValueKind.COUNT),
    )
    ordered = [pair.code for pair in comparison.pairs] + [
        code for code in _compared_codes(source) if code not in others
    ]
    rows = []
    for code in ordered:
        row = source.value(code) or {}
        ends = (row.get("interval_low"), row.get("interval_high")) if row.get("value") is not None else (None, None)
        rows.append((source.indicator_name(code), row.get("value"), others.get(code), *ends, row.get("n")))
    return Table(columns, tuple(rows))


def _missing(source: PackSource) -> str:
    """Names of the indicators in percent without enough data."""
    missing = [
        lower_first(source.indicator_name(code)) for code in _compared_codes(source) if source.figure(code) is None
    ]
    if not missing:
        return ""
    return source.translate("Not enough data: {indicators}.", indicators="; ".join(missing))


def _tiles(source: PackSource) -> Slide:
    translate = source.translate
    tiles = tuple(indicator_tile(source, code) for code in OF_OTHER_UNITS)
    title = of_other_units(source)
    columns = (
        FigureColumn(translate("Indicator"), share=3),
        FigureColumn(translate("Now"), ValueKind.NUMBER, decimals=2),
        FigureColumn(translate("Target"), ValueKind.NUMBER, decimals=2, missing="–"),
        FigureColumn(translate("Period before"), ValueKind.NUMBER, decimals=2),
        FigureColumn(translate("Last meeting"), ValueKind.NUMBER, decimals=2),
        FigureColumn(translate("Cases"), ValueKind.COUNT),
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
        notes=lines(title + ".", interval_notes(source, OF_OTHER_UNITS)),
    )


def chance(source: PackSource, pairs: Sequence[Pair]) -> str:
    """Note on the indicators whose interval includes the other value: their difference may be chance."""
    near = []
    for pair in pairs:
        row = source.value(pair.code) or {}
        low, high = row.get("interval_low"), row.get("interval_high")
        if low is not None and high is not None and low <= pair.other <= high:
            near.append(lower_first(source.indicator_name(pair.code)))
    if not near:
        return ""
    return source.translate(
        "No reliable difference from it, by the 90% interval: {indicators}.", indicators="; ".join(near)
    )


def _texts(source: PackSource, pair: Pair) -> dict[str, str]:
    value, other = (source.fmt.percent(number) for number in (pair.value, pair.other))
    return {"indicator": source.indicator_name(pair.code), "value": value, "other": other}


def against_target(source: PackSource, pairs: Sequence[Pair]) -> str:
    """Conclusion: which indicator is furthest from its target; pairs come from the worst to the best."""
    translate, texts = source.translate, _texts(source, pairs[0])
    if is_worse(source, pairs[0].code, pairs[0].value, pairs[0].other):
        return translate("The indicator furthest from its target is “{indicator}”: {value} against {other}", **texts)
    return translate("All targets are met; the closest one is that of “{indicator}”: {value} against {other}", **texts)


def against_wider(source: PackSource, pairs: Sequence[Pair]) -> str:
    """Conclusion: which indicator is furthest behind the wider area; pairs come from the worst to the best."""
    translate, wider = source.translate, source.region_code if source.is_district else NATION
    if pairs[0].gain < 0:
        texts = _texts(source, pairs[0])
        return fitting_title(
            translate(
                "The indicator furthest behind is “{indicator}”: {value} against {other} ({area})",
                **texts,
                area=source.name(wider),
            ),
            translate("The indicator furthest behind is “{indicator}”: {value} against {other}", **texts),
        )
    texts = _texts(source, pairs[-1])
    return fitting_title(
        translate("No indicator is behind; furthest ahead is “{indicator}”: {value} against {other}", **texts),
        translate("No indicator is behind the wider area"),
    )


def against_before(source: PackSource, pairs: Sequence[Pair]) -> str:
    """Conclusion: which indicator improved and which worsened most; only one of them where both are too long."""
    translate, best, worst = source.translate, pairs[-1], pairs[0]
    better = translate("“{indicator}” improved most: {other} before, {value} now", **_texts(source, best))
    worse = translate("“{indicator}” worsened most: {other} before, {value} now", **_texts(source, worst))
    if worst.gain >= 0:
        return better if best.gain > 0 else translate("No indicator changed")
    if best.gain <= 0:
        return worse
    return fitting_title(
        clauses(better, translate("“{indicator}” worsened: {other} before, {value} now", **_texts(source, worst))),
        better,
    )


def of_other_units(source: PackSource) -> str:
    """Conclusion: the mean rating, and how fast requests are answered."""
    translate, fmt = source.translate, source.fmt
    days, score = source.figure(ANSWER_DAYS.code), source.figure(EVALUATION_SCORE.code)
    answer = (
        translate("too few requests were answered to say how fast")
        if days is None
        else translate.plural(
            "half of the answers come within {number} working day",
            "half of the answers come within {number} working days",
            round(days),
            number=fmt.number(days),
        )
    )
    if score is None:
        return clauses(translate("There are too few NGO ratings"), answer)
    mean = source.indicator_text(EVALUATION_SCORE.code, score)
    return clauses(translate("NGOs give joint events a mean rating of {score}", score=mean), answer)
