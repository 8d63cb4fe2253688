"""Step three of the Effectiveness page: what could we do."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd
import streamlit as st

from components.areas import NATION_CODE
from components.cards import Card, cards
from components.charts.index_bars import ChangeRow, change_bars
from components.columns import Column
from components.filters import View
from components.format import Formatter, is_missing
from components.loading import keep
from components.sections.index_figures import load_index, load_peer_values
from components.sections.values import load_targets
from components.session import Visit
from components.tables import render_table
from data.index import Pillar, Presence
from data.indicators import INDICATORS, IndicatorCode
from data.rights import ScopeKind
from queries.statistics.contributions import contributions, pillar_contributions
from queries.statistics.lift import lifts


def render_actions(view: View, visit: Visit, *, write: Formatter) -> None:
    """What would lift the index most, and why it changed."""
    st.header(write.translate("3. What could we do"), anchor=False)
    render_lifts(view, visit, write=write)
    render_change(view, visit, write=write)


def load_lifts(view: View, visit: Visit) -> pd.DataFrame:
    """The frame of :func:`queries.statistics.lift.lifts` of the chosen area."""

    def make() -> pd.DataFrame:
        aims = {code: target.value for code, target in load_targets(view, visit).items()}
        values = load_peer_values(view, visit, by=view.scope.kind)
        return lifts(values, view.weights, area_code=view.scope.code, targets=aims)

    return keep(make, name="lifts", about=(view.choices, visit.today, view.weights))


def render_lifts(view: View, visit: Visit, *, write: Formatter) -> None:
    """The indicators that would lift the index most, each by itself."""
    translate = write.translate
    st.subheader(translate("What would lift the index most"), anchor=False)
    found = load_lifts(view, visit)
    if found.empty:
        has_index = not is_missing(load_index(view, visit, view.area)["index_score"])
        st.caption(
            translate("No indicator is below its target or below what the best quarter has reached.")
            if has_index
            else translate("Without an index it cannot be said what would lift it.")
        )
        return
    st.html(cards([_lift_card(row, view, visit, write) for row in found.to_dict("records")]))
    st.caption(translate("Each by itself: the gains do not add up, because the index is a geometric mean."))


def _lift_card(row: Mapping[Hashable, object], view: View, visit: Visit, write: Formatter) -> Card:
    translate, indicator = write.translate, INDICATORS[IndicatorCode(str(row["indicator_code"]))]
    rise = translate(
        "From {value} to {aim}: {gain} points more",
        value=write.indicator_value(indicator, float(str(row["value"]))),
        aim=write.indicator_value(indicator, float(str(row["aim"]))),
        gain=write.number(float(str(row["gain"])), decimals=1),
    )
    aim = _aim_text(indicator.code, view, visit, write) if row["is_target"] else _peers_text(view, write)
    return Card(translate(indicator.name), rise, aim)


def _aim_text(code: IndicatorCode, view: View, visit: Visit, write: Formatter) -> str:
    area_code = load_targets(view, visit)[code].area_code
    return write.translate("The target of {area}", area=view.book.name(area_code or NATION_CODE))


def _peers_text(view: View, write: Formatter) -> str:
    if view.scope.kind is ScopeKind.DISTRICT:
        return write.translate("What the best quarter of all districts has reached")
    return write.translate("What the best quarter of all regions has reached")


def load_contributions(view: View, visit: Visit) -> pd.DataFrame:
    """The frame of :func:`queries.statistics.contributions.contributions` against the period before."""

    def make() -> pd.DataFrame:
        now = load_peer_values(view, visit, by=view.scope.kind)
        before = load_peer_values(view, visit, by=view.scope.kind, period=view.period.previous())
        return contributions(before, now, view.weights, area_code=view.scope.code)

    return keep(make, name="contributions", about=(view.choices, visit.today, view.weights))


def render_change(view: View, visit: Visit, *, write: Formatter) -> None:
    """Why the index changed against the period before: by pillar, and by indicator on demand."""
    translate = write.translate
    title = translate("Why did the index change")
    st.subheader(title, anchor=False)
    table = load_contributions(view, visit)
    if table.empty:
        st.caption(
            translate("There is no index in this period or in the one before, so there is no change to explain.")
        )
        return
    before = load_index(view, visit, view.area, period=view.period.previous())
    now = load_index(view, visit, view.area)
    st.markdown(_sum_text(float(str(before["index_score"])), float(str(now["index_score"])), view, write))
    st.html(change_bars(_pillar_rows(pillar_contributions(table), write), title=title))
    _render_indicators(table, write)


def _sum_text(before: float, now: float, view: View, write: Formatter) -> str:
    return write.translate(
        "From {before} in {earlier} to {now} in {period}: {change} points. The bars add up to this change.",
        before=write.number(before, decimals=1),
        earlier=write.period(view.period.previous()),
        now=write.number(now, decimals=1),
        period=write.period(view.period),
        change=write.signed(now - before, decimals=1),
    )


def _pillar_rows(table: pd.DataFrame, write: Formatter) -> list[ChangeRow]:
    return [
        ChangeRow(
            write.translate(Pillar(row["pillar_code"]).label),
            row["contribution"],
            write.signed(row["contribution"], decimals=1),
        )
        for row in table.to_dict("records")
    ]


def _render_indicators(table: pd.DataFrame, write: Formatter) -> None:
    translate = write.translate
    title = translate("The change by indicator")
    opened = st.expander(title, icon=":material/table:", key="contributions", on_change="rerun")
    if not opened.open:
        return
    named = [_indicator_row(row, write) for row in table.to_dict("records")]
    columns = [
        Column("indicator", translate("Indicator")),
        Column("before", translate("Before")),
        Column("after", translate("Now")),
        Column("points", translate("Points of the index")),
        Column("presence", translate("Data")),
    ]
    with opened:
        render_table(pd.DataFrame(named), columns, translate=translate, key="contribution_rows", alt=title)


def _indicator_row(row: Mapping[Hashable, object], write: Formatter) -> dict[str, str]:
    translate, indicator = write.translate, INDICATORS[IndicatorCode(str(row["indicator_code"]))]
    before, after = (row[name] for name in ("value_before", "value_after"))
    return {
        "indicator": translate(indicator.name),
        "before": "–" if is_missing(before) else write.indicator_value(indicator, float(str(before))),
        "after": "–" if is_missing(after) else write.indicator_value(indicator, float(str(after))),
        "points": write.signed(float(str(row["contribution"])), decimals=2),
        "presence": translate(Presence(str(row["presence"])).label),
    }
