"""The sample report comes out as its expectation says, is taken once, and as a whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from data.database.engine import reading
from data.language import Language, Translator
from data.schema import AuditEntry, Evaluation, ImportRun, JointEvent, Mahalla, Memorandum, Ngo, StaleMonth
from data.workbook import errors
from data.workbook.outcome import Outcome
from tests.data.workbook.books import import_book, table_counts, warnings_of

pytestmark = pytest.mark.both_databases

SAMPLES = Path(__file__).parent.parent / "samples"
SAMPLE = SAMPLES / "report_2026.xlsx"
EXPECTED = json.loads((SAMPLES / "report_2026.expected.json").read_text(encoding="utf-8"))


def without_messages(outcome: Outcome) -> dict[str, Any]:
    found = outcome.as_json(Translator(Language.EN))
    for sheet in found.values():
        for entry in sheet["refused"]:
            assert entry.pop("message")
    return found


@pytest.mark.parametrize("options", [{}, {"is_check": True}, {"is_partial": True}])
def test_the_sample_comes_out_as_expected(engine: Engine, options: dict[str, bool]) -> None:
    assert without_messages(import_book(engine, SAMPLE, **options)) == EXPECTED


@pytest.mark.parametrize("options", [{}, {"is_check": True}, {"is_check": True, "is_partial": True}])
def test_nothing_is_written_on_a_check_nor_where_rows_are_refused(engine: Engine, options: dict[str, bool]) -> None:
    before = table_counts(engine)
    import_book(engine, SAMPLE, **options)
    assert table_counts(engine) == before


def test_a_partial_import_writes_what_was_accepted_with_an_audit_entry_a_row(engine: Engine) -> None:
    outcome = import_book(engine, SAMPLE, is_partial=True)
    counts = table_counts(engine)
    assert outcome.is_written
    assert [counts[model.__tablename__] for model in (Memorandum, JointEvent, Evaluation, Ngo)] == [12, 40, 30, 6]
    assert counts[Mahalla.__tablename__] == len(outcome.new_mahallas)
    assert counts[ImportRun.__tablename__] == 1
    assert counts[AuditEntry.__tablename__] == 12 + 40 + 30 + 6 + counts[Mahalla.__tablename__]
    assert counts[StaleMonth.__tablename__] == 0


def test_importing_again_changes_nothing(engine: Engine) -> None:
    import_book(engine, SAMPLE, is_partial=True)
    before = table_counts(engine)
    again = import_book(engine, SAMPLE, is_partial=True)
    assert table_counts(engine) == before
    assert [(sheet.accepted, sheet.duplicates) for sheet in again.sheets] == [(0, 13), (0, 41), (0, 31)]


def test_an_event_under_an_expired_memorandum_is_taken_with_a_warning(engine: Engine) -> None:
    assert errors.MEMORANDUM_EXPIRED in warnings_of(import_book(engine, SAMPLE, is_check=True), "events")


def test_no_personal_data_reach_messages_or_the_database(engine: Engine) -> None:
    outcome = import_book(engine, SAMPLE, is_partial=True)
    shown = json.dumps(outcome.as_json(Translator(Language.EN)))
    with reading(engine) as connection:
        stored = str(connection.execute(select(ImportRun.outcome)).all())
        logged = str(connection.execute(select(AuditEntry.after)).all())
        comments = connection.execute(select(func.count()).where(Evaluation.comment.contains("Telefon"))).scalar_one()
    assert not any(secret in text for secret in ("AA1234567", "998 90 123") for text in (shown, stored, logged))
    assert comments == 0
