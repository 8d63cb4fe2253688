"""Figures of a pack: indicators with their comparisons, trend and targets, the index with its ranks, and districts
that rose.

Everything is computed from the sums of the nation, read once a period, by the same functions as the live pages. The
pack's months are compared with the same months of the year before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from data.codes import When
from data.effectiveness.index import EQUAL_WEIGHTS, INDEX_METHOD, Pillar
from data.indicators import INDICATORS, Panel, shown_on
from data.indicators.verdicts import Change
from data.policy import Scope, ScopeKind
from queries.indicators.cells import IndicatorSums
from queries.indicators.trends import process_trend, trend_period
from queries.indicators.values import area_values, indicator_sums, targets, targets_by_area, targets_of
from queries.indicators.verdicts import changes, verdicts
from queries.meetings.packs.frames import typed
from queries.meetings.packs.request import PackQuestion
from queries.statistics.composite import index_table
from queries.statistics.contributions import compared_scores
from queries.statistics.draws import change_draws, index_change, pillar_draws, rank_table
from queries.statistics.index_changes import index_changes

MOST_MOVERS = 10
MAPPED = shown_on(Panel.MAP_SLIDES)
_RANKS = {"rank_median": "median_rank", "tier": "tier_code", "index_score": "index_value"}
_OF_PLACES = ["median_rank", "rank_low", "rank_high", "tier_code"]


@dataclass(frozen=True)
class PeerValues:
    """Values of all areas of a kind, in the pack's months and in the same months of the year before."""

    now: pd.DataFrame
    before: pd.DataFrame

    def verdicts(self, nation: PeerValues) -> pd.DataFrame:
        """Each area beside all others of its kind, row by row of ``now``."""
        return verdicts(self.now, nation.now)


