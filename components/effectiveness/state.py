"""State of the index: tiles of one area, and the districts in tiers."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.charts.palette import TIER_STYLES
from components.indicators.tiles import IndicatorTile
from components.shell.formatter import Formatter, is_missing
from components.tables.cards import Card, cards
from components.tables.columns import ColumnSpec, ColumnType
from data.effectiveness.index import INDEX_METHOD, Pillar, Tier
from data.indicators import Better

NAMES_SHOWN = 6


@dataclass(frozen=True)
class AreaIndex:
    """Index of one area: its row of the ranks, its pillars (NaN: no data), and the number of ranked areas.

    ``ranks`` is a row of :func:`queries.statistics.draws.rank_table`, ``score_before`` the index in the period before.
    """

    ranks: Mapping[Hashable, Any]
    pillars: Mapping[Pillar, float]
    ranked: int
    score_before: float

    @property
    def score(self) -> float:
        """Index, NaN without one."""
        return float(self.ranks["index_score"])

    @property
    def missing(self) -> list[Pillar]:
        """Pillars that have no data."""
        return [pillar for pillar, value in self.pillars.items() if is_missing(value)]


def state_tiles(area: AreaIndex, *, has_place: bool, fmt: Formatter) -> list[IndicatorTile]:
    """Return tiles of the index with interval and change, the rank with interval, and the pillars with data."""
    translate = fmt.translate
    change = area.score - area.score_before
    index = IndicatorTile(
        label=translate("Effectiveness index"),
        value_text=fmt.missing if is_missing(area.score) else fmt.number(area.score, decimals=1),
        better=Better.UP,
        delta=None if is_missing(change) else change,
        delta_text="" if is_missing(change) else fmt.signed(change, decimals=1),
        n_text=_interval(area.ranks["index_low"], area.ranks["index_high"], fmt),
        help=translate(
            "From 0 to 100: the weighted geometric mean of the pillars that have data. The page Method says more."
        ),
    )
    pillars = IndicatorTile(
        label=translate("Pillars with data"),
        value_text=translate("{known} of {all}", known=len(Pillar) - len(area.missing), all=len(Pillar)),
        n_text=translate("At least {number} are needed.", number=INDEX_METHOD.smallest_pillars),
    )
    return [index, *([_place_tile(area, fmt)] if has_place else []), pillars]


def _place_tile(area: AreaIndex, fmt: Formatter) -> IndicatorTile:
    translate, ranks = fmt.translate, area.ranks
    label = translate.context("rank", "Place")
    if is_missing(ranks["rank_median"]):
        return IndicatorTile(
            label=label, value_text=fmt.missing, n_text=translate("Without an index there is no place.")
        )
    return IndicatorTile(
        label=label,
        value_text=translate(
            "{low}–{high} of {all}",
            low=fmt.number(ranks["rank_low"]),
            high=fmt.number(ranks["rank_high"]),
            all=fmt.number(area.ranked),
        ),
        n_text=translate(Tier(ranks["tier"]).label),
        help=translate("The place lies between these two in 90% of equally defensible ways to compute it."),
    )


def _interval(low: float, high: float, fmt: Formatter) -> str:
    if is_missing(low):
        return ""
    return fmt.translate(
        "90% interval: {low}–{high}", low=fmt.number(low, decimals=1), high=fmt.number(high, decimals=1)
    )


def missing_text(area: AreaIndex, *, fmt: Formatter) -> str:
    """Return which pillars have no data and what follows for the index; empty where all have data."""
    translate = fmt.translate
    listed = "; ".join(translate(pillar.label) for pillar in area.missing)
    if not listed:
        return ""
    if is_missing(area.score):
        return translate("There is not enough data for an index. Without data: {pillars}.", pillars=listed)
    return translate("The index does without pillars that have no data: {pillars}.", pillars=listed)


def tier_cards(districts: pd.DataFrame, *, fmt: Formatter) -> str:
    """Return HTML cards with the number of districts of each tier and the first ones.

    ``districts``: ranks of districts with the name columns of the directory.
    """
    return cards([_tier_card(tier, districts[districts["tier"] == tier.value], fmt) for tier in Tier])


def _tier_card(tier: Tier, rows: pd.DataFrame, fmt: Formatter) -> Card:
    translate, style = fmt.translate, TIER_STYLES[tier]
    ordered = rows.sort_values(["rank_median", "area_code"], kind="stable", ascending=tier is not Tier.LOWER)
    listed = ", ".join(ordered[fmt.name_column].head(NAMES_SHOWN))
    more = len(rows) - NAMES_SHOWN
    if more > 0:
        listed = translate("{names} and {number} more", names=listed, number=more)
    count = translate.plural("{n} district", "{n} districts", len(rows))
    return Card(translate(tier.label), count, listed, style.symbol, style.badge)


def index_columns(*, fmt: Formatter) -> list[ColumnSpec]:
    """Columns of the table of districts with their index."""
    translate = fmt.translate
    return [
        ColumnSpec("area", translate("District")),
        ColumnSpec("tier_text", translate("Tier")),
        ColumnSpec("index_score", translate("Index"), ColumnType.DECIMAL),
        ColumnSpec("index_low", translate("90% interval, from"), ColumnType.DECIMAL),
        ColumnSpec("index_high", translate("90% interval, to"), ColumnType.DECIMAL),
        ColumnSpec("rank_low", translate("Place, from"), ColumnType.NUMBER),
        ColumnSpec("rank_high", translate("Place, to"), ColumnType.NUMBER),
        ColumnSpec("missing", translate("Pillars without data")),
    ]


def index_rows(districts: pd.DataFrame, missing_pillars: pd.Series[Any], *, fmt: Formatter) -> pd.DataFrame:
    """Districts from the highest index to the lowest, with area, tier and missing pillars as text.

    ``missing_pillars``: codes joined by ";" by SOATO, as in :func:`queries.statistics.composite.index_table`.
    """
    translate = fmt.translate
    rows = districts.sort_values(["index_score", "soato"], ascending=[False, True], na_position="last")
    missing = [str(codes).split(";") for codes in rows["soato"].map(missing_pillars)]
    return rows.assign(
        area=rows[fmt.name_column],
        tier_text=[translate("No index") if is_missing(tier) else translate(Tier(tier).label) for tier in rows["tier"]],
        missing=["; ".join(translate(Pillar(code).label) for code in codes if code) for codes in missing],
    )
