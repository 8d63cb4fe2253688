"""Pieces of the Overview: its figures, the map, the list of what needs attention, the ranking."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.address import Param, choose, query_params
from components.areas import NATION_CODE
from components.attention import attention_area, attention_groups, render_attention
from components.chart_place import render_bars
from components.charts.ranking import ranked, ranking_bars
from components.chrome import DISTRICT_PAGE
from components.columns import Column, Kind
from components.downloads import Sheet, render_download
from components.filters import View, pick_indicator
from components.format import Formatter
from components.loading import keep, load
from components.maps.classes import indicator_map
from components.maps.district_map import render_district_map
from components.maps.view import layer_script
from components.sections.values import load_values, of_indicator
from components.session import Visit
from components.tables import render_table
from data.rights import Scope, ScopeKind
from queries.areas import districts, regions
from queries.attention import attention_counts, attention_list

ITEMS_OF_A_KIND = 2


def map_scope(view: View) -> Scope:
    """What the map shows: the nation, or the region of the chosen area."""
    region = view.book.region_of(view.area)
    return region.scope if region else Scope.nation()


def map_focus(view: View) -> dict[str, str]:
    """The region that a map is fitted to and the district that it marks, as the map builders take them."""
    region = view.book.region_of(view.area)
    is_district = view.area.scope.kind is ScopeKind.DISTRICT
    return {"region_soato": region.code if region else "", "marked_soato": view.area.code if is_district else ""}


def load_district_values(view: View, visit: Visit) -> pd.DataFrame:
    """One row a district of the map: the directory's columns with value, n and interval of the chosen indicator."""
    scope, code = map_scope(view), view.indicator.code
    chosen = of_indicator(load_values(view, visit, scope=scope, by=ScopeKind.DISTRICT, codes=[code]), code)
    return load(districts, scope=scope).merge(chosen, how="left", left_on="soato", right_on="area_code")


def render_map(view: View, visit: Visit) -> None:
    """The map by the chosen indicator; a click opens the district."""
    translate = visit.translate

    def make() -> str:
        frame = load_district_values(view, visit)
        shown = indicator_map(frame, view.indicator, translate=translate, **map_focus(view))
        return layer_script(shown, translate=translate)

    pick_indicator(view)
    script = keep(make, name="overview_map", about=(view.choices, visit.today))
    clicked = render_district_map(script, key="overview_map")
    if clicked:
        open_district(clicked, view, visit)


def open_district(soato: str, view: View, visit: Visit) -> None:
    """Go to the page of a district; the other choices stay. One of another region is seen as its region, here."""
    region = view.book.region_of(view.book[soato])
    if soato not in view.book.choosable(visit.actor):
        choose(Param.AREA, region.code if region else NATION_CODE)
        st.rerun()
    choose(Param.AREA, soato)
    st.switch_page(DISTRICT_PAGE, query_params=query_params())


def render_area_attention(view: View, visit: Visit, *, write: Formatter) -> None:
    """What needs attention in as much of the chosen area as this person sees in full."""
    area = attention_area(visit.actor, view.area, view.book)
    if area is None:
        st.subheader(write.translate("What needs attention"), anchor=False)
        st.caption(write.translate("Lists of records are shown to the leaders of the area itself."))
        return
    st.subheader(write.translate("What needs attention: {area}", area=area.name), anchor=False)
    counts = load(attention_counts, scope=area.scope, today=visit.today)
    rows = load(attention_list, scope=area.scope, today=visit.today, limit=ITEMS_OF_A_KIND)
    groups = attention_groups(counts, rows, book=view.book, write=write)
    render_attention(groups, translate=write.translate, has_links=True)


def load_ranking(view: View, visit: Visit) -> pd.DataFrame:
    """One row an area below the one of the map: regions of the nation, or districts of a region; named, with value."""
    scope, code = map_scope(view), view.indicator.code
    if scope.kind is ScopeKind.REGION:
        return load_district_values(view, visit)
    chosen = of_indicator(load_values(view, visit, scope=scope, by=ScopeKind.REGION, codes=[code]), code)
    return load(regions).merge(chosen, how="left", left_on="soato", right_on="area_code")


def render_ranking(view: View, visit: Visit) -> None:
    """Areas from the best value to the worst, with intervals and the number each rests on."""
    translate = visit.translate

    def make() -> str:
        frame = load_ranking(view, visit).assign(area_code=lambda rows: rows["soato"])
        return ranking_bars(frame, view.indicator, translate=translate, highlighted=view.area.code)

    st.subheader(translate("Ranking: {indicator}", indicator=translate(view.indicator.name)), anchor=False)
    render_bars(make, name="ranking", about=(view.choices, visit.today))
    st.caption(translate("Where the intervals of two areas overlap, they cannot be told apart."))


def value_columns(view: View, *, write: Formatter) -> list[Column]:
    """Columns of a table of areas with the chosen indicator."""
    translate, indicator = write.translate, view.indicator
    return [
        Column("area", translate("Area")),
        Column("region", translate("Region")),
        Column("value", translate(indicator.name), Kind.INDICATOR, indicator=indicator),
        Column("interval_low", translate("90% interval, from"), Kind.INDICATOR, indicator=indicator),
        Column("interval_high", translate("90% interval, to"), Kind.INDICATOR, indicator=indicator),
        Column("n", translate("Based on ({what})", what=translate(indicator.n_text)), Kind.NUMBER),
    ]


def render_values_table(view: View, visit: Visit, *, write: Formatter) -> None:
    """The figures of the map as a table and a file, sent only when opened."""
    translate = write.translate
    opened = st.expander(
        translate("The figures of the map as a table"), icon=":material/table:", key="values", on_change="rerun"
    )
    if not opened.open:
        return
    named = ranked(load_district_values(view, visit), view.indicator).assign(
        area=lambda rows: [view.book.name(code) for code in rows["soato"]],
        region=lambda rows: [view.book.name(code) for code in rows["region_soato"]],
    )
    columns = value_columns(view, write=write)
    title = f"{translate(view.indicator.name)}, {write.period(view.period)}"
    with opened:
        render_table(named, columns, translate=translate, key="values_table", alt=title)
        sheet = Sheet(title, named, columns, is_demo=bool(visit.demo_date))
        render_download(sheet, translate=translate, key="values_file", file_name=f"hamkor-{view.indicator.code}")
