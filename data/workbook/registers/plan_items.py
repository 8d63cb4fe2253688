"""Judges the rows of the sheet of the yearly joint plan and writes them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from data.codes import Direction, EventForm
from data.schema import PlanItem
from data.workbook.columns import PLANS
from data.workbook.folding import number_key
from data.workbook.ledger import Ledger
from data.workbook.planning import ReadRow
from data.workbook.records import Key, PlanItemValues, PlanKey, mahalla_key
from data.workbook.registers.periods import year_and_month
from data.workbook.registers.register import Plan, RecordRegister, Scene


class PlanRegister(RecordRegister[PlanKey, PlanItemValues]):
    """Items of the plans of districts; events refer to them."""

    sheet, model, key_column = PLANS, PlanItem, "number"

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self._names: dict[Key, str] = {}

    def load(self, connection: Connection, districts: Collection[str]) -> None:  # noqa: ARG002 - events need them too
        """Take what stands, which is loaded for the events as well."""
        self.known = self.scene.standing.plan_items

    def key_of(self, row: ReadRow) -> PlanKey:
        """District, year and number."""
        return str(row.get("district")), year_and_month(row)[0], number_key(row.get("number"))

    def values_of(self, row: ReadRow, base: PlanItemValues | None) -> PlanItemValues:
        """What the row says."""
        stir = row.get("stir", base.stir if base else "") or ""
        if stir:
            self.scene.check_ngo(stir, column_code="stir")
        name = row.get("mahalla")
        if name:
            self._names.setdefault((str(row.get("district")), mahalla_key(name)), name)
        return PlanItemValues(
            month=year_and_month(row)[1],
            direction=Direction(row.get("direction")),
            form=EventForm(row.get("form")),
            mahalla=mahalla_key(name or "") if row.has("mahalla") else (base.mahalla if base else ""),
            stir=stir,
        )

    def mahallas(self) -> Iterator[tuple[Key, str]]:
        """Key and name of each mahalla that accepted rows name."""
        for plan in self.plans.values():
            key = (plan.key[0], plan.values.mahalla)
            if key in self._names:
                yield key, self._names[key]

    def key_columns(self, plan: Plan[PlanKey, PlanItemValues]) -> Mapping[str, Any]:
        """District, year and number."""
        return {"district_soato": plan.key[0], "year": plan.key[1], "number": plan.number}

    def value_columns(self, plan: Plan[PlanKey, PlanItemValues]) -> Mapping[str, Any]:
        """The other columns."""
        values, standing = plan.values, self.scene.standing
        return {
            "month": values.month,
            "direction_code": values.direction.value,
            "form_code": values.form.value,
            "mahalla_id": standing.mahalla_ids[plan.key[0], values.mahalla] if values.mahalla else None,
            "responsible_ngo_id": standing.ngo_ids[values.stir] if values.stir else None,
        }

    def written(self, ledger: Ledger, plans: Sequence[tuple[Plan[PlanKey, PlanItemValues], int]]) -> None:  # noqa: ARG002
        """Let the events know the ids."""
        self.scene.standing.plan_item_ids.update({plan.key: item_id for plan, item_id in plans})
