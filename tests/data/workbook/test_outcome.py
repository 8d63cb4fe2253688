"""The outcome of a check says what an import would add and change, cell by cell, and tells nothing confidential."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from sqlalchemy import Engine

from data.codes import EventState
from data.language import Language, Translator
from data.workbook.declaration import REASON
from data.workbook.outcome import Outcome
from data.workbook.refused_rows import refused_rows_workbook
from data.workbook.registers.events import EventRegister
from tests.data.workbook.books import (
    EVALUATION,
    EVENT,
    MEMORANDUM,
    OFFENCE,
    PLAN,
    TRAINING,
    WHOLE,
    Row,
    by_code,
    import_book,
    save_book,
)


def checked(engine: Engine, path: Path, **rows: Sequence[Row]) -> Outcome:
    return import_book(engine, save_book(path, **rows), is_check=True)  # type: ignore[arg-type]


def changes(outcome: Outcome, code: str) -> list[tuple[int, dict[str, tuple[object, object]]]]:
    """Changed rows of a sheet: the row's number, and old and new value by field."""
    changed = by_code(outcome)[code].changed
    return [(row.row, {cell.field.code: (cell.old, cell.new) for cell in row.cells}) for row in changed]


def test_a_check_tells_new_changed_and_repeated_rows_apart(engine: Engine, tmp_path: Path) -> None:
    import_book(engine, save_book(tmp_path / "first.xlsx", **WHOLE))  # type: ignore[arg-type]
    moved = {**EVENT, "event_date": "21.02.2026", "participants_total": 60, "mahalla": "Yangi MFY"}
    rows: dict[str, list[Row]] = {
        "memoranda": [MEMORANDUM],
        "events": [moved, {**EVENT, "number": "T-2"}],
        "plans": [{**PLAN, "month": "mart"}],
        "trainings": [{**TRAINING, "mahallas": "Oqtepa MFY; Yangi MFY"}],
        "offences": [{**OFFENCE, "all": 41}],
    }
    outcome = checked(engine, tmp_path / "second.xlsx", **rows)
    events = by_code(outcome)["events"]
    assert (events.added, events.duplicates, events.refused) == (1, 0, [])
    assert changes(outcome, "events") == [
        (
            2,
            {
                "event_date": (date(2026, 2, 20), date(2026, 2, 21)),
                "mahalla": ("Oqtepa MFY", "Yangi MFY"),
                "participants_total": (50, 60),
            },
        )
    ]
    assert changes(outcome, "plans") == [(2, {"month": (2, 3)})]
    assert changes(outcome, "offences") == [(2, {"all": (40, 41)})]
    known = ["Doʻstlik MFY", "Oqtepa MFY"]
    assert changes(outcome, "trainings") == [(2, {"mahallas": (known, [*known, "Yangi MFY"])})]
    memoranda = by_code(outcome)["memoranda"]
    assert (memoranda.added, memoranda.changed, memoranda.duplicates) == (0, [], 1)


def test_codes_come_as_codes_and_an_added_party_with_those_known(engine: Engine, tmp_path: Path) -> None:
    import_book(engine, save_book(tmp_path / "first.xlsx", memoranda=[MEMORANDUM], events=[EVENT]))
    second = {**MEMORANDUM, "stirs": 300012000, "ngo_name": "Ikkinchi NNT"}
    rows: dict[str, list[Row]] = {"memoranda": [second], "events": [{**EVENT, "state": "bekor qilindi"}]}
    outcome = checked(engine, tmp_path / "second.xlsx", **rows)
    assert changes(outcome, "memoranda") == [(2, {"stirs": (["300011000"], ["300011000", "300012000"])})]
    assert changes(outcome, "events")[0][1]["state"] == (EventState.HELD, EventState.CANCELLED)


def test_ratings_are_compared_one_by_one_but_never_those_of_a_confidential_evaluation(
    engine: Engine, tmp_path: Path
) -> None:
    hidden = {**EVALUATION, "event": "T-2", "visibility": "maxfiy"}
    events = [EVENT, {**EVENT, "number": "T-2"}]
    import_book(
        engine,
        save_book(tmp_path / "a.xlsx", memoranda=[MEMORANDUM], events=events, evaluations=[EVALUATION, hidden]),
    )
    worse = [{**row, "mark_result": 2, "comment": "Boshqa"} for row in (EVALUATION, hidden)]
    outcome = checked(engine, tmp_path / "b.xlsx", evaluations=worse)
    assert changes(outcome, "evaluations") == [
        (2, {"mark_result": (5, 2), "comment": ("Foydali boʻldi", "Boshqa")}),
        (3, {}),
    ]


def test_refused_rows_come_back_as_typed_with_their_reasons_and_are_taken_once_mended(
    engine: Engine, tmp_path: Path
) -> None:
    spoilt = {**EVENT, "number": "T-2", "event_date": "32.01.2026", "title": "=1+1"}
    path = save_book(tmp_path / "sent.xlsx", memoranda=[MEMORANDUM], events=[EVENT, spoilt])
    book = load_workbook(path)
    book.worksheets[1].cell(3, [*EVENT].index("title") + 1).data_type = "s"
    book.save(path)
    outcome = import_book(engine, path, is_partial=True)
    for language in Language:
        (tmp_path / "back.xlsx").write_bytes(refused_rows_workbook(outcome, Translator(language)) or b"")
        page = load_workbook(tmp_path / "back.xlsx").worksheets[0]
        titles = [cell.value for cell in page[2]]
        row = dict(zip(titles, page[3], strict=True))
        fields = {field.code: field.heading.in_language(language) for field in EventRegister.sheet.fields}
        assert titles == [*fields.values(), REASON.in_language(language)]
        assert row[fields["event_date"]].value == "32.01.2026"
        assert (row[fields["title"]].value, row[fields["title"]].data_type) == ("=1+1", "s")
        assert row[fields["stirs"]].value == 300011000
        assert "32.01.2026" in str(row[REASON.in_language(language)].value)
        assert page.max_row < 3 or page.cell(4, 1).value is None
    back = load_workbook(tmp_path / "back.xlsx")
    back.worksheets[0].cell(3, titles.index(fields["event_date"]) + 1, "31.01.2026")
    back.save(tmp_path / "mended.xlsx")
    mended = import_book(engine, tmp_path / "mended.xlsx")
    assert (by_code(mended)["events"].added, by_code(mended)["events"].warnings, mended.is_written) == (1, [], True)


def test_without_refused_rows_there_is_nothing_to_give_back(engine: Engine, tmp_path: Path) -> None:
    outcome = checked(engine, tmp_path / "good.xlsx", memoranda=[MEMORANDUM])
    assert refused_rows_workbook(outcome, Translator(Language.RU)) is None
