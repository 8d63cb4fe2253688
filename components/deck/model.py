"""Data model of a deck: slides with raw values beside their texts, so that every rendering shows the same figures.

A slide has one message: its title is a whole sentence with figures. Values stay numbers and dates until
:func:`components.deck.texts.value_text` formats them; a missing figure is ``None`` and is written as text, never as
zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from components.maps.view import MapClass
from data.language import Language

Value = str | int | float | date | None


class ValueKind(StrEnum):
    """Kind of a value, which sets its text format and the number format of its cell."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    PERCENT = "percent"
    POINTS = "points"
    DATE = "date"
    MONTH = "month"


@dataclass(frozen=True)
class FigureColumn:
    """Column of a table; ``share`` is its share of the table's width, percent values run from 0 to 100.

    ``missing`` is the text for a cell without a value; empty for the default of its kind. ``is_for_files``: only in
    workbooks and CSV files, as pages have no room for it.
    """

    title: str
    kind: ValueKind = ValueKind.TEXT
    decimals: int = 0
    share: float = 1.0
    missing: str = ""
    is_for_files: bool = False


@dataclass(frozen=True)
class Table:
    """Typed cells; ``emphasised`` are indexes of emphasised rows, from 0."""

    columns: tuple[FigureColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    emphasised: frozenset[int] = frozenset()

    @property
    def for_pages(self) -> Table:
        """Table without the columns that only files have."""
        kept = [at for at, column in enumerate(self.columns) if not column.is_for_files]
        if len(kept) == len(self.columns):
            return self
        rows = tuple(tuple(row[at] for at in kept) for row in self.rows)
        return Table(tuple(self.columns[at] for at in kept), rows, self.emphasised)


@dataclass(frozen=True)
class Series:
    """Named values, one for each category."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """Common fields of charts; ``target`` is drawn as a line, ``alternative`` is the text alternative."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    kind: ValueKind
    alternative: str
    decimals: int = 0
    target: float | None = None
    target_name: str = ""
    category_title: str = ""


@dataclass(frozen=True)
class BarChart(Chart):
    """Grouped horizontal bars, categories from top to bottom; at most two series."""


@dataclass(frozen=True)
class ProcessLines:
    """Centre line and limits of the first line of a chart, and indexes of its points that stand out and of those of
    them that stand out for the worse."""

    centre: Series
    low: Series
    high: Series
    outstanding: frozenset[int] = frozenset()
    worse: frozenset[int] = frozenset()

    def __iter__(self) -> Iterator[Series]:
        return iter((self.centre, self.low, self.high))


@dataclass(frozen=True)
class LineChart(Chart):
    """Lines over months; categories are short month names in order.

    ``unfinished`` are indexes of points of the first line that are drawn hollow, as they may still change.
    """

    process: ProcessLines | None = None
    unfinished: frozenset[int] = frozenset()


@dataclass(frozen=True)
class DistrictMap:
    """Districts coloured by class: ``class_of`` is an index of ``classes`` by SOATO code; ``region_soato`` narrows the
    map to a region.

    ``labels`` are short names by SOATO code that are written on the map where there is room; on the map of the nation
    only that of the capital is, above its enlargement.
    """

    classes: tuple[MapClass, ...]
    class_of: Mapping[str, int]
    alternative: str
    region_soato: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SlideTile:
    """One large figure: label, formatted value, comparison, and the raw value."""

    label: str
    text: str
    note: str
    value: float | None
    kind: ValueKind = ValueKind.NUMBER
    decimals: int = 0
    is_attention: bool = False


@dataclass(frozen=True)
class Tiles:
    """At most six large figures."""

    tiles: tuple[SlideTile, ...]


@dataclass(frozen=True)
class Bullets:
    """Sentences one below another; ``sources`` are their authors or places, if any."""

    texts: tuple[str, ...]
    sources: tuple[str, ...] = ()


Body = BarChart | LineChart | DistrictMap | Table | Tiles | Bullets


@dataclass(frozen=True)
class Slide:
    """One message: ``title`` is its conclusion, ``figures`` all that its body shows (and more) as a typed table."""

    key: str
    title: str
    body: Body
    figures: Table
    heading: str = ""
    notes: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Credits:
    """Footer of every document: the demo notice (empty if the data are real), method, data and map."""

    demo_mark: str
    method: str
    data: str
    outlines: str

    def __iter__(self) -> Iterator[str]:
        return iter(text for text in (self.demo_mark, self.method, self.data, self.outlines) if text)


@dataclass(frozen=True)
class Deck:
    """Pack in one language. ``texts`` are the few texts that renderings need (slide, notes, not enough data)."""

    pack_id: str
    language: Language
    title: str
    subtitle: str
    finalised_at: datetime
    credits: Credits
    slides: tuple[Slide, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
