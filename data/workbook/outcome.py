"""Outcome of an import: by sheet the rows accepted, repeated and refused, and warnings."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.language import Message, Translator
from data.registers.declaration import RegisterSheet, SheetField
from data.workbook.rows import ChangedValue


@dataclass(frozen=True)
class RefusedRow:
    """Refused row: its number in the sheet, the field at fault, the reason, and the cells as typed by field code.

    The cells may hold what no one else may see; they are for whoever sent them alone.
    """

    row: int
    field: SheetField
    message: Message
    cells: Mapping[str, object] = dataclasses.field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class DoubtedRow:
    """Doubt about a row: its number in the sheet, the field, and the message that says what would be taken."""

    row: int
    field: SheetField
    message: Message


@dataclass(frozen=True)
class ChangedCell:
    """Field of a known record that a row changes, with the value before and after; "", () or None for an empty one."""

    field: SheetField
    old: object
    new: object


@dataclass(frozen=True)
class ChangedRow:
    """Row that corrects a known record: its number in the sheet, and its changed cells.

    Without cells: the values are those of a confidential evaluation, which nobody may compare.
    """

    row: int
    cells: tuple[ChangedCell, ...]


@dataclass
class SheetOutcome:
    """Outcome of a sheet; warnings carry the row's number. Of the ``accepted`` rows, ``changed`` correct known records
    and the others are new; ``duplicates`` change nothing. A doubted row has an entry in ``doubted`` for each doubt.

    ``fates`` tell by row what would come of it, be its doubts accepted or not: another fate at another time is a
    change that someone else made meanwhile.
    """

    sheet: RegisterSheet
    accepted: int = 0
    duplicates: int = 0
    changed: list[ChangedRow] = dataclasses.field(default_factory=list)
    refused: list[RefusedRow] = dataclasses.field(default_factory=list)
    doubted: list[DoubtedRow] = dataclasses.field(default_factory=list)
    warnings: list[tuple[int, Message]] = dataclasses.field(default_factory=list)
    fates: dict[int, str] = dataclasses.field(default_factory=dict, repr=False)

    @property
    def doubted_rows(self) -> frozenset[int]:
        """Numbers of the rows that are not written unless their doubts are accepted."""
        return frozenset(entry.row for entry in self.doubted)

    @property
    def added(self) -> int:
        """Number of rows that are new records, or add to them."""
        return self.accepted - len(self.changed)

    def add_change(self, row: int, changes: Sequence[ChangedValue]) -> None:
        """Add an accepted row that corrects a known record."""
        cells = [ChangedCell(self.sheet.field(change.code), change.old, change.new) for change in changes]
        self.changed.append(ChangedRow(row, tuple(cells)))


@dataclass
class Outcome:
    """Outcome of a workbook. ``new_mahallas``: names of district and mahalla; ``skipped_sheets``: sheets not read;
    ``closed_sheets``: sheets that the actor may not write, with their number of rows.
    """

    sheets: list[SheetOutcome] = dataclasses.field(default_factory=list)
    new_mahallas: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    skipped_sheets: list[tuple[str, Message]] = dataclasses.field(default_factory=list)
    closed_sheets: list[tuple[RegisterSheet, int]] = dataclasses.field(default_factory=list)
    is_written: bool = False

    @property
    def accepted(self) -> int:
        """Number of accepted rows in all sheets."""
        return sum(sheet.accepted for sheet in self.sheets)

    @property
    def good(self) -> int:
        """Number of rows in all sheets that are accepted or repeat known records."""
        return sum(sheet.accepted + sheet.duplicates for sheet in self.sheets)

    @property
    def refused(self) -> int:
        """Number of refused rows in all sheets."""
        return sum(len(sheet.refused) for sheet in self.sheets)

    @property
    def doubted(self) -> int:
        """Number of doubted rows in all sheets."""
        return sum(len(sheet.doubted_rows) for sheet in self.sheets)

    @property
    def changed(self) -> int:
        """Number of rows in all sheets that correct known records."""
        return sum(len(sheet.changed) for sheet in self.sheets)

    def differing_rows(self, other: Outcome) -> list[tuple[str, int]]:
        """Code of the sheet and number of each row that would come out otherwise in another outcome."""
        fates = {sheet.sheet.code: sheet.fates for sheet in other.sheets}
        return [
            (sheet.sheet.code, row)
            for sheet in self.sheets
            for row, fate in sheet.fates.items()
            if fates.get(sheet.sheet.code, {}).get(row) != fate
        ]

    def as_json(self, translate: Translator) -> dict[str, Any]:
        """Outcome by canonical sheet name, messages in the translator's language; some keys only where needed."""
        return {
            sheet.sheet.canonical: {
                "accepted": sheet.accepted,
                "duplicates": sheet.duplicates,
                "refused": [_as_json(entry, translate) for entry in sheet.refused],
                **({"changed": len(sheet.changed)} if sheet.changed else {}),
                **({"doubted": [_as_json(entry, translate) for entry in sheet.doubted]} if sheet.doubted else {}),
            }
            for sheet in self.sheets
        }


def _as_json(entry: RefusedRow | DoubtedRow, translate: Translator) -> dict[str, Any]:
    return {"row": entry.row, "column": entry.field.canonical, "message": translate.render(entry.message)}
