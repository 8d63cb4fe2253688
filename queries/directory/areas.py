"""Regions and districts: the directory as every role may see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, func, select

from data.directory import area_names, name_column
from data.language import Language
from data.policy import Action, Actor, Scope, ScopeKind, require
from data.schema import District, DistrictSuccession, Inhabitants, Mahalla, Ngo, Region
from queries.frames import read_frame
from queries.row_filter import area_filter, require_published

# Names in every language, from the directory's files.
NAME_COLUMNS = tuple(name_column(language) for language in Language)


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with names in every language after the codes; a code without a name is its own name."""
    names = {name_column(language): frame["soato"].map(_name_in(language)) for language in Language}
    codes = [name for name in ("soato", "region_soato") if name in frame]
    return frame.assign(**names)[[*codes, *NAME_COLUMNS, *frame.columns.difference(codes, sort=False)]]


def _name_in(language: Language) -> Callable[[str], str]:
    return lambda soato: area_names(language).get(soato, soato)


def regions(connection: Connection, actor: Actor) -> pd.DataFrame:
    """One row a region, by SOATO.

    Columns: soato, a name column a language (such as name_ru), kind_code, latitude, longitude (degrees).
    """
    require(actor, Action.SEE_INDICATORS)
    columns = (Region.soato, Region.kind_code, Region.latitude, Region.longitude)
    return _named(read_frame(connection, select(*columns).order_by(Region.soato)))


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
            District.kind_code,
            District.latitude,
            District.longitude,
            District.has_boundary,
            District.valid_from,
            District.valid_to,
            func.coalesce(mahallas.c.mahallas, 0).label("mahallas"),
            newest.label("inhabitants"),
        )
        .outerjoin(mahallas, mahallas.c.district_soato == District.soato)
        .order_by(District.soato)
    )


def districts(connection: Connection, actor: Actor, *, scope: Scope) -> pd.DataFrame:
    """One row a district or city of the scope, by SOATO; of an NGO, its home district.

    Columns: soato, region_soato, a name column a language (such as name_ru), kind_code, latitude, longitude (degrees),
    has_boundary, valid_from, valid_to (its first and last day; NaT: since ever, until further notice), mahallas
    (number), inhabitants (newest count; NaN: unknown). Those that ended are among them.
    """
    require_published(actor, scope)
    statement = _districts().where(area_filter(scope).districts(District.soato))
    if scope.kind is ScopeKind.NGO:
        statement = statement.where(District.soato.in_(select(Ngo.district_soato).where(Ngo.id == int(scope.code))))
    frame = _named(read_frame(connection, statement)).astype({"inhabitants": float})
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in ("valid_from", "valid_to")})


def successions(connection: Connection, actor: Actor) -> pd.DataFrame:
    """One row a district that ended and one of its successors: predecessor_soato, successor_soato, by both."""
    require(actor, Action.SEE_INDICATORS)
    columns = (DistrictSuccession.predecessor_soato, DistrictSuccession.successor_soato)
    return read_frame(connection, select(*columns).order_by(*columns))
