"""Slides of ratings by NGOs: by item, and the mean rating by month with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from components.deck.compose import alternative, by_verdict, interval_notes, lines, text_slide
from components.deck.model import BarChart, FigureColumn, LineChart, Series, Slide, Table, ValueKind
from components.deck.source import PackSource
from components.deck.texts import fitting_title
from components.indicators.verdict_texts import STANDS_OUT, verdict_of
from data.codes import EvaluationItem
from data.indicators.evaluations import EVALUATION_SCORE, WOULD_REPEAT
from data.indicators.verdicts import TargetVerdict

CODE = EVALUATION_SCORE.code
RATING_DECIMALS = 2


def slides(source: PackSource) -> Iterator[Slide]:
    """Mean ratings of the seven items, the best first; then the mean by month where two months have one."""
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
    months = list(source.rows("trend", indicator_code=CODE))
    if sum(row["value"] is not None for row in months) > 1:
        yield _trend(source, months)


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
        notes=lines(title + ".", _by_verdict(source, known), interval_notes(source, (CODE, WOULD_REPEAT.code))),
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


def _trend(source: PackSource, months: Sequence[dict[str, Any]]) -> Slide:
    translate, fmt, target = source.translate, source.fmt, source.target(CODE)
    title = _trend_title(source)
    names = tuple(fmt.short_month(row["month"]) for row in months)
    texts = [(name, fmt.rating(row["value"])) for name, row in zip(names, months, strict=True)]
    columns = (
        FigureColumn(translate("Month"), ValueKind.MONTH, share=2),
        FigureColumn(translate("Mean rating"), ValueKind.POINTS, decimals=RATING_DECIMALS),
        FigureColumn(translate("Evaluated events"), ValueKind.COUNT),
    )
    rows = tuple((row["month"], row["value"], row["n"]) for row in months)
    own = source.value(CODE)
    whole = (translate("Whole period"), own["value"], own["n"]) if own else None
    target_row = (translate("Target"), target, None) if target is not None else None
    return Slide(
        key="judgement-trend",
        title=title,
        body=LineChart(
            categories=names,
            series=(Series(source.indicator_name(CODE), tuple(row["value"] for row in months)),),
            kind=ValueKind.POINTS,
            alternative=alternative(title, texts),
            decimals=RATING_DECIMALS,
            target=target,
            target_name=translate("Target") if target is not None else "",
        ),
        figures=Table(_with_dash(columns), (*rows, *(row for row in (whole, target_row) if row))),
        notes=lines(
            title + ".", translate("A gap is a month with too few evaluated events."), interval_notes(source, (CODE,))
        ),
    )


def _with_dash(columns: tuple[FigureColumn, ...]) -> tuple[FigureColumn, ...]:
    """Columns in which the number of events is a dash in the row of the target."""
    *others, count = columns
    return (*others, FigureColumn(count.title, count.kind, missing="–"))


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
