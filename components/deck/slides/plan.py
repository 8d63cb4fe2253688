"""Slides of planned and fulfilled items of the joint plan by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from components.deck.compose import CHART_ROWS, alternative, interval_notes, lines, part_heading, part_key, text_slide
from components.deck.model import BarChart, FigureColumn, Series, Slide, Table, ValueKind
from components.deck.source import PackSource
from components.deck.texts import even_parts
from data.codes import AgendaItem
from data.indicators.agreement import PLAN_EXECUTION

ITEM, CODE = AgendaItem.PLAN, PLAN_EXECUTION.code


def slides(source: PackSource) -> Iterator[Slide]:
    """Planned and fulfilled items by month; a period too long for one chart takes several slides."""
    rows = list(source.rows("plan"))
    planned, fulfilled = _totals(source, rows)
    if not planned:
        yield _nothing(source)
        return
    title, figures = _title(source, planned, fulfilled), _figures(source, rows, planned, fulfilled)
    chunks = list(even_parts(rows, most=CHART_ROWS))
    for number, chunk in enumerate(chunks, start=1):
        yield Slide(
            key=part_key("plan", number),
            title=title,
            body=_chart(source, chunk, title=title),
            figures=figures,
            heading=part_heading(source, ITEM, number, len(chunks)),
            notes=_notes(source, title, rows),
        )


def _totals(source: PackSource, rows: Sequence[dict[str, Any]]) -> tuple[int, int]:
    """Totals of the indicator, so that both agree; without a value, the sums of the months."""
    value = source.value(CODE)
    if value and value["denominator"] is not None and value["numerator"] is not None:
        return round(value["denominator"]), round(value["numerator"])
    return sum(row["planned"] or 0 for row in rows), sum(row["fulfilled"] or 0 for row in rows)


def _nothing(source: PackSource) -> Slide:
    translate = source.translate
    return text_slide(
        key="plan",
        title=translate("Nothing was planned jointly for this period"),
        texts=(translate("Without a joint plan events stay one-off: agree on one for each mahalla."),),
        columns=(
            FigureColumn(translate("Month"), ValueKind.MONTH),
            FigureColumn(translate("Planned"), ValueKind.COUNT),
        ),
    )


def _title(source: PackSource, planned: int, fulfilled: int) -> str:
    translate, fmt, share = source.translate, source.fmt, source.figure(CODE)
    words = {"fulfilled": fmt.number(fulfilled), "number": fmt.number(planned)}
    if share is None:
        return translate.plural(
            "{fulfilled} of {number} plan item is fulfilled: too few for a share",
            "{fulfilled} of {number} plan items are fulfilled: too few for a share",
            planned,
            **words,
        )
    return translate.plural(
        "{share} of the plan is fulfilled: {fulfilled} of {number} item",
        "{share} of the plan is fulfilled: {fulfilled} of {number} items",
        planned,
        share=fmt.percent(share),
        **words,
    )


def _chart(source: PackSource, rows: Sequence[dict[str, Any]], *, title: str) -> BarChart:
    translate, fmt = source.translate, source.fmt
    months = tuple(fmt.short_month(row["month"]) for row in rows)
    texts = [f"{fmt.number(row['fulfilled'] or 0)} / {fmt.number(row['planned'] or 0)}" for row in rows]
    return BarChart(
        categories=months,
        series=(
            Series(translate("Fulfilled"), tuple(_number(row["fulfilled"]) for row in rows)),
            Series(translate("Planned"), tuple(_number(row["planned"]) for row in rows)),
        ),
        kind=ValueKind.COUNT,
        alternative=alternative(title, zip(months, texts, strict=True)),
    )


def _number(count: int | None) -> float | None:
    return None if count is None else float(count)


def _figures(source: PackSource, rows: Sequence[dict[str, Any]], planned: int, fulfilled: int) -> Table:
    translate = source.translate
    columns = (
        FigureColumn(translate("Month"), ValueKind.MONTH, share=2),
        FigureColumn(translate("Planned"), ValueKind.COUNT),
        FigureColumn(translate("Fulfilled"), ValueKind.COUNT),
        FigureColumn(translate("Fulfilled, %"), ValueKind.PERCENT, missing="–"),
    )
    months = tuple((row["month"], row["planned"], row["fulfilled"], None) for row in rows)
    total = (translate("Whole period up to now"), planned, fulfilled, source.figure(CODE))
    return Table(columns, (*months, total), frozenset({len(months)}))


def _notes(source: PackSource, title: str, rows: Sequence[dict[str, Any]]) -> str:
    translate, fmt = source.translate, source.fmt
    short = [row for row in rows if (row["planned"] or 0) > (row["fulfilled"] or 0)]
    if not short:
        return lines(title + ".", interval_notes(source, (CODE,)))
    worst = max(short, key=lambda row: row["planned"] - (row["fulfilled"] or 0))
    missed = translate(
        "Most was left undone in {month}: planned {planned}, fulfilled {fulfilled}.",
        month=fmt.month(worst["month"]),
        planned=fmt.number(worst["planned"]),
        fulfilled=fmt.number(worst["fulfilled"] or 0),
    )
    return lines(title + ".", missed, interval_notes(source, (CODE,)))
