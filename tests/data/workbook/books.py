"""Makes report workbooks for tests: plain ones from rows by column code, and the way to import them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from sqlalchemy import Engine, func, select

from data.engine import reading
from data.language import Language
from data.schema import Base
from data.workbook.columns import EVALUATIONS, EVENTS, MEMORANDA, SHEETS
from data.workbook.declaration import Sheet
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
    "expiry": "15.01.2028",
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


def save_book(
    path: Path,
    *,
    memoranda: Sequence[Row] | None = None,
    events: Sequence[Row] | None = None,
    evaluations: Sequence[Row] | None = None,
    language: Language = Language.UZ_LATN,
) -> Path:
    """Write a workbook with headings in row 1; a sheet is written where rows are given, its columns are theirs."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet, rows in ((MEMORANDA, memoranda), (EVENTS, events), (EVALUATIONS, evaluations)):
        if rows is not None:
            _write_sheet(book, sheet, rows, language)
    book.save(path)
    return path


def _write_sheet(book: Workbook, sheet: Sheet, rows: Sequence[Row], language: Language) -> None:
    page = book.create_sheet(sheet.name.in_language(language))
    there = [column for column in sheet.columns if any(column.code in row for row in rows)] or list(sheet.columns)
    page.append([column.heading.in_language(language) for column in there])
    for row in rows:
        page.append([row.get(column.code) for column in there])


def import_book(engine: Engine, path: Path, **options: Any) -> Outcome:  # noqa: ANN401 - options of an import
    """Import a workbook as of a fixed day."""
    return import_workbook(engine, path, ImportOptions(**{"actor": "test", "today": TODAY, **options}))


def by_code(outcome: Outcome) -> dict[str, SheetOutcome]:
    """The outcome of each sheet by its code."""
    return {sheet.sheet.code: sheet for sheet in outcome.sheets}


def faults_of(outcome: Outcome, code: str) -> list[tuple[int, str]]:
    """Row and column code of each refusal of a sheet."""
    return [(entry.row, entry.column.code) for entry in by_code(outcome)[code].refused]


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


ALL_CODES = tuple(sheet.code for sheet in SHEETS)
