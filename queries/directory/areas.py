"""Regions and districts: the directory as every role may see it."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, func, select

from data.policy import Action, Actor, Scope, ScopeKind, require
from data.schema import District, Inhabitants, Mahalla, Ngo, Region
from queries.frames import read_frame
from queries.row_filter import area_filter, require_published

NAME_COLUMNS = ("name_uz_latn", "name_uz_cyrl", "name_ru", "name_en")


def regions(connection: Connection, actor: Actor) -> pd.DataFrame:
    """One row a region, by SOATO.

    Columns: soato, name_uz_latn, name_uz_cyrl, name_ru, name_en, kind_code, latitude, longitude (degrees).
    """
    require(actor, Action.SEE_INDICATORS)
    return read_frame(connection, select(*Region.__table__.columns).order_by(Region.soato))


def _districts() -> Select[*tuple[Any, ...]]:
    mahallas = (
        select(Mahalla.district_soato, func.count().label("mahallas")).group_by(Mahalla.district_soato).subquery()
    )
    newest = (
        select(Inhabitants.inhabitants)
        .where(Inhabitants.district_soato == District.soato)
        .order_by(Inhabitants.counted_date.desc())
        .limit(1)
        .correlate(District)
        .scalar_subquery()
    )
    return (
        select(
            District.soato,
            District.region_soato,
            *(getattr(District, name) for name in NAME_COLUMNS),
            District.kind_code,
            District.latitude,
            District.longitude,
            District.has_boundary,
            func.coalesce(mahallas.c.mahallas, 0).label("mahallas"),
            newest.label("inhabitants"),
        )
        .outerjoin(mahallas, mahallas.c.district_soato == District.soato)
        .order_by(District.soato)
    )


def districts(connection: Connection, actor: Actor, *, scope: Scope) -> pd.DataFrame:
    """One row a district or city of the scope, by SOATO; of an NGO, its home district.

    Columns: soato, region_soato, name_uz_latn, name_uz_cyrl, name_ru, name_en, kind_code, latitude, longitude
    (degrees), has_boundary, mahallas (number), inhabitants (newest count; NaN: unknown).
    """
    require_published(actor, scope)
    statement = _districts().where(area_filter(scope).districts(District.soato))
    if scope.kind is ScopeKind.NGO:
        statement = statement.where(District.soato.in_(select(Ngo.district_soato).where(Ngo.id == int(scope.code))))
    return read_frame(connection, statement).astype({"inhabitants": float})
