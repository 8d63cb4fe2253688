"""Effectiveness: the index, its uncertainty, and what would improve it."""

from __future__ import annotations

from html import escape

import altair as alt
import pandas as pd
import streamlit as st

from components.attention import attention_area
from components.charts.around_signing import signing_chart
from components.charts.cached_chart import render_chart
from components.charts.funnel import funnel_alt, funnel_chart
from components.charts.index_bars import pillar_bars
from components.effectiveness.actions import (
    change_text,
    contribution_columns,
    contribution_rows,
    lift_cards,
    pillar_change_bars,
    printed_contributions,
)
from components.effectiveness.certainty import (
    alike_text,
    district_places,
    effective_weights_table,
    places_title,
    render_moves,
)
from components.effectiveness.formality import district_table, reason_title, row_table
from components.effectiveness.memorandum_effect import effect_text
from components.effectiveness.state import (
    index_columns,
    index_rows,
    missing_text,
    state_tiles,
    tier_cards,
    tiers_text,
    why_lines,
)
from components.effectiveness.weights import pick_weights
from components.indicators.tiles import render_tiles
from components.shell.address import Param, link_to, valid_choice
from components.shell.areas import NATION_CODE
from components.shell.cache import cached_query, cached_value, show_domain_errors
from components.shell.filters import Filters, current_filters
from components.shell.formatter import Formatter, is_missing
from components.shell.page_header import render_area_history, render_heading, render_no_data, render_period_filters
from components.shell.request_context import RequestContext, current_context
from components.tables.downloads import DownloadSheet, render_download
from components.tables.links import Link, link_html
from components.tables.record_table import record_table, render_record_table
from data.codes import FormalityReason
from data.effectiveness.formality import EXPLANATIONS
from data.effectiveness.index import EQUAL_WEIGHTS, INDEX_METHOD, Tier
from data.policy import Action, Scope, ScopeKind, may, require
from pages.loaders.effectiveness import (
    WeightedIndex,
    load_district_index,
    load_funnel,
    load_weighted_index,
)
from pages.loaders.fragment import open_fragment
from pages.loaders.indicators import has_data, load_targets, load_values, whole_period
from queries.directory.areas import districts
from queries.effectiveness.formality import formality_reasons
from queries.effectiveness.formality_records import formality_rows
from queries.effectiveness.memorandum_effect import StudiedOutcome, memorandum_effect
from queries.statistics.event_study_result import Study

FORMALITY_ROWS = 50


def render_page() -> None:
    """Draw the three steps, which follow the weights, then what no weight changes."""
    context, filters = current_context(), current_filters().of_all_directions
    translate, fmt = context.translate, Formatter(context.translate)
    require(context.actor, Action.SEE_INDICATORS)

    title = translate("Effectiveness: {area}", area=filters.area.name)
    render_heading(title, filters, context, fmt=fmt, has_direction=False)
    render_period_filters(filters)
    if not render_area_history(filters.area, filters.directory, whole_period(filters, context), fmt=fmt):
        return
    if not has_data(load_values(filters, context, scope=filters.scope, by=filters.scope.kind)):
        render_no_data(context)
    render_by_weights()
    st.divider()
    render_funnel(filters, context, fmt=fmt)
    render_memorandum_effect(filters, context, fmt=fmt)
    if may(context.actor, Action.SEE_FORMALITY):
        render_formality(filters, context, fmt=fmt)


@st.fragment
def render_by_weights() -> None:
    """Draw what depends on the weights, as a fragment that a changed weight reruns alone.

    All of it is computed before any of it is drawn. Drawn as it is computed it would reach the browser in many small
    parts, and the browser would lay itself out anew for each: some hundredths of a second would become tenths.
    """
    with show_domain_errors(current_context().translate):
        chosen, context = open_fragment()
        filters, fmt = chosen.of_all_directions, Formatter(context.translate)
        index = load_weighted_index(filters, context)
        tiers, places = load_pictures(index, filters, context)
        render_actions(index, filters, context, fmt=fmt)
        render_state(index, tiers, filters, context, fmt=fmt)
        render_certainty(index, places, filters, fmt=fmt)


