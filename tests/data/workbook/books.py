"""Makes report workbooks for tests: plain ones from rows by column code, and the way to import them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from sqlalchemy import Engine, func, select

from data.database.engine import reading
from data.language import Language
from data.registers.declaration import RegisterSheet
from data.registers.registry import SHEETS
from data.schema import Base
from data.workbook.importer import ImportOptions, import_workbook
from data.workbook.outcome import Outcome, SheetOutcome

TODAY = date(2026, 11, 20)
Row = Mapping[str, object]

MEMORANDUM: Row = {
    "number": "HM-1",
    "district": "Chilonzor tumani",
    "ngo_name": "Yangi Ufq jamgʻarmasi",
    "stirs": 300011000,
    "title": "Huquqbuzarliklar profilaktikasida hamkorlik",
    "signed_date": "10.01.2026",
    "start_date": "15.01.2026",
    "expiry_date": "15.01.2028",
    "directions": "Yoshlar bilan ishlash; Huquqiy targʻibot",
    "supports": "bino; transport",
}
EVENT: Row = {
    "number": "T-1",
    "district": "Chilonzor tumani",
    "mahalla": "Oqtepa MFY",
    "event_date": "20.02.2026",
    "direction": "Yoshlar bilan ishlash",
    "form": "Seminar",
    "title": "Mavzu",
    "stirs": 300011000,
    "memorandum": "HM-1",
    "participants_total": 50,
    "participants_young": 20,
    "participants_women": 25,
    "participants_at_risk": 5,
    "participants_victims": 0,
    "state": "oʻtkazildi",
}
EVALUATION: Row = {
    "event": "T-1",
    "stir": 300011000,
    "mark_preparation": 4,
    "mark_readiness": 5,
    "mark_timeliness": 3,
    "mark_roles": "-",
    "mark_resources": 4,
    "mark_needs": 4,
    "mark_result": 5,
    "would_repeat": "ha",
    "participants_counted": 48,
    "problems": "",
    "comment": "Foydali boʻldi",
    "recommendation": "Mahalla faollari jalb etilsin",
    "visibility": "ochiq",
}
OBLIGATION: Row = {
    "number": "2.1",
    "district": "Chilonzor tumani",
    "memorandum": "HM-1",
    "party": "IIO",
    "text": "Tadbirlar uchun bino ajratish",
    "due_date": "30.06.2026",
    "fulfilled_date": "25.06.2026",
    "evidence": "Bayonnoma",
}
PLAN: Row = {
    "number": "7",
    "district": "Chilonzor tumani",
    "year": 2026,
    "month": "fevral",
    "mahalla": "Oqtepa MFY",
    "direction": "Yoshlar bilan ishlash",
    "form": "Seminar",
    "stir": 300011000,
}
MAHALLA: Row = {"district": "Chilonzor tumani", "mahalla": "Oqtepa MFY", "post": "4-son tayanch punkti"}
NGO: Row = {
    "stir": 300011000,
    "name": "Yangi Ufq jamgʻarmasi",
    "district": "Chilonzor tumani",
    "directions": "Yoshlar bilan ishlash; Huquqiy targʻibot",
    "contact": "info@yangiufq.example",
    "is_active": "ha",
}
INHABITANTS: Row = {
    "district": "Chilonzor tumani",
    "counted_date": "01.01.2026",
    "inhabitants": "260 300",
    "source": "Rasmiy statistika",
}
REQUEST: Row = {
    "number": "S-1",
    "district": "Chilonzor tumani",
    "stir": 300011000,
    "asked_by": "NNT",
    "kind": "Statistika va tahlil",
    "topic": "Yoshlar bilan oʻtkazilgan tadbirlar soni",
    "sent_date": "02.03.2026",
    "due_date": "16.03.2026",
    "answered_date": "13.03.2026",
}
SUPPORT: Row = {
    "number": "K-1",
    "district": "Chilonzor tumani",
    "stir": 300011000,
    "kind": "grant",
    "amount_uzs": "5 000 000 soʻm",
    "support_date": "01.04.2026",
    "source": "Tuman hokimligi",
}
TRAINING: Row = {
    "number": "O-1",
    "district": "Chilonzor tumani",
    "audience": "Profilaktika inspektorlari",
    "topic": "NNTlar bilan hamkorlik",
    "training_date": "05.05.2026",
    "hours": "6 soat",
    "people": "24 nafar",
    "mahallas": "Oqtepa MFY; Doʻstlik MFY",
    "stirs": 300011000,
}
AMENDMENT: Row = {
    "number": 1,
    "district": "Chilonzor tumani",
    "memorandum": "HM-1",
    "signed_date": "01.06.2026",
    "expiry_date": "15.01.2029",
    "text": "Muddat uzaytirildi",
}
AWARD: Row = {
    "number": "R-1",
    "district": "Chilonzor tumani",
    "recipient": "NNT",
    "stir": 300011000,
    "kind": "Tashakkurnoma",
    "ground": "Yoshlar oʻrtasidagi profilaktika",
    "award_date": "01.07.2026",
}
OFFENCE: Row = {
    "district": "Chilonzor tumani",
    "year": 2026,
    "month": "mart",
    "all": 40,
    "criminal_search": 12,
    "youth": 5,
    "women": 3,
    "repeat": "-",
    "crime_free": "30 ta",
    "source": "Rasmiy statistika",
}
TARGET: Row = {"indicator": "plan_execution", "year": 2026, "area": "Chilonzor tumani", "value": 85}
HOLIDAY: Row = {"holiday_date": "20.03.2026", "name": "Ramazon hayiti", "kind": "Dam olish kuni"}
WHOLE: Mapping[str, Sequence[Row]] = {
    "memoranda": [MEMORANDUM],
    "events": [EVENT],
    "evaluations": [EVALUATION],
    "obligations": [OBLIGATION],
    "amendments": [AMENDMENT],
    "plans": [PLAN],
    "mahallas": [MAHALLA],
    "ngos": [NGO],
    "inhabitants": [INHABITANTS],
    "requests": [REQUEST],
    "supports": [SUPPORT],
    "trainings": [TRAINING],
    "awards": [AWARD],
    "offences": [OFFENCE],
    "targets": [TARGET],
    "holidays": [HOLIDAY],
}
"""A good workbook: one row of each sheet."""


def save_book(path: Path, *, language: Language = Language.UZ_LATN, **rows: Sequence[Row]) -> Path:
    """Write a workbook with headings in row 1; rows are given by their sheet's code and name the columns."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in SHEETS:
        if sheet.code in rows:
            _write_sheet(book, sheet, rows[sheet.code], language)
    book.save(path)
    return path


