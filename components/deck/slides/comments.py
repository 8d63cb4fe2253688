"""Slide of the comments of NGOs on joint events, those given by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from components.deck.compose import BULLET_ROWS, Listing, lines, omitted_note, text_slide
from components.deck.model import Bullets, FigureColumn, Slide, ValueKind
from components.deck.source import PackSource
from components.deck.texts import BULLET_LENGTH, shortened
from data.codes import AgendaItem

ITEM = AgendaItem.COMMENTS


def slides(source: PackSource) -> Iterator[Slide]:
    """Newest comments with NGO, day and event; long ones are cut on the slide and whole in its figures."""
    translate = source.translate
    rows = [row for row in source.rows("voices") if row["comment"]]
    if not rows:
        yield text_slide(
            key="voices",
            title=translate("There is no comment by name that may be shown here"),
            texts=(
                translate("Comments by name are read by the leaders of the district or region itself."),
                translate("Comments of confidential evaluations are never shown, only their ratings within totals."),
            ),
            columns=_columns(source),
        )
        return
    total = max(rows[0]["total"] or 0, len(rows))
    title = _title(source, rows, total=total)
    cells = tuple((row["event_date"], row["ngo_name"], row["event_title"], row["comment"]) for row in rows)
    figures = Listing(_columns(source), cells, total=total).figures(source)
    shown = rows[:BULLET_ROWS]
    yield Slide(
        key="voices",
        title=title,
        body=Bullets(
            tuple(shortened(row["comment"], BULLET_LENGTH) for row in shown),
            tuple(_who(source, row) for row in shown),
        ),
        figures=figures,
        heading=translate(ITEM.label),
        notes=lines(title + ".", *(f"{_who(source, row)}: {row['comment']}" for row in shown)),
        remarks=omitted_note(source, len(rows) - len(shown)),
    )


def _columns(source: PackSource) -> tuple[FigureColumn, ...]:
    translate = source.translate
    return (
        FigureColumn(translate("Date"), ValueKind.DATE, share=1.8),
        FigureColumn(translate("NGO"), share=2.5),
        FigureColumn(translate("Joint event"), share=3),
        FigureColumn(translate("Comment"), share=6),
    )


def _who(source: PackSource, row: dict[str, Any]) -> str:
    who = row["ngo_name"] or source.translate("NGO")
    return shortened(f"{who}, {source.fmt.date(row['event_date'])}, {row['event_title'] or '–'}", BULLET_LENGTH // 2)


def _title(source: PackSource, rows: list[dict[str, Any]], *, total: int) -> str:
    translate, fmt = source.translate, source.fmt
    days = [row["event_date"] for row in rows if row["event_date"]]
    count = fmt.number(total)
    if not days:
        return translate.plural(
            "NGOs left {number} comment by name", "NGOs left {number} comments by name", total, number=count
        )
    return translate.plural(
        "NGOs left {number} comment by name, on the event of {date}",
        "NGOs left {number} comments by name, the newest on the event of {date}",
        total,
        number=count,
        date=fmt.date(max(days)),
    )
