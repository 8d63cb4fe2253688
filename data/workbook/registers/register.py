"""What the registers share: a row is judged by its natural key, and what the database lacks of it is written."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import Connection

from data.schema.base import Base
from data.workbook import faults
from data.workbook.declaration import Sheet
from data.workbook.faults import CellError
from data.workbook.ledger import Action, Ledger
from data.workbook.memoranda import MemorandumJudge
from data.workbook.planning import ReadRow, Verdict
from data.workbook.records import Key, Known, Standing, same_values
from data.workbook.stored import audited

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class Scene:
    """What rows are judged against."""

    standing: Standing
    memoranda: MemorandumJudge
    today: date

    def check_ngo(self, stir: str, *, column_code: str) -> None:
        """Raise :class:`CellError` unless the NGO is known, to the database or to the sheet of memoranda."""
        if stir not in self.standing.ngo_ids and stir not in self.memoranda.new_ngos:
            raise CellError(faults.UNKNOWN_NGO, column_code=column_code, stir=stir)

    def check_past(self, row: ReadRow, *codes: str) -> None:
        """Raise :class:`CellError` where one of the dates is yet to come."""
        for code in codes:
            if row.get(code) is not None and row.get(code) > self.today:
                raise CellError(faults.IN_FUTURE, column_code=code)


@dataclass
class Plan(Generic[K, V]):
    """A record as the workbook has it; ``number`` is as written, empty where the sheet has none."""

    key: K
    number: str
    values: V
    row: int
    known: Known[V] | None


class Register(ABC, Generic[K, V]):
    """Judges the rows of one sheet one after the other; ``plans`` grows with those accepted."""

    sheet: ClassVar[Sheet]
    key_column: ClassVar[str]

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.known: dict[K, Known[V]] = {}
        self.plans: dict[K, Plan[K, V]] = {}

    @abstractmethod
    def load(self, connection: Connection, districts: Collection[str]) -> None:
        """Fill ``known`` with what stands in the districts that the sheet names."""

    @abstractmethod
    def key_of(self, row: ReadRow) -> K:
        """The natural key of the row. Raises :class:`CellError`."""

    @abstractmethod
    def values_of(self, row: ReadRow, base: V | None) -> V:
        """What the row says; columns that are not there keep what is known (``base``). Raises :class:`CellError`."""

    @abstractmethod
    def write(self, ledger: Ledger) -> None:
        """Write what the database lacks, with an audit entry a record."""

    def united(self, first: V, second: V) -> V | None:
        """What two rows with one key say together, or None where they contradict each other."""
        return first if same_values(first, second) else None

    def lacks(self, known: Known[V] | None, values: V) -> bool:
        """Whether the database lacks anything of the values."""
        return known is None or not same_values(known.values, values)

    def mahallas(self) -> Iterator[tuple[Key, str]]:
        """Key and name of each mahalla that accepted rows name."""
        yield from ()

    def to_write(self) -> list[Plan[K, V]]:
        """The plans of which the database lacks something."""
        return [plan for plan in self.plans.values() if self.lacks(plan.known, plan.values)]

    def __call__(self, row: ReadRow) -> Verdict:
        """Accept the row, or call it a repeat. Raises :class:`CellError` with the column at fault."""
        key = self.key_of(row)
        known, earlier = self.known.get(key), self.plans.get(key)
        values = self.values_of(row, known.values if known else None)
        if earlier is not None:
            return self._add(earlier, values)
        self.plans[key] = Plan(key, row.get("number", ""), values, row.number, known)
        if not self.lacks(known, values):
            return Verdict.DUPLICATE
        if known is not None:
            row.warn(faults.CORRECTED)
        return Verdict.ACCEPTED

    def _add(self, earlier: Plan[K, V], values: V) -> Verdict:
        united = self.united(earlier.values, values)
        if united is None:
            raise CellError(faults.REPEATED_ROW, column_code=self.key_column, row=earlier.row)
        if same_values(earlier.values, united):
            return Verdict.DUPLICATE
        earlier.values = united
        return Verdict.ACCEPTED


class RecordRegister(Register[K, V]):
    """A register whose records are rows with ids of one table."""

    model: ClassVar[type[Base]]

    @abstractmethod
    def key_columns(self, plan: Plan[K, V]) -> Mapping[str, Any]:
        """Columns of a new record by which it is known."""

    @abstractmethod
    def value_columns(self, plan: Plan[K, V]) -> Mapping[str, Any]:
        """The other columns of a record."""

    def written(self, ledger: Ledger, plans: Sequence[tuple[Plan[K, V], int]]) -> None:  # noqa: B027 - most have none
        """Do what follows from records being written, given with their ids."""

    def write(self, ledger: Ledger) -> None:
        """Add new records; bring known ones to what the workbook says."""
        plans = self.to_write()
        added = [plan for plan in plans if plan.known is None]
        ids = ledger.insert(self.model, [{**self.key_columns(plan), **self.value_columns(plan)} for plan in added])
        corrected = [(plan, plan.known) for plan in plans if plan.known is not None]
        ledger.update(self.model, [{"key": known.id, **self.value_columns(plan)} for plan, known in corrected])
        by_plan = [*zip(added, ids, strict=True), *((plan, known.id) for plan, known in corrected)]
        self.written(ledger, by_plan)
        entity = self.model.__tablename__
        entries = [(new_id, None, audited(plan.values)) for plan, new_id in by_plan if plan.known is None]
        ledger.record(Action.ADDED, entity, entries)
        changes = [(known.id, audited(known.values), audited(plan.values)) for plan, known in corrected]
        ledger.record(Action.CORRECTED, entity, changes)
