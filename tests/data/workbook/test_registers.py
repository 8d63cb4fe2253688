"""The registers of a report: taken whole, taken once, corrected, and refused with the row and column to mend."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine, select

from data.database.engine import reading
from data.schema import (
    AuditEntry,
    Award,
    Holiday,
    InformationRequest,
    Inhabitants,
    Mahalla,
    MemorandumAmendment,
    Ngo,
    NgoDirection,
    Obligation,
    OffenceMonth,
    PlanItem,
    Support,
    Target,
    Training,
    TrainingMahalla,
    TrainingNgo,
)
from data.workbook import errors
from tests.data.workbook.books import (
    MEMORANDUM,
    WHOLE,
    by_code,
    errors_of,
    import_book,
    rows_of,
    save_book,
    table_counts,
    warnings_of,
)

REGISTERS = (
    "obligations",
    "amendments",
    "plans",
    "mahallas",
    "ngos",
    "inhabitants",
    "requests",
    "supports",
    "trainings",
    "awards",
    "offences",
    "targets",
    "holidays",
)
# Sheet, what is changed in a good row, and the column that the refusal names.
ERRORS: tuple[tuple[str, dict[str, object], str], ...] = (
    ("events", {"plan_item": "99"}, "plan_item"),
    ("events", {"plan_item": "7", "event_date": "20.02.2025"}, "plan_item"),
    ("obligations", {"number": None}, "number"),
    ("obligations", {"memorandum": "HM-9"}, "memorandum"),
    ("obligations", {"district": "Andijon shahri"}, "memorandum"),
    ("obligations", {"party": "hokimlik"}, "party"),
    ("obligations", {"text": ""}, "text"),
    ("obligations", {"text": "Qoʻngʻiroq: 90 123 45 67"}, "text"),
    ("obligations", {"due_date": "31.06.2026"}, "due_date"),
    ("obligations", {"fulfilled_date": "21.11.2026"}, "fulfilled_date"),
    ("obligations", {"evidence": "AA 1234567"}, "evidence"),
    ("amendments", {"number": 0}, "number"),
    ("amendments", {"memorandum": "HM-9"}, "memorandum"),
    ("amendments", {"signed_date": "21.11.2026"}, "signed_date"),
    ("amendments", {"expiry_date": "31.05.2026"}, "expiry_date"),
    ("amendments", {"expiry_date": "", "text": ""}, "expiry_date"),
    ("amendments", {"text": "Tel: 90 123 45 67"}, "text"),
    ("plans", {"month": "13"}, "month"),
    ("plans", {"month": "bahor"}, "month"),
    ("plans", {"month": "mart 2025"}, "month"),
    ("plans", {"year": None}, "year"),
    ("plans", {"year": "26"}, "year"),
    ("plans", {"direction": "nimadir"}, "direction"),
    ("plans", {"form": None}, "form"),
    ("plans", {"stir": 311111111}, "stir"),
    ("plans", {"mahalla": "JSHSHIR 31234567890123"}, "mahalla"),
    ("mahallas", {"mahalla": ""}, "mahalla"),
    ("mahallas", {"district": "Samarqand"}, "district"),
    ("mahallas", {"post": "tel 90 123 45 67"}, "post"),
    ("ngos", {"stir": 12345}, "stir"),
    ("ngos", {"name": ""}, "name"),
    ("ngos", {"district": "Samarqand"}, "district"),
    ("ngos", {"directions": "nimadir"}, "directions"),
    ("ngos", {"contact": "+998 90 123 45 67"}, "contact"),
    ("ngos", {"is_active": "balki"}, "is_active"),
    ("inhabitants", {"counted_date": "21.11.2026"}, "counted_date"),
    ("inhabitants", {"inhabitants": 0}, "inhabitants"),
    ("inhabitants", {"inhabitants": "koʻp"}, "inhabitants"),
    ("inhabitants", {"source": ""}, "source"),
    ("requests", {"stir": 311111111}, "stir"),
    ("requests", {"asked_by": "mahalla"}, "asked_by"),
    ("requests", {"kind": "shaxsiy"}, "kind"),
    ("requests", {"topic": "AA1234567 haqida"}, "topic"),
    ("requests", {"sent_date": "21.11.2026"}, "sent_date"),
    ("requests", {"due_date": "01.03.2026"}, "due_date"),
    ("requests", {"answered_date": "01.03.2026"}, "answered_date"),
    ("requests", {"answered_date": "21.11.2026"}, "answered_date"),
    ("supports", {"stir": None}, "stir"),
    ("supports", {"kind": "pul emas"}, "kind"),
    ("supports", {"amount_uzs": -5}, "amount_uzs"),
    ("supports", {"amount_uzs": "1000 USD"}, "amount_uzs"),
    ("supports", {"amount_uzs": "5,5"}, "amount_uzs"),
    ("supports", {"support_date": "21.11.2026"}, "support_date"),
    ("supports", {"source": "+998 90 123 45 67"}, "source"),
    ("trainings", {"audience": "oʻquvchilar"}, "audience"),
    ("trainings", {"hours": 0}, "hours"),
    ("trainings", {"hours": "koʻp"}, "hours"),
    ("trainings", {"people": "0 nafar"}, "people"),
    ("trainings", {"training_date": "21.11.2026"}, "training_date"),
    ("trainings", {"mahallas": "Oqtepa; 90 123 45 67"}, "mahallas"),
    ("trainings", {"stirs": "300011000; 311111111"}, "stirs"),
    ("awards", {"recipient": "hokim"}, "recipient"),
    ("awards", {"stir": ""}, "stir"),
    ("awards", {"stir": 311111111}, "stir"),
    ("awards", {"citizens": 3}, "citizens"),
    ("awards", {"recipient": "fuqarolar"}, "citizens"),
    ("awards", {"recipient": "fuqarolar", "citizens": 3}, "stir"),
    ("awards", {"award_date": "21.11.2026"}, "award_date"),
    ("awards", {"amount_uzs": "koʻp"}, "amount_uzs"),
    ("offences", {"youth": 41}, "youth"),
    ("offences", {"all": 11}, "criminal_search"),
    ("offences", {"women": -1}, "women"),
    ("offences", {"women": "2,5"}, "women"),
    ("offences", {"month": "noyabr"}, "month"),
    ("offences", dict.fromkeys(("all", "criminal_search", "youth", "women", "crime_free")), "all"),
    ("offences", {"source": "JSHSHIR 31234567890123"}, "source"),
    ("targets", {"indicator": "baxt"}, "indicator"),
    ("targets", {"year": 1800}, "year"),
    ("targets", {"area": "Samarqand"}, "area"),
    ("targets", {"area": "Atlantida"}, "area"),
    ("targets", {"value": 101}, "value"),
    ("targets", {"value": -1}, "value"),
    ("targets", {"indicator": "evaluation_score", "value": 6}, "value"),
    ("targets", {"indicator": "answer_days", "value": -2}, "value"),
    ("targets", {"value": "yuqori"}, "value"),
    ("holidays", {"holiday_date": "30.02.2026"}, "holiday_date"),
    ("holidays", {"kind": "hayit"}, "kind"),
    ("holidays", {"name": ""}, "name"),
)


def a_book(path: Path, *, sheet: str = "", **change: object) -> Path:
    """A good workbook of one row a sheet, with cells of one row changed."""
    rows: dict[str, Any] = {
        code: [{**row, **change} if code == sheet else row for row in found] for code, found in WHOLE.items()
    }
    return save_book(path, **rows)


@pytest.mark.both_databases
def test_a_good_book_is_taken_whole(engine: Engine, tmp_path: Path) -> None:
    outcome = import_book(engine, a_book(tmp_path / "good.xlsx"))
    assert {code: (sheet.accepted, sheet.refused) for code, sheet in by_code(outcome).items()} == {
        code: (1, []) for code in WHOLE
    }
    assert outcome.new_mahallas == [("Chilonzor tumani", "Doʻstlik MFY")]
    found = rows_of(engine, Obligation, "number", "party_code", "due_date", "fulfilled_date", "evidence")
    assert found == [("2.1", "police", date(2026, 6, 30), date(2026, 6, 25), "Bayonnoma")]
    assert rows_of(engine, PlanItem, "number", "year", "month", "form_code") == [("7", 2026, 2, "seminar")]
    assert rows_of(engine, Mahalla, "name", "post") == [("Doʻstlik MFY", ""), ("Oqtepa MFY", "4-son tayanch punkti")]
    found = rows_of(engine, Ngo, "stir", "name", "district_soato", "contact", "is_active")
    assert found == [("300011000", "Yangi Ufq jamgʻarmasi", "1726294", "info@yangiufq.example", True)]
    assert rows_of(engine, NgoDirection, "direction_code") == [("legal_outreach",), ("youth_work",)]
    assert rows_of(engine, Inhabitants, "counted_date", "inhabitants") == [(date(2026, 1, 1), 260_300)]
    found = rows_of(engine, InformationRequest, "asked_by_code", "kind_code", "due_date", "answered_date")
    assert found == [("ngo", "statistics", date(2026, 3, 16), date(2026, 3, 13))]
    assert rows_of(engine, Support, "kind_code", "amount_uzs", "source") == [("grant", 5_000_000, "Tuman hokimligi")]
    assert rows_of(engine, Training, "audience_code", "hours", "people") == [("inspectors", 6, 24)]
    assert [len(rows_of(engine, model, "training_id")) for model in (TrainingMahalla, TrainingNgo)] == [2, 1]
    found = rows_of(engine, MemorandumAmendment, "number", "signed_date", "expiry_date", "text")
    assert found == [(1, date(2026, 6, 1), date(2029, 1, 15), "Muddat uzaytirildi")]
    found = rows_of(engine, Award, "recipient_code", "citizens", "kind_code", "ground_code", "amount_uzs")
    assert found == [("ngo", None, "letter", "youth", None)]
    figures = ("offences", "criminal_search", "youth", "women", "repeat", "mahallas_crime_free")
    assert rows_of(engine, OffenceMonth, "year_month", *figures) == [(202603, 40, 12, 5, 3, None, 30)]
    found = rows_of(engine, Target, "indicator_code", "year", "scope_code", "area_code", "value")
    assert found == [("plan_execution", 2026, "district", "1726294", 85.0)]


@pytest.mark.both_databases
@pytest.mark.parametrize("sheet", REGISTERS)
def test_a_sheet_goes_the_whole_way_alone_and_once(engine: Engine, tmp_path: Path, sheet: str) -> None:
    import_book(engine, save_book(tmp_path / "before.xlsx", memoranda=[MEMORANDUM]))
    rows: dict[str, Any] = {sheet: [*WHOLE[sheet], *WHOLE[sheet]]}
    path = save_book(tmp_path / "one.xlsx", **rows)
    first = by_code(import_book(engine, path))[sheet]
    assert (first.accepted, first.duplicates, first.refused) == (1, 1, [])
    before = table_counts(engine)
    again = by_code(import_book(engine, path))[sheet]
    assert (again.accepted, again.duplicates, table_counts(engine)) == (0, 2, before)


def test_each_error_names_its_row_and_column(engine: Engine, tmp_path: Path) -> None:
    for at, (sheet, change, column) in enumerate(ERRORS):
        outcome = import_book(engine, a_book(tmp_path / f"{at}.xlsx", sheet=sheet, **change), is_check=True)
        assert errors_of(outcome, sheet) == [(2, column)], change


# What is changed in a known row, and what the table then holds.
CORRECTIONS: tuple[tuple[str, dict[str, object], type[Any], str, object], ...] = (
    ("obligations", {"fulfilled_date": ""}, Obligation, "fulfilled_date", None),
    ("amendments", {"expiry_date": ""}, MemorandumAmendment, "expiry_date", None),
    ("plans", {"month": "aprel"}, PlanItem, "month", 4),
    ("plans", {"mahalla": "-"}, PlanItem, "mahalla_id", None),
    ("mahallas", {"post": "5-son"}, Mahalla, "post", "5-son"),
    ("ngos", {"name": "Yangi Ufq jamoat fondi"}, Ngo, "name", "Yangi Ufq jamoat fondi"),
    ("ngos", {"is_active": "yoʻq"}, Ngo, "is_active", False),
    ("inhabitants", {"inhabitants": 261_000}, Inhabitants, "inhabitants", 261_000),
    ("requests", {"answered_date": "20.03.2026"}, InformationRequest, "answered_date", date(2026, 3, 20)),
    ("supports", {"amount_uzs": "6 mln"}, Support, "amount_uzs", 6_000_000),
    ("trainings", {"hours": 8}, Training, "hours", 8),
    ("awards", {"recipient": "fuqarolar", "stir": "", "citizens": 5}, Award, "citizens", 5),
    ("offences", {"all": 44}, OffenceMonth, "offences", 44),
    ("offences", {"crime_free": 31}, OffenceMonth, "mahallas_crime_free", 31),
    ("targets", {"value": 90}, Target, "value", 90.0),
    ("holidays", {"name": "Ramazon hayit bayrami"}, Holiday, "name", "Ramazon hayit bayrami"),
)


@pytest.mark.both_databases
def test_other_values_of_a_known_row_correct_it_and_are_audited(engine: Engine, tmp_path: Path) -> None:
    import_book(engine, a_book(tmp_path / "first.xlsx"))
    for at, (sheet, change, model, column, value) in enumerate(CORRECTIONS):
        rows: dict[str, Any] = {sheet: [{**WHOLE[sheet][0], **change}]}
        outcome = import_book(engine, save_book(tmp_path / f"{at}.xlsx", **rows))
        assert by_code(outcome)[sheet].accepted == 1
        assert errors.CORRECTED in warnings_of(outcome, sheet)
        assert value in [found for (found,) in rows_of(engine, model, column)], change
        with reading(engine) as connection:
            last = select(AuditEntry.entity, AuditEntry.action_code).order_by(AuditEntry.id.desc()).limit(1)
            entity, action = connection.execute(last).one()
        assert (entity, action) == (model.__tablename__, "import_corrected")


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("sheet", "change", "column"),
    [
        ("obligations", {"text": "Boshqa"}, "number"),
        ("amendments", {"text": "Boshqa"}, "number"),
        ("plans", {"form": "reyd"}, "number"),
        ("mahallas", {"post": "9-son"}, "mahalla"),
        ("ngos", {"name": "Boshqa"}, "stir"),
        ("inhabitants", {"inhabitants": 5}, "counted_date"),
        ("requests", {"topic": "Boshqa"}, "number"),
        ("supports", {"amount_uzs": 1}, "number"),
        ("trainings", {"hours": 7}, "number"),
        ("awards", {"kind": "Qimmatbaho sovgʻa"}, "number"),
        ("offences", {"youth": 6}, "month"),
        ("targets", {"value": 1.5}, "indicator"),
    ],
)
def test_rows_that_contradict_each_other_are_refused(
    sqlite_engine: Engine, tmp_path: Path, sheet: str, change: dict[str, object], column: str
) -> None:
    rows: dict[str, Any] = {**WHOLE, sheet: [*WHOLE[sheet], {**WHOLE[sheet][0], **change}]}
    outcome = import_book(sqlite_engine, save_book(tmp_path / "book.xlsx", **rows), is_check=True)
    assert errors_of(outcome, sheet) == [(3, column)]


@pytest.mark.both_databases
def test_one_refused_row_of_a_register_holds_back_the_file_unless_partial(engine: Engine, tmp_path: Path) -> None:
    path = a_book(tmp_path / "book.xlsx", sheet="supports", amount_uzs="koʻp")
    before = table_counts(engine)
    assert not import_book(engine, path).is_written
    assert table_counts(engine) == before
    assert import_book(engine, path, is_partial=True).is_written
    counts = table_counts(engine)
    assert [counts[model.__tablename__] for model in (Support, Obligation, Target)] == [0, 1, 1]


@pytest.mark.both_databases
def test_a_register_by_another_name_is_known_by_its_headings(sqlite_engine: Engine, tmp_path: Path) -> None:
    rows: dict[str, Any] = {code: WHOLE[code] for code in ("memoranda", *REGISTERS)}
    path = save_book(tmp_path / "book.xlsx", **rows)
    assert set(by_code(import_book(sqlite_engine, renamed(path), is_check=True))) == set(rows)


def renamed(path: Path) -> Path:
    """The workbook with sheets that are merely numbered."""
    book = openpyxl.load_workbook(path)
    for at, page in enumerate(book.worksheets, 1):
        page.title = f"Лист{at}"
    book.save(path)
    return path
