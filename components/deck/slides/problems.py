"""Slide of the problems that NGOs met at joint events, the most frequent first."""

from __future__ import annotations

from collections.abc import Iterator

from components.deck.compose import CHART_ROWS, alternative, lines, text_slide
from components.deck.model import BarChart, FigureColumn, Series, Slide, Table, ValueKind
from components.deck.source import PackSource
from components.deck.texts import fitting_title
from data.codes import Problem


def slides(source: PackSource) -> Iterator[Slide]:
    """Number of evaluations that name each problem; problems that none names are left out."""
    translate, fmt = source.translate, source.fmt
    rows = sorted(
        (row for row in source.rows("problems") if row["evaluations"] and row["n"]), key=lambda row: -row["evaluations"]
    )
    columns = (
        FigureColumn(translate("Problem"), share=4),
        FigureColumn(translate("Evaluations that name it"), ValueKind.COUNT),
        FigureColumn(translate("Evaluations counted"), ValueKind.COUNT),
        FigureColumn(translate("Share of the evaluations"), ValueKind.PERCENT),
    )
    if not rows:
        yield text_slide(
            key="problems",
            title=translate("No problem is named in the evaluations that may be shown"),
            texts=(translate("Problems are shown as soon as enough evaluations name any."),),
            columns=columns,
        )
        return
    names = [source.label(Problem, row["problem_code"]) for row in rows]
    counts = [int(row["evaluations"]) for row in rows]
    figures = tuple(
        (name, count, row["n"], 100 * count / row["n"]) for name, count, row in zip(names, counts, rows, strict=True)
    )
    title = _title(source, names[0], counts[0], int(rows[0]["n"]))
    shown = slice(CHART_ROWS)
    pairs = [(name, fmt.number(count)) for name, count in zip(names[shown], counts[shown], strict=True)]
    yield Slide(
        key="problems",
        title=title,
        body=BarChart(
            categories=tuple(names[shown]),
            series=(Series(translate("Evaluations that name it"), tuple(map(float, counts[shown]))),),
            kind=ValueKind.COUNT,
            alternative=alternative(title, pairs),
        ),
        figures=Table(columns, figures),
        notes=lines(title + ".", translate("One evaluation may name several problems.")),
    )


def _title(source: PackSource, name: str, count: int, n: int) -> str:
    translate, fmt = source.translate, source.fmt
    words = {"problem": name, "share": fmt.percent(100 * count / n)}
    numbers = {"count": fmt.number(count), "number": fmt.number(n)}
    return fitting_title(
        translate("“{problem}” is named in {share} of the evaluations ({count} of {number})", **words, **numbers),
        translate("“{problem}” is named in {share} of the evaluations", **words),
    )
