"""Records of registers as they are read: one with its history and what refers to it, or a page of a list."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, and_, exists, false, func, or_, select, true

from data.database.engine import WITH_WITHDRAWN
from data.dates.period import Period
from data.indicators.counted import CountedRows
from data.policy import Action, Actor, Scope
from data.registers.declaration import FieldKind
from data.registers.entry import NoRecordError, register_sheet, texts_of
from data.registers.register import RecordRegister
from data.registers.registry import make_registers
from data.schema import (
    AuditEntry,
    Award,
    Holiday,
    InformationRequest,
    Inhabitants,
    JointEvent,
    JointEventNgo,
    Mahalla,
    MahallaFormerName,
    Memorandum,
    MemorandumAmendment,
    MemorandumNgo,
    Ngo,
    NgoFormerName,
    Obligation,
    OffenceMonth,
    PlanItem,
    Support,
    Target,
    Training,
    TrainingMahalla,
    TrainingNgo,
)
from data.schema.base import Base
from data.workbook.cells.places import PlaceIndex
from data.workbook.database import rows_where
from data.workbook.import_context import ImportContext
from queries.indicators.records import counted_conditions
from queries.row_filter import RowFilter, permitted_rows

MODELS: Mapping[str, type[Any]] = {
    "memoranda": Memorandum,
    "amendments": MemorandumAmendment,
    "obligations": Obligation,
    "plans": PlanItem,
    "events": JointEvent,
    "requests": InformationRequest,
    "supports": Support,
    "trainings": Training,
    "awards": Award,
    "mahallas": Mahalla,
    "ngos": Ngo,
    "inhabitants": Inhabitants,
    "offences": OffenceMonth,
    "targets": Target,
    "holidays": Holiday,
}
"""Tables of the registers whose records are listed and have a page: all but evaluations."""
NOTHING_MORE: Mapping[str, str] = {}
OF_EVERYONE = frozenset({"holidays"})
"""Registers of the whole country, read by everyone who reads any records."""


@dataclass(frozen=True, kw_only=True)
class StoredRecord:
    """Record as a page shows it.

    ``values`` are typed by field code (:meth:`RecordRegister.cells_of`), ``texts`` the same as a form holds them.
    """

    register: str
    record_id: int
    version: int
    district_soato: str
    values: Mapping[str, object]
    texts: Mapping[str, str]
    withdrawn_at: datetime | None
    withdrawn_reason: str


def find_record(connection: Connection, actor: Actor, *, register: str, record_id: int) -> StoredRecord:
    """Return a record that the actor may see, withdrawn or not. Raises ForbiddenError, NoRecordError."""
    loaded = load_records(connection, register, [record_id])
    if record_id not in loaded.stored:
        raise NoRecordError
    row, values = loaded.stored[record_id].row, loaded.cells_of(record_id)
    district = getattr(row, "district_soato", None) or ""
    region = getattr(row, "region_soato", None)
    everywhere = actor.home_scope if register in OF_EVERYONE else Scope.nation()
    scope = Scope.district(district) if district else Scope.region(region) if region else everywhere
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    model = MODELS[register]
    is_visible = select(model.id).where(model.id == record_id, visible_records(register, row_filter))
    if connection.execute(with_memorandum(register, is_visible), execution_options=WITH_WITHDRAWN).first() is None:
        raise NoRecordError
    return StoredRecord(
        register=register,
        record_id=record_id,
        version=row.version,
        district_soato=district,
        values=values,
        texts=texts_of(loaded, record_id),
        withdrawn_at=getattr(row, "withdrawn_at", None),
        withdrawn_reason=getattr(row, "withdrawn_reason", ""),
    )


@dataclass(frozen=True, kw_only=True)
class RecordPage:
    """Page of a list. ``frame``: one row a record with record_id, version, withdrawn_at and the values by field code;
    ``total``: number of records on all pages.
    """

    frame: pd.DataFrame
    total: int


def list_records(
    connection: Connection,
    actor: Actor,
    *,
    register: str,
    scope: Scope,
    period: Period | None = None,
    conditions: Sequence[ColumnElement[bool]] = (),
    only: Mapping[str, str] = NOTHING_MORE,
    counted: CountedRows | None = None,
    search: str = "",
    is_oldest_first: bool = False,
    is_withdrawn: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> RecordPage:
    """Return a page of the records of a scope, by day and the newest first, or withdrawn ones. Raises ForbiddenError.

    ``search`` is a part of a number, of the name or of an NGO's name, in any case. ``conditions`` are on the table.
    ``only``: the values that some fields must have, by code (:func:`has_value`).
    ``counted``: only those that an indicator counts in the scope; partner NGOs may be at home elsewhere.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    model, sheet = MODELS[register], register_sheet(register)
    day = getattr(model, sheet.date_field) if sheet.date_field else model.id
    is_inside = (
        (visible_records(register, row_filter),)
        if counted is None
        else counted_conditions(connection, row_filter, counted)
    )
    narrowed = (has_value(register, code, value) for code, value in only.items())
    statement = with_memorandum(register, select(model.id)).where(*is_inside, *conditions, *narrowed)
    if hasattr(model, "withdrawn_at"):
        statement = statement.where(model.withdrawn_at.is_not(None) if is_withdrawn else model.withdrawn_at.is_(None))
    if period is not None and sheet.date_field:
        statement = statement.where(day.between(period.first_day, period.last_day))
    if search.strip():
        statement = statement.where(_matches(model, sheet.name_field, search.strip()))
    options = WITH_WITHDRAWN
    number = select(func.count()).select_from(statement.subquery())
    total = connection.execute(number, execution_options=options).scalar_one()
    order = (day.asc(), model.id.asc()) if is_oldest_first else (day.desc().nulls_first(), model.id.desc())
    page = statement.order_by(*order).limit(limit).offset(offset)
    ids = list(connection.execute(page, execution_options=options).scalars())
    return RecordPage(frame=_frame(load_records(connection, register, ids), ids), total=total)


