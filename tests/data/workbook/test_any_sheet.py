"""No workbook, however odd, brings more than a domain error."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.registers.registry import SHEETS
from data.workbook.errors import WorkbookError
from tests.data.workbook.books import ALL_CODES, by_code, import_book, save_book

CELLS = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2200, 1, 1)),
    st.datetimes(datetime(1900, 3, 1), datetime(2200, 1, 1)),  # noqa: DTZ001 - cells hold naive dates
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "S")), max_size=30),
    st.sampled_from(["Chilonzor tumani", "300011000", "HM-1", "31.02.2026", "#REF!", "Jami", "ha", "5 ball", "-"]),
    st.sampled_from(["mart 2026", "III", "2026 yil", "5,5 mln soʻm", "85 %", "Respublika", "plan_execution", "NNT"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_rows_of_any_cells_are_validated(sqlite_engine: Engine, tmp_path: Path, data: st.DataObject) -> None:
    rows: dict[str, Any] = {
        sheet.code: [
            {column.code: data.draw(CELLS) for column in sheet.fields} for _ in range(data.draw(st.integers(1, 2)))
        ]
        for sheet in SHEETS
    }
    path = save_book(tmp_path / "any.xlsx", **rows)
    outcome = import_book(sqlite_engine, path, is_check=True)
    assert set(by_code(outcome)) == set(ALL_CODES)


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x03\x04" + b"\0" * 200, b"number,district\n1,2", b"\xd0\xcf\x11\xe0"]
)
def test_what_is_no_workbook_is_refused(sqlite_engine: Engine, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.xlsx").write_bytes(content)
    with pytest.raises(WorkbookError):
        import_book(sqlite_engine, tmp_path / "odd.xlsx")
    with pytest.raises(WorkbookError):
        import_book(sqlite_engine, tmp_path / "absent.xlsx")


def test_a_sheet_without_a_column_it_needs_is_refused(sqlite_engine: Engine, tmp_path: Path) -> None:
    path = save_book(tmp_path / "book.xlsx", events=[{"number": "T-1", "title": "x", "state": "ha", "form": "Seminar"}])
    with pytest.raises(WorkbookError, match="Sana"):
        import_book(sqlite_engine, path)
