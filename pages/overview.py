"""Overview: tiles, map and ranking of the chosen area."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from components.attention import AttentionGroup, attention_area, render_attention
from components.charts.cached_chart import render_bars
from components.charts.ranking import ranking_bars
from components.indicators.area_tiles import area_tiles_html, comparison_note
from components.indicators.lead import MainFigures, lead_html
from components.indicators.response import with_response
from components.indicators.scorecard import (
    SCORECARD_CODES,
    WORST,
    legend_text,
    scorecard_html,
    scored_districts,
    sort_options,
)
from components.indicators.tables import shown_value_columns, value_columns, value_rows
from components.indicators.verdict_texts import chance_note
from components.maps.classes import indicator_map
from components.maps.district_map import render_district_map
from components.maps.navigation import map_focus, map_links, map_scope
from components.maps.view import layer_script
from components.outlook import is_opened
from components.shell.address import Param, link_to, valid_choice
from components.shell.areas import Area
from components.shell.cache import cached_query, cached_value, show_domain_errors
from components.shell.chrome import DISTRICT_ADDRESS, OVERVIEW_ADDRESS
from components.shell.filters import INDICATOR_WIDTH, Filters, current_filters, pick_choice, pick_indicator
from components.shell.formatter import Formatter
from components.shell.page_header import render_area_history, render_filters, render_heading, render_no_data
from components.shell.request_context import RequestContext, current_context
from components.tables.downloads import DownloadSheet, render_download
from components.tables.paging import first_row, render_paging
from components.tables.record_table import render_record_table
from data.directory import area_points
from data.indicators import INDICATORS
from data.indicators.evaluations import EVALUATION_COVERAGE
from data.indicators.verdicts import against_target
from data.policy import Action, Scope, ScopeKind, may, require
from pages.loaders.attention import SHOWN_ON_OVERVIEW, load_attention
from pages.loaders.fragment import open_fragment
from pages.loaders.indicators import (
    has_data,
    load_area_figures,
    load_targets,
    load_targets_of,
    load_values,
    load_verdicts,
    whole_period,
)
from pages.loaders.outlook import render_due, render_forecast
from queries.directory.areas import districts, regions
from queries.directory.validity import existing
from queries.evaluations.response import district_responses, share_counted

# Side by side where both have room, else below each other.
MAP_WIDTH, RANKING_WIDTH = 580, 360
SCORECARD_ROWS = 9
JUDGED_COLUMNS = ["area_code", "indicator_code", "value", "interval_low", "interval_high"]


def render_page() -> None:
    """Draw what is wrong, who has to act, the main indicators, and where it is: map, ranking and scorecard."""
    context, filters = current_context(), current_filters()
    translate, fmt = context.translate, Formatter(context.translate)
    require(context.actor, Action.SEE_INDICATORS)

    render_heading(translate("Cooperation: {area}", area=filters.area.name), filters, context, fmt=fmt)
    render_filters(filters)
    area = attention_area(context.actor, filters.area, filters.directory)
    groups = load_attention(area, filters, context, limit=SHOWN_ON_OVERVIEW, fmt=fmt) if area else []
    existed = render_area_history(filters.area, filters.directory, whole_period(filters, context), fmt=fmt)
    if not existed:
        render_area_attention(area, groups, context, fmt=fmt)
    else:
        main = load_main_figures(groups if area == filters.area else [], filters, context)
        if not main.has_data:
            render_no_data(context)
        st.html(main.lead)
        render_area_attention(area, groups, context, fmt=fmt)
        st.html(main.tiles)
        st.caption(main.note)
    render_by_indicator()
    render_scorecard()
    may_see_outlook = may(context.actor, Action.SEE_ATTENTION) and may(context.actor, Action.SEE_SUMS, filters.scope)
    if may_see_outlook and filters.scope.kind is not ScopeKind.DISTRICT:
        render_outlook(filters, context, fmt=fmt)


def render_outlook(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw what the coming months bring to a region or the nation, read only when opened."""
    area = filters.area
    title = fmt.translate("The coming months: {area}", area=area.name)
    opened = st.expander(
        title, icon=":material/event_upcoming:", key="outlook", on_change="rerun", expanded=is_opened()
    )
    if opened.open:
        with opened:
            if filters.directory.seen_in_full(context.actor, area) == area:
                render_due(area, filters, context, fmt=fmt)
            render_forecast(area, filters, context, fmt=fmt)


