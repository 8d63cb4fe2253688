"""Types that declare the registers and their fields.

One declaration a register drives the sheet of the workbook, its template and round trip, the form, the list, the
record's page, the export and the audit entry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from data.language import Language, Wording
from data.policy import Action
from data.texts.search_keys import APOSTROPHES
from data.workbook.spellings import heading_spellings, sheet_spellings

FEWEST_HEADINGS = 3
GUIDE, LISTS = Wording("Guide"), Wording("Lists")
REASON = Wording("Why it was refused")
RECORD_KEY = Wording("Record (leave as it is)")
"""Heading of the hidden column of a downloaded workbook that says of which record a row is, and of which version."""
"""Heading of the column that refused rows are given back with; an import passes it over."""


class FieldKind(StrEnum):
    """Kind of value of a field."""

    NUMBER = "number"
    TEXT = "text"
    MAHALLA = "mahalla"
    STIR = "stir"
    STIRS = "stirs"
    DISTRICT = "district"
    DATE = "date"
    TERM = "term"
    COUNT = "count"
    WHOLE = "whole"
    AMOUNT = "amount"
    VALUE = "value"
    YEAR = "year"
    MONTH = "month"
    AREA = "area"
    NAMES = "names"
    RATING = "rating"
    CHOICE = "choice"
    CHOICES = "choices"


@dataclass(frozen=True)
class SheetField:
    """Column of a sheet: its code, kind of value, heading, and a note for those who fill it in.

    ``is_required``: the column must exist and its cells be filled. ``choices``: the enum of its codes. ``column``:
    column of the table; by default the code, with ``_code`` appended for a choice. ``also``: lists of
    ``spellings/headings.csv`` that it shares with other fields. ``units``: list of ``spellings/words.csv`` with the
    words that may stand beside a whole number. ``refers_to``: the register whose number it holds. ``shown_when``:
    another field and the codes of it with which a form asks for this one. ``is_long``: a form gives it several lines.
    """

    code: str
    kind: FieldKind
    heading: Wording
    is_required: bool = False
    choices: type[StrEnum] | None = None
    note: str = ""
    column: str = ""
    also: tuple[str, ...] = ()
    refers_to: str = ""
    shown_when: tuple[str, tuple[StrEnum, ...]] | None = None
    units: str = "things"
    is_long: bool = False

    def __hash__(self) -> int:
        """Hash of the code alone: that of all that is declared would be made anew at each look into a cache."""
        return hash(self.code)

    @property
    def canonical(self) -> str:
        """Heading that names the field in an outcome."""
        return self.heading.in_language(Language.UZ_LATN)

    @property
    def stored_as(self) -> str:
        """Column of the table."""
        return self.column or (f"{self.code}_code" if self.choices else self.code)


@dataclass(frozen=True)
class RegisterSheet:
    """Sheet: its code, name and title, and its fields in the order in which their errors are reported.

    ``key`` is the field that a row of totals leaves empty. ``written_by``: what one must be permitted to write it;
    ``also_written_by``: narrow actions that write some of its fields by a form of their own.
    ``name_field`` says what a record is about; ``date_field`` is the day by which records are listed and filtered;
    ``listed`` are the columns of the list, all where empty. ``has_documents``: its records have PDF documents.
    """

    code: str
    name: Wording
    title: Wording
    fields: tuple[SheetField, ...]
    key: str
    written_by: Action = Action.EDIT_RECORDS
    also_written_by: tuple[Action, ...] = ()
    name_field: str = "number"
    date_field: str = ""
    listed: tuple[str, ...] = ()
    has_documents: bool = False

    def __hash__(self) -> int:
        """Hash of the code alone: that of all that is declared would be made anew at each look into a cache."""
        return hash(self.code)

    @property
    def canonical(self) -> str:
        """Name of the sheet in an outcome: without apostrophes, so that programs find it."""
        return re.sub(f"[{APOSTROPHES}]", "", self.name.in_language(Language.UZ_LATN))

    @property
    def names(self) -> tuple[str, ...]:
        """All names of the sheet."""
        return (*self.name.in_all_languages(), *sheet_spellings(self.code))

    @property
    def fewest_headings(self) -> int:
        """Number of headings that a row must contain to be taken for the header of the sheet."""
        return min(FEWEST_HEADINGS, sum(field.is_required for field in self.fields))

    def field(self, code: str) -> SheetField:
        """Field with a code."""
        return next(field for field in self.fields if field.code == code)

    def headings_of(self, field: SheetField) -> tuple[str, ...]:
        """All headings of a field."""
        lists = (f"{self.code}.{field.code}", *field.also)
        return (*field.heading.in_all_languages(), *(word for name in lists for word in heading_spellings(name)))
