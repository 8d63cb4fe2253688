"""Slides of recommendations of NGOs: how many are closed, which are overdue, and what was answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from components.deck.compose import (
    LONG_ROWS,
    Listing,
    alternative,
    clauses,
    interval_notes,
    lines,
    list_slides,
    text_slide,
)
from components.deck.model import BarChart, FigureColumn, Series, Slide, Table, Value, ValueKind
from components.deck.source import PackSource
from data.codes import AgendaItem, RecommendationState
from data.indicators.answers import RECOMMENDATIONS_CLOSED

ITEM = AgendaItem.RECOMMENDATIONS


def slides(source: PackSource) -> Iterator[Slide]:
    """Number by state; then the overdue ones, the longest first, and those with an answer."""
    translate = source.translate
    counts = {row["state_code"]: row for row in source.rows("recommendation_counts")}
    if not sum(row["count"] or 0 for row in counts.values()):
        yield text_slide(
            key="recommendations",
            title=translate("No recommendation of an NGO has reached the leaders yet"),
            texts=(translate("NGOs make recommendations when they evaluate an event: ask for them."),),
            columns=(FigureColumn(translate("Recommendation"), share=5), FigureColumn(translate("State"))),
        )
        return
    yield _overview(source, counts)
    rows = list(source.rows("recommendations"))
    if overdue := sorted((row for row in rows if row["is_overdue"]), key=lambda row: -(row["days_overdue"] or 0)):
        yield from _overdue(source, overdue, _all(counts, "overdue", overdue))
    if answered := sorted((row for row in rows if row["answer"]), key=_how_far):
        yield from _answered(source, answered, _all(counts, "answered", answered))


def _all(counts: dict[str, dict[str, Any]], column: str, rows: Sequence[object]) -> int:
    """Total number; a pack counts all and holds only the first ones."""
    return max(len(rows), sum(row[column] or 0 for row in counts.values()))


def _how_far(row: dict[str, Any]) -> int:
    """Sort key that puts what was done before what was only promised."""
    done = (RecommendationState.CLOSED.value, RecommendationState.DONE.value)
    return done.index(row["state_code"]) if row["state_code"] in done else len(done)


def _overview(source: PackSource, counts: dict[str, dict[str, Any]]) -> Slide:
    translate, fmt = source.translate, source.fmt
    states = [
        (translate(state.label), _count(counts, state, "count"), _count(counts, state, "overdue"))
        for state in RecommendationState
    ]
    total, overdue = sum(row[1] for row in states), sum(row[2] for row in states)
    closed = _count(counts, RecommendationState.CLOSED, "count")
    title = clauses(
        translate.plural(
            "{closed} of {number} recommendation of NGOs is closed",
            "{closed} of {number} recommendations of NGOs are closed",
            total,
            closed=fmt.number(closed),
            number=fmt.number(total),
        ),
        translate.plural("{number} is overdue", "{number} are overdue", overdue, number=fmt.number(overdue))
        if overdue
        else translate("none is overdue"),
    )
    columns = (
        FigureColumn(translate("State"), share=3),
        FigureColumn(translate("Recommendations"), ValueKind.COUNT),
        FigureColumn(translate("Of them overdue"), ValueKind.COUNT),
    )
    return Slide(
        key="recommendations",
        title=title,
        body=BarChart(
            categories=tuple(row[0] for row in states),
            series=(
                Series(translate("Recommendations"), tuple(float(row[1]) for row in states)),
                Series(translate("Of them overdue"), tuple(float(row[2]) for row in states)),
            ),
            kind=ValueKind.COUNT,
            alternative=alternative(title, [(row[0], fmt.number(row[1])) for row in states]),
        ),
        figures=Table(columns, (*states, (translate("In all"), total, overdue)), frozenset({len(states)})),
        notes=lines(
            title + ".",
            translate("Only the confirmation of the NGO closes a recommendation."),
            interval_notes(source, (RECOMMENDATIONS_CLOSED.code,)),
        ),
    )


def _count(counts: dict[str, dict[str, Any]], state: RecommendationState, column: str) -> int:
    return int(counts.get(state.value, {}).get(column) or 0)


def _listing(
    source: PackSource, rows: Sequence[dict[str, Any]], total: int, *more: tuple[FigureColumn, str]
) -> Listing:
    """Rows with the district (for a wider area), the text of the NGO, and further columns with the
    key of their values.
    """
    translate = source.translate
    district = () if source.is_district else (FigureColumn(translate("District"), share=2.2),)
    columns = (
        *district,
        FigureColumn(translate("Recommendation"), share=5),
        FigureColumn(translate("NGO"), share=2.2, missing=translate("Confidential")),
        *(column for column, _ in more),
    )
    cells: list[tuple[Value, ...]] = []
    for row in rows:
        first = () if source.is_district else (source.name(row["district_soato"]),)
        cells.append((*first, row["text"], row["ngo_name"], *(row[key] for _, key in more)))
    return Listing(columns, tuple(cells), total=total)


def _overdue(source: PackSource, rows: Sequence[dict[str, Any]], total: int) -> Iterator[Slide]:
    translate, fmt = source.translate, source.fmt
    title = translate.plural(
        "{number} recommendation is overdue: {late}",
        "{number} recommendations are overdue, the longest: {late}",
        total,
        number=fmt.number(total),
        late=fmt.lateness(rows[0]["days_overdue"] or 0),
    )
    listing = _listing(
        source,
        _with_states(source, rows),
        total,
        (FigureColumn(translate("State"), share=2), "state"),
        (FigureColumn(translate("Deadline"), ValueKind.DATE, share=1.8), "due_date"),
        (FigureColumn(translate("Days late"), ValueKind.COUNT, share=1.3), "days_overdue"),
    )
    ask = translate("An answer is owed to each of these NGOs: name who gives it, and the day.")
    yield from list_slides(
        source,
        listing,
        item=ITEM,
        key="recommendations-overdue",
        title=title,
        notes=lines(title + ".", ask),
        most_rows=LONG_ROWS,
    )


def _answered(source: PackSource, rows: Sequence[dict[str, Any]], total: int) -> Iterator[Slide]:
    translate, fmt = source.translate, source.fmt
    title = translate.plural(
        "You said, we did: {number} recommendation has an answer",
        "You said, we did: {number} recommendations have an answer",
        total,
        number=fmt.number(total),
    )
    listing = _listing(
        source,
        _with_states(source, rows),
        total,
        (FigureColumn(translate("Answer"), share=5), "answer"),
        (FigureColumn(translate("State"), share=2), "state"),
    )
    yield from list_slides(
        source,
        listing,
        item=ITEM,
        key="recommendations-answered",
        title=title,
        notes=title + ".",
        most_rows=LONG_ROWS,
    )


def _with_states(source: PackSource, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            **row,
            "state": source.label(RecommendationState, row["state_code"]),
            "days_overdue": row["days_overdue"] or (0 if row["is_overdue"] else None),
        }
        for row in rows
    ]
