"""Tables: translated headings, values that still sort correctly."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from components.shell.formatter import Formatter
from components.tables.columns import ColumnSpec, ColumnType, cell_text, shown_frame
from tests.components.samples import ENGLISH, NO_VALUE, RUSSIAN, SCORE, area_frame


def table_page() -> None:
    """A page with one table."""
    from components.tables.columns import ColumnSpec, ColumnType
    from components.tables.table import render_table
    from tests.components.samples import RUSSIAN, SCORE, area_frame

    columns = [
        ColumnSpec("name_en", "Area"),
        ColumnSpec("value", "Mark", ColumnType.INDICATOR, indicator=SCORE),
        ColumnSpec("status_code", "Status", ColumnType.STATUS),
    ]
    render_table(area_frame(), columns, translate=RUSSIAN, key="areas", alt="Areas")


def test_a_table_shows_the_declared_columns_with_values_that_sort() -> None:
    page = AppTest.from_function(table_page).run()
    shown = page.dataframe[0].value
    assert list(shown.columns) == ["name_en", "value", "status_code"]
    assert list(shown["value"].dropna()) == [20.0, 80.0]


def test_statuses_are_in_words() -> None:
    shown = shown_frame(area_frame(), [ColumnSpec("status_code", "Status", ColumnType.STATUS)], translate=ENGLISH)
    assert list(shown["status_code"]) == ["In force", "No memorandum", "Expired"]


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
