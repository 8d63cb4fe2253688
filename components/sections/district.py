"""Pieces of the District page: the memoranda first, then the figures against the region and the nation."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd
import streamlit as st

from components.charts.cached_chart import render_chart
from components.charts.trend import trend_alt, trend_chart
from components.memoranda.status import render_status
from components.sections.values import load_targets, load_trend, load_values, of_indicator
from components.shell.areas import NATION_CODE, Area
from components.shell.cache import cached_query
from components.shell.filters import Filters, pick_indicator
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from components.tables.columns import NGOS_WIDTH, Column, Kind
from components.tables.downloads import Sheet, render_download
from components.tables.table import render_table
from data.indicators import INDICATORS, IndicatorCode
from data.policy import sees_in_full
from queries.indicators.targets import AimedAt
from queries.memoranda.register import district_status, memorandum_register

# The longest name of an indicator; on a phone the value of the district stands beside it.
INDICATOR_WIDTH = 262
# That there is not enough data, in full.
DISTRICT_WIDTH = 162
PLACES = ("district", "region", "nation")


def render_memorandum_status(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """The status of the district in words, and how many memoranda stand behind it; published for everyone."""
    translate = fmt.translate
    status = cached_query(district_status, scope=filters.scope, today=context.today).iloc[0]
    with st.container(horizontal=True, vertical_alignment="center", key="status"):
        st.markdown(f"**{translate('Memorandum status')}**", width="content")
        render_status(status["status_code"], translate=translate, is_on_paper=bool(status["on_paper"]))
        counts = translate(
            "Memoranda: {all}; in force: {in_force}; on paper only: {on_paper}.",
            all=fmt.number(status["memoranda"]),
            in_force=fmt.number(status["in_force"]),
            on_paper=fmt.number(status["on_paper"]),
        )
        st.caption(counts, width="content")


def sees_records(filters: Filters, context: RequestContext) -> bool:
    """Whether this person sees the chosen district in full."""
    area = filters.area
    return sees_in_full(context.actor, area.scope, region_soato=area.region_soato)


def render_memoranda(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """The status of the district, and for those who see it in full its memoranda with their days left."""
    render_memorandum_status(filters, context, fmt=fmt)
    if not sees_records(filters, context):
        return
    translate = fmt.translate
    register = cached_query(memorandum_register, scope=filters.scope, today=context.today)
    if register.empty:
        st.caption(translate("No memorandum is recorded for this district."))
        return
    columns = [
        Column("number", translate("Number")),
        Column("ngos", translate("NGOs"), width=NGOS_WIDTH),
        Column("status_code", translate("Status"), Kind.STATUS),
        Column("expiry_date", translate("Expires"), Kind.DATE, help=translate("A dash stands for an open end.")),
        Column("days_left", translate("Days left"), Kind.NUMBER),
        Column("last_event_date", translate("Last joint event"), Kind.DATE),
        Column("obligations_overdue", translate("Overdue obligations"), Kind.NUMBER),
    ]
    render_table(register, columns, translate=translate, key="memoranda", alt=translate("Memoranda of the district"))


def comparison_frame(filters: Filters, context: RequestContext) -> pd.DataFrame:
    """One row an indicator: indicator_code, and value of the district, its region and the nation, n of the district."""
    region = filters.book.region_of(filters.area)
    scopes = (filters.area, region or filters.area, filters.book[NATION_CODE])
    frames = [load_values(filters, context, scope=area.scope, by=area.scope.kind) for area in scopes]
    frame = pd.DataFrame({"indicator_code": [code.value for code in INDICATORS]})
    for place, values in zip(PLACES, frames, strict=True):
        frame = frame.merge(
            values[["indicator_code", "value", "n"]].rename(columns={"value": place, "n": f"{place}_n"}),
            how="left",
            on="indicator_code",
        )
    return frame


def render_comparison(frame: pd.DataFrame, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """All indicators of the district beside those of its region and of the nation."""
    translate = fmt.translate
    region = filters.book.region_of(filters.area)
    shown = comparison_words(frame, load_targets(filters, context), fmt=fmt)
    columns = [
        Column("indicator", translate("Indicator"), width=INDICATOR_WIDTH),
        Column("district", filters.area.name, width=DISTRICT_WIDTH),
        Column("region", region.name if region else ""),
        Column("nation", filters.book[NATION_CODE].name),
        Column("target", translate("Target")),
        Column("counted", translate("Based on")),
    ]
    title = translate("{area} against its region and the country", area=filters.area.name)
    st.subheader(title, anchor=False)
    render_table(shown, columns, translate=translate, key="comparison", alt=title)
    sheet = Sheet(f"{title}, {fmt.period(filters.period)}", shown, columns, is_demo=bool(context.demo_date))
    render_download(sheet, translate=translate, key="comparison_file", file_name=f"hamkor-{filters.area.code}")


def comparison_words(frame: pd.DataFrame, targets: Mapping[IndicatorCode, AimedAt], *, fmt: Formatter) -> pd.DataFrame:
    """The comparison in words, as each row has a unit of its own: indicator, the places, target, counted."""
    rows = []
    for row in frame.to_dict("records"):
        indicator = INDICATORS[IndicatorCode(row["indicator_code"])]
        values = {place: fmt.indicator_value(indicator, row[place]) for place in PLACES}
        counted = fmt.counted(indicator, row["district_n"])
        aim = targets.get(indicator.code)
        target = "–" if aim is None else fmt.indicator_value(indicator, aim.value)
        rows.append({"indicator": fmt.translate(indicator.name), **values, "target": target, "counted": counted})
    return pd.DataFrame(rows)


def render_trend(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """The chosen indicator by month, beside the region or the nation."""
    translate = fmt.translate
    region = filters.book.region_of(filters.area) or filters.book[NATION_CODE]
    with st.container(horizontal=True):
        pick_indicator(filters)
        other = _pick_comparison(region, filters, fmt)

    def make() -> tuple[alt.LayerChart, str]:
        own = of_indicator(
            load_trend(filters, context, scope=filters.scope, codes=[filters.indicator.code]), filters.indicator.code
        )
        wider = of_indicator(
            load_trend(filters, context, scope=other.scope, codes=[filters.indicator.code]), filters.indicator.code
        )
        compared = wider[["month", "value"]].rename(columns={"value": "comparison"})
        frame = own[["month", "value", "n"]].merge(compared, how="left", on="month")
        aim = load_targets(filters, context).get(filters.indicator.code)
        chart = trend_chart(
            frame,
            filters.indicator,
            translate=translate,
            area=filters.area.name,
            comparison=other.name,
            target=aim.value if aim else None,
        )
        return chart, trend_alt(frame, filters.indicator, translate=translate)

    render_chart(make, key="trend", cache_key=(filters.choices, other.code, context.today))
    st.caption(translate("A gap in a line is a month without enough data."))


def _pick_comparison(region: Area, filters: Filters, fmt: Formatter) -> Area:
    places = {"region": region, "nation": filters.book[NATION_CODE]}
    chosen = st.segmented_control(
        fmt.translate("Compared with"),
        list(places),
        default="region",
        required=True,
        format_func=lambda place: places[place].name,
        key="compared_with",
    )
    return places[chosen or "region"]
