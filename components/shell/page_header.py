"""Heading of a page and its filter bar."""

from __future__ import annotations

import streamlit as st

from components.shell.chrome import render_title
from components.shell.empty_state import render_empty
from components.shell.filters import (
    AREA_KINDS,
    AREA_WIDTH,
    DIRECTION_WIDTH,
    PERIOD_WIDTH,
    Filters,
    pick_area,
    pick_direction,
    pick_form,
    pick_period,
)
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from data.policy import Action, ScopeKind, may

# The space between fields, in pixels.
GAP = 16


def render_heading(
    title: str, filters: Filters, context: RequestContext, *, fmt: Formatter, has_direction: bool = True
) -> None:
    """Draw the title, and below it the months and, where there is a choice, the direction of the figures."""
    translate = fmt.translate
    render_title(title, context)
    if not has_direction:
        st.caption(fmt.period(filters.period))
        return
    direction = translate(filters.direction.label) if filters.direction else translate("All directions")
    st.caption(translate("{period} · {direction}", period=fmt.period(filters.period), direction=direction))


def render_filters(filters: Filters, *, has_nation: bool = True, has_form: bool = False) -> None:
    """Draw area, period, direction and, if wanted, form side by side; on a phone the area is above the others."""
    kinds = AREA_KINDS if has_nation else (ScopeKind.DISTRICT,)
    with st.container(horizontal=True, key="filters"):
        with st.container(horizontal=True, width=AREA_WIDTH + GAP + PERIOD_WIDTH + GAP + DIRECTION_WIDTH):
            pick_area(filters, kinds=kinds, width="stretch")
            with st.container(horizontal=True, width=PERIOD_WIDTH + GAP + DIRECTION_WIDTH):
                pick_period(filters)
                pick_direction(filters)
        if has_form:
            pick_form(filters)


def render_period_filters(filters: Filters) -> None:
    """Draw area and period, for pages whose figures have no direction."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        pick_area(filters)
        pick_period(filters)


def render_area_filter(filters: Filters) -> None:
    """Draw the area alone, for pages about today."""
    with st.container(key="filters"):
        pick_area(filters)


def render_no_data(context: RequestContext) -> None:
    """Draw that nothing was recorded for the filters, and who can change that."""
    translate = context.translate
    if may(context.actor, Action.IMPORT_WORKBOOK):
        what_to_do = translate(
            "Choose another area or period, enter records, or upload a workbook under Administration."
        )
    else:
        what_to_do = translate("Choose another area or period, or ask the administrator to import the reports.")
    render_empty(translate("Nothing is recorded for this area and period"), what_to_do)
