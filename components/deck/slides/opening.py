"""Opening slide: at most six key figures, and one sentence on the state of cooperation."""

from __future__ import annotations

from collections.abc import Iterator

from components.deck.compose import (
    certainty_cells,
    certainty_columns,
    interval_notes,
    lines,
    verdict_cells,
    verdict_columns,
)
from components.deck.indicator_tile import indicator_tile
from components.deck.model import FigureColumn, Slide, SlideTile, Table, Tiles, Value, ValueKind
from components.deck.source import PackSource
from data.codes import When
from data.indicators import Panel, shown_on
from data.indicators.agreement import PLAN_EXECUTION
from data.indicators.evaluations import EVALUATION_SCORE
from data.indicators.verdicts import Change, TargetVerdict, Verdict
from data.policy import ScopeKind

KEY_FIGURES = shown_on(Panel.OPENING_SLIDE)


def slides(source: PackSource) -> Iterator[Slide]:
    """One slide of tiles: the index where there is one, and the key indicators."""
    translate = source.translate
    title = _title(source)
    yield Slide(
        key="opening",
        title=title,
        body=Tiles((_index_tile(source), *(indicator_tile(source, code) for code in KEY_FIGURES))),
        figures=_figures(source),
        heading=source.area,
        notes=lines(
            translate("{area}, {period}.", area=source.area, period=source.fmt.period(source.content.period)),
            title + ".",
            interval_notes(source, KEY_FIGURES),
        ),
    )


def _title(source: PackSource) -> str:
    translate = source.translate
    plan, score = (source.figure(code) for code in (PLAN_EXECUTION.code, EVALUATION_SCORE.code))
    plan_text = source.indicator_text(PLAN_EXECUTION.code, plan)
    score_text = source.indicator_text(EVALUATION_SCORE.code, score)
    if plan is not None and score is not None:
        return translate(
            "{plan} of the plan is fulfilled, and NGOs give joint events a mean rating of {score}",
            plan=plan_text,
            score=score_text,
        )
    if plan is not None:
        return translate("{plan} of the plan is fulfilled; there are too few NGO ratings", plan=plan_text)
    if score is not None:
        return translate(
            "NGOs give joint events a mean rating of {score}; the plan has too few items", score=score_text
        )
    return translate("There is not enough data on the plan and on NGO ratings yet")


def _own_index(source: PackSource, when: When) -> dict[str, float | None]:
    row = next(source.rows("index", area_code=source.area_code, when=when.value), {})
    columns = ("index_value", "index_low", "index_high", "change", "change_low", "change_high")
    return {column: row.get(column) for column in columns}


def _index_tile(source: PackSource) -> SlideTile:
    translate, fmt = source.translate, source.fmt
    now = _own_index(source, When.NOW)
    value, low, high = now["index_value"], now["index_low"], now["index_high"]
    has_interval = value is not None and low is not None and high is not None
    interval = {"low": fmt.number(low or 0), "high": fmt.number(high or 0)}
    return SlideTile(
        label=translate("Effectiveness index, 0 to 100"),
        text=fmt.missing if value is None else fmt.number(value, decimals=1),
        note=translate("90% interval: {low}–{high}", **interval) if has_interval else "",
        value=value,
        decimals=1,
    )


def index_change(source: PackSource) -> Change:
    """Change of the area's own index against the year before: clear where its interval leaves out 0."""
    row = _own_index(source, When.NOW)
    low, high = row["change_low"], row["change_high"]
    if low is None or high is None:
        return Change.UNKNOWN
    return Change.BETTER if low > 0 else Change.WORSE if high < 0 else Change.NOT_CLEAR


def _figures(source: PackSource) -> Table:
    translate = source.translate
    columns = (
        FigureColumn(translate("Indicator"), share=3),
        FigureColumn(translate("Value"), ValueKind.NUMBER, decimals=2),
        FigureColumn(translate("Target"), ValueKind.NUMBER, decimals=2, missing="–"),
        FigureColumn(source.earlier_name, ValueKind.NUMBER, decimals=2),
        FigureColumn(translate("Last meeting"), ValueKind.NUMBER, decimals=2),
        *verdict_columns(source),
        *certainty_columns(source, ValueKind.NUMBER, decimals=2),
        FigureColumn(translate("Cases"), ValueKind.COUNT),
    )
    return Table(columns, (_index_row(source), *(_figure_row(source, code) for code in KEY_FIGURES)))


def _index_row(source: PackSource) -> tuple[Value, ...]:
    translate = source.translate
    now, before = _own_index(source, When.NOW), _own_index(source, source.earlier)
    labels = [TargetVerdict.NONE.label, index_change(source).label]
    others = () if source.kind is ScopeKind.NATION else (Verdict.NOT_COMPARED.label,)
    return (
        translate("Effectiveness index, 0 to 100"),
        *(now["index_value"], None, before["index_value"], None),
        *(translate(label) for label in (*labels, *others)),
        *(now["index_low"], now["index_high"], None, None, None, None, None),
    )


def _figure_row(source: PackSource, code: str) -> tuple[Value, ...]:
    row = source.value(code) or {}
    return (
        source.indicator_name(code),
        row.get("value"),
        source.target(code),
        source.figure(code, when=source.earlier),
        source.figure(code, when=When.LAST_PACK),
        *verdict_cells(source, code),
        *certainty_cells({**source.comparison(code), **row}),
        row.get("n"),
    )
