"""Formatting of values, and splitting and shortening of texts so that they fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol, TypeVar

from components.deck.model import Value, ValueKind
from components.shell.formatter import Formatter, is_missing

TITLE_LENGTH, BULLET_LENGTH, CELL_LENGTH = 110, 220, 110
ELLIPSIS = "…"
T = TypeVar("T")


class ValueFormat(Protocol):
    """Format of a value, as a column, chart or tile declares it."""

    @property
    def kind(self) -> ValueKind:
        """Kind of the value."""

    @property
    def decimals(self) -> int:
        """Number of decimals."""


def value_text(value: Value, shape: ValueFormat, *, fmt: Formatter) -> str:
    """Value in the format of its column, chart or tile; a missing figure as text, a missing text as a dash.

    Percent values run from 0 to 100; points are ratings from 1 to 5.
    """
    if value is None or is_missing(value):
        is_text = shape.kind in {ValueKind.TEXT, ValueKind.DATE, ValueKind.MONTH}
        return getattr(shape, "missing", "") or ("–" if is_text else fmt.missing)
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return fmt.month(value) if shape.kind is ValueKind.MONTH else fmt.date(value)
    if shape.kind is ValueKind.PERCENT:
        return fmt.percent(value)
    return fmt.number(value, decimals=shape.decimals)


def shortened(text: str, length: int) -> str:
    """Text cut to ``length`` at a word boundary, with an ellipsis where it was longer."""
    if len(text) <= length:
        return text
    whole = text[:length].rsplit(" ", 1)[0] if " " in text[:length] else text[: length - 1]
    return whole.rstrip(' ,;:–—-(«“"') + ELLIPSIS


def fitting_title(*titles: str) -> str:
    """First title that is not too long; the last one shortened where none fits."""
    return next((title for title in titles if len(title) <= TITLE_LENGTH), shortened(titles[-1], TITLE_LENGTH))


def even_parts(rows: Sequence[T], *, most: int) -> Iterator[Sequence[T]]:
    """Rows split into parts of at most ``most``, as even as possible; one empty part where there are no rows."""
    count = max(1, -(-len(rows) // most))
    size, longer = divmod(len(rows), count)
    start = 0
    for number in range(count):
        end = start + size + (number < longer)
        yield rows[start:end]
        start = end