def _frame(loaded: RecordRegister[Any, Any], ids: Sequence[int]) -> pd.DataFrame:
    columns = ["record_id", "version", "withdrawn_at", *(field.code for field in loaded.sheet.fields)]
    rows = [
        {
            "record_id": record_id,
            "version": loaded.stored[record_id].row.version,
            "withdrawn_at": getattr(loaded.stored[record_id].row, "withdrawn_at", None),
            **loaded.cells_of(record_id),
        }
        for record_id in ids
    ]
    return pd.DataFrame(rows, columns=columns)


def _matches(model: type[Any], name_field: str, search: str) -> ColumnElement[bool]:
    """Return a condition: the number, the name or the name of an NGO of the record contains the text."""
    text = f"%{search.lower()}%"
    columns = [column for name in {"number", name_field, "name"} if (column := getattr(model, name, None)) is not None]
    found = [func.lower(column).like(text) for column in columns if column.type.python_type is str]
    if model is Mahalla:
        former = func.lower(MahallaFormerName.name).like(text)
        found.append(Mahalla.id.in_(select(MahallaFormerName.mahalla_id).where(former)))
    of_former = select(NgoFormerName.ngo_id).where(func.lower(NgoFormerName.name).like(text))
    named = select(Ngo.id).where(or_(func.lower(Ngo.name).like(text), Ngo.id.in_(of_former)))
    if model is Ngo:
        found.append(Ngo.id.in_(of_former))
    if hasattr(model, "ngo_id"):
        found.append(model.ngo_id.in_(named))
    for link in (JointEventNgo.event_id, MemorandumNgo.memorandum_id):
        if link.class_.__tablename__.startswith(f"{model.__tablename__}_"):
            found.append(model.id.in_(select(link).where(link.class_.ngo_id.in_(named))))
    return or_(*found) if found else true()


def has_value(register: str, code: str, value: str) -> ColumnElement[bool]:
    """Return a condition on the table of a register: a field has a code, or names an NGO or mahalla by its id."""
    model, field = MODELS[register], register_sheet(register).field(code)
    if field.kind is FieldKind.STIRS:
        return exists().where(TrainingNgo.training_id == Training.id, TrainingNgo.ngo_id == int(value))
    if field.kind is FieldKind.NAMES:
        return exists().where(TrainingMahalla.training_id == Training.id, TrainingMahalla.mahalla_id == int(value))
    found: ColumnElement[bool] = (
        model.ngo_id == int(value) if field.kind is FieldKind.STIR else getattr(model, field.stored_as) == value
    )
    return found


def visible_records(register: str, row_filter: RowFilter) -> ColumnElement[bool]:
    """Return a condition on the table of a register: the rows that the filter allows; to an NGO, its own."""
    model = MODELS[register]
    if register in {"memoranda", "amendments", "obligations"}:
        return row_filter.memoranda()
    if register == "events":
        return row_filter.events()
    if register == "plans":
        return row_filter.plan_items()
    if register in OF_EVERYONE:
        return true()
    area = row_filter.districts(model.district_soato)
    if register == "targets" and row_filter.region_soato is not None:
        # A region has targets of its own beside those of its districts.
        area = Target.region_soato == row_filter.region_soato
    return area if row_filter.ngo_id is None else and_(area, _is_of_ngo(register, row_filter.ngo_id))


def _is_of_ngo(register: str, ngo_id: int) -> ColumnElement[bool]:
    if register == "trainings":
        return exists().where(TrainingNgo.training_id == Training.id, TrainingNgo.ngo_id == ngo_id)
    owner = Ngo.id if register == "ngos" else getattr(MODELS[register], "ngo_id", None)
    own: ColumnElement[bool] = false() if owner is None else owner == ngo_id
    return own


def with_memorandum(register: str, statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    model = MODELS[register]
    if register in {"amendments", "obligations"}:
        return statement.join(Memorandum, Memorandum.id == model.memorandum_id)
    return statement


def load_records(connection: Connection, register: str, ids: Collection[int]) -> RecordRegister[Any, Any]:
    """Return the register with the given records loaded, withdrawn ones too."""
    context = ImportContext(PlaceIndex(()), date.min)
    context.ngos.load(connection)
    loaded = next(entry for entry in make_registers(context)[1] if entry.sheet.code == register)
    loaded.take(connection, rows_where(connection, loaded.statement(), loaded.model.id, ids))  # type: ignore[attr-defined]
    return loaded


def history(connection: Connection, record: StoredRecord) -> pd.DataFrame:
    """Return one row a change of a record that was found, the newest first.

    Columns: at (UTC), actor (login, or text for the command line), action_code, before, after (dicts by field or
    None), reason.
    """
    table: type[Base] = MODELS[record.register]
    columns = (
        AuditEntry.at,
        AuditEntry.actor,
        AuditEntry.action_code,
        AuditEntry.before,
        AuditEntry.after,
        AuditEntry.reason,
    )
    of_record = (AuditEntry.entity == table.__tablename__, AuditEntry.entity_id == str(record.record_id))
    rows = connection.execute(select(*columns).where(*of_record).order_by(AuditEntry.id.desc()))
    return pd.DataFrame([tuple(row) for row in rows], columns=[column.key for column in columns])
