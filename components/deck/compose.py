"""Building blocks of slides: lists over several slides, joined sentences, and notes on the certainty of figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.deck.model import Bullets, FigureColumn, Slide, Table, Value, ValueKind
from components.deck.source import PackSource
from components.deck.texts import BULLET_LENGTH, CELL_LENGTH, even_parts, shortened
from components.indicators.verdict_texts import beside_others
from data.codes import AgendaItem, Labelled
from data.policy import ScopeKind

TABLE_ROWS, CHART_ROWS, BULLET_ROWS = 9, 12, 5
# Two bars a category and their names stay legible from the back of a room up to this many; so do rows of long texts.
PAIRED_ROWS, LONG_ROWS = 8, 6
# One message, one slide: a meeting reads the head of a list, and the whole of it is among the figures.
MOST_SLIDES = 1


@dataclass(frozen=True)
class Listing:
    """List for a meeting: its columns with the rows, most pressing first.

    ``hidden`` are titles of columns that only the figures have; the figures number the rows as well. ``emphasised`` are
    indexes of emphasised rows, from 0. ``total`` is the number of rows in all where a pack holds only the first ones.
    """

    columns: tuple[FigureColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    hidden: frozenset[str] = frozenset()
    emphasised: frozenset[int] = frozenset()
    total: int = 0

    def figures(self, source: PackSource) -> Table:
        """Whole list, numbered, with a last row for the total where it holds only the first rows."""
        number = FigureColumn(source.translate("Row"), ValueKind.COUNT, share=0.5)
        rows = tuple((place, *row) for place, row in enumerate(self.rows, start=1))
        if self.total > len(rows):
            empty = ("",) * (len(self.columns) - 1)
            rows = (*rows, (self.total, source.translate("In all"), *empty))
        return Table((number, *self.columns), rows, self.emphasised)

    def body(self, first: int, last: int) -> Table:
        """Rows from ``first`` up to ``last``, with texts cut to the length of a cell."""
        shown = [place for place, column in enumerate(self.columns) if column.title not in self.hidden]
        rows = tuple(tuple(_cell(self.rows[row][place]) for place in shown) for row in range(first, last))
        emphasised = frozenset(row - first for row in self.emphasised if first <= row < last)
        return Table(tuple(self.columns[place] for place in shown), rows, emphasised)


def _cell(value: Value) -> Value:
    return shortened(value, CELL_LENGTH) if isinstance(value, str) else value


def list_slides(
    source: PackSource,
    listing: Listing,
    *,
    item: AgendaItem,
    key: str,
    title: str,
    notes: str = "",
    most_rows: int = TABLE_ROWS,
    most_slides: int = MOST_SLIDES,
) -> Iterator[Slide]:
    """Tables on as many slides as the list takes, up to ``most_slides``; the last one remarks how many rows are left
    out.
    """
    figures, start = listing.figures(source), 0
    chunks = list(even_parts(listing.rows, most=most_rows))
    count = min(len(chunks), most_slides)
    if len(chunks) > count:
        chunks = [listing.rows[at : at + most_rows] for at in range(0, count * most_rows, most_rows)]
    for number, chunk in enumerate(chunks, start=1):
        end = start + len(chunk)
        left = len(listing.rows) - end if number == count else 0
        yield Slide(
            key=part_key(key, number),
            title=title,
            body=listing.body(start, end),
            figures=figures,
            heading=part_heading(source, item, number, count),
            notes=notes,
            remarks=omitted_note(source, left),
        )
        start = end


def omitted_note(source: PackSource, left: int) -> tuple[str, ...]:
    """Remark on the number of rows that no slide shows; empty where all are shown."""
    if not left:
        return ()
    number = source.fmt.number(left)
    text = source.translate.plural(
        "{number} more is in the workbook.", "{number} more are in the workbook.", left, number=number
    )
    return (text,)


def part_key(key: str, number: int) -> str:
    """Key of a part of a list; the first part has the key itself, further ones their number appended."""
    return key if number == 1 else f"{key}-{number}"


def part_heading(source: PackSource, item: AgendaItem, number: int, count: int) -> str:
    """Item of the agenda, with the number of the part where there are several."""
    label = source.translate(item.label)
    if count == 1:
        return label
    return source.translate("{heading} ({number} of {count})", heading=label, number=number, count=count)


def text_slide(*, key: str, title: str, texts: Sequence[str], columns: Sequence[FigureColumn]) -> Slide:
    """Slide for an item without figures: the title says so, and the texts say what follows from it."""
    bullets = tuple(shortened(text, BULLET_LENGTH) for text in texts if text)
    return Slide(key, title, Bullets(bullets), Table(tuple(columns), ()), notes=lines(title + ".", *texts))


def lines(*texts: str) -> str:
    """Sentences joined by line breaks; empty ones are left out."""
    return "\n".join(text for text in texts if text)


def clauses(*texts: str) -> str:
    """Clauses joined to one sentence; empty ones are left out."""
    return "; ".join(text for text in texts if text)


def alternative(title: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Text alternative of a chart: its conclusion and each value."""
    return f"{title}. " + "; ".join(f"{name}: {text}" for name, text in pairs) + "."


