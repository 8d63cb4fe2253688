"""Writes an empty report workbook in a language: headings with notes, drop-down lists, formats, and a guide."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from babel.dates import get_month_names
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data.directory import REFERENCE, area_names
from data.language import N_, Language, Translator
from data.registers.declaration import GUIDE, LISTS, FieldKind, RegisterSheet, SheetField
from data.registers.registry import SHEETS
from data.workbook.cells.areas import NATION
from data.workbook.cells.codes import label_of

ROWS_TO_FILL = 2000
TITLE_ROW, HEADING_ROW = 1, 2
FIRST_ROW = HEADING_ROW + 1
_WIDTHS = {
    FieldKind.TEXT: 32,
    FieldKind.MAHALLA: 32,
    FieldKind.DISTRICT: 26,
    FieldKind.AREA: 30,
    FieldKind.CHOICE: 26,
    FieldKind.CHOICES: 34,
    FieldKind.NAMES: 34,
    FieldKind.RATING: 14,
    FieldKind.COUNT: 14,
    FieldKind.WHOLE: 14,
    FieldKind.YEAR: 10,
    FieldKind.MONTH: 16,
}
FORMATS = {
    FieldKind.STIR: "@",
    FieldKind.STIRS: "@",
    FieldKind.NUMBER: "@",
    FieldKind.DATE: "dd.mm.yyyy",
    FieldKind.TERM: "dd.mm.yyyy",
}
FORMATS |= {FieldKind.AMOUNT: "#,##0", FieldKind.MONTH: "@"}
_HEADING_FILL = PatternFill("solid", fgColor="DCE6F1")
_REQUIRED_FILL = PatternFill("solid", fgColor="B8CCE4")
WRAPPED = Alignment(wrap_text=True, vertical="top")

GUIDE_LINES = (
    N_("Each register has a sheet of its own. A sheet may stay empty, or be taken out."),
    N_("One row is one record. Cells under darker headings are required."),
    N_("Leave out all data on persons: passport numbers, PINFL, phone numbers and names of those in question."),
    N_("The same file may be imported again: what is known already is not taken twice."),
)


class TemplateWriter:
    """Writer of the template in one language."""

    def __init__(self, translate: Translator) -> None:
        self.translate = translate
        self._language = translate.language
        self._book = Workbook()
        self._lists: dict[str, str] = {}

    def write(self, target: Path | IO[bytes], sheets: Sequence[RegisterSheet] = SHEETS) -> None:
        """Write the workbook with some sheets to a file."""
        first = self._book.active
        lists = self._book.create_sheet(LISTS.in_language(self._language))
        for sheet in sheets:
            self._sheet(sheet, lists)
        self._guide(self._book.create_sheet(GUIDE.in_language(self._language)), sheets)
        lists.sheet_state = "hidden"
        self._book.remove(first)
        self._book.move_sheet(lists, len(sheets) + 1)
        self._book.active = 0
        self._book.save(target)

    def _sheet(self, sheet: RegisterSheet, lists: Worksheet) -> None:
        page = self._book.create_sheet(sheet.name.in_language(self._language))
        page.cell(TITLE_ROW, 1, sheet.title.in_language(self._language)).font = Font(bold=True, size=14)
        for at, field in enumerate(sheet.fields, 1):
            self._column(page, at, field, lists)
        self._rows(page, sheet)
        page.row_dimensions[HEADING_ROW].height = 32
        page.freeze_panes = f"A{FIRST_ROW}"

    def _rows(self, page: Worksheet, sheet: RegisterSheet) -> None:
        """Write the rows of a sheet: none, as it is to be filled in."""

    def _column(self, page: Worksheet, at: int, field: SheetField, lists: Worksheet) -> None:
        heading = page.cell(HEADING_ROW, at, field.heading.in_language(self._language))
        heading.font = Font(bold=True)
        heading.fill = _REQUIRED_FILL if field.is_required else _HEADING_FILL
        heading.alignment = Alignment(wrap_text=True, vertical="center")
        if field.note:
            heading.comment = Comment(self.translate(field.note), "Hamkor", width=280, height=110)
        letter = get_column_letter(at)
        page.column_dimensions[letter].width = _WIDTHS.get(field.kind, 18)
        if field.kind in FORMATS:
            page.column_dimensions[letter].number_format = FORMATS[field.kind]
        words = self._words(field)
        if words:
            rule = DataValidation("list", formula1=self._list(lists, words), allow_blank=True)
            # A list cell may hold several words, and a district may be given by its code.
            rule.showErrorMessage = field.kind in (FieldKind.CHOICE, FieldKind.RATING)
            page.add_data_validation(rule)
            rule.add(f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + ROWS_TO_FILL - 1}")

    def _words(self, field: SheetField) -> Sequence[str]:
        if field.kind is FieldKind.RATING:
            return ("1", "2", "3", "4", "5", "-")
        if field.kind is FieldKind.MONTH:
            return list(get_month_names("wide", "stand-alone", self.translate.locale).values())
        if field.kind is FieldKind.DISTRICT:
            return _names_of("districts", self._language)
        if field.kind is FieldKind.AREA:
            areas = (*_names_of("regions", self._language), *_names_of("districts", self._language))
            return [NATION.in_language(self._language), *areas]
        return [label_of(code).in_language(self._language) for code in field.choices or ()]

    def _list(self, lists: Worksheet, words: Sequence[str]) -> str:
        """Range of the hidden sheet that holds the words; each list is written once."""
        key = "\n".join(words)
        if key not in self._lists:
            at = len(self._lists) + 1
            for row, word in enumerate(words, 1):
                lists.cell(row, at, int(word) if word.isdigit() else word)
            letter = get_column_letter(at)
            name = lists.title.replace("'", "''")
            self._lists[key] = f"'{name}'!${letter}$1:${letter}${len(words)}"
        return self._lists[key]

    def _guide(self, page: Worksheet, sheets: Sequence[RegisterSheet]) -> None:
        page.column_dimensions["A"].width = 22
        page.column_dimensions["B"].width = 30
        page.column_dimensions["C"].width = 90
        row = 1
        for line in GUIDE_LINES:
            page.cell(row, 1, self.translate(line))
            row += 1
        for sheet in sheets:
            row += 1
            for field in sheet.fields:
                values = (sheet.name, field.heading)
                for at, value in enumerate(values, 1):
                    page.cell(row, at, value.in_language(self._language)).alignment = WRAPPED
                page.cell(row, 3, self._explanation(field)).alignment = WRAPPED
                row += 1

    def _explanation(self, field: SheetField) -> str:
        needed = self.translate("Must be filled.") if field.is_required else ""
        note = self.translate(field.note) if field.note else ""
        words = "; ".join(self._words(field)) if field.choices else ""
        return " ".join(part for part in (needed, note, words) if part)


def _names_of(places: str, language: Language) -> list[str]:
    """Names of the regions or districts of the directory, in alphabetical order."""
    names = area_names(language)
    with (REFERENCE / f"{places}.csv").open(encoding="utf-8", newline="") as source:
        return sorted(names[row["soato"]] for row in csv.DictReader(source))


def write_template(path: Path, translate: Translator) -> None:
    """Write an empty report workbook in the translator's language to ``path``; an existing file is replaced."""
    TemplateWriter(translate).write(path)
