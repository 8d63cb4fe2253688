"""A row in doubt is asked about: listed with what would be taken, and written only where somebody accepts it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data.codes import EventState
from data.language import Language, Translator
from data.schema import Evaluation, JointEvent, JointEventNgo, Mahalla, Memorandum, Ngo
from data.workbook import errors
from data.workbook.importer import ALL_ROWS
from data.workbook.outcome import Outcome
from tests.data.workbook.books import (
    EVALUATION,
    EVENT,
    MAHALLA,
    MEMORANDUM,
    Row,
    by_code,
    import_book,
    rows_of,
    save_book,
    table_counts,
    warnings_of,
)

SWAPPED: Row = {**EVENT, "event_date": "3/2/26", "memorandum": None}


def doubts_of(outcome: Outcome, code: str) -> list[tuple[int, str, str]]:
    """Row, column code and text of each doubt of a sheet."""
    return [(entry.row, entry.field.code, entry.message.text) for entry in by_code(outcome)[code].doubted]


def dated(path: Path, *days: object) -> Path:
    """A workbook with an event on each of some days."""
    events = [{**EVENT, "number": f"T-{at}", "event_date": day, "memorandum": None} for at, day in enumerate(days)]
    return save_book(path, memoranda=[MEMORANDUM], events=events)


def test_a_file_with_a_row_in_doubt_is_not_written_unless_the_doubt_is_accepted(engine: Engine, tmp_path: Path) -> None:
    path = save_book(tmp_path / "book.xlsx", memoranda=[MEMORANDUM], events=[EVENT, {**SWAPPED, "number": "T-2"}])
    outcome = import_book(engine, path)
    assert doubts_of(outcome, "events") == [(3, "event_date", errors.SHORT_DATE)]
    assert (by_code(outcome)["events"].accepted, outcome.doubted, outcome.is_written) == (1, 1, False)
    assert table_counts(engine)[JointEvent.__tablename__] == 0

    accepted = import_book(engine, path, accept_doubted=frozenset([("events", 3)]))
    assert (accepted.doubted, accepted.is_written) == (0, True)
    assert errors.SHORT_DATE in warnings_of(accepted, "events")
    assert rows_of(engine, JointEvent, "number", "event_date")[1] == ("T-2", date(2026, 2, 3))
    again = import_book(engine, path)
    assert (again.accepted, again.doubted) == (0, 0)


def test_a_part_of_a_file_is_written_without_its_rows_in_doubt(engine: Engine, tmp_path: Path) -> None:
    path = save_book(tmp_path / "book.xlsx", memoranda=[MEMORANDUM], events=[EVENT, {**SWAPPED, "number": "T-2"}])
    assert import_book(engine, path, is_partial=True).is_written
    assert rows_of(engine, JointEvent, "number") == [("T-1",)]
    assert import_book(engine, path, is_partial=True, accept_doubted=ALL_ROWS).accepted == 1
    assert rows_of(engine, JointEvent, "number") == [("T-1",), ("T-2",)]


@pytest.mark.both_databases
def test_what_refers_to_a_record_in_doubt_waits_with_it(engine: Engine, tmp_path: Path) -> None:
    memorandum = {**MEMORANDUM, "start_date": "10.01.2009"}
    path = save_book(tmp_path / "book.xlsx", memoranda=[memorandum], events=[EVENT], evaluations=[EVALUATION])
    outcome = import_book(engine, path, is_partial=True)
    found = [doubts_of(outcome, code) for code in ("memoranda", "events", "evaluations")]
    waiting = errors.NAMES_DOUBTED_ROW
    assert found == [
        [(2, "start_date", errors.FAR_DATE)],
        [(2, "memorandum", waiting), (2, "stirs", waiting)],
        [(2, "event", waiting), (2, "stir", waiting)],
    ]
    kept = (Memorandum, JointEvent, Evaluation, Ngo, Mahalla)
    assert [table_counts(engine)[model.__tablename__] for model in kept] == [0] * 5
    assert import_book(engine, path, accept_doubted=frozenset([("memoranda", 2)])).accepted == 3
    assert [table_counts(engine)[model.__tablename__] for model in kept] == [1] * 5


def test_doubts_are_told_in_each_language(engine: Engine, tmp_path: Path) -> None:
    outcome = import_book(engine, dated(tmp_path / "book.xlsx", "03/05/2026", "12/25/2025"), is_check=True)
    told = {
        language: outcome.as_json(Translator(language))["Tadbirlar"]["doubted"][0]["message"] for language in Language
    }
    assert len(set(told.values())) == len(Language)
    assert all("03.05.2026" in text and "05.03.2026" in text and "12/25/2025" in text for text in told.values())


@pytest.mark.parametrize(
    ("days", "doubted"),
    [
        # An impossible day.month shows that the other dates may have the month first.
        (["03/05/2026", "12/25/2025", "05/13/2026", "04/07/2026", "05/05/2026"], [2, 5]),
        (["3-5-2026", "1-25-2026", "20-02-2026"], [2]),
        (["03.05.2026", "12.25.2025", "01.13.2026", "2026-03-05"], [2]),
        (["03/05/2026", "2026-03-05", "12/25/2025", "5 mart 2026", date(2026, 3, 5)], [2, 6]),
        # A single typing error between points, an impossible day and plain columns show nothing.
        (["03.05.2026", "12.13.2026"], []),
        (["03/05/2026", "31/02/2026"], []),
        (["03/05/2026", "04/07/2026", "25/12/2025"], []),
        (["03.05.2026", "25.12.2025", date(2026, 3, 5)], []),
        # Real dates all before the 13th beside texts all after the 12th: a program has swapped what it could.
        ([date(2026, 3, 5), "25/12/2025", "13/05/2026", date(2026, 4, 7)], [2, 5]),
        ([date(2026, 3, 5), "25-12-2025", date(2026, 4, 4)], [2]),
        ([date(2026, 3, 5), "25.12.2025", "13.05.2026", date(2026, 4, 7)], [2, 5]),
        ([date(2026, 3, 5), "25/12/2025", date(2026, 4, 17)], []),
        ([date(2026, 3, 5), "25/12/2025", "03/05/2026"], []),
        ([date(2026, 3, 5), "2025-12-25", "25/12/2025"], []),
        ([date(2026, 3, 5), date(2026, 4, 7)], []),
    ],
)
def test_a_column_shows_which_of_its_dates_may_be_swapped(
    sqlite_engine: Engine, tmp_path: Path, days: Sequence[object], doubted: list[int]
) -> None:
    outcome = import_book(sqlite_engine, dated(tmp_path / "book.xlsx", *days), is_check=True)
    assert [row for row, _, _ in doubts_of(outcome, "events")] == doubted


# What is corrected in a known event or evaluation, and the column and text of the doubt.
CORRECTIONS: tuple[tuple[str, dict[str, object], list[tuple[str, str]]], ...] = (
    ("events", {"participants_total": 60}, []),
    ("events", {"stirs": 300011001}, [("stirs", errors.PARTY_REPLACED)]),
    ("events", {"stirs": "300011000; 300011001"}, []),
    ("events", {"state": "bekor qilindi"}, [("state", errors.EVALUATED_EVENT)]),
    ("events", {"state": "-", "title": "Boshqa"}, []),
    ("events", {"state": "-", "number": "T-7"}, [("state", errors.DASH_AS_HELD)]),
    ("events", {"district": "Uchtepa tumani", "memorandum": None}, [("district", errors.MOVED)]),
    ("events", {"district": "Uchtepa tumani", "memorandum": None, "event_date": "21.02.2026"}, []),
    ("events", {"district": "Uchtepa tumani", "memorandum": None, "stirs": 300011001}, []),
    ("events", {"mahalla": "Karimov Sobir"}, [("mahalla", errors.MAY_BE_PERSON)]),
    ("events", {"mahalla": "Sobir Rahimov MFY"}, []),
    ("evaluations", {"mark_result": 1}, []),
)  # fmt: skip


@pytest.mark.both_databases
def test_a_correction_asks_before_it_replaces_or_moves_what_is_known(engine: Engine, tmp_path: Path) -> None:
    other = {**MEMORANDUM, "number": "HM-0", "stirs": 300011001, "ngo_name": "Mehr Koʻprigi"}
    good: dict[str, Row] = {"events": EVENT, "evaluations": EVALUATION}
    rows: dict[str, Any] = {"memoranda": [MEMORANDUM, other], **{code: [row] for code, row in good.items()}}
    import_book(engine, save_book(tmp_path / "first.xlsx", **rows))
    for at, (sheet, change, expected) in enumerate(CORRECTIONS):
        corrected: dict[str, Any] = {sheet: [{**good[sheet], **change}]}
        path = save_book(tmp_path / f"{at}.xlsx", **corrected)
        outcome = import_book(engine, path, is_check=True)
        assert [(code, text) for _, code, text in doubts_of(outcome, sheet)] == expected, change
        assert by_code(outcome)[sheet].accepted == (not expected), change


@pytest.mark.both_databases
def test_an_accepted_doubt_is_written_as_it_says(engine: Engine, tmp_path: Path) -> None:
    other = {**MEMORANDUM, "number": "HM-0", "stirs": 300011001, "ngo_name": "Mehr Koʻprigi"}
    import_book(engine, save_book(tmp_path / "first.xlsx", memoranda=[MEMORANDUM, other], events=[EVENT]))
    replaced = {**EVENT, "stirs": 300011001}
    moved = {**EVENT, "district": "Uchtepa tumani", "memorandum": None, "mahalla": None}
    path = save_book(tmp_path / "second.xlsx", events=[replaced, moved])
    assert import_book(engine, path, accept_doubted=ALL_ROWS).is_written
    counts = table_counts(engine)
    assert (counts[JointEvent.__tablename__], counts[JointEventNgo.__tablename__]) == (2, 3)


def test_a_known_person_like_mahalla_is_not_asked_about_again(engine: Engine, tmp_path: Path) -> None:
    named = {**EVENT, "mahalla": "Sobir Rahimov"}
    rows: dict[str, Any] = {"memoranda": [MEMORANDUM], "mahallas": [{**MAHALLA, "mahalla": "Sobir Rahimov MFY"}]}
    import_book(engine, save_book(tmp_path / "first.xlsx", **rows))
    outcome = import_book(engine, save_book(tmp_path / "second.xlsx", events=[named]))
    assert (outcome.accepted, outcome.doubted) == (1, 0)


def test_a_post_or_a_mahalla_of_the_register_names_no_person(sqlite_engine: Engine, tmp_path: Path) -> None:
    rows: list[Row] = [
        {**MAHALLA, "post": "Karimov S.A."},
        {**MAHALLA, "mahalla": "Каримов Собир Алиевич"},
        {**MAHALLA, "mahalla": "Navbahor", "post": "Profilaktika inspektori, 4-son tayanch punkti"},
    ]
    outcome = import_book(sqlite_engine, save_book(tmp_path / "book.xlsx", mahallas=rows), is_check=True)
    refused = [(entry.row, entry.field.code, entry.message.text) for entry in by_code(outcome)["mahallas"].refused]
    assert refused == [(2, "post", errors.PERSON), (3, "mahalla", errors.PERSON)]
    assert by_code(outcome)["mahallas"].accepted == 1


@pytest.mark.both_databases
def test_an_emptied_cell_is_said_and_an_assumed_value_asked_about(engine: Engine, tmp_path: Path) -> None:
    cancelled = {**EVENT, "number": "T-2", "state": "bekor qilindi", "cancel_reason": "Ob-havo"}
    import_book(engine, save_book(tmp_path / "first.xlsx", memoranda=[MEMORANDUM], events=[EVENT, cancelled]))
    emptied = {**EVENT, "title": None, "participants_young": None}
    path = save_book(tmp_path / "second.xlsx", events=[emptied, {**cancelled, "state": None}])
    outcome = import_book(engine, path, is_partial=True)
    assert warnings_of(outcome, "events").count(errors.EMPTIED) == 2
    assert doubts_of(outcome, "events") == [(3, "state", errors.EMPTY_CHANGES)]
    assert rows_of(engine, JointEvent, "number", "title", "participants_young", "state_code") == [
        ("T-1", "", 0, EventState.HELD.value),
        ("T-2", "Mavzu", 20, EventState.CANCELLED.value),
    ]


def test_known_records_that_a_sheet_leaves_out_are_said_to_stay(engine: Engine, tmp_path: Path) -> None:
    events = [{**EVENT, "number": f"T-{at}"} for at in range(3)]
    import_book(engine, save_book(tmp_path / "first.xlsx", memoranda=[MEMORANDUM], events=events))
    for rows, expected in ((events[1:], [(1, "T-0")]), (events, []), ([{**EVENT, "number": "T-9"}], [])):
        sheet = by_code(import_book(engine, save_book(tmp_path / "next.xlsx", events=rows), is_check=True))["events"]
        told = [message.values for _, message in sheet.warnings if message.text == errors.LEFT_OUT]
        assert [(values["count"], values["numbers"]) for values in told] == expected
