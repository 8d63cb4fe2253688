"""Values of the indicators, their trends and targets, for the reader's filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from components.indicators.area_tiles import TILE_CODES, AreaFigures
from components.indicators.ngos import OwnFigures
from components.shell.areas import Area, is_comparable
from components.shell.cache import asked, cached_query, cached_resource, cached_value
from components.shell.filters import Filters
from components.shell.request_context import RequestContext
from data.dates.period import Period
from data.indicators import INDICATORS, MONTHLY_CODES, AreaTarget
from data.indicators.computations import MONTHS_A_YEAR
from data.indicators.verdicts import Change
from data.policy import Scope, ScopeKind
from queries.directory.areas import districts
from queries.indicators.cells import IndicatorSums, needs_registers
from queries.indicators.monthly_sums import MonthlySums
from queries.indicators.ngo_values import ngo_values
from queries.indicators.trends import process_trend, trend_period
from queries.indicators.values import (
    area_values,
    indicator_sums,
    indicator_trend,
    monthly_sums,
    rating_shrinkage,
    targets,
    targets_by_area,
    targets_of,
)
from queries.indicators.verdicts import changes, verdicts

# The earliest period to choose from is the year before last, which is compared with the year before it.
YEARS_BACK = 3


def all_months(today: date) -> Period:
    """All months that any period to choose from, or the one before it, can hold."""
    return Period.of_months(date(today.year - YEARS_BACK, 1, 1), YEARS_BACK * MONTHS_A_YEAR + today.month)


def whole_period(filters: Filters, context: RequestContext) -> Period:
    """Return the months of the chosen period that are over, of which figures are; all of it where none is."""
    return filters.period.whole_months(context.today)


def load_monthly_sums(filters: Filters, context: RequestContext) -> MonthlySums:
    """Sums of all months, read once for all periods and scopes."""
    today, direction = context.today, filters.direction
    return cached_resource(
        lambda: asked(monthly_sums, period=all_months(today), today=today, direction=direction),
        name="monthly_sums",
        cache_key=(today, direction),
    )


def load_sums(
    filters: Filters, context: RequestContext, *, period: Period | None = None, has_registers: bool = True
) -> IndicatorSums:
    """Return the sums that all values of a period are computed from, by default of the chosen one.

    Read once and shared by everyone with equal rights, so nobody may change them.
    """
    months = period or whole_period(filters, context)
    return cached_value(
        lambda: asked(
            indicator_sums,
            period=months,
            today=context.today,
            direction=filters.direction,
            has_registers=has_registers,
            monthly=load_monthly_sums(filters, context),
        ),
        name="sums",
        cache_key=(months, context.today, filters.direction, has_registers),
    )


def load_values(
    filters: Filters,
    context: RequestContext,
    *,
    scope: Scope,
    by: ScopeKind,
    period: Period | None = None,
    codes: Sequence[str] = tuple(INDICATORS),
) -> pd.DataFrame:
    """Return :func:`queries.indicators.values.indicator_values`, by default of the chosen period's whole months.

    All scopes and grains of a period are computed from the same sums, which are read once; registers are read only
    where one of ``codes`` needs them.
    """
    months = period or whole_period(filters, context)

    def make() -> pd.DataFrame:
        sums = load_sums(filters, context, period=months, has_registers=needs_registers(codes))
        return area_values(sums, scope=scope, by=by, codes=codes)

    key = (scope, by, months, context.today, filters.direction, tuple(codes))
    return cached_value(make, name="values", cache_key=key)


def load_values_before(
    filters: Filters,
    context: RequestContext,
    *,
    scope: Scope,
    by: ScopeKind,
    codes: Sequence[str] = tuple(INDICATORS),
) -> pd.DataFrame:
    """Return :func:`load_values` of the same months a year before, for comparison: without districts that did not exist
    in all of these and those months."""
    period = whole_period(filters, context)
    found = load_values(filters, context, scope=scope, by=by, period=period.year_before(), codes=codes)
    if by is not ScopeKind.DISTRICT:
        return found
    compared = [code for code in found["area_code"].unique() if is_comparable(filters.directory[code], period)]
    return found[found["area_code"].isin(compared)].reset_index(drop=True)


def load_trend(filters: Filters, context: RequestContext, *, scope: Scope, codes: Sequence[str]) -> pd.DataFrame:
    """Return :func:`queries.indicators.trends.process_trend` of three years up to the chosen period's end."""
    period = trend_period(filters.period, earliest=all_months(context.today).first_day)
    return cached_value(
        lambda: asked(process_trend, scope=scope, codes=codes, **_of_trend(filters, context, period, codes)),
        name="trend",
        cache_key=(scope, filters.period, context.today, filters.direction, tuple(codes)),
    )


def load_values_by_month(
    filters: Filters, context: RequestContext, *, scope: Scope, code: str, is_quarterly: bool
) -> pd.DataFrame:
    """Return :func:`queries.indicators.values.indicator_trend` of the months or quarters of :func:`load_trend`."""
    period = trend_period(filters.period, earliest=all_months(context.today).first_day)
    return cached_value(
        lambda: asked(
            indicator_trend,
            scope=scope,
            codes=(code,),
            is_quarterly=is_quarterly,
            **_of_trend(filters, context, period, (code,)),
        ),
        name="values_by_month",
        cache_key=(scope, filters.period, context.today, filters.direction, code, is_quarterly),
    )


