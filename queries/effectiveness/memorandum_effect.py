"""Study before and after a memorandum: change around the month of signing, against districts that had not signed yet.

It is an association, not a proof: districts sign for reasons of their own. The method is that of
:mod:`queries.statistics.event_study`; only monthly sums are read, whatever the number of events.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from data.codes import Labelled
from data.dates.period import Period, year_month
from data.language import N_
from data.policy import Actor, Scope, ScopeKind
from data.schema import District, DistrictMonth, Inhabitants, Mahalla, Memorandum, OffenceMonth
from data.schema.aggregates import ALL_DIRECTIONS
from queries.frames import read_frame
from queries.row_filter import require_published
from queries.statistics.event_study import DESIGN, Integers, StudyDesign
from queries.statistics.event_study_result import Study, study

PER_INHABITANTS = 10_000
_NOT_YET = 1_000_000


class StudiedOutcome(Labelled):
    """Outcomes of the study, each by month and district."""

    EVENTS = "events", N_("Joint events per mahalla")
    OFFENCES = "offences", N_("Offences per 10,000 inhabitants")


def memorandum_effect(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    outcome: StudiedOutcome,
    today: date,
    design: StudyDesign = DESIGN,
) -> Study:
    """Return the study of a nation's or region's districts around their first memorandum, up to the last whole month.

    Controls are districts of the whole nation. Districts without mahallas, or without inhabitants or figures of
    offences for each month, are left out, and so are those that did not exist in all of the months. Where there is too
    little to compare, ``refusal`` says why and the frame is empty. Raises ForbiddenError; ValueError for a narrower
    scope.
    """
    require_published(actor, scope)
    if scope.kind not in {ScopeKind.NATION, ScopeKind.REGION}:
        raise ValueError(f"a {scope.kind} holds no districts to compare")
    read = _events if outcome is StudiedOutcome.EVENTS else _offences
    panel = read(connection, today).dropna()
    columns = (District.soato, District.region_soato, District.valid_from, District.valid_to)
    places = read_frame(connection, select(*columns)).set_index("soato")
    panel = panel[_exists_throughout(places.reindex(panel.index), panel)]
    region = places["region_soato"].reindex(panel.index)
    is_studied = (region == scope.code) | (scope.kind is ScopeKind.NATION)
    return study(
        panel.to_numpy(np.float64),
        _start(connection, panel),
        is_studied=is_studied.to_numpy(np.bool_),
        design=design,
    )


def _exists_throughout(places: pd.DataFrame, panel: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which districts of the panel existed from the first to the last of its months."""
    if panel.empty:
        return np.ones(len(panel), dtype=np.bool_)
    firsts, lasts = (pd.to_datetime(places[name]) for name in ("valid_from", "valid_to"))
    first, last = (pd.to_datetime(str(panel.columns[place]), format="%Y%m") for place in (0, -1))
    is_whole = ~(firsts > first) & ~(lasts < last + pd.offsets.MonthEnd())
    return is_whole.to_numpy(np.bool_)


def _start(connection: Connection, panel: pd.DataFrame) -> Integers:
    """Return each district's first signing as a position among the panel's months; beyond its end: not yet."""
    first = func.min(Memorandum.signed_date).label("signed_date")
    signings = select(Memorandum.district_soato, first).where(Memorandum.signed_date.is_not(None))
    frame = read_frame(connection, signings.group_by(Memorandum.district_soato)).set_index("district_soato")
    signed = frame["signed_date"].reindex(panel.index)
    if panel.empty:
        return np.full(len(panel), _NOT_YET)
    first_month = int(panel.columns[0])
    position = (signed.dt.year - first_month // 100) * 12 + signed.dt.month - first_month % 100
    return np.asarray(position.fillna(_NOT_YET), dtype=np.int64)


def _events(connection: Connection, today: date) -> pd.DataFrame:
    """Held events per mahalla: districts x months YYYYMM, from the first month with any event on."""
    month = DistrictMonth.year_month
    held = (
        select(DistrictMonth.district_soato, month, DistrictMonth.events_held.label("value"))
        .where(DistrictMonth.direction_code == ALL_DIRECTIONS, month < year_month(today))
        .where(DistrictMonth.events_held > 0)
    )
    counts = select(Mahalla.district_soato, func.count().label("size")).group_by(Mahalla.district_soato)
    mahallas = read_frame(connection, counts).set_index("district_soato")["size"]
    wide = _wide(read_frame(connection, held), today).reindex(mahallas.index).fillna(0.0)
    return wide.div(mahallas, axis=0)


def _offences(connection: Connection, today: date) -> pd.DataFrame:
    """Offences per 10,000 inhabitants by the newest figure: districts x months YYYYMM, NaN where one is missing."""
    month = OffenceMonth.year_month
    counted = select(OffenceMonth.district_soato, month, OffenceMonth.offences.label("value")).where(
        OffenceMonth.offences.is_not(None), month < year_month(today)
    )
    counts = select(Inhabitants.district_soato, Inhabitants.inhabitants).order_by(Inhabitants.counted_date)
    newest = read_frame(connection, counts).drop_duplicates("district_soato", keep="last")
    inhabitants = newest.set_index("district_soato")["inhabitants"].where(lambda number: number > 0)
    wide = _wide(read_frame(connection, counted), today).reindex(inhabitants.index)
    return wide.div(inhabitants / PER_INHABITANTS, axis=0)


def _wide(cells: pd.DataFrame, today: date) -> pd.DataFrame:
    """Cells (district_soato, year_month, value) as districts x all months from the first to the last whole one."""
    wide = cells.pivot(index="district_soato", columns="year_month", values="value").astype(np.float64)
    if wide.empty:
        return wide
    first = int(wide.columns.min())
    count = (today.year - first // 100) * 12 + today.month - first % 100
    months = Period.of_months(date(first // 100, first % 100, 1), count).months
    return wide.reindex(columns=[year_month(month) for month in months])
