"""Register of amendments of memoranda."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from data.language import N_, Wording
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.memoranda import PartOfMemorandum
from data.registers.register import Known, Record
from data.registers.shared import DATE_NOTE, DISTRICT, MEMORANDUM_NUMBER, PRIVATE_NOTE
from data.schema import MemorandumAmendment
from data.workbook import errors
from data.workbook.errors import CellError
from data.workbook.rows import ReadRow

AmendmentKey = tuple[str, str, int]
"""District (SOATO), folded number of the memorandum, number of the amendment."""


@dataclass(frozen=True)
class AmendmentValues:
    """Values of an amendment besides its key; ``expiry_date`` is None where it leaves the term as it is."""

    signed_date: date
    expiry_date: date | None = None
    text: str = ""


class AmendmentRegister(PartOfMemorandum[AmendmentKey, AmendmentValues]):
    """Numbered extensions and changes of terms; the newest expiry counts."""

    sheet = RegisterSheet(
        "amendments",
        Wording("Amendments"),
        Wording("Amendments of memoranda"),
        key="number",
        date_field="signed_date",
        listed=("memorandum", "number", "signed_date", "expiry_date", "text"),
        has_documents=True,
        fields=(
            SheetField(
                "number",
                FieldKind.WHOLE,
                Wording("Amendment number"),
                is_required=True,
                note=N_("The number of the amendment in its memorandum: 1, 2, 3."),
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
                "signed_date",
                FieldKind.DATE,
                Wording("Signed", "workbook memoranda"),
                is_required=True,
                note=DATE_NOTE,
            ),
            SheetField(
                "expiry_date",
                FieldKind.DATE,
                Wording("New expiry"),
                note=N_("A date; empty where the amendment leaves the term as it is."),
            ),
            SheetField("text", FieldKind.TEXT, Wording("What is changed"), note=PRIVATE_NOTE, is_long=True),
        ),
    )
    model, values_type = MemorandumAmendment, AmendmentValues

    def stored_key(self, row: Row[*tuple[Any, ...]]) -> AmendmentKey:
        """District, memorandum and number."""
        return row.district_soato, row.memorandum_key, row.number

    def key_of(self, row: ReadRow) -> AmendmentKey:
        """Key of an amendment, whose memorandum must exist."""
        memorandum = self.memorandum_of(row)
        if row.get("number") < 1:
            raise CellError(errors.NOT_ABOVE_ZERO, field_code="number")
        return (*memorandum, row.get("number"))

    def values_of(self, row: ReadRow, key: AmendmentKey, known: Known[AmendmentValues] | None) -> AmendmentValues:
        """Values of the row: it changes the term or says what else it changes, and was signed by today."""
        self.context.check_past(row, "signed_date")
        values = super().values_of(row, key, known)
        if values.expiry_date is None and not values.text:
            raise CellError(errors.CHANGES_NOTHING, field_code="expiry_date")
        if values.expiry_date is not None and values.expiry_date < values.signed_date:
            raise CellError(errors.EXPIRY_BEFORE_SIGNED, field_code="expiry_date")
        return values

    def key_columns(self, record: Record[AmendmentKey, AmendmentValues]) -> Mapping[str, Any]:
        """Memorandum and number."""
        return {"memorandum_id": self._memoranda.ids[record.key[:2]], "number": record.key[2]}
