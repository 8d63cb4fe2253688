"""Slide of the districts whose index rose by more than chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from components.deck.compose import alternative, lines, text_slide
from components.deck.model import BarChart, FigureColumn, Series, Slide, Table, ValueKind
from components.deck.places import PackPlaces
from components.deck.source import PackSource

Movers = Sequence[Mapping[str, Any]]


def slides(source: PackSource) -> Iterator[Slide]:
    """One slide of bars, the largest rise first; a text slide where no index rose by more than chance."""
    places, translate = PackPlaces(source), source.translate
    rows = list(source.rows("movers"))
    columns = (
        *places.columns(),
        FigureColumn(source.earlier_name, ValueKind.NUMBER, decimals=1),
        FigureColumn(translate("Now"), ValueKind.NUMBER, decimals=1),
        FigureColumn(translate("Change"), ValueKind.NUMBER, decimals=1),
        FigureColumn(translate("Probability by chance"), ValueKind.NUMBER, decimals=3, missing="–"),
    )
    if not rows:
        yield _nothing(source, columns)
        return
    title = _title(source, rows)
    found = tuple(
        (*places.cells(row["area_code"]), row["index_before"], row["index_now"], row["change"], row["p"])
        for row in rows
    )
    yield Slide(
        key="movers",
        title=title,
        body=_chart(source, rows, title=title),
        figures=Table(columns, found),
        notes=lines(
            title + ".",
            translate("Ask these districts what they did differently, and let them tell the others."),
            _certainty(source, rows[0]),
        ),
    )


def _certainty(source: PackSource, first: Mapping[str, Any]) -> str:
    translate = source.translate
    if first["p"] is None:
        return translate("A change of a few points may be chance: the index rests on samples.")
    return translate(
        "Districts compared: {number}; of those named at most 5% are expected by chance. The others are not told "
        "apart from districts that did not change.",
        number=source.fmt.number(first["compared"] or 0),
    )


def _nothing(source: PackSource, columns: tuple[FigureColumn, ...]) -> Slide:
    translate = source.translate
    return text_slide(
        key="movers",
        title=translate("No district's index rose by more than chance against the same months of the year before"),
        texts=(
            translate("Rises that chance could make are not named: the largest of many is often the luckiest."),
            translate("A change is known only where the index is known in both periods."),
        ),
        columns=columns,
    )


def _title(source: PackSource, rows: Movers) -> str:
    translate, fmt = source.translate, source.fmt
    if rows[0]["p"] is None:
        return translate("Indices now and in the period before; whether they differ by more than chance was not tested")
    return translate.plural(
        "The index of {number} district rose by more than chance against the year before",
        "The index of {number} districts rose by more than chance against the year before",
        risen := rows[0]["risen"] or len(rows),
        number=fmt.number(risen),
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
            Series(source.earlier_name, tuple(row["index_before"] for row in rows)),
        ),
        kind=ValueKind.NUMBER,
        decimals=1,
        alternative=alternative(title, zip(names, changes, strict=True)),
    )
