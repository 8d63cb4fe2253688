"""Judges the rows of the sheet of obligations and writes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from data.codes import Party
from data.schema import Memorandum, Obligation
from data.workbook import faults
from data.workbook.columns import OBLIGATIONS
from data.workbook.faults import CellError
from data.workbook.folding import number_key
from data.workbook.planning import ReadRow
from data.workbook.records import Known
from data.workbook.registers.register import Plan, RecordRegister
from data.workbook.standing import where_in

ObligationKey = tuple[str, str, str]
"""District (SOATO), folded number of the memorandum, folded number of the obligation."""


@dataclass(frozen=True)
class ObligationValues:
    """What a row says of an obligation besides its key."""

    party: Party
    text: str
    due_date: date
    fulfilled_date: date | None = None
    evidence: str = ""


class ObligationRegister(RecordRegister[ObligationKey, ObligationValues]):
    """Obligations of memoranda of the database or of the same workbook."""

    sheet, model, key_column = OBLIGATIONS, Obligation, "number"

    def load(self, connection: Connection, districts: Collection[str]) -> None:
        """Fill ``known``; obligations without a number cannot be found again and are left alone."""
        statement = (
            select(Obligation.__table__, Memorandum.district_soato, Memorandum.number.label("memorandum"))
            .join(Memorandum, Memorandum.id == Obligation.memorandum_id)
            .where(Obligation.number.is_not(None))
        )
        for row in where_in(connection, statement, Memorandum.district_soato.expression, districts):
            key = (row.district_soato, number_key(row.memorandum), number_key(row.number))
            values = ObligationValues(Party(row.party_code), row.text, row.due_date, row.fulfilled_date, row.evidence)
            self.known[key] = Known(row.id, values)

    def key_of(self, row: ReadRow) -> ObligationKey:
        """The key of an obligation of a memorandum that is known."""
        memorandum = (str(row.get("district")), number_key(row.get("memorandum")))
        if memorandum not in self.scene.memoranda.plans and memorandum not in self.scene.standing.memoranda:
            raise CellError(faults.UNKNOWN_MEMORANDUM, column_code="memorandum", number=row.get("memorandum"))
        return (*memorandum, number_key(row.get("number")))

    def values_of(self, row: ReadRow, base: ObligationValues | None) -> ObligationValues:
        """What the row says."""
        self.scene.check_past(row, "fulfilled_date")
        return ObligationValues(
            party=Party(row.get("party")),
            text=row.get("text"),
            due_date=row.get("due_date"),
            fulfilled_date=row.get("fulfilled_date", base.fulfilled_date if base else None),
            evidence=row.get("evidence", base.evidence if base else ""),
        )

    def key_columns(self, plan: Plan[ObligationKey, ObligationValues]) -> Mapping[str, Any]:
        """Memorandum and number."""
        return {"memorandum_id": self.scene.standing.memorandum_ids[plan.key[:2]], "number": plan.number}

    def value_columns(self, plan: Plan[ObligationKey, ObligationValues]) -> Mapping[str, Any]:
        """The other columns."""
        values = plan.values
        return {
            "party_code": values.party.value,
            "text": values.text,
            "due_date": values.due_date,
            "fulfilled_date": values.fulfilled_date,
            "evidence": values.evidence,
        }
