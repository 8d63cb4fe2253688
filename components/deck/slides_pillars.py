"""The pillars of an area's own index, now and in the period before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from components.deck.compose import alternative, lines, lowered
from components.deck.model import BarChart, Column, Series, Slide, Table, ValueKind
from components.deck.source import Source
from components.deck.words import fitting
from data.effectiveness.index import Pillar
from queries.meetings.packs.frames import When

Scores = Mapping[Pillar, float | None]


def slides(source: Source) -> Iterator[Slide]:
    """One slide of bars; none where no pillar has a score."""
    translate = source.translate
    now, before = _scores(source, When.NOW), _scores(source, When.BEFORE)
    if all(score is None for score in now.values()):
        return
    title = _title(source, now)
    names = [translate(pillar.label) for pillar in Pillar]
    columns = (
        Column(translate("Pillar"), share=3),
        Column(translate("Now"), ValueKind.NUMBER, decimals=1),
        Column(translate("Period before"), ValueKind.NUMBER, decimals=1),
    )
    yield Slide(
        key="pillars",
        title=title,
        body=BarChart(
            categories=tuple(names),
            series=tuple(
                Series(column.title, tuple(scores.values()))
                for column, scores in zip(columns[1:], (now, before), strict=True)
            ),
            kind=ValueKind.NUMBER,
            decimals=1,
            alternative=alternative(title, zip(names, (_text(source, score) for score in now.values()), strict=True)),
        ),
        figures=Table(columns, (*zip(names, now.values(), before.values(), strict=True), _index_row(source))),
        notes=lines(title + ".", translate("A pillar is the mean of its indicators, each brought to 0 to 100.")),
    )


def _scores(source: Source, when: When) -> Scores:
    """The score of each pillar of the own area; None without data."""
    rows = source.rows("pillars", area_code=source.area_code, when=when.value)
    found = {row["pillar_code"]: row["value"] for row in rows}
    return {pillar: found.get(pillar.value) for pillar in Pillar}


def _index_row(source: Source) -> tuple[str, float | None, float | None]:
    """The index that the pillars make, now and before."""
    rows = source.rows("index", area_code=source.area_code)
    found = {row["when"]: row["index_value"] for row in rows}
    name = source.translate("Effectiveness index, 0 to 100")
    return name, found.get(When.NOW.value), found.get(When.BEFORE.value)


def _text(source: Source, score: float | None) -> str:
    return source.fmt.missing if score is None else source.fmt.number(score, decimals=1)


def _title(source: Source, now: Scores) -> str:
    translate = source.translate
    known = [(score, pillar) for pillar, score in now.items() if score is not None]
    (high, best), (low, worst) = max(known), min(known)
    ends = {
        "best": lowered(translate(best.label)),
        "worst": lowered(translate(worst.label)),
        "high": _text(source, high),
        "low": _text(source, low),
    }
    row = next(source.rows("index", area_code=source.area_code, when=When.NOW.value), {})
    short = translate("Strongest pillar: {best}, {high}; weakest: {worst}, {low}", **ends)
    if row.get("index_value") is None:
        return short
    index = _text(source, row["index_value"])
    return fitting(
        translate(
            "The index is {index}; strongest pillar: {best}, {high}; weakest: {worst}, {low}", index=index, **ends
        ),
        short,
    )