def load_pictures(index: WeightedIndex, filters: Filters, context: RequestContext) -> tuple[str, str]:
    """Return the tiers and ranks of the districts, drawn as HTML."""

    def make() -> tuple[str, str]:
        fmt = Formatter(context.translate)
        places = district_places(index.districts, last_rank=index.last_rank, area=filters.area, fmt=fmt)
        return tier_cards(index.districts, fmt=fmt), places

    cache_key = (filters.area.code, filters.period, context.today, filters.weights, link_to(""))
    return cached_value(make, name="tiers_and_places", cache_key=cache_key)


def render_state(
    index: WeightedIndex, tiers: str, filters: Filters, context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw step two: the index of the area, its pillars, and the tiers of the districts."""
    translate = fmt.translate
    st.header(translate("2. What is the state"), anchor=False)
    tiles = state_tiles(index.own, has_place=filters.scope.kind is not ScopeKind.NATION, fmt=fmt)
    render_tiles(tiles, title=translate("Effectiveness index"))
    is_nation = filters.scope.kind is ScopeKind.NATION
    # The nation has nobody to be told apart from.
    lines = [missing_text(index.own, fmt=fmt)] if is_nation else why_lines(index.own, fmt=fmt)
    if any(lines):
        st.markdown("  \n".join(lines))

    title = translate("Pillars: {area}", area=filters.area.name)
    st.subheader(title, anchor=False)
    st.html(pillar_bars(index.own.pillars, index.compared, title=title, translate=translate))

    st.subheader(translate("Tiers of districts"), anchor=False)
    st.caption(
        translate(
            "A district is in the upper or lower tier only if a test tells its index apart from that of the middle "
            "district. This is not a league table."
        )
    )
    st.html(tiers)
    st.caption(tiers_text(index.tiers, fmt=fmt))
    unknown = int(index.districts["index_score"].isna().sum())
    if unknown:
        st.caption(
            translate.plural(
                "{n} district has not enough data for an index.",
                "{n} districts have not enough data for an index.",
                unknown,
            )
        )
    render_index_table(index, filters, context, fmt=fmt)


def render_index_table(index: WeightedIndex, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the index of the districts as a table and a file, sent only when opened; a link may open one tier of it."""
    translate = fmt.translate
    title = translate("The index of the districts as a table")
    tier = valid_choice(Param.STATE, set(Tier).__contains__, default="")
    # Another key for each tier: an expander opens by itself only when it is drawn first.
    key = f"index_table:{tier}" if tier else "index_table"
    opened = st.expander(title, icon=":material/table:", key=key, on_change="rerun", expanded=bool(tier))
    if not opened.open:
        return
    missing_pillars = load_district_index(filters, context).set_index("area_code")["missing_pillars"]
    chosen = index.districts[index.districts["tier"] == tier] if tier else index.districts
    rows, columns = index_rows(chosen, missing_pillars, fmt=fmt), index_columns(fmt=fmt)
    with opened:
        if tier:
            whole = link_html(Link(translate("Show the whole list"), link_to("")))
            st.html(f"{escape(translate(Tier(tier).label))} · {whole}")
        render_record_table(rows, columns, fmt=fmt, title=title, key="index_rows")
        sheet = DownloadSheet(f"{title}, {fmt.period(filters.period)}", rows, columns, is_demo=bool(context.demo_date))
        render_download(sheet, translate=translate, key="index_file", file_name="hamkor-index")


def render_certainty(index: WeightedIndex, places: str, filters: Filters, *, fmt: Formatter) -> None:
    """Draw step three: the weights, how ranks move with them, and the ranks with their intervals."""
    translate = fmt.translate
    st.header(translate("3. How sure are we"), anchor=False)
    st.caption(
        translate(
            "{draws} times the index is computed anew: with weights up to {spread} higher or lower, with another kind "
            "of mean, and with figures as chance could have made them. The lines hold 90% of the places.",
            draws=fmt.number(INDEX_METHOD.draws),
            spread=fmt.percent(100 * INDEX_METHOD.weight_spread),
        )
    )
    with st.expander(translate("Weights of the pillars"), icon=":material/balance:", key="weights", expanded=True):
        pick_weights(filters)
        if filters.weights == EQUAL_WEIGHTS:
            st.caption(
                translate(
                    "All pillars weigh the same. Change a weight to see which areas "
                    "change place, and whether it matters."
                )
            )
        else:
            render_moves(index.moves, area=filters.area, directory=filters.directory, fmt=fmt)

    st.html(effective_weights_table(index.effective, fmt=fmt))
    st.caption(
        translate(
            "A weight says how much a pillar is meant to count. How much of the differences between districts it makes "
            "depends also on how far districts differ in it; below zero, districts that are good at it are worse in "
            "the index as a whole."
        )
    )
    st.subheader(places_title(fmt), anchor=False)
    st.html(places)
    if filters.scope.kind is not ScopeKind.DISTRICT:
        st.caption(
            translate(
                "Whether two lines overlap is no test. Choose a district to read which others a test cannot tell apart "
                "from it."
            )
        )
    elif index.alike:
        st.caption(alike_text(index.alike, area=filters.area, directory=filters.directory, fmt=fmt))


def render_actions(index: WeightedIndex, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw step one: the indicators that would lift the index most, and why it changed."""
    translate = fmt.translate
    st.header(translate("1. What could we do"), anchor=False)
    st.subheader(translate("What would lift the index most"), anchor=False)
    if not index.lifts.empty:
        targets = load_targets(filters, context)
        st.html(lift_cards(index.lifts, targets, kind=filters.scope.kind, directory=filters.directory, fmt=fmt))
        st.caption(translate("Each by itself: the gains do not add up, because the index is a geometric mean."))
    elif is_missing(index.own.score):
        st.caption(translate("Without an index it cannot be said what would lift it."))
    else:
        st.caption(translate("No indicator is below its target or below what the best quarter has reached."))

    title = translate("Why did the index change")
    st.subheader(title, anchor=False)
    if index.contributions.empty:
        st.caption(
            translate(
                "There is no index in this period or in the same months of the year before, so there is no change to "
                "explain."
            )
        )
        return
    change = index.own.change
    months = whole_period(filters, context)
    st.markdown(change_text(change, period=months, earlier=months.year_before(), fmt=fmt))
    if index.own.missing:
        st.caption(translate("Compared over the pillars that have data in both periods."))
    printed = printed_contributions(index.contributions, change.printed)
    st.html(pillar_change_bars(printed, title=title, fmt=fmt))
    title = translate("The change by indicator")
    opened = st.expander(title, icon=":material/table:", key="contributions", on_change="rerun")
    if opened.open:
        with opened:
            rows, columns = contribution_rows(printed, fmt=fmt), contribution_columns(fmt=fmt)
            render_record_table(rows, columns, fmt=fmt, title=title, key="contribution_rows")


def render_funnel(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the ratings of NGOs against the number of events behind them."""
    translate = fmt.translate
    st.subheader(translate("NGO ratings: difference or chance"), anchor=False)
    found = load_funnel(filters, context)
    if found.points.empty or is_missing(found.overall):
        st.caption(translate("There are too few ratings of events in this period."))
        return

    def make() -> tuple[alt.LayerChart, str]:
        names = cached_query(districts, scope=Scope.nation())
        named = found.points.merge(names, how="left", left_on="area_code", right_on="soato")
        chart = funnel_chart(found, named, translate=translate, highlighted=filters.area.code)
        return chart, funnel_alt(found, translate=translate)

    render_chart(make, key="funnel", cache_key=(filters.choices, context.today))
    st.caption(
        translate(
            "Each point is a district, with the plain mean of its ratings, not drawn towards that of the country. The "
            "limits hold chance and the usual differences between districts: 95% of ordinary districts lie between the "
            "dashed lines, 99.8% between the solid ones. A point outside differs more than districts usually do."
        )
    )


def render_memorandum_effect(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the study before and after a memorandum in the chosen region or the nation; nothing for one district."""
    translate = fmt.translate
    area = filters.area if filters.scope.kind is ScopeKind.REGION else filters.directory[NATION_CODE]
    st.subheader(translate("Before and after a memorandum: {area}", area=area.name), anchor=False)
    for outcome in StudiedOutcome:
        study = cached_query(memorandum_effect, scope=area.scope, outcome=outcome, today=context.today)
        st.markdown(f"**{translate(outcome.label)}**")
        if study.refusal is not None:
            st.caption(translate.render(study.refusal))
        elif study.average is not None:
            text = effect_text(study.average, unit=translate(outcome.label), fmt=fmt)
            st.markdown(text)
            render_signing(study, text, key=f"signing_{outcome}", cache_key=(area.code, context.today), fmt=fmt)
    st.caption(
        translate(
            "This is an association, not a proof. Districts that sign in a quiet time become busier again anyway "
            "(regression to the mean), so they are compared with districts that were as quiet and had not signed yet."
        )
    )


def render_signing(study: Study, text: str, *, key: str, cache_key: object, fmt: Formatter) -> None:
    """Draw the months around signing as a chart; ``text`` is its text alternative."""
    render_chart(lambda: (signing_chart(study.by_month, translate=fmt.translate), text), key=key, cache_key=cache_key)


def render_formality(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw each reason with what was checked and found, its explanation, and the rows for those who may see them."""
    translate = fmt.translate
    st.subheader(translate("Signs of box-ticking"), anchor=False)
    st.caption(translate("Reasons to review, not conclusions: there may be a good explanation for each."))
    table = cached_query(formality_reasons, scope=filters.scope, period=filters.period, today=context.today)
    for reason in FormalityReason:
        render_reason(reason, table[table["reason_code"] == reason.value], filters, context, fmt=fmt)


def render_reason(
    reason: FormalityReason, rows: pd.DataFrame, filters: Filters, context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw one reason, folded; in a wider area also the districts that are for review."""
    translate, is_district = fmt.translate, filters.scope.kind is ScopeKind.DISTRICT
    is_found = bool(rows["is_for_review"].any())
    opened = st.expander(
        reason_title(reason, rows, is_district=is_district, fmt=fmt),
        icon=":material/search:" if is_found else ":material/remove:",
        key=f"formality_{reason}",
        on_change="rerun",
    )
    if not opened.open:
        return
    with opened:
        st.caption(translate(EXPLANATIONS[reason]))
        if is_found and not is_district:
            shown, columns = district_table(rows, directory=filters.directory, fmt=fmt)
            title = translate("Districts for review")
            render_record_table(shown, columns, fmt=fmt, title=title, key=f"formality_districts_{reason}")
        render_formality_rows(reason, filters, context, fmt=fmt)


def render_formality_rows(
    reason: FormalityReason, filters: Filters, context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw the records behind a reason in as much of the area as this person sees in full."""
    translate = fmt.translate
    area = attention_area(context.actor, filters.area, filters.directory)
    if area is None:
        st.caption(translate("The source records are shown to the leaders of the area itself."))
        return
    rows = cached_query(
        formality_rows,
        scope=area.scope,
        period=filters.period,
        today=context.today,
        reason=reason,
        limit=FORMALITY_ROWS,
    )
    if rows.empty:
        return
    title = translate("Source records: {area}", area=area.name)
    st.markdown(f"**{title}**")
    shown, columns = row_table(rows, directory=filters.directory, fmt=fmt)
    st.html(record_table(shown, columns, fmt=fmt, title=title))
    if len(rows) == FORMALITY_ROWS:
        st.caption(translate("The first {number} are shown.", number=fmt.number(FORMALITY_ROWS)))


render_page()
