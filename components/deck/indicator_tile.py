"""SlideTile of an indicator: its value with the verdict on it."""

from __future__ import annotations

from components.deck.model import SlideTile, ValueKind
from components.deck.source import PackSource
from components.indicators.verdict_texts import change_words, target_words
from data.indicators import Unit
from data.indicators.verdicts import TargetVerdict


def indicator_tile(source: PackSource, code: str) -> SlideTile:
    """An indicator's value beside its target, else beside a year ago; it stands out where it misses the target."""
    indicator, value = source.indicator(code), source.figure(code)
    is_percent = indicator.unit is Unit.PERCENT
    return SlideTile(
        label=source.indicator_name(code),
        text=source.indicator_text(code, value),
        note=_note(source, code),
        value=value,
        kind=ValueKind.PERCENT if is_percent else ValueKind.NUMBER,
        decimals=0 if is_percent else digits(source, code),
        is_attention=source.target_verdict(code) is TargetVerdict.MISSED,
    )


def _note(source: PackSource, code: str) -> str:
    translate, row, target = source.translate, source.value(code), source.target(code)
    if row is not None and row["value"] is None:
        return source.fmt.counted(source.indicator(code), row["n"] or 0)
    if target is not None:
        text = source.indicator_text(code, target)
        return target_words(source.target_verdict(code), text, translate) or translate("Target: {value}", value=text)
    before = source.figure(code, when=source.earlier)
    if before is None:
        return ""
    text = source.indicator_text(code, before)
    return change_words(source.change(code), text, translate) or translate("Before: {value}", value=text)


def digits(source: PackSource, code: str) -> int:
    """Digits after the decimal sign for a value that is no percentage."""
    return 2 if source.indicator(code).unit in {Unit.POINTS, Unit.NUMBER} else 0
