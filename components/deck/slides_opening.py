"""The opening slide: at most six large figures, and in one sentence how cooperation goes."""

from __future__ import annotations

from collections.abc import Iterator

from components.deck.model import Column, Slide, Table, Tile, Tiles, ValueKind
from components.deck.source import Source
from components.deck.words import fitting
from data.indicators import IndicatorCode, Unit

KEY_FIGURES = (
    IndicatorCode.PLAN_EXECUTION,
    IndicatorCode.EVALUATION_SCORE,
    IndicatorCode.MAHALLA_REACH,
    IndicatorCode.MEMORANDUM_ALIVE,
    IndicatorCode.RECOMMENDATIONS_CLOSED,
    IndicatorCode.DECISIONS_DONE,
)


def slides(source: Source) -> Iterator[Slide]:
    """One slide of tiles."""
    translate = source.translate
    tiles = tuple(_tile(source, code) for code in KEY_FIGURES)
    columns = (
        Column(translate("Indicator"), share=3),
        Column(translate("Value"), ValueKind.NUMBER, decimals=2),
    )
    rows = tuple((tile.label, tile.value) for tile in tiles)
    yield Slide(
        key="opening",
        title=fitting(translate("Cooperation in {area}: key figures", area=source.area)),
        body=Tiles(tiles),
        figures=Table(columns, rows),
        heading=source.area,
    )


def _tile(source: Source, code: IndicatorCode) -> Tile:
    value = source.figure(code)
    is_percent = source.indicator(code).unit is Unit.PERCENT
    return Tile(
        label=source.indicator_name(code),
        text=source.indicator_text(code, value),
        note="",
        value=value,
        kind=ValueKind.PERCENT if is_percent else ValueKind.NUMBER,
        decimals=0 if is_percent else 2,
    )
