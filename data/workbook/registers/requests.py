"""Judges the rows of the sheet of information requests and writes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from data.codes import Party, RequestKind
from data.dates.working_days import answer_due
from data.schema import InformationRequest, Ngo
from data.workbook import faults
from data.workbook.columns import REQUESTS
from data.workbook.faults import CellError
from data.workbook.folding import number_key
from data.workbook.planning import ReadRow
from data.workbook.records import Key, Known
from data.workbook.registers.register import Plan, RecordRegister
from data.workbook.standing import where_in


@dataclass(frozen=True)
class RequestValues:
    """What a row says of a request besides its key."""

    stir: str
    asked_by: Party
    kind: RequestKind
    topic: str
    sent_date: date
    due_date: date
    answered_date: date | None = None


class RequestRegister(RecordRegister[Key, RequestValues]):
    """Information requests of districts, by their numbers."""

    sheet, model, key_column = REQUESTS, InformationRequest, "number"

    def load(self, connection: Connection, districts: Collection[str]) -> None:
        """Fill ``known``."""
        statement = select(InformationRequest.__table__, Ngo.stir).join(Ngo, Ngo.id == InformationRequest.ngo_id)
        for row in where_in(connection, statement, InformationRequest.district_soato.expression, districts):
            values = RequestValues(
                stir=row.stir,
                asked_by=Party(row.asked_by_code),
                kind=RequestKind(row.kind_code),
                topic=row.topic,
                sent_date=row.sent_date,
                due_date=row.due_date,
                answered_date=row.answered_date,
            )
            self.known[row.district_soato, number_key(row.number)] = Known(row.id, values)

    def key_of(self, row: ReadRow) -> Key:
        """District and number."""
        return str(row.get("district")), number_key(row.get("number"))

    def values_of(self, row: ReadRow, base: RequestValues | None) -> RequestValues:
        """What the row says; without a deadline, the one that the method sets."""
        self.scene.check_ngo(row.get("stir"), column_code="stir")
        self.scene.check_past(row, "sent_date", "answered_date")
        sent_date: date = row.get("sent_date")
        due_date = row.get("due_date", base.due_date if base else None) or answer_due(sent_date)
        answered_date = row.get("answered_date", base.answered_date if base else None)
        if due_date < sent_date:
            raise CellError(faults.DUE_BEFORE_SENT, column_code="due_date" if row.has("due_date") else "sent_date")
        if answered_date is not None and answered_date < sent_date:
            code = "answered_date" if row.has("answered_date") else "sent_date"
            raise CellError(faults.ANSWERED_BEFORE_SENT, column_code=code)
        return RequestValues(
            stir=row.get("stir"),
            asked_by=Party(row.get("asked_by")),
            kind=RequestKind(row.get("kind")),
            topic=row.get("topic"),
            sent_date=sent_date,
            due_date=due_date,
            answered_date=answered_date,
        )

    def key_columns(self, plan: Plan[Key, RequestValues]) -> Mapping[str, Any]:
        """District and number."""
        return {"district_soato": plan.key[0], "number": plan.number}

    def value_columns(self, plan: Plan[Key, RequestValues]) -> Mapping[str, Any]:
        """The other columns."""
        values = plan.values
        return {
            "ngo_id": self.scene.standing.ngo_ids[values.stir],
            "asked_by_code": values.asked_by.value,
            "kind_code": values.kind.value,
            "topic": values.topic,
            "sent_date": values.sent_date,
            "due_date": values.due_date,
            "answered_date": values.answered_date,
        }
