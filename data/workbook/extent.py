"""What of the database a workbook speaks of, so that no more than that is loaded."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from data.language import DomainError
from data.workbook.cells import shown
from data.workbook.columns import EVALUATIONS, EVENTS, MAHALLAS, MEMORANDA, OBLIGATIONS, PLANS, TRAININGS
from data.workbook.declaration import Sheet
from data.workbook.folding import number_key
from data.workbook.layout import FoundSheet
from data.workbook.numbers import is_blank, parse_stirs
from data.workbook.places import Directory
from data.workbook.records import Standing
from data.workbook.standing import Extent, load_directory_index, load_standing


def standing_for(connection: Connection, found: Sequence[FoundSheet]) -> Standing:
    """What stands in the database of all that the sheets speak of, and the directory."""
    directory = load_directory_index(connection)
    return load_standing(connection, directory, _extent(found, directory))


def districts_of(found: Sequence[FoundSheet], directory: Directory, *sheets: Sheet) -> frozenset[str]:
    """The districts that some sheets name."""
    districts = set()
    for value in _cells(found, "district", *sheets):
        try:
            districts.add(directory.find(value).place.soato)
        except DomainError:
            continue
    return frozenset(districts)


def _extent(found: Sequence[FoundSheet], directory: Directory) -> Extent:
    numbers = {shown(value) for value in _cells(found, "event", EVALUATIONS)}
    return Extent(
        memoranda=districts_of(found, directory, MEMORANDA, EVENTS, OBLIGATIONS),
        mahallas=districts_of(found, directory, EVENTS, PLANS, MAHALLAS, TRAININGS),
        plans=districts_of(found, directory, EVENTS, PLANS),
        events=districts_of(found, directory, EVENTS, EVALUATIONS),
        stirs=_stirs_of(found),
        event_numbers=numbers | {number_key(number) for number in numbers},
    )


def _cells(found: Sequence[FoundSheet], code: str, *sheets: Sheet) -> set[object]:
    rows = [row for entry in found if entry.sheet in sheets for row in entry.rows]
    return {row.cells[code] for row in rows if not is_blank(row.cells.get(code))}


def _stirs_of(found: Sequence[FoundSheet]) -> set[str]:
    stirs: set[str] = set()
    for value in _cells(found, "stir", EVALUATIONS):
        try:
            stirs.update(parse_stirs(value))
        except DomainError:
            continue
    return stirs
