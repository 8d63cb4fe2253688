"""Partners of joint events: in how many held events of a district or mahalla each took part, and in how many any did.

Sums of districts are read from ``partner_month`` and ``district_month``; those of mahallas and of one NGO from rows.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    SQLColumnExpression,
    and_,
    case,
    func,
    select,
)

from data.codes import Direction, EventState, Partner
from data.dates.period import Period
from data.indicators.counted import ANY_PARTNER
from data.policy import Action, Actor, Scope
from data.schema import DistrictMonth, JointEvent, JointEventPartner, Mahalla, PartnerMonth
from data.schema.aggregates import ALL_DIRECTIONS, ALL_PARTNERS
from queries.frames import read_frame
from queries.indicators.records import has_partner
from queries.row_filter import RowFilter, permitted_rows

COUNTS = ("events_held", ANY_PARTNER, *(partner.value for partner in Partner))
"""Columns of numbers: held events, those with any partner, and those with each."""


def partners_by_district(
    connection: Connection, actor: Actor, *, scope: Scope, period: Period, direction: Direction | None = None
) -> pd.DataFrame:
    """One row a district of the area with held events, to an NGO with its own.

    Columns: district_soato and :data:`COUNTS`. Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    if row_filter.ngo_id is not None:
        is_held = _held(row_filter, period, direction)
        return _of_rows(connection, "district_soato", JointEvent.district_soato, is_held)
    held = _sums(DistrictMonth, row_filter, period, direction)
    taken = _sums(PartnerMonth, row_filter, period, direction).add_columns(PartnerMonth.partner_code)
    return _joined(connection, "district_soato", held, taken.group_by(PartnerMonth.partner_code))


def _sums(
    model: type[DistrictMonth | PartnerMonth], row_filter: RowFilter, period: Period, direction: Direction | None
) -> Select[*tuple[Any, ...]]:
    return (
        select(model.district_soato, func.sum(model.events_held).label("events_held"))
        .where(
            model.direction_code == (direction.value if direction else ALL_DIRECTIONS),
            model.year_month.between(period.first_year_month, period.last_year_month),
            model.events_held > 0,
            row_filter.districts(model.district_soato),
        )
        .group_by(model.district_soato)
    )


def partners_by_mahalla(
    connection: Connection, actor: Actor, *, scope: Scope, period: Period, direction: Direction | None = None
) -> pd.DataFrame:
    """One row a mahalla of the area with held events, the events of the whole district as one of no mahalla.

    Columns: mahalla_id (0: whole district), mahalla (name, "": whole district) and :data:`COUNTS`. Raises
    ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    key = func.coalesce(JointEvent.mahalla_id, 0).label("mahalla_id")
    found = _of_rows(connection, "mahalla_id", key, _held(row_filter, period, direction))
    ids = [int(mahalla_id) for mahalla_id in found["mahalla_id"]]
    named = connection.execute(select(Mahalla.id, Mahalla.name).where(Mahalla.id.in_(ids)))
    names = {row.id: row.name for row in named}
    return found.assign(mahalla=[names.get(mahalla_id, "") for mahalla_id in ids])


def _held(row_filter: RowFilter, period: Period, direction: Direction | None) -> ColumnElement[bool]:
    is_of_direction = () if direction is None else (JointEvent.direction_code == direction.value,)
    return and_(
        row_filter.events(),
        JointEvent.state_code == EventState.HELD.value,
        JointEvent.event_date.between(period.first_day, period.last_day),
        *is_of_direction,
    )


def _of_rows(
    connection: Connection, name: str, key: SQLColumnExpression[Any], is_held: ColumnElement[bool]
) -> pd.DataFrame:
    """Count events by a key of ``JointEvent`` with a name, row by row."""
    with_any = func.sum(case((has_partner(ANY_PARTNER), 1), else_=0)).label(ANY_PARTNER)
    held = select(key, func.count().label("events_held"), with_any).where(is_held).group_by(key)
    taken = (
        select(key, func.count().label("events_held"), JointEventPartner.partner_code)
        .join(JointEvent, JointEvent.id == JointEventPartner.event_id)
        .where(is_held)
        .group_by(key, JointEventPartner.partner_code)
    )
    return _joined(connection, name, held, taken)


def _joined(
    connection: Connection,
    name: str,
    held: Select[*tuple[Any, ...]],
    taken: Select[*tuple[Any, ...]],
) -> pd.DataFrame:
    """Return held events by a key beside those of each partner."""
    rows = read_frame(connection, taken)
    by_partner = rows.pivot_table(index=name, columns="partner_code", values="events_held", aggfunc="sum")
    by_partner = by_partner.rename(columns={ALL_PARTNERS: ANY_PARTNER})
    found = read_frame(connection, held).set_index(name)
    every = found.join(by_partner) if not by_partner.empty else found
    return every.reindex(columns=list(COUNTS)).fillna(0).astype(int).rename_axis(name).reset_index()
