"""Context in which the rows of all sheets are validated: the day, the places, the NGOs and the mahallas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, select

from data.schema import Ngo
from data.workbook import errors
from data.workbook.cells.places import PlaceIndex
from data.workbook.database import AuditedWriter, RecordAction
from data.workbook.errors import CellError
from data.workbook.rows import ReadRow

Key = tuple[str, str]
"""District (SOATO) and folded number or name."""


@dataclass
class NgoIndex:
    """NGOs of the database by STIR, and those that the accepted rows of a workbook add.

    ``new``: name and district of those that the sheet of memoranda adds. ``listed``: names in the sheet of NGOs, which
    are written by their own register. ``doubted``: rows of memoranda that would add an NGO if their doubts were
    accepted.
    """

    ids: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    stirs: dict[int, str] = field(default_factory=dict)
    new: dict[str, tuple[str, str]] = field(default_factory=dict)
    doubted: dict[str, int] = field(default_factory=dict)
    listed: dict[str, str] = field(default_factory=dict)

    def __contains__(self, stir: str) -> bool:
        return stir in self.ids or stir in self.new or stir in self.listed

    def load(self, connection: Connection) -> None:
        """Load the NGOs of the database."""
        for ngo_id, stir, name in connection.execute(select(Ngo.id, Ngo.stir, Ngo.name)):
            self.ids[stir], self.names[stir], self.stirs[ngo_id] = ngo_id, name, stir

    def name_of(self, stir: str) -> str | None:
        """Name of a known NGO, else None."""
        return self.listed.get(stir) or self.names.get(stir) or (self.new[stir][0] if stir in self.new else None)

    def check(self, stirs: Iterable[str], *, field_code: str) -> None:
        """Raise :class:`CellError` unless the database or the sheet of memoranda has the NGOs."""
        for stir in stirs:
            if stir not in self and stir not in self.doubted:
                raise CellError(errors.UNKNOWN_NGO, field_code=field_code, stir=stir)

    def write(self, writer: AuditedWriter) -> None:
        """Add the NGOs that the database lacks."""
        rows = [{"stir": stir, "name": name, "district_soato": district} for stir, (name, district) in self.new.items()]
        ids = writer.insert(Ngo, rows)
        self.ids.update(zip(self.new, ids, strict=True))
        writer.audit(RecordAction.ADDED, "ngo", [(ngo_id, None, row) for row, ngo_id in zip(rows, ids, strict=True)])


@dataclass(frozen=True)
class ImportContext:
    """Context of validation shared by all registers; writing fills in the ids of new mahallas.

    ``is_writing``: what is loaded is locked until the end of the transaction. ``own_district``: the only district whose
    rows are taken; None: all. ``mahalla_names``: names of the mahallas of the database; ``former_names``: folded names
    that they had before, or that were those of mahallas merged into them.
    """

    places: PlaceIndex
    today: date
    is_writing: bool = False
    own_district: str | None = None
    ngos: NgoIndex = field(default_factory=NgoIndex)
    mahalla_ids: dict[Key, int] = field(default_factory=dict)
    mahalla_names: dict[Key, str] = field(default_factory=dict)
    former_names: dict[Key, Key] = field(default_factory=dict)

    def mahalla_of(self, district: str, key: str) -> str:
        """Return the folded name of the mahalla that a folded name means: a former one means the one of today."""
        return self.former_names.get((district, key), (district, key))[1]

    def check_place(self, row: ReadRow) -> None:
        """Raise :class:`CellError` for a row of a district that is not the person's own."""
        self.check_district(row.get("district"))

    def check_district(self, district: str | None) -> None:
        """Raise :class:`CellError` for a district (SOATO) that is not the person's own."""
        if self.own_district is not None and district and district != self.own_district:
            raise CellError(errors.NOT_YOUR_DISTRICT, field_code="district", name=self.places.by_soato[district].name)

    def check_past(self, row: ReadRow, *codes: str) -> None:
        """Raise :class:`CellError` where one of the dates is in the future."""
        for code in codes:
            if row.get(code) is not None and row.get(code) > self.today:
                raise CellError(errors.IN_FUTURE, field_code=code)
