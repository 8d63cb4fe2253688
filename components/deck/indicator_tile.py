"""SlideTile of an indicator, and the comparison of two of its values."""

from __future__ import annotations

from components.deck.model import SlideTile, ValueKind
from components.deck.source import PackSource
from data.codes import When
from data.indicators import Better, Unit


def indicator_tile(source: PackSource, code: str) -> SlideTile:
    """An indicator's value with its target, else with the value before; it stands out where it misses the target."""
    indicator, value, target = source.indicator(code), source.figure(code), source.target(code)
    is_percent = indicator.unit is Unit.PERCENT
    return SlideTile(
        label=source.indicator_name(code),
        text=source.indicator_text(code, value),
        note=_note(source, code, target),
        value=value,
        kind=ValueKind.PERCENT if is_percent else ValueKind.NUMBER,
        decimals=0 if is_percent else digits(source, code),
        is_attention=value is not None and target is not None and is_worse(source, code, value, target),
    )


def _note(source: PackSource, code: str, target: float | None) -> str:
    translate, row = source.translate, source.value(code)
    if row is not None and row["value"] is None:
        return source.fmt.counted(source.indicator(code), row["n"] or 0)
    if target is not None:
        return translate("Target: {value}", value=source.indicator_text(code, target))
    before = source.figure(code, when=source.previous)
    if before is None:
        return ""
    text = source.indicator_text(code, before)
    is_pack = source.previous is When.LAST_PACK
    return translate("Last meeting: {value}", value=text) if is_pack else translate("Before: {value}", value=text)


def is_worse(source: PackSource, code: str, value: float, target: float) -> bool:
    """Whether a value is on the worse side of another one."""
    return value > target if source.indicator(code).better is Better.DOWN else value < target


def digits(source: PackSource, code: str) -> int:
    """Digits after the decimal sign for a value that is no percentage."""
    return 2 if source.indicator(code).unit in {Unit.POINTS, Unit.NUMBER} else 0