def _write_sheet(book: Workbook, sheet: RegisterSheet, rows: Sequence[Row], language: Language) -> None:
    page = book.create_sheet(sheet.name.in_language(language))
    there = [column for column in sheet.fields if any(column.code in row for row in rows)] or list(sheet.fields)
    page.append([column.heading.in_language(language) for column in there])
    for row in rows:
        page.append([row.get(column.code) for column in there])


def import_book(engine: Engine, path: Path, **options: Any) -> Outcome:  # noqa: ANN401 - options of an import
    """Import a workbook as of a fixed day."""
    return import_workbook(engine, path, ImportOptions(**{"actor": "test", "today": TODAY, **options}))


def by_code(outcome: Outcome) -> dict[str, SheetOutcome]:
    """The outcome of each sheet by its code."""
    return {sheet.sheet.code: sheet for sheet in outcome.sheets}


def errors_of(outcome: Outcome, code: str) -> list[tuple[int, str]]:
    """Row and column code of each refusal of a sheet."""
    return [(entry.row, entry.field.code) for entry in by_code(outcome)[code].refused]


def warnings_of(outcome: Outcome, code: str) -> list[str]:
    """Texts of the warnings on the rows of a sheet."""
    return [message.text for row, message in by_code(outcome)[code].warnings if row]


def table_counts(engine: Engine) -> dict[str, int]:
    """How many rows each table holds."""
    with reading(engine) as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in Base.metadata.tables.items()
        }


def rows_of(engine: Engine, model: type[Any], *columns: str) -> list[tuple[Any, ...]]:
    """Some columns of a table, in their order."""
    with reading(engine) as connection:
        found = connection.execute(select(*(getattr(model, column) for column in columns)))
        return sorted(map(tuple, found), key=str)


ALL_CODES = tuple(sheet.code for sheet in SHEETS)
