"""Figures of a pack: indicators, their trend and targets, the index with its ranks, and districts that rose.

Everything is computed from the sums of the nation, read once a period, by the same functions as the live pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection

from data.codes import When
from data.dates.period import Period, shift_month
from data.effectiveness.index import EQUAL_WEIGHTS, Pillar
from data.indicators import INDICATORS, Panel, shown_on
from data.policy import Scope, ScopeKind
from queries.indicators.cells import IndicatorSums
from queries.indicators.values import area_values, indicator_sums, indicator_trend, targets, targets_of
from queries.meetings.packs.frames import typed
from queries.meetings.packs.request import PackQuestion
from queries.statistics.composite import index_table
from queries.statistics.draws import pillar_draws, rank_table

TREND_MONTHS = 24
MOST_MOVERS = 10
MAPPED = shown_on(Panel.MAP_SLIDES)
_RANKS = {"rank_median": "median_rank", "tier": "tier_code", "index_score": "index_value"}
_OF_PLACES = ["median_rank", "rank_low", "rank_high", "tier_code"]


@dataclass(frozen=True)
class PackSums:
    """Sums of the nation in the pack's period and in the one of the same length before."""

    now: IndicatorSums
    before: IndicatorSums


def read_pack_sums(connection: Connection, asked: PackQuestion) -> PackSums:
    """Return the sums of both periods. Raises ForbiddenError; ValueError for a period of more than five years."""
    now, before = (
        indicator_sums(connection, asked.actor, period=period, today=asked.today)
        for period in (asked.period, asked.period.previous())
    )
    return PackSums(now, before)


def figure_frames(connection: Connection, asked: PackQuestion) -> Mapping[str, pd.DataFrame]:
    """Frames values, trend, targets, index, pillars, movers and map_values. Raises as :func:`read_pack_sums`."""
    sums = read_pack_sums(connection, asked)
    index, pillars = _index_frames(sums, asked)
    values = _values(sums, asked)
    return {
        "values": values,
        "trend": _trend(connection, asked),
        "targets": _targets(connection, asked),
        "index": index,
        "pillars": pillars,
        "movers": _movers(index, asked),
        "map_values": _map_values(values, asked),
    }


def _values(sums: PackSums, asked: PackQuestion) -> pd.DataFrame:
    areas = asked.compared_scopes
    parts = [_now_and_before(sums, scope) for scope in areas]
    if asked.is_wide:
        districts = area_values(sums.now, scope=asked.scope, by=ScopeKind.DISTRICT)
        parts.append(districts.assign(when=When.NOW.value))
    parts.append(_of_last_pack(asked, "values", [scope.code for scope in areas]))
    return _joined("values", parts)


def _now_and_before(sums: PackSums, scope: Scope) -> pd.DataFrame:
    now, before = (area_values(found, scope=scope, by=scope.kind) for found in (sums.now, sums.before))
    return pd.concat([now.assign(when=When.NOW.value), before.assign(when=When.BEFORE.value)], ignore_index=True)


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
    period = Period.of_months(shift_month(asked.period.last_day, 1 - TREND_MONTHS), TREND_MONTHS)
    return indicator_trend(connection, asked.actor, scope=asked.scope, period=period, today=asked.today)


def _targets(connection: Connection, asked: PackQuestion) -> pd.DataFrame:
    """Return the targets of the year in which the period ends, as on the pages."""
    year = asked.period.as_of(asked.today).year
    codes = [scope.code for scope in asked.compared_scopes]
    found = targets_of(targets(connection, asked.actor, year=year), codes, months=asked.period.month_count)
    rows = [(code, found[code].value, found[code].area_code) for code in INDICATORS if code in found]
    return pd.DataFrame(rows, columns=["indicator_code", "value", "set_by_area_code"])


def _index_frames(sums: PackSums, asked: PackQuestion) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Index and pillars: of the area among its peers and, for a wide one, of its districts among all districts."""
    kinds = {asked.scope.kind, ScopeKind.DISTRICT}
    own = [asked.scope.code] if asked.is_wide else []
    districts = area_values(sums.now, scope=asked.scope, by=ScopeKind.DISTRICT)["area_code"].unique()
    ranked, pillars = [], []
    for kind in (kind for kind in ScopeKind if kind in kinds):
        areas = list(districts) if kind is ScopeKind.DISTRICT else own
        of_index, of_pillars = _of_kind(sums, kind, areas)
        ranked.append(of_index)
        pillars.append(of_pillars)
    ranked.append(_of_last_pack(asked, "index", [asked.scope.code]))
    pillars.append(_of_last_pack(asked, "pillars", [asked.scope.code]))
    return _joined("index", ranked), _joined("pillars", pillars)


def _of_kind(sums: PackSums, kind: ScopeKind, areas: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return index and pillars of some areas of a kind among all of that kind; ranks are known for the present only."""
    now, before = (area_values(found, scope=Scope.nation(), by=kind) for found in (sums.now, sums.before))
    ranks = rank_table(pillar_draws(now), EQUAL_WEIGHTS).rename(columns=_RANKS).assign(when=When.NOW.value)
    if kind is ScopeKind.NATION:
        ranks[_OF_PLACES] = None
    tables = {When.NOW: index_table(now, EQUAL_WEIGHTS), When.BEFORE: index_table(before, EQUAL_WEIGHTS)}
    earlier = tables[When.BEFORE].rename(columns=_RANKS)[["area_code", "index_value"]].assign(when=When.BEFORE.value)
    index = _joined("index", [ranks, earlier])
    pillars = pd.concat([_melted(table, when) for when, table in tables.items()], ignore_index=True)
    return index[index["area_code"].isin(areas)], pillars[pillars["area_code"].isin(areas)]


def _melted(table: pd.DataFrame, when: When) -> pd.DataFrame:
    codes = [pillar.value for pillar in Pillar]
    long = table.melt(id_vars="area_code", value_vars=codes, var_name="pillar_code", value_name="value")
    return long.assign(when=when.value).sort_values("area_code", kind="stable")


def _movers(index: pd.DataFrame, asked: PackQuestion) -> pd.DataFrame:
    """Return districts whose index rose, the largest rise first."""
    if not asked.is_wide:
        return pd.DataFrame()
    districts = index[index["area_code"] != asked.scope.code]
    now, before = (
        districts[districts["when"] == when].set_index("area_code")["index_value"] for when in (When.NOW, When.BEFORE)
    )
    frame = pd.DataFrame({"index_before": before, "index_now": now}).rename_axis("area_code")
    risen = frame.assign(change=frame["index_now"] - frame["index_before"]).query("change > 0").reset_index()
    return risen.sort_values(["change", "area_code"], ascending=[False, True]).head(MOST_MOVERS)


def _map_values(values: pd.DataFrame, asked: PackQuestion) -> pd.DataFrame:
    if not asked.is_wide:
        return pd.DataFrame()
    above = [scope.code for scope in asked.compared_scopes]
    is_shown = values["indicator_code"].isin(MAPPED) & ~values["area_code"].isin(above)
    return values[is_shown].rename(columns={"area_code": "district_soato"})
