"""Slides of memoranda: how many are in force, which expire next and which are on paper only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from components.deck.compose import Listing, alternative, clauses, interval_notes, lines, list_slides, text_slide
from components.deck.model import BarChart, FigureColumn, Series, Slide, Table, Value, ValueKind
from components.deck.source import PackSource
from data.codes import AgendaItem, MemorandumStatus
from data.indicators import METHOD
from data.indicators.agreement import MEMORANDUM_ALIVE, OBLIGATIONS_ON_TIME

ITEM = AgendaItem.MEMORANDA
IN_FORCE = frozenset({MemorandumStatus.IN_FORCE.value, MemorandumStatus.EXPIRING.value})
_LAST = 10**6


def slides(source: PackSource) -> Iterator[Slide]:
    """Number of memoranda by status (for several districts: of districts), then the list, the most pressing first."""
    rows = sorted(source.rows("memoranda"), key=_urgency)
    if source.is_district:
        yield _nothing(source) if not rows else _of_district(source, rows)
    else:
        yield _of_districts(source)
    if rows:
        yield from _list(source, rows)


def is_expiring(row: dict[str, Any]) -> bool:
    """Whether a memorandum in force expires soon, whatever its status is called."""
    left = row["days_left"]
    return row["status_code"] in IN_FORCE and left is not None and 0 <= left <= METHOD.expiring_days


def _urgency(row: dict[str, Any]) -> tuple[int, int, str]:
    """Sort key: expiring ones by their days, then those on paper, others in force, the rest."""
    left = _LAST if row["days_left"] is None else row["days_left"]
    group = 0 if is_expiring(row) else 1 if row["is_on_paper"] else 2 if row["status_code"] in IN_FORCE else 3
    return group, left, str(row["number"])


def _nothing(source: PackSource) -> Slide:
    translate = source.translate
    return text_slide(
        key="memoranda",
        title=translate("No memorandum is on the register"),
        texts=(translate("Without a memorandum nothing says who does what and by when: agree on one today."),),
        columns=(FigureColumn(translate("Memorandum"), share=4), FigureColumn(translate("Status"))),
    )


def _chart(source: PackSource, counts: Sequence[tuple[str, int]], *, title: str, name: str) -> BarChart:
    pairs = [(label, source.fmt.number(count)) for label, count in counts]
    return BarChart(
        categories=tuple(label for label, _ in counts),
        series=(Series(name, tuple(float(count) for _, count in counts)),),
        kind=ValueKind.COUNT,
        alternative=alternative(title, pairs),
    )


def _of_district(source: PackSource, rows: Sequence[dict[str, Any]]) -> Slide:
    translate, fmt = source.translate, source.fmt
    in_force = sum(row["status_code"] in IN_FORCE for row in rows)
    expiring, on_paper = sum(map(is_expiring, rows)), sum(row["is_on_paper"] for row in rows)
    title = clauses(
        translate.plural(
            "{number} memorandum is in force",
            "{number} memoranda are in force",
            in_force,
            number=fmt.number(in_force),
        )
        if in_force
        else translate("No memorandum is in force"),
        _expiring_clause(source, expiring) if in_force else "",
        _paper_clause(source, on_paper) if in_force else "",
    )
    counts = [
        (translate("In force"), in_force),
        (translate("Expire within {days} days", days=METHOD.expiring_days), expiring),
        (translate("On paper only"), on_paper),
        (translate("Not in force"), len(rows) - in_force),
    ]
    return Slide(
        key="memoranda",
        title=title,
        body=_chart(source, counts, title=title, name=translate("Memoranda")),
        figures=Table(
            (FigureColumn(translate("Status"), share=3), FigureColumn(translate("Memoranda"), ValueKind.COUNT)),
            (*counts,),
        ),
        notes=lines(
            title + ".",
            translate(
                "On paper only: in force for {days} days or more, and no joint event under it in the last {days} days.",
                days=METHOD.alive_days,
            ),
            interval_notes(source, (MEMORANDUM_ALIVE.code, OBLIGATIONS_ON_TIME.code)),
        ),
    )


def _expiring_clause(source: PackSource, count: int) -> str:
    if not count:
        return ""
    return source.translate.plural(
        "{number} expires within {days} days",
        "{number} expire within {days} days",
        count,
        number=source.fmt.number(count),
        days=METHOD.expiring_days,
    )


def _paper_clause(source: PackSource, count: int) -> str:
    if not count:
        return source.translate("none is on paper only")
    return source.translate.plural(
        "{number} is on paper only", "{number} are on paper only", count, number=source.fmt.number(count)
    )


def _of_districts(source: PackSource) -> Slide:
    translate, fmt = source.translate, source.fmt
    codes = [row["status_code"] for row in source.rows("statuses")]
    in_force = sum(code in IN_FORCE for code in codes)
    counts = [(translate(status.label), codes.count(status.value)) for status in MemorandumStatus]
    title = translate.plural(
        "{covered} of {number} district has a memorandum in force",
        "{covered} of {number} districts have a memorandum in force",
        len(codes),
        covered=fmt.number(in_force),
        number=fmt.number(len(codes)),
    )
    total: list[tuple[Value, ...]] = [
        (translate("In force, expiring ones included"), in_force),
        (translate("In all"), len(codes)),
    ]
    best = translate("A district counts once, by the best of its memoranda.")
    return Slide(
        key="memoranda",
        title=title if codes else translate("No district is on the register of memoranda"),
        body=_chart(source, counts, title=title, name=translate("Districts")),
        figures=Table(
            (FigureColumn(translate("Status"), share=3), FigureColumn(translate("Districts"), ValueKind.COUNT)),
            (*counts, *total),
        ),
        notes=lines(title + ".", best, interval_notes(source, (MEMORANDUM_ALIVE.code,))),
    )


def _list(source: PackSource, rows: Sequence[dict[str, Any]]) -> Iterator[Slide]:
    translate = source.translate
    district = () if source.is_district else (FigureColumn(translate("District"), share=2.2),)
    columns = (
        *district,
        FigureColumn(translate("Number"), share=1.6),
        FigureColumn(translate("Memorandum"), share=4),
        FigureColumn(translate("NGOs"), share=3),
        FigureColumn(translate("Status"), share=2),
        FigureColumn(translate("Expires"), ValueKind.DATE, share=1.8, missing=translate("Open-ended")),
        FigureColumn(translate("Days left"), ValueKind.COUNT, share=1.3, missing="–"),
    )
    hidden = frozenset() if source.is_district else frozenset({translate("Memorandum"), translate("NGOs")})
    cells = tuple(_cells(source, row) for row in rows)
    emphasised = frozenset(place for place, row in enumerate(rows) if is_expiring(row) or row["is_on_paper"])
    title = _list_title(source, rows)
    yield from list_slides(
        source,
        Listing(columns, cells, hidden=hidden, emphasised=emphasised),
        item=ITEM,
        key="memoranda-list",
        title=title,
        notes=lines(title + ".", translate("Rows in bold expire soon or are on paper only.") if emphasised else ""),
    )


def _cells(source: PackSource, row: dict[str, Any]) -> tuple[Value, ...]:
    translate = source.translate
    status = source.label(MemorandumStatus, row["status_code"])
    if row["is_on_paper"]:
        status = translate("{status}, on paper only", status=status)
    cells = (row["number"], row["title"], row["ngo_names"], status, row["expiry_date"], row["days_left"])
    return cells if source.is_district else (source.name(row["district_soato"]), *cells)


def _list_title(source: PackSource, rows: Sequence[dict[str, Any]]) -> str:
    translate, fmt, first = source.translate, source.fmt, rows[0]
    if is_expiring(first):
        return translate(
            "Next to expire is memorandum {number}: {date}, {when}",
            number=first["number"],
            date=fmt.date(first["expiry_date"]),
            when=fmt.deadline(first["days_left"]),
        )
    on_paper = sum(row["is_on_paper"] for row in rows)
    soon = translate("No memorandum is about to expire")
    return clauses(soon, _paper_clause(source, on_paper))
