"""What a deck is made of: slides with raw values beside their texts, so that every rendering shows the same figures.

A slide says one thing: its title is a whole sentence with figures. Values stay numbers and dates until
they are written by :func:`components.deck.words.value_text`; a figure that is missing is ``None`` and is
written in words, never as zero.
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
    """How a value is written and which number format its cell has."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    PERCENT = "percent"
    POINTS = "points"
    DATE = "date"
    MONTH = "month"


@dataclass(frozen=True)
class Column:
    """A column of a table; ``share`` is its part of the table's width, percent values run from 0 to 100.

    ``missing`` are the words for a cell without a value; empty where the usual ones for its kind will do.
    """

    title: str
    kind: ValueKind = ValueKind.TEXT
    decimals: int = 0
    share: float = 1.0
    missing: str = ""


@dataclass(frozen=True)
class Table:
    """Typed cells; ``emphasised`` are the numbers of the rows that stand out, from 0."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    emphasised: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Series:
    """A named row of values, one for each category."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """What charts have in common; ``target`` is a line across, ``alternative`` says in words what is to be seen."""

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
    """Bars, one group a category from top to bottom; at most two series and as many categories as a slide holds."""


@dataclass(frozen=True)
class LineChart(Chart):
    """Lines over months; categories are the months in words, short, in order."""


@dataclass(frozen=True)
class DistrictMap:
    """Districts coloured by class: ``class_of`` is an index of ``classes`` by SOATO code; a region narrows the map.

    ``labels`` are short names by SOATO code that are written on the map where there is room; on the map of the nation
    only that of the capital is, above its enlargement.
    """

    classes: tuple[MapClass, ...]
    class_of: Mapping[str, int]
    alternative: str
    region_soato: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Tile:
    """One large figure: what it is, its value in words, what it is compared with, and the raw value."""

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

    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Bullets:
    """Sentences under each other, at most as many as a slide holds; ``sources`` say whose they are."""

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
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Credits:
    """What stands at the foot of everything: the demo mark (empty if the data are real), method, data and map."""

    demo_mark: str
    method: str
    data: str
    outlines: str

    def __iter__(self) -> Iterator[str]:
        return iter(text for text in (self.demo_mark, self.method, self.data, self.outlines) if text)


@dataclass(frozen=True)
class Deck:
    """A pack in one language. ``words`` are the few texts that renderings need (slide, notes, not enough data)."""

    pack_id: str
    language: Language
    title: str
    subtitle: str
    finalised_at: datetime
    credits: Credits
    slides: tuple[Slide, ...]
    words: Mapping[str, str] = field(default_factory=dict)
