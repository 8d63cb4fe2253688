"""Step two of the Effectiveness page: how sure are we."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from components.charts.cached_chart import render_chart
from components.charts.funnel import funnel_alt, funnel_chart
from components.charts.places import named_places, place_bands
from components.effectiveness.weights import pick_weights
from components.sections.index_figures import (
    load_district_ranks,
    load_peer_values,
    load_ranks,
    load_usual_ranks,
)
from components.shell.cache import cached_query, cached_value
from components.shell.filters import Filters
from components.shell.formatter import Formatter, is_missing
from components.shell.request_context import RequestContext
from components.tables.plain_table import plain_table
from data.effectiveness.index import EQUAL_WEIGHTS, INDEX_METHOD
from data.policy import Scope, ScopeKind
from queries.directory.areas import districts
from queries.indicators.values import indicator_sums, mark_shrinkage
from queries.statistics.draws import cannot_be_told_apart
from queries.statistics.funnel import Funnel, funnel
from queries.statistics.sensitivity import sensitivity

MOVERS_SHOWN = 8
NAMES_SHOWN = 8


def render_certainty(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """The weights, who moves with them, and the places with their intervals."""
    translate = fmt.translate
    st.header(translate("2. How sure are we"), anchor=False)
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
        render_sensitivity(filters, context, fmt=fmt)
    render_places(filters, context, fmt=fmt)


def load_places(filters: Filters, context: RequestContext) -> str:
    """The drawn places of the districts of the chosen area's region, or of all districts without names."""
    translate = context.translate
    title = translate("Places among all districts")

    def make() -> str:
        frame = load_district_ranks(filters, context)
        ranked = int(load_ranks(filters, context, by=ScopeKind.DISTRICT)["rank_median"].notna().sum())
        if filters.scope.kind is ScopeKind.NATION:
            return place_bands(frame, last_place=ranked, title=title, translate=translate)
        code = filters.area.code if filters.scope.kind is ScopeKind.DISTRICT else ""
        return named_places(frame, last_place=ranked, title=title, translate=translate, highlighted=code)

    return cached_value(make, name="places", cache_key=(filters.choices, context.today, filters.weights))


def render_places(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """The districts with the intervals of their places, and those that the chosen one cannot be told apart from."""
    translate = fmt.translate
    st.subheader(translate("Places among all districts"), anchor=False)
    st.html(load_places(filters, context))
    if filters.scope.kind is ScopeKind.DISTRICT:
        _render_like(filters.area.code, filters, context, fmt)
    else:
        st.caption(translate("Where the lines of two districts overlap, they cannot be told apart."))


def _render_like(code: str, filters: Filters, context: RequestContext, fmt: Formatter) -> None:
    like = cannot_be_told_apart(load_ranks(filters, context, by=ScopeKind.DISTRICT), area_code=code)
    translate = fmt.translate
    if not like:
        return
    names = ", ".join(filters.book.name(other) for other in like[:NAMES_SHOWN])
    st.caption(
        translate.plural(
            "{area} cannot be told apart from {n} district: {names}.",
            "{area} cannot be told apart from {n} districts, among them {names}.",
            len(like),
            area=filters.area.name,
            names=names,
        )
    )


def load_sensitivity(filters: Filters, context: RequestContext) -> pd.DataFrame:
    """The frame of :func:`queries.statistics.sensitivity.sensitivity` of the reader's weights against equal ones."""

    def make() -> pd.DataFrame:
        return sensitivity(load_usual_ranks(filters, context), load_ranks(filters, context, by=ScopeKind.DISTRICT))

    return cached_value(make, name="sensitivity", cache_key=(filters.period, context.today, filters.weights))


def render_sensitivity(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Who moves because of the weights, and whether by more than the places are known."""
    translate = fmt.translate
    if filters.weights == EQUAL_WEIGHTS:
        st.caption(translate("All pillars weigh the same. Move a weight to see who moves, and whether it matters."))
        return
    table = load_sensitivity(filters, context)
    moved, matters = int((table["places_up"].abs() > 0).sum()), int(table["matters"].sum())
    st.markdown(
        translate(
            "With these weights {moved} districts change their place, {matters} of them by more than their places "
            "are known to with equal weights.",
            moved=fmt.number(moved),
            matters=fmt.number(matters),
        )
    )
    movers = _movers(table, filters, fmt)
    if not movers.empty:
        st.html(_movers_table(movers, fmt))


def _movers(table: pd.DataFrame, filters: Filters, fmt: Formatter) -> pd.DataFrame:
    """The largest moves, the chosen district first."""
    translate = fmt.translate
    known = table[table["places_up"].notna()]
    is_own = known["area_code"] == filters.area.code
    rows = pd.concat([known[is_own], known[~is_own & (known["places_up"] != 0)]]).head(MOVERS_SHOWN)
    return rows.assign(
        area=[filters.book.name(code) for code in rows["area_code"]],
        moved=[fmt.signed(places) for places in rows["places_up"]],
        verdict=[
            translate("Matters") if is_beyond else translate("Within its interval") for is_beyond in rows["matters"]
        ],
    )


def _movers_table(rows: pd.DataFrame, fmt: Formatter) -> str:
    translate = fmt.translate
    headings = [
        translate("District"),
        translate("Places up"),
        translate("Does it matter"),
        translate("Place with equal weights"),
        translate("Place with these weights"),
    ]
    usual, chosen = ([fmt.number(place) for place in rows[name]] for name in ("rank_usual", "rank_chosen"))
    cells = zip(rows["area"], rows["moved"], rows["verdict"], usual, chosen, strict=True)
    return plain_table(headings, list(cells), title=translate("Who moves"))


def load_funnel(filters: Filters, context: RequestContext) -> Funnel:
    """The funnel of the marks of all districts."""

    def make() -> Funnel:
        sums = cached_query(indicator_sums, period=filters.period, today=context.today, direction=filters.direction)
        values = load_peer_values(filters, context, by=ScopeKind.DISTRICT)
        return funnel(values, within=mark_shrinkage(sums).within)

    return cached_value(make, name="funnel", cache_key=(filters.period, context.today))


def render_funnel(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """The marks of NGOs against the number of events behind them."""
    translate = fmt.translate
    st.subheader(translate("Marks given by NGOs: difference or chance"), anchor=False)
    found = load_funnel(filters, context)
    if found.points.empty or is_missing(found.overall):
        st.caption(translate("There are too few evaluated events in this period."))
        return

    def make() -> tuple[alt.LayerChart, str]:
        names = cached_query(districts, scope=Scope.nation())
        named = found.points.merge(names, how="left", left_on="area_code", right_on="soato")
        chart = funnel_chart(found, named, translate=translate, highlighted=filters.area.code)
        return chart, funnel_alt(found, translate=translate)

    render_chart(make, key="funnel", cache_key=(filters.choices, context.today))
    st.caption(
        translate(
            "Each point is a district. Between the dashed lines (95%) a mark may differ from the mean by chance alone; "
            "outside the plain lines (99.8%) chance is a poor explanation."
        )
    )
