"""Values of the indicators: by area, and month by month.

Values of a percent indicator run from 0 to 100. ``n`` is what ``minimum_n`` of the declaration is compared with.
All roles may read them for every region and district: they are published. Figures of one NGO are not kept. Marks and
answers of confidential evaluations are in them by batches only (:mod:`queries.figures_batches`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from data.codes import Direction
from data.period import Period, year_month
from data.rights import Actor, Right, Scope, ScopeKind, require
from queries.figures_mahallas import mahallas_by_district, mahallas_by_month
from queries.figures_measures import MEASURES, Shrinkage, estimate_shrinkage, measure
from queries.figures_memoranda import memoranda
from queries.figures_source import Source
from queries.figures_sums import activity, areas
from queries.figures_window import Window
from queries.scoping import Reach, area_reach

VALUE_COLUMNS = ("area_code", "indicator_code", *MEASURES, "is_enough")
TREND_COLUMNS = ("month", "indicator_code", "value", "n")
NATION_CODE = ""
_WIDTH = (ScopeKind.DISTRICT, ScopeKind.REGION, ScopeKind.NATION)


@dataclass(frozen=True)
class IndicatorSums:
    """All that the values of every area in a period are made of: asked once, for any scope and grain.

    ``by_district``: one row a district with every sum but months; ``months``: how many months of the period have begun.
    """

    by_district: pd.DataFrame
    months: int


def indicator_sums(
    connection: Connection, actor: Actor, *, period: Period, today: date, direction: Direction | None = None
) -> IndicatorSums:
    """The sums of all districts. Raises ForbiddenError; ValueError for a period of more than five calendar years."""
    require(actor, Right.SEE_INDICATORS)
    source = Source(connection, Reach(), Window(period, today), direction)
    return IndicatorSums(_district_sums(source), len(source.window.months))


def area_values(sums: IndicatorSums, *, scope: Scope, by: ScopeKind) -> pd.DataFrame:
    """The values of :func:`indicator_values` from sums; marks are drawn towards the mean of the nation."""
    _check_grain(scope, by)
    by_district = sums.by_district
    shrinkage, overall = _marks_of_nation(by_district)
    code = _area_codes(by_district, by)
    is_in_scope = _is_in_scope(by_district, scope)
    cells = by_district[is_in_scope].drop(columns="region_soato").groupby(code[is_in_scope]).sum()
    cells["months"] = float(sums.months)
    measured = measure(cells, overall=np.full(len(cells), overall), shrinkage=shrinkage, key="area_code")
    return measured[list(VALUE_COLUMNS)]


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
    interval_high (90 %; NaN where an indicator has none), is_enough. ``value`` is NaN where ``is_enough`` is false.
    Months that have not begun by ``today`` are left out. With a direction, events, plan items, evaluations and
    recommendations are those of the direction, memoranda those that name it.
    Raises ForbiddenError; ValueError where ``by`` is wider than the scope, for an NGO, or for a period that touches
    more than five calendar years.
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
) -> pd.DataFrame:
    """All indicators of the scope as one area, month by month: rows by month of the period, then by indicator.

    Columns: month (first day of the month), indicator_code, value, n. A value is that of the month alone; of
    memoranda, that of its last day or today; of regularity, which one month cannot show, that of the 12 months up to
    this one (of as many as the period has, if fewer). NaN where there is not enough data or the month has not begun.
    The mark of a month is drawn towards the nation's mean of that month, with k of the whole period.
    Raises as :func:`indicator_values`.
    """
    require(actor, Right.SEE_INDICATORS)
    _check_grain(scope, scope.kind)
    source = Source(connection, area_reach(scope), Window(period, today), direction)
    nation = Source(connection, Reach(), source.window, direction)
    sums = _month_sums(source)
    shrinkage, _ = _marks_of_nation(activity(nation, by_month=False))
    whole = sums if scope.kind is ScopeKind.NATION else activity(nation, by_month=True).reindex(sums.index)
    overall = (whole["event_mark_sum"] / whole["events_marked"].where(whole["events_marked"] > 0)).to_numpy(np.float64)
    measured = measure(sums, overall=overall, shrinkage=shrinkage, key="month")
    months = {year_month(month): pd.Timestamp(month) for month in period.months}
    measured["month"] = measured["month"].map(months)
    return measured[list(TREND_COLUMNS)]


def _check_grain(scope: Scope, by: ScopeKind) -> None:
    if ScopeKind.NGO in {scope.kind, by}:
        raise ValueError("indicators are kept by area, not by NGO")
    if _WIDTH.index(by) > _WIDTH.index(scope.kind):
        raise ValueError(f"a {scope.kind} holds no whole {by}")


def _is_in_scope(by_district: pd.DataFrame, scope: Scope) -> pd.Series[bool]:
    if scope.kind is ScopeKind.REGION:
        return by_district["region_soato"] == scope.code
    if scope.kind is ScopeKind.DISTRICT:
        return pd.Series(by_district.index == scope.code, index=by_district.index)
    return pd.Series(data=True, index=by_district.index)


def _area_codes(by_district: pd.DataFrame, by: ScopeKind) -> pd.Series[str]:
    """The area that each district is part of."""
    if by is ScopeKind.REGION:
        return by_district["region_soato"]
    if by is ScopeKind.DISTRICT:
        return pd.Series(by_district.index, index=by_district.index)
    return pd.Series(NATION_CODE, index=by_district.index)


def _marks_of_nation(by_district: pd.DataFrame) -> tuple[Shrinkage, float]:
    """How marks are drawn together, and the mean of all event means of the nation (NaN without any)."""
    names = ("events_marked", "event_mark_sum", "event_mark_square_sum")
    marked, total, squares = (by_district[name].fillna(0).to_numpy(np.float64) for name in names)
    overall = float(total.sum() / marked.sum()) if marked.sum() else np.nan
    return estimate_shrinkage(marked, total, squares), overall


def _district_sums(source: Source) -> pd.DataFrame:
    """One row a district with every sum but months; ``region_soato`` says where it lies."""
    frame = areas(source)
    agreed = memoranda(source, [source.window.as_of]).drop(columns="key").set_index("district_soato")
    joined = frame.join([activity(source, by_month=False), agreed, mahallas_by_district(source)])
    joined = joined.fillna(dict.fromkeys(joined.columns.drop("region_soato"), 0.0))
    is_covered = joined.index.isin(agreed.index)
    return joined.assign(districts=1.0, districts_covered=is_covered.astype(np.float64))


def _month_sums(source: Source) -> pd.DataFrame:
    """One row a month of the period with every sum; months that have not begun have zeros."""
    months = source.window.months
    index = pd.Index([year_month(month) for month in source.window.period.months], name="month")
    agreed = memoranda(source, [source.window.status_day(month) for month in months]).groupby("key")
    by_month = pd.concat(
        [
            activity(source, by_month=True),
            agreed[["memoranda_judged", "memoranda_alive"]].sum(),
            agreed.size().rename("districts_covered"),
            mahallas_by_month(source),
        ],
        axis=1,
    )
    frame = by_month.reindex(index).astype(np.float64).fillna(0.0)
    place = areas(source)
    has_begun = np.arange(len(index)) < len(months)
    return frame.assign(
        months=1.0,
        districts=len(place) * has_begun.astype(np.float64),
        mahallas=place["mahallas"].sum() * has_begun,
        inhabitants=place["inhabitants"].sum() * has_begun,
    )
