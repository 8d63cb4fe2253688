"""Values of the indicators for the choices of the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from components.shell.cache import cached_query, cached_value
from components.shell.filters import Filters
from components.shell.request_context import RequestContext
from data.dates.period import Period
from data.indicators import INDICATORS, IndicatorCode
from data.policy import Scope, ScopeKind
from queries.indicators.ratios import EVENT_CODES, REGISTER_CODES
from queries.indicators.targets import AimedAt, targets, targets_of
from queries.indicators.values import area_values, indicator_sums, indicator_trend


@dataclass(frozen=True)
class AreaFigures:
    """Values of one area in the period, in the period before, and by month, and the targets that hold for it."""

    now: pd.DataFrame
    before: pd.DataFrame
    trend: pd.DataFrame
    targets: Mapping[IndicatorCode, AimedAt]


def load_values(
    filters: Filters,
    context: RequestContext,
    *,
    scope: Scope,
    by: ScopeKind,
    period: Period | None = None,
    codes: Sequence[IndicatorCode] = tuple(INDICATORS),
) -> pd.DataFrame:
    """Values as of :func:`queries.indicators.values.indicator_values`, by default of the chosen period.

    All scopes and grains of a period are made of the same sums, which are asked for once. There are at least the rows
    of ``codes``; without any that needs registers these are not read.
    """
    months, has_registers = period or filters.period, not REGISTER_CODES.isdisjoint(codes)

    def make() -> pd.DataFrame:
        sums = cached_query(
            indicator_sums,
            period=months,
            today=context.today,
            direction=filters.direction,
            has_registers=has_registers,
        )
        return area_values(sums, scope=scope, by=by)

    return cached_value(
        make, name="values", cache_key=(scope, by, months, context.today, filters.direction, has_registers)
    )


def load_trend(
    filters: Filters, context: RequestContext, *, scope: Scope, codes: Sequence[IndicatorCode]
) -> pd.DataFrame:
    """Values of :func:`queries.indicators.values.indicator_trend` in the chosen period, at least those of ``codes``."""
    asked = EVENT_CODES if REGISTER_CODES.isdisjoint(codes) else tuple(codes)
    return cached_query(
        indicator_trend,
        scope=scope,
        period=filters.period,
        today=context.today,
        direction=filters.direction,
        codes=asked,
    )


def load_area_figures(filters: Filters, context: RequestContext) -> AreaFigures:
    """The figures of the chosen area that are made of events, memoranda and evaluations: those of tiles."""
    scope = filters.scope
    return AreaFigures(
        now=load_values(filters, context, scope=scope, by=scope.kind, codes=EVENT_CODES),
        before=load_values(
            filters, context, scope=scope, by=scope.kind, period=filters.period.previous(), codes=EVENT_CODES
        ),
        trend=load_trend(filters, context, scope=scope, codes=EVENT_CODES),
        targets=load_targets(filters, context),
    )


def load_targets(filters: Filters, context: RequestContext) -> Mapping[IndicatorCode, AimedAt]:
    """The targets that hold for the chosen area in the year in which the period ends; none for one direction alone."""
    if filters.direction is not None:
        return {}
    region = filters.book.region_of(filters.area)
    codes = [filters.scope.code, *([region.scope.code] if region else []), Scope.nation().code]
    year = filters.period.as_of(context.today).year
    return targets_of(cached_query(targets, year=year), list(dict.fromkeys(codes)))


def of_indicator(frame: pd.DataFrame, code: IndicatorCode) -> pd.DataFrame:
    """The rows of one indicator."""
    return frame[frame["indicator_code"] == code.value]
