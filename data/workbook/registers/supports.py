"""Register of support given to NGOs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.codes import SupportKind
from data.language import N_, Wording
from data.schema import Support
from data.workbook.declaration import FieldKind, RegisterSheet, SheetField
from data.workbook.import_context import Key
from data.workbook.registers.register import Known, NumberedRegister
from data.workbook.registers.shared import DATE_NOTE, DISTRICT, NGO_STIR, PRIVATE_NOTE
from data.workbook.rows import ReadRow


@dataclass(frozen=True)
class SupportValues:
    """Values of a support besides its key; ``amount_uzs`` is None where it has no amount."""

    stir: str
    kind: SupportKind
    support_date: date
    amount_uzs: int | None = None
    source: str = ""


class SupportRegister(NumberedRegister[SupportValues]):
    """Support given in districts, by the numbers of the records."""

    sheet = RegisterSheet(
        "supports",
        Wording("Support"),
        Wording("Support given to NGOs"),
        key="number",
        fields=(
            SheetField(
                "number",
                FieldKind.NUMBER,
                Wording("Support number"),
                is_required=True,
                note=N_("The district's own number of the record."),
                also=("number",),
            ),
            DISTRICT,
            NGO_STIR,
            SheetField("kind", FieldKind.CHOICE, Wording("Form of support"), is_required=True, choices=SupportKind),
            SheetField(
                "amount_uzs",
                FieldKind.AMOUNT,
                Wording("Amount, soʻm", "workbook supports"),
                note=N_("In whole soʻm. Empty where the support has no amount, such as a room that was lent."),
            ),
            SheetField("support_date", FieldKind.DATE, Wording("Date"), is_required=True, note=DATE_NOTE),
            SheetField("source", FieldKind.TEXT, Wording("Source"), note=PRIVATE_NOTE),
        ),
    )
    model, values_type = Support, SupportValues
    date_field = "support_date"

    def values_of(self, row: ReadRow, key: Key, known: Known[SupportValues] | None) -> SupportValues:
        """Values of the row."""
        self.context.ngos.check([row.get("stir")], field_code="stir")
        self.context.check_past(row, "support_date")
        return super().values_of(row, key, known)
