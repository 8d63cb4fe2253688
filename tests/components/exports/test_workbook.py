"""The workbook: a sheet for each table, cells of the right type, nothing that runs, credits on every sheet."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from components.deck.model import Deck, FigureColumn, Table, ValueKind
from components.exports.workbook.contents import LONGEST_NAME, sheet_names
from components.exports.workbook.tables import FIRST_ROW, HEADING_ROW
from components.exports.workbook.workbook import deck_xlsx
from components.shell.formatter import Formatter
from data.language import Language, Translator
from tests.components.exports.decks import CREDITS, HOSTILE, LETTERS, MEMORANDA, TREND, small_deck


def opened(deck: Deck) -> Workbook:
    """The workbook of a deck as it is read back."""
    return load_workbook(io.BytesIO(deck_xlsx(deck)))


def sheet_of(deck: Deck, number: int) -> Worksheet:
    """The sheet of a table by its number; 0 is the contents."""
    sheet = opened(deck).worksheets[number]
    assert isinstance(sheet, Worksheet)
    return sheet


def deck_of(table: Table) -> Deck:
    """A deck of one slide with these figures."""
    return replace(small_deck(), slides=(replace(TREND, figures=table),))


def test_every_table_has_a_sheet_behind_the_contents() -> None:
    assert opened(small_deck()).sheetnames == [
        "Contents",
        "1. Cooperation of the district…",
        "2. Memoranda & more",
        "3. Indicators",
        "4. Events",
        "5. What NGOs said",
        "6. Map",
    ]


def test_slides_that_go_on_with_a_table_share_its_sheet() -> None:
    parts = tuple(replace(MEMORANDA, heading=f"Memoranda ({number} of 2)") for number in (1, 2))
    assert opened(replace(small_deck(), slides=parts)).sheetnames == ["Contents", "1. Memoranda"]


def test_cells_keep_their_types_and_are_written_as_on_the_slides() -> None:
    row = sheet_of(small_deck(), 2)[FIRST_ROW]
    assert [cell.value for cell in row[2:]] == [datetime(2026, 12, 3), 12, 4.256, 0.625, 1234.56]
    assert [cell.number_format for cell in row[2:]] == ["dd.mm.yyyy", "#,##0", "#,##0.00", "0%", "#,##0.0"]


def test_months_are_the_first_days_of_theirs() -> None:
    cell = sheet_of(small_deck(), 3)[FIRST_ROW][0]
    assert (cell.value, cell.number_format) == (datetime(2026, 1, 1), "mm.yyyy")


@pytest.mark.parametrize("language", Language)
def test_a_missing_figure_is_said_in_words_and_is_no_zero(language: Language) -> None:
    row = [cell.value for cell in sheet_of(small_deck(language), 2)[FIRST_ROW + 1]]
    assert row[4:] == [Formatter(Translator(language)).missing] * 2 + [0]


def test_a_column_may_say_what_is_missing_in_its_own_words() -> None:
    table = Table(
        (FigureColumn("Done", ValueKind.DATE, missing="not yet"), FigureColumn("By", ValueKind.DATE)), ((None, None),)
    )
    assert [cell.value for cell in sheet_of(deck_of(table), 1)[FIRST_ROW]] == ["not yet", None]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "  =", "\uff1d"])
def test_text_that_would_run_is_held_back(start: str) -> None:
    hostile = f"{start}cmd|'/C calc'!A0"
    table = Table((FigureColumn(hostile), FigureColumn("Other")), ((hostile, HOSTILE),))
    deck = replace(deck_of(table), title=hostile, subtitle=hostile)
    deck = replace(deck, slides=(replace(deck.slides[0], title=hostile, heading=hostile),))
    cells = [cell for sheet in opened(deck).worksheets for row in sheet.iter_rows() for cell in row if cell.value]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert [cell.value for cell in cells if str(cell.value).lstrip(" ").startswith((start.lstrip(" "), "="))] == []


def test_negative_numbers_stay_numbers() -> None:
    assert sheet_of(small_deck(), 2)[FIRST_ROW + 2][6].value == -1.25


def test_signs_that_a_workbook_cannot_hold_are_left_out() -> None:
    table = Table((FigureColumn("Text"),), (("one\x0btwo\x00",),))
    assert sheet_of(deck_of(table), 1)[FIRST_ROW][0].value == "onetwo"


def test_headings_stay_in_sight_and_filter() -> None:
    sheet = sheet_of(small_deck(), 2)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == (f"A{FIRST_ROW}", f"A{HEADING_ROW}:G{HEADING_ROW + 3}")
    assert [cell.value for cell in sheet[HEADING_ROW]] == [column.title for column in MEMORANDA.figures.columns]


def test_columns_are_as_wide_as_their_words_within_limits() -> None:
    sheet = sheet_of(deck_of(Table((FigureColumn("A"), FigureColumn("B")), (("x" * 24, "y" * 500),))), 1)
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [27, 60]


def test_rows_that_stand_out_are_bold() -> None:
    sheet = sheet_of(small_deck(), 2)
    assert [sheet[row][0].font.bold for row in range(FIRST_ROW, FIRST_ROW + 3)] == [True, False, False]


def test_every_sheet_says_demo_method_and_credits() -> None:
    for sheet in opened(small_deck()).worksheets:
        said = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
        assert [line for line in CREDITS if line not in said] == []


def test_the_contents_lead_to_each_sheet_and_say_its_conclusion() -> None:
    book = opened(small_deck())
    rows = [row for row in book.worksheets[0].iter_rows() if row[0].hyperlink]
    assert [row[0].hyperlink.location for row in rows] == [f"'{name}'!A1" for name in book.sheetnames[1:]]
    assert [row[1].value for row in rows] == [slide.title for slide in small_deck().slides]
    assert [row[2].value for row in rows] == [3, 3, 4, 3, 2, 2]


def test_the_letters_of_all_languages_are_kept() -> None:
    assert LETTERS in str(sheet_of(small_deck(), 2)["A1"].value)


def test_names_of_sheets_are_short_allowed_and_unlike_each_other() -> None:
    headings = ["Plan", "PLAN", "a/b [c]: d*?'e\\f", "Rejalashtirilgan tadbirlarning bajarilishi", "x" * 60, ""]
    names = sheet_names(headings, taken="Contents")
    assert names[:4] == ["1. Plan", "2. PLAN", "3. a b c d e f", "4. Rejalashtirilgan…"]
    assert len({name.casefold() for name in names}) == len(headings)
    assert max(map(len, names)) <= LONGEST_NAME
