"""Which districts existed on a day or in some days: those of a merger or split count each in its own days only."""

from __future__ import annotations

from datetime import date

import pandas as pd
from sqlalchemy import ColumnElement, Connection, and_, or_, select

from data.dates.period import Period
from data.schema import District, Memorandum
from data.workbook.cells.places import load_place_index


def existed_between(first_day: date, last_day: date) -> ColumnElement[bool]:
    """Return a condition on ``District``: it existed on any day from one to another."""
    has_begun = or_(District.valid_from.is_(None), District.valid_from <= last_day)
    return and_(has_begun, or_(District.valid_to.is_(None), District.valid_to >= first_day))


def existed_on(day: date) -> ColumnElement[bool]:
    """Return a condition on ``District``: it existed on a day."""
    return existed_between(day, day)


def is_of_existing_district(day: date) -> ColumnElement[bool]:
    """Return a condition on ``Memorandum``: its district exists on a day."""
    return Memorandum.district_soato.in_(select(District.soato).where(existed_on(day)))


def require_existing(connection: Connection, soato: str, day: date) -> None:
    """Raise CellError, which names successors or predecessors, unless a district existed on a day."""
    load_place_index(connection).by_soato[soato].check_existed(day, day)


def existing(districts: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return the rows of :func:`queries.directory.areas.districts` of those that existed on any day of a period."""
    has_begun = districts["valid_from"].isna() | (districts["valid_from"] <= pd.Timestamp(period.last_day))
    has_not_ended = districts["valid_to"].isna() | (districts["valid_to"] >= pd.Timestamp(period.first_day))
    return districts[has_begun & has_not_ended]
