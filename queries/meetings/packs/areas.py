"""Areas of a pack, with their names in all scripts."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from sqlalchemy import Connection

from data.codes import AreaLevel
from data.directory import name_column
from data.language import Language, Translator
from data.policy import Actor, Scope
from queries.directory.areas import NAME_COLUMNS, districts, regions
from queries.meetings.packs.request import PackQuestion

_CODE_COLUMNS = ("area_code", "district_soato", "set_by_area_code")


def region_of(connection: Connection, actor: Actor, scope: Scope) -> str | None:
    """Return the region of a district or the region itself, "" for the nation; None for an unknown area."""
    if scope == Scope.nation():
        return ""
    places = _places(connection, actor)
    found = places.loc[places["area_code"] == scope.code, "region_soato"]
    return None if found.empty else str(found.iloc[0])


def places(connection: Connection, asked: PackQuestion, frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the frame ``areas``: the area, its wider areas, and all that the other frames name, with regions."""
    named = {scope.code for scope in asked.compared_scopes}
    for frame in frames.values():
        for column in (column for column in _CODE_COLUMNS if column in frame):
            named |= set(frame[column].dropna())
    every = _places(connection, asked.actor)
    return every[every["area_code"].isin(named | set(every.loc[every["area_code"].isin(named), "region_soato"]))]


def _places(connection: Connection, actor: Actor) -> pd.DataFrame:
    """Return the nation, regions and districts, in this order, with the columns of the frame ``areas``."""
    of_regions = regions(connection, actor).assign(level=AreaLevel.REGION.value)
    of_districts = districts(connection, actor, scope=Scope.nation()).assign(level=AreaLevel.DISTRICT.value)
    columns = ["soato", "level", "region_soato", *NAME_COLUMNS]
    below = pd.concat([of_regions.assign(region_soato=of_regions["soato"])[columns], of_districts[columns]])
    return pd.concat([_nation(), below.rename(columns={"soato": "area_code"})], ignore_index=True)


def _nation() -> pd.DataFrame:
    names = {name_column(language): Translator(language)("Uzbekistan") for language in Language}
    return pd.DataFrame([{"area_code": "", "level": AreaLevel.NATION.value, "region_soato": None, **names}])
