"""Sheets, headings and rows are recognised by what they mean, wherever and however they stand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import Engine

from data.registers.declaration import RegisterSheet
from data.registers.evaluations import EvaluationRegister
from data.registers.events import EventRegister
from data.registers.memoranda import MemorandumRegister
from data.workbook import errors
from data.workbook.errors import WorkbookError
from data.workbook.reading.headings import match_heading
from tests.data.workbook.books import (
    EVALUATION,
    EVENT,
    MEMORANDUM,
    Row,
    by_code,
    errors_of,
    import_book,
    warnings_of,
)

EVALUATIONS = EvaluationRegister.sheet
EVENTS = EventRegister.sheet
MEMORANDA = MemorandumRegister.sheet
HEADINGS: tuple[tuple[RegisterSheet, str, tuple[str, ...]], ...] = (
    (MEMORANDA, "number", ("2) Меморандум рақами", "Рег. №", "MEMORANDUM RAQAMI *", "Memorandum\nraqami")),
    (MEMORANDA, "district", ("Tumanlar (shaharlar) nomi", "Ҳудуд", "Наименование территории", "Район (город):")),
    (MEMORANDA, "ngo_name", ("Hamkor NNT", "NNTlar nomi", "Наименование ННО-партнера")),
    (MEMORANDA, "stirs", ("Cтир", "ИНН (СТИР)", "STIR (9 xonali)")),
    (MEMORANDA, "expiry_date", ("Годен до", "Amal qilish muddati tugaydigan sana", "Дата окончания срока действия")),
    (EVENTS, "event_date", ("3. Sana", "(4) Sana", "Cана", "Сана (кун, ой, йил)", "Ўтказилган санаси:")),
    (EVENTS, "participants_total", ("Jami ishtirokchilar (nafar)", "Кол-во участников", "Ишт. сони", "Жами")),
    (EVENTS, "participants_young", ("в т.ч. молодежь", "shundan: yoshlar", "Молодежь, чел.")),
    (EVENTS, "participants_women", ("жен.", "Хотин-қизлар", "из них женщин")),
    (EVENTS, "state", ("Ижро", "Отметка о выполнении", "Ҳолати")),
    (EVALUATIONS, "mark_needs", ("Эҳтиёжга мослиги", "Mahalla ehtiyojiga mosligi (1-5)")),
    (EVALUATIONS, "would_repeat", ("Провели бы вы мероприятие ещё раз?", "Yana o‘tkazgan bo‘larmidingiz?")),
)
STRANGE = (
    (MEMORANDA, "Memorandum tuzgan xodim lavozimi nomi va sanasi bor papka qayerda turishi haqida"),
    (EVENTS, "Jami xarajat"),
    (EVENTS, "Tasdiqlangan sana"),
    (EVENTS, "Ijrochi boʻlim"),
)


def cells(sheet: RegisterSheet, row: Row) -> list[object]:
    return [row.get(column.code) for column in sheet.fields]


def headings(sheet: RegisterSheet) -> list[object]:
    return [column.canonical for column in sheet.fields]


def at(sheet: RegisterSheet, code: str) -> int:
    return [column.code for column in sheet.fields].index(code)


def a_book(path: Path, *, events: Sequence[Sequence[object]] | None = None, names: Sequence[str] = ()) -> Path:
    """A book of one memorandum, one event and one evaluation; ``events`` are other rows for the second sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets = (MEMORANDA, EVENTS, EVALUATIONS)
    for sheet, name, row in zip(
        sheets, names or [sheet.canonical for sheet in sheets], (MEMORANDUM, EVENT, EVALUATION), strict=True
    ):
        page = book.create_sheet(name)
        rows = events if events is not None and sheet is EVENTS else [headings(sheet), cells(sheet, row)]
        for each in rows:
            page.append(list(each))
    book.save(path)
    return path


def is_taken(engine: Engine, path: Path) -> bool:
    """Whether the one row of each sheet is accepted, and none else counts."""
    outcome = import_book(engine, path, is_check=True)
    return [(sheet.accepted, sheet.duplicates, sheet.refused) for sheet in outcome.sheets] == [(1, 0, [])] * 3


@pytest.mark.parametrize(("sheet", "code", "wordings"), HEADINGS)
def test_a_heading_is_known_in_many_wordings(sheet: RegisterSheet, code: str, wordings: tuple[str, ...]) -> None:
    found = {heading: match_heading(heading, sheet)[0] for heading in wordings}
    assert {heading: column and column.code for heading, column in found.items()} == dict.fromkeys(wordings, code)


@pytest.mark.parametrize(("sheet", "heading"), STRANGE)
def test_a_heading_is_not_known_by_a_general_word_in_it(sheet: RegisterSheet, heading: str) -> None:
    assert match_heading(heading, sheet)[0] is None


def test_headings_may_stand_low(sqlite_engine: Engine, tmp_path: Path) -> None:
    above = [[f"Sarlavha {line}"] for line in range(11)]
    assert is_taken(
        sqlite_engine, a_book(tmp_path / "low.xlsx", events=[*above, headings(EVENTS), cells(EVENTS, EVENT)])
    )


