"""Slides of indicators: beside their targets, all other areas and a year before, then those not in percent.

A title counts verdicts and names no indicator: the furthest of many would be named for its luck.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from components.deck.compose import (
    PAIRED_ROWS,
    alternative,
    by_verdict,
    certainty_cells,
    certainty_columns,
    clauses,
    interval_notes,
    lines,
    omitted_note,
    text_slide,
    verdict_cells,
    verdict_columns,
)
from components.deck.indicator_tile import indicator_tile
from components.deck.model import BarChart, FigureColumn, Series, Slide, Table, Tiles, Value, ValueKind
from components.deck.source import NATION, PackSource
from components.indicators.verdict_texts import all_others
from components.shell.formatter import lower_first
from data.codes import AgendaItem, Labelled, When
from data.indicators import INDICATORS, METHOD, Better, Panel, Unit, shown_on
from data.indicators.agreement import MEMORANDUM_COVERAGE
from data.indicators.answers import ANSWER_DAYS
from data.indicators.evaluations import EVALUATION_SCORE
from data.indicators.verdicts import Change, TargetVerdict, Verdict
from data.language import N_
from data.policy import ScopeKind

ITEM = AgendaItem.INDICATORS
BEST_SHOWN = 3
# Offences are context and never judged, so they are compared with nothing here.
COMPARED_INDICATORS = tuple(
    code for code, indicator in INDICATORS.items() if indicator.unit is Unit.PERCENT and indicator.goalposts
)
OF_OTHER_UNITS = shown_on(Panel.OTHER_UNITS_SLIDE)
# What stands behind the name of an indicator in a chart, in short as names are long.
_IN_SHORT: Mapping[Labelled | None, str] = {
    TargetVerdict.MET: N_("met"),
    TargetVerdict.MISSED: N_("missed"),
    Change.BETTER: N_("better"),
    Change.WORSE: N_("worse"),
    Verdict.MUCH_BETTER: N_("much better"),
    Verdict.BETTER: N_("better"),
    Verdict.WORSE: N_("worse"),
    Verdict.MUCH_WORSE: N_("much worse"),
}
# Verdicts that are counted, in this order.
_TARGETS = (TargetVerdict.MET, TargetVerdict.MISSED, TargetVerdict.WITHIN)
_TESTED = (Change.BETTER, Change.WORSE, Change.NOT_CLEAR)
_BESIDE: Mapping[Labelled | None, Labelled] = {
    Verdict.BETTER: Verdict.BETTER,
    Verdict.WORSE: Verdict.WORSE,
    Verdict.SIMILAR: Verdict.SIMILAR,
    Verdict.MUCH_BETTER: Verdict.BETTER,
    Verdict.MUCH_WORSE: Verdict.WORSE,
}


@dataclass(frozen=True)
class Pair:
    """Value of an indicator, the value that it is compared with, both known, and the verdict on them."""

    code: str
    value: float
    other: float
    verdict: Labelled | None = None

    @property
    def gain(self) -> float:
        """Difference to the other value, positive where the value is better."""
        change = self.value - self.other
        return -change if INDICATORS[self.code].better is Better.DOWN else change


Counts = Mapping[Labelled, int]


@dataclass(frozen=True)
class Comparison:
    """Comparison of indicators in percent: name of the other values, pairs, and how many indicators, also those of
    other units, have which verdict."""

    key: str
    other_name: str
    pairs: tuple[Pair, ...]
    conclude: Callable[[PackSource, Counts], str]
    counts: Counts = field(default_factory=dict)


def slides(source: PackSource) -> Iterator[Slide]:
    """One slide per comparison that has data, then tiles."""
    found = [comparison for comparison in _comparisons(source) if comparison.pairs]
    if not found:
        yield _nothing(source)
    for comparison in found:
        yield from _compared(source, comparison)
    yield _tiles(source)


def _comparisons(source: PackSource) -> Iterator[Comparison]:
    pairs = _pairs(source, source.target, source.target_verdict)
    counts = _counted(_TARGETS, (source.target_verdict(code) for code in INDICATORS))
    yield Comparison("targets", source.translate("Target"), pairs, against_targets, counts)
    if not source.is_tested:
        yield from _untested(source)
        return
    others = _pairs(source, lambda code: source.comparison(code).get("rest_value"), source.verdict)
    counts = _counted(_BESIDE.values(), (_BESIDE.get(pair.verdict) for pair in others))
    yield Comparison("wider", all_others(source.kind, source.translate), others, against_others, counts)
    earlier = _pairs(source, lambda code: source.comparison(code).get("value_before"), source.change)
    counts = _counted(_TESTED, (pair.verdict for pair in earlier))
    yield Comparison("before", source.earlier_name, earlier, against_before, counts)


def _counted(order: Iterable[Labelled], verdicts: Iterable[Labelled | None]) -> Counts:
    found = Counter(verdicts)
    return {verdict: found[verdict] for verdict in dict.fromkeys(order)}


def _untested(source: PackSource) -> Iterator[Comparison]:
    """What a pack without verdicts was compared with, as figures alone."""
    wider = source.region_code if source.is_district else NATION
    if wider != source.area_code:
        pairs = _pairs(source, lambda code: source.figure(code, area_code=wider))
        yield Comparison("wider", source.name(wider), pairs, not_tested)
    pairs = _pairs(source, lambda code: source.figure(code, when=source.earlier))
    yield Comparison("before", source.earlier_name, pairs, not_tested)


def _pairs(
    source: PackSource,
    other_of: Callable[[str], float | None],
    verdict_of: Callable[[str], Labelled | None] | None = None,
) -> tuple[Pair, ...]:
    """Indicators in percent with both values, the worst first."""
    known = [(code, source.figure(code), other_of(code)) for code in _compared_codes(source)]
    pairs = [
        Pair(code, value, other, verdict_of(code) if verdict_of else None)
        for code, value, other in known
        if value is not None and other is not None
    ]
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
    """Slide of the worst and the best pairs; the others are among the figures."""
    translate, title = source.translate, comparison.conclude(source, comparison.counts)
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
            by_verdict(source, _verdicts(source, comparison)),
            _by_chance(source, comparison),
            interval_notes(source, (pair.code for pair in comparison.pairs)),
            missing,
        ),
        remarks=(*omitted_note(source, len(comparison.pairs) - len(shown)), *((missing,) if missing else ())),
    )


def _verdicts(source: PackSource, comparison: Comparison) -> Iterator[tuple[Labelled, str]]:
    """Verdicts with the names of their indicators; of targets those of other units too."""
    found = {pair.code: pair.verdict for pair in comparison.pairs}
    if comparison.key == "targets":
        found |= {code: source.target_verdict(code) for code in INDICATORS if source.target(code) is not None}
    for code, verdict in found.items():
        if verdict is not None:
            yield verdict, lower_first(source.indicator_name(code))


def _by_chance(source: PackSource, comparison: Comparison) -> str:
    """How many of the indicators would change clearly by chance alone; other verdicts allow for their number."""
    tested = sum(comparison.counts.values())
    if comparison.key != "before" or not tested:
        return ""
    return source.translate(
        "Indicators tested: {number}; by chance alone as many of them would change clearly: {chance}.",
        number=source.fmt.number(tested),
        chance=source.fmt.number((1 - METHOD.interval_confidence) * tested, decimals=1),
    )


def _named(comparison: Comparison) -> str:
    """Name of the comparison inside a sentence; names of areas keep their capital."""
    has_verdicts = any(pair.verdict is not None for pair in comparison.pairs)
    return lower_first(comparison.other_name) if has_verdicts else comparison.other_name


def _ends(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """As many of the worst and of the best pairs as a chart holds, worst first, since conclusions name both ends."""
    if len(pairs) <= PAIRED_ROWS:
        return pairs
    return (*pairs[: PAIRED_ROWS - BEST_SHOWN], *pairs[-BEST_SHOWN:])


def _chart(source: PackSource, comparison: Comparison, pairs: Sequence[Pair], *, title: str) -> BarChart:
    translate = source.translate
    texts = [
        (_labelled(source, pair), f"{source.fmt.percent(pair.value)} / {source.fmt.percent(pair.other)}")
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


def _labelled(source: PackSource, pair: Pair) -> str:
    """Name of an indicator, with its verdict where that is neither open nor neutral."""
    name = source.indicator_name(pair.code)
    if pair.verdict not in _IN_SHORT:
        return name
    return source.translate("{indicator}: {verdict}", indicator=name, verdict=source.translate(_IN_SHORT[pair.verdict]))


def _figures(source: PackSource, comparison: Comparison) -> Table:
    """All indicators in percent with the values for comparison, missing values too."""
    translate = source.translate
    others = {pair.code: pair.other for pair in comparison.pairs}
    columns = (
        FigureColumn(translate("Indicator"), share=3),
        FigureColumn(translate("Now"), ValueKind.PERCENT),
        FigureColumn(comparison.other_name, ValueKind.PERCENT, missing="–"),
        *verdict_columns(source),
        *certainty_columns(source, ValueKind.PERCENT),
        FigureColumn(translate("Cases"), ValueKind.COUNT),
    )
    ordered = [pair.code for pair in comparison.pairs] + [
        code for code in _compared_codes(source) if code not in others
    ]
    rows: list[tuple[Value, ...]] = []
    for code in ordered:
        row = source.value(code) or {}
        certainty = certainty_cells({**source.comparison(code), **row})
        cells = (row.get("value"), others.get(code), *verdict_cells(source, code), *certainty, row.get("n"))
        rows.append((source.indicator_name(code), *cells))
    totals = {translate(verdict.label): count for verdict, count in comparison.counts.items()}
    if totals:
        totals[translate("In all")] = sum(totals.values())
    empty = ("",) * (len(columns) - 2)
    rows += [(name, *empty, count) for name, count in totals.items()]
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
        FigureColumn(source.earlier_name, ValueKind.NUMBER, decimals=2),
        FigureColumn(translate("Last meeting"), ValueKind.NUMBER, decimals=2),
        *verdict_columns(source),
        *certainty_columns(source, ValueKind.NUMBER, decimals=2),
        FigureColumn(translate("Cases"), ValueKind.COUNT),
    )
    rows = tuple(
        (
            source.indicator_name(code),
            source.figure(code),
            source.target(code),
            source.figure(code, when=source.earlier),
            source.figure(code, when=When.LAST_PACK),
            *verdict_cells(source, code),
            *certainty_cells({**source.comparison(code), **(source.value(code) or {})}),
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


def against_targets(source: PackSource, counts: Counts) -> str:
    """Conclusion: how many targets are met, of all indicators, whatever their unit."""
    met, missed, within, number = _numbers(source, counts)
    return source.translate(
        "Targets met: {met} of {number}; missed: {missed}; within the interval of the value: {within}",
        met=met,
        number=number,
        missed=missed,
        within=within,
    )


def against_others(source: PackSource, counts: Counts) -> str:
    """Conclusion: how many indicators are better and worse than those of all other areas together."""
    translate, is_region = source.translate, source.kind is ScopeKind.REGION
    if not counts[Verdict.BETTER] and not counts[Verdict.WORSE]:
        return (
            translate("No indicator differs by more than chance from all other regions of the country")
            if is_region
            else translate("No indicator differs by more than chance from all other districts of the country")
        )
    better, worse, similar, number = _numbers(source, counts)
    words = {"better": better, "worse": worse, "similar": similar, "number": number}
    return (
        translate(
            "Indicators better than in all other regions: {better} of {number}; worse: {worse}; no clear difference: "
            "{similar}",
            **words,
        )
        if is_region
        else translate(
            "Indicators better than in all other districts: {better} of {number}; worse: {worse}; no clear difference: "
            "{similar}",
            **words,
        )
    )


def against_before(source: PackSource, counts: Counts) -> str:
    """Conclusion: how many indicators changed by more than chance against the same months of the year before."""
    if not counts[Change.BETTER] and not counts[Change.WORSE]:
        return source.translate("No indicator has changed clearly against the same months of the year before")
    better, worse, unclear, number = _numbers(source, counts)
    return source.translate(
        "Indicators better than a year ago: {better} of {number}; worse: {worse}; no clear change: {unclear}",
        better=better,
        number=number,
        worse=worse,
        unclear=unclear,
    )


def not_tested(source: PackSource, counts: Counts) -> str:  # noqa: ARG001 - a conclusion like the others
    """Conclusion of old packs, which hold no verdicts."""
    return source.translate("Values are shown beside others; whether they differ by more than chance was not tested")


def _numbers(source: PackSource, counts: Counts) -> Iterator[str]:
    """Each count, then their sum, as texts."""
    return (source.fmt.number(count) for count in (*counts.values(), sum(counts.values())))


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
