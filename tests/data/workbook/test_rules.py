"""What becomes of single rows: errors with the column to mend, warnings, corrections, several NGOs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from data.database.engine import reading
from data.schema import (
    AuditEntry,
    Evaluation,
    JointEvent,
    JointEventNgo,
    Mahalla,
    Memorandum,
    MemorandumNgo,
    Ngo,
    Recommendation,
)
from data.workbook import errors
from tests.data.workbook.books import (
    EVALUATION,
    EVENT,
    MEMORANDUM,
    by_code,
    errors_of,
    import_book,
    save_book,
    table_counts,
    warnings_of,
)

# Sheet, what is changed in a good row, and the column that the refusal names.
ERRORS: tuple[tuple[str, dict[str, object], str], ...] = (
    ("memoranda", {"number": None}, "number"),
    ("memoranda", {"district": "Samarqand"}, "district"),
    ("memoranda", {"district": ""}, "district"),
    ("memoranda", {"stirs": "12345"}, "stirs"),
    ("memoranda", {"stirs": "3000110001"}, "stirs"),
    ("memoranda", {"stirs": 399999999, "ngo_name": None}, "ngo_name"),
    ("memoranda", {"stirs": "399999999; 399999998", "ngo_name": "Bitta nom"}, "ngo_name"),
    ("memoranda", {"signed_date": "31.02.2026"}, "signed_date"),
    ("memoranda", {"signed_date": "12-01-26"}, "signed_date"),
    ("memoranda", {"expiry_date": "14.01.2026"}, "expiry_date"),
    ("memoranda", {"expiry_date": "tez orada"}, "expiry_date"),
    ("memoranda", {"directions": "Koinotni zabt etish"}, "directions"),
    ("memoranda", {"supports": "bino; sehrli tayoqcha"}, "supports"),
    ("memoranda", {"title": "JSHSHIR 31234567890123"}, "title"),
    ("memoranda", {"start_date": "#REF!"}, "start_date"),
    ("events", {"event_date": date(2026, 11, 21)}, "event_date"),
    ("events", {"event_date": None}, "event_date"),
    ("events", {"participants_young": 51}, "participants_young"),
    ("events", {"participants_women": "51 nafar"}, "participants_women"),
    ("events", {"participants_at_risk": 60}, "participants_at_risk"),
    ("events", {"participants_victims": 60}, "participants_victims"),
    ("events", {"participants_total": "koʻp"}, "participants_total"),
    ("events", {"participants_total": None}, "participants_total"),
    ("events", {"participants_women": -1}, "participants_women"),
    ("events", {"participants_women": 1.5}, "participants_women"),
    ("events", {"memorandum": "HM-2"}, "memorandum"),
    ("events", {"district": "Andijon shahri"}, "memorandum"),
    ("events", {"stirs": 311111111}, "stirs"),
    ("events", {"direction": "nimadir"}, "direction"),
    ("events", {"form": None}, "form"),
    ("events", {"state": "nomaʼlum"}, "state"),
    ("events", {"title": "Tel: 90 123 45 67"}, "title"),
    ("evaluations", {"event": "T-2"}, "event"),
    ("evaluations", {"stir": 300011001}, "stir"),
    ("evaluations", {"stir": 311111111}, "stir"),
    ("evaluations", {"mark_readiness": 6}, "mark_readiness"),
    ("evaluations", {"mark_result": 0}, "mark_result"),
    ("evaluations", {"mark_roles": "besh yulduz"}, "mark_roles"),
    ("evaluations", {"would_repeat": "qachondir"}, "would_repeat"),
    ("evaluations", {"participants_counted": -3}, "participants_counted"),
    ("evaluations", {"comment": "AA 1234567"}, "comment"),
    ("evaluations", {"recommendation": "+998 90 123 45 67 ga qoʻngʻiroq"}, "recommendation"),
    ("evaluations", {"problems": "tel 90 123 45 67"}, "problems"),
    ("evaluations", {"visibility": "hammaga"}, "visibility"),
    ("evaluations", {"submitted_date": "19.02.2026"}, "submitted_date"),
    ("evaluations", {"submitted_date": "21.11.2026"}, "submitted_date"),
    ("evaluations", {"district": "Andijon shahri"}, "event"),
)
OTHER_NGO = {**MEMORANDUM, "number": "HM-0", "stirs": 300011001, "ngo_name": "Mehr Koʻprigi"}


def a_book(path: Path, *, sheet: str = "", **change: object) -> Path:
    """A good workbook of one row a sheet, with cells of one row changed."""
    good = {"memoranda": [MEMORANDUM, OTHER_NGO], "events": [EVENT], "evaluations": [EVALUATION]}
    rows: dict[str, Any] = {
        code: [{**row, **change} if code == sheet and at == 0 else row for at, row in enumerate(found)]
        for code, found in good.items()
    }
    return save_book(path, **rows)


def test_a_good_book_is_taken_whole(engine: Engine, tmp_path: Path) -> None:
    outcome = import_book(engine, a_book(tmp_path / "good.xlsx"))
    assert outcome.is_written
    assert [(sheet.accepted, sheet.refused) for sheet in outcome.sheets] == [(2, []), (1, []), (1, [])]
    with reading(engine) as connection:
        event = connection.execute(select(JointEvent.__table__)).one()
        evaluation = connection.execute(select(Evaluation.__table__)).one()
    assert (event.event_date, event.direction_code, event.participants_women) == (date(2026, 2, 20), "youth_work", 25)
    assert (evaluation.mark_roles, evaluation.mark_result, evaluation.visibility_code) == (None, 5, "named")


def test_each_error_names_its_row_and_column(engine: Engine, tmp_path: Path) -> None:
    for at, (sheet, change, column) in enumerate(ERRORS):
        outcome = import_book(engine, a_book(tmp_path / f"{at}.xlsx", sheet=sheet, **change), is_check=True)
        assert errors_of(outcome, sheet) == [(2, column)], change


@pytest.mark.parametrize(
    ("sheet", "change", "warning"),
    [
        ("memoranda", {"expiry_date": None}, errors.NO_EXPIRY),
        ("memoranda", {"start_date": None}, errors.START_ASSUMED),
        ("memoranda", {"signed_date": "20.01.2026"}, errors.SIGNED_AFTER_START),
        ("memoranda", {"district": "Chilonzr tumani"}, errors.LIKELY_DISTRICT),
        ("events", {"event_date": "14.01.2026"}, errors.MEMORANDUM_NOT_BEGUN),
        ("events", {"stirs": "300011000; 300011001"}, errors.NOT_A_PARTY),
        ("events", {"state": "rejalashtirilgan"}, errors.PLANNED_IN_PAST),
        ("evaluations", {"problems": "Yomgʻir yogʻdi"}, errors.OTHER_PROBLEM),
    ],
)
def test_a_doubtful_row_is_taken_with_a_warning(
    sqlite_engine: Engine, tmp_path: Path, sheet: str, change: dict[str, object], warning: str
) -> None:
    outcome = import_book(sqlite_engine, a_book(tmp_path / "doubtful.xlsx", sheet=sheet, **change), is_check=True)
    assert errors_of(outcome, sheet) == []
    assert warning in warnings_of(outcome, sheet)


def test_what_is_assumed_of_evaluations_is_said_once(sqlite_engine: Engine, tmp_path: Path) -> None:
    dated = {**EVALUATION, "submitted_date": "21.02.2026"}
    rows = [
        {**row, "stir": 300011000 + at} for at, row in enumerate([dated, EVALUATION, {**EVALUATION, "visibility": ""}])
    ]
    memoranda = [{**MEMORANDUM, "number": f"HM-{at}", "stirs": 300011000 + at} for at in range(3)]
    event = {**EVENT, "stirs": "300011000; 300011001; 300011002", "memorandum": "HM-0"}
    path = save_book(tmp_path / "open.xlsx", memoranda=memoranda, events=[event], evaluations=rows)
    sheet = by_code(import_book(sqlite_engine, path, is_check=True))["evaluations"]
    assert (sheet.accepted, [row for row, _ in sheet.warnings]) == (3, [0, 0])
    assert {message.text for _, message in sheet.warnings} == {errors.NO_EVALUATION_DATES, errors.NO_VISIBILITY}


def test_corrections_of_many_rows_reach_each_its_own(engine: Engine, tmp_path: Path) -> None:
    def book(name: str, *, by: int) -> Path:
        numbers = range(5)
        return save_book(
            tmp_path / name,
            memoranda=[{**MEMORANDUM, "number": f"HM-{at}", "title": f"Mavzu {at + by}"} for at in numbers],
            events=[{**EVENT, "number": f"T-{at}", "participants_total": 60 + at + by} for at in numbers],
            evaluations=[{**EVALUATION, "event": f"T-{at}", "mark_result": 1 + (at + by) % 5} for at in numbers],
        )

    import_book(engine, book("first.xlsx", by=0))
    assert import_book(engine, book("second.xlsx", by=1)).accepted == 15
    with reading(engine) as connection:
        titles = connection.execute(select(Memorandum.title).order_by(Memorandum.number)).scalars().all()
        totals = connection.execute(select(JointEvent.participants_total).order_by(JointEvent.number)).scalars().all()
        marks = connection.execute(
            select(Evaluation.mark_result).join(JointEvent).where(Evaluation.is_current).order_by(JointEvent.number)
        )
        assert marks.scalars().all() == [2, 3, 4, 5, 1]
        current = select(Recommendation.id).join(Evaluation).where(Evaluation.is_current)
        assert len(connection.execute(current).all()) == table_counts(engine)[Recommendation.__tablename__] == 5
    assert (titles, totals) == ([f"Mavzu {at}" for at in range(1, 6)], [61, 62, 63, 64, 65])
    assert import_book(engine, tmp_path / "second.xlsx").accepted == 0


def test_repeats_are_counted_and_contradictions_refused(engine: Engine, tmp_path: Path) -> None:
    book = save_book(
        tmp_path / "book.xlsx",
        memoranda=[
            MEMORANDUM,
            {**MEMORANDUM, "title": "HUQUQBUZARLIKLAR PROFILAKTIKASIDA HAMKORLIK"},
            {**MEMORANDUM, "title": "Boshqa"},
        ],
        events=[EVENT, {**EVENT, "district": "Чиланзарский район"}, {**EVENT, "participants_total": 51}],
        evaluations=[EVALUATION, {**EVALUATION, "mark_result": "5 ball"}, {**EVALUATION, "mark_result": 1}],
    )
    outcome = import_book(engine, book, is_check=True)
    assert [(sheet.accepted, sheet.duplicates) for sheet in outcome.sheets] == [(1, 1)] * 3
    assert errors_of(outcome, "memoranda") == [(4, "number")]
    assert errors_of(outcome, "events") == [(4, "number")]
    assert errors_of(outcome, "evaluations") == [(4, "event")]


def test_rows_with_other_ngos_are_one_memorandum_and_one_event(engine: Engine, tmp_path: Path) -> None:
    other = {"stirs": "300 011 001", "ngo_name": "Mehr Ko`prigi"}
    both = {**MEMORANDUM, "number": "HM-2", "stirs": "300011000; 300011002", "ngo_name": "Yangi Ufq; Ezgu Qadam"}
    book = save_book(
        tmp_path / "book.xlsx",
        memoranda=[MEMORANDUM, {**MEMORANDUM, **other}, both],
        events=[EVENT, {**EVENT, "stirs": 300011001}],
    )
    outcome = import_book(engine, book)
    counts = table_counts(engine)
    assert [(sheet.accepted, sheet.duplicates) for sheet in outcome.sheets] == [(3, 0), (2, 0)]
    found = [counts[model.__tablename__] for model in (Memorandum, MemorandumNgo, Ngo, JointEvent, JointEventNgo)]
    assert found == [2, 4, 3, 1, 2]
    assert import_book(engine, book).accepted == 0


def test_other_values_of_a_known_row_correct_it_and_are_audited(engine: Engine, tmp_path: Path) -> None:
    import_book(engine, a_book(tmp_path / "first.xlsx"))
    outcome = import_book(engine, a_book(tmp_path / "second.xlsx", sheet="events", participants_total="60 nafar"))
    assert (by_code(outcome)["events"].accepted, by_code(outcome)["memoranda"].duplicates) == (1, 2)
    assert errors.CORRECTED in warnings_of(outcome, "events")
    with reading(engine) as connection:
        assert connection.execute(select(JointEvent.participants_total)).scalars().all() == [60]
        entry = connection.execute(
            select(AuditEntry.before, AuditEntry.after).where(AuditEntry.action_code == "import_corrected")
        ).one()
    assert (entry.before["participants_total"], entry.after["participants_total"]) == (50, 60)


def test_a_corrected_evaluation_is_a_new_version_and_the_old_one_stays(engine: Engine, tmp_path: Path) -> None:
    import_book(engine, a_book(tmp_path / "first.xlsx"))
    import_book(engine, a_book(tmp_path / "second.xlsx", sheet="evaluations", mark_result=2))
    with reading(engine) as connection:
        rows = connection.execute(
            select(Evaluation.version, Evaluation.is_current, Evaluation.mark_result).order_by(Evaluation.version)
        ).all()
        recommended = connection.execute(select(func.count()).select_from(Recommendation)).scalar_one()
    assert [tuple(row) for row in rows] == [(1, False, 5), (2, True, 2)]
    assert recommended == 1


@pytest.mark.parametrize(("visibility", "is_told"), [("ochiq", True), ("maxfiy", False)])
def test_the_audit_log_holds_no_answer_of_a_confidential_evaluation(
    engine: Engine, tmp_path: Path, *, visibility: str, is_told: bool
) -> None:
    import_book(engine, a_book(tmp_path / "first.xlsx", sheet="evaluations", visibility=visibility))
    corrected = {"visibility": visibility, "comment": "Kech boshlandi", "mark_result": 2}
    import_book(engine, a_book(tmp_path / "second.xlsx", sheet="evaluations", **corrected))
    logged = (
        select(AuditEntry.before, AuditEntry.after).where(AuditEntry.entity == "evaluation").order_by(AuditEntry.id)
    )
    with reading(engine) as connection:
        added, correction = connection.execute(logged).all()
    held = [added.after, correction.before, correction.after]
    assert added.before is None
    assert [entry["stirs"] for entry in held] == [["300011000"]] * 3
    answers = {"marks", "would_repeat", "participants_counted", "problems", "comment", "recommendation"}
    assert [answers & entry.keys() for entry in held] == [answers if is_told else set()] * 3
    words = str(held)
    assert (
        [words.count(text) for text in ("Foydali", "Kech boshlandi", "Mahalla faollari")] == [2, 1, 3]
        if is_told
        else [0] * 3
    )


def test_columns_that_are_not_there_keep_what_is_known(engine: Engine, tmp_path: Path) -> None:
    import_book(engine, a_book(tmp_path / "first.xlsx"))
    fewer = {
        code: value for code, value in EVENT.items() if code not in {"mahalla", "memorandum", "participants_women"}
    }
    outcome = import_book(engine, save_book(tmp_path / "fewer.xlsx", events=[fewer]))
    assert by_code(outcome)["events"].duplicates == 1


def test_a_mahalla_is_found_with_or_without_its_word_and_apostrophes(engine: Engine, tmp_path: Path) -> None:
    names = ["Doʻstlik MFY", "Do'stlik mahallasi", "Дўстлик МФЙ", "Dostlik"]
    events = [{**EVENT, "number": f"T-{at}", "mahalla": name} for at, name in enumerate(names)]
    outcome = import_book(engine, save_book(tmp_path / "book.xlsx", memoranda=[MEMORANDUM], events=events))
    assert outcome.new_mahallas == [("Chilonzor tumani", "Doʻstlik MFY")]
    assert table_counts(engine)[Mahalla.__tablename__] == 1


def test_an_event_is_found_in_the_district_of_the_ngo_that_evaluates_it(engine: Engine, tmp_path: Path) -> None:
    memoranda = [MEMORANDUM, {**OTHER_NGO, "district": "Andijon shahri"}]
    events = [EVENT, {**EVENT, "district": "Andijon shahri", "memorandum": "HM-0", "stirs": 300011001}]
    evaluations = [EVALUATION, {**EVALUATION, "stir": 300011001}]
    book = save_book(tmp_path / "book.xlsx", memoranda=memoranda, events=events, evaluations=evaluations)
    assert by_code(import_book(engine, book))["evaluations"].accepted == 2


def test_evaluations_may_come_in_a_later_file(engine: Engine, tmp_path: Path) -> None:
    import_book(engine, save_book(tmp_path / "one.xlsx", memoranda=[MEMORANDUM], events=[EVENT]))
    outcome = import_book(engine, save_book(tmp_path / "two.xlsx", evaluations=[{**EVALUATION, "event": "т-1"}]))
    assert by_code(outcome)["evaluations"].accepted == 1
    cancelled = {**EVENT, "number": "T-9", "state": "отменено"}
    import_book(engine, save_book(tmp_path / "three.xlsx", events=[cancelled]))
    outcome = import_book(engine, save_book(tmp_path / "four.xlsx", evaluations=[{**EVALUATION, "event": "T-9"}]))
    assert errors_of(outcome, "evaluations") == [(2, "event")]
