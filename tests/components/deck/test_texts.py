"""Values in words, texts that fit, parts of lists."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.deck.model import FigureColumn, Value, ValueKind
from components.deck.texts import TITLE_LENGTH, even_parts, fitting_title, shortened, value_text
from components.shell.formatter import Formatter
from data.language import Language, Translator

ENGLISH, RUSSIAN = Formatter(Translator(Language.EN)), Formatter(Translator(Language.RU))


@pytest.mark.parametrize(
    ("value", "column", "text"),
    [
        (58.3, FigureColumn("", ValueKind.PERCENT), "58%"),
        (3412, FigureColumn("", ValueKind.COUNT), "3,412"),
        (3.875, FigureColumn("", ValueKind.POINTS, decimals=2), "3.88"),
        (date(2026, 12, 24), FigureColumn("", ValueKind.DATE), "24.12.2026"),
        (date(2026, 12, 1), FigureColumn("", ValueKind.MONTH), "December 2026"),
        ("Whole period", FigureColumn("", ValueKind.MONTH), "Whole period"),
        (None, FigureColumn("", ValueKind.PERCENT), "Not enough data"),
        (float("nan"), FigureColumn("", ValueKind.NUMBER), "Not enough data"),
        (None, FigureColumn("", ValueKind.TEXT), "–"),
        (None, FigureColumn("", ValueKind.DATE, missing="Open-ended"), "Open-ended"),
        (0, FigureColumn("", ValueKind.COUNT), "0"),
    ],
)
def test_a_value_is_written_as_its_column_says(value: Value, column: FigureColumn, text: str) -> None:
    assert value_text(value, column, fmt=ENGLISH) == text


def test_numbers_follow_the_language() -> None:
    assert value_text(3.875, FigureColumn("", ValueKind.NUMBER, decimals=2), fmt=RUSSIAN) == "3,88"
    assert value_text(58.3, FigureColumn("", ValueKind.PERCENT), fmt=RUSSIAN) == "58\u00a0%"


@given(text=st.text(max_size=400), length=st.integers(5, 200))
def test_a_shortened_text_is_short_and_begins_as_the_whole(text: str, length: int) -> None:
    short = shortened(text, length)
    assert len(short) <= length
    assert text.startswith(short.rstrip("…")) or text == short


def test_a_text_is_cut_between_words() -> None:
    assert shortened("Answer the recommendation, today", 27) == "Answer the recommendation…"
    assert shortened("Answer", 6) == "Answer"


def test_the_first_title_that_fits_is_taken() -> None:
    assert fitting_title("long " * 30, "short") == "short"
    assert len(fitting_title("long " * 30)) <= TITLE_LENGTH


@given(count=st.integers(0, 60), most=st.integers(1, 12))
def test_parts_hold_all_rows_evenly(count: int, most: int) -> None:
    found = [list(part) for part in even_parts(range(count), most=most)]
    sizes = [len(part) for part in found]
    assert [row for part in found for row in part] == list(range(count))
    assert max(sizes) <= most
    assert max(sizes) - min(sizes) <= 1
