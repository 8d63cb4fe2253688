"""Values of the indicators for the choices of the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from components.filters import View
from components.loading import keep, load
from components.session import Visit
from data.indicators import INDICATORS, IndicatorCode
from data.period import Period
from data.rights import Scope, ScopeKind
from queries.figures import area_values, indicator_sums, indicator_trend
from queries.figures_ratios import EVENT_CODES, REGISTER_CODES
from queries.targets import AimedAt, targets, targets_of


@dataclass(frozen=True)
class AreaFigures:
    """Values of one area in the period, in the period before, and by month, and the targets that hold for it."""

    now: pd.DataFrame
    before: pd.DataFrame
    trend: pd.DataFrame
    targets: Mapping[IndicatorCode, AimedAt]


def load_values(
    view: View,
    visit: Visit,
    *,
    scope: Scope,
    by: ScopeKind,
    period: Period | None = None,
    codes: Sequence[IndicatorCode] = tuple(INDICATORS),
) -> pd.DataFrame:
    """Values as of :func:`queries.figures.indicator_values`, by default of the chosen period.

    All scopes and grains of a period are made of the same sums, which are asked for once. There are at least the rows
    of ``codes``; without any that needs registers these are not read.
    """
    months, has_registers = period or view.period, not REGISTER_CODES.isdisjoint(codes)

    def make() -> pd.DataFrame:
        sums = load(
            indicator_sums,
            period=months,
            today=visit.today,
            direction=view.direction,
            has_registers=has_registers,
        )
        return area_values(sums, scope=scope, by=by)

    return keep(make, name="values", about=(scope, by, months, visit.today, view.direction, has_registers))


def load_trend(view: View, visit: Visit, *, scope: Scope, codes: Sequence[IndicatorCode]) -> pd.DataFrame:
    """Values of :func:`queries.figures.indicator_trend` in the chosen period, at least those of ``codes``."""
    asked = EVENT_CODES if REGISTER_CODES.isdisjoint(codes) else tuple(codes)
    return load(
        indicator_trend, scope=scope, period=view.period, today=visit.today, direction=view.direction, codes=asked
    )


def load_area_figures(view: View, visit: Visit) -> AreaFigures:
    """The figures of the chosen area that are made of events, memoranda and evaluations: those of tiles."""
    scope = view.scope
    return AreaFigures(
        now=load_values(view, visit, scope=scope, by=scope.kind, codes=EVENT_CODES),
        before=load_values(view, visit, scope=scope, by=scope.kind, period=view.period.previous(), codes=EVENT_CODES),
        trend=load_trend(view, visit, scope=scope, codes=EVENT_CODES),
        targets=load_targets(view, visit),
    )


def load_targets(view: View, visit: Visit) -> Mapping[IndicatorCode, AimedAt]:
    """The targets that hold for the chosen area in the year in which the period ends; none for one direction alone."""
    if view.direction is not None:
        return {}
    region = view.book.region_of(view.area)
    codes = [view.scope.code, *([region.scope.code] if region else []), Scope.nation().code]
    year = view.period.as_of(visit.today).year
    return targets_of(load(targets, year=year), list(dict.fromkeys(codes)))


def of_indicator(frame: pd.DataFrame, code: IndicatorCode) -> pd.DataFrame:
    """The rows of one indicator."""
    return frame[frame["indicator_code"] == code.value]