@pytest.mark.parametrize("is_numbered", [False, True])
def test_headings_may_stand_in_two_rows(sqlite_engine: Engine, tmp_path: Path, *, is_numbered: bool) -> None:
    first, last = at(EVENTS, "participants_total"), at(EVENTS, "participants_victims")
    upper = headings(EVENTS)
    lower: list[object] = [None] * len(upper)
    lower[first : last + 1] = upper[first : last + 1]
    lower[first] = "Jami"
    upper[first : last + 1] = ["Ishtirokchilar soni (nafar)", *[None] * (last - first)]
    numbers = [[str(number) for number in range(1, len(upper) + 1)]] if is_numbered else []
    spoilt = {**EVENT, "participants_women": 51}
    path = a_book(tmp_path / "two.xlsx", events=[upper, lower, *numbers, cells(EVENTS, EVENT), cells(EVENTS, spoilt)])
    outcome = import_book(sqlite_engine, path, is_check=True)
    assert by_code(outcome)["events"].accepted == 1
    assert errors_of(outcome, "events") == [(4 + is_numbered, "participants_women")]


def test_sheets_are_known_by_their_content_whatever_their_names(sqlite_engine: Engine, tmp_path: Path) -> None:
    for order, names in enumerate(
        (("1-ilova", "Лист1", "Sheet3"), ("Memorandum 2026", "2-ilova (tadbirlar)", "NNT bahosi"))
    ):
        assert is_taken(sqlite_engine, a_book(tmp_path / f"{order}.xlsx", names=names))


def test_rows_that_are_no_records_are_passed_over(sqlite_engine: Engine, tmp_path: Path) -> None:
    width = len(EVENTS.fields)

    def row(**values: object) -> list[object]:
        filled: list[object] = [None] * width
        for code, value in values.items():
            filled[at(EVENTS, code)] = value
        return filled

    asides: list[list[object]] = [
        row(number="Jami:", participants_total=50),
        row(district="Чилонзор тумани бўйича жами", participants_total=50, participants_young=20),
        row(participants_total="Жами: 50", participants_young=20),
        row(number="ИТОГО", mahalla="1", participants_total=50),
        row(title="Hammasi", participants_total=50),
        headings(EVENTS),
        [None] * width,
    ]
    sums = [row(participants_total=50, participants_young=20), row(participants_total=0, participants_women=0)]
    rows = [headings(EVENTS), *asides, cells(EVENTS, EVENT), *asides, *sums]
    path = a_book(tmp_path / "sums.xlsx", events=rows)
    assert is_taken(sqlite_engine, path)
    assert warnings_of(import_book(sqlite_engine, path, is_check=True), "events") == [errors.NOT_A_RECORD] * len(sums)
    named = [headings(EVENTS), cells(EVENTS, {**EVENT, "title": "Jami uchun"}), row(number="T-2", participants_total=5)]
    outcome = import_book(sqlite_engine, a_book(tmp_path / "named.xlsx", events=named), is_check=True)
    assert (by_code(outcome)["events"].accepted, errors_of(outcome, "events")) == (1, [(3, "district")])


def test_merged_cells_speak_for_all_their_rows(sqlite_engine: Engine, tmp_path: Path) -> None:
    rows = [{**EVENT, "number": f"T-{line}"} for line in range(3)]
    path = a_book(tmp_path / "merged.xlsx", events=[headings(EVENTS), *(cells(EVENTS, row) for row in rows)])
    book = load_workbook(path)
    page = book[EVENTS.canonical]
    for code in ("district", "mahalla", "stirs"):
        place = at(EVENTS, code) + 1
        page.merge_cells(start_row=2, end_row=4, start_column=place, end_column=place)
    book.save(path)
    outcome = import_book(sqlite_engine, path, is_check=True)
    assert (by_code(outcome)["events"].accepted, errors_of(outcome, "events")) == (3, [])


def test_a_heading_or_a_sheet_that_is_there_twice_is_refused(sqlite_engine: Engine, tmp_path: Path) -> None:
    twice = [[*headings(EVENTS), "Sana"], [*cells(EVENTS, EVENT), "20.02.2026"]]
    with pytest.raises(WorkbookError) as refusal:
        import_book(sqlite_engine, a_book(tmp_path / "heading.xlsx", events=twice))
    assert refusal.value.message.text == errors.REPEATED_HEADING
    path = a_book(tmp_path / "sheet.xlsx")
    book = load_workbook(path)
    book.copy_worksheet(book[EVENTS.canonical]).title = "Tadbirlar (2)"
    book.save(path)
    with pytest.raises(WorkbookError) as refusal:
        import_book(sqlite_engine, path)
    assert refusal.value.message.text == errors.REPEATED_SHEET


def test_other_sheets_are_passed_over_and_named(sqlite_engine: Engine, tmp_path: Path) -> None:
    path = a_book(tmp_path / "more.xlsx")
    book = load_workbook(path)
    book.create_sheet("Eslatmalar").append(["Izoh", "Taklif", "Natija"])
    book.create_sheet("Boʻsh")
    book.save(path)
    assert is_taken(sqlite_engine, path)
    outcome = import_book(sqlite_engine, path, is_check=True)
    assert [name for name, _ in outcome.skipped_sheets] == ["Eslatmalar"]


@pytest.mark.parametrize(
    "heading",
    ["Jami ishtirokchilarr", "Jami ishtirokchila", "Jamii ishtirokchilarr", "Jami ishtirokchelar"],
)
def test_a_heading_with_a_letter_too_many_too_few_or_wrong_in_a_word_or_two_is_known(heading: str) -> None:
    field, score = match_heading(heading, EVENTS)
    assert field is not None
    assert (field.code, score) == ("participants_total", 0.8)
