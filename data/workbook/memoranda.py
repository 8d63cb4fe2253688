"""Judges the rows of the sheet of memoranda and plans what is to be written of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from data.codes import Direction, SupportKind
from data.texts.search_keys import search_key, tidy
from data.workbook import faults
from data.workbook.dates import Term
from data.workbook.faults import CellError
from data.workbook.folding import loose, number_key
from data.workbook.planning import ReadRow, Verdict
from data.workbook.records import (
    Key,
    KnownMemorandum,
    MemorandumValues,
    NewNgo,
    Standing,
    plain_codes,
    same_values,
)


@dataclass
class MemorandumPlan:
    """A memorandum as the workbook has it; ``stirs`` are the NGOs that the workbook names."""

    key: Key
    number: str
    values: MemorandumValues
    row: int
    known: KnownMemorandum | None
    stirs: set[str] = field(default_factory=set)

    @property
    def is_to_write(self) -> bool:
        """Whether the database lacks anything of it."""
        if self.known is None:
            return True
        return not same_values(self.known.values, self.values) or not self.stirs <= self.known.stirs


class MemorandumJudge:
    """Judges rows one after the other; ``plans`` and ``new_ngos`` grow with those accepted."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self.plans: dict[Key, MemorandumPlan] = {}
        self.new_ngos: dict[str, NewNgo] = {}

    def __call__(self, row: ReadRow) -> Verdict:
        """Accept the row, or call it a repeat. Raises :class:`CellError` with the column at fault."""
        key = (str(row.get("district")), number_key(row.get("number")))
        known = self._standing.memoranda.get(key)
        values = _values(row, known)
        new_ngos = self._name_ngos(row)
        stirs = set(row.get("stirs"))
        plan = self.plans.get(key)
        if plan is None:
            plan = MemorandumPlan(key, row.get("number"), values, row.number, known, stirs)
            self.plans[key] = plan
            if not plan.is_to_write:
                return Verdict.DUPLICATE
            if known is not None:
                row.warn(faults.CORRECTED)
        elif not same_values(plan.values, values):
            raise CellError(faults.REPEATED_KEY, column_code="number", row=plan.row)
        elif stirs <= plan.stirs | (known.stirs if known else frozenset()):
            return Verdict.DUPLICATE
        plan.stirs |= stirs
        self.new_ngos |= new_ngos
        return Verdict.ACCEPTED

    def _name_ngos(self, row: ReadRow) -> dict[str, NewNgo]:
        """The NGOs of the row that are not known yet, named by the row."""
        stirs: tuple[str, ...] = row.get("stirs")
        names = _names(row.get("ngo_name", ""), len(stirs))
        unknown = [stir for stir in stirs if stir not in self._standing.ngo_ids and stir not in self.new_ngos]
        if unknown and not names:
            raise CellError(
                faults.NEEDS_NAME, column_code="ngo_name" if row.has("ngo_name") else "stirs", stir=unknown[0]
            )
        if unknown and len(names) != len(stirs):
            raise CellError(faults.NAME_FOR_SEVERAL, column_code="ngo_name", stirs=", ".join(unknown))
        for stir, name in zip(stirs, names, strict=False):
            known = self._standing.ngo_names.get(stir) or (self.new_ngos[stir].name if stir in self.new_ngos else name)
            if len(names) == len(stirs) and loose(search_key(known)) != loose(search_key(name)):
                row.warn(faults.NAME_DIFFERS, stir=stir)
        by_stir = dict(zip(stirs, names, strict=False))
        return {stir: NewNgo(stir, by_stir[stir], row.get("district")) for stir in unknown}


def _names(cell: str, organisations: int) -> list[str]:
    """The names in a cell; it is split only where the row has several organisations."""
    if organisations == 1:
        return [cell] if cell else []
    for separator in (r"[;\n]", r"[;\n,]"):
        names = [tidy(name) for name in re.split(separator, cell) if tidy(name)]
        if len(names) == organisations:
            return names
    return [cell] if cell else []


def _values(row: ReadRow, known: KnownMemorandum | None) -> MemorandumValues:
    """What the row says; columns that are not there keep what is known."""
    base = known.values if known else MemorandumValues()
    expiry = row.get("expiry", base.expiry_date)
    values = replace(
        base,
        title=row.get("title", base.title),
        signed_date=row.get("signed_date", base.signed_date),
        start_date=row.get("start_date", base.start_date),
        expiry_date=None if isinstance(expiry, Term) else expiry,
    )
    if row.has("directions"):
        values = replace(values, directions=tuple(map(Direction, plain_codes(row.get("directions")))))
    if row.has("supports"):
        values = replace(values, supports=tuple(map(SupportKind, plain_codes(row.get("supports")))))
    return _dated(row, values, expiry if isinstance(expiry, Term) else None)


def _dated(row: ReadRow, values: MemorandumValues, term: Term | None) -> MemorandumValues:
    """The values with their dates made whole and checked against each other."""
    if values.start_date is None and values.signed_date is not None:
        row.warn(faults.START_ASSUMED)
        values = replace(values, start_date=values.signed_date)
    if values.start_date and values.signed_date and values.signed_date > values.start_date:
        row.warn(faults.SIGNED_AFTER_START)
    if term is not None:
        if values.start_date is None:
            raise CellError(faults.REQUIRED, column_code="start_date" if row.has("start_date") else "expiry")
        values = replace(values, expiry_date=term.after(values.start_date))
    if values.expiry_date and values.start_date and values.expiry_date < values.start_date:
        raise CellError(faults.EXPIRY_BEFORE_START, column_code="expiry")
    if row.has("expiry") and row.is_empty("expiry"):
        row.warn(faults.NO_EXPIRY)
    return values