def load_main_figures(groups: list[AttentionGroup], filters: Filters, context: RequestContext) -> MainFigures:
    """Return the main figures of the chosen area; ``groups`` is what needs attention there."""

    def make() -> MainFigures:
        fmt, figures = Formatter(context.translate), load_area_figures(filters, context)
        return MainFigures(
            has_data(figures.now),
            lead_html(figures, groups, fmt=fmt),
            area_tiles_html(figures, fmt=fmt),
            comparison_note(figures, fmt=fmt),
        )

    counts = tuple((group.kind, group.count) for group in groups)
    key = (filters.area.code, filters.period, filters.direction, context.today, counts, link_to(""))
    return cached_value(make, name="main_figures", cache_key=key)


def render_area_attention(
    area: Area | None, groups: list[AttentionGroup], context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw what needs attention in as much of the chosen area as this person sees in full."""
    translate = fmt.translate
    if area is None:
        st.caption(translate("Lists of records are shown to the leaders of the area itself."))
        return
    st.subheader(translate("What needs attention: {area}", area=area.name), anchor=False)
    may_act = may(context.actor, Action.EDIT_RECORDS, area.scope)
    names_area = area.scope.kind is not ScopeKind.DISTRICT
    render_attention(groups, names_area=names_area, has_actions=may_act, fmt=fmt)


@st.fragment
def render_by_indicator() -> None:
    """Draw what shows the chosen indicator, as a fragment that a change of it reruns alone."""
    with show_domain_errors(current_context().translate):
        filters, context = open_fragment()
        fmt = Formatter(context.translate)
        kind = ranked_kind(filters)
        st.subheader(ranked_title(kind, fmt), anchor=False)
        pick_indicator(filters)
        with st.container(horizontal=True, gap="medium"):
            with st.container(width=MAP_WIDTH):
                render_map(filters, context)
            with st.container(width=RANKING_WIDTH):
                render_ranking(kind, filters, context, fmt=fmt)
        render_tables(kind, filters, context, fmt=fmt)


def ranked_kind(filters: Filters) -> ScopeKind:
    """Return which areas are ranked beside the map: regions of the nation, or districts of a region."""
    return ScopeKind.DISTRICT if map_scope(filters).kind is ScopeKind.REGION else ScopeKind.REGION


def ranked_title(kind: ScopeKind, fmt: Formatter) -> str:
    """Return the title of the map and of what is ranked beside it."""
    if kind is ScopeKind.REGION:
        return fmt.translate("Regions, worst first")
    return fmt.translate("Districts, worst first")


def render_map(filters: Filters, context: RequestContext) -> None:
    """Draw the map by the chosen indicator; each district leads to its page."""

    def make() -> str:
        frame = load_district_values(filters, context)
        shown = indicator_map(
            frame[frame["soato"].isin(area_points())],
            filters.indicator,
            months=whole_period(filters, context).month_count,
            translate=context.translate,
            **map_focus(filters),
        )
        return layer_script(shown, translate=context.translate)

    script = cached_value(make, name="overview_map", cache_key=(filters.choices, context.today))
    render_district_map(script, map_links(filters, context), key="overview_map")


def load_district_values(filters: Filters, context: RequestContext) -> pd.DataFrame:
    """One row a district of the map: the directory's columns with value, n, intervals and verdict of the indicator."""
    shown = existing(cached_query(districts, scope=map_scope(filters)), whole_period(filters, context))
    return shown.merge(
        load_judged(filters, context, by=ScopeKind.DISTRICT), how="left", left_on="soato", right_on="area_code"
    )


def load_region_values(filters: Filters, context: RequestContext) -> pd.DataFrame:
    """One row a region of the nation, as :func:`load_district_values`; ``region_soato`` is its own code."""
    found = cached_query(regions).merge(
        load_judged(filters, context, by=ScopeKind.REGION), how="left", left_on="soato", right_on="area_code"
    )
    return found.assign(region_soato=found["soato"])


def load_area_values(kind: ScopeKind, filters: Filters, context: RequestContext) -> pd.DataFrame:
    """Return the values of the districts of the map or of all regions."""
    return (load_district_values if kind is ScopeKind.DISTRICT else load_region_values)(filters, context)


def area_address(kind: ScopeKind, code: str) -> str:
    """Return what the name of an area leads to: the page of a district, the overview of a region."""
    path = DISTRICT_ADDRESS if kind is ScopeKind.DISTRICT else OVERVIEW_ADDRESS
    return link_to(path, **{Param.AREA.value: code})


def load_judged(filters: Filters, context: RequestContext, *, by: ScopeKind) -> pd.DataFrame:
    """Values of the chosen indicator in all areas of a kind in the nation, each with its verdict."""
    codes = [filters.indicator.code]
    chosen = load_values(filters, context, scope=Scope.nation(), by=by, codes=codes)
    found = load_verdicts(filters, context, by=by, codes=codes)
    return chosen.assign(verdict_code=found["verdict_code"])


def load_responses(filters: Filters, context: RequestContext, *, by: ScopeKind) -> pd.DataFrame:
    """The response rate of each area of a kind that the map shows."""
    scope = map_scope(filters) if by is ScopeKind.DISTRICT else Scope.nation()
    return load_values(filters, context, scope=scope, by=by, codes=[EVALUATION_COVERAGE.code])


def load_confidential_shares(filters: Filters, context: RequestContext, *, by: ScopeKind) -> pd.Series[float] | None:
    """The share of confidential evaluations that counts, in percent, by areas of a kind that the map shows; None where
    the reader does not see them in full."""
    scope, directory = map_scope(filters), filters.directory
    if directory.seen_in_full(context.actor, directory.of_scope(scope)) != directory.of_scope(scope):
        return None
    found = cached_query(district_responses, scope=scope, period=whole_period(filters, context), today=context.today)
    regions_of = [directory[soato].region_soato for soato in found["district_soato"]]
    codes = found["district_soato"] if by is ScopeKind.DISTRICT else pd.Series(regions_of, index=found.index)
    # Of a direction no confidential evaluation counts.
    counted = found["counted"] if filters.direction is None else 0
    return share_counted(found.assign(counted=counted).groupby(codes)[["sent", "counted"]].sum())


def render_tables(kind: ScopeKind, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the figures of map and ranking as tables and files, each sent only when opened."""
    translate = fmt.translate
    tables = {"values": (ScopeKind.DISTRICT, translate("The figures of the map as a table"))}
    if kind is ScopeKind.REGION:
        tables["region_values"] = kind, translate("The figures of the regions as a table")
    for key, (of_kind, title) in tables.items():
        opened = st.expander(title, icon=":material/table:", key=key, on_change="rerun")
        if opened.open:
            with opened:
                render_values(of_kind, filters, context, fmt=fmt, key=key)


def render_values(kind: ScopeKind, filters: Filters, context: RequestContext, *, fmt: Formatter, key: str) -> None:
    """Draw areas of a kind with the chosen indicator and its verdicts, as a table and a file."""
    translate, indicator = fmt.translate, filters.indicator
    values = load_area_values(kind, filters, context)
    aim = load_targets(filters, context).get(indicator.code)
    if indicator.rests_on_response:
        values = with_response(values, load_responses(filters, context, by=kind), fmt=fmt)
        shares = load_confidential_shares(filters, context, by=kind)
        if shares is not None:
            values = values.assign(confidential_pct=values["soato"].map(shares))
    rows = value_rows(
        values,
        indicator,
        directory=filters.directory,
        target=aim,
        address_of=partial(area_address, kind),
        fmt=fmt,
    )
    has_confidential = "confidential_pct" in values
    columns = value_columns(indicator, kind, fmt=fmt, has_confidential=has_confidential)
    shown = shown_value_columns(indicator, kind, fmt=fmt, has_confidential=has_confidential)
    title = f"{translate(indicator.name)}, {fmt.period(whole_period(filters, context))}"
    render_record_table(rows, shown, fmt=fmt, title=title, key=f"{key}_page")
    st.caption(chance_note(of_nation(filters, context, kind), kind, fmt=fmt))
    sheet = DownloadSheet(title, rows, columns, is_demo=bool(context.demo_date))
    name = f"hamkor-{indicator.code}" if kind is ScopeKind.DISTRICT else f"hamkor-{indicator.code}-{kind.value}"
    render_download(sheet, translate=translate, key=f"{key}_file", file_name=name)


def of_nation(filters: Filters, context: RequestContext, kind: ScopeKind) -> pd.Series[str]:
    """Verdict codes of the chosen indicator of all areas of a kind in the country."""
    return load_verdicts(filters, context, by=kind, codes=[filters.indicator.code])["verdict_code"]


def render_ranking(kind: ScopeKind, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw areas from the worst value to the best, with intervals, n and verdicts, each a link to the area."""

    def make() -> str:
        frame = load_area_values(kind, filters, context).assign(area_code=lambda rows: rows["soato"])
        return ranking_bars(
            frame,
            filters.indicator,
            translate=context.translate,
            highlighted=filters.area.code,
            is_worst_first=True,
            address_of=partial(area_address, kind),
        )

    render_bars(make, name="ranking", cache_key=(filters.choices, link_to(""), context.today))
    st.caption(
        fmt.translate(
            "A place says nothing by itself. “Better” and “worse” are only those that differ from all others by more "
            "than chance."
        )
    )
    st.caption(chance_note(of_nation(filters, context, kind), kind, fmt=fmt))


@st.fragment
def render_scorecard() -> None:
    """Draw the districts of the nation or region by the main indicators, as a fragment that its order reruns alone."""
    with show_domain_errors(current_context().translate):
        filters, context = open_fragment()
        fmt = Formatter(context.translate)
        translate, area = fmt.translate, filters.directory.of_scope(map_scope(filters))
        options = sort_options(fmt)
        sort = valid_choice(Param.SORT, options.__contains__, default=WORST)
        title = translate("Scorecard of districts: {area}", area=area.name)
        st.subheader(title, anchor=False)
        pick_choice(Param.SORT, translate("Order"), options, chosen=sort, width=INDICATOR_WIDTH)
        key = f"scorecard_page:{area.code}:{sort}"
        rows = len(filters.directory.districts_of(area, whole_period(filters, context)))
        first = first_row(rows, key=key, size=SCORECARD_ROWS)
        st.html(load_scorecard(filters, context, sort=sort, first=first, title=title))
        st.caption(legend_text(fmt))
        render_paging(rows, key=key, fmt=fmt, size=SCORECARD_ROWS)


def load_scorecard(filters: Filters, context: RequestContext, *, sort: str, first: int, title: str) -> str:
    """Return a page of the districts of the map with the values and verdicts of the scorecard, drawn as HTML."""

    def make() -> str:
        scope, directory = map_scope(filters), filters.directory
        within = directory.districts_of(directory.of_scope(scope), whole_period(filters, context))
        codes = [area.code for area in within]
        values = load_values(filters, context, scope=Scope.nation(), by=ScopeKind.DISTRICT, codes=SCORECARD_CODES)
        found = load_verdicts(filters, context, by=ScopeKind.DISTRICT, codes=SCORECARD_CODES)
        shown = scored_districts(codes, values, found, sort=sort)[first : first + SCORECARD_ROWS]
        fmt = Formatter(context.translate)
        aims = load_targets_of([directory[row.soato] for row in shown], filters, context)
        of_these = values[values["area_code"].isin(aims)]
        verdicts = {
            (row["area_code"], code): against_target(row, INDICATORS[code], aims[row["area_code"]].get(code))
            for row in of_these[JUDGED_COLUMNS].to_dict("records")
            if (code := row["indicator_code"]) in SCORECARD_CODES
        }
        return scorecard_html(shown, verdicts, directory=directory, title=title, sort=sort, fmt=fmt)

    key = (filters.area.code, filters.period, filters.direction, context.today, sort, first, link_to(""))
    return cached_value(make, name="scorecard", cache_key=key)


render_page()
