"""Memoranda in force and alive, by district and day: the sums of the memorandum indicators."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import CompoundSelect, Integer, Select, and_, case, exists, func, literal, select, union_all

from data.codes import Direction
from data.dates.period import year_month
from data.schema import Memorandum, MemorandumDirection
from queries.indicators.source import Source
from queries.memoranda.status import is_in_force, is_long_in_force, is_on_paper
from queries.row_filter import RowFilter


def memoranda(source: Source, days: Sequence[date]) -> pd.DataFrame:
    """Memoranda in force by district and day: one row a district with any.

    Columns: key (YYYYMM of the day), district_soato, memoranda_judged (in force for 90 days or more), memoranda_alive.
    """
    if not days:
        return pd.DataFrame(columns=["key", "district_soato", "memoranda_judged", "memoranda_alive"])
    frame = source.table(_statement(source.row_filter, source.direction, tuple(days)))
    return frame.astype({"memoranda_judged": np.float64, "memoranda_alive": np.float64})


@lru_cache(maxsize=256)
def _statement(
    row_filter: RowFilter, direction: Direction | None, days: tuple[date, ...]
) -> CompoundSelect[*tuple[Any, ...]]:
    """Kept, because building the rule a dozen times costs more than asking the database."""
    return union_all(*(_memoranda_on(row_filter, direction, day) for day in days))


def _memoranda_on(row_filter: RowFilter, direction: Direction | None, day: date) -> Select[*tuple[Any, ...]]:
    judged, on_paper = (case((condition, 1), else_=0) for condition in (is_long_in_force(day), is_on_paper(day)))
    condition = and_(is_in_force(day), row_filter.districts(Memorandum.district_soato))
    if direction is not None:
        named = exists().where(
            MemorandumDirection.memorandum_id == Memorandum.id,
            MemorandumDirection.direction_code == direction.value,
        )
        condition = and_(condition, named.correlate(Memorandum))
    return (
        select(
            literal(year_month(day), Integer).label("key"),
            Memorandum.district_soato,
            func.sum(judged).label("memoranda_judged"),
            func.sum(judged - on_paper).label("memoranda_alive"),
        )
        .where(condition)
        .group_by(Memorandum.district_soato)
    )
