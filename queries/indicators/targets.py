"""Targets of the indicators: what a nation, region or district set itself for a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from sqlalchemy import Connection, select

from data.indicators import AreaTarget, IndicatorCode
from data.policy import Action, Actor, require
from data.schema import Target
from queries.frames import read_frame


def targets(connection: Connection, actor: Actor, *, year: int) -> pd.DataFrame:
    """All targets of a year, which are published: area_code (SOATO, "" for the nation), indicator_code, value.

    Raises ForbiddenError.
    """
    require(actor, Action.SEE_INDICATORS)
    columns = (Target.area_code, Target.indicator_code, Target.value)
    return read_frame(connection, select(*columns).where(Target.year == year).order_by(*columns[:2]))


def targets_of(frame: pd.DataFrame, area_codes: Sequence[str]) -> Mapping[IndicatorCode, AreaTarget]:
    """The targets that hold for an area: for each indicator that of the first of ``area_codes`` that set one.

    ``area_codes`` run from the area itself to the widest one. Targets of indicators that are no longer declared are
    left out.
    """
    found: dict[IndicatorCode, AreaTarget] = {}
    for area_code in reversed(area_codes):
        rows = frame[frame["area_code"] == area_code]
        for code, value in zip(rows["indicator_code"], rows["value"], strict=True):
            if code in set(IndicatorCode):
                found[IndicatorCode(code)] = AreaTarget(float(value), area_code)
    return found
