"""Slides of earlier decisions: how many are done, which are overdue, and how the linked indicators changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from components.deck.compose import (
    LONG_ROWS,
    Listing,
    alternative,
    clauses,
    lines,
    list_slides,
    text_slide,
)
from components.deck.model import BarChart, FigureColumn, Series, Slide, Table, Value, ValueKind
from components.deck.source import PackSource, known_indicator
from components.deck.texts import fitting_title
from components.shell.formatter import lower_first
from data.codes import AgendaItem, DecisionCauseKind, DecisionState

ITEM = AgendaItem.LAST_DECISIONS
# The meeting opens with these, one by one.
MOST_OVERDUE_SLIDES = 3
DONE = frozenset({DecisionState.DONE.value, DecisionState.DONE_LATE.value})


def slides(source: PackSource) -> Iterator[Slide]:
    """States of the decisions; then lists of the overdue, the done and the open ones, where there are any."""
    translate = source.translate
    rows = _each_once(source)
    if not rows:
        columns = (FigureColumn(translate("Decision"), share=5), FigureColumn(translate("Deadline"), ValueKind.DATE))
        yield text_slide(
            key="decisions",
            title=translate("No earlier decision waits for this meeting"),
            texts=(translate("Decisions taken today are followed up at the next meeting, the overdue ones first."),),
            columns=columns,
        )
        return
    yield _overview(source, rows)
    overdue = sorted((row for row in rows if row["state_code"] == DecisionState.OVERDUE.value), key=_deadline)
    if overdue:
        yield from _overdue(source, overdue)
    if done := [row for row in rows if row["state_code"] in DONE]:
        yield from _done(source, done)
    if still_open := sorted((row for row in rows if row["state_code"] == DecisionState.OPEN.value), key=_deadline):
        yield from _open(source, still_open)


def _each_once(source: PackSource) -> list[dict[str, Any]]:
    """One row per decision: its first cause that is an indicator, else its first cause."""
    is_other = {True: 0, False: 1}
    rows = sorted(
        source.rows("decisions"), key=lambda row: is_other[row["cause_kind_code"] == DecisionCauseKind.INDICATOR.value]
    )
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        found.setdefault(row["public_id"], row)
    order = list(dict.fromkeys(row["public_id"] for row in source.rows("decisions")))
    return [found[key] for key in order]


def _deadline(row: dict[str, Any]) -> str:
    return str(row["due_date"] or "")


def _overview(source: PackSource, rows: Sequence[dict[str, Any]]) -> Slide:
    translate, fmt = source.translate, source.fmt
    counts = {state: sum(row["state_code"] == state.value for row in rows) for state in DecisionState}
    done = counts[DecisionState.DONE] + counts[DecisionState.DONE_LATE]
    names = {state: translate(state.label) for state in DecisionState}
    title = clauses(
        translate.plural(
            "{done} of {number} earlier decision is done",
            "{done} of {number} earlier decisions are done",
            len(rows),
            done=fmt.number(done),
            number=fmt.number(len(rows)),
        ),
        _overdue_clause(source, counts[DecisionState.OVERDUE]),
    )
    figures = [(names[state], count) for state, count in counts.items()]
    total: list[tuple[Value, ...]] = [(translate("Done in all"), done), (translate("In all"), len(rows))]
    pairs = [(name, fmt.number(count)) for name, count in figures]
    return Slide(
        key="decisions",
        title=title,
        body=BarChart(
            categories=tuple(names.values()),
            series=(Series(translate("Decisions"), tuple(float(count) for count in counts.values())),),
            kind=ValueKind.COUNT,
            alternative=alternative(title, pairs),
        ),
        figures=Table(
            (FigureColumn(translate("State"), share=3), FigureColumn(translate("Decisions"), ValueKind.COUNT)),
            (*figures, *total),
            frozenset({len(figures) + 1}),
        ),
        notes=lines(
            title + ".",
            translate("This counts the decisions of the last meeting and all older ones that are not done yet."),
        ),
    )


def _overdue_clause(source: PackSource, overdue: int) -> str:
    if not overdue:
        return source.translate("none is overdue")
    return source.translate.plural(
        "{number} is overdue", "{number} are overdue", overdue, number=source.fmt.number(overdue)
    )


def _columns(source: PackSource, *more: FigureColumn) -> tuple[FigureColumn, ...]:
    translate = source.translate
    return (
        FigureColumn(translate("Number"), share=1.6),
        FigureColumn(translate("Decision"), share=5),
        FigureColumn(translate("Responsible"), share=2.5),
        FigureColumn(translate("Deadline"), ValueKind.DATE, share=1.8),
        *more,
    )


def _cells(row: dict[str, Any], *more: Value) -> tuple[Value, ...]:
    number = f"{row['meeting_number'] or '–'}/{row['number'] or '–'}"
    return (number, row["text"], row["owner"], row["due_date"], *more)


def _overdue(source: PackSource, rows: Sequence[dict[str, Any]]) -> Iterator[Slide]:
    translate, fmt = source.translate, source.fmt
    late = [(source.content.today - row["due_date"]).days if row["due_date"] else 0 for row in rows]
    title = translate.plural(
        "{number} decision is overdue: {late}",
        "{number} decisions are overdue, the longest: {late}",
        len(rows),
        number=fmt.number(len(rows)),
        late=fmt.lateness(max(late)),
    )
    columns = _columns(source, FigureColumn(translate("Days late"), ValueKind.COUNT, share=1.3))
    listing = Listing(columns, tuple(_cells(row, days) for row, days in zip(rows, late, strict=True)))
    ask = translate("Ask each one who is responsible: what is in the way, and by which day it will be done.")
    yield from list_slides(
        source,
        listing,
        item=ITEM,
        key="decisions-overdue",
        title=title,
        notes=lines(title + ".", ask),
        most_rows=LONG_ROWS,
        most_slides=MOST_OVERDUE_SLIDES,
    )


def _open(source: PackSource, rows: Sequence[dict[str, Any]]) -> Iterator[Slide]:
    translate, fmt = source.translate, source.fmt
    title = translate.plural(
        "{number} decision is still in time; its deadline is {date}",
        "{number} decisions are still in time; the next deadline is {date}",
        len(rows),
        number=fmt.number(len(rows)),
        date=fmt.date(rows[0]["due_date"]),
    )
    listing = Listing(_columns(source), tuple(_cells(row) for row in rows))
    yield from list_slides(
        source, listing, item=ITEM, key="decisions-open", title=title, notes=title + ".", most_rows=LONG_ROWS
    )


def _done(source: PackSource, rows: Sequence[dict[str, Any]]) -> Iterator[Slide]:
    translate = source.translate
    hidden = (
        FigureColumn(translate("Evidence"), share=3),
        FigureColumn(translate("Indicator"), share=3),
        FigureColumn(translate("Then"), ValueKind.NUMBER, decimals=2, missing="–"),
        FigureColumn(translate("Now"), ValueKind.NUMBER, decimals=2, missing="–"),
    )
    columns = _columns(
        source, FigureColumn(translate("Done"), ValueKind.DATE, share=1.8), _change_column(source), *hidden
    )
    cells = tuple(_cells(row, row["done_date"], _what_changed(source, row), *_raw(source, row)) for row in rows)
    only_figures = {column.title for column in hidden} | {translate("Responsible"), translate("Deadline")}
    title = _done_title(source, rows)
    changes = dict.fromkeys(_what_changed(source, row) or "" for row in rows if _code(row))
    caution = translate("It is an association: other things changed as well, and it does not prove an effect.")
    yield from list_slides(
        source,
        Listing(columns, cells, hidden=frozenset(only_figures)),
        item=ITEM,
        key="decisions-done",
        title=title,
        notes=lines(title + ".", *changes, caution if changes else ""),
        most_rows=LONG_ROWS,
    )


def _change_column(source: PackSource) -> FigureColumn:
    return FigureColumn(source.translate("What changed"), share=5)


def _code(row: dict[str, Any]) -> str | None:
    """Indicator that a decision is linked to, where its values then and now are known."""
    is_indicator = row["cause_kind_code"] == DecisionCauseKind.INDICATOR.value
    has_both = row["cause_then"] is not None and row["cause_now"] is not None
    return known_indicator(row["cause_reference"]) if is_indicator and has_both else None


def _raw(source: PackSource, row: dict[str, Any]) -> tuple[Value, ...]:
    code = _code(row)
    name = source.indicator_name(code) if code else None
    return (row["evidence"] or None, name, *((row["cause_then"], row["cause_now"]) if code else (None, None)))


def _what_changed(source: PackSource, row: dict[str, Any]) -> str | None:
    code = _code(row)
    if code is None:
        return row["evidence"] or None
    then, now = (source.indicator_text(code, row[column]) for column in ("cause_then", "cause_now"))
    return source.translate(
        "{indicator}: {then} then, {now} now", indicator=source.indicator_name(code), then=then, now=now
    )


def _done_title(source: PackSource, rows: Sequence[dict[str, Any]]) -> str:
    """Title on the number done, and on the figures of the indicator that a single one of them is linked to."""
    translate, fmt = source.translate, source.fmt
    count = translate.plural(
        "{number} decision is done", "{number} decisions are done", len(rows), number=fmt.number(len(rows))
    )
    linked = [(row, code) for row in rows if (code := _code(row))]
    if len(linked) != 1:
        # The largest of several changes would be named for its luck.
        return count
    row, code = linked[0]
    changed = translate(
        "{indicator}: {then} then, {now} now",
        indicator=lower_first(source.indicator_name(code)),
        then=source.indicator_text(code, row["cause_then"]),
        now=source.indicator_text(code, row["cause_now"]),
    )
    return fitting_title(clauses(count, changed), count)
