"""Judges the rows of the sheet of trainings and writes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from data.codes import TrainingAudience
from data.schema import Mahalla, Ngo, Training, TrainingMahalla, TrainingNgo
from data.workbook import faults
from data.workbook.columns import TRAININGS
from data.workbook.faults import CellError
from data.workbook.folding import number_key
from data.workbook.ledger import Ledger
from data.workbook.planning import ReadRow
from data.workbook.records import Key, Known, mahalla_key, same_values
from data.workbook.registers.register import Plan, RecordRegister, Scene
from data.workbook.standing import where_in


@dataclass(frozen=True)
class TrainingValues:
    """What a row says of a training besides its key, with the keys of mahallas and the NGOs that took part."""

    audience: TrainingAudience
    topic: str
    training_date: date
    hours: int
    people: int
    mahallas: tuple[str, ...] = ()
    stirs: tuple[str, ...] = ()


def _joined(first: Collection[str], second: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted({*first, *second}))


class TrainingRegister(RecordRegister[Key, TrainingValues]):
    """Trainings of districts; rows with other participants are one training, and known participants stay."""

    sheet, model, key_column = TRAININGS, Training, "number"

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self._names: dict[Key, str] = {}

    def load(self, connection: Connection, districts: Collection[str]) -> None:
        """Fill ``known``."""
        trainings = where_in(connection, select(Training.__table__), Training.district_soato.expression, districts)
        rows = {row.id: row for row in trainings}
        mahallas: dict[int, list[str]] = defaultdict(list)
        stirs: dict[int, list[str]] = defaultdict(list)
        named = select(TrainingMahalla.training_id, Mahalla.name).join(Mahalla)
        for training_id, name in where_in(connection, named, TrainingMahalla.training_id.expression, rows):
            mahallas[training_id].append(mahalla_key(name))
        numbered = select(TrainingNgo.training_id, Ngo.stir).join(Ngo)
        for training_id, stir in where_in(connection, numbered, TrainingNgo.training_id.expression, rows):
            stirs[training_id].append(stir)
        for row in rows.values():
            values = TrainingValues(
                audience=TrainingAudience(row.audience_code),
                topic=row.topic,
                training_date=row.training_date,
                hours=row.hours,
                people=row.people,
                mahallas=_joined(mahallas[row.id], ()),
                stirs=_joined(stirs[row.id], ()),
            )
            self.known[row.district_soato, number_key(row.number)] = Known(row.id, values)

    def key_of(self, row: ReadRow) -> Key:
        """District and number."""
        return str(row.get("district")), number_key(row.get("number"))

    def values_of(self, row: ReadRow, base: TrainingValues | None) -> TrainingValues:
        """What the row says; participants that are known already stay."""
        self.scene.check_past(row, "training_date")
        for code in ("hours", "people"):
            if row.get(code) < 1:
                raise CellError(faults.NOT_ABOVE_ZERO, column_code=code)
        for stir in row.get("stirs", ()):
            self.scene.check_ngo(stir, column_code="stirs")
        names = {mahalla_key(name): name for name in row.get("mahallas", ())}
        for key, name in names.items():
            self._names.setdefault((str(row.get("district")), key), name)
        return TrainingValues(
            audience=TrainingAudience(row.get("audience")),
            topic=row.get("topic"),
            training_date=row.get("training_date"),
            hours=row.get("hours"),
            people=row.get("people"),
            mahallas=_joined(names, base.mahallas if base else ()),
            stirs=_joined(row.get("stirs", ()), base.stirs if base else ()),
        )

    def united(self, first: TrainingValues, second: TrainingValues) -> TrainingValues | None:
        """One training with the participants of both rows, unless they differ in anything else."""
        mahallas, stirs = _joined(first.mahallas, second.mahallas), _joined(first.stirs, second.stirs)
        both = [replace(values, mahallas=mahallas, stirs=stirs) for values in (first, second)]
        return both[0] if same_values(*both) else None

    def mahallas(self) -> Iterator[tuple[Key, str]]:
        """Key and name of each mahalla that accepted rows name."""
        for plan in self.plans.values():
            keys = [(plan.key[0], mahalla) for mahalla in plan.values.mahallas]
            yield from ((key, self._names[key]) for key in keys if key in self._names)

    def key_columns(self, plan: Plan[Key, TrainingValues]) -> Mapping[str, Any]:
        """District and number."""
        return {"district_soato": plan.key[0], "number": plan.number}

    def value_columns(self, plan: Plan[Key, TrainingValues]) -> Mapping[str, Any]:
        """The other columns."""
        values = plan.values
        return {
            "audience_code": values.audience.value,
            "topic": values.topic,
            "training_date": values.training_date,
            "hours": values.hours,
            "people": values.people,
        }

    def written(self, ledger: Ledger, plans: Sequence[tuple[Plan[Key, TrainingValues], int]]) -> None:
        """Add the participants that are not known yet."""
        standing = self.scene.standing
        mahallas, ngos = [], []
        for plan, training_id in plans:
            known = plan.known.values if plan.known else replace(plan.values, mahallas=(), stirs=())
            mahallas += [
                {"training_id": training_id, "mahalla_id": standing.mahalla_ids[plan.key[0], mahalla]}
                for mahalla in sorted({*plan.values.mahallas} - {*known.mahallas})
            ]
            ngos += [
                {"training_id": training_id, "ngo_id": standing.ngo_ids[stir]}
                for stir in sorted({*plan.values.stirs} - {*known.stirs})
            ]
        ledger.insert_plain(TrainingMahalla, mahallas)
        ledger.insert_plain(TrainingNgo, ngos)
