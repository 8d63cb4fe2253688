"""Step three of the Effectiveness page: what could we do."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd
import streamlit as st

from components.charts.change import ChangeRow, change_bars
from components.sections.index_figures import load_index, load_peer_values
from components.sections.values import load_targets
from components.shell.areas import NATION_CODE
from components.shell.cache import cached_value
from components.shell.filters import Filters
from components.shell.formatter import Formatter, is_missing
from components.shell.request_context import RequestContext
from components.tables.cards import Card, cards
from components.tables.columns import Column
from components.tables.table import render_table
from data.effectiveness.index import Pillar, Presence
from data.indicators import INDICATORS, IndicatorCode
from data.policy import ScopeKind
from queries.statistics.contributions import contributions, pillar_contributions
from queries.statistics.lift import lifts


def render_actions(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """What would lift the index most, and why it changed."""
    st.header(fmt.translate("3. What could we do"), anchor=False)
    render_lifts(filters, context, fmt=fmt)
    render_change(filters, context, fmt=fmt)


def load_lifts(filters: Filters, context: RequestContext) -> pd.DataFrame:
    """The frame of :func:`queries.statistics.lift.lifts` of the chosen area."""

    def make() -> pd.DataFrame:
        aims = {code: target.value for code, target in load_targets(filters, context).items()}
        values = load_peer_values(filters, context, by=filters.scope.kind)
        return lifts(values, filters.weights, area_code=filters.scope.code, targets=aims)

    return cached_value(make, name="lifts", cache_key=(filters.choices, context.today, filters.weights))


def render_lifts(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """The indicators that would lift the index most, each by itself."""
    translate = fmt.translate
    st.subheader(translate("What would lift the index most"), anchor=False)
    found = load_lifts(filters, context)
    if found.empty:
        has_index = not is_missing(load_index(filters, context, filters.area)["index_score"])
        st.caption(
            translate("No indicator is below its target or below what the best quarter has reached.")
            if has_index
            else translate("Without an index it cannot be said what would lift it.")
        )
        return
    st.html(cards([_lift_card(row, filters, context, fmt) for row in found.to_dict("records")]))
    st.caption(translate("Each by itself: the gains do not add up, because the index is a geometric mean."))


def _lift_card(row: Mapping[Hashable, object], filters: Filters, context: RequestContext, fmt: Formatter) -> Card:
    translate, indicator = fmt.translate, INDICATORS[IndicatorCode(str(row["indicator_code"]))]
    rise = translate(
        "From {value} to {aim}: {gain} points more",
        value=fmt.indicator_value(indicator, float(str(row["value"]))),
        aim=fmt.indicator_value(indicator, float(str(row["aim"]))),
        gain=fmt.number(float(str(row["gain"])), decimals=1),
    )
    aim = _aim_text(indicator.code, filters, context, fmt) if row["is_target"] else _peers_text(filters, fmt)
    return Card(translate(indicator.name), rise, aim)


def _aim_text(code: IndicatorCode, filters: Filters, context: RequestContext, fmt: Formatter) -> str:
    area_code = load_targets(filters, context)[code].area_code
    return fmt.translate("The target of {area}", area=filters.book.name(area_code or NATION_CODE))


def _peers_text(filters: Filters, fmt: Formatter) -> str:
    if filters.scope.kind is ScopeKind.DISTRICT:
        return fmt.translate("What the best quarter of all districts has reached")
    return fmt.translate("What the best quarter of all regions has reached")


def load_contributions(filters: Filters, context: RequestContext) -> pd.DataFrame:
    """The frame of :func:`queries.statistics.contributions.contributions` against the period before."""

    def make() -> pd.DataFrame:
        now = load_peer_values(filters, context, by=filters.scope.kind)
        before = load_peer_values(filters, context, by=filters.scope.kind, period=filters.period.previous())
        return contributions(before, now, filters.weights, area_code=filters.scope.code)

    return cached_value(make, name="contributions", cache_key=(filters.choices, context.today, filters.weights))


def render_change(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Why the index changed against the period before: by pillar, and by indicator on demand."""
    translate = fmt.translate
    title = translate("Why did the index change")
    st.subheader(title, anchor=False)
    table = load_contributions(filters, context)
    if table.empty:
        st.caption(
            translate("There is no index in this period or in the one before, so there is no change to explain.")
        )
        return
    before = load_index(filters, context, filters.area, period=filters.period.previous())
    now = load_index(filters, context, filters.area)
    st.markdown(_sum_text(float(str(before["index_score"])), float(str(now["index_score"])), filters, fmt))
    st.html(change_bars(_pillar_rows(pillar_contributions(table), fmt), title=title))
    _render_indicators(table, fmt)


def _sum_text(before: float, now: float, filters: Filters, fmt: Formatter) -> str:
    return fmt.translate(
        "From {before} in {earlier} to {now} in {period}: {change} points. The bars add up to this change.",
        before=fmt.number(before, decimals=1),
        earlier=fmt.period(filters.period.previous()),
        now=fmt.number(now, decimals=1),
        period=fmt.period(filters.period),
        change=fmt.signed(now - before, decimals=1),
    )


def _pillar_rows(table: pd.DataFrame, fmt: Formatter) -> list[ChangeRow]:
    return [
        ChangeRow(
            fmt.translate(Pillar(row["pillar_code"]).label),
            row["contribution"],
            fmt.signed(row["contribution"], decimals=1),
        )
        for row in table.to_dict("records")
    ]


def _render_indicators(table: pd.DataFrame, fmt: Formatter) -> None:
    translate = fmt.translate
    title = translate("The change by indicator")
    opened = st.expander(title, icon=":material/table:", key="contributions", on_change="rerun")
    if not opened.open:
        return
    named = [_indicator_row(row, fmt) for row in table.to_dict("records")]
    columns = [
        Column("indicator", translate("Indicator")),
        Column("before", translate("Before")),
        Column("after", translate("Now")),
        Column("points", translate("Points of the index")),
        Column("presence", translate("Data")),
    ]
    with opened:
        render_table(pd.DataFrame(named), columns, translate=translate, key="contribution_rows", alt=title)


def _indicator_row(row: Mapping[Hashable, object], fmt: Formatter) -> dict[str, str]:
    translate, indicator = fmt.translate, INDICATORS[IndicatorCode(str(row["indicator_code"]))]
    before, after = (row[name] for name in ("value_before", "value_after"))
    return {
        "indicator": translate(indicator.name),
        "before": "–" if is_missing(before) else fmt.indicator_value(indicator, float(str(before))),
        "after": "–" if is_missing(after) else fmt.indicator_value(indicator, float(str(after))),
        "points": fmt.signed(float(str(row["contribution"])), decimals=2),
        "presence": translate(Presence(str(row["presence"])).label),
    }
