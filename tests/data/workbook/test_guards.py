"""Files that are hostile, locked, old or damaged are refused as a whole, quickly and with their reason."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.settings import ROOT
from data.texts.catalogues import messages_in
from data.workbook import errors
from data.workbook.cells.text_matching import MatchQuality, WordIndex
from data.workbook.errors import WorkbookError
from data.workbook.reading import package, sheet_xml
from tests.data.workbook.books import EVALUATION, EVENT, MEMORANDUM, by_code, import_book, save_book
from tests.data.workbook.hostile import KINDS, save_bomb, save_entities, save_hostile, save_many_parts
from tests.data.workbook.measuring import measure_imports
from tests.databases import Databases

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "b">]>'


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return save_book(tmp_path / "good.xlsx", memoranda=[MEMORANDUM], events=[EVENT], evaluations=[EVALUATION])


def changed(source: Path, change: Callable[[bytes], bytes]) -> Path:
    """The workbook with its second sheet changed."""
    target = source.with_name("changed.xlsx")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part.endswith("sheet2.xml") else content)
    return target


def reason(engine: Engine, path: Path) -> str:
    with pytest.raises(WorkbookError) as refusal:
        import_book(engine, path, is_check=True)
    return refusal.value.message.text


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", errors.NOT_A_WORKBOOK),
        (b"<html><table>", errors.NOT_A_WORKBOOK),
        (OLD, errors.OLD_WORKBOOK),
        (OLD + "EncryptedPackage".encode("utf-16-le"), errors.ENCRYPTED),
        (b"PK\x03\x04" + bytes(200), errors.DAMAGED),
    ],
)
def test_a_file_of_another_kind_is_named_as_such(
    sqlite_engine: Engine, tmp_path: Path, content: bytes, expected: str
) -> None:
    (tmp_path / "odd.xlsx").write_bytes(content)
    assert reason(sqlite_engine, tmp_path / "odd.xlsx") == expected


def test_a_file_that_is_or_unpacks_too_big_is_refused(
    sqlite_engine: Engine, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "UNPACKED_LIMIT", 1000)
    assert reason(sqlite_engine, good) == errors.TOO_BIG_UNPACKED
    monkeypatch.setattr(package, "FILE_LIMIT", 1000)
    assert reason(sqlite_engine, good) == errors.TOO_BIG


def with_doctype(sheet: bytes) -> bytes:
    return sheet.replace(b"<worksheet", DOCTYPE.encode() + b"<worksheet", 1)


@pytest.mark.parametrize(
    "change",
    [
        with_doctype,
        lambda sheet: b'<?xml version="1.0"?>' + b" " * 2_000_000 + with_doctype(sheet)[sheet.index(b"<worksheet") :],
        lambda sheet: with_doctype(sheet[sheet.index(b"<worksheet") :]).decode().encode("utf-16"),
    ],
)
def test_a_document_type_is_refused_wherever_it_hides(
    sqlite_engine: Engine, good: Path, change: Callable[[bytes], bytes]
) -> None:
    assert reason(sqlite_engine, changed(good, change)) == errors.DAMAGED


def test_more_rows_than_the_limit_are_refused(
    sqlite_engine: Engine, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_xml, "ROW_LIMIT", 1)
    assert reason(sqlite_engine, good) == errors.TOO_MANY_ROWS


def test_formatted_rows_without_values_are_no_rows(
    sqlite_engine: Engine, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_xml, "ROW_LIMIT", 100)
    empty = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (row, row) for row in range(3, 2000))
    path = changed(good, lambda sheet: sheet.replace(b"</sheetData>", empty + b"</sheetData>"))
    assert by_code(import_book(sqlite_engine, path, is_check=True))["events"].accepted == 1


def test_cells_merged_over_the_whole_sheet_make_no_rows(sqlite_engine: Engine, good: Path) -> None:
    ranges = b"".join(b'<mergeCell ref="%s2:%s1048576"/>' % (letter, letter) for letter in (b"A", b"B", b"AA"))
    path = changed(
        good, lambda sheet: sheet.replace(b"</sheetData>", b"</sheetData><mergeCells>" + ranges + b"</mergeCells>")
    )
    assert by_code(import_book(sqlite_engine, path, is_check=True))["events"].accepted == 1


LONGEST_SECONDS, MOST_MEGABYTES = 60, 500


def test_a_hostile_workbook_costs_little_before_it_is_refused(databases: Databases, tmp_path: Path) -> None:
    """Of each kind a small one; `make bench ARGS="--only upload"` tries those as large as can be."""
    files = [
        *(save_hostile(tmp_path / f"{at}.xlsx", kind, 10) for at, kind in enumerate(KINDS)),
        save_bomb(tmp_path / "bomb.xlsx", 300),
        save_many_parts(tmp_path / "parts.xlsx", 70_000),
        save_entities(tmp_path / "entities.xlsx"),
    ]
    with databases.copy("sqlite") as engine:
        url = engine.url.render_as_string(hide_password=False)
        for path, measured in zip(files, measure_imports(files, url, "check"), strict=True):
            assert measured.rows == 0, path
            assert measured.seconds < LONGEST_SECONDS, path
            assert measured.megabytes < MOST_MEGABYTES, path


def test_a_text_that_is_no_word_is_neither_searched_nor_kept() -> None:
    assert WordIndex([("a" * 400, 1)]).find("a" * 400) == (None, MatchQuality.NONE)


def test_each_reason_is_a_message_of_the_catalogues() -> None:
    source = (ROOT / "data" / "workbook" / "errors.py").read_text(encoding="utf-8")
    extracted = {message.text for message in messages_in(source)}
    declared = {text for name, text in vars(errors).items() if name.isupper() and isinstance(text, str)}
    assert declared == extracted
