"""Register of memoranda."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from data.codes import Direction, SupportKind
from data.language import N_, Wording
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.register import ChildRows, K, Known, NumberedRegister, Record, RecordRegister, V
from data.registers.shared import (
    DATE_NOTE,
    DISTRICT,
    LIST_NOTE,
    MEMORANDUM_NUMBER,
    NGO_STIRS,
    PRIVATE_NOTE,
)
from data.schema import Memorandum, MemorandumAmendment, MemorandumDirection, MemorandumNgo, MemorandumSupport
from data.texts.search_keys import search_key, tidy
from data.workbook import errors
from data.workbook.cells.dates import Term
from data.workbook.cells.text_matching import loose, number_key
from data.workbook.database import rows_where
from data.workbook.errors import CellError
from data.workbook.import_context import ImportContext, Key
from data.workbook.import_scope import ImportScope
from data.workbook.rows import ReadRow


@dataclass(frozen=True)
class MemorandumValues:
    """Values of a memorandum besides its key; ``stirs`` are the NGOs that the workbook names."""

    title: str = ""
    signed_date: date | None = None
    start_date: date | None = None
    expiry_date: date | None = None
    directions: tuple[Direction, ...] = ()
    supports: tuple[SupportKind, ...] = ()
    terminated_date: date | None = None
    termination_reason: str = ""
    stirs: tuple[str, ...] = ()


class MemorandumRegister(NumberedRegister[MemorandumValues]):
    """Memoranda of districts; rows that differ only in their NGOs are one memorandum, and known NGOs are kept."""

    sheet = RegisterSheet(
        "memoranda",
        Wording("Memoranda"),
        Wording("Memoranda of cooperation"),
        key="number",
        name_field="title",
        date_field="signed_date",
        listed=("number", "title", "stirs", "signed_date", "start_date", "expiry_date", "directions"),
        has_documents=True,
        fields=(
            SheetField(
                "number", FieldKind.NUMBER, MEMORANDUM_NUMBER, is_required=True, also=("memorandum_number", "number")
            ),
            DISTRICT,
            SheetField("ngo_name", FieldKind.TEXT, Wording("NGO name"), also=("ngo_name",)),
            NGO_STIRS,
            SheetField("title", FieldKind.TEXT, Wording("Title", "workbook memoranda"), note=PRIVATE_NOTE),
            SheetField("signed_date", FieldKind.DATE, Wording("Signed", "workbook memoranda"), note=DATE_NOTE),
            SheetField("start_date", FieldKind.DATE, Wording("In force from", "workbook memoranda"), note=DATE_NOTE),
            SheetField(
                "expiry_date",
                FieldKind.TERM,
                Wording("Expires", "workbook memoranda"),
                note=N_("A date, or a word that the memorandum is open-ended."),
            ),
            SheetField("directions", FieldKind.CHOICES, Wording("Directions"), choices=Direction, note=LIST_NOTE),
            SheetField("supports", FieldKind.CHOICES, Wording("Forms of support"), choices=SupportKind, note=LIST_NOTE),
            SheetField("terminated_date", FieldKind.DATE, Wording("Terminated on"), note=DATE_NOTE),
            SheetField(
                "termination_reason", FieldKind.TEXT, Wording("Reason of termination"), note=PRIVATE_NOTE, is_long=True
            ),
        ),
    )
    model, values_type = Memorandum, MemorandumValues
    contradiction = errors.REPEATED_KEY
    named_by = (("events", "memorandum"), ("obligations", "memorandum"), ("amendments", "memorandum"))
    children = (
        ChildRows("stirs", MemorandumNgo.memorandum_id, MemorandumNgo.ngo_id, adds_up=True),
        ChildRows("directions", MemorandumDirection.memorandum_id, MemorandumDirection.direction_code),
        ChildRows("supports", MemorandumSupport.memorandum_id, MemorandumSupport.support_code),
    )

    def __init__(self, context: ImportContext) -> None:
        super().__init__(context)
        self._amended_expiries: dict[int, date] = {}

    def take(self, connection: Connection, rows: Iterable[Row[*tuple[Any, ...]]]) -> None:
        """Add rows, and the expiry dates set by amendments, of which the newest counts."""
        before = frozenset(self.stored)
        super().take(connection, rows)
        amended = select(MemorandumAmendment.memorandum_id, MemorandumAmendment.expiry_date)
        amended = amended.where(
            MemorandumAmendment.expiry_date.is_not(None), MemorandumAmendment.withdrawn_at.is_(None)
        ).order_by(MemorandumAmendment.number)
        found = rows_where(connection, amended, MemorandumAmendment.memorandum_id, self.stored.keys() - before)
        self._amended_expiries |= {row.memorandum_id: row.expiry_date for row in found}

    def check_known(self, row: ReadRow, key: Key) -> None:
        """Raise :class:`CellError` unless the memorandum that a row names exists."""
        if key not in self.records and key not in self.known:
            raise CellError(errors.UNKNOWN_MEMORANDUM, field_code="memorandum", number=row.get("memorandum"))
        if key not in self.known:
            self.check_named(row, key, "memorandum")

    def warn_of_event(self, row: ReadRow, key: Key, *, event_date: date, stirs: Collection[str]) -> None:
        """Warn of an event outside the term of its memorandum, or held by NGOs that are not parties to it."""
        record, known = self.records.get(key), self.known.get(key)
        said = [entry.values for entry in (record, known) if entry is not None]
        if not said:
            return
        number = row.get("memorandum") or key[1]
        expiry = self._amended_expiries.get(known.id) if known else None
        expiry, start = expiry or said[0].expiry_date, said[0].start_date
        if expiry is not None and event_date > expiry:
            row.warn(errors.MEMORANDUM_EXPIRED, number=number)
        elif start is None or event_date < start:
            row.warn(errors.MEMORANDUM_NOT_BEGUN, number=number)
        for stir in sorted({*stirs} - {stir for values in said for stir in values.stirs}):
            row.warn(errors.NOT_A_PARTY, stir=stir, number=number)

    def values_of(self, row: ReadRow, key: Key, known: Known[MemorandumValues] | None) -> MemorandumValues:  # noqa: ARG002
        """Values of the row, with derived dates filled in and all dates checked against each other."""
        base = known.values if known else MemorandumValues()
        signed, start = row.get("signed_date", base.signed_date), row.get("start_date", base.start_date)
        if start is None and signed is not None:
            row.warn(errors.START_ASSUMED)
            start = signed
        if start and signed and signed > start:
            row.warn(errors.SIGNED_AFTER_START)
        expiry = row.get("expiry_date", base.expiry_date)
        if isinstance(expiry, Term):
            if start is None:
                raise CellError(errors.REQUIRED, field_code="start_date" if row.has("start_date") else "expiry_date")
            expiry = expiry.after(start)
        if expiry and start and expiry < start:
            raise CellError(errors.EXPIRY_BEFORE_START, field_code="expiry_date")
        if row.has("expiry_date") and row.is_empty("expiry_date"):
            row.warn(errors.NO_EXPIRY)
        self._check_names(row)
        values = self.read(row, base, start_date=start, expiry_date=expiry)
        self._check_termination(row, values)
        return values

    def _check_termination(self, row: ReadRow, values: MemorandumValues) -> None:
        """Raise :class:`CellError` for a termination without its day or reason, in the future or before the start."""
        if values.terminated_date is None:
            if values.termination_reason:
                raise CellError(errors.REQUIRED, field_code="terminated_date")
            return
        if not values.termination_reason:
            raise CellError(errors.REQUIRED, field_code="termination_reason")
        self.context.check_past(row, "terminated_date")
        if values.start_date is None or values.terminated_date < values.start_date:
            raise CellError(errors.TERMINATED_BEFORE_START, field_code="terminated_date")

    def accepted(self, row: ReadRow) -> None:
        """Add the NGOs of the accepted row to the context."""
        super().accepted(row)
        stirs: tuple[str, ...] = row.get("stirs")
        names = _names(row.get("ngo_name", ""), len(stirs))
        for stir, name in zip(stirs, names, strict=False):
            if stir not in self.context.ngos:
                self.context.ngos.new[stir] = (name, row.get("district"))

    def doubted(self, row: ReadRow) -> None:
        """Remember the NGOs that only the doubted row would add."""
        for stir in row.get("stirs"):
            self.context.ngos.doubted.setdefault(stir, row.number)

    def check_doubts(self, row: ReadRow) -> None:
        """Do nothing: a memorandum adds its NGOs itself."""

    def result_of(self, record: Record[Key, MemorandumValues]) -> MemorandumValues:
        """Values in the workbook: the audit log of memoranda has the NGOs that it names."""
        return record.values

    def _check_names(self, row: ReadRow) -> None:
        """Raise :class:`CellError` where the row does not name the NGOs that are new."""
        stirs: tuple[str, ...] = row.get("stirs")
        names = _names(row.get("ngo_name", ""), len(stirs))
        unknown = [stir for stir in stirs if stir not in self.context.ngos]
        if unknown and not names:
            code = "ngo_name" if row.has("ngo_name") else "stirs"
            raise CellError(errors.NEEDS_NAME, field_code=code, stir=unknown[0])
        if unknown and len(names) != len(stirs):
            raise CellError(errors.NAME_FOR_SEVERAL, field_code="ngo_name", stirs=", ".join(unknown))
        for stir, name in zip(stirs, names, strict=False):
            known = self.context.ngos.name_of(stir) or name
            if len(names) == len(stirs) and loose(search_key(known)) != loose(search_key(name)):
                row.warn(errors.NAME_DIFFERS, stir=stir)


class PartOfMemorandum(RecordRegister[K, V]):
    """Register whose records belong to memoranda, which the rows name by district and number."""

    apart = ("number", "district", "memorandum")

    def __init__(self, context: ImportContext, memoranda: MemorandumRegister) -> None:
        super().__init__(context)
        self._memoranda = memoranda

    def statement(self) -> Select[*tuple[Any, ...]]:
        """Query of all records, with the numbers of their memoranda."""
        query = (
            super()
            .statement()
            .add_columns(Memorandum.district_soato, Memorandum.number.label("memorandum_number"))
            .add_columns(Memorandum.number_key.label("memorandum_key"))
        )
        return query.join(Memorandum, Memorandum.id == self.model.memorandum_id)  # type: ignore[attr-defined]

    def rows(self, connection: Connection, scope: ImportScope) -> Iterable[Row[*tuple[Any, ...]]]:
        """Records that the rows show, and those of the memoranda that they name."""
        yield from self.rows_by_id(connection, scope.record_ids(self.sheet.code))
        for district, keys in scope.numbers((self.sheet.code, "memorandum")).items():
            statement = self.current().where(Memorandum.district_soato == district)
            yield from rows_where(connection, statement, Memorandum.number_key, keys)

    def take(self, connection: Connection, rows: Iterable[Row[*tuple[Any, ...]]]) -> None:
        """Add rows, and their memoranda."""
        found = list(rows)
        ids = {row.memorandum_id for row in found} - self._memoranda.stored.keys()
        self._memoranda.take(connection, self._memoranda.rows_by_id(connection, ids))
        super().take(connection, found)

    def memorandum_of(self, row: ReadRow) -> Key:
        """Key of the memorandum that a row names. Raises :class:`CellError` where there is none."""
        key = (str(row.get("district")), number_key(row.get("memorandum")))
        self._memoranda.check_known(row, key)
        return key


def _names(cell: str, organisations: int) -> list[str]:
    """Names in a cell, which is split only where the row has several organisations."""
    if organisations == 1:
        return [cell] if cell else []
    for separator in (r"[;\n]", r"[;\n,]"):
        names = [tidy(name) for name in re.split(separator, cell) if tidy(name)]
        if len(names) == organisations:
            return names
    return [cell] if cell else []
