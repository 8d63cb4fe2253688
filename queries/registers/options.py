"""Options of forms: NGOs, mahallas, and the records of a district that others refer to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import pandas as pd
from sqlalchemy import Connection, or_, select

from data.database.engine import WITH_WITHDRAWN
from data.policy import Action, Actor, Scope
from data.registers.entry import register_sheet
from data.schema import District, Mahalla, Memorandum, MemorandumNgo, Ngo, PlanItem
from queries.frames import read_frame
from queries.registers.access import may_write
from queries.registers.records import MODELS
from queries.row_filter import permitted_rows


@dataclass(frozen=True, kw_only=True)
class DistrictOptions:
    """What a form of a district offers.

    ``ngos``: columns ngo_id, stir, name; those at home in the region or party to a memorandum of the district, by name.
    ``mahallas``: ids by name. ``memoranda``: columns record_id, number, title. ``plan_items``: columns record_id,
    number, year, month, direction_code, form_code, mahalla ("": the whole district).
    """

    ngos: pd.DataFrame = field(default_factory=pd.DataFrame)
    mahallas: Mapping[str, int] = field(default_factory=dict)
    memoranda: pd.DataFrame = field(default_factory=pd.DataFrame)
    plan_items: pd.DataFrame = field(default_factory=pd.DataFrame)


def district_options(connection: Connection, actor: Actor, *, district_soato: str, year: int) -> DistrictOptions:
    """Return the options of a district that the actor sees in full; plan items of a year. Raises ForbiddenError."""
    permitted_rows(connection, actor, Action.SEE_RECORDS, Scope.district(district_soato))
    region = select(District.region_soato).where(District.soato == district_soato).scalar_subquery()
    near = select(District.soato).where(District.region_soato == region)
    parties = select(MemorandumNgo.ngo_id).join(Memorandum, Memorandum.id == MemorandumNgo.memorandum_id)
    ngos = select(Ngo.id.label("ngo_id"), Ngo.stir, Ngo.name).where(
        Ngo.is_active,
        or_(Ngo.district_soato.in_(near), Ngo.id.in_(parties.where(Memorandum.district_soato == district_soato))),
    )
    mahallas = select(Mahalla.name, Mahalla.id).where(Mahalla.district_soato == district_soato).order_by(Mahalla.name)
    memoranda = select(Memorandum.id.label("record_id"), Memorandum.number, Memorandum.title)
    items = select(
        PlanItem.id.label("record_id"),
        PlanItem.number,
        PlanItem.year,
        PlanItem.month,
        PlanItem.direction_code,
        PlanItem.form_code,
        Mahalla.name.label("mahalla"),
    ).outerjoin(Mahalla, Mahalla.id == PlanItem.mahalla_id)
    of_year = (PlanItem.district_soato == district_soato, PlanItem.year == year, PlanItem.number.is_not(None))
    return DistrictOptions(
        ngos=read_frame(connection, ngos.order_by(Ngo.name)),
        mahallas={row.name: row.id for row in connection.execute(mahallas)},
        memoranda=read_frame(
            connection,
            memoranda.where(Memorandum.district_soato == district_soato).order_by(Memorandum.signed_date.desc()),
        ),
        plan_items=read_frame(connection, items.where(*of_year).order_by(PlanItem.month, PlanItem.id)).fillna(
            {"mahalla": ""}
        ),
    )


def writable_districts(connection: Connection, actor: Actor, *, register: str) -> tuple[str, ...]:
    """Return the districts (SOATO) for which the actor may enter records of the register."""
    sheet = register_sheet(register)
    if actor.district_soato is not None:
        own = actor.district_soato
        return (own,) if may_write(connection, actor, sheet, {own}) else ()
    every = tuple(connection.scalars(select(District.soato).order_by(District.soato)))
    return every if may_write(connection, actor, sheet, every) else ()


def ngo_names(connection: Connection, *, stirs: Collection[str]) -> dict[str, str]:
    """Return the names of those organisations that are known, by STIR."""
    rows = connection.execute(select(Ngo.stir, Ngo.name).where(Ngo.stir.in_(stirs)))
    return {row.stir: row.name for row in rows}


def ngos_by_stir(connection: Connection, *, stirs: Collection[str]) -> pd.DataFrame:
    """Return the organisations with these STIRs: columns ngo_id, stir, name."""
    return read_frame(connection, select(Ngo.id.label("ngo_id"), Ngo.stir, Ngo.name).where(Ngo.stir.in_(stirs)))


def next_number(connection: Connection, *, register: str, district_soato: str, year: int) -> str:
    """Return a number for a new record of a district, such as ``2026-17``, that no record has or had."""
    model, prefix = MODELS[register], f"{year}-"
    of_year = (model.district_soato == district_soato, model.number.like(f"{prefix}%"))
    taken = connection.execute(select(model.number).where(*of_year), execution_options=WITH_WITHDRAWN).scalars()
    last = [int(rest) for number in taken if (rest := str(number).removeprefix(prefix)).isdigit()]
    return f"{prefix}{max(last, default=0) + 1}"
