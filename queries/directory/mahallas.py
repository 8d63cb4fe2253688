"""A mahalla: its post, its plan against what was held, and the NGOs that are active there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import Connection, case, exists, func, select

from data.codes import EventState
from data.dates.period import Period
from data.language import N_, DomainError
from data.policy import Action, Actor, Scope
from data.schema import JointEvent, JointEventNgo, Mahalla, MahallaMerge, Ngo, PlanItem
from queries.frames import read_frame
from queries.row_filter import RowFilter, permitted_rows


class NoMahallaError(DomainError):
    """Raised where there is no such mahalla."""

    def __init__(self) -> None:
        super().__init__(N_("There is no such mahalla."))


@dataclass(frozen=True, kw_only=True)
class MahallaProfile:
    """A mahalla and the post of its inspector ("": not known)."""

    mahalla_id: int
    name: str
    post: str
    district_soato: str


def mahalla_profile(connection: Connection, actor: Actor, *, mahalla_id: int) -> MahallaProfile:
    """Return a mahalla of a district whose records the actor sees; of a merged one that into which it was merged.

    Raises ForbiddenError, NoMahallaError.
    """
    # One that is there comes first: SQLite gives the id of the last one, once it is merged, to the next.
    merged = (MahallaMerge.merged_id == mahalla_id, MahallaMerge.undone_at.is_(None))
    into = select(MahallaMerge.into_id).where(*merged).scalar_subquery()
    found = select(Mahalla.__table__).where((Mahalla.id == mahalla_id) | (Mahalla.id == into))
    row = connection.execute(found.order_by(Mahalla.id != mahalla_id).limit(1)).one_or_none()
    if row is None:
        raise NoMahallaError
    permitted_rows(connection, actor, Action.SEE_RECORDS, Scope.district(row.district_soato))
    return MahallaProfile(mahalla_id=row.id, name=row.name, post=row.post, district_soato=row.district_soato)


def _rows(connection: Connection, actor: Actor, mahalla_id: int) -> RowFilter:
    profile = mahalla_profile(connection, actor, mahalla_id=mahalla_id)
    return permitted_rows(connection, actor, Action.SEE_RECORDS, Scope.district(profile.district_soato))


def mahalla_plan(connection: Connection, actor: Actor, *, mahalla_id: int, year: int) -> pd.DataFrame:
    """One row a month of a year, zeros too, of a mahalla.

    Columns: month (its first day), planned (plan items), fulfilled (of them, by a held event that names them), held
    (joint events, planned or not). Raises ForbiddenError, NoMahallaError.
    """
    row_filter = _rows(connection, actor, mahalla_id)
    is_held = JointEvent.state_code == EventState.HELD.value
    named = exists().where(JointEvent.plan_item_id == PlanItem.id, is_held).correlate(PlanItem)
    items = select(PlanItem.month, case((named, 1), else_=0).label("fulfilled")).where(
        PlanItem.mahalla_id == mahalla_id, PlanItem.year == year, row_filter.plan_items()
    )
    planned = read_frame(connection, items)
    period = Period.of_year(year)
    days = select(JointEvent.event_date).where(
        JointEvent.mahalla_id == mahalla_id,
        is_held,
        JointEvent.event_date.between(period.first_day, period.last_day),
        row_filter.events(),
    )
    held = read_frame(connection, days)["event_date"].dt.month.value_counts()
    months = range(1, 13)
    by_month = planned.groupby("month")["fulfilled"].agg(["size", "sum"]).reindex(months, fill_value=0)
    return pd.DataFrame(
        {
            "month": pd.to_datetime([date(year, month, 1) for month in months]),
            "planned": by_month["size"].astype(int).tolist(),
            "fulfilled": by_month["sum"].astype(int).tolist(),
            "held": held.reindex(months, fill_value=0).astype(int).tolist(),
        }
    )


def mahalla_ngos(connection: Connection, actor: Actor, *, mahalla_id: int, period: Period) -> pd.DataFrame:
    """One row an NGO that held events in a mahalla, most events first; to an NGO itself alone.

    Columns: ngo_id, ngo (name), events (held in the period), last_event_date. Raises ForbiddenError, NoMahallaError.
    """
    row_filter = _rows(connection, actor, mahalla_id)
    statement = (
        select(
            Ngo.id.label("ngo_id"),
            Ngo.name.label("ngo"),
            func.count().label("events"),
            func.max(JointEvent.event_date).label("last_event_date"),
        )
        .join(JointEventNgo, JointEventNgo.event_id == JointEvent.id)
        .join(Ngo, Ngo.id == JointEventNgo.ngo_id)
        .where(
            JointEvent.mahalla_id == mahalla_id,
            JointEvent.state_code == EventState.HELD.value,
            JointEvent.event_date.between(period.first_day, period.last_day),
            row_filter.events(),
        )
        .group_by(Ngo.id, Ngo.name)
        .order_by(func.count().desc(), Ngo.name)
    )
    if row_filter.ngo_id is not None:
        statement = statement.where(Ngo.id == row_filter.ngo_id)
    return read_frame(connection, statement)
