"""State of the index: tiles of one area, and the districts in tiers."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.charts.palette import TIER_STYLES
from components.indicators.tiles import IndicatorTile
from components.shell.address import link_to
from components.shell.chrome import DISTRICT_ADDRESS
from components.shell.formatter import Formatter, is_missing, rounded
from components.tables.cards import Card, cards
from components.tables.columns import ColumnSpec, ColumnType
from data.effectiveness.index import INDEX_METHOD, Pillar, Tier
from data.indicators import Better

NAMES_SHOWN = 6
_TIER_COLUMNS = {"tier": "tier", "tier_of_all": "tier_of_all", "tier_without": "tier_without_foundation"}


@dataclass(frozen=True)
class IndexChange:
    """Index before and now over the pillars known in both periods, and the 90 % interval of the difference; NaN where
    these pillars make no index."""

    before: float
    now: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out 0; false where nothing is compared."""
        return self.low > 0 or self.high < 0

    @property
    def printed(self) -> float:
        """Difference of the two indices as they are printed, so that what is printed adds up."""
        before, now = (rounded(index, 1) for index in (self.before, self.now))
        return float(now - before)


@dataclass(frozen=True)
class AreaIndex:
    """Index of one area: its row of the ranks, its pillars (NaN: no data), and the number of ranked areas.

    ``ranks`` is a row of :func:`queries.statistics.draws.rank_table`; ``change`` is against the same months of the year
    before.
    """

    ranks: Mapping[Hashable, Any]
    pillars: Mapping[Pillar, float]
    ranked: int
    change: IndexChange

    @property
    def score(self) -> float:
        """Index, at least where pillars have no data; NaN without one."""
        return float(self.ranks["index_score"])

    @property
    def missing(self) -> list[Pillar]:
        """Pillars that have no data."""
        return [pillar for pillar, value in self.pillars.items() if is_missing(value)]


def state_tiles(area: AreaIndex, *, has_place: bool, fmt: Formatter) -> list[IndicatorTile]:
    """Return tiles of the index with interval and change, the rank with interval, and the pillars with data.

    Only a change that chance would hardly make has a colour and an arrow.
    """
    translate, change = fmt.translate, area.change
    has_change = not is_missing(change.now - change.before)
    delta = change.printed if has_change and change.is_clear else None
    delta_text = fmt.signed(change.printed, decimals=1) if has_change else ""
    if has_change and not change.is_clear:
        delta_text = translate("{change}, no clear change", change=delta_text)
    index = IndicatorTile(
        label=translate("Effectiveness index"),
        value_text=fmt.missing if is_missing(area.score) else index_text(area.score, area.ranks["index_most"], fmt),
        better=Better.UP,
        delta=delta,
        delta_text=delta_text,
        compared_with=translate("than in the same months of the year before") if has_change else "",
        n_text=_interval(area.ranks["index_low"], area.ranks["index_high"], fmt),
        help=translate(
            "From 0 to 100: the weighted geometric mean of the six pillars. Where a pillar has no data it is a range. "
            "The page Method says more."
        ),
    )
    pillars = IndicatorTile(
        label=translate("Pillars with data"),
        value_text=translate("{known} of {all}", known=len(Pillar) - len(area.missing), all=len(Pillar)),
        n_text=translate("At least {number} are needed.", number=INDEX_METHOD.smallest_pillars),
    )
    return [index, *([_place_tile(area, fmt)] if has_place else []), pillars]


def index_text(least: float, most: float, fmt: Formatter) -> str:
    """Return the index, or the range that it lies in where pillars have no data."""
    ends = [fmt.number(end, decimals=1) for end in (least, most)]
    return ends[0] if ends[0] == ends[1] else fmt.translate("{low}–{high}", low=ends[0], high=ends[1])


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
        n_text=tier_text(ranks["tier"], has_index=True, fmt=fmt),
        help=translate("The place lies between these two in 90% of equally defensible ways to compute it."),
    )


def _interval(low: float, high: float, fmt: Formatter) -> str:
    if is_missing(low):
        return ""
    return fmt.translate(
        "90% interval: {low}–{high}", low=fmt.number(low, decimals=1), high=fmt.number(high, decimals=1)
    )


def tier_text(tier: object, *, has_index: bool, fmt: Formatter) -> str:
    """Return the name of a tier, or why an area has none."""
    if not is_missing(tier):
        return fmt.translate(Tier(str(tier)).label)
    if not has_index:
        return fmt.translate("No index")
    return fmt.translate("No tier: fewer than {number} pillars have data", number=INDEX_METHOD.tier_pillars)


