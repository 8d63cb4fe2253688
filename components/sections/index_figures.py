"""The index of the chosen area and of all areas like it, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.sections.values import load_values
from components.shell.areas import NATION_CODE, Area
from components.shell.cache import cached_query, cached_resource, cached_value
from components.shell.filters import Filters
from components.shell.request_context import RequestContext
from data.dates.period import Period
from data.effectiveness.index import EQUAL_WEIGHTS, Pillar, Weights
from data.policy import Scope, ScopeKind
from queries.directory.areas import districts
from queries.statistics.composite import index_table
from queries.statistics.draws import PillarDraws, pillar_draws, rank_table


@dataclass(frozen=True)
class AreaIndex:
    """The index of one area: its row of the ranks, its pillars (NaN: no data), and how many areas have a place."""

    ranks: pd.Series[Any]
    pillars: Mapping[Pillar, float]
    ranked: int

    @property
    def score(self) -> float:
        """The index, NaN without one."""
        return float(str(self.ranks["index_score"]))


def load_peer_values(
    filters: Filters, context: RequestContext, *, by: ScopeKind, period: Period | None = None
) -> pd.DataFrame:
    """The values of all areas of a kind in the nation; the index knows no direction."""
    return load_values(filters, context, scope=Scope.nation(), by=by, period=period)


def load_ranks(
    filters: Filters, context: RequestContext, *, by: ScopeKind, weights: Weights | None = None
) -> pd.DataFrame:
    """The frame of :func:`queries.statistics.draws.rank_table` of all areas of a kind, with the reader's weights."""
    chosen = weights or filters.weights

    def draw() -> PillarDraws:
        return pillar_draws(load_peer_values(filters, context, by=by))

    def rank() -> pd.DataFrame:
        return rank_table(
            cached_resource(draw, name="pillar_draws", cache_key=(by, filters.period, context.today)), chosen
        )

    return cached_value(rank, name="ranks", cache_key=(by, filters.period, context.today, chosen))


def load_index_table(
    filters: Filters, context: RequestContext, *, by: ScopeKind, period: Period | None = None
) -> pd.DataFrame:
    """The frame of :func:`queries.statistics.composite.index_table` of all areas of a kind."""

    def make() -> pd.DataFrame:
        return index_table(load_peer_values(filters, context, by=by, period=period), filters.weights)

    months = period or filters.period
    return cached_value(make, name="index", cache_key=(by, months, context.today, filters.weights))


def load_index(
    filters: Filters, context: RequestContext, area: Area, *, period: Period | None = None
) -> pd.Series[Any]:
    """The row of one area in :func:`load_index_table`."""
    table = load_index_table(filters, context, by=area.scope.kind, period=period)
    return table[table["area_code"] == area.scope.code].iloc[0]


def load_area_index(filters: Filters, context: RequestContext) -> AreaIndex:
    """The index of the chosen area among its like."""
    ranks = load_ranks(filters, context, by=filters.scope.kind)
    return AreaIndex(
        ranks=ranks[ranks["area_code"] == filters.scope.code].iloc[0],
        pillars=pillars_of(load_index(filters, context, filters.area)),
        ranked=int(ranks["index_score"].notna().sum()),
    )


def pillars_of(row: pd.Series[Any]) -> Mapping[Pillar, float]:
    """The pillars of a row of the index."""
    return {pillar: float(str(row[pillar.value])) for pillar in Pillar}


def load_compared(filters: Filters, context: RequestContext) -> list[tuple[str, Mapping[Pillar, float]]]:
    """Names and pillars of the wider areas that the chosen one lies in."""
    region = filters.book.region_of(filters.area)
    wider = [region] if region and filters.scope.kind is ScopeKind.DISTRICT else []
    if filters.scope.kind is not ScopeKind.NATION:
        wider.append(filters.book[NATION_CODE])
    return [(area.name, pillars_of(load_index(filters, context, area))) for area in wider]


def load_district_ranks(filters: Filters, context: RequestContext) -> pd.DataFrame:
    """The ranks of the districts of the chosen area's region, or of all, with the directory's columns."""
    region = filters.book.region_of(filters.area)
    scope = region.scope if region else Scope.nation()

    def make() -> pd.DataFrame:
        ranks = load_ranks(filters, context, by=ScopeKind.DISTRICT)
        return cached_query(districts, scope=scope).merge(ranks, how="left", left_on="soato", right_on="area_code")

    return cached_value(make, name="district_ranks", cache_key=(scope, filters.period, context.today, filters.weights))


def load_usual_ranks(filters: Filters, context: RequestContext) -> pd.DataFrame:
    """The ranks of all districts with equal weights."""
    return load_ranks(filters, context, by=ScopeKind.DISTRICT, weights=EQUAL_WEIGHTS)
