"""Tables: translated headings, values that still sort correctly."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from components.shell.formatter import Formatter
from components.tables.columns import Column, Kind, cell_text, shown_frame
from tests.components.samples import ENGLISH, NO_VALUE, RUSSIAN, SCORE, area_frame


def table_page() -> None:
    """A page with one table."""
    from components.tables.columns import Column, Kind
    from components.tables.table import render_table
    from tests.components.samples import RUSSIAN, SCORE, area_frame

    columns = [
        Column("name_en", "Area"),
        Column("value", "Mark", Kind.INDICATOR, indicator=SCORE),
        Column("status_code", "Status", Kind.STATUS),
    ]
    render_table(area_frame(), columns, translate=RUSSIAN, key="areas", alt="Areas")


def test_a_table_shows_the_declared_columns_with_values_that_sort() -> None:
    page = AppTest.from_function(table_page).run()
    shown = page.dataframe[0].value
    assert list(shown.columns) == ["name_en", "value", "status_code"]
    assert list(shown["value"].dropna()) == [20.0, 80.0]


def test_statuses_are_in_words() -> None:
    shown = shown_frame(area_frame(), [Column("status_code", "Status", Kind.STATUS)], translate=ENGLISH)
    assert list(shown["status_code"]) == ["In force", "No memorandum", "Expired"]


def test_a_cell_is_written_by_its_kind() -> None:
    fmt = Formatter(RUSSIAN)
    assert cell_text(4.25, Column("x", "X", Kind.INDICATOR, indicator=SCORE), fmt) == "4,25"
    assert cell_text(1234, Column("x", "X", Kind.NUMBER), fmt) == "1\u00a0234"
    assert cell_text(45.6, Column("x", "X", Kind.PERCENT), fmt) == "46\u00a0%"
    assert cell_text(4.5, Column("x", "X", Kind.POINTS), fmt) == "4,50"


def test_nothing_is_a_dash_and_a_missing_indicator_is_words() -> None:
    fmt = Formatter(ENGLISH)
    assert cell_text(NO_VALUE, Column("x", "X", Kind.NUMBER), fmt) == "–"
    assert cell_text(NO_VALUE, Column("x", "X", Kind.INDICATOR, indicator=SCORE), fmt) == "Not enough data"
