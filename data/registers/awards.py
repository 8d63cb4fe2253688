"""Register of awards for active part in prevention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.codes import AwardGround, AwardKind, AwardRecipient
from data.language import N_, Wording
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.register import Known, NumberedRegister
from data.registers.shared import DATE_NOTE, DISTRICT
from data.schema import Award
from data.workbook import errors
from data.workbook.errors import CellError
from data.workbook.import_context import Key
from data.workbook.rows import ReadRow


@dataclass(frozen=True)
class AwardValues:
    """Values of an award besides its key: to an NGO (``stir``), or to a number of citizens."""

    recipient: AwardRecipient
    kind: AwardKind
    ground: AwardGround
    award_date: date
    stir: str = ""
    citizens: int | None = None
    amount_uzs: int | None = None


class AwardRegister(NumberedRegister[AwardValues]):
    """Awards given in districts, by the numbers of the records."""

    sheet = RegisterSheet(
        "awards",
        Wording("Awards"),
        Wording("Awards for active part in prevention"),
        key="number",
        date_field="award_date",
        listed=("number", "award_date", "recipient", "stir", "citizens", "kind", "ground", "amount_uzs"),
        has_documents=True,
        fields=(
            SheetField(
                "number",
                FieldKind.NUMBER,
                Wording("Award number"),
                is_required=True,
                note=N_("The district's own number of the record."),
                also=("number",),
            ),
            DISTRICT,
            SheetField("recipient", FieldKind.CHOICE, Wording("Recipient"), is_required=True, choices=AwardRecipient),
            SheetField(
                "stir",
                FieldKind.STIR,
                Wording("STIR of the NGO"),
                note=N_("Nine digits. Empty where citizens receive the award."),
                column="ngo_id",
                also=("stir",),
                shown_when=("recipient", (AwardRecipient.NGO,)),
            ),
            SheetField(
                "citizens",
                FieldKind.COUNT,
                Wording("Number of citizens"),
                note=N_("How many citizens receive the award, without names."),
                shown_when=("recipient", (AwardRecipient.CITIZENS,)),
            ),
            SheetField("kind", FieldKind.CHOICE, Wording("Kind of award"), is_required=True, choices=AwardKind),
            SheetField("ground", FieldKind.CHOICE, Wording("Ground"), is_required=True, choices=AwardGround),
            SheetField("award_date", FieldKind.DATE, Wording("Date"), is_required=True, note=DATE_NOTE),
            SheetField(
                "amount_uzs",
                FieldKind.AMOUNT,
                Wording("Amount, soʻm", "workbook supports"),
                note=N_("In whole soʻm. Empty where the award has no amount, such as a letter of thanks."),
            ),
        ),
    )
    model, values_type = Award, AwardValues

    def values_of(self, row: ReadRow, key: Key, known: Known[AwardValues] | None) -> AwardValues:
        """Values of the row: one recipient, of its kind."""
        self.context.check_past(row, "award_date")
        values = super().values_of(row, key, known)
        is_to_ngo = values.recipient is AwardRecipient.NGO
        needed, other = ("stir", "citizens") if is_to_ngo else ("citizens", "stir")
        if not getattr(values, needed):
            raise CellError(errors.REQUIRED, field_code=needed)
        if getattr(values, other):
            raise CellError(errors.OTHER_RECIPIENT, field_code=other)
        if is_to_ngo:
            self.context.ngos.check([values.stir], field_code="stir")
        return values
