"""Summary of the week as a document: how an area stands, what needs attention, and its main indicators.

What NGOs say of events, and what became of it, is left out as in the summary itself: how those numbers move from
week to week could tell when a confidential evaluation was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from components.attention import AttentionGroup
from components.deck.deck import demo_notice
from components.deck.model import Bullets, Credits, Deck, FigureColumn, Slide, Table
from components.deck.source import one_line
from components.deck.texts import CELL_LENGTH, shortened
from components.indicators.area_tiles import NO_CHANGE, NO_FIGURE, AreaFigures
from components.indicators.lead import lead_words, overdue_words
from components.indicators.verdict_texts import beside_others, change_of, verdict_of
from components.shell.areas import Area
from components.shell.formatter import Formatter, is_missing
from data.indicators import INDICATORS, MONTHLY_CODES, AreaTarget
from data.indicators.evaluations import EVALUATION_COVERAGE
from data.indicators.verdicts import against_target
from data.language import N_
from data.policy import ScopeKind

SUMMARY_CODES = tuple(
    code for code in MONTHLY_CODES if not INDICATORS[code].is_said_by_ngos and code != EVALUATION_COVERAGE.code
)
# So many rows with so many characters of their owner, and the indicators below them, take two pages at the most.
MOST_ROWS, OWNER_LENGTH = 12, 60
LEFT_OUT_NOTE = N_("Evaluations and recommendations are not in this summary; the page has them.")


def summary_deck(
    figures: AreaFigures | None,
    groups: Sequence[AttentionGroup],
    *,
    area: Area,
    today: date,
    made_at: datetime,
    is_demo: bool,
    method_version: str,
    fmt: Formatter,
) -> Deck:
    """Return the summary of an area; ``figures`` are of :data:`SUMMARY_CODES` alone, None where there are none."""
    translate, day = fmt.translate, fmt.date(today)
    subtitle = day
    if figures is not None:
        subtitle = translate("{period}; figures of {date}", period=fmt.period(figures.period), date=day)
    slides = [*_lead(figures, groups, fmt), _attention(groups, area, fmt)]
    if figures is not None:
        slides.append(_indicators(figures, area, fmt))
    return Deck(
        pack_id="",
        language=translate.language,
        title=one_line(area.name),
        subtitle=subtitle,
        finalised_at=made_at,
        credits=Credits(
            demo_mark=demo_notice(translate) if is_demo else "",
            method=translate("Method version {version}", version=method_version),
            data="",
            outlines="",
        ),
        slides=tuple(slides),
    )


def _lead(figures: AreaFigures | None, groups: Sequence[AttentionGroup], fmt: Formatter) -> Iterator[Slide]:
    words = None if figures is None else lead_words(figures, fmt=fmt)
    overdue = "; ".join(overdue_words(groups).values())
    texts = [*([] if words is None else [f"{words.name} {words.rest}".strip()]), *([f"{overdue}."] if overdue else [])]
    if texts:
        yield _text_slide("lead", fmt.translate("How it stands"), texts)


def _text_slide(key: str, title: str, texts: Sequence[str]) -> Slide:
    table = Table((FigureColumn(title),), tuple((text,) for text in texts))
    return Slide(key, title, Bullets(tuple(texts)), table)


def _attention(groups: Sequence[AttentionGroup], area: Area, fmt: Formatter) -> Slide:
    """Return each kind with its number and its most urgent things, a row a thing; fewer of each of many kinds."""
    translate = fmt.translate
    title = translate("What needs attention")
    if not groups:
        return _text_slide("attention", title, [translate("Nothing needs attention today."), translate(LEFT_OUT_NOTE)])
    most = max(1, MOST_ROWS // len(groups))
    names_area = area.scope.kind is not ScopeKind.DISTRICT
    columns = (
        FigureColumn(title, share=2.2),
        FigureColumn(translate("Most urgent"), share=4.0),
        *([FigureColumn(translate("Area"), share=1.4)] if names_area else []),
        FigureColumn(translate("Owner"), share=2.0),
        FigureColumn(translate("How urgent"), share=1.5),
    )
    rows = tuple(
        (
            f"{group.label}: {group.count_text}" if place == 0 else "",
            _cell(item.detail),
            *([_cell(item.area_name)] if names_area else []),
            shortened(one_line(str(item.owner)), OWNER_LENGTH),
            item.urgency,
        )
        for group in groups
        for place, item in enumerate(group.items[:most])
    )
    table = Table(columns, rows)
    return Slide("attention", title, table, table, remarks=(translate(LEFT_OUT_NOTE),))


def _cell(text: str) -> str:
    return shortened(one_line(text), CELL_LENGTH)


def _indicators(figures: AreaFigures, area: Area, fmt: Formatter) -> Slide:
    translate, kind = fmt.translate, figures.kind
    others = [] if kind is ScopeKind.NATION else [FigureColumn(beside_others(kind, translate), share=1.7)]
    columns = (
        FigureColumn(translate("Indicator"), share=2.6),
        FigureColumn(one_line(area.name), share=1.3),
        FigureColumn(translate("A year ago"), share=1.1),
        FigureColumn(translate("Against a year ago"), share=1.5),
        FigureColumn(translate("Target"), share=0.9),
        FigureColumn(translate("Beside the target"), share=1.4),
        *others,
    )
    table = Table(columns, tuple(_indicator_rows(figures, fmt)))
    return Slide("indicators", translate("Indicators"), table, table)


def _indicator_rows(figures: AreaFigures, fmt: Formatter) -> Iterator[tuple[str, ...]]:
    now = {row["indicator_code"]: row for row in figures.now.to_dict("records")}
    moved = {row["indicator_code"]: row for row in figures.changes.to_dict("records")}
    verdicts = figures.verdicts
    beside = {} if verdicts is None else dict(zip(verdicts["indicator_code"], verdicts["verdict_code"], strict=True))
    for code in SUMMARY_CODES:
        indicator, row, change = INDICATORS[code], now.get(code, NO_FIGURE), moved.get(code, NO_CHANGE)
        before, target = change.get("value_before"), figures.targets.get(code)
        yield (
            fmt.translate(indicator.name),
            fmt.indicator_value(indicator, row["value"]),
            "–" if is_missing(before) else fmt.indicator_value(indicator, before),
            fmt.translate(change_of(change["change_code"]).label),
            _target_text(target, code, fmt),
            fmt.translate(against_target(row, indicator, target).label),
            *([] if verdicts is None else [fmt.translate(verdict_of(beside.get(code)).label)]),
        )


def _target_text(target: AreaTarget | None, code: str, fmt: Formatter) -> str:
    return "–" if target is None else fmt.indicator_value(INDICATORS[code], target.value)
