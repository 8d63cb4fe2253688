"""What slides are put together from: lists over several slides, sentences, and notes that say how sure a figure is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from components.deck.model import Bullets, Column, Slide, Table, Value, ValueKind
from components.deck.source import Source
from components.deck.words import BULLET_LENGTH, CELL_LENGTH, parts, shortened
from data.codes import AgendaItem, When

TABLE_ROWS, CHART_ROWS, BULLET_ROWS = 9, 12, 5
# Two bars a category and their names stay legible from the back of a room up to this many; so do rows of long texts.
PAIRED_ROWS, LONG_ROWS = 8, 6
# One message, one slide: a meeting reads the head of a list, and the whole of it is among the figures.
MOST_SLIDES = 1


@dataclass(frozen=True)
class Listing:
    """A list for a meeting: its columns with the rows, most pressing first.

    ``hidden`` are titles of columns that only the figures have; they have the running number of the row as well.
    ``emphasised`` are the numbers of rows that stand out, from 0. ``total`` is how many there are where a pack holds
    only the first ones.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    hidden: frozenset[str] = frozenset()
    emphasised: frozenset[int] = frozenset()
    total: int = 0

    def figures(self, source: Source) -> Table:
        """The whole list, numbered; below it how many there are in all where it holds only the first ones."""
        number = Column(source.translate("Row"), ValueKind.COUNT, share=0.5)
        rows = tuple((place, *row) for place, row in enumerate(self.rows, start=1))
        if self.total > len(rows):
            empty = ("",) * (len(self.columns) - 1)
            rows = (*rows, (self.total, source.translate("In all"), *empty))
        return Table((number, *self.columns), rows, self.emphasised)

    def body(self, first: int, last: int) -> Table:
        """The rows from ``first`` up to ``last``, with texts as long as cells hold."""
        shown = [place for place, column in enumerate(self.columns) if column.title not in self.hidden]
        rows = tuple(tuple(_cell(self.rows[row][place]) for place in shown) for row in range(first, last))
        emphasised = frozenset(row - first for row in self.emphasised if first <= row < last)
        return Table(tuple(self.columns[place] for place in shown), rows, emphasised)


def _cell(value: Value) -> Value:
    return shortened(value, CELL_LENGTH) if isinstance(value, str) else value


def list_slides(
    source: Source,
    listing: Listing,
    *,
    item: AgendaItem,
    key: str,
    title: str,
    notes: str = "",
    most_rows: int = TABLE_ROWS,
    most_slides: int = MOST_SLIDES,
) -> Iterator[Slide]:
    """A list as tables on as many slides as it takes, up to the most; beside the last what is left out."""
    figures, start = listing.figures(source), 0
    chunks = list(parts(listing.rows, most=most_rows))
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
            beside=left_out(source, left),
        )
        start = end


def left_out(source: Source, left: int) -> tuple[str, ...]:
    """Beside the last part of a list: how many of its rows no slide shows; nothing where all are shown."""
    if not left:
        return ()
    number = source.fmt.number(left)
    text = source.translate.plural(
        "{number} more is in the workbook.", "{number} more are in the workbook.", left, number=number
    )
    return (text,)


def part_key(key: str, number: int) -> str:
    """The key of a part: those after the first carry their number."""
    return key if number == 1 else f"{key}-{number}"


def part_heading(source: Source, item: AgendaItem, number: int, count: int) -> str:
    """The item of the agenda, with the part where there are several."""
    label = source.translate(item.label)
    if count == 1:
        return label
    return source.translate("{heading} ({number} of {count})", heading=label, number=number, count=count)


def text_slide(*, key: str, title: str, texts: Sequence[str], columns: Sequence[Column]) -> Slide:
    """A slide for an item without any figure: the title says so, and the texts what follows from it."""
    bullets = tuple(shortened(text, BULLET_LENGTH) for text in texts if text)
    return Slide(key, title, Bullets(bullets), Table(tuple(columns), ()), notes=lines(title + ".", *texts))


def lines(*texts: str) -> str:
    """Sentences under each other; empty ones are left out."""
    return "\n".join(text for text in texts if text)


def clauses(*texts: str) -> str:
    """Clauses of one sentence; empty ones are left out."""
    return "; ".join(text for text in texts if text)


def alternative(title: str, pairs: Iterable[tuple[str, str]]) -> str:
    """What a chart shows, in words: its conclusion and each value."""
    return f"{title}. " + "; ".join(f"{name}: {text}" for name, text in pairs) + "."


def lowered(text: str) -> str:
    """A name inside a sentence: its first letter small, unless the word is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def certainty(source: Source, codes: Iterable[str]) -> str:
    """For the notes: each value with the number of cases and the 90% interval that it rests on, a line each."""
    return lines(*(_certainty(source, code) for code in codes))


def _certainty(source: Source, code: str) -> str:
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


def previous_name(source: Source) -> str:
    """With what the figures are compared, as a name of a row of values."""
    translate = source.translate
    return translate("Last meeting") if source.previous is When.LAST_PACK else translate("Period before")
