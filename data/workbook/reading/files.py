"""Opens a workbook safely and yields the content of its sheets.

Limits on size, cells, texts and nesting hold whatever a file claims of itself, so a hostile one costs no more than the
largest good one. Formulas are read by their stored results.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data.workbook import errors
from data.workbook.errors import WorkbookError
from data.workbook.reading.package import open_package
from data.workbook.reading.sheet_xml import SheetContent


@dataclass(frozen=True)
class RawSheet:
    """Sheet as read: its name, whether it is hidden, its content, and the day from which the workbook counts."""

    name: str
    is_hidden: bool
    content: SheetContent
    epoch: datetime

    @property
    def rows(self) -> list[tuple[int, list[object]]]:
        """Filled rows with their numbers."""
        return self.content.rows


def read_workbook(path: Path) -> Iterator[RawSheet]:
    """Sheets of a workbook, yielded one at a time to keep only one in memory.

    Raises :class:`WorkbookError` for anything that is not a readable workbook.
    """
    try:
        with open_package(path) as package:
            for entry in package.sheets:
                yield RawSheet(entry.name, entry.is_hidden, package.read_sheet(entry), package.epoch)
    except WorkbookError:
        raise
    except Exception as error:
        # A damaged file fails in any way; the person can only save it anew.
        raise WorkbookError(errors.DAMAGED) from error
