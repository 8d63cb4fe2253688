"""A template imports back empty, and filled in its language it imports right."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine

from data.codes import Direction, EventForm, SupportKind
from data.language import Language, Translator
from data.workbook.columns import SHEETS
from data.workbook.template import FIRST_ROW, write_template
from data.workbook.words import template_word
from tests.data.workbook.books import EVALUATION, EVENT, MEMORANDUM, import_book


@pytest.mark.parametrize("language", list(Language))
def test_a_template_imports_back_empty_and_filled(sqlite_engine: Engine, tmp_path: Path, language: Language) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, Translator(language))
    empty = import_book(sqlite_engine, path, is_check=True)
    assert [(sheet.accepted, sheet.duplicates, sheet.refused) for sheet in empty.sheets] == [(0, 0, [])] * 3
    assert empty.passed_over == []
    words = {
        "directions": template_word(Direction.REHABILITATION).in_language(language),
        "supports": template_word(SupportKind.PRINTED_MATTER).in_language(language),
        "direction": template_word(Direction.YOUTH_WORK).in_language(language),
        "form": template_word(EventForm.LECTURE).in_language(language),
    }
    book = openpyxl.load_workbook(path)
    for sheet, row in zip(SHEETS, (MEMORANDUM, EVENT, EVALUATION), strict=True):
        page = book[sheet.name.in_language(language)]
        for at, column in enumerate(sheet.columns, 1):
            page.cell(FIRST_ROW, at, words.get(column.code, row.get(column.code)))
        assert page.data_validations.dataValidation
    book.save(path)
    filled = import_book(sqlite_engine, path, is_check=True)
    assert [(sheet.accepted, sheet.refused) for sheet in filled.sheets] == [(1, [])] * 3
