"""The outcome of a check says what an import would add and change, cell by cell, and tells nothing confidential."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from data.codes import EventState
from data.workbook.outcome import Outcome
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
