"""Finds dates of a column whose day and month may be swapped, which only the other dates of the column can show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from data.language import Message
from data.workbook import errors
from data.workbook.cells.dates import DateDigits, digits_of, parse_date
from data.workbook.errors import CellError

# No country writes the month first with points between, so one such date is a typing error.
_FEWEST = {True: 2, False: 1}


def doubtful_dates(column: Iterable[tuple[int, object]]) -> dict[int, Message]:
    """Doubts about the cells of a column of dates, given with the numbers of their rows.

    Two things show that a column has the month first somewhere: a text such as 12/25/2026, or real dates that are all
    before the 13th beside texts that are all after the 12th, as a program leaves them that expects the other order.
    """
    values = dict(column)
    texts = {row: found for row, value in values.items() if isinstance(value, str) and (found := digits_of(value))}
    doubts: dict[int, Message] = {}
    has_month_first = False
    for is_dotted, fewest in _FEWEST.items():
        alike = {row: digits for row, digits in texts.items() if (digits.separator == ".") is is_dotted}
        month_first = [row for row, digits in alike.items() if digits.first <= 12 < digits.second <= 31]
        if len(month_first) >= fewest:
            has_month_first = True
            doubts |= _swapped(values, alike, example=str(values[month_first[0]]).strip())
    if has_month_first or _is_left_over(values, texts):
        doubts |= _converted(values)
    return doubts


def _is_left_over(values: Mapping[int, object], texts: Mapping[int, DateDigits]) -> bool:
    """Whether the texts are what a program leaves that has made real dates of the others: all alike, after the 12th."""
    dates = {row for row, value in values.items() if isinstance(value, str) and _day(value)}
    separators = {digits.separator for digits in texts.values()}
    is_alike = dates == texts.keys() and len(separators) == 1
    is_late = all(digits.first > 12 >= digits.second for digits in texts.values())
    return is_alike and is_late and len(texts) >= _FEWEST[separators == {"."}]


def _is_ambiguous(digits: DateDigits) -> bool:
    return max(digits.first, digits.second) <= 12 and digits.first != digits.second


def _swapped(values: Mapping[int, object], texts: Mapping[int, DateDigits], *, example: str) -> dict[int, Message]:
    """Doubts about the texts that are a date in either order."""
    doubts = {}
    for row, digits in texts.items():
        if _is_ambiguous(digits):
            both = _both(day=digits.first, month=digits.second, year=digits.year)
            doubts[row] = Message(errors.DAY_OR_MONTH, {"value": str(values[row]).strip(), "example": example, **both})
    return doubts


def _converted(values: Mapping[int, object]) -> dict[int, Message]:
    """Doubts about real dates that are all possible in either order."""
    found = {row: _day(value) for row, value in values.items() if isinstance(value, date)}
    days = {row: day for row, day in found.items() if day is not None}
    if any(day.day > 12 for day in days.values()):
        return {}
    return {
        row: Message(errors.HALF_CONVERTED, _both(day=day.day, month=day.month, year=day.year))
        for row, day in days.items()
        if day.day != day.month
    }


def _day(value: object) -> date | None:
    try:
        return parse_date(value)
    except CellError:
        return None


def _both(*, day: int, month: int, year: int) -> dict[str, object]:
    return {"taken": f"{day:02}.{month:02}.{year}", "other": f"{month:02}.{day:02}.{year}"}
