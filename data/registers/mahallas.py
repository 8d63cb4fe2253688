"""Register of mahallas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from data.language import N_, Wording
from data.policy import Action
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.register import Known, Record, RecordRegister, Register
from data.registers.shared import DISTRICT
from data.schema import Mahalla, MahallaFormerName
from data.texts.search_keys import search_key
from data.workbook import errors
from data.workbook.cells.persons import may_name_person, names_person
from data.workbook.cells.places import mahalla_key
from data.workbook.database import AuditedWriter, RecordAction, WriteSource, rows_where
from data.workbook.errors import CellError
from data.workbook.import_context import ImportContext, Key
from data.workbook.import_scope import ImportScope
from data.workbook.rows import ReadRow


@dataclass(frozen=True)
class MahallaValues:
    """Values of a mahalla besides district and name: the post of its inspector."""

    post: str = ""


class MahallaRegister(RecordRegister[Key, MahallaValues]):
    """Mahallas of districts; a known one keeps its name, unless a form or a downloaded row renames it."""

    sheet = RegisterSheet(
        "mahallas",
        Wording("Mahallas"),
        Wording("Mahallas of the district (city)"),
        key="mahalla",
        name_field="mahalla",
        listed=("mahalla", "district", "post"),
        written_by=Action.EDIT_REFERENCE,
        fields=(
            DISTRICT,
            SheetField(
                "mahalla", FieldKind.TEXT, Wording("Mahalla"), is_required=True, column="name", also=("mahalla",)
            ),
            SheetField(
                "post",
                FieldKind.TEXT,
                Wording("Inspector's post"),
                note=N_("The post's name or number, without the name of an officer."),
            ),
        ),
    )
    model, values_type, key_field = Mahalla, MahallaValues, "mahalla"
    apart = ("district", "mahalla")
    taken = errors.RECORD_EXISTS

    def __init__(self, context: ImportContext) -> None:
        super().__init__(context)
        self.ids = context.mahalla_ids

    def rows(self, connection: Connection, scope: ImportScope) -> Iterable[Row[*tuple[Any, ...]]]:
        """Mahallas of all districts for which rows may name some."""
        yield from self.rows_by_id(connection, scope.record_ids("mahallas"))
        districts = scope.districts("events", "plans", "mahallas", "trainings")
        rows = list(rows_where(connection, self.statement(), Mahalla.district_soato, districts))
        names = {row.id: row.name for row in rows}
        former = select(MahallaFormerName.__table__)
        for old in rows_where(connection, former, MahallaFormerName.district_soato, districts):
            key, name = (old.district_soato, mahalla_key(old.name)), names[old.mahalla_id]
            self.context.former_names[key] = (old.district_soato, mahalla_key(name))
        yield from rows

    def stored_key(self, row: Row[*tuple[Any, ...]]) -> Key:
        """District and folded name."""
        key = row.district_soato, mahalla_key(row.name)
        self.context.mahalla_names[key] = row.name
        return key

    def key_of(self, row: ReadRow) -> Key:
        """District and folded name."""
        for code in ("mahalla", "post"):
            if names_person(row.get(code) or ""):
                raise CellError(errors.PERSON, field_code=code)
        key = (str(row.get("district")), mahalla_key(row.get("mahalla")))
        if key not in self.known and may_name_person(row.get("mahalla")):
            row.doubt("mahalla", errors.MAY_BE_PERSON, name=row.get("mahalla"))
        return key

    def values_of(self, row: ReadRow, key: Key, known: Known[MahallaValues] | None) -> MahallaValues:
        """Values of the row; a known mahalla keeps its district, where its events are."""
        if known is not None and self.keys_by_id[known.id][0] != key[0]:
            raise CellError(errors.MAHALLA_STAYS, field_code="district")
        return super().values_of(row, key, known)

    def key_columns(self, record: Record[Key, MahallaValues]) -> Mapping[str, Any]:
        """District and name."""
        return _columns(record.key, record.name)

    def accepted(self, row: ReadRow) -> None:
        """Let the rows of other sheets mean this mahalla by its name, whichever had the name before."""
        super().accepted(row)
        self.context.former_names.pop((str(row.get("district")), mahalla_key(row.get("mahalla"))), None)

    def write(self, writer: AuditedWriter) -> None:
        """Insert and correct mahallas; an old name goes on finding its mahalla, unless an undo takes it back.

        A mahalla that is entered with the former name of another one has that name for itself.
        """
        for record in self.changed_records():
            if record.known is None:
                named = {"district_soato": record.key[0], "old": record.name, "new": record.name}
                keep_former_name(writer.connection, 0, **named)
        renamed = [record for record in self.changed_records() if record.known is not None and record.is_moved]
        old = [self.stored[record.known.id].row for record in renamed if record.known is not None]
        super().write(writer)
        for row, record in zip(old, renamed, strict=True):
            old_name = record.name if writer.source is WriteSource.UNDO else row.name
            keep_former_name(
                writer.connection, row.id, district_soato=row.district_soato, old=old_name, new=record.name
            )

    def new_names(self, *registers: Register[Any, Any]) -> dict[Key, str]:
        """Mahallas that the accepted rows of other sheets name, and that neither the database nor this sheet has."""
        new: dict[Key, str] = {}
        for register in registers:
            for key, name in register.mahalla_names.items():
                is_written = key in self.records and not self.records[key].is_doubted
                if key[1] and key not in self.known and not is_written:
                    new.setdefault(key, name)
        return new

    def write_names(self, writer: AuditedWriter, new: Mapping[Key, str]) -> None:
        """Add mahallas of which only the name is known."""
        rows = [_columns(key, name) for key, name in new.items()]
        ids = writer.insert(Mahalla, rows)
        self.ids.update(zip(new, ids, strict=True))
        writer.audit(RecordAction.ADDED, "mahalla", [(key, None, row) for key, row in zip(ids, rows, strict=True)])


def keep_former_name(connection: Connection, mahalla_id: int, *, district_soato: str, old: str, new: str) -> None:
    """Keep a name that a mahalla had, unless it is spelled like the new one; a former name may be its name again."""
    of_district = MahallaFormerName.district_soato == district_soato
    keys = {search_key(old), search_key(new)}
    connection.execute(delete(MahallaFormerName).where(of_district, MahallaFormerName.name_key.in_(keys)))
    if search_key(old) != search_key(new):
        values = {"district_soato": district_soato, "name": old, "name_key": search_key(old)}
        connection.execute(insert(MahallaFormerName).values(mahalla_id=mahalla_id, **values))


def _columns(key: Key, name: str) -> dict[str, Any]:
    return {"district_soato": key[0], "name": name, "name_key": search_key(name)}
