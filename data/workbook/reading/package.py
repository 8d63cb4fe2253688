"""Opens a workbook file as a package: checks its kind and size, and reads what its sheets share."""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO
from zipfile import ZipFile, ZipInfo

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from data.texts.visible import decode_escapes, visible_text
from data.workbook import errors
from data.workbook.errors import WorkbookError
from data.workbook.reading.number_formats import PLAIN, NumberFormat, parse_format
from data.workbook.reading.sheet_xml import TEXT_LIMIT, SheetContent, SheetReader, WorkbookFacts
from data.workbook.reading.xml_stream import XmlReader, in_main

FILE_LIMIT = 30 * 1024 * 1024
UNPACKED_LIMIT = 250 * 1024 * 1024
DIRECTORY_LIMIT = 4 * 1024 * 1024
SHARED_LIMIT, SHARED_TEXT_LIMIT = 1_000_000, 60_000_000
"""Most texts that the sheets share, and most characters of them in all."""
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = 0x1
# These show the currency of the reader's own country, unless the workbook says which.
_LOCAL_CURRENCY = dict.fromkeys((5, 6, 7, 8, 42, 44), "General")


@dataclass(frozen=True)
class SheetEntry:
    """Sheet as the workbook lists it: name, path of its part, and whether it is hidden."""

    name: str
    path: str
    is_hidden: bool


