"""Slides of proposals for decisions: one sentence for each overdue item and each weak indicator."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from components.deck.compose import BULLET_ROWS, Listing, clauses, lines, part_heading, part_key, text_slide
from components.deck.model import Bullets, FigureColumn, Slide, ValueKind
from components.deck.source import PackSource, known_indicator
from components.deck.texts import BULLET_LENGTH, even_parts, shortened
from data.codes import AgendaItem, AttentionKind, ProposalBasis

ITEM = AgendaItem.PROPOSALS
INDICATOR = "indicator"
Row = dict[str, Any]


def slides(source: PackSource) -> Iterator[Slide]:
    """Proposals, most pressing first, worded so that a decision can be made of them."""
    translate = source.translate
    rows = list(source.rows("proposals"))
    if not rows:
        yield text_slide(
            key="proposals",
            title=translate("Nothing is overdue, and no indicator falls behind"),
            texts=(translate("The meeting may choose its own subjects: decisions are taken on the Meeting page."),),
            columns=_columns(source),
        )
        return
    title, sentences = _title(source, rows), [sentence(source, row) for row in rows]
    figures = Listing(_columns(source), tuple(map(_cells, sentences, rows))).figures(source)
    chunks = list(even_parts(list(zip(sentences, rows, strict=True)), most=BULLET_ROWS))
    for number, chunk in enumerate(chunks, start=1):
        yield Slide(
            key=part_key("proposals", number),
            title=title,
            body=Bullets(tuple(shortened(text, BULLET_LENGTH) for text, _ in chunk), _places(source, chunk)),
            figures=figures,
            heading=part_heading(source, ITEM, number, len(chunks)),
            notes=lines(
                title + ".",
                translate("Each decision needs its text, who is responsible and a deadline."),
                *(text for text, _ in chunk),
            ),
        )


def _columns(source: PackSource) -> tuple[FigureColumn, ...]:
    translate = source.translate
    return (
        FigureColumn(translate("Proposal"), share=6),
        FigureColumn(translate("Deadline"), ValueKind.DATE, share=1.8),
        FigureColumn(translate("Days"), ValueKind.COUNT, missing="–"),
        FigureColumn(translate("Value"), ValueKind.NUMBER, decimals=2, missing="–"),
        FigureColumn(translate("Compared with"), ValueKind.NUMBER, decimals=2, missing="–"),
    )


def _cells(text: str, row: Row) -> tuple[Any, ...]:
    return (text, row["due_date"], row["days"], row["value"], row["compared"])


def _places(source: PackSource, chunk: Sequence[tuple[str, Row]]) -> tuple[str, ...]:
    """District of each proposal for a wider area."""
    if source.is_district:
        return ()
    return tuple(source.name(row["district_soato"] or source.area_code) for _, row in chunk)


def _title(source: PackSource, rows: list[Row]) -> str:
    translate, fmt = source.translate, source.fmt
    late = [row["days"] for row in rows if row["days"] and row["kind_code"] in _LATE]
    count = translate.plural(
        "{number} matter asks for a decision of this meeting",
        "{number} matters ask for a decision of this meeting",
        len(rows),
        number=fmt.number(len(rows)),
    )
    return clauses(count, translate("the longest overdue: {late}", late=fmt.lateness(max(late))) if late else "")


_LATE = frozenset(
    {
        AttentionKind.OBLIGATION_OVERDUE.value,
        AttentionKind.RECOMMENDATION_OVERDUE.value,
        AttentionKind.DECISION_OVERDUE.value,
    }
)


def sentence(source: PackSource, row: Row) -> str:
    """Proposal in one sentence, without a full stop; of an unknown kind, its title."""
    tell = _SENTENCES.get(row["kind_code"])
    return tell(source, row) if tell else str(row["title"] or row["reference"])


def _words(source: PackSource, row: Row) -> dict[str, str]:
    """Common values of the sentences."""
    fmt, days = source.fmt, row["days"] or 0
    return {
        "number": str(row["number"] or "–"),
        "title": str(row["title"] or "–"),
        "days": fmt.days(days),
        "date": fmt.date(row["due_date"]),
        "when": fmt.deadline(days),
        "late": fmt.lateness(days),
    }


def _decision(source: PackSource, row: Row) -> str:
    return source.translate("Finish the decision of meeting {number} ({late}): {title}", **_words(source, row))


def _recommendation(source: PackSource, row: Row) -> str:
    return source.translate("Answer the recommendation ({late}): {title}", **_words(source, row))


def _obligation(source: PackSource, row: Row) -> str:
    return source.translate("Fulfil the obligation of memorandum {number} ({late}): {title}", **_words(source, row))


def _expiring(source: PackSource, row: Row) -> str:
    return source.translate("Extend memorandum {number}, valid until {date} ({when}): {title}", **_words(source, row))


def _on_paper(source: PackSource, row: Row) -> str:
    return source.translate(
        "Hold a joint event under memorandum {number}, on paper only since {date}: {title}", **_words(source, row)
    )


def _not_evaluated(source: PackSource, row: Row) -> str:
    return source.translate(
        "Ask the NGOs to evaluate event {number}, waiting since {date}: {title}", **_words(source, row)
    )


def _indicator(source: PackSource, row: Row) -> str:
    translate, code = source.translate, known_indicator(row["reference"])
    if code is None:
        return str(row["reference"])
    words = {
        "indicator": source.indicator_name(code),
        "value": source.indicator_text(code, row["value"]),
        "compared": source.indicator_text(code, row["compared"]),
    }
    if row["basis"] == ProposalBasis.OTHERS.value:
        return translate(
            "Improve the indicator “{indicator}”: {value} here, {compared} elsewhere in the country", **words
        )
    if row["basis"] == ProposalBasis.REGION.value:
        return translate("Improve the indicator “{indicator}”: {value} here, {compared} in the region", **words)
    if row["basis"] == ProposalBasis.NATION.value:
        return translate("Improve the indicator “{indicator}”: {value} here, {compared} in the nation", **words)
    return translate("Improve the indicator “{indicator}”: {value}, target {compared}", **words)


_SENTENCES: Mapping[str, Callable[[PackSource, Row], str]] = {
    AttentionKind.DECISION_OVERDUE.value: _decision,
    AttentionKind.RECOMMENDATION_OVERDUE.value: _recommendation,
    AttentionKind.OBLIGATION_OVERDUE.value: _obligation,
    AttentionKind.EXPIRING.value: _expiring,
    AttentionKind.ON_PAPER.value: _on_paper,
    AttentionKind.NOT_EVALUATED.value: _not_evaluated,
    INDICATOR: _indicator,
}
