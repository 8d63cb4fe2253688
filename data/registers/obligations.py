"""Register of obligations of the parties to memoranda."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from data.codes import Party
from data.language import N_, Wording
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.memoranda import PartOfMemorandum
from data.registers.register import Known, Record
from data.registers.shared import DATE_NOTE, DISTRICT, DONE_DATE_NOTE, MEMORANDUM_NUMBER, PRIVATE_NOTE
from data.schema import Obligation
from data.workbook.cells.text_matching import number_key
from data.workbook.rows import ReadRow

ObligationKey = tuple[str, str, str]
"""District (SOATO), folded number of the memorandum, folded number of the obligation."""


@dataclass(frozen=True)
class ObligationValues:
    """Values of an obligation besides its key."""

    party: Party
    text: str
    due_date: date
    fulfilled_date: date | None = None
    evidence: str = ""


class ObligationRegister(PartOfMemorandum[ObligationKey, ObligationValues]):
    """Obligations of memoranda in the database or in the same workbook."""

    sheet = RegisterSheet(
        "obligations",
        Wording("Obligations"),
        Wording("Obligations of the parties to memoranda"),
        key="number",
        name_field="text",
        date_field="due_date",
        listed=("memorandum", "number", "party", "text", "due_date", "fulfilled_date"),
        has_documents=True,
        fields=(
            SheetField(
                "number",
                FieldKind.NUMBER,
                Wording("Obligation number"),
                is_required=True,
                note=N_("The number of the obligation in its memorandum."),
                also=("number",),
            ),
            DISTRICT,
            SheetField(
                "memorandum",
                FieldKind.NUMBER,
                MEMORANDUM_NUMBER,
                is_required=True,
                note=N_("The number of a memorandum of the same district."),
                also=("memorandum_number",),
                refers_to="memoranda",
            ),
            SheetField(
                "party", FieldKind.CHOICE, Wording("Party", "workbook obligations"), is_required=True, choices=Party
            ),
            SheetField(
                "text",
                FieldKind.TEXT,
                Wording("Obligation", "workbook obligations"),
                is_required=True,
                note=PRIVATE_NOTE,
                is_long=True,
            ),
            SheetField("due_date", FieldKind.DATE, Wording("Due"), is_required=True, note=DATE_NOTE),
            SheetField("fulfilled_date", FieldKind.DATE, Wording("Fulfilled on"), note=DONE_DATE_NOTE),
            SheetField(
                "evidence", FieldKind.TEXT, Wording("Evidence", "workbook obligations"), note=PRIVATE_NOTE, is_long=True
            ),
        ),
    )
    model, values_type = Obligation, ObligationValues

    def stored_key(self, row: Row[*tuple[Any, ...]]) -> ObligationKey:
        """District, memorandum and number; without a number, the id with a space, which no folded number contains."""
        return row.district_soato, row.memorandum_key, row.number_key or f"id {row.id}"

    def key_of(self, row: ReadRow) -> ObligationKey:
        """Key of an obligation, whose memorandum must exist."""
        memorandum = self.memorandum_of(row)
        return (*memorandum, number_key(row.get("number")))

    def values_of(self, row: ReadRow, key: ObligationKey, known: Known[ObligationValues] | None) -> ObligationValues:
        """Values of the row."""
        self.context.check_past(row, "fulfilled_date")
        return super().values_of(row, key, known)

    def key_columns(self, record: Record[ObligationKey, ObligationValues]) -> Mapping[str, Any]:
        """Memorandum and number."""
        memorandum_id = self._memoranda.ids[record.key[:2]]
        return {"memorandum_id": memorandum_id, "number": record.name, "number_key": record.key[2]}
