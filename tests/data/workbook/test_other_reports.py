"""Reports that mix the habits of real ones in other ways come out right too."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.data.workbook.books import by_code, import_book, table_counts
from tests.data.workbook.disguise import Expected
from tests.data.workbook.register_reports import RegisterReport
from tests.data.workbook.reports import Report

SEEDS = (*range(24), 42, 233, 291)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("report", [Report, RegisterReport])
def test_a_report_in_disguise_comes_out_right(
    sqlite_engine: Engine, tmp_path: Path, report: type[Report] | type[RegisterReport], seed: int
) -> None:
    expected = report(seed).save(tmp_path / "report.xlsx")
    outcome = import_book(sqlite_engine, tmp_path / "report.xlsx", is_check=True)
    found = {
        code: Expected(sheet.accepted, sheet.duplicates, [(entry.row, entry.field.code) for entry in sheet.refused])
        for code, sheet in by_code(outcome).items()
    }
    reasons = [entry for sheet in outcome.sheets for entry in sheet.refused]
    assert found == expected, reasons


@pytest.mark.parametrize("report", [Report, RegisterReport])
def test_a_report_in_disguise_is_taken_once(
    engine: Engine, tmp_path: Path, report: type[Report] | type[RegisterReport]
) -> None:
    report(1).save(tmp_path / "report.xlsx")
    assert import_book(engine, tmp_path / "report.xlsx", is_partial=True).is_written
    before = table_counts(engine)
    again = import_book(engine, tmp_path / "report.xlsx", is_partial=True)
    assert (again.accepted, table_counts(engine)) == (0, before)
