"""Overview: tiles, map and ranking of the chosen area."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.attention import attention_area, chosen_kind, render_attention
from components.charts.cached_chart import render_bars
from components.charts.ranking import ranking_bars
from components.indicators.area_tiles import render_area_tiles
from components.indicators.response import with_response
from components.indicators.tables import value_columns, value_rows
from components.indicators.verdict_texts import chance_note
from components.maps.classes import indicator_map
from components.maps.district_map import render_district_map
from components.maps.navigation import map_focus, map_links, map_scope
from components.maps.view import layer_script
from components.shell.cache import cached_query, cached_value, show_domain_errors
from components.shell.filters import Filters, current_filters, pick_indicator
from components.shell.formatter import Formatter
from components.shell.page_header import render_filters, render_heading, render_no_data
from components.shell.request_context import RequestContext, current_context
from components.tables.downloads import DownloadSheet, render_download
from components.tables.table import render_table
from data.indicators.evaluations import EVALUATION_COVERAGE
from data.policy import Action, Scope, ScopeKind, require
from pages.loaders.attention import SHOWN_ON_OVERVIEW, load_attention
from pages.loaders.fragment import open_fragment
from pages.loaders.indicators import (
    has_data,
    load_area_figures,
    load_targets,
    load_values,
    load_verdicts,
    of_indicator,
    whole_period,
)
from queries.directory.areas import districts, regions

ATTENTION_HEIGHT = 560


def render_page() -> None:
    """Draw the tiles of the chosen area, then everything about the chosen indicator."""
    context, filters = current_context(), current_filters()
    translate, fmt = context.translate, Formatter(context.translate)
    require(context.actor, Action.SEE_INDICATORS)

    render_heading(translate("Cooperation: {area}", area=filters.area.name), filters, context, fmt=fmt)
    render_filters(filters)
    figures = load_area_figures(filters, context)
    if not has_data(figures.now):
        render_no_data(context)
    render_area_tiles(figures, fmt=fmt)
    render_by_indicator()


@st.fragment
def render_by_indicator() -> None:
    """Draw what shows the chosen indicator or links to it, as a fragment that a change of it reruns alone."""
    with show_domain_errors(current_context().translate):
        filters, context = open_fragment()
        fmt = Formatter(context.translate)
        map_place, attention_place = st.columns([3, 2], gap="medium")
        with map_place:
            render_map(filters, context)
        with attention_place:
            render_area_attention(filters, context, fmt=fmt)
        render_values_table(filters, context, fmt=fmt)
        render_ranking(filters, context, fmt=fmt)


def render_map(filters: Filters, context: RequestContext) -> None:
    """Draw the map by the chosen indicator; each district leads to its page."""

    def make() -> str:
        frame = load_district_values(filters, context)
        shown = indicator_map(
            frame,
            filters.indicator,
            months=whole_period(filters, context).month_count,
            translate=context.translate,
            **map_focus(filters),
        )
        return layer_script(shown, translate=context.translate)

    pick_indicator(filters)
    script = cached_value(make, name="overview_map", cache_key=(filters.choices, context.today))
    render_district_map(script, map_links(filters, context), key="overview_map")


def load_district_values(filters: Filters, context: RequestContext) -> pd.DataFrame:
    """One row a district of the map: the directory's columns with value, n, intervals and verdict of the indicator."""
    return cached_query(districts, scope=map_scope(filters)).merge(
        load_judged(filters, context, by=ScopeKind.DISTRICT), how="left", left_on="soato", right_on="area_code"
    )


def load_region_values(filters: Filters, context: RequestContext) -> pd.DataFrame:
    """One row a region of the nation, as :func:`load_district_values`; ``region_soato`` is its own code."""
    found = cached_query(regions).merge(
        load_judged(filters, context, by=ScopeKind.REGION), how="left", left_on="soato", right_on="area_code"
    )
    return found.assign(region_soato=found["soato"])


def load_judged(filters: Filters, context: RequestContext, *, by: ScopeKind) -> pd.DataFrame:
    """Values of the chosen indicator in all areas of a kind that the map shows, each with its verdict."""
    code, scope = filters.indicator.code, map_scope(filters) if by is ScopeKind.DISTRICT else Scope.nation()
    chosen = of_indicator(load_values(filters, context, scope=scope, by=by, codes=[code]), code)
    found = of_indicator(load_verdicts(filters, context, by=by, codes=[code]), code)
    return chosen.merge(found, how="left", on=["area_code", "indicator_code"])


