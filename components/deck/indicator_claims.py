"""What comparisons of indicators say: conclusions in one sentence, and where a difference may be chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from components.deck.compose import clauses, lowered
from components.deck.indicator_tile import falls_short
from components.deck.source import NATION, Source
from components.deck.words import fitting
from data.indicators import INDICATORS, Better, IndicatorCode


@dataclass(frozen=True)
class Pair:
    """An indicator's value and what it is compared with, both known."""

    code: IndicatorCode
    value: float
    other: float

    @property
    def gain(self) -> float:
        """By how much the value is better than the other one; below zero it is worse."""
        change = self.value - self.other
        return -change if INDICATORS[self.code].better is Better.DOWN else change


def chance(source: Source, pairs: Sequence[Pair]) -> str:
    """The indicators whose interval holds what they are compared with: their difference may be chance."""
    near = []
    for pair in pairs:
        row = source.value(pair.code) or {}
        low, high = row.get("interval_low"), row.get("interval_high")
        if low is not None and high is not None and low <= pair.other <= high:
            near.append(lowered(source.indicator_name(pair.code)))
    if not near:
        return ""
    return source.translate(
        "Cannot be told apart from it, by the 90% interval: {indicators}.", indicators="; ".join(near)
    )


def _texts(source: Source, pair: Pair) -> dict[str, str]:
    value, other = (source.fmt.percent(number) for number in (pair.value, pair.other))
    return {"indicator": source.indicator_name(pair.code), "value": value, "other": other}


def against_target(source: Source, pairs: Sequence[Pair]) -> str:
    """Which indicator is furthest from its target; pairs from the worst to the best."""
    translate, texts = source.translate, _texts(source, pairs[0])
    if falls_short(source, pairs[0].code, pairs[0].value, pairs[0].other):
        return translate("The indicator furthest from its target is “{indicator}”: {value} against {other}", **texts)
    return translate("All targets are met; the closest one is that of “{indicator}”: {value} against {other}", **texts)


def against_wider(source: Source, pairs: Sequence[Pair]) -> str:
    """Which indicator is furthest behind the wider area; pairs from the worst to the best."""
    translate, wider = source.translate, source.region_code if source.is_district else NATION
    if pairs[0].gain < 0:
        texts = _texts(source, pairs[0])
        return fitting(
            translate(
                "The indicator furthest behind is “{indicator}”: {value} against {other} ({area})",
                **texts,
                area=source.name(wider),
            ),
            translate("The indicator furthest behind is “{indicator}”: {value} against {other}", **texts),
        )
    texts = _texts(source, pairs[-1])
    return fitting(
        translate("No indicator is behind; furthest ahead is “{indicator}”: {value} against {other}", **texts),
        translate("No indicator is behind the wider area"),
    )


def against_before(source: Source, pairs: Sequence[Pair]) -> str:
    """What improved most and what worsened most; one of them where both are too long."""
    translate, best, worst = source.translate, pairs[-1], pairs[0]
    better = translate("“{indicator}” improved most: {other} before, {value} now", **_texts(source, best))
    worse = translate("“{indicator}” worsened most: {other} before, {value} now", **_texts(source, worst))
    if worst.gain >= 0:
        return better if best.gain > 0 else translate("No indicator changed")
    if best.gain <= 0:
        return worse
    return fitting(
        clauses(better, translate("“{indicator}” worsened: {other} before, {value} now", **_texts(source, worst))),
        better,
    )


def of_other_units(source: Source) -> str:
    """The mean mark, and how fast answers come."""
    translate, fmt = source.translate, source.fmt
    days, score = source.figure(IndicatorCode.ANSWER_DAYS), source.figure(IndicatorCode.EVALUATION_SCORE)
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
        return clauses(translate("There are too few marks of NGOs"), answer)
    mean = source.indicator_text(IndicatorCode.EVALUATION_SCORE, score)
    return clauses(translate("NGOs give joint events a mean mark of {score}", score=mean), answer)
