"""Writes stored records as a workbook to correct and upload again: the template's sheets with a row a record.

A hidden column says of which record a row is, and of which version. Cells hold the words and formats that the import
reads back as the same values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from openpyxl.styles import Font
from openpyxl.styles.numbers import FORMAT_GENERAL
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.directory import area_names
from data.language import Translator
from data.registers.declaration import RECORD_KEY, FieldKind, RegisterSheet, SheetField
from data.workbook.cells.areas import NATION, FoundArea
from data.workbook.cells.codes import label_of
from data.workbook.template import FIRST_ROW, FORMATS, HEADING_ROW, TemplateWriter

LIST_SEPARATOR = "; "


@dataclass(frozen=True)
class DownloadedRow:
    """Record of a register: its id and version, and its cells by field code, as the register holds them."""

    record_id: int
    version: int
    cells: Mapping[str, object]


class RecordsWriter(TemplateWriter):
    """Writer of records under the headings of the template, in the translator's language."""

    def __init__(self, translate: Translator, rows: Mapping[str, Sequence[DownloadedRow]]) -> None:
        super().__init__(translate)
        self._records = rows
        self._areas = area_names(translate.language)

    def _rows(self, page: Worksheet, sheet: RegisterSheet) -> None:
        key_at = len(sheet.fields) + 1
        page.cell(HEADING_ROW, key_at, RECORD_KEY.in_language(self.translate.language)).font = Font(italic=True)
        page.column_dimensions[get_column_letter(key_at)].hidden = True
        for number, row in enumerate(self._records[sheet.code], FIRST_ROW):
            for at, field in enumerate(sheet.fields, 1):
                cell = page.cell(number, at)
                cell.value = self._value(field, row.cells[field.code])
                cell.number_format = FORMATS.get(field.kind, FORMAT_GENERAL)
                if isinstance(cell.value, str):
                    # A text that begins like a formula stays a text.
                    cell.data_type = "s"
            page.cell(number, key_at, f"{sheet.code}:{row.record_id}:{row.version}")

    def _value(self, field: SheetField, value: object) -> str | int | float | object | None:
        """Value of a cell; numbers and dates stay what they are."""
        if value is None or value == ():
            return None
        if isinstance(value, tuple):
            return LIST_SEPARATOR.join(str(self._value(field, entry)) for entry in value)
        if isinstance(value, FoundArea):
            return self._areas[value.soato] if value.soato else NATION.in_language(self.translate.language)
        if field.choices is not None:
            return label_of(field.choices(str(value))).in_language(self.translate.language)
        if field.kind is FieldKind.DISTRICT:
            return self._areas[str(value)]
        if field.kind is FieldKind.MONTH:
            return self.translate.language.months[int(str(value)) - 1]
        if field.kind is FieldKind.RATING and value == "":
            return None
        # What looks like an escaped letter of a workbook is escaped, so that it is read as it stands.
        return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", value) if isinstance(value, str) else value


def records_workbook(
    sheets: Sequence[RegisterSheet], rows: Mapping[str, Sequence[DownloadedRow]], translate: Translator
) -> bytes:
    """Return a workbook (.xlsx) with some sheets and the rows of each by the sheet's code."""
    target = BytesIO()
    RecordsWriter(translate, rows).write(target, sheets)
    return target.getvalue()
