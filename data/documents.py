"""Files of PDF documents: checked by their content, stored outside the web root under a random name.

A file is written before the transaction that names it, and removed where that fails (:func:`stored_file`), so that
neither is ever there without the other.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from data.language import N_, DomainError
from data.settings import get_settings
from data.texts.search_keys import tidy

LONGEST_FILE_NAME = 120
MEGABYTE = 1024 * 1024
# Programs that scan leave a few bytes behind the end of the document.
_TAIL_BYTES = 2048
_HEADER = re.compile(rb"%PDF-[12]\.\d")
_TRAILER = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_STORED_NAME = re.compile(r"[0-9a-f]{32}")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\"\\/:*?<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


class NotAPdfError(DomainError):
    """Raised for content that is not a whole PDF document, whatever its name says."""

    def __init__(self) -> None:
        super().__init__(N_("This file is not a whole PDF document. Scan it again as PDF, or choose another file."))


class TooLargeError(DomainError):
    """Raised for a document that is larger than the setting allows."""

    def __init__(self, most_mb: int) -> None:
        super().__init__(
            N_("The document is larger than {number} MB. Scan it in black and white or with fewer dots per inch."),
            number=str(most_mb),
        )


class MissingFileError(DomainError):
    """Raised where the file of a document is not there, or is another one than was stored."""

    def __init__(self) -> None:
        super().__init__(N_("The file of this document cannot be read. Tell the administrator."))


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """File of a document: its random name, the SHA-256 of its content in hexadecimal, and its size."""

    stored_name: str
    sha256: str
    size_bytes: int


def check_pdf(content: bytes) -> None:
    """Raise :class:`TooLargeError` or :class:`NotAPdfError` unless the content is a whole PDF within the limit.

    A PDF begins with its version and ends with the place of its table of objects, which must be inside the file.
    """
    most_mb = get_settings().document_mb
    if len(content) > most_mb * MEGABYTE:
        raise TooLargeError(most_mb)
    places = [int(place) for place in _TRAILER.findall(content[-_TAIL_BYTES:])]
    is_whole = bool(places) and places[-1] < len(content) and b" obj" in content
    if not _HEADER.match(content) or not is_whole:
        raise NotAPdfError


def shown_name(file_name: str) -> str:
    """Return the name of a file as it is listed and downloaded: no folder, no signs that systems refuse, ``.pdf``."""
    base = re.split(r"[\\/]", file_name)[-1]
    stem = re.sub(r"\.pdf$", "", tidy(_UNSAFE.sub(" ", base)), flags=re.IGNORECASE).strip(" .")
    return f"{stem[:LONGEST_FILE_NAME] or 'document'}.pdf"


@contextmanager
def stored_file(content: bytes) -> Iterator[StoredFile]:
    """Store a checked document for a transaction in the block; an error in it removes the file again.

    The file is on the disk when the block begins, so the transaction never names one that a crash would lose. Raises
    what :func:`check_pdf` raises.
    """
    check_pdf(content)
    folder = get_settings().files_folder
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = secrets.token_hex(16)
    path = folder / name
    try:
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield StoredFile(stored_name=name, sha256=hashlib.sha256(content).hexdigest(), size_bytes=len(content))
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def read_file(file: StoredFile) -> bytes:
    """Return the content of a stored document. Raises :class:`MissingFileError`."""
    try:
        content = _path(file.stored_name).read_bytes()
    except OSError as error:
        raise MissingFileError from error
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise MissingFileError
    return content


def remove_file(stored_name: str) -> None:
    """Remove a file that no row names any more."""
    _path(stored_name).unlink(missing_ok=True)


def _path(stored_name: str) -> Path:
    if not _STORED_NAME.fullmatch(stored_name):
        raise MissingFileError
    return get_settings().files_folder / stored_name
