"""Districts, NGOs and numbers that a workbook names, so that only their records are loaded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from data.language import DomainError
from data.workbook.cells.dates import parse_date
from data.workbook.cells.numbers import is_blank, parse_stirs
from data.workbook.cells.parsing import display_text, plain_text
from data.workbook.cells.places import PlaceIndex
from data.workbook.cells.text_matching import number_key
from data.workbook.rows import FoundSheet, SheetRow

_CHUNK = 500


class ImportScope:
    """Districts, NGOs and numbers that the sheets of a workbook name."""

    def __init__(self, found: Sequence[FoundSheet], places: PlaceIndex) -> None:
        self._found = found
        self._places = places

    def has(self, sheet: str) -> bool:
        """Whether the workbook has the sheet with a code."""
        return any(entry.sheet.code == sheet for entry in self._found)

    def districts(self, *sheets: str) -> frozenset[str]:
        """Districts that some sheets name."""
        districts = set()
        for value in self._cells("district", *sheets):
            try:
                districts.add(self._places.find(value).place.soato)
            except DomainError:
                continue
        return frozenset(districts)

    def record_ids(self, sheet: str) -> frozenset[int]:
        """Records that the rows of a sheet show, as a form or a downloaded workbook does."""
        rows = (row for entry in self._found if entry.sheet.code == sheet for row in entry.rows)
        return frozenset(row.record_id for row in rows if row.record_id)

    def numbers(self, *columns: tuple[str, str]) -> Mapping[str, set[str]]:
        """Folded numbers by district in the given columns: (sheet, field)."""
        found: dict[str, set[str]] = defaultdict(set)
        for sheet, field in columns:
            rows = [row for entry in self._found if entry.sheet.code == sheet for row in entry.rows]
            for row in rows:
                if is_blank(row.cells.get("district")) or is_blank(row.cells.get(field)):
                    continue
                try:
                    soato = self._places.find(row.cells["district"]).place.soato
                except DomainError:
                    continue
                found[soato].add(number_key(plain_text(row.cells[field])))
        return found

    @cached_property
    def evaluated_numbers(self) -> frozenset[str]:
        """Numbers of the evaluated events, as written and folded."""
        numbers = {display_text(value) for value in self._cells("event", "evaluations")}
        return frozenset(numbers | {number_key(number) for number in numbers})

    def stirs(self, sheet: str) -> frozenset[str]:
        """STIRs in the column of a sheet that has one in each row."""
        stirs: set[str] = set()
        for value in self._cells("stir", sheet):
            try:
                stirs.update(parse_stirs(value))
            except DomainError:
                continue
        return frozenset(stirs)

    def keys(self, sheet: str) -> frozenset[tuple[str, str]]:
        """Districts and folded numbers of the rows of a sheet."""
        found = set()
        for row in self._rows(sheet):
            try:
                district = self._places.find(row.cells.get("district")).place.soato
            except DomainError:
                continue
            found.add((district, number_key(display_text(row.cells.get("number")))))
        return frozenset(found)

    def numbers_and_dates(self, sheet: str, date_field: str) -> Iterator[tuple[list[str], list[date]]]:
        """Numbers, as written and folded, and dates of the rows of a sheet, a part of the rows at a time."""
        pairs: set[tuple[date, str]] = set()
        for row in self._rows(sheet):
            try:
                day = parse_date(row.cells.get(date_field))
            except DomainError:
                continue
            number = display_text(row.cells.get("number"))
            pairs |= {(day, number), (day, number_key(number))}
        ordered = sorted(pairs)
        for start in range(0, len(ordered), _CHUNK):
            part = ordered[start : start + _CHUNK]
            yield sorted({number for _, number in part}), sorted({day for day, _ in part})

    def _rows(self, *sheets: str) -> Iterator[SheetRow]:
        for entry in self._found:
            if entry.sheet.code in sheets:
                yield from entry.rows

    def _cells(self, field: str, *sheets: str) -> set[object]:
        return {row.cells[field] for row in self._rows(*sheets) if not is_blank(row.cells.get(field))}
