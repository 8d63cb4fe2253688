"""Figures of one area after another on one day, from sums of the nation that are read once, for files made in a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd
from sqlalchemy import Connection

from data.dates.period import Period
from data.indicators import MONTHLY_CODES, AreaTarget
from data.policy import Action, Actor, Scope, ScopeKind, require
from queries.indicators.cells import IndicatorSums
from queries.indicators.monthly_sums import MonthlySums
from queries.indicators.trends import process_trend, trend_period
from queries.indicators.values import (
    area_values,
    indicator_sums,
    monthly_sums,
    rating_shrinkage,
    targets,
    targets_by_area,
    targets_of,
)
from queries.indicators.verdicts import changes, verdicts


@dataclass(frozen=True, eq=False)
class KindFigures:
    """Values of all areas of a kind, their changes against a year before, and verdicts beside each other.

    ``verdicts`` is None for the nation, which has nobody beside it.
    """

    now: pd.DataFrame
    changes: pd.DataFrame
    verdicts: pd.DataFrame | None


@dataclass(frozen=True, eq=False)
class NationFigures:
    """Figures of indicators kept by month in the last 12 whole months; each kind of area is computed when asked for."""

    period: Period
    today: date
    monthly: MonthlySums
    now: IndicatorSums
    before: IndicatorSums
    targets: Mapping[str, Mapping[str, AreaTarget]]

    @cached_property
    def nation(self) -> KindFigures:
        """Those of the nation."""
        return self._of_kind(ScopeKind.NATION)

    @cached_property
    def regions(self) -> KindFigures:
        """Those of all regions."""
        return self._of_kind(ScopeKind.REGION)

    @cached_property
    def districts(self) -> KindFigures:
        """Those of all districts; no change where one did not exist in all of these months and those of the year
        before."""
        return self._of_kind(ScopeKind.DISTRICT)

    def of_kind(self, kind: ScopeKind) -> KindFigures:
        """Return those of a kind of area."""
        if kind is ScopeKind.NATION:
            return self.nation
        return self.regions if kind is ScopeKind.REGION else self.districts

    def _of_kind(self, kind: ScopeKind) -> KindFigures:
        now, before = (
            area_values(sums, scope=Scope.nation(), by=kind, codes=MONTHLY_CODES) for sums in (self.now, self.before)
        )
        if kind is ScopeKind.DISTRICT:
            before = before[~before["area_code"].isin(self.now.partial | self.before.partial)]
        beside = None if kind is ScopeKind.NATION else verdicts(now, self.nation.now)
        return KindFigures(now, changes(now, before), beside)

    def targets_of(self, scope: Scope, region_soato: str | None) -> Mapping[str, AreaTarget]:
        """Return the targets that apply to an area: its own before those of its region and of the nation."""
        return targets_of(self.targets, [scope.code, region_soato or "", Scope.nation().code])

    def trend(self, connection: Connection, actor: Actor, *, scope: Scope, codes: Sequence[str]) -> pd.DataFrame:
        """Return :func:`queries.indicators.trends.process_trend` of an area up to the last whole month.

        Raises ForbiddenError.
        """
        require(actor, Action.SEE_INDICATORS)
        return process_trend(
            connection,
            actor,
            scope=scope,
            period=trend_period(self.period),
            today=self.today,
            codes=codes,
            shrinkage=rating_shrinkage(self.now),
            monthly=self.monthly,
        )


def nation_figures(connection: Connection, actor: Actor, *, today: date) -> NationFigures:
    """Return the figures of the last 12 months that are over. Raises ForbiddenError."""
    period = Period.last_complete_months(today)
    monthly = monthly_sums(connection, actor, period=trend_period(period), today=today)
    now, before = (
        indicator_sums(connection, actor, period=months, today=today, has_registers=False, monthly=monthly)
        for months in (period, period.year_before())
    )
    found = targets_by_area(targets(connection, actor, year=period.last_day.year), months=period.month_count)
    return NationFigures(period, today, monthly, now, before, found)
