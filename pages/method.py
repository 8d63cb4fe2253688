"""Method: every indicator from its declaration with a worked example, then the index and the other methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from components.charts.process import process_sentences
from components.effectiveness.state import why_lines
from components.method.indicators import render_indicator, render_rules
from components.method.own_figures import comparison_lines, interval_lines, response_lines
from components.method.parts import PARTS, render_method_parts
from components.method.worked_examples import example_lines, example_table
from components.shell.cache import cached_query
from components.shell.chrome import render_title
from components.shell.filters import Filters, current_filters, pick_area, pick_period
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext, current_context
from components.tables.record_table import record_table
from data.effectiveness.method_version import METHOD_EDITION
from data.indicators import INDICATORS, MONTHLY_CODES, Indicator
from data.indicators.activity import MAHALLA_REACH
from data.indicators.agreement import PLAN_EXECUTION
from data.language import Translator
from data.policy import Action, ScopeKind, may, require
from pages.loaders.effectiveness import load_weighted_index
from pages.loaders.indicators import (
    load_area_figures,
    load_sums,
    load_trend,
    load_values,
    load_verdicts,
    of_indicator,
)
from queries.indicators.records import indicator_rows
from queries.indicators.worked_examples import worked_example

ROWS_SHOWN = 5
TRENDS = (PLAN_EXECUTION.code, MAHALLA_REACH.code)


def render_page() -> None:
    """Draw contents, rules, each indicator with its worked example, then the parts on no single indicator."""
    context, filters = current_context(), current_filters()
    translate, fmt = context.translate, Formatter(context.translate)
    require(context.actor, Action.SEE_METHOD)

    render_title(translate("How the indicators are computed"), context)
    st.caption(
        translate(
            "Version {version} of the method. In brackets stands a fingerprint of the declarations below, which "
            "changes whenever one of them does.",
            version=METHOD_EDITION,
        )
    )
    render_contents(translate)
    render_rules(translate)
    render_example_filters(filters, translate=translate)
    for indicator in INDICATORS.values():
        with st.container(border=True):
            render_indicator(indicator, translate=translate)
            render_example(indicator, filters, context, fmt=fmt)
    render_method_parts(translate, render_own=own_figures(filters.of_all_directions, context, fmt=fmt))
    render_own_index(filters, context, fmt=fmt)


def own_figures(filters: Filters, context: RequestContext, *, fmt: Formatter) -> Mapping[str, Callable[[], None]]:
    """Return what draws, for parts of the method, their figures of the chosen area; computed when opened."""
    scope = filters.scope

    def intervals() -> list[str]:
        return interval_lines(load_values(filters, context, scope=scope, by=scope.kind), fmt=fmt)

    def comparisons() -> list[str]:
        figures = load_area_figures(filters, context, codes=MONTHLY_CODES)
        by = ScopeKind.REGION if scope.kind is ScopeKind.REGION else ScopeKind.DISTRICT
        found = load_verdicts(filters, context, by=by, codes=MONTHLY_CODES)
        own = found[found["area_code"] == scope.code]
        return comparison_lines(figures.now, figures.changes, own, figures.targets, fmt=fmt)

    def trends() -> list[str]:
        points = load_trend(filters, context, scope=scope, codes=MONTHLY_CODES)
        shown = ((code, process_sentences(of_indicator(points, code), INDICATORS[code], fmt=fmt)) for code in TRENDS)
        return [f"{fmt.translate(INDICATORS[code].name)}. {' '.join(sentences)}" for code, sentences in shown]

    def response() -> list[str]:
        return response_lines(load_area_figures(filters, context).now, fmt=fmt)

    makers = {"intervals": intervals, "comparisons": comparisons, "trends": trends, "response": response}
    return {part: partial(render_own_part, part, make, filters, fmt=fmt) for part, make in makers.items()}


def render_own_part(part: str, make: Callable[[], list[str]], filters: Filters, *, fmt: Formatter) -> None:
    """Draw the lines of an area below a part of the method, made when opened."""
    label = fmt.translate("In figures: {area}", area=filters.area.name)
    opened = st.expander(label, icon=":material/calculate:", key=f"own_{part}", on_change="rerun")
    if not opened.open:
        return
    with opened:
        st.caption(fmt.period(filters.period))
        st.markdown("\n".join(f"- {line}" for line in make()))


def render_own_index(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw why the chosen area has its colour, or no place; computed when opened."""
    translate = fmt.translate
    label = translate("Why is my district grey, orange or not ranked? {area}", area=filters.area.name)
    opened = st.expander(label, icon=":material/help:", key="own_index", on_change="rerun")
    if not opened.open:
        return
    with opened:
        if filters.scope.kind is ScopeKind.NATION:
            st.caption(translate("Choose a district or region above: the nation has nobody to be compared with."))
            return
        index = load_weighted_index(filters.of_all_directions, context)
        st.caption(fmt.period(filters.period))
        st.markdown("\n".join(f"- {line}" for line in why_lines(index.own, fmt=fmt)))