class Package:
    """Open package of a workbook."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        # Some writers use backslashes, or other capitals in the references than in the names.
        self._parts = {_normal(part.filename): part for part in archive.infolist()}
        main = next(iter(self._targets("", "officeDocument").values()), "")
        if main not in self._parts:
            raise WorkbookError(errors.NOT_A_WORKBOOK)
        workbook = _WorkbookReader()
        self._read(main, workbook)
        if not workbook.is_workbook:
            raise WorkbookError(errors.NOT_A_WORKBOOK)
        paths = self._targets(main, "worksheet")
        self.sheets = tuple(
            SheetEntry(name, paths[key], is_hidden)
            for name, key, is_hidden in workbook.sheets
            if paths.get(key) in self._parts
        )
        styles, texts = _StyleReader(), _TextReader()
        shared = {
            reader: [*self._targets(main, kind).values()]
            for reader, kind in ((styles, "styles"), (texts, "sharedStrings"))
        }
        needed = [entry.path for entry in self.sheets] + [path for paths_ in shared.values() for path in paths_]
        self._check_size(self._parts[path] for path in {*needed} if path in self._parts)
        for reader, found in shared.items():
            for path in found:
                if path in self._parts:
                    self._read(path, reader)
        self.epoch = workbook.epoch
        self._facts = WorkbookFacts(texts.texts, styles.formats(), workbook.epoch, workbook.is_uncalculated)

    def read_sheet(self, entry: SheetEntry) -> SheetContent:
        """Read a sheet. Raises :class:`WorkbookError` at the limits."""
        reader = SheetReader(entry.name, self._facts)
        self._read(entry.path, reader)
        return reader.finish()

    def _check_size(self, parts: Iterator[ZipInfo]) -> None:
        unpacked = sum(part.file_size for part in parts)
        if unpacked > UNPACKED_LIMIT:
            megabytes = unpacked // 1024 // 1024
            raise WorkbookError(errors.TOO_BIG_UNPACKED, megabytes=megabytes, limit=UNPACKED_LIMIT // 1024 // 1024)

    def _read(self, path: str, reader: XmlReader) -> None:
        part = self._parts[path]
        if part.flag_bits & _ENCRYPTED:
            raise WorkbookError(errors.ENCRYPTED)
        self._check_size(iter([part]))
        with self._archive.open(part) as content:
            reader.read(content)

    def _targets(self, source: str, kind: str) -> dict[str, str]:
        """Paths of the parts that a part refers to by relations of a kind, by their ids."""
        folder, name = posixpath.split(source)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self._parts:
            return {}
        reader = _RelationReader()
        self._read(path, reader)
        found = {key: target for key, type_, target in reader.relations if type_.rsplit("/", 1)[-1] == kind}
        return {
            key: _normal(posixpath.normpath(target if target.startswith("/") else posixpath.join(folder, target)))
            for key, target in found.items()
        }


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Open a workbook. Raises :class:`WorkbookError` where it is none, too big, locked or of an old format."""
    if not path.is_file():
        raise WorkbookError(errors.NOT_A_FILE, name=path.name)
    size = path.stat().st_size
    if size > FILE_LIMIT:
        megabytes = round(size / 1024 / 1024)
        raise WorkbookError(errors.TOO_BIG, megabytes=megabytes, limit=FILE_LIMIT // 1024 // 1024)
    with path.open("rb") as source:
        start = source.read(8)
        if start.startswith(_OLE):
            source.seek(0)
            is_encrypted = "EncryptedPackage".encode("utf-16-le") in source.read()
            raise WorkbookError(errors.ENCRYPTED if is_encrypted else errors.OLD_WORKBOOK)
        if not start.startswith(_ZIP):
            raise WorkbookError(errors.NOT_A_WORKBOOK)
        _check_directory(source, size)
    with ZipFile(path) as archive:
        yield Package(archive)


def _check_directory(source: IO[bytes], size: int) -> None:
    """Refuse a directory of very many parts before it is read into memory."""
    source.seek(max(0, size - 66_000))
    tail = source.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 16 or struct.unpack_from("<L", tail, at + 12)[0] > DIRECTORY_LIMIT:
        raise WorkbookError(errors.DAMAGED)


def _normal(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").lower()


class _RelationReader(XmlReader):
    def __init__(self) -> None:
        self.relations: list[tuple[str, str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count_other()
        if name.endswith(" Relationship") and attributes.get("TargetMode") != "External":
            self.relations.append((attributes["Id"], attributes["Type"], attributes["Target"]))


class _WorkbookReader(XmlReader):
    """Reader of the sheets, and of how days and results are stored."""

    _kinds = in_main("workbook", "sheet", "workbookPr", "calcPr")

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.epoch: datetime = WINDOWS_EPOCH
        self.is_uncalculated = self.is_workbook = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count_other()
        kind = self._kinds.get(name)
        if kind == "workbook":
            self.is_workbook = True
        elif kind == "sheet":
            key = next((value for at, value in attributes.items() if at.endswith("relationships id")), "")
            is_hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((visible_text(decode_escapes(attributes["name"])), key, is_hidden))
        elif kind == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
            self.epoch = MAC_EPOCH
        elif kind == "calcPr":
            self.is_uncalculated = attributes.get("fullCalcOnLoad") in {"1", "true"}


class _StyleReader(XmlReader):
    """Reader of the number formats of the styles of cells."""

    _kinds = in_main("numFmt", "cellXfs", "xf")

    def __init__(self) -> None:
        self._codes: dict[int, str] = {**BUILTIN_FORMATS, **_LOCAL_CURRENCY}
        self._ids: list[int] = []
        self._is_cell_style = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count_other()
        kind = self._kinds.get(name)
        if kind == "numFmt" and "numFmtId" in attributes:
            self._codes[int(attributes["numFmtId"])] = decode_escapes(attributes.get("formatCode", ""))[:255]
        elif kind == "cellXfs":
            self._is_cell_style = True
        elif kind == "xf" and self._is_cell_style:
            self._ids.append(int(attributes.get("numFmtId", 0)))

    def end(self, name: str) -> None:
        if self._kinds.get(name) == "cellXfs":
            self._is_cell_style = False

    def formats(self) -> list[NumberFormat]:
        """Format by the number of a style."""
        by_id = {number: parse_format(self._codes.get(number, "General")) for number in {*self._ids}}
        return [by_id.get(number, PLAIN) for number in self._ids]


class _TextReader(XmlReader):
    """Reader of the texts that the sheets share, without their formatting and readings."""

    _kinds = in_main("si", "t", "rPh", "r", "rPr", "b", "i", "u", "sz", "color", "rFont", "family", "charset", "scheme")

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] | None = None
        self._found: list[str] = []
        self._length = self._characters = self._readings = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - texts need none
        kind = self._kinds.get(name)
        if kind is None:
            self.count_other()
        elif kind == "t" and not self._readings:
            self._pieces = self._found
        elif kind == "rPh":
            self._readings += 1

    def text(self, piece: str) -> None:
        if self._pieces is not None and self._length <= TEXT_LIMIT:
            self._pieces.append(piece)
            self._length += len(piece)

    def end(self, name: str) -> None:
        kind = self._kinds.get(name)
        if kind == "t":
            self._pieces = None
        elif kind == "rPh":
            self._readings -= 1
        elif kind == "si":
            text = visible_text(decode_escapes("".join(self._found)))
            self.texts.append(text)
            self._found.clear()
            self._characters += len(text)
            self._length = 0
            if len(self.texts) > SHARED_LIMIT or self._characters > SHARED_TEXT_LIMIT:
                raise WorkbookError(errors.TOO_MUCH_TEXT)
