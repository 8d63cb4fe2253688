"""PDF documents: checked by content, named for people, stored whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.documents import (
    MEGABYTE,
    MissingFileError,
    NotAPdfError,
    StoredFile,
    TooLargeError,
    check_pdf,
    read_file,
    shown_name,
    stored_file,
)
from data.settings import Settings, get_settings
from tests.documents import PDF, store_in


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    store_in(tmp_path, monkeypatch)
    yield tmp_path
    get_settings.cache_clear()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 a workbook",
        b"<html>%PDF-1.4</html>",
        PDF[:-30],
        b"%PDF-1.4\n" + b"x" * 100,
        PDF.replace(b"startxref\n9", b"startxref\n99999"),
    ],
)
def test_what_is_no_whole_pdf_is_refused_whatever_its_name(content: bytes, folder: Path) -> None:
    with pytest.raises(NotAPdfError), stored_file(content):
        pass
    assert list(folder.iterdir()) == []


def test_a_scanner_may_leave_bytes_behind_the_end() -> None:
    check_pdf(PDF + b"\x00" * 500)


def test_the_limit_is_ten_megabytes_and_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    filled = PDF.replace(b"endobj", b"endobj " + b" " * (10 * MEGABYTE - len(PDF) - 1))
    check_pdf(filled)
    with pytest.raises(TooLargeError):
        check_pdf(filled + b" ")
    monkeypatch.setenv("DOCUMENT_MB", "1")
    get_settings.cache_clear()
    with pytest.raises(TooLargeError):
        check_pdf(filled)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Skan 12.pdf", "Skan 12.pdf"),
        ("..\\..\\etc/passwd.PDF", "passwd.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "a b Set-Cookie x.pdf"),
        ("меморандум.exe", "меморандум.exe.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("", "document.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_the_name_is_made_safe(given: str, shown: str) -> None:
    assert shown_name(given) == shown


def test_a_file_is_removed_where_its_transaction_fails(folder: Path) -> None:
    with stored_file(PDF) as kept:
        assert read_file(kept) == PDF
    with pytest.raises(RuntimeError), stored_file(PDF):
        raise RuntimeError
    assert [path.name for path in folder.iterdir()] == [kept.stored_name]


def test_a_file_that_was_changed_or_lies_elsewhere_is_not_read(folder: Path) -> None:
    with stored_file(PDF) as kept:
        (folder / kept.stored_name).write_bytes(PDF + b"!")
    for name in (kept.stored_name, "0" * 32, "../secret", "/etc/passwd"):
        with pytest.raises(MissingFileError):
            read_file(StoredFile(stored_name=name, sha256=kept.sha256, size_bytes=kept.size_bytes))


def test_documents_lie_beside_the_database_unless_said_otherwise(tmp_path: Path) -> None:
    beside = Settings(database_url=f"sqlite:///{tmp_path / 'hamkor.db'}", files_dir="")
    assert beside.files_folder == tmp_path / "files"
    assert Settings(files_dir="/srv/hamkor").files_folder == Path("/srv/hamkor")
    assert Settings(database_url="postgresql://localhost/hamkor", files_dir="").files_folder.name == "files"
