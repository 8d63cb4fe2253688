"""Judges the rows of the sheet of support given and writes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from data.codes import SupportKind
from data.schema import Ngo, Support
from data.workbook.columns import SUPPORTS
from data.workbook.folding import number_key
from data.workbook.planning import ReadRow
from data.workbook.records import Key, Known
from data.workbook.registers.register import Plan, RecordRegister
from data.workbook.standing import where_in


@dataclass(frozen=True)
class SupportValues:
    """What a row says of support besides its key; ``amount_uzs`` is None where it has no amount."""

    stir: str
    kind: SupportKind
    amount_uzs: int | None
    support_date: date
    source: str = ""


class SupportRegister(RecordRegister[Key, SupportValues]):
    """Support given in districts, by the numbers of the records."""

    sheet, model, key_column = SUPPORTS, Support, "number"

    def load(self, connection: Connection, districts: Collection[str]) -> None:
        """Fill ``known``."""
        statement = select(Support.__table__, Ngo.stir).join(Ngo, Ngo.id == Support.ngo_id)
        for row in where_in(connection, statement, Support.district_soato.expression, districts):
            kind = SupportKind(row.kind_code)
            values = SupportValues(row.stir, kind, row.amount_uzs, row.support_date, row.source)
            self.known[row.district_soato, number_key(row.number)] = Known(row.id, values)

    def key_of(self, row: ReadRow) -> Key:
        """District and number."""
        return str(row.get("district")), number_key(row.get("number"))

    def values_of(self, row: ReadRow, base: SupportValues | None) -> SupportValues:
        """What the row says."""
        self.scene.check_ngo(row.get("stir"), column_code="stir")
        self.scene.check_past(row, "support_date")
        return SupportValues(
            stir=row.get("stir"),
            kind=SupportKind(row.get("kind")),
            amount_uzs=row.get("amount", base.amount_uzs if base else None),
            support_date=row.get("support_date"),
            source=row.get("source", base.source if base else ""),
        )

    def key_columns(self, plan: Plan[Key, SupportValues]) -> Mapping[str, Any]:
        """District and number."""
        return {"district_soato": plan.key[0], "number": plan.number}

    def value_columns(self, plan: Plan[Key, SupportValues]) -> Mapping[str, Any]:
        """The other columns."""
        values = plan.values
        return {
            "ngo_id": self.scene.standing.ngo_ids[values.stir],
            "kind_code": values.kind.value,
            "amount_uzs": values.amount_uzs,
            "support_date": values.support_date,
            "source": values.source,
        }
