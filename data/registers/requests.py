"""Register of information requests between the sides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from data.codes import Party, RequestKind
from data.dates.working_days import WorkCalendar, answer_due, load_work_calendar
from data.language import N_, Wording
from data.policy import Action
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.register import Known, NumberedRegister
from data.registers.shared import DATE_NOTE, DISTRICT, DONE_DATE_NOTE, NGO_STIR
from data.schema import InformationRequest
from data.workbook import errors
from data.workbook.errors import CellError
from data.workbook.import_context import Key
from data.workbook.import_scope import ImportScope
from data.workbook.rows import ReadRow


@dataclass(frozen=True)
class RequestValues:
    """Values of a request besides its key."""

    stir: str
    asked_by: Party
    kind: RequestKind
    topic: str
    sent_date: date
    due_date: date
    answered_date: date | None = None
    purpose: str = ""
    answer: str = ""


class RequestRegister(NumberedRegister[RequestValues]):
    """Information requests of districts, by their numbers."""

    sheet = RegisterSheet(
        "requests",
        Wording("Requests"),
        Wording("Information requests"),
        key="number",
        name_field="topic",
        date_field="sent_date",
        listed=("number", "sent_date", "stir", "asked_by", "kind", "topic", "due_date", "answered_date"),
        has_documents=True,
        also_written_by=(Action.ASK_INFORMATION, Action.ANSWER_REQUEST),
        fields=(
            SheetField(
                "number",
                FieldKind.NUMBER,
                Wording("Request number"),
                is_required=True,
                note=N_("The district's own number of the request."),
                also=("number",),
            ),
            DISTRICT,
            NGO_STIR,
            SheetField(
                "asked_by",
                FieldKind.CHOICE,
                Wording("Asked by"),
                is_required=True,
                choices=Party,
                note=N_("The side that asks; the other one owes the answer."),
            ),
            SheetField("kind", FieldKind.CHOICE, Wording("Kind of request"), is_required=True, choices=RequestKind),
            SheetField(
                "topic",
                FieldKind.TEXT,
                Wording("Topic"),
                is_required=True,
                note=N_("What is asked, without data on persons: never about a named person."),
                is_long=True,
            ),
            SheetField(
                "purpose",
                FieldKind.TEXT,
                Wording("What it is for"),
                note=N_("What the information is needed for, without data on persons."),
                is_long=True,
            ),
            SheetField(
                "sent_date", FieldKind.DATE, Wording("Sent", "workbook requests"), is_required=True, note=DATE_NOTE
            ),
            SheetField(
                "due_date",
                FieldKind.DATE,
                Wording("Answer due"),
                note=N_("A date; left empty, ten working days after the request was sent."),
            ),
            SheetField("answered_date", FieldKind.DATE, Wording("Answered"), note=DONE_DATE_NOTE),
            SheetField(
                "answer",
                FieldKind.TEXT,
                Wording("Answer text"),
                note=N_("What was answered, without data on persons; empty where the answer is a document."),
                is_long=True,
            ),
        ),
    )
    model, values_type = InformationRequest, RequestValues
    # The day is set and not typed where one asks.
    existence_field = "district"
    calendar = WorkCalendar()

    def load(self, connection: Connection, scope: ImportScope) -> None:
        """Also load the calendar by which deadlines are counted."""
        super().load(connection, scope)
        if scope.has("requests"):
            self.calendar = load_work_calendar(connection)

    def values_of(self, row: ReadRow, key: Key, known: Known[RequestValues] | None) -> RequestValues:  # noqa: ARG002
        """Values of the row; without a deadline, the one that the method sets."""
        self.context.ngos.check([row.get("stir")], field_code="stir")
        self.context.check_past(row, "sent_date", "answered_date")
        base, sent_date = known.values if known else None, row.get("sent_date")
        due_date = row.get("due_date", base.due_date if base else None) or answer_due(sent_date, self.calendar)
        values = self.read(row, base, due_date=due_date)
        if due_date < sent_date:
            raise CellError(errors.DUE_BEFORE_SENT, field_code="due_date" if row.has("due_date") else "sent_date")
        if values.answered_date is not None and values.answered_date < sent_date:
            code = "answered_date" if row.has("answered_date") else "sent_date"
            raise CellError(errors.ANSWERED_BEFORE_SENT, field_code=code)
        if values.answer and values.answered_date is None:
            raise CellError(
                errors.ANSWER_WITHOUT_DAY, field_code="answered_date" if row.has("answered_date") else "answer"
            )
        return values
