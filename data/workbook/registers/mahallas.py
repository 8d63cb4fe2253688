"""Judges the rows of the sheet of mahallas and writes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from data.schema import Mahalla
from data.texts.search_keys import search_key
from data.workbook.columns import MAHALLAS
from data.workbook.ledger import Ledger
from data.workbook.planning import ReadRow
from data.workbook.records import Key, Known, mahalla_key
from data.workbook.registers.register import Plan, RecordRegister, Scene
from data.workbook.standing import where_in


@dataclass(frozen=True)
class MahallaValues:
    """What a row says of a mahalla besides district and name: the post of its inspector."""

    post: str = ""


class MahallaRegister(RecordRegister[Key, MahallaValues]):
    """Mahallas of districts; a known one keeps its name."""

    sheet, model, key_column = MAHALLAS, Mahalla, "mahalla"

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self._names: dict[Key, str] = {}

    def load(self, connection: Connection, districts: Collection[str]) -> None:
        """Fill ``known``."""
        statement = select(Mahalla.id, Mahalla.district_soato, Mahalla.name, Mahalla.post)
        for row in where_in(connection, statement, Mahalla.district_soato.expression, districts):
            self.known[row.district_soato, mahalla_key(row.name)] = Known(row.id, MahallaValues(row.post))

    def key_of(self, row: ReadRow) -> Key:
        """District and folded name."""
        key = (str(row.get("district")), mahalla_key(row.get("mahalla")))
        self._names.setdefault(key, row.get("mahalla"))
        return key

    def values_of(self, row: ReadRow, base: MahallaValues | None) -> MahallaValues:
        """What the row says."""
        return MahallaValues(post=row.get("post", base.post if base else ""))

    def key_columns(self, plan: Plan[Key, MahallaValues]) -> Mapping[str, Any]:
        """District and name."""
        name = self._names[plan.key]
        return {"district_soato": plan.key[0], "name": name, "name_key": search_key(name)}

    def value_columns(self, plan: Plan[Key, MahallaValues]) -> Mapping[str, Any]:
        """The other column."""
        return {"post": plan.values.post}

    def written(self, ledger: Ledger, plans: Sequence[tuple[Plan[Key, MahallaValues], int]]) -> None:  # noqa: ARG002
        """Let the other sheets know the ids."""
        self.scene.standing.mahalla_ids.update({plan.key: mahalla_id for plan, mahalla_id in plans})
