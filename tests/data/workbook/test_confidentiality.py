"""An import neither changes nor betrays what an NGO sent confidentially itself, nor makes named what was released."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, insert, select

from data.codes import EvaluationItem, Visibility
from data.database.engine import reading, writing
from data.language import Language
from data.registers.events import EventRegister
from data.schema import ConfidentialBatch, ConfidentialBatchMember, Evaluation, JointEvent, Ngo
from data.workbook import errors
from data.workbook.database import AuditedWriter
from data.workbook.errors import WorkbookError
from data.workbook.outcome import Outcome
from tests.data.workbook.books import (
    EVALUATION,
    EVENT,
    MEMORANDUM,
    TODAY,
    Row,
    by_code,
    errors_of,
    import_book,
    save_book,
    warnings_of,
)
from tests.worlds import make_evaluation

pytestmark = pytest.mark.both_databases

CONFIDENTIAL = {**EVALUATION, "visibility": "maxfiy"}
TRUE_GUESS = {
    "event": EVENT["number"],
    "stir": EVALUATION["stir"],
    "submitted_date": "01.03.2026",
    **{f"mark_{item}": 4 for item in EvaluationItem},
    "would_repeat": "ha",
    "visibility": "maxfiy",
}
FALSE_GUESS = {**TRUE_GUESS, "mark_result": 1, "comment": "Boshqa soʻz"}
SHORT_GUESS = {code: TRUE_GUESS[code] for code in ("event", "stir", "mark_needs")}
NAMED_GUESS = {**TRUE_GUESS, "visibility": "ochiq"}


def imported(engine: Engine, folder: Path, *evaluations: Row, **options: object) -> Outcome:
    path = folder / f"{len(list(folder.iterdir()))}.xlsx"
    rows: dict[str, Sequence[Row]] = {"memoranda": [MEMORANDUM], "events": [EVENT]}
    if evaluations:
        rows["evaluations"] = evaluations
    book = save_book(path, language=Language.UZ_LATN, **rows)
    return import_book(engine, book, **options)


def sent_by_the_ngo(engine: Engine, folder: Path, visibility: Visibility) -> None:
    """An evaluation that came with no workbook."""
    imported(engine, folder)
    with writing(engine) as connection:
        event_id = connection.execute(select(JointEvent.id)).scalar_one()
        ngo_id = connection.execute(select(Ngo.id)).scalar_one()
        sent = date(2026, 3, 1)
        make_evaluation(
            connection, event_id=event_id, ngo_id=ngo_id, submitted_date=sent, mark=4, visibility=visibility
        )


def release(connection: Connection) -> None:
    """Put the only evaluation into a batch."""
    sums = {"evaluations": 5, "ngos": 3, "events_marked": 5, "event_mark_sum": 20.0, "event_mark_square_sum": 80.0}
    span = {"district_soato": "1726294", "first_year_month": 202602, "last_year_month": 202602}
    batch = {**sums, **span, "id": 1, "released_date": TODAY, "repeat_yes": 5, "repeat_no": 0, "repeat_unsure": 0}
    connection.execute(insert(ConfidentialBatch).values(batch))
    columns = (Evaluation.id.label("evaluation_id"), Evaluation.event_id, Evaluation.ngo_id)
    row = connection.execute(select(*columns)).one()._asdict()
    connection.execute(insert(ConfidentialBatchMember).values(**row, batch_id=1))


def stored(engine: Engine) -> list[tuple[object, ...]]:
    columns = (Evaluation.version, Evaluation.is_current, Evaluation.mark_result, Evaluation.visibility_code)
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(Evaluation.version))]


@pytest.mark.parametrize("is_check", [True, False])
def test_no_guess_tells_what_an_ngo_sent_confidentially(engine: Engine, tmp_path: Path, *, is_check: bool) -> None:
    sent_by_the_ngo(engine, tmp_path, Visibility.CONFIDENTIAL)
    told = []
    for guess in (TRUE_GUESS, FALSE_GUESS, SHORT_GUESS, NAMED_GUESS):
        outcome = imported(engine, tmp_path, guess, is_check=is_check)
        sheet = by_code(outcome)["evaluations"]
        told.append((sheet.accepted, sheet.duplicates, sheet.refused, warnings_of(outcome, "evaluations")))
    assert told == [(0, 1, [], [errors.PROTECTED])] * 4
    assert stored(engine) == [(1, True, 4, "confidential")]


def test_a_guess_in_fewer_columns_takes_nothing_over_from_what_was_sent(engine: Engine, tmp_path: Path) -> None:
    sent_by_the_ngo(engine, tmp_path, Visibility.CONFIDENTIAL)
    first = save_book(tmp_path / "short.xlsx", evaluations=[SHORT_GUESS, {**SHORT_GUESS, "mark_needs": 4}])
    assert by_code(import_book(engine, first))["evaluations"].duplicates == 2
    other = save_book(tmp_path / "other.xlsx", evaluations=[SHORT_GUESS, {**SHORT_GUESS, "mark_needs": 3}])
    assert errors_of(import_book(engine, other), "evaluations") == [(3, "event")]


def test_a_named_evaluation_of_the_ngo_may_be_corrected(engine: Engine, tmp_path: Path) -> None:
    sent_by_the_ngo(engine, tmp_path, Visibility.NAMED)
    imported(engine, tmp_path, {**NAMED_GUESS, "mark_result": 1})
    assert stored(engine) == [(1, False, 4, "named"), (2, True, 1, "named")]


def test_what_was_imported_is_known_again_and_corrected(engine: Engine, tmp_path: Path) -> None:
    imported(engine, tmp_path, CONFIDENTIAL)
    assert by_code(imported(engine, tmp_path, CONFIDENTIAL))["evaluations"].duplicates == 1
    imported(engine, tmp_path, {**CONFIDENTIAL, "mark_result": 2})
    imported(engine, tmp_path, EVALUATION)
    assert stored(engine) == [
        (1, False, 5, "confidential"),
        (2, False, 2, "confidential"),
        (3, True, 5, "named"),
    ]


def test_what_was_released_stays_confidential_and_may_be_corrected_so(engine: Engine, tmp_path: Path) -> None:
    imported(engine, tmp_path, CONFIDENTIAL)
    with writing(engine) as connection:
        release(connection)
    outcome = imported(engine, tmp_path, EVALUATION)
    assert errors_of(outcome, "evaluations") == [(2, "visibility")]
    assert [entry.message.text for entry in by_code(outcome)["evaluations"].refused] == [errors.RELEASED]
    imported(engine, tmp_path, {**CONFIDENTIAL, "mark_result": 2})
    assert errors_of(imported(engine, tmp_path, EVALUATION), "evaluations") == [(2, "visibility")]
    assert stored(engine) == [(1, False, 5, "confidential"), (2, True, 2, "confidential")]


def test_what_is_released_while_a_workbook_is_read_stays_confidential(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(engine, tmp_path, CONFIDENTIAL)
    write_events = EventRegister.write

    def released_meanwhile(self: EventRegister, writer: AuditedWriter) -> None:
        write_events(self, writer)
        release(writer.connection)

    monkeypatch.setattr(EventRegister, "write", released_meanwhile)
    with pytest.raises(WorkbookError) as error:
        imported(engine, tmp_path, EVALUATION)
    assert error.value.message.text == errors.RELEASED_MEANWHILE
    assert stored(engine) == [(1, True, 5, "confidential")]
