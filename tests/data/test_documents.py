"""Documents: checked by content, named for people, stored whole or not at all."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from data.documents import (
    MEGABYTE,
    DocumentKind,
    MissingFileError,
    NotADocumentError,
    NotDetachedError,
    StoredFile,
    TooLargeError,
    check_document,
    read_file,
    shown_name,
    stored_file,
)
from data.settings import Settings, get_settings
from tests.documents import PDF, signature, store_in


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
    with pytest.raises(NotADocumentError), stored_file(content):
        pass
    assert list(folder.iterdir()) == []


def test_a_detached_signature_is_told_by_its_content_in_each_encoding() -> None:
    der = signature()
    encoded = (der, base64.b64encode(der), base64.encodebytes(der), signature(Encoding.PEM))
    for content in encoded:
        assert check_document(content) is DocumentKind.SIGNATURE


def test_a_signature_with_the_document_inside_is_refused_and_so_is_what_only_looks_like_one(folder: Path) -> None:
    der = signature()
    with pytest.raises(NotDetachedError), stored_file(signature(is_detached=False)):
        pass
    data = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"
    nested = b"0\x80" * 100_000
    long = signature() + b" " * MEGABYTE
    for content in (der[:-1], der[: len(der) // 2], der + b"x", b"0\x0b" + data, b"MIIB", nested, long, b"0\x80"):
        with pytest.raises(NotADocumentError), stored_file(content):
            pass
    assert list(folder.iterdir()) == []


def test_a_scanner_may_leave_bytes_behind_the_end() -> None:
    check_document(PDF + b"\x00" * 500)


def test_the_limit_is_ten_megabytes_and_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    filled = PDF.replace(b"endobj", b"endobj " + b" " * (10 * MEGABYTE - len(PDF) - 1))
    check_document(filled)
    with pytest.raises(TooLargeError):
        check_document(filled + b" ")
    monkeypatch.setenv("DOCUMENT_MB", "1")
    get_settings.cache_clear()
    with pytest.raises(TooLargeError):
        check_document(filled)


@pytest.mark.parametrize(
    ("given", "kind", "shown"),
    [
        ("Skan 12.pdf", DocumentKind.PDF, "Skan 12.pdf"),
        ("..\\..\\etc/passwd.PDF", DocumentKind.PDF, "passwd.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', DocumentKind.PDF, "a b Set-Cookie x.pdf"),
        ("меморандум.exe", DocumentKind.PDF, "меморандум.exe.pdf"),
        ("\u202efdp.exe", DocumentKind.PDF, "fdp.exe.pdf"),
        ("", DocumentKind.PDF, "document.pdf"),
        ("x" * 300 + ".pdf", DocumentKind.PDF, "x" * 120 + ".pdf"),
        ("Skan 12.pdf.P7S", DocumentKind.SIGNATURE, "Skan 12.pdf.p7s"),
        ("imzo.pkcs7", DocumentKind.SIGNATURE, "imzo.p7s"),
        ("imzo.pdf", DocumentKind.SIGNATURE, "imzo.pdf.p7s"),
    ],
)
def test_the_name_is_made_safe_and_ends_as_its_kind(given: str, kind: DocumentKind, shown: str) -> None:
    assert shown_name(given, kind) == shown
    assert DocumentKind.of_name(shown) is kind


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
            read_file(
                StoredFile(kind=DocumentKind.PDF, stored_name=name, sha256=kept.sha256, size_bytes=kept.size_bytes)
            )


def test_documents_lie_beside_the_database_unless_said_otherwise(tmp_path: Path) -> None:
    beside = Settings(database_url=f"sqlite:///{tmp_path / 'hamkor.db'}", files_dir="")
    assert beside.files_folder == tmp_path / "files"
    assert Settings(files_dir="/srv/hamkor").files_folder == Path("/srv/hamkor")
    assert Settings(database_url="postgresql://localhost/hamkor", files_dir="").files_folder.name == "files"
