"""Gives the refused rows of an import back as a workbook to mend and send again: as typed, with reasons beside them."""

from __future__ import annotations

from io import BytesIO

from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.language import Translator
from data.workbook.declaration import REASON, RegisterSheet
from data.workbook.outcome import Outcome, RefusedRow
from data.workbook.rows import CellFault
from data.workbook.template import FIRST_ROW, HEADING_ROW, WRAPPED, TemplateWriter

_FAULT_FILL = PatternFill("solid", fgColor="F8CBAD")


class RefusedRowsWriter(TemplateWriter):
    """Writer of the refused rows under the headings of the template, in the translator's language."""

    def __init__(self, translate: Translator, outcome: Outcome) -> None:
        super().__init__(translate)
        self._refused = {sheet.sheet.code: sheet.refused for sheet in outcome.sheets if sheet.refused}

    @property
    def codes(self) -> frozenset[str]:
        """Codes of the sheets with refused rows."""
        return frozenset(self._refused)

    def _rows(self, page: Worksheet, sheet: RegisterSheet) -> None:
        reason_at = len(sheet.fields) + 1
        heading = page.cell(HEADING_ROW, reason_at, REASON.in_language(self.translate.language))
        heading.font, heading.fill = Font(bold=True), _FAULT_FILL
        page.column_dimensions[get_column_letter(reason_at)].width = 70
        for number, refused in enumerate(self._refused[sheet.code], FIRST_ROW):
            self._row(page, number, sheet, refused)

    def _row(self, page: Worksheet, number: int, sheet: RegisterSheet, refused: RefusedRow) -> None:
        for at, field in enumerate(sheet.fields, 1):
            cell = page.cell(number, at)
            value = refused.cells.get(field.code)
            value = value.value if isinstance(value, CellFault) else value
            cell.value = value
            if isinstance(value, str):
                # A text that begins like a formula stays a text.
                cell.data_type = "s"
            if field is refused.field:
                cell.fill = _FAULT_FILL
        heading = refused.field.heading.in_language(self.translate.language)
        reason = page.cell(number, len(sheet.fields) + 1, f"{heading}: {self.translate.render(refused.message)}")
        reason.data_type, reason.alignment = "s", WRAPPED


def refused_rows_workbook(outcome: Outcome, translate: Translator) -> bytes | None:
    """Workbook (.xlsx) of all refused rows of an outcome; None where there are none."""
    writer = RefusedRowsWriter(translate, outcome)
    if not writer.codes:
        return None
    target = BytesIO()
    writer.write(target, [sheet.sheet for sheet in outcome.sheets if sheet.sheet.code in writer.codes])
    return target.getvalue()
