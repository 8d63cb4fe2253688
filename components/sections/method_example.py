"""Worked examples on the Method page: the formula of an indicator with the numbers of the chosen area and period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import singledispatch
from typing import Any

import pandas as pd
import streamlit as st

from components.columns import Column, Kind
from components.filters import View, pick_area, pick_period
from components.format import Formatter, is_missing
from components.loading import load
from components.sections.values import load_values, of_indicator
from components.session import Visit
from components.tables import render_table
from data.codes import Direction
from data.indicators import Indicator, IndicatorCode, Unit
from data.language import N_
from data.rights import Role, ScopeKind
from queries.figures import indicator_sums
from queries.figures_measures import PER_INHABITANTS
from queries.method_rows import has_rows, indicator_rows
from queries.worked_examples import (
    MiddleValue,
    Share,
    ShrunkMark,
    Total,
    Unevenness,
    Worked,
    YearlyRate,
    score_in_index,
    worked_example,
)

ROWS_SHOWN = 5
DUE = frozenset(
    {
        IndicatorCode.OBLIGATIONS_ON_TIME,
        IndicatorCode.REQUESTS_ON_TIME,
        IndicatorCode.ANSWER_DAYS,
        IndicatorCode.DECISIONS_DONE,
    }
)
AMOUNT_LABELS = {
    IndicatorCode.PARTICIPANTS: N_("Participants"),
    IndicatorCode.NGOS_SUPPORTED: N_("Amount, soʻm"),
    IndicatorCode.SUPPORT_GINI: N_("Amount, soʻm"),
    IndicatorCode.OFFENCES_PER_10K: N_("Offences"),
    IndicatorCode.CRIME_FREE_MAHALLAS: N_("Mahallas"),
}


def render_example_filters(view: View, visit: Visit) -> None:
    """Area and period of the worked examples."""
    st.subheader(visit.translate("Worked examples"), anchor="examples")
    st.write(
        visit.translate(
            "Choose an area and a period: below each indicator its formula is worked through with their numbers."
        )
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        pick_area(view)
        pick_period(view)


def render_example(indicator: Indicator, view: View, visit: Visit) -> None:
    """The formula of an indicator with the numbers of the area and period, and records behind it; read when opened."""
    write = Formatter(visit.translate)
    label = write.translate("Worked example: {indicator}", indicator=write.translate(indicator.name))
    opened = st.expander(label, icon=":material/calculate:", key=f"example_{indicator.code}", on_change="rerun")
    if not opened.open:
        return
    undirected = replace(view, direction=None)
    with opened:
        st.caption(f"{view.area.name}, {write.period(view.period)}")
        worked = worked_example(
            load(indicator_sums, period=view.period, today=visit.today), indicator.code, scope=view.scope
        )
        values = load_values(undirected, visit, scope=view.scope, by=view.scope.kind)
        shown = of_indicator(values, indicator.code).to_dict("records")[0]
        lines = example_lines(indicator, worked, shown, write=write)
        st.markdown("\n".join(f"- {line}" for line in lines))
        _render_rows(indicator, view, visit, write)


def example_lines(indicator: Indicator, worked: Worked, shown: Mapping[Any, Any], *, write: Formatter) -> list[str]:
    """The worked example in words: what was counted, the formula, the value that is shown, the score in the index."""
    translate = write.translate
    counted = write.counted(indicator, worked.n)
    if not worked.n or is_missing(worked.value):
        return [counted, translate("There is nothing to compute a value from.")]
    if not shown["is_enough"]:
        smallest = write.number(indicator.minimum_n)
        return [counted, translate("The smallest number is {minimum}, so no value is shown.", minimum=smallest)]
    value = write.indicator_value(indicator, shown["value"])
    lines = [counted, f"**{formula(worked, write)}**", translate("Shown on the pages: {value}", value=value)]
    interval = write.interval(indicator, low=shown["interval_low"], high=shown["interval_high"])
    if interval:
        lines.append(translate("90% interval: {interval}", interval=interval))
    if indicator.goalposts is not None:
        lines.append(_score(indicator, worked.value, indicator.goalposts, write))
    return lines


def _score(indicator: Indicator, value: float, goalposts: tuple[float, float], write: Formatter) -> str:
    low, high = goalposts
    decimals = 2 if indicator.unit is Unit.POINTS else 1
    return write.translate(
        "Score in the index: ({value} − {low}) / ({high} − {low}) × 100 = {score}",
        value=write.number(value, decimals=decimals),
        low=write.number(low),
        high=write.number(high),
        score=write.number(score_in_index(indicator.code, value), decimals=1),
    )


@singledispatch
def formula(worked: object, write: Formatter) -> str:
    """The formula with the numbers put in. Raises TypeError for anything that is no worked example."""
    raise TypeError(f"no worked example: {worked!r} ({write})")


@formula.register
def _share(worked: Share, write: Formatter) -> str:
    return write.translate(
        "{numerator} / {denominator} = {value}%",
        numerator=write.number(worked.numerator),
        denominator=write.number(worked.denominator),
        value=write.number(worked.value, decimals=1),
    )


@formula.register
def _rate(worked: YearlyRate, write: Formatter) -> str:
    numbers = {
        "count": write.number(worked.count),
        "inhabitants": write.number(worked.inhabitants),
        "unit": write.number(PER_INHABITANTS),
        "value": write.number(worked.value, decimals=2),
    }
    months = write.number(worked.months)
    return write.translate("({count} × 12 / {months}) / ({inhabitants} / {unit}) = {value}", months=months, **numbers)


@formula.register
def _total(worked: Total, write: Formatter) -> str:
    return write.translate("Added up: {value}", value=write.number(worked.value))


@formula.register
def _mark(worked: ShrunkMark, write: Formatter) -> str:
    return write.translate(
        "({n_events} × {mean} + {k} × {overall}) / ({n_events} + {k}) = {value}, where {mean} is the mean of the "
        "{n_events} events, {overall} that of the nation and {k} is k",
        n_events=write.number(worked.n),
        mean=write.points(worked.mean),
        k=write.points(worked.k),
        overall=write.points(worked.overall),
        value=write.points(worked.value),
    )


@formula.register
def _median(worked: MiddleValue, write: Formatter) -> str:
    if len(worked.middle) == 1:
        return write.translate("The one in the middle: {value}", value=write.number(worked.value))
    low, high = worked.middle
    return write.translate(
        "The two in the middle: ({low} + {high}) / 2 = {value}",
        low=write.number(low),
        high=write.number(high),
        value=write.number(worked.value, decimals=1),
    )


@formula.register
def _gini(worked: Unevenness, write: Formatter) -> str:
    return write.translate(
        "{differences} / ({partners} × {total}) = {value}",
        differences=write.number(worked.differences),
        partners=write.number(worked.n),
        total=write.number(worked.total),
        value=write.number(worked.value, decimals=2),
    )


def _render_rows(indicator: Indicator, view: View, visit: Visit, write: Formatter) -> None:
    """The newest records behind the value, of as much of the area as the reader sees in full."""
    translate, seen = write.translate, view.book.seen_in_full(visit.actor, view.area)
    if seen is None:
        st.caption(translate("Records are shown to those who see the area in full."))
        return
    if not has_rows(indicator.code):
        st.caption(translate("What single NGOs said and recommended is not listed here."))
        return
    rows = load(
        indicator_rows, code=indicator.code, scope=seen.scope, period=view.period, today=visit.today, limit=ROWS_SHOWN
    )
    if rows.empty:
        st.caption(translate("There is no record of it here that you see in full."))
        return
    whose = translate("your organisation") if visit.actor.role is Role.NGO else seen.name
    title = translate("The newest records behind it: {whose}", whose=whose)
    st.caption(title)
    shown, columns = example_table(
        rows, indicator, view, write=write, is_district=seen.scope.kind is ScopeKind.DISTRICT
    )
    render_table(shown, columns, translate=translate, key=f"example_rows_{indicator.code}", alt=title)


def example_table(
    rows: pd.DataFrame, indicator: Indicator, view: View, *, write: Formatter, is_district: bool
) -> tuple[pd.DataFrame, list[Column]]:
    """Rows of :func:`queries.method_rows.indicator_rows` in words, and the columns that have something to say."""
    translate = write.translate
    shown = rows.assign(
        area=[view.book.name(code) for code in rows["area_code"]],
        direction=[translate(Direction(code).label) if code else "" for code in rows["direction_code"]],
        counts=[translate("Yes") if is_counted else translate("No") for is_counted in rows["is_counted"]],
    )
    is_share = indicator.unit is Unit.PERCENT
    columns = [
        Column("record", translate("Record")),
        Column("area", translate("Area")),
        Column("direction", translate("Direction")),
        Column("day_date", translate("Due") if indicator.code in DUE else translate("Date"), Kind.DATE),
        Column("done_date", translate("Done"), Kind.DATE),
        Column("amount", translate(AMOUNT_LABELS.get(indicator.code, N_("Number"))), Kind.NUMBER),
        Column("counts", translate("In the numerator") if is_share else translate("Counted")),
    ]
    is_empty = {
        "record": not rows["record"].astype(bool).any(),
        "area": is_district,
        "direction": not rows["direction_code"].astype(bool).any(),
        "done_date": rows["done_date"].isna().all(),
        "amount": rows["amount"].isna().all(),
    }
    return shown, [column for column in columns if not is_empty.get(column.key, False)]
