"""Slides of ratings by NGOs: by item, and the mean rating over three years as a process chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from components.charts.palette import ATTENTION
from components.charts.process import MONTHS_OF_QUARTER, point_text, process_sentences, signal_colour, signal_text
from components.deck.compose import alternative, by_verdict, interval_notes, lines, text_slide
from components.deck.model import (
    BarChart,
    FigureColumn,
    LineChart,
    ProcessLines,
    Series,
    Slide,
    Table,
    Value,
    ValueKind,
)
from components.deck.source import PackSource
from components.deck.texts import fitting_title
from components.indicators.response import response_text, response_warning
from components.indicators.verdict_texts import STANDS_OUT, verdict_of
from components.shell.formatter import Formatter
from data.codes import EvaluationItem
from data.indicators.evaluations import EVALUATION_COVERAGE, EVALUATION_SCORE, WOULD_REPEAT
from data.indicators.process_charts import Signal
from data.indicators.verdicts import TargetVerdict

CODE = EVALUATION_SCORE.code
RATING_DECIMALS = 2


def slides(source: PackSource) -> Iterator[Slide]:
    """Mean ratings of the seven items, the best first; then the mean over time where two points have one."""
    translate = source.translate
    rows = [{**row, "mean": row["mean"] if row["has_enough"] else None} for row in source.rows("marks")]
    known = sorted((row for row in rows if row["mean"] is not None), key=lambda row: -row["mean"])
    if known:
        yield _items(source, [*known, *(row for row in rows if row["mean"] is None)], known)
    else:
        yield text_slide(
            key="judgement",
            title=translate("There are too few NGO ratings to assess the events yet"),
            texts=(
                translate("Ask the NGOs for their evaluations: they are open for 30 days after an event."),
                interval_notes(source, (CODE,)),
            ),
            columns=_columns(source),
        )
    points = list(source.rows("trend", indicator_code=CODE))
    if sum(row["value"] is not None for row in points) > 1:
        yield _trend(source, points)


def _columns(source: PackSource) -> tuple[FigureColumn, ...]:
    translate = source.translate
    return (
        FigureColumn(translate("Item"), share=3),
        FigureColumn(translate("Mean rating"), ValueKind.POINTS, decimals=RATING_DECIMALS),
        FigureColumn(translate("90% interval, from"), ValueKind.POINTS, decimals=RATING_DECIMALS, missing="–"),
        FigureColumn(translate("90% interval, to"), ValueKind.POINTS, decimals=RATING_DECIMALS, missing="–"),
        FigureColumn(translate("Beside all other items"), share=2),
        FigureColumn(translate("Ratings given"), ValueKind.COUNT),
    )


def _name(source: PackSource, row: dict[str, Any]) -> str:
    return source.label(EvaluationItem, row["item_code"])


def _items(source: PackSource, rows: Sequence[dict[str, Any]], known: Sequence[dict[str, Any]]) -> Slide:
    translate, fmt = source.translate, source.fmt
    title = _items_title(source, known)
    names = tuple(_name(source, row) for row in rows)
    texts = [(name, fmt.rating(row["mean"])) for name, row in zip(names, rows, strict=True)]
    figures = tuple(
        (name, row["mean"], *_ends(row), translate(verdict_of(row["verdict_code"]).label), row["n"] or 0)
        for name, row in zip(names, rows, strict=True)
    )
    return Slide(
        key="judgement",
        title=title,
        body=BarChart(
            categories=names,
            series=(Series(translate("Mean rating"), tuple(row["mean"] for row in rows)),),
            kind=ValueKind.POINTS,
            alternative=alternative(title, texts),
            decimals=RATING_DECIMALS,
        ),
        figures=Table(_columns(source), figures),
        notes=lines(
            title + ".",
            _by_verdict(source, known),
            *_response(source),
            interval_notes(source, (CODE, WOULD_REPEAT.code)),
        ),
        remarks=_response(source),
    )


def _ends(row: dict[str, Any]) -> tuple[float | None, float | None]:
    return (row["interval_low"], row["interval_high"]) if row["mean"] is not None else (None, None)


def _items_title(source: PackSource, known: Sequence[dict[str, Any]]) -> str:
    """Which items stand out from all others; none is named that does not."""
    translate, fmt = source.translate, source.fmt
    best, worst = known[0], known[-1]
    if best is worst:
        return translate(
            "NGOs give “{item}” a mean rating of {mark}", item=_name(source, best), mark=fmt.rating(best["mean"])
        )
    low = {"item": _name(source, worst), "mark": fmt.rating(worst["mean"])}
    high = {"best": _name(source, best), "high": fmt.rating(best["mean"])}
    is_low, is_high = (verdict_of(row["verdict_code"]) in STANDS_OUT for row in (worst, best))
    if is_low and is_high:
        return fitting_title(
            translate(
                "NGOs rate “{item}” lower than all other items, {mark}, and “{best}” higher, {high}", **low, **high
            ),
            translate("NGOs rate “{item}” lower than all other items: {mark}", **low),
        )
    if is_low:
        return translate("NGOs rate “{item}” lower than all other items: {mark}", **low)
    if is_high:
        return translate("NGOs rate “{best}” higher than all other items: {high}", **high)
    return translate(
        "Mean ratings of the items lie between {low} and {high}; none stands out by more than chance",
        low=low["mark"],
        high=high["high"],
    )


def _by_verdict(source: PackSource, known: Sequence[dict[str, Any]]) -> str:
    """Which items differ from all others together, where that was tested."""
    rows = [row for row in known if row["verdict_code"] is not None]
    return by_verdict(source, ((verdict_of(row["verdict_code"]), _name(source, row)) for row in rows))


def _trend(source: PackSource, points: Sequence[dict[str, Any]]) -> Slide:
    translate, fmt, target = source.translate, source.fmt, source.target(CODE)
    title = _trend_title(source)
    names = tuple(_short_name(row, fmt) for row in points)
    texts = [(name, fmt.rating(row["value"])) for name, row in zip(names, points, strict=True)]
    sentences = _sentences(source, points)
    target_row = (translate("Target"), target, *[None] * 5) if target is not None else None
    own = source.value(CODE)
    whole = (translate("Whole period"), own["value"], own["n"], *[None] * 4) if own else None
    return Slide(
        key="judgement-trend",
        title=title,
        body=LineChart(
            categories=names,
            series=(Series(source.indicator_name(CODE), tuple(row["value"] for row in points)),),
            kind=ValueKind.POINTS,
            alternative=alternative(title, texts),
            decimals=RATING_DECIMALS,
            target=target,
            target_name=translate("Target") if target is not None else "",
            process=_process(source, points),
            unfinished=frozenset(place for place, row in enumerate(points) if not _is_finished(row)),
        ),
        figures=Table(
            _trend_columns(source),
            (*(_trend_row(row, fmt) for row in points), *(row for row in (whole, target_row) if row)),
        ),
        notes=lines(
            title + ".",
            *sentences,
            translate("A gap is a point without enough data."),
            interval_notes(source, (CODE,)),
        ),
        remarks=(*sentences, *_response(source)),
    )


def _response(source: PackSource) -> tuple[str, ...]:
    """Return the response rate, with a warning where it is low."""
    rate = source.figure(EVALUATION_COVERAGE.code)
    found = (response_text(rate, fmt=source.fmt), response_warning(rate, fmt=source.fmt))
    return tuple(text if text.endswith(".") else f"{text}." for text in found if text)


def _is_finished(row: dict[str, Any]) -> bool:
    """Packs made before trends had limits say nothing of it."""
    return row["chart_code"] is None or row["is_finished"]


def _months(row: dict[str, Any]) -> int:
    return row["months"] or 1


def _short_name(row: dict[str, Any], fmt: Formatter) -> str:
    return fmt.short_quarter(row["month"]) if _months(row) == MONTHS_OF_QUARTER else fmt.short_month(row["month"])


def _sentences(source: PackSource, points: Sequence[dict[str, Any]]) -> list[str]:
    if points[0]["chart_code"] is None:
        return []
    return process_sentences(pd.DataFrame(points), EVALUATION_SCORE, fmt=source.fmt)


def _process(source: PackSource, points: Sequence[dict[str, Any]]) -> ProcessLines | None:
    """Limits of the chart; None where there are none."""
    translate = source.translate
    if all(row["limit_low"] is None for row in points):
        return None
    names = (translate("Centre line"), translate("Lower limit"), translate("Upper limit"))
    centre, low, high = (
        Series(name, tuple(row[key] if row["limit_low"] is not None else None for row in points))
        for name, key in zip(names, ("centre", "limit_low", "limit_high"), strict=True)
    )
    signals = {place: Signal(row["signal_code"] or Signal.USUAL) for place, row in enumerate(points)}
    outstanding = frozenset(place for place, signal in signals.items() if signal is not Signal.USUAL)
    worse = frozenset(
        place for place in outstanding if signal_colour(signals[place], EVALUATION_SCORE.better) == ATTENTION
    )
    return ProcessLines(centre, low, high, outstanding, worse)


def _trend_columns(source: PackSource) -> tuple[FigureColumn, ...]:
    translate = source.translate
    limits = (translate("Centre line"), translate("Lower limit"), translate("Upper limit"))
    return (
        FigureColumn(translate("Month or quarter"), share=2),
        FigureColumn(translate("Mean rating"), ValueKind.POINTS, decimals=RATING_DECIMALS),
        FigureColumn(translate("Ratings of events"), ValueKind.COUNT, missing="–"),
        *(FigureColumn(name, ValueKind.POINTS, decimals=RATING_DECIMALS, missing="–") for name in limits),
        FigureColumn(translate("Among the points"), share=2, missing="–"),
    )


def _trend_row(row: dict[str, Any], fmt: Formatter) -> tuple[Value, ...]:
    name = point_text(row["month"], _months(row), fmt=fmt)
    limits = (row["centre"] if row["limit_low"] is not None else None, row["limit_low"], row["limit_high"])
    text = signal_text({**row, "is_finished": _is_finished(row)}, fmt=fmt)
    return name, row["value"], row["n"], *limits, text or None


def _trend_title(source: PackSource) -> str:
    translate, target = source.translate, source.target(CODE)
    score = source.figure(CODE)
    if score is None:
        return translate("The whole period has too few NGO ratings for a mean")
    text = source.indicator_text(CODE, score)
    if target is None:
        return translate("The mean NGO rating over the period is {score}", score=text)
    goal = source.indicator_text(CODE, target)
    titles = {
        TargetVerdict.MISSED: translate(
            "The mean NGO rating is {score}, below the target of {target}", score=text, target=goal
        ),
        TargetVerdict.MET: translate(
            "The mean NGO rating is {score} and meets the target of {target}", score=text, target=goal
        ),
        TargetVerdict.WITHIN: translate(
            "The mean NGO rating is {score}; the target of {target} lies within its interval", score=text, target=goal
        ),
    }
    return titles[source.target_verdict(CODE)]
