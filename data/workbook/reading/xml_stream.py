"""Parses the XML parts of a workbook as a stream, within limits that no workbook of a person comes near."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import IO
from xml.parsers import expat

from data.workbook import errors
from data.workbook.errors import WorkbookError

DEPTH_LIMIT = 60
"""Most levels of elements; workbooks have about ten."""
OTHER_LIMIT = 500_000
"""Most unusual elements, attributes and namespaces of a part."""
_ATTRIBUTES_LIMIT = 100
# Those of cells, rows and runs of text. The parser remembers each other name it meets, so these are counted.
_USUAL_ATTRIBUTES = frozenset(
    ["r", "s", "t", "cm", "vm", "ph", "spans", "ht", "hidden", "customHeight", "customFormat", "outlineLevel"]
    + ["collapsed", "thickTop", "thickBot", "si", "ref", "ca", "val", "rgb", "theme", "tint", "indexed"]
    + ["http://www.w3.org/XML/1998/namespace space"]
    + ["http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac dyDescent"]
)
_BLOCK = 256 * 1024
_TOKEN_LIMIT = 1024 * 1024
_MAIN = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")


def in_main(*names: str) -> Mapping[str, str]:
    """Local names of elements by their full ones, in the namespaces of usual and of strict workbooks."""
    return {f"{space} {name}": name for space in _MAIN for name in names}


class XmlReader(ABC):
    """Reader of one part: gets its elements and texts in their order, names with their namespaces before a space."""

    depth = 0
    others = 0

    @abstractmethod
    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the begin of an element."""

    def end(self, name: str) -> None:  # noqa: B027 - most readers need no end
        """Take the end of an element."""

    def text(self, piece: str) -> None:  # noqa: B027 - nor texts
        """Take a piece of text."""

    def count_other(self, number: int = 1) -> None:
        """Count what the limit of unusual things holds for."""
        self.others += number
        if self.others > OTHER_LIMIT:
            raise WorkbookError(errors.DAMAGED)

    def read(self, content: IO[bytes]) -> None:
        """Read a part. Raises :class:`WorkbookError` at its limits, and :class:`expat.ExpatError`."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_document_type
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text
        parser.StartNamespaceDeclHandler = lambda *_: self.count_other()
        fed = 0
        while block := content.read(_BLOCK):
            parser.Parse(block, False)  # noqa: FBT003 - the parameter has no name
            fed += len(block)
            # A tag or comment that never ends is kept and read again with each block.
            if fed - parser.CurrentByteIndex > _TOKEN_LIMIT + _BLOCK:
                raise WorkbookError(errors.DAMAGED)
        parser.Parse(b"", True)  # noqa: FBT003

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEPTH_LIMIT or len(attributes) > _ATTRIBUTES_LIMIT:
            raise WorkbookError(errors.DAMAGED)
        if attributes and not attributes.keys() <= _USUAL_ATTRIBUTES:
            self.count_other(len(attributes.keys() - _USUAL_ATTRIBUTES))
        self.start(name, attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.end(name)


def _refuse_document_type(*_: object) -> None:
    """Refuse a document type, which may declare entities; no spreadsheet program writes one."""
    raise WorkbookError(errors.DAMAGED)
