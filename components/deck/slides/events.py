"""Slide of joint events by direction: how many were held, in which direction most and in which none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from components.deck.compose import alternative, clauses, lines, text_slide
from components.deck.model import BarChart, FigureColumn, Series, Slide, Table, ValueKind
from components.deck.source import PackSource
from components.deck.texts import fitting_title
from components.shell.formatter import lower_first
from data.codes import Direction

Counts = Sequence[tuple[str, int, int, int]]


def slides(source: PackSource) -> Iterator[Slide]:
    """Held events by direction, most first; directions without events are shown too."""
    translate, fmt = source.translate, source.fmt
    counts = _counts(source)
    held, cancelled = sum(row[1] for row in counts), sum(row[2] for row in counts)
    columns = _columns(source)
    if not held and not cancelled:
        yield text_slide(
            key="events",
            title=translate("No joint event was held in this period"),
            texts=(translate("Decide today on the first event, its date and who is responsible."),),
            columns=columns,
        )
        return
    title = _title(source, counts, held)
    total = (translate("In all"), held, cancelled, sum(row[3] for row in counts))
    yield Slide(
        key="events",
        title=title,
        body=BarChart(
            categories=tuple(row[0] for row in counts),
            series=(Series(translate("Held"), tuple(float(row[1]) for row in counts)),),
            kind=ValueKind.COUNT,
            alternative=alternative(title, [(row[0], fmt.number(row[1])) for row in counts]),
        ),
        figures=Table(columns, (*counts, total), frozenset({len(counts)})),
        notes=lines(title + ".", _cancelled(source, cancelled), translate("Counts are not effectiveness.")),
    )


def _columns(source: PackSource) -> tuple[FigureColumn, ...]:
    translate = source.translate
    return (
        FigureColumn(translate("Direction"), share=3),
        FigureColumn(translate("Held"), ValueKind.COUNT),
        FigureColumn(translate("Cancelled"), ValueKind.COUNT),
        FigureColumn(translate("Participants"), ValueKind.COUNT),
    )


def _counts(source: PackSource) -> Counts:
    """Events of every direction, most first: name, held, cancelled, participants."""
    found = {row["direction_code"]: row for row in source.rows("events")}
    rows = []
    for direction in Direction:
        row = found.get(direction.value, {})
        held, cancelled, people = (int(row.get(name) or 0) for name in ("held", "cancelled", "participants"))
        rows.append((source.translate(direction.label), held, cancelled, people))
    return sorted(rows, key=lambda row: -row[1])


def _title(source: PackSource, counts: Counts, held: int) -> str:
    translate, fmt = source.translate, source.fmt
    count = translate.plural(
        "{number} joint event was held", "{number} joint events were held", held, number=fmt.number(held)
    )
    if not held:
        return translate("No joint event was held in this period")
    most = translate(
        "most often on {direction} ({number})", direction=lower_first(counts[0][0]), number=fmt.number(counts[0][1])
    )
    none = [lower_first(name) for name, number, _, _ in counts if not number]
    if not none:
        return fitting_title(clauses(count, most), count)
    missing = translate("none on {directions}", directions=", ".join(none))
    return fitting_title(clauses(count, most, missing), clauses(count, most), count)


def _cancelled(source: PackSource, cancelled: int) -> str:
    if not cancelled:
        return ""
    return source.translate.plural(
        "{number} event was cancelled.",
        "{number} events were cancelled.",
        cancelled,
        number=source.fmt.number(cancelled),
    )
