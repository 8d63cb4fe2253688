"""Files of documents, PDF or a detached signature: checked by content, stored outside the web root by a random name.

A file is written before the transaction that names it, and removed where that fails (:func:`stored_file`), so that
neither is ever there without the other.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from asn1crypto import cms

from data.language import N_, DomainError
from data.settings import get_settings
from data.texts.search_keys import tidy

LONGEST_FILE_NAME = 120
SIGNATURE_ENDINGS = ("p7s", "p7m", "p7b", "pkcs7", "sig")
MEGABYTE = 1024 * 1024
# Programs that scan leave a few bytes behind the end of the document.
_TAIL_BYTES = 2048
_HEADER = re.compile(rb"%PDF-[12]\.\d")
_TRAILER = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_LARGEST_SIGNATURE = MEGABYTE
_PEM_LINE = re.compile(rb"-----(?:BEGIN|END) (?:PKCS7|CMS)-----")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]+={0,2}")
_STORED_NAME = re.compile(r"[0-9a-f]{32}")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\"\\/:*?<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


class DocumentKind(StrEnum):
    """Kinds of documents, by the ending of the name that they are listed with."""

    PDF = ".pdf"
    SIGNATURE = ".p7s"

    @classmethod
    def of_name(cls, file_name: str) -> DocumentKind:
        """Return the kind of a stored document by its name."""
        return next((kind for kind in cls if file_name.endswith(kind.value)), cls.PDF)

    @property
    def media_type(self) -> str:
        """Media type that it is sent with."""
        return "application/pdf" if self is DocumentKind.PDF else "application/pkcs7-signature"


class NotADocumentError(DomainError):
    """Raised for content that is neither a whole PDF document nor a signature, whatever its name says."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This file is neither a whole PDF document nor a detached signature (PKCS#7). Scan the document again "
                "as PDF, or choose another file."
            )
        )


class NotDetachedError(DomainError):
    """Raised for a signature that has the signed document inside."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This signature has the document inside, so the document itself could not be opened here. "
                "Store the PDF, and beside it a detached signature."
            )
        )


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
    """File of a document: its kind, random name, the SHA-256 of its content in hexadecimal, and its size."""

    kind: DocumentKind
    stored_name: str
    sha256: str
    size_bytes: int


def check_document(content: bytes) -> DocumentKind:
    """Return the kind of a document by its content, which is whole and within the limit.

    A signature is CMS signed data (PKCS#7, RFC 5652) without the document in it, as DER, Base64 or PEM; whether it is
    true and whose it is, is not looked at. Raises TooLargeError, NotADocumentError, NotDetachedError.
    """
    most_mb = get_settings().document_mb
    if len(content) > most_mb * MEGABYTE:
        raise TooLargeError(most_mb)
    if _is_whole_pdf(content):
        return DocumentKind.PDF
    if len(content) > _LARGEST_SIGNATURE:
        raise NotADocumentError
    try:
        signed = cms.ContentInfo.load(_der(content), strict=True)
        is_signed = signed["content_type"].native == "signed_data" and len(signed["content"]["signer_infos"]) > 0
        is_detached = is_signed and signed["content"]["encap_content_info"]["content"].native is None
    except (ValueError, TypeError, KeyError, RecursionError):
        raise NotADocumentError from None
    if not is_signed:
        raise NotADocumentError
    if not is_detached:
        raise NotDetachedError
    return DocumentKind.SIGNATURE


def _is_whole_pdf(content: bytes) -> bool:
    """Return whether a PDF begins with its version and ends with the place of its table of objects, inside the file."""
    places = [int(place) for place in _TRAILER.findall(content[-_TAIL_BYTES:])]
    is_whole = bool(places) and places[-1] < len(content) and b" obj" in content
    return bool(_HEADER.match(content)) and is_whole


def _der(content: bytes) -> bytes:
    """Return what is encoded as Base64 or PEM, anything else as it is."""
    text = b"".join(_PEM_LINE.sub(b"", content).split())
    return base64.b64decode(text) if _BASE64.fullmatch(text) else content


def shown_name(file_name: str, kind: DocumentKind) -> str:
    """Return the name of a file as it is listed and downloaded: no folder, no signs that systems refuse, its ending."""
    base = re.split(r"[\\/]", file_name)[-1]
    endings = ("pdf",) if kind is DocumentKind.PDF else SIGNATURE_ENDINGS
    stem = re.sub(rf"\.(?:{'|'.join(endings)})$", "", tidy(_UNSAFE.sub(" ", base)), flags=re.IGNORECASE).strip(" .")
    return f"{stem[:LONGEST_FILE_NAME] or 'document'}{kind.value}"


@contextmanager
def stored_file(content: bytes) -> Iterator[StoredFile]:
    """Store a checked document for a transaction in the block; an error in it removes the file again.

    The file is on the disk when the block begins, so the transaction never names one that a crash would lose. Raises
    what :func:`check_document` raises.
    """
    kind = check_document(content)
    folder = get_settings().files_folder
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = secrets.token_hex(16)
    path = folder / name
    try:
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        digest = hashlib.sha256(content).hexdigest()
        yield StoredFile(kind=kind, stored_name=name, sha256=digest, size_bytes=len(content))
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