def load_responses(filters: Filters, context: RequestContext, *, by: ScopeKind) -> pd.DataFrame:
    """The response rate of each area of a kind that the map shows."""
    code, scope = EVALUATION_COVERAGE.code, map_scope(filters) if by is ScopeKind.DISTRICT else Scope.nation()
    return of_indicator(load_values(filters, context, scope=scope, by=by, codes=[code]), code)


def render_area_attention(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw what needs attention in as much of the chosen area as this person sees in full."""
    translate = fmt.translate
    area = attention_area(context.actor, filters.area, filters.directory)
    if area is None:
        st.subheader(translate("What needs attention"), anchor=False)
        st.caption(translate("Lists of records are shown to the leaders of the area itself."))
        return
    st.subheader(translate("What needs attention: {area}", area=area.name), anchor=False)
    groups = load_attention(area, filters, context, limit=SHOWN_ON_OVERVIEW, fmt=fmt)
    render_attention(
        groups, translate=translate, names_area=True, height=ATTENTION_HEIGHT if chosen_kind() else "content"
    )


def render_values_table(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the figures of the map as a table and a file, sent only when opened."""
    title = fmt.translate("The figures of the map as a table")
    opened = st.expander(title, icon=":material/table:", key="values", on_change="rerun")
    if opened.open:
        with opened:
            values = load_district_values(filters, context)
            render_values(values, ScopeKind.DISTRICT, filters, context, fmt=fmt, key="values")


def render_values(
    values: pd.DataFrame, kind: ScopeKind, filters: Filters, context: RequestContext, *, fmt: Formatter, key: str
) -> None:
    """Draw areas of a kind with the chosen indicator and its verdicts, as a table and a file."""
    translate, indicator = fmt.translate, filters.indicator
    aim = load_targets(filters, context).get(indicator.code)
    if indicator.rests_on_response:
        values = with_response(values, load_responses(filters, context, by=kind), fmt=fmt)
    rows = value_rows(values, indicator, directory=filters.directory, target=aim, translate=translate)
    columns = value_columns(indicator, kind, fmt=fmt)
    title = f"{translate(indicator.name)}, {fmt.period(whole_period(filters, context))}"
    render_table(rows, columns, translate=translate, key=f"{key}_table", alt=title)
    st.caption(chance_note(of_nation(filters, context, kind), kind, fmt=fmt))
    sheet = DownloadSheet(title, rows, columns, is_demo=bool(context.demo_date))
    name = f"hamkor-{indicator.code}" if kind is ScopeKind.DISTRICT else f"hamkor-{indicator.code}-{kind.value}"
    render_download(sheet, translate=translate, key=f"{key}_file", file_name=name)


def of_nation(filters: Filters, context: RequestContext, kind: ScopeKind) -> pd.Series[str]:
    """Verdict codes of the chosen indicator of all areas of a kind in the country."""
    code = filters.indicator.code
    return of_indicator(load_verdicts(filters, context, by=kind, codes=[code]), code)["verdict_code"]


def render_ranking(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw areas from the best value to the worst, with intervals, n and verdicts: regions of the nation, or districts
    of a region."""
    translate = context.translate
    kind = ScopeKind.DISTRICT if map_scope(filters).kind is ScopeKind.REGION else ScopeKind.REGION

    def load() -> pd.DataFrame:
        return (load_district_values if kind is ScopeKind.DISTRICT else load_region_values)(filters, context)

    def make() -> str:
        frame = load().assign(area_code=lambda rows: rows["soato"])
        return ranking_bars(frame, filters.indicator, kind, translate=translate, highlighted=filters.area.code)

    st.subheader(translate("Ranking: {indicator}", indicator=translate(filters.indicator.name)), anchor=False)
    render_bars(make, name="ranking", cache_key=(filters.choices, context.today))
    st.caption(
        translate(
            "A place says nothing by itself. “Better” and “worse” are only those that differ from all others by more "
            "than chance."
        )
    )
    st.caption(chance_note(of_nation(filters, context, kind), kind, fmt=fmt))
    if kind is ScopeKind.DISTRICT:
        return
    title = translate("The figures of the regions as a table")
    opened = st.expander(title, icon=":material/table:", key="region_values", on_change="rerun")
    if opened.open:
        with opened:
            render_values(load(), kind, filters, context, fmt=fmt, key="region_values")


render_page()
