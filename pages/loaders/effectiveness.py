"""Index of the chosen area and of all areas like it, with the reader's weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.effectiveness.state import AreaIndex, IndexChange
from components.shell.areas import NATION_CODE, Area
from components.shell.cache import cached_query, cached_resource, cached_value
from components.shell.filters import Filters
from components.shell.request_context import RequestContext
from data.effectiveness.index import EQUAL_WEIGHTS, Pillar, Weights
from data.policy import Scope, ScopeKind
from pages.loaders.indicators import load_sums, load_targets, load_values, load_values_before, whole_period
from queries.directory.areas import districts
from queries.directory.validity import existing
from queries.indicators.values import rating_shrinkage
from queries.statistics.composite import index_table
from queries.statistics.contributions import compared_scores, contributions
from queries.statistics.draws import (
    PillarDraws,
    cannot_be_told_apart,
    change_draws,
    index_change,
    pillar_draws,
    rank_table,
)
from queries.statistics.funnel import Funnel, funnel
from queries.statistics.lift import lifts
from queries.statistics.sensitivity import effective_weights, sensitivity


@dataclass(frozen=True)
class WeightedIndex:
    """Everything that the weights decide about the chosen area and the districts around it.

    ``compared``: names and pillars of the wider areas of the area. ``districts``: one row a district of the area's
    region, or of the nation: its ranks and the directory's columns; ``last_place`` is the lowest rank of any district
    of the nation. ``tiers`` are those ranks of all districts. ``alike``: the districts that a district cannot be told
    apart from. ``effective``: what each pillar weighs and decides among all districts. ``moves``: rank changes with
    these weights (:func:`queries.statistics.sensitivity.sensitivity`), empty with equal ones. ``lifts`` and
    ``contributions`` are the frames of :mod:`queries.statistics` of these names.
    """

    own: AreaIndex
    compared: Sequence[tuple[str, Mapping[Pillar, float]]]
    districts: pd.DataFrame
    tiers: pd.DataFrame
    last_rank: int
    alike: Sequence[str]
    effective: pd.DataFrame
    moves: pd.DataFrame
    lifts: pd.DataFrame
    contributions: pd.DataFrame


def load_weighted_index(filters: Filters, context: RequestContext) -> WeightedIndex:
    """Return everything that the weights decide, so that the page draws it in one go."""
    return cached_value(
        lambda: _weigh(filters, context),
        name="weighted_index",
        cache_key=(filters.area.code, filters.period, context.today, filters.weights),
    )


def _weigh(filters: Filters, context: RequestContext) -> WeightedIndex:
    weights, code, kind = filters.weights, filters.scope.code, filters.scope.kind
    now = load_peer_values(filters, context, by=kind)
    before = load_values_before(filters, context, scope=Scope.nation(), by=kind)
    ranks = load_ranks(filters, context, by=kind)
    of_districts = ranks if kind is ScopeKind.DISTRICT else load_ranks(filters, context, by=ScopeKind.DISTRICT)
    usual = load_ranks(filters, context, by=ScopeKind.DISTRICT, weights=EQUAL_WEIGHTS)
    index = index_table(now, weights)
    drawn = load_draws(filters, context, by=ScopeKind.DISTRICT)
    region = filters.directory.region_of(filters.area)
    every = cached_query(districts, scope=region.scope if region else Scope.nation())
    shown = existing(every, whole_period(filters, context))
    aims = {indicator: target.value for indicator, target in load_targets(filters, context).items()}
    return WeightedIndex(
        own=AreaIndex(
            ranks=_row(ranks, code).to_dict(),
            pillars=_pillars(index, code),
            ranked=int(ranks["index_score"].notna().sum()),
            change=IndexChange(
                *compared_scores(before, now, weights, area_code=code),
                *index_change(load_change_draws(before, now, filters, context), weights),
            ),
        ),
        compared=[(area.name, _area_pillars(area, filters, context)) for area in _wider_areas(filters)],
        districts=shown.merge(of_districts, how="left", left_on="soato", right_on="area_code"),
        tiers=of_districts,
        last_rank=int(of_districts["rank_median"].notna().sum()),
        alike=cannot_be_told_apart(drawn, weights, area_code=code) if kind is ScopeKind.DISTRICT else (),
        effective=effective_weights(drawn.observed, weights),
        moves=sensitivity(usual, of_districts) if weights != EQUAL_WEIGHTS else pd.DataFrame(),
        lifts=lifts(now, weights, area_code=code, targets=aims),
        contributions=contributions(before, now, weights, area_code=code),
    )


def _wider_areas(filters: Filters) -> list[Area]:
    region = filters.directory.region_of(filters.area)
    wider = [region] if region and filters.scope.kind is ScopeKind.DISTRICT else []
    return wider if filters.scope.kind is ScopeKind.NATION else [*wider, filters.directory[NATION_CODE]]


def _area_pillars(area: Area, filters: Filters, context: RequestContext) -> Mapping[Pillar, float]:
    values = load_peer_values(filters, context, by=area.scope.kind)
    return _pillars(index_table(values, filters.weights), area.scope.code)


def _row(table: pd.DataFrame, area_code: str) -> pd.Series[Any]:
    return table[table["area_code"] == area_code].iloc[0]


def _pillars(index: pd.DataFrame, area_code: str) -> Mapping[Pillar, float]:
    row = _row(index, area_code)
    return {pillar: float(row[pillar.value]) for pillar in Pillar}


def load_peer_values(filters: Filters, context: RequestContext, *, by: ScopeKind) -> pd.DataFrame:
    """Return values of all areas of a kind in the nation, over all directions."""
    return load_values(filters, context, scope=Scope.nation(), by=by)


def load_draws(filters: Filters, context: RequestContext, *, by: ScopeKind) -> PillarDraws:
    """Return draws of the pillars of all areas of a kind: 50 MB of districts, shared, so nobody may change them."""
    return cached_resource(
        lambda: pillar_draws(load_peer_values(filters, context, by=by)),
        name="pillar_draws",
        cache_key=(by, filters.period, context.today),
    )


def load_change_draws(
    before: pd.DataFrame, now: pd.DataFrame, filters: Filters, context: RequestContext
) -> tuple[PillarDraws, PillarDraws]:
    """Return draws of the pillars of the chosen area in two periods, whose values are given; shared like those."""
    code = filters.scope.code
    return cached_resource(
        lambda: change_draws(before, now, area_code=code),
        name="change_draws",
        cache_key=(code, filters.period, context.today),
    )


def load_ranks(
    filters: Filters, context: RequestContext, *, by: ScopeKind, weights: Weights | None = None
) -> pd.DataFrame:
    """Return :func:`queries.statistics.draws.rank_table` of all areas of a kind, with the reader's weights."""
    chosen = weights or filters.weights

    def rank() -> pd.DataFrame:
        return rank_table(load_draws(filters, context, by=by), chosen)

    return cached_value(rank, name="ranks", cache_key=(by, filters.period, context.today, chosen))


def load_district_index(filters: Filters, context: RequestContext) -> pd.DataFrame:
    """Return :func:`queries.statistics.composite.index_table` of all districts."""
    return index_table(load_peer_values(filters, context, by=ScopeKind.DISTRICT), filters.weights)


def load_funnel(filters: Filters, context: RequestContext) -> Funnel:
    """Return the funnel of the ratings of all districts."""

    def make() -> Funnel:
        values = load_peer_values(filters, context, by=ScopeKind.DISTRICT)
        return funnel(values, within=rating_shrinkage(load_sums(filters, context)).within)

    return cached_value(make, name="funnel", cache_key=(filters.period, context.today))
