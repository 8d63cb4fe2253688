"""A template imports back empty, and filled in its language it imports right."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from sqlalchemy import Engine

from data.codes import EventState
from data.language import Language, Translator
from data.registers.events import EventRegister
from data.registers.registry import SHEETS
from data.workbook.cells.codes import label_of, word_index
from data.workbook.reading.headings import match_heading
from data.workbook.template import FIRST_ROW, write_template
from tests.data.workbook.books import WHOLE, import_book

EVENTS = EventRegister.sheet
HELD = EventState.HELD


@pytest.mark.parametrize("language", list(Language))
def test_a_template_imports_back_empty_and_filled(sqlite_engine: Engine, tmp_path: Path, language: Language) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, Translator(language))
    empty = import_book(sqlite_engine, path, is_check=True)
    assert [(sheet.accepted, sheet.duplicates, sheet.refused) for sheet in empty.sheets] == [(0, 0, [])] * len(SHEETS)
    assert empty.skipped_sheets == []
    book = openpyxl.load_workbook(path)
    for sheet in SHEETS:
        page = book[sheet.name.in_language(language)]
        for at, column in enumerate(sheet.fields, 1):
            words = [label_of(code).in_language(language) for code in column.choices or ()]
            page.cell(FIRST_ROW, at, words[0] if words else WHOLE[sheet.code][0].get(column.code))
        assert page.data_validations.dataValidation
    page = book[EVENTS.name.in_language(language)]
    page.cell(FIRST_ROW, EVENTS.fields.index(EVENTS.field("state")) + 1, label_of(HELD).in_language(language))
    book.save(path)
    filled = import_book(sqlite_engine, path, is_check=True)
    assert [(sheet.accepted, sheet.refused) for sheet in filled.sheets] == [(1, [])] * len(SHEETS)


def test_columns_keep_numbers_as_typed_and_show_dates_by_day(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, Translator(Language.UZ_LATN))
    page = openpyxl.load_workbook(path)[EVENTS.name.in_language(Language.UZ_LATN)]
    formats = [page.column_dimensions[get_column_letter(at)].number_format for at in range(1, len(EVENTS.fields) + 1)]
    shown = dict(zip((field.code for field in EVENTS.fields), formats, strict=True))
    assert {code: shown[code] for code in ("number", "stirs", "event_date", "title")} == {
        "number": "@",
        "stirs": "@",
        "event_date": "dd.mm.yyyy",
        "title": "General",
    }


@pytest.mark.parametrize("language", list(Language))
def test_each_word_of_a_list_means_its_own_code(language: Language) -> None:
    kinds = {column.choices for sheet in SHEETS for column in sheet.fields if column.choices}
    for kind in kinds:
        words = {code: label_of(code).in_language(language) for code in kind}
        assert {code: word_index(kind).find(word)[0] for code, word in words.items()} == {code: code for code in kind}


@pytest.mark.parametrize("language", list(Language))
def test_each_heading_means_its_own_column(language: Language) -> None:
    for sheet in SHEETS:
        headings = {column.code: column.heading.in_language(language) for column in sheet.fields}
        found = {code: match_heading(heading, sheet)[0] for code, heading in headings.items()}
        assert {code: column and column.code for code, column in found.items()} == {code: code for code in headings}