def missing_text(area: AreaIndex, *, fmt: Formatter) -> str:
    """Return which pillars have no data and what follows for the index; empty where all have data."""
    translate = fmt.translate
    listed = "; ".join(translate(pillar.label) for pillar in area.missing)
    if not listed:
        return ""
    if is_missing(area.score):
        return translate("There is not enough data for an index. Without data: {pillars}.", pillars=listed)
    return translate(
        "The index lies between {low} and {high}, because pillars have no data: {pillars}. In comparisons they count "
        "with their lowest value, so that to leave one out is never a gain.",
        low=fmt.number(area.score, decimals=1),
        high=fmt.number(area.ranks["index_most"], decimals=1),
        pillars=listed,
    )


def why_lines(area: AreaIndex, *, fmt: Formatter) -> list[str]:
    """Return in words why an area is grey, orange, blue or not ranked."""
    translate, ranks = fmt.translate, area.ranks
    lines = [text] if (text := missing_text(area, fmt=fmt)) else []
    if is_missing(area.score):
        return [
            *lines,
            translate(
                "It is grey and not ranked: {known} of {all} pillars have data, at least {number} are needed.",
                known=len(Pillar) - len(area.missing),
                all=len(Pillar),
                number=INDEX_METHOD.smallest_pillars,
            ),
        ]
    if is_missing(ranks["tier"]):
        return [
            *lines,
            translate("It is grey: a tier needs {number} pillars with data.", number=INDEX_METHOD.tier_pillars),
        ]
    tier = Tier(str(ranks["tier"]))
    if tier is Tier.UPPER:
        lines.append(
            translate(
                "It is blue: its index is above the middle one by more than chance and the choice of method make."
            )
        )
    elif tier is Tier.LOWER:
        lines.append(
            translate(
                "It is orange: its index is below the middle one by more than chance and the choice of method make."
            )
        )
    elif ranks["tier_of_all"] == ranks["tier_without_foundation"] == Tier.MIDDLE.value:
        lines.append(translate("It is grey: a test cannot tell its index apart from the middle one."))
    else:
        lines.append(
            translate(
                "It is grey: by all pillars it would be “{with_foundation}”, without the foundation “{without}”. A "
                "tier needs both.",
                with_foundation=translate(Tier(str(ranks["tier_of_all"])).label),
                without=translate(Tier(str(ranks["tier_without_foundation"])).label),
            )
        )
    return lines


def tier_cards(districts: pd.DataFrame, *, fmt: Formatter) -> str:
    """Return HTML cards with the number of districts of each tier, which leads to their table, and the first ones.

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
    address = link_to("", state=tier) if len(rows) else ""
    return Card(translate(tier.label), count, listed, style.symbol, style.badge, address)


def tiers_text(districts: pd.DataFrame, *, fmt: Formatter) -> str:
    """Return how many districts stand out with and without the foundation, and how many would by chance."""
    translate = fmt.translate
    counts = {
        f"{name}_{tier}": fmt.number(int((districts[column] == tier.value).sum()))
        for name, column in (("all", "tier_of_all"), ("without", "tier_without_foundation"))
        for tier in (Tier.UPPER, Tier.LOWER)
    }
    named = int(districts["tier"].isin([Tier.UPPER.value, Tier.LOWER.value]).sum())
    return " ".join(
        (
            translate(
                "By all pillars {all_upper} districts are above the middle and {all_lower} below, without the "
                "foundation {without_upper} and {without_lower}; a tier needs both, so that no signed or unsigned "
                "paper decides it.",
                **counts,
            ),
            translate(
                "Of the {named} districts in the upper and lower tiers about {chance} would be there by chance alone.",
                named=fmt.number(named),
                chance=fmt.number(INDEX_METHOD.false_share * named, decimals=1),
            ),
        )
    )


def index_columns(*, fmt: Formatter) -> list[ColumnSpec]:
    """Columns of the table of districts with their index."""
    translate = fmt.translate
    return [
        ColumnSpec("area", translate("District"), link="area_address"),
        ColumnSpec("tier_text", translate("Tier")),
        ColumnSpec("tier_of_all_text", translate("Tier by all pillars")),
        ColumnSpec("tier_without_text", translate("Tier without the foundation")),
        ColumnSpec("index_score", translate("Index, at least"), ColumnType.DECIMAL),
        ColumnSpec("index_most", translate("Index, at most"), ColumnType.DECIMAL),
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
        area_address=[link_to(DISTRICT_ADDRESS, area=soato) for soato in rows["soato"]],
        **{f"{name}_text": _tier_texts(rows, column, fmt) for name, column in _TIER_COLUMNS.items()},
        missing=["; ".join(translate(Pillar(code).label) for code in codes if code) for codes in missing],
    )


def _tier_texts(rows: pd.DataFrame, column: str, fmt: Formatter) -> list[str]:
    return [
        tier_text(tier, has_index=not is_missing(score), fmt=fmt)
        for tier, score in zip(rows[column], rows["index_score"], strict=True)
    ]
