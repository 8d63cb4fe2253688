"""Slide of the districts whose index rose most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from components.deck.compose import alternative, lines, text_slide
from components.deck.model import BarChart, FigureColumn, Series, Slide, Table, ValueKind
from components.deck.places import PackPlaces
from components.deck.source import PackSource
from components.deck.texts import fitting_title

Movers = Sequence[Mapping[str, Any]]


def slides(source: PackSource) -> Iterator[Slide]:
    """One slide of bars, the largest rise first; a text slide where no index rose."""
    places, translate = PackPlaces(source), source.translate
    rows = list(source.rows("movers"))
    columns = (
        *places.columns(),
        FigureColumn(translate("Period before"), ValueKind.NUMBER, decimals=1),
        FigureColumn(translate("Now"), ValueKind.NUMBER, decimals=1),
        FigureColumn(translate("Change"), ValueKind.NUMBER, decimals=1),
    )
    if not rows:
        yield _nothing(source, columns)
        return
    title = _title(source, rows[0])
    found = tuple(
        (*places.cells(row["area_code"]), row["index_before"], row["index_now"], row["change"]) for row in rows
    )
    yield Slide(
        key="movers",
        title=title,
        body=_chart(source, rows, title=title),
        figures=Table(columns, found),
        notes=lines(
            title + ".",
            translate("Ask these districts what they did differently, and let them tell the others."),
            translate("A change of a few points may be chance: the index rests on samples."),
        ),
    )


def _nothing(source: PackSource, columns: tuple[FigureColumn, ...]) -> Slide:
    translate = source.translate
    return text_slide(
        key="movers",
        title=translate("No district's index rose against the period before"),
        texts=(translate("A change is known only where the index is known in both periods."),),
        columns=columns,
    )


def _title(source: PackSource, first: Mapping[str, Any]) -> str:
    fmt = source.fmt
    words = {
        "area": source.name(first["area_code"]),
        "before": fmt.number(first["index_before"], decimals=1),
        "now": fmt.number(first["index_now"], decimals=1),
    }
    return fitting_title(
        source.translate("The index rose most here: {area}, from {before} to {now}", **words),
        source.translate("{area}: index from {before} to {now}", **words),
    )


def _chart(source: PackSource, rows: Movers, *, title: str) -> BarChart:
    translate, fmt = source.translate, source.fmt
    names = tuple(source.name(row["area_code"]) for row in rows)
    changes = (
        f"{fmt.number(row['index_before'], decimals=1)} → {fmt.number(row['index_now'], decimals=1)}" for row in rows
    )
    return BarChart(
        categories=names,
        series=(
            Series(translate("Now"), tuple(row["index_now"] for row in rows)),
            Series(translate("Period before"), tuple(row["index_before"] for row in rows)),
        ),
        kind=ValueKind.NUMBER,
        decimals=1,
        alternative=alternative(title, zip(names, changes, strict=True)),
    )
