"""Pieces of the District page: the memoranda first, then the figures against the region and the nation."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd
import streamlit as st

from components.areas import NATION_CODE, Area
from components.chart_place import render_chart
from components.charts.trend import trend_alt, trend_chart
from components.columns import NGOS_WIDTH, Column, Kind
from components.downloads import Sheet, render_download
from components.filters import View, pick_indicator
from components.format import Formatter
from components.loading import load
from components.sections.values import load_targets, load_trend, load_values, of_indicator
from components.session import Visit
from components.status import render_status
from components.tables import render_table
from data.indicators import INDICATORS, IndicatorCode
from data.rights import may_see_records
from queries.memoranda import district_status, memorandum_register
from queries.targets import AimedAt

# The longest name of an indicator; on a phone the value of the district stands beside it.
INDICATOR_WIDTH = 262
# That there is not enough data, in full.
DISTRICT_WIDTH = 162
PLACES = ("district", "region", "nation")


def render_memorandum_status(view: View, visit: Visit, *, write: Formatter) -> None:
    """The status of the district in words, and how many memoranda stand behind it; published for everyone."""
    translate = write.translate
    status = load(district_status, scope=view.scope, today=visit.today).iloc[0]
    with st.container(horizontal=True, vertical_alignment="center", key="status"):
        st.markdown(f"**{translate('Memorandum status')}**", width="content")
        render_status(status["status_code"], translate=translate, is_on_paper=bool(status["on_paper"]))
        counts = translate(
            "Memoranda: {all}; in force: {in_force}; on paper only: {on_paper}.",
            all=write.number(status["memoranda"]),
            in_force=write.number(status["in_force"]),
            on_paper=write.number(status["on_paper"]),
        )
        st.caption(counts, width="content")


def sees_records(view: View, visit: Visit) -> bool:
    """Whether this person sees the chosen district in full."""
    area = view.area
    return may_see_records(visit.actor, region_soato=area.region_soato, district_soato=area.code)


def render_memoranda(view: View, visit: Visit, *, write: Formatter) -> None:
    """The status of the district, and for those who see it in full its memoranda with their days left."""
    render_memorandum_status(view, visit, write=write)
    if not sees_records(view, visit):
        return
    translate = write.translate
    register = load(memorandum_register, scope=view.scope, today=visit.today)
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


def comparison_frame(view: View, visit: Visit) -> pd.DataFrame:
    """One row an indicator: indicator_code, and value of the district, its region and the nation, n of the district."""
    region = view.book.region_of(view.area)
    scopes = (view.area, region or view.area, view.book[NATION_CODE])
    frames = [load_values(view, visit, scope=area.scope, by=area.scope.kind) for area in scopes]
    frame = pd.DataFrame({"indicator_code": [code.value for code in INDICATORS]})
    for place, values in zip(PLACES, frames, strict=True):
        frame = frame.merge(
            values[["indicator_code", "value", "n"]].rename(columns={"value": place, "n": f"{place}_n"}),
            how="left",
            on="indicator_code",
        )
    return frame


def render_comparison(frame: pd.DataFrame, view: View, visit: Visit, *, write: Formatter) -> None:
    """All indicators of the district beside those of its region and of the nation."""
    translate = write.translate
    region = view.book.region_of(view.area)
    shown = comparison_words(frame, load_targets(view, visit), write=write)
    columns = [
        Column("indicator", translate("Indicator"), width=INDICATOR_WIDTH),
        Column("district", view.area.name, width=DISTRICT_WIDTH),
        Column("region", region.name if region else ""),
        Column("nation", view.book[NATION_CODE].name),
        Column("target", translate("Target")),
        Column("counted", translate("Based on")),
    ]
    title = translate("{area} against its region and the country", area=view.area.name)
    st.subheader(title, anchor=False)
    render_table(shown, columns, translate=translate, key="comparison", alt=title)
    sheet = Sheet(f"{title}, {write.period(view.period)}", shown, columns, is_demo=bool(visit.demo_date))
    render_download(sheet, translate=translate, key="comparison_file", file_name=f"hamkor-{view.area.code}")


def comparison_words(
    frame: pd.DataFrame, targets: Mapping[IndicatorCode, AimedAt], *, write: Formatter
) -> pd.DataFrame:
    """The comparison in words, as each row has a unit of its own: indicator, the places, target, counted."""
    rows = []
    for row in frame.to_dict("records"):
        indicator = INDICATORS[IndicatorCode(row["indicator_code"])]
        values = {place: write.indicator_value(indicator, row[place]) for place in PLACES}
        counted = write.counted(indicator, row["district_n"])
        aim = targets.get(indicator.code)
        target = "–" if aim is None else write.indicator_value(indicator, aim.value)
        rows.append({"indicator": write.translate(indicator.name), **values, "target": target, "counted": counted})
    return pd.DataFrame(rows)


def render_trend(view: View, visit: Visit, *, write: Formatter) -> None:
    """The chosen indicator by month, beside the region or the nation."""
    translate = write.translate
    region = view.book.region_of(view.area) or view.book[NATION_CODE]
    with st.container(horizontal=True):
        pick_indicator(view)
        other = _pick_comparison(region, view, write)

    def make() -> tuple[alt.LayerChart, str]:
        own = of_indicator(load_trend(view, visit, scope=view.scope, codes=[view.indicator.code]), view.indicator.code)
        wider = of_indicator(
            load_trend(view, visit, scope=other.scope, codes=[view.indicator.code]), view.indicator.code
        )
        compared = wider[["month", "value"]].rename(columns={"value": "comparison"})
        frame = own[["month", "value", "n"]].merge(compared, how="left", on="month")
        aim = load_targets(view, visit).get(view.indicator.code)
        chart = trend_chart(
            frame,
            view.indicator,
            translate=translate,
            area=view.area.name,
            comparison=other.name,
            target=aim.value if aim else None,
        )
        return chart, trend_alt(frame, view.indicator, translate=translate)

    render_chart(make, key="trend", about=(view.choices, other.code, visit.today))
    st.caption(translate("A gap in a line is a month without enough data."))


def _pick_comparison(region: Area, view: View, write: Formatter) -> Area:
    places = {"region": region, "nation": view.book[NATION_CODE]}
    chosen = st.segmented_control(
        write.translate("Compared with"),
        list(places),
        default="region",
        required=True,
        format_func=lambda place: places[place].name,
        key="compared_with",
    )
    return places[chosen or "region"]
