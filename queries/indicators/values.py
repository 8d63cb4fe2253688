"""Values of the indicators, by area and month by month, and the targets that areas set themselves.

Values of a percent indicator run from 0 to 100. ``n`` is what ``minimum_n`` of the declaration is compared with.
All roles may read them for every region and district: they are published. Figures of single NGOs, which are not, are in
:mod:`queries.indicators.ngo_values`. Ratings and answers of confidential evaluations are in them by batches
only (:func:`queries.indicators.event_sums.counted_batches`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from data.codes import Direction
from data.dates.period import Period, quarter_start, year_month
from data.indicators import INDICATORS, AreaTarget
from data.indicators.computations import MONTHS_A_YEAR, ShrunkMean, Sum
from data.policy import Action, Actor, Scope, ScopeKind, require
from data.schema import Target
from queries.frames import read_frame
from queries.indicators.cells import IndicatorSums, area_cells, area_of_districts, by_quarter, gather, month_cells
from queries.indicators.measures import MEASURES, Nation, measure
from queries.indicators.monthly_sums import MonthlySums, read_monthly_sums
from queries.indicators.ratings import Shrinkage, estimate_shrinkage, ngo_marks
from queries.indicators.source import Source, Window
from queries.row_filter import RowFilter, area_filter

VALUE_COLUMNS = ("area_code", "indicator_code", *MEASURES, "free", "is_enough")
TREND_COLUMNS = ("month", "indicator_code", "numerator", "denominator", "n", "value")
_WIDTH = (ScopeKind.DISTRICT, ScopeKind.REGION, ScopeKind.NATION)


def monthly_sums(
    connection: Connection, actor: Actor, *, period: Period, today: date, direction: Direction | None = None
) -> MonthlySums:
    """The sums of all districts by month, for several questions about months of the period.

    Raises ForbiddenError; ValueError where the period and the year before it touch more than five
    calendar years.
    """
    require(actor, Action.SEE_INDICATORS)
    return read_monthly_sums(Source(connection, RowFilter(), Window(period, today), direction))


def indicator_sums(
    connection: Connection,
    actor: Actor,
    *,
    period: Period,
    today: date,
    direction: Direction | None = None,
    has_registers: bool = True,
    monthly: MonthlySums | None = None,
) -> IndicatorSums:
    """The sums of all districts; without registers quicker, and enough for the codes that the sums name.

    ``monthly``: where they were read already, those of the same day and direction. Raises ForbiddenError; ValueError
    where the period and the year before it touch more than five calendar years.
    """
    require(actor, Action.SEE_INDICATORS)
    source = Source(connection, RowFilter(), Window(period, today), direction)
    return gather(source, monthly or read_monthly_sums(source), has_registers=has_registers)


def area_values(
    sums: IndicatorSums, *, scope: Scope, by: ScopeKind, codes: Sequence[str] | None = None
) -> pd.DataFrame:
    """The values of :func:`indicator_values` from sums, of all indicators that they are enough for or of some ``codes``
    of them; ratings are drawn towards the mean of the nation."""
    _check_grain(scope, by)
    cells, asked = area_cells(sums, scope=scope, by=by), sums.codes if codes is None else tuple(codes)
    nation = _of_nation(sums, by, cells.index) if _has_ratings(asked) else _without_ratings(len(cells))
    return measure(cells, nation=nation, key="area_code", codes=asked)


def _has_ratings(codes: Sequence[str]) -> bool:
    return any(isinstance(INDICATORS[code].computation, ShrunkMean) for code in codes)


def _of_nation(sums: IndicatorSums, by: ScopeKind, areas: pd.Index[str]) -> Nation:
    """What the ratings of some areas are drawn to."""
    shrinkage, codes = rating_shrinkage(sums), area_of_districts(sums, by)
    errors = shrinkage.errors(codes)
    return Nation(
        overall=np.full(len(areas), shrinkage.overall),
        leniency=np.asarray(shrinkage.leniency(codes).reindex(areas).fillna(0.0), dtype=np.float64),
        error=np.asarray(errors["error"].reindex(areas), dtype=np.float64),
        free=np.asarray(errors["free"].reindex(areas), dtype=np.float64),
        k=shrinkage.k,
    )


def _without_ratings(count: int) -> Nation:
    """Stands for the nation where no rating is asked for."""
    return Nation(*(np.full(count, np.nan),) * 4, k=np.nan)


def rating_shrinkage(sums: IndicatorSums) -> Shrinkage:
    """How the ratings of all areas are drawn together, from the events of all districts."""
    return sums.ratings


def indicator_values(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    period: Period,
    today: date,
    direction: Direction | None = None,
    by: ScopeKind,
) -> pd.DataFrame:
    """All indicators of each nation, region or district (``by``) in the scope: rows by area, then by indicator.

    Columns: area_code (SOATO, "" for the nation), indicator_code, numerator, denominator, n, value, interval_low and
    interval_high (90 %; with the endings _95 and _998 those of 95 and 99.8 %; NaN where an indicator has none),
    free (degrees of freedom of the interval of a mean, else NaN), is_enough. ``value`` is NaN where that is false.
    Months that have not begun by ``today`` are left out. With a direction, events, plan items, evaluations and
    recommendations are those of the direction, memoranda those that name it.
    Raises ForbiddenError; ValueError where ``by`` is wider than the scope, for an NGO, or where the period and
    the year before it touch more than five calendar years.
    """
    _check_grain(scope, by)
    sums = indicator_sums(connection, actor, period=period, today=today, direction=direction)
    return area_values(sums, scope=scope, by=by)


def indicator_trend(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    period: Period,
    today: date,
    direction: Direction | None = None,
    codes: Sequence[str] = tuple(INDICATORS),
    shrinkage: Shrinkage | None = None,
    monthly: MonthlySums | None = None,
    is_quarterly: bool = False,
) -> pd.DataFrame:
    """The indicators of the scope as one area, month by month: rows by month of the period, then by indicator.

    Columns: month (first day of the month), indicator_code, numerator, denominator, n, value. A value is that of the
    month alone; of memoranda, that of its last day or today; of reach and regularity, that of the 12 months up to this
    one. NaN where there is not enough data, the month has not begun or the district did not exist in it. With
    ``is_quarterly`` rows are those of calendar quarters (month: their first one), of indicators whose months are their
    own; a quarter at an end of the period holds the months of it that lie inside.
    The rating of a month is drawn towards the nation's mean of that month, with k of the whole period: ``shrinkage``
    where it is known from :func:`rating_shrinkage` of the sums of the same period and direction. ``monthly``: where
    they were read already, those of the same day and direction.
    Raises as :func:`indicator_values`.
    """
    require(actor, Action.SEE_INDICATORS)
    _check_grain(scope, scope.kind)
    source = Source(connection, area_filter(scope), Window(period, today), direction)
    nation = Scope.nation()
    if monthly is None:
        monthly = monthly_sums(connection, actor, period=period, today=today, direction=direction)
    sums = month_cells(source, monthly, scope, codes, is_quarterly=is_quarterly)
    if shrinkage is None:
        of_all = Source(connection, RowFilter(), source.window, direction)
        shrinkage = estimate_shrinkage(monthly.by_district(source.window), ngo_marks(of_all))
    if scope == nation:
        whole = sums
    else:
        of_nation = monthly.ratings_by_month(source.window)
        whole = (by_quarter(of_nation) if is_quarterly else of_nation).reindex(sums.index)
    overall = (whole["event_mark_sum"] / whole["events_marked"].where(whole["events_marked"] > 0)).to_numpy(np.float64)
    inside = pd.Series("inside", index=monthly.areas.index[monthly.in_scope(scope)])
    leniency = float(shrinkage.leniency(inside).get("inside", 0.0))
    ratings = Nation(overall, np.full(len(sums), leniency), *(np.full(len(sums), np.nan),) * 2, shrinkage.k)
    measured = measure(sums, nation=ratings, key="month", codes=codes, has_limits=False)
    is_absent = measured["month"].isin(sums.index[sums["days"] == 0])
    measured["value"] = measured["value"].mask(is_absent)
    starts = (quarter_start(month) if is_quarterly else month for month in period.months)
    months = {year_month(month): pd.Timestamp(month) for month in starts}
    measured["month"] = measured["month"].map(months)
    return measured[list(TREND_COLUMNS)]


def _check_grain(scope: Scope, by: ScopeKind) -> None:
    if ScopeKind.NGO in {scope.kind, by}:
        raise ValueError("indicators are kept by area, not by NGO")
    if _WIDTH.index(by) > _WIDTH.index(scope.kind):
        raise ValueError(f"a {scope.kind} holds no whole {by}")


def targets(connection: Connection, actor: Actor, *, year: int) -> pd.DataFrame:
    """All targets of a year, which are published: area_code (SOATO, "" for the nation), indicator_code, value.

    Raises ForbiddenError.
    """
    require(actor, Action.SEE_INDICATORS)
    columns = (Target.area_code, Target.indicator_code, Target.value)
    return read_frame(connection, select(*columns).where(Target.year == year).order_by(*columns[:2]))


def targets_by_area(frame: pd.DataFrame, *, months: int) -> Mapping[str, Mapping[str, AreaTarget]]:
    """Return the targets that each area has set itself, by area and indicator.

    Targets of indicators that are no longer declared are left out, and so are those of sums beside figures of more or
    fewer than twelve ``months``: a target is one of a year.
    """
    found: dict[str, dict[str, AreaTarget]] = {}
    columns = (frame[name].tolist() for name in ("area_code", "indicator_code", "value"))
    for area, code, value in zip(*columns, strict=True):
        if code in INDICATORS and (months == MONTHS_A_YEAR or not isinstance(INDICATORS[code].computation, Sum)):
            found.setdefault(area, {})[code] = AreaTarget(float(value), area)
    return found


def targets_of(by_area: Mapping[str, Mapping[str, AreaTarget]], area_codes: Sequence[str]) -> Mapping[str, AreaTarget]:
    """The targets that hold for an area: for each indicator that of the first of ``area_codes`` that set one.

    ``area_codes`` run from the area itself to the widest one; ``by_area`` is what :func:`targets_by_area` returns.
    """
    found: dict[str, AreaTarget] = {}
    for area_code in reversed(area_codes):
        found |= by_area.get(area_code, {})
    return found