def _of_trend(filters: Filters, context: RequestContext, period: Period, codes: Sequence[str]) -> dict[str, Any]:
    """Return what trends of a period are made from, read once for all scopes."""
    return {
        "period": period,
        "today": context.today,
        "direction": filters.direction,
        "shrinkage": rating_shrinkage(load_sums(filters, context, has_registers=needs_registers(codes))),
        "monthly": load_monthly_sums(filters, context),
    }


def load_changes(now: pd.DataFrame, filters: Filters, context: RequestContext) -> pd.DataFrame:
    """Return :func:`queries.indicators.verdicts.changes` of the values of the chosen area against the same months a
    year before; nothing is known of a period that is not over."""
    scope, period = filters.scope, whole_period(filters, context)
    codes = tuple(now["indicator_code"])
    moved = changes(now, load_values_before(filters, context, scope=scope, by=scope.kind, codes=codes))
    if not period.is_over(context.today):
        moved = moved.assign(change=np.nan, change_code=Change.UNKNOWN.value)
    return moved


def load_area_figures(filters: Filters, context: RequestContext, *, codes: Sequence[str] = TILE_CODES) -> AreaFigures:
    """Return the figures of the chosen area for tiles of some indicators, whose sums are kept by month.

    Values alone are of all of these, which tell whether anything is recorded and how many evaluate.
    """
    scope, period, today = filters.scope, whole_period(filters, context), context.today
    now = load_values(filters, context, scope=scope, by=scope.kind, codes=MONTHLY_CODES)
    moved = load_changes(now[now["indicator_code"].isin(codes)], filters, context)
    beside = None
    if scope.kind is not ScopeKind.NATION:
        every = load_verdicts(filters, context, by=scope.kind, codes=codes)
        beside = every[every["area_code"] == scope.code]
    return AreaFigures(
        now=now,
        changes=moved,
        verdicts=beside,
        trend=load_trend(filters, context, scope=scope, codes=codes),
        targets=load_targets(filters, context),
        kind=scope.kind,
        period=period,
        running=None if filters.period.is_over(today) else today.replace(day=1),
    )


def load_verdicts(filters: Filters, context: RequestContext, *, by: ScopeKind, codes: Sequence[str]) -> pd.DataFrame:
    """Return each area of a kind beside all others of the nation (:func:`queries.indicators.verdicts.verdicts`)."""
    nation = Scope.nation()
    # All that are kept by month, as the tiles of the nation have them.
    of_whole = codes if needs_registers(codes) else MONTHLY_CODES

    def make() -> pd.DataFrame:
        values = load_values(filters, context, scope=nation, by=by, codes=codes)
        return verdicts(values, load_values(filters, context, scope=nation, by=ScopeKind.NATION, codes=of_whole))

    key = (by, whole_period(filters, context), context.today, filters.direction, tuple(codes))
    return cached_value(make, name="verdicts", cache_key=key)


def load_targets(filters: Filters, context: RequestContext) -> Mapping[str, AreaTarget]:
    """Return targets of the chosen area in the year in which the period ends; none for a single direction, and of sums
    none beside figures of another length."""
    return load_targets_of([filters.area], filters, context)[filters.area.code]


def load_targets_of(
    areas: Sequence[Area], filters: Filters, context: RequestContext
) -> Mapping[str, Mapping[str, AreaTarget]]:
    """Return what :func:`load_targets` returns, of each of several areas by its code."""
    if filters.direction is not None:
        return {area.code: {} for area in areas}
    year, months = filters.period.as_of(context.today).year, whole_period(filters, context).month_count
    found = cached_value(
        lambda: targets_by_area(cached_query(targets, year=year), months=months),
        name="targets",
        cache_key=(year, months),
    )
    return {area.code: targets_of(found, [area.scope.code, area.region_soato, Scope.nation().code]) for area in areas}


def of_indicator(frame: pd.DataFrame, code: str) -> pd.DataFrame:
    """Return the rows of one indicator."""
    return frame[frame["indicator_code"] == code]


def has_data(values: pd.DataFrame) -> bool:
    """Return whether anything was recorded behind the values of an area."""
    return bool((values["numerator"].fillna(0) > 0).any())


def load_own_figures(filters: Filters, context: RequestContext) -> OwnFigures:
    """Return figures of the actor's NGO, everywhere it works, and those of all NGOs in its home district."""
    home_scope = context.actor.home_scope
    own = cached_query(ngo_values, scope=home_scope, period=filters.period, today=context.today)
    home = filters.directory[str(cached_query(districts, scope=home_scope)["soato"].iloc[0])]
    of_home = load_values(filters.of_all_directions, context, scope=home.scope, by=ScopeKind.DISTRICT)
    return OwnFigures(own, of_home, home.name)
