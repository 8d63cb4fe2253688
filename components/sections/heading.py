"""The heading of a page and its bar of filters."""

from __future__ import annotations

import streamlit as st

from components.chrome import render_title
from components.empty import render_empty
from components.filters import (
    AREA_KINDS,
    AREA_WIDTH,
    DIRECTION_WIDTH,
    PERIOD_WIDTH,
    View,
    pick_area,
    pick_direction,
    pick_form,
    pick_period,
)
from components.format import Formatter
from components.session import Visit
from data.rights import RIGHTS, Right, ScopeKind

# The space between fields, in pixels.
GAP = 16
IMPORT_COMMAND = "python -m data import FILE.xlsx"


def render_heading(title: str, view: View, visit: Visit, *, write: Formatter, has_direction: bool = True) -> None:
    """The title, and below it which months and, where there is a choice, which direction the figures are about."""
    translate = write.translate
    render_title(title, visit)
    if not has_direction:
        st.caption(write.period(view.period))
        return
    direction = translate(view.direction.label) if view.direction else translate("All directions")
    st.caption(translate("{period} · {direction}", period=write.period(view.period), direction=direction))


def render_filters(view: View, *, has_nation: bool = True, has_form: bool = False) -> None:
    """Area, period, direction and, where asked for, form side by side; on a phone the area stands above the others."""
    kinds = AREA_KINDS if has_nation else (ScopeKind.DISTRICT,)
    with st.container(horizontal=True, key="filters"):
        with st.container(horizontal=True, width=AREA_WIDTH + GAP + PERIOD_WIDTH + GAP + DIRECTION_WIDTH):
            pick_area(view, kinds=kinds, width="stretch")
            with st.container(horizontal=True, width=PERIOD_WIDTH + GAP + DIRECTION_WIDTH):
                pick_period(view)
                pick_direction(view)
        if has_form:
            pick_form(view)


def render_period_filters(view: View) -> None:
    """Area and period, for pages whose figures know no direction."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        pick_area(view)
        pick_period(view)


def render_area_filter(view: View) -> None:
    """The area alone, for pages about today."""
    with st.container(key="filters"):
        pick_area(view)


def render_no_data(visit: Visit) -> None:
    """That nothing was recorded for the choices, and who can change that."""
    translate = visit.translate
    if Right.IMPORT in RIGHTS[visit.actor.role]:
        what_to_do = translate("Choose another area or period, or import a report: {command}", command=IMPORT_COMMAND)
    else:
        what_to_do = translate("Choose another area or period, or ask the administrator to import the reports.")
    render_empty(translate("Nothing is recorded for this area and period"), what_to_do)
