"""Pieces of the Overview: its figures, the map, the list of what needs attention, the ranking."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.attention import attention_area, attention_groups, render_attention
from components.charts.cached_chart import render_bars
from components.charts.ranking import ranked, ranking_bars
from components.maps.classes import indicator_map
from components.maps.district_map import render_district_map
from components.maps.view import layer_script
from components.sections.values import load_values, of_indicator
from components.shell.address import Param, choose, query_params
from components.shell.areas import NATION_CODE
from components.shell.cache import cached_query, cached_value
from components.shell.chrome import DISTRICT_PAGE
from components.shell.filters import Filters, pick_indicator
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from components.tables.columns import Column, Kind
from components.tables.downloads import Sheet, render_download
from components.tables.table import render_table
from data.policy import Scope, ScopeKind
from queries.attention import attention_counts, attention_list
from queries.directory.areas import districts, regions

ITEMS_OF_A_KIND = 2


def map_scope(filters: Filters) -> Scope:
    """What the map shows: the nation, or the region of the chosen area."""
    region = filters.book.region_of(filters.area)
    return region.scope if region else Scope.nation()


def map_focus(filters: Filters) -> dict[str, str]:
    """The region that a map is fitted to and the district that it marks, as the map builders take them."""
    region = filters.book.region_of(filters.area)
    is_district = filters.area.scope.kind is ScopeKind.DISTRICT
    return {"region_soato": region.code if region else "", "marked_soato": filters.area.code if is_district else ""}


def load_district_values(filters: Filters, context: RequestContext) -> pd.DataFrame:
    """One row a district of the map: the directory's columns with value, n and interval of the chosen indicator."""
    scope, code = map_scope(filters), filters.indicator.code
    chosen = of_indicator(load_values(filters, context, scope=scope, by=ScopeKind.DISTRICT, codes=[code]), code)
    return cached_query(districts, scope=scope).merge(chosen, how="left", left_on="soato", right_on="area_code")


def render_map(filters: Filters, context: RequestContext) -> None:
    """The map by the chosen indicator; a click opens the district."""
    translate = context.translate

    def make() -> str:
        frame = load_district_values(filters, context)
        shown = indicator_map(frame, filters.indicator, translate=translate, **map_focus(filters))
        return layer_script(shown, translate=translate)

    pick_indicator(filters)
    script = cached_value(make, name="overview_map", cache_key=(filters.choices, context.today))
    clicked = render_district_map(script, key="overview_map")
    if clicked:
        open_district(clicked, filters, context)


def open_district(soato: str, filters: Filters, context: RequestContext) -> None:
    """Go to the page of a district; the other choices stay. One of another region is seen as its region, here."""
    region = filters.book.region_of(filters.book[soato])
    if soato not in filters.book.choosable(context.actor):
        choose(Param.AREA, region.code if region else NATION_CODE)
        st.rerun()
    choose(Param.AREA, soato)
    st.switch_page(DISTRICT_PAGE, query_params=query_params())


def render_area_attention(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """What needs attention in as much of the chosen area as this person sees in full."""
    area = attention_area(context.actor, filters.area, filters.book)
    if area is None:
        st.subheader(fmt.translate("What needs attention"), anchor=False)
        st.caption(fmt.translate("Lists of records are shown to the leaders of the area itself."))
        return
    st.subheader(fmt.translate("What needs attention: {area}", area=area.name), anchor=False)
    counts = cached_query(attention_counts, scope=area.scope, today=context.today)
    rows = cached_query(attention_list, scope=area.scope, today=context.today, limit=ITEMS_OF_A_KIND)
    groups = attention_groups(counts, rows, book=filters.book, fmt=fmt)
    render_attention(groups, translate=fmt.translate, has_links=True)


def load_ranking(filters: Filters, context: RequestContext) -> pd.DataFrame:
    """One row an area below the one of the map: regions of the nation, or districts of a region; named, with value."""
    scope, code = map_scope(filters), filters.indicator.code
    if scope.kind is ScopeKind.REGION:
        return load_district_values(filters, context)
    chosen = of_indicator(load_values(filters, context, scope=scope, by=ScopeKind.REGION, codes=[code]), code)
    return cached_query(regions).merge(chosen, how="left", left_on="soato", right_on="area_code")


def render_ranking(filters: Filters, context: RequestContext) -> None:
    """Areas from the best value to the worst, with intervals and the number each rests on."""
    translate = context.translate

    def make() -> str:
        frame = load_ranking(filters, context).assign(area_code=lambda rows: rows["soato"])
        return ranking_bars(frame, filters.indicator, translate=translate, highlighted=filters.area.code)

    st.subheader(translate("Ranking: {indicator}", indicator=translate(filters.indicator.name)), anchor=False)
    render_bars(make, name="ranking", cache_key=(filters.choices, context.today))
    st.caption(translate("Where the intervals of two areas overlap, they cannot be told apart."))


def value_columns(filters: Filters, *, fmt: Formatter) -> list[Column]:
    """Columns of a table of areas with the chosen indicator."""
    translate, indicator = fmt.translate, filters.indicator
    return [
        Column("area", translate("Area")),
        Column("region", translate("Region")),
        Column("value", translate(indicator.name), Kind.INDICATOR, indicator=indicator),
        Column("interval_low", translate("90% interval, from"), Kind.INDICATOR, indicator=indicator),
        Column("interval_high", translate("90% interval, to"), Kind.INDICATOR, indicator=indicator),
        Column("n", translate("Based on ({what})", what=translate(indicator.n_text)), Kind.NUMBER),
    ]


def render_values_table(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """The figures of the map as a table and a file, sent only when opened."""
    translate = fmt.translate
    opened = st.expander(
        translate("The figures of the map as a table"), icon=":material/table:", key="values", on_change="rerun"
    )
    if not opened.open:
        return
    named = ranked(load_district_values(filters, context), filters.indicator).assign(
        area=lambda rows: [filters.book.name(code) for code in rows["soato"]],
        region=lambda rows: [filters.book.name(code) for code in rows["region_soato"]],
    )
    columns = value_columns(filters, fmt=fmt)
    title = f"{translate(filters.indicator.name)}, {fmt.period(filters.period)}"
    with opened:
        render_table(named, columns, translate=translate, key="values_table", alt=title)
        sheet = Sheet(title, named, columns, is_demo=bool(context.demo_date))
        render_download(sheet, translate=translate, key="values_file", file_name=f"hamkor-{filters.indicator.code}")
