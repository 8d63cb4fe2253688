"""Cells of tables in the reader's language."""

from __future__ import annotations

from components.shell.formatter import Formatter
from components.tables.columns import ColumnSpec, ColumnType, cell_text
from tests.components.samples import ENGLISH, NO_VALUE, RUSSIAN, SCORE, area_frame


def test_a_status_is_written_in_words() -> None:
    column, fmt = ColumnSpec("status_code", "Status", ColumnType.STATUS), Formatter(ENGLISH)
    assert [cell_text(code, column, fmt) for code in area_frame()["status_code"]] == [
        "In force",
        "No memorandum",
        "Expired",
    ]


def test_a_cell_is_written_by_its_kind() -> None:
    fmt = Formatter(RUSSIAN)
    assert cell_text(4.25, ColumnSpec("x", "X", ColumnType.INDICATOR, indicator=SCORE), fmt) == "4,25"
    assert cell_text(1234, ColumnSpec("x", "X", ColumnType.NUMBER), fmt) == "1\u00a0234"
    assert cell_text(45.6, ColumnSpec("x", "X", ColumnType.PERCENT), fmt) == "46\u00a0%"
    assert cell_text(4.5, ColumnSpec("x", "X", ColumnType.POINTS), fmt) == "4,50"


def test_nothing_is_a_dash_and_a_missing_indicator_is_words() -> None:
    fmt = Formatter(ENGLISH)
    assert cell_text(NO_VALUE, ColumnSpec("x", "X", ColumnType.NUMBER), fmt) == "–"
    assert cell_text(NO_VALUE, ColumnSpec("x", "X", ColumnType.INDICATOR, indicator=SCORE), fmt) == "Not enough data"
