"""Step two of the Effectiveness page: how sure are we."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from components.chart_place import render_chart
from components.charts.funnel import funnel_alt, funnel_chart
from components.charts.places import named_places, place_bands
from components.filters import View
from components.format import Formatter, is_missing
from components.loading import keep, load
from components.plain_table import plain_table
from components.sections.index_figures import (
    load_district_ranks,
    load_peer_values,
    load_ranks,
    load_usual_ranks,
)
from components.session import Visit
from components.weights import pick_weights
from data.index import EQUAL_WEIGHTS, INDEX_METHOD
from data.rights import Scope, ScopeKind
from queries.areas import districts
from queries.figures import indicator_sums, mark_shrinkage
from queries.statistics.draws import cannot_be_told_apart
from queries.statistics.funnel import Funnel, funnel
from queries.statistics.sensitivity import sensitivity

MOVERS_SHOWN = 8
NAMES_SHOWN = 8


def render_certainty(view: View, visit: Visit, *, write: Formatter) -> None:
    """The weights, who moves with them, and the places with their intervals."""
    translate = write.translate
    st.header(translate("2. How sure are we"), anchor=False)
    st.caption(
        translate(
            "{draws} times the index is computed anew: with weights up to {spread} higher or lower, with another kind "
            "of mean, and with figures as chance could have made them. The lines hold 90% of the places.",
            draws=write.number(INDEX_METHOD.draws),
            spread=write.percent(100 * INDEX_METHOD.weight_spread),
        )
    )
    with st.expander(translate("Weights of the pillars"), icon=":material/balance:", key="weights", expanded=True):
        pick_weights(view)
        render_sensitivity(view, visit, write=write)
    render_places(view, visit, write=write)


def load_places(view: View, visit: Visit) -> str:
    """The drawn places of the districts of the chosen area's region, or of all districts without names."""
    translate = visit.translate
    title = translate("Places among all districts")

    def make() -> str:
        frame = load_district_ranks(view, visit)
        ranked = int(load_ranks(view, visit, by=ScopeKind.DISTRICT)["rank_median"].notna().sum())
        if view.scope.kind is ScopeKind.NATION:
            return place_bands(frame, last_place=ranked, title=title, translate=translate)
        code = view.area.code if view.scope.kind is ScopeKind.DISTRICT else ""
        return named_places(frame, last_place=ranked, title=title, translate=translate, highlighted=code)

    return keep(make, name="places", about=(view.choices, visit.today, view.weights))


def render_places(view: View, visit: Visit, *, write: Formatter) -> None:
    """The districts with the intervals of their places, and those that the chosen one cannot be told apart from."""
    translate = write.translate
    st.subheader(translate("Places among all districts"), anchor=False)
    st.html(load_places(view, visit))
    if view.scope.kind is ScopeKind.DISTRICT:
        _render_like(view.area.code, view, visit, write)
    else:
        st.caption(translate("Where the lines of two districts overlap, they cannot be told apart."))


def _render_like(code: str, view: View, visit: Visit, write: Formatter) -> None:
    like = cannot_be_told_apart(load_ranks(view, visit, by=ScopeKind.DISTRICT), area_code=code)
    translate = write.translate
    if not like:
        return
    names = ", ".join(view.book.name(other) for other in like[:NAMES_SHOWN])
    st.caption(
        translate.plural(
            "{area} cannot be told apart from {n} district: {names}.",
            "{area} cannot be told apart from {n} districts, among them {names}.",
            len(like),
            area=view.area.name,
            names=names,
        )
    )


def load_sensitivity(view: View, visit: Visit) -> pd.DataFrame:
    """The frame of :func:`queries.statistics.sensitivity.sensitivity` of the reader's weights against equal ones."""

    def make() -> pd.DataFrame:
        return sensitivity(load_usual_ranks(view, visit), load_ranks(view, visit, by=ScopeKind.DISTRICT))

    return keep(make, name="sensitivity", about=(view.period, visit.today, view.weights))


def render_sensitivity(view: View, visit: Visit, *, write: Formatter) -> None:
    """Who moves because of the weights, and whether by more than the places are known."""
    translate = write.translate
    if view.weights == EQUAL_WEIGHTS:
        st.caption(translate("All pillars weigh the same. Move a weight to see who moves, and whether it matters."))
        return
    table = load_sensitivity(view, visit)
    moved, matters = int((table["places_up"].abs() > 0).sum()), int(table["matters"].sum())
    st.markdown(
        translate(
            "With these weights {moved} districts change their place, {matters} of them by more than their places "
            "are known to with equal weights.",
            moved=write.number(moved),
            matters=write.number(matters),
        )
    )
    movers = _movers(table, view, write)
    if not movers.empty:
        st.html(_movers_table(movers, write))


def _movers(table: pd.DataFrame, view: View, write: Formatter) -> pd.DataFrame:
    """The largest moves, the chosen district first."""
    translate = write.translate
    known = table[table["places_up"].notna()]
    is_own = known["area_code"] == view.area.code
    rows = pd.concat([known[is_own], known[~is_own & (known["places_up"] != 0)]]).head(MOVERS_SHOWN)
    return rows.assign(
        area=[view.book.name(code) for code in rows["area_code"]],
        moved=[write.signed(places) for places in rows["places_up"]],
        verdict=[
            translate("Matters") if is_beyond else translate("Within its interval") for is_beyond in rows["matters"]
        ],
    )


def _movers_table(rows: pd.DataFrame, write: Formatter) -> str:
    translate = write.translate
    headings = [
        translate("District"),
        translate("Places up"),
        translate("Does it matter"),
        translate("Place with equal weights"),
        translate("Place with these weights"),
    ]
    usual, chosen = ([write.number(place) for place in rows[name]] for name in ("rank_usual", "rank_chosen"))
    cells = zip(rows["area"], rows["moved"], rows["verdict"], usual, chosen, strict=True)
    return plain_table(headings, list(cells), title=translate("Who moves"))


def load_funnel(view: View, visit: Visit) -> Funnel:
    """The funnel of the marks of all districts."""

    def make() -> Funnel:
        sums = load(indicator_sums, period=view.period, today=visit.today, direction=view.direction)
        values = load_peer_values(view, visit, by=ScopeKind.DISTRICT)
        return funnel(values, within=mark_shrinkage(sums).within)

    return keep(make, name="funnel", about=(view.period, visit.today))


def render_funnel(view: View, visit: Visit, *, write: Formatter) -> None:
    """The marks of NGOs against the number of events behind them."""
    translate = write.translate
    st.subheader(translate("Marks given by NGOs: difference or chance"), anchor=False)
    found = load_funnel(view, visit)
    if found.points.empty or is_missing(found.overall):
        st.caption(translate("There are too few evaluated events in this period."))
        return

    def make() -> tuple[alt.LayerChart, str]:
        names = load(districts, scope=Scope.nation())
        named = found.points.merge(names, how="left", left_on="area_code", right_on="soato")
        chart = funnel_chart(found, named, translate=translate, highlighted=view.area.code)
        return chart, funnel_alt(found, translate=translate)

    render_chart(make, key="funnel", about=(view.choices, visit.today))
    st.caption(
        translate(
            "Each point is a district. Between the dashed lines (95%) a mark may differ from the mean by chance alone; "
            "outside the plain lines (99.8%) chance is a poor explanation."
        )
    )