def render_contents(translate: Translator) -> None:
    """Draw links to the indicators and to the other parts of the method further down."""
    listed = {code: indicator.name for code, indicator in INDICATORS.items()} | dict(PARTS)
    with st.container(key="contents"):
        st.markdown("\n".join(f"- [{translate(name)}](#{anchor})" for anchor, name in listed.items()))


def render_example_filters(filters: Filters, *, translate: Translator) -> None:
    """Draw area and period of the worked examples."""
    st.subheader(translate("Worked examples"), anchor="examples")
    st.write(
        translate("Choose an area and a period: below each indicator its formula is worked through with their numbers.")
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        pick_area(filters)
        pick_period(filters)


def render_example(indicator: Indicator, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the formula of an indicator with the numbers of the area and period, and records; read when opened."""
    label = fmt.translate("Worked example: {indicator}", indicator=fmt.translate(indicator.name))
    opened = st.expander(label, icon=":material/calculate:", key=f"example_{indicator.code}", on_change="rerun")
    if not opened.open:
        return
    with opened:
        st.caption(f"{filters.area.name}, {fmt.period(filters.period)}")
        undirected = filters.of_all_directions
        worked = worked_example(load_sums(undirected, context), indicator.code, scope=filters.scope)
        values = load_values(undirected, context, scope=filters.scope, by=filters.scope.kind)
        shown = of_indicator(values, indicator.code).to_dict("records")[0]
        lines = example_lines(indicator, worked, shown, fmt=fmt)
        st.markdown("\n".join(f"- {line}" for line in lines))
        render_example_rows(indicator, filters, context, fmt=fmt)


def render_example_rows(indicator: Indicator, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the newest records behind the value, of as much of the area as the reader sees in full."""
    translate, seen = fmt.translate, filters.directory.seen_in_full(context.actor, filters.area)
    if seen is None:
        st.caption(translate("Records are shown to those who see the area in full."))
        return
    if indicator.records is None:
        st.caption(translate("What single NGOs said and recommended is not listed here."))
        return
    rows = cached_query(
        indicator_rows,
        code=indicator.code,
        scope=seen.scope,
        period=filters.period,
        today=context.today,
        limit=ROWS_SHOWN,
    )
    if rows.empty:
        st.caption(translate("There is no record of it here that you see in full."))
        return
    whose = translate("your organisation") if may(context.actor, Action.READ_OWN_EVALUATIONS) else seen.name
    title = translate("Newest source records: {whose}", whose=whose)
    st.caption(title)
    is_district = seen.scope.kind is ScopeKind.DISTRICT
    shown, columns = example_table(rows, indicator, directory=filters.directory, is_district=is_district, fmt=fmt)
    st.html(record_table(shown, columns, fmt=fmt, title=title))


render_page()
