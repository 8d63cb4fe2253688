"""Downloads open in a spreadsheet unchanged, execute nothing and state their source."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

from components.exports.cells import escaped_formula
from components.tables.columns import ColumnSpec, ColumnType
from components.tables.downloads import DownloadSheet, csv_file
from data.directory import CREDIT_LINE
from data.effectiveness.method_version import METHOD_EDITION
from data.language import Translator
from tests.components.samples import ENGLISH, NO_VALUE, RUSSIAN, SCORE

COLUMNS = [
    ColumnSpec("title", "Title"),
    ColumnSpec("score", "Mark", ColumnType.INDICATOR, indicator=SCORE),
    ColumnSpec("start_date", "From", ColumnType.DATE),
    ColumnSpec("status_code", "Status", ColumnType.STATUS),
]


def sheet(title: str = "Alpha", score: float = 4.25, *, is_demo: bool = False) -> DownloadSheet:
    """A sheet of one row."""
    frame = pd.DataFrame(
        {"title": [title], "score": [score], "start_date": [pd.Timestamp(2026, 3, 5)], "status_code": ["in_force"]}
    )
    return DownloadSheet("Memoranda", frame, COLUMNS, is_demo)


def table(content: bytes, delimiter: str = ",") -> list[list[str]]:
    """Return the rows of a file."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_a_spreadsheet_would_run_is_held_back(start: str) -> None:
    hostile = f"{start}HYPERLINK(1)"
    assert escaped_formula(hostile) == f"'{hostile}"
    assert table(csv_file(sheet(hostile), translate=ENGLISH))[1][0].startswith("'")


def test_plain_text_and_negative_numbers_stay_as_they_are() -> None:
    assert escaped_formula("Oʻzbekiston – Ўзбекистон") == "Oʻzbekiston – Ўзбекистон"
    assert table(csv_file(sheet(score=-1.5), translate=ENGLISH))[1][1] == "-1.5"


def test_the_file_is_marked_as_utf8() -> None:
    assert csv_file(sheet(), translate=ENGLISH).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(("translate", "delimiter", "number"), [(ENGLISH, ",", "4.25"), (RUSSIAN, ";", "4,25")])
def test_separator_and_decimal_sign_are_those_of_the_language(
    translate: Translator, delimiter: str, number: str
) -> None:
    assert table(csv_file(sheet(), translate=translate), delimiter)[1][1:3] == [number, "05.03.2026"]


def test_codes_are_written_in_words_and_the_missing_too() -> None:
    assert table(csv_file(sheet(score=NO_VALUE), translate=ENGLISH))[:2] == [
        ["Title", "Mark", "From", "Status"],
        ["Alpha", "Not enough data", "05.03.2026", "In force"],
    ]


def test_every_file_says_title_method_and_credit() -> None:
    lines = [row[0] for row in table(csv_file(sheet(), translate=ENGLISH))[3:]]
    assert lines == ["Memoranda", f"Method version {METHOD_EDITION}", CREDIT_LINE]


def test_demo_data_are_marked() -> None:
    assert "Demo data" in csv_file(sheet(is_demo=True), translate=ENGLISH).decode()
    assert "Demo data" not in csv_file(sheet(), translate=ENGLISH).decode()
