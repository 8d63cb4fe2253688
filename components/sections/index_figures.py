"""The index of the chosen area and of all areas like it, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.areas import NATION_CODE, Area
from components.filters import View
from components.loading import hold, keep, load
from components.sections.values import load_values
from components.session import Visit
from data.index import EQUAL_WEIGHTS, Pillar, Weights
from data.period import Period
from data.rights import Scope, ScopeKind
from queries.areas import districts
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


def load_peer_values(view: View, visit: Visit, *, by: ScopeKind, period: Period | None = None) -> pd.DataFrame:
    """The values of all areas of a kind in the nation; the index knows no direction."""
    return load_values(view, visit, scope=Scope.nation(), by=by, period=period)


def load_ranks(view: View, visit: Visit, *, by: ScopeKind, weights: Weights | None = None) -> pd.DataFrame:
    """The frame of :func:`queries.statistics.draws.rank_table` of all areas of a kind, with the reader's weights."""
    chosen = weights or view.weights

    def draw() -> PillarDraws:
        return pillar_draws(load_peer_values(view, visit, by=by))

    def rank() -> pd.DataFrame:
        return rank_table(hold(draw, name="pillar_draws", about=(by, view.period, visit.today)), chosen)

    return keep(rank, name="ranks", about=(by, view.period, visit.today, chosen))


def load_index_table(view: View, visit: Visit, *, by: ScopeKind, period: Period | None = None) -> pd.DataFrame:
    """The frame of :func:`queries.statistics.composite.index_table` of all areas of a kind."""

    def make() -> pd.DataFrame:
        return index_table(load_peer_values(view, visit, by=by, period=period), view.weights)

    months = period or view.period
    return keep(make, name="index", about=(by, months, visit.today, view.weights))


def load_index(view: View, visit: Visit, area: Area, *, period: Period | None = None) -> pd.Series[Any]:
    """The row of one area in :func:`load_index_table`."""
    table = load_index_table(view, visit, by=area.scope.kind, period=period)
    return table[table["area_code"] == area.scope.code].iloc[0]


def load_area_index(view: View, visit: Visit) -> AreaIndex:
    """The index of the chosen area among its like."""
    ranks = load_ranks(view, visit, by=view.scope.kind)
    return AreaIndex(
        ranks=ranks[ranks["area_code"] == view.scope.code].iloc[0],
        pillars=pillars_of(load_index(view, visit, view.area)),
        ranked=int(ranks["index_score"].notna().sum()),
    )


def pillars_of(row: pd.Series[Any]) -> Mapping[Pillar, float]:
    """The pillars of a row of the index."""
    return {pillar: float(str(row[pillar.value])) for pillar in Pillar}


def load_compared(view: View, visit: Visit) -> list[tuple[str, Mapping[Pillar, float]]]:
    """Names and pillars of the wider areas that the chosen one lies in."""
    region = view.book.region_of(view.area)
    wider = [region] if region and view.scope.kind is ScopeKind.DISTRICT else []
    if view.scope.kind is not ScopeKind.NATION:
        wider.append(view.book[NATION_CODE])
    return [(area.name, pillars_of(load_index(view, visit, area))) for area in wider]


def load_district_ranks(view: View, visit: Visit) -> pd.DataFrame:
    """The ranks of the districts of the chosen area's region, or of all, with the directory's columns."""
    region = view.book.region_of(view.area)
    scope = region.scope if region else Scope.nation()

    def make() -> pd.DataFrame:
        ranks = load_ranks(view, visit, by=ScopeKind.DISTRICT)
        return load(districts, scope=scope).merge(ranks, how="left", left_on="soato", right_on="area_code")

    return keep(make, name="district_ranks", about=(scope, view.period, visit.today, view.weights))


def load_usual_ranks(view: View, visit: Visit) -> pd.DataFrame:
    """The ranks of all districts with equal weights."""
    return load_ranks(view, visit, by=ScopeKind.DISTRICT, weights=EQUAL_WEIGHTS)
