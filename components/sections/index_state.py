"""Step one of the Effectiveness page: what is the state."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd
import streamlit as st

from components.charts.cached_chart import render_bars
from components.charts.palette import TIER_STYLES
from components.charts.pillars import pillar_bars
from components.indicators.tiles import Tile, render_tiles
from components.sections.index_figures import (
    AreaIndex,
    load_area_index,
    load_compared,
    load_district_ranks,
    load_index,
    load_index_table,
)
from components.shell.cache import cached_value
from components.shell.filters import Filters
from components.shell.formatter import Formatter, is_missing
from components.shell.request_context import RequestContext
from components.tables.cards import Card, cards
from components.tables.columns import Column, Kind
from components.tables.downloads import Sheet, render_download
from components.tables.table import render_table
from data.effectiveness.index import INDEX_METHOD, Pillar, Tier
from data.indicators import Better
from data.policy import ScopeKind

NAMES_SHOWN = 6


def render_state(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """The index of the area, its pillars, and the tiers of the districts."""
    translate = fmt.translate
    st.header(translate("1. What is the state"), anchor=False)
    area = load_area_index(filters, context)
    render_tiles(state_tiles(area, filters, context, fmt=fmt), columns=3)
    render_missing(area, fmt=fmt)
    title = translate("Pillars: {area}", area=filters.area.name)
    st.subheader(title, anchor=False)

    def make() -> str:
        return pillar_bars(area.pillars, load_compared(filters, context), title=title, translate=translate)

    render_bars(make, name="pillars", cache_key=(filters.choices, context.today))
    render_tiers(filters, context, fmt=fmt)


def state_tiles(area: AreaIndex, filters: Filters, context: RequestContext, *, fmt: Formatter) -> list[Tile]:
    """The index with its interval and change, the place with its interval, and the pillars that stand behind it."""
    translate, ranks = fmt.translate, area.ranks
    before = load_index(filters, context, filters.area, period=filters.period.previous())
    change = area.score - float(str(before["index_score"]))
    known = sum(not is_missing(value) for value in area.pillars.values())
    index = Tile(
        label=translate("Effectiveness index"),
        value_text=fmt.missing if is_missing(area.score) else fmt.number(area.score, decimals=1),
        better=Better.UP,
        delta=None if is_missing(change) else change,
        delta_text="" if is_missing(change) else fmt.signed(change, decimals=1),
        n_text=_interval(ranks["index_low"], ranks["index_high"], fmt, decimals=1),
        help=translate(
            "From 0 to 100: the weighted geometric mean of the pillars that have data. The page Method says more."
        ),
    )
    pillars = Tile(
        label=translate("Pillars with data"),
        value_text=translate("{known} of {all}", known=known, all=len(Pillar)),
        n_text=translate("At least {number} are needed.", number=INDEX_METHOD.smallest_pillars),
    )
    return [index, *([] if filters.scope.kind is ScopeKind.NATION else [_place_tile(area, fmt)]), pillars]


def _place_tile(area: AreaIndex, fmt: Formatter) -> Tile:
    translate, ranks = fmt.translate, area.ranks
    label = translate.context("rank", "Place")
    if is_missing(ranks["rank_median"]):
        return Tile(label=label, value_text=fmt.missing, n_text=translate("Without an index there is no place."))
    tier = translate(Tier(str(ranks["tier"])).label)
    return Tile(
        label=label,
        value_text=translate("{low}–{high} of {all}", low=_whole(ranks["rank_low"], fmt),
                             high=_whole(ranks["rank_high"], fmt), all=fmt.number(area.ranked)),
        n_text=tier,
        help=translate("The place lies between these two in 90% of equally defensible ways to compute it."),
    )  # fmt: skip


def render_missing(area: AreaIndex, *, fmt: Formatter) -> None:
    """Which pillars have no data, and that the index does without them or cannot."""
    translate = fmt.translate
    names = [translate(pillar.label) for pillar, value in area.pillars.items() if is_missing(value)]
    if not names:
        return
    listed = "; ".join(names)
    if is_missing(area.score):
        text = translate("There is not enough data for an index. Without data: {pillars}.", pillars=listed)
    else:
        text = translate("The index does without pillars that have no data: {pillars}.", pillars=listed)
    st.info(text, icon=":material/info:")


def render_tiers(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """The districts in three groups, and on demand all of them in a table."""
    translate = fmt.translate
    frame = load_district_ranks(filters, context)
    st.subheader(translate("Tiers of districts"), anchor=False)
    st.caption(
        translate(
            "A district is in the upper or lower tier only if its whole 90% interval of places among all districts "
            "lies in that half. This is not a league table."
        )
    )
    st.html(load_tiers(filters, context))
    missing = int(frame["tier"].isna().sum())
    if missing:
        st.caption(translate.plural("{n} district has not enough data for an index.",
                                    "{n} districts have not enough data for an index.", missing))  # fmt: skip
    _render_table(frame, filters, context, fmt)


def load_tiers(filters: Filters, context: RequestContext) -> str:
    """The drawn tiers: how many districts each holds, and which come first."""

    def make() -> str:
        fmt, frame = Formatter(context.translate), load_district_ranks(filters, context)
        return cards([_tier_card(tier, frame[frame["tier"] == tier.value], fmt) for tier in Tier])

    return cached_value(make, name="tiers", cache_key=(filters.choices, context.today, filters.weights))


def _tier_card(tier: Tier, rows: pd.DataFrame, fmt: Formatter) -> Card:
    translate, style = fmt.translate, TIER_STYLES[tier]
    ordered = rows.sort_values(["rank_median", "area_code"], kind="stable", ascending=tier is not Tier.LOWER)
    names = [fmt.area(row) for row in ordered.head(NAMES_SHOWN).to_dict("records")]
    more = len(rows) - len(names)
    listed = ", ".join(names)
    if more > 0:
        listed = translate("{names} and {number} more", names=listed, number=more)
    count = translate.plural("{n} district", "{n} districts", len(rows))
    return Card(translate(tier.label), count, listed, style.symbol, style.badge)


def _render_table(frame: pd.DataFrame, filters: Filters, context: RequestContext, fmt: Formatter) -> None:
    translate = fmt.translate
    opened = st.expander(
        translate("The index of the districts as a table"),
        icon=":material/table:",
        key="index_table",
        on_change="rerun",
    )
    if not opened.open:
        return
    columns = [
        Column("area", translate("District")),
        Column("tier_text", translate("Tier")),
        Column("index_score", translate("Index"), Kind.DECIMAL),
        Column("index_low", translate("90% interval, from"), Kind.DECIMAL),
        Column("index_high", translate("90% interval, to"), Kind.DECIMAL),
        Column("rank_low", translate("Place, from"), Kind.NUMBER),
        Column("rank_high", translate("Place, to"), Kind.NUMBER),
        Column("missing", translate("Pillars without data")),
    ]
    title = translate("The index of the districts as a table")
    rows = frame.sort_values(["index_score", "soato"], ascending=[False, True], na_position="last")
    table = load_index_table(filters, context, by=ScopeKind.DISTRICT).set_index("area_code")["missing_pillars"]
    rows = rows.assign(missing_pillars=rows["soato"].map(table))
    named = [_named(row, fmt) for row in rows.to_dict("records")]
    shown = rows.assign(**{key: [name[key] for name in named] for key in ("area", "tier_text", "missing")})
    with opened:
        render_table(shown, columns, translate=translate, key="index_rows", alt=title)
        sheet = Sheet(f"{title}, {fmt.period(filters.period)}", shown, columns, is_demo=bool(context.demo_date))
        render_download(sheet, translate=translate, key="index_file", file_name="hamkor-index")


def _named(row: Mapping[Hashable, object], fmt: Formatter) -> dict[str, str]:
    translate = fmt.translate
    codes = [code for code in str(row["missing_pillars"]).split(";") if code]
    tier = row["tier"]
    return {
        "area": fmt.area(row),
        "tier_text": translate("No index") if is_missing(tier) else translate(Tier(str(tier)).label),
        "missing": "; ".join(translate(Pillar(code).label) for code in codes),
    }


def _interval(low: object, high: object, fmt: Formatter, *, decimals: int) -> str:
    if is_missing(low):
        return ""
    ends = (fmt.number(float(str(end)), decimals=decimals) for end in (low, high))
    return fmt.translate("90% interval: {low}–{high}", **dict(zip(("low", "high"), ends, strict=True)))


def _whole(value: object, fmt: Formatter) -> str:
    return fmt.number(float(str(value)))