@dataclass(frozen=True)
class Peers:
    """Values of all areas of the kinds that a pack needs, and the codes of the districts of the pack's area."""

    by_kind: Mapping[ScopeKind, PeerValues]
    districts: frozenset[str]

    def __getitem__(self, kind: ScopeKind) -> PeerValues:
        return self.by_kind[kind]

    def inside(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of districts of the pack's area."""
        return frame[frame["area_code"].isin(self.districts)]


def read_pack_sums(connection: Connection, asked: PackQuestion) -> tuple[IndicatorSums, IndicatorSums]:
    """Return the sums of the nation now and a year before.

    Raises ForbiddenError; ValueError for a period of more than five calendar years with the year before it.
    """
    now, before = (
        indicator_sums(connection, asked.actor, period=period, today=asked.today)
        for period in (asked.period, asked.period.year_before())
    )
    return now, before


def figure_frames(connection: Connection, asked: PackQuestion) -> Mapping[str, pd.DataFrame]:
    """Frames values, comparisons, trend, targets, index, pillars, movers and map_values.

    Raises as :func:`read_pack_sums`.
    """
    peers = _peers(read_pack_sums(connection, asked), asked)
    values = _values(peers, asked)
    index, pillars = _index_frames(peers, asked)
    return {
        "values": values,
        "comparisons": _comparisons(peers, asked),
        "trend": _trend(connection, asked),
        "targets": _targets(connection, asked),
        "index": index,
        "pillars": pillars,
        "movers": _movers(peers, asked),
        "map_values": _map_values(peers, asked),
    }


def _peers(sums: tuple[IndicatorSums, IndicatorSums], asked: PackQuestion) -> Peers:
    kinds = {ScopeKind.DISTRICT, *(scope.kind for scope in asked.compared_scopes)}
    region = sums[0].by_district["region_soato"]
    inside = region.index if asked.scope.kind is ScopeKind.NATION else region.index[region == asked.scope.code]
    return Peers(
        {kind: _peer_values(sums, kind) for kind in ScopeKind if kind in kinds},
        frozenset([asked.scope.code] if asked.scope.kind is ScopeKind.DISTRICT else inside),
    )


def _peer_values(sums: tuple[IndicatorSums, IndicatorSums], kind: ScopeKind) -> PeerValues:
    """Return the values of a kind; before, without districts that did not exist in all of both periods."""
    now, before = (area_values(found, scope=Scope.nation(), by=kind) for found in sums)
    partial = sums[0].partial | sums[1].partial
    return PeerValues(now, before[~before["area_code"].isin(partial)] if kind is ScopeKind.DISTRICT else before)


def _of_area(frame: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    return frame[frame["area_code"] == scope.code]


def _values(peers: Peers, asked: PackQuestion) -> pd.DataFrame:
    areas = asked.compared_scopes
    parts = [
        _of_area(frame, scope).assign(when=when.value)
        for scope in areas
        for when, frame in ((When.NOW, peers[scope.kind].now), (When.YEAR_BEFORE, peers[scope.kind].before))
    ]
    if asked.is_wide:
        parts.append(peers.inside(peers[ScopeKind.DISTRICT].now).assign(when=When.NOW.value))
    parts.append(_of_last_pack(asked, "values", [scope.code for scope in areas]))
    return _joined("values", parts)


def _comparisons(peers: Peers, asked: PackQuestion) -> pd.DataFrame:
    """Return the area's values beside a year before and beside all others; of months that are not over, no change."""
    own, nation = peers[asked.scope.kind], peers[ScopeKind.NATION]
    now = _of_area(own.now, asked.scope)
    changed = changes(now, _of_area(own.before, asked.scope))
    if not asked.period.is_over(asked.today):
        changed = changed.assign(change=np.nan, change_code=Change.UNKNOWN.value)
    keys = ["area_code", "indicator_code"]
    frame = now.merge(changed, how="left", on=keys)
    if asked.scope.kind is ScopeKind.NATION:
        return frame
    return frame.merge(_of_area(own.verdicts(nation), asked.scope), how="left", on=keys)


def _of_last_pack(asked: PackQuestion, name: str, area_codes: Iterable[str]) -> pd.DataFrame:
    """Return the values of these areas in the previous pack, for its own period."""
    if asked.previous is None:
        return pd.DataFrame()
    frame = asked.previous.frames[name]
    rows = frame[(frame["when"] == When.NOW) & frame["area_code"].isin(list(area_codes))]
    return rows.assign(when=When.LAST_PACK.value)


def _joined(name: str, parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    settled = [typed(name, part) for part in parts if not part.empty]
    return pd.concat(settled, ignore_index=True) if settled else typed(name, pd.DataFrame())


def _trend(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    period = trend_period(asked.period)
    return process_trend(connection, asked.actor, scope=asked.scope, period=period, today=asked.today)


def _targets(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """Return the targets of the year in which the period ends, as on the pages."""
    year = asked.period.as_of(asked.today).year
    by_area = targets_by_area(targets(connection, asked.actor, year=year), months=asked.period.month_count)
    found = targets_of(by_area, [scope.code for scope in asked.compared_scopes])
    rows = [(code, found[code].value, found[code].area_code) for code in INDICATORS if code in found]
    return pd.DataFrame(rows, columns=["indicator_code", "value", "set_by_area_code"])


def _index_frames(peers: Peers, asked: PackQuestion) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Index and pillars: of the area among its peers and, for a wide one, of its districts among all districts."""
    ranked, pillars = [], []
    for kind in (kind for kind in ScopeKind if kind in {asked.scope.kind, ScopeKind.DISTRICT}):
        areas = peers.districts if kind is ScopeKind.DISTRICT else {asked.scope.code}
        of_index, of_pillars = _of_kind(peers[kind], kind, areas)
        ranked.append(of_index)
        pillars.append(of_pillars)
    ranked.append(_of_last_pack(asked, "index", [asked.scope.code]))
    pillars.append(_of_last_pack(asked, "pillars", [asked.scope.code]))
    return _with_change(_joined("index", ranked), peers, asked), _joined("pillars", pillars)


def _of_kind(values: PeerValues, kind: ScopeKind, areas: Collection[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return index and pillars of some areas of a kind among all of that kind; ranks are known for the present only."""
    ranks = rank_table(pillar_draws(values.now), EQUAL_WEIGHTS).rename(columns=_RANKS).assign(when=When.NOW.value)
    if kind is ScopeKind.NATION:
        ranks[_OF_PLACES] = None
    tables = {
        When.NOW: index_table(values.now, EQUAL_WEIGHTS),
        When.YEAR_BEFORE: index_table(values.before, EQUAL_WEIGHTS),
    }
    earlier = tables[When.YEAR_BEFORE].rename(columns=_RANKS)[["area_code", "index_value"]]
    index = _joined("index", [ranks, earlier.assign(when=When.YEAR_BEFORE.value)])
    pillars = pd.concat([_melted(table, when) for when, table in tables.items()], ignore_index=True)
    return index[index["area_code"].isin(list(areas))], pillars[pillars["area_code"].isin(list(areas))]


def _with_change(index: pd.DataFrame, peers: Peers, asked: PackQuestion) -> pd.DataFrame:
    """Return the index frame with the change of the area's own index, as on the Effectiveness page."""
    if not asked.period.is_over(asked.today):
        return index
    own, code = peers[asked.scope.kind], asked.scope.code
    first, last = compared_scores(own.before, own.now, EQUAL_WEIGHTS, area_code=code)
    is_own = (index["area_code"] == code) & (index["when"] == When.NOW)
    index.loc[is_own, "change"] = last - first
    drawn = change_draws(own.before, own.now, area_code=code)
    index.loc[is_own, ["change_low", "change_high"]] = index_change(drawn, EQUAL_WEIGHTS)
    return index


def _melted(table: pd.DataFrame, when: When) -> pd.DataFrame:
    codes = [pillar.value for pillar in Pillar]
    long = table.melt(id_vars="area_code", value_vars=codes, var_name="pillar_code", value_name="value")
    return long.assign(when=when.value).sort_values("area_code", kind="stable")


def _movers(peers: Peers, asked: PackQuestion) -> pd.DataFrame:
    """Return districts whose index rose by more than chance, of all that were compared, the largest rise first."""
    if not asked.is_wide or not asked.period.is_over(asked.today):
        return pd.DataFrame()
    of_districts = peers[ScopeKind.DISTRICT]
    found = index_changes(of_districts.before, of_districts.now, EQUAL_WEIGHTS, among=peers.districts)
    found = found.rename(columns={"index_after": "index_now"})
    found = found.assign(change=found["index_now"] - found["index_before"], compared=len(found))
    risen = found[(found["change"] > 0) & (found["p"] <= INDEX_METHOD.false_share)]
    ordered = risen.sort_values(["change", "area_code"], ascending=[False, True])
    return ordered.assign(risen=len(risen)).head(MOST_MOVERS)


def _map_values(peers: Peers, asked: PackQuestion) -> pd.DataFrame:
    """Return what maps show of the districts, each beside all other districts of the country."""
    if not asked.is_wide:
        return pd.DataFrame()
    of_districts = peers[ScopeKind.DISTRICT]
    found = of_districts.now.assign(verdict_code=of_districts.verdicts(peers[ScopeKind.NATION])["verdict_code"])
    shown = peers.inside(found[found["indicator_code"].isin(MAPPED)])
    return shown.rename(columns={"area_code": "district_soato"})