def interval_notes(source: PackSource, codes: Iterable[str]) -> str:
    """For the notes: each value with the number of cases and the 90% interval that it rests on, a line each."""
    return lines(*(_certainty(source, code) for code in codes))


def _certainty(source: PackSource, code: str) -> str:
    translate, fmt, indicator = source.translate, source.fmt, source.indicator(code)
    row = source.value(code)
    if row is None:
        return ""
    words: Mapping[str, object] = {
        "indicator": source.indicator_name(code),
        "value": source.indicator_text(code, row["value"]),
        "counted": fmt.counted(indicator, row["n"] or 0),
    }
    if row["value"] is None:
        minimum = fmt.number(indicator.minimum_n)
        return translate("{indicator}: {counted}; at least {minimum} are needed.", **words, minimum=minimum)
    interval = fmt.interval(indicator, low=row["interval_low"], high=row["interval_high"])
    if interval:
        return translate("{indicator}: {value} (90% interval {interval}); {counted}.", **words, interval=interval)
    return translate("{indicator}: {value}; {counted}.", **words)


def certainty_columns(source: PackSource, kind: ValueKind, *, decimals: int = 0) -> tuple[FigureColumn, ...]:
    """Columns of the limits of a value: the 90% interval and, in files only, those of 95 and 99.8%."""
    translate = source.translate
    ends = (
        (translate("90% interval, from"), translate("90% interval, to")),
        (translate("95% interval, from"), translate("95% interval, to")),
        (translate("99.8% interval, from"), translate("99.8% interval, to")),
    )
    return tuple(
        FigureColumn(title, kind, decimals, missing="–", is_for_files=place > 0)
        for place, titles in enumerate(ends)
        for title in titles
    )


def certainty_cells(row: Mapping[str, Any]) -> tuple[float | None, ...]:
    """Limits of a row for :func:`certainty_columns`; none without a value."""
    names = [f"interval_{end}{suffix}" for suffix in ("", "_95", "_998") for end in ("low", "high")]
    return tuple(row.get(name) if row.get("value") is not None else None for name in names)


def verdict_columns(source: PackSource) -> tuple[FigureColumn, ...]:
    """Columns of the verdicts on an indicator of the pack's area: beside its target, a year before and all others."""
    translate = source.translate
    others = () if source.kind is ScopeKind.NATION else (FigureColumn(beside_others(source.kind, translate), share=2),)
    return (
        FigureColumn(translate("Beside the target"), share=2),
        FigureColumn(translate("Against a year ago"), share=2),
        *others,
    )


def verdict_cells(source: PackSource, code: str) -> tuple[str, ...]:
    """Verdicts in words for :func:`verdict_columns`."""
    labels = [source.target_verdict(code).label, source.change(code).label]
    others = () if source.kind is ScopeKind.NATION else (source.verdict(code).label,)
    return tuple(source.translate(label) for label in (*labels, *others))


def by_verdict(source: PackSource, labels: Iterable[tuple[Labelled, str]]) -> str:
    """For the notes: the names behind each verdict, a line each, in the order in which verdicts are declared."""
    found: dict[Labelled, list[str]] = {}
    for verdict, name in labels:
        found.setdefault(verdict, []).append(name)
    order = sorted(found, key=lambda verdict: list(type(verdict).__members__).index(verdict.name))
    return lines(
        *(
            source.translate("{verdict}: {names}.", verdict=source.translate(each.label), names="; ".join(found[each]))
            for each in order
        )
    )
