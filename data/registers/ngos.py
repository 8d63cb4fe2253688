"""Register of NGOs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, delete

from data.codes import Direction, YesNo
from data.language import N_, Wording
from data.policy import Action
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.register import ChildRows, Known, Record, RecordRegister
from data.registers.shared import DISTRICT, LIST_NOTE, NGO_STIR
from data.schema import Ngo, NgoDirection, NgoFormerName
from data.texts.search_keys import search_key
from data.workbook import errors
from data.workbook.database import AuditedWriter, WriteSource, rows_where
from data.workbook.errors import CellError
from data.workbook.import_context import ImportContext
from data.workbook.import_scope import ImportScope
from data.workbook.rows import ReadRow


@dataclass(frozen=True)
class NgoValues:
    """Values of an NGO besides its STIR; ``district`` is its home."""

    name: str
    district: str
    directions: tuple[Direction, ...] = ()
    contact: str = ""
    is_active: YesNo = YesNo.YES


class NgoRegister(RecordRegister[str, NgoValues]):
    """NGOs by their STIR; this register corrects the name of a known one, the sheet of memoranda does not."""

    sheet = RegisterSheet(
        "ngos",
        Wording("NGOs", "workbook ngos"),
        Wording("Non-governmental organisations"),
        key="stir",
        written_by=Action.EDIT_REFERENCE,
        name_field="name",
        listed=("stir", "name", "district", "directions", "contact", "is_active"),
        fields=(
            replace(NGO_STIR, column="stir"),
            SheetField("name", FieldKind.TEXT, Wording("NGO name"), is_required=True, also=("ngo_name",)),
            replace(DISTRICT, column="district_soato"),
            SheetField("directions", FieldKind.CHOICES, Wording("Directions"), choices=Direction, note=LIST_NOTE),
            SheetField(
                "contact",
                FieldKind.TEXT,
                Wording("Contact of the organisation"),
                note=N_("An e-mail address or a site of the organisation, without phone numbers."),
            ),
            SheetField(
                "is_active",
                FieldKind.CHOICE,
                Wording("Active"),
                choices=YesNo,
                column="is_active",
                note=N_("Yes where empty."),
            ),
        ),
    )
    model, values_type, key_field = Ngo, NgoValues, "stir"
    apart = ("stir",)
    taken = errors.RECORD_EXISTS
    children = (ChildRows("directions", NgoDirection.ngo_id, NgoDirection.direction_code),)

    def __init__(self, context: ImportContext) -> None:
        super().__init__(context)
        self.ids = context.ngos.ids

    def rows(self, connection: Connection, scope: ImportScope) -> Iterable[Row[*tuple[Any, ...]]]:
        """NGOs that the rows name or show."""
        yield from self.rows_by_id(connection, scope.record_ids("ngos"))
        yield from rows_where(connection, self.current(), Ngo.stir, scope.stirs("ngos"))

    def stored_key(self, row: Row[*tuple[Any, ...]]) -> str:
        """STIR."""
        return str(row.stir)

    def cell_of(self, entry: SheetField, row: Row[*tuple[Any, ...]], lists: Mapping[str, tuple[Any, ...]]) -> object:
        """Cell of a field."""
        return row.stir if entry.code == "stir" else super().cell_of(entry, row, lists)

    def key_of(self, row: ReadRow) -> str:
        """STIR."""
        return str(row.get("stir"))

    def values_of(self, row: ReadRow, key: str, known: Known[NgoValues] | None) -> NgoValues:
        """Values of the row; a known NGO keeps its STIR."""
        if known is not None and self.keys_by_id[known.id] != key:
            raise CellError(errors.STIR_STAYS, field_code="stir")
        is_active = row.get("is_active") or (known.values.is_active if known else YesNo.YES)
        return self.read(row, known.values if known else None, is_active=is_active)

    def accepted(self, row: ReadRow) -> None:
        """Let the rows of other sheets name the NGO."""
        super().accepted(row)
        self.context.ngos.listed[str(row.get("stir"))] = row.get("name")

    def write(self, writer: AuditedWriter) -> None:
        """Insert and correct NGOs; an old name goes on finding its NGO, unless an undo takes it back."""
        renamed = [
            (record.known.id, record.known.values.name, record.values.name)
            for record in self.changed_records()
            if record.known is not None and search_key(record.known.values.name) != search_key(record.values.name)
        ]
        super().write(writer)
        for ngo_id, old, new in renamed:
            keys = {search_key(old), search_key(new)}
            of_ngo = NgoFormerName.ngo_id == ngo_id
            writer.connection.execute(delete(NgoFormerName).where(of_ngo, NgoFormerName.name_key.in_(keys)))
            if writer.source is not WriteSource.UNDO:
                writer.insert_plain(NgoFormerName, [{"ngo_id": ngo_id, "name": old, "name_key": search_key(old)}])

    def key_columns(self, record: Record[str, NgoValues]) -> Mapping[str, Any]:
        """STIR."""
        return {"stir": record.key}
