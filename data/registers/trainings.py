"""Register of trainings of both sides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.codes import TrainingAudience
from data.language import N_, Wording
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.register import ChildRows, Known, NumberedRegister
from data.registers.shared import DATE_NOTE, DISTRICT, PRIVATE_NOTE, STIR_NOTE
from data.schema import Training, TrainingMahalla, TrainingNgo
from data.workbook import errors
from data.workbook.errors import CellError
from data.workbook.import_context import Key
from data.workbook.rows import ReadRow


@dataclass(frozen=True)
class TrainingValues:
    """Values of a training besides its key, with the keys of mahallas and the NGOs that took part."""

    audience: TrainingAudience
    topic: str
    training_date: date
    hours: int
    people: int
    mahallas: tuple[str, ...] = ()
    stirs: tuple[str, ...] = ()


class TrainingRegister(NumberedRegister[TrainingValues]):
    """Trainings of districts; rows that differ only in participants are one training, and known
    participants are kept.
    """

    sheet = RegisterSheet(
        "trainings",
        Wording("Trainings"),
        Wording("Trainings of inspectors and NGO staff"),
        key="number",
        name_field="topic",
        date_field="training_date",
        listed=("number", "training_date", "audience", "topic", "hours", "people"),
        has_documents=True,
        fields=(
            SheetField(
                "number",
                FieldKind.NUMBER,
                Wording("Training number"),
                is_required=True,
                note=N_("The district's own number of the training."),
                also=("number",),
            ),
            DISTRICT,
            SheetField("audience", FieldKind.CHOICE, Wording("For whom"), is_required=True, choices=TrainingAudience),
            SheetField("topic", FieldKind.TEXT, Wording("Topic"), is_required=True, note=PRIVATE_NOTE),
            SheetField("training_date", FieldKind.DATE, Wording("Date"), is_required=True, note=DATE_NOTE),
            SheetField(
                "hours",
                FieldKind.WHOLE,
                Wording("Hours"),
                is_required=True,
                note=N_("A whole number of hours."),
                units="hours",
            ),
            SheetField(
                "people",
                FieldKind.COUNT,
                Wording("People", "workbook trainings"),
                is_required=True,
                note=N_("A whole number of people."),
            ),
            SheetField(
                "mahallas",
                FieldKind.NAMES,
                Wording("Mahallas covered"),
                note=N_("Mahallas whose inspectors took part, separated by a semicolon or a comma."),
            ),
            SheetField("stirs", FieldKind.STIRS, Wording("STIR of NGOs covered"), note=STIR_NOTE, also=("stir",)),
        ),
    )
    model, values_type = Training, TrainingValues
    children = (
        ChildRows("mahallas", TrainingMahalla.training_id, TrainingMahalla.mahalla_id, adds_up=True),
        ChildRows("stirs", TrainingNgo.training_id, TrainingNgo.ngo_id, adds_up=True),
    )

    def values_of(self, row: ReadRow, key: Key, known: Known[TrainingValues] | None) -> TrainingValues:
        """Values of the row."""
        self.context.check_past(row, "training_date")
        for code in ("hours", "people"):
            if row.get(code) < 1:
                raise CellError(errors.NOT_ABOVE_ZERO, field_code=code)
        self.context.ngos.check(row.get("stirs", ()), field_code="stirs")
        return super().values_of(row, key, known)
