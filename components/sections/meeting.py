"""The Meeting page: what is shown where a pack is open, and where none is."""

from __future__ import annotations

import streamlit as st

from components.sections.meeting_deciding import render_deciding
from components.sections.meeting_decisions import load_decisions, render_area_decisions, render_earlier_decisions
from components.sections.meeting_figures import render_figures
from components.sections.meeting_pack import OpenedPack, render_pack_heading
from components.sections.meeting_packs import render_packs
from components.sections.meeting_preparing import render_preparing
from components.sections.meeting_ways import render_ways
from components.shell.areas import Area
from components.shell.empty_state import render_empty
from components.shell.filters import Filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext


def render_not_yours(context: RequestContext) -> None:
    """That the meetings of an area are for its own leaders, and what to choose instead."""
    translate = context.translate
    render_empty(
        translate("The meetings of this area are shown to its own leaders"),
        translate("Choose your own area above."),
        icon=":material/lock:",
    )


def render_meetings(area: Area, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """The next meeting of an area, the packs of those before, and all that they decided."""
    preparing_place, packs_place = st.columns([1, 1], gap="medium")
    with preparing_place:
        render_preparing(area, filters, context, fmt=fmt)
    with packs_place:
        render_packs(area, context, fmt=fmt)
    render_area_decisions(area, context, fmt=fmt)


def render_opened(opened: OpenedPack, context: RequestContext, *, fmt: Formatter) -> None:
    """A pack in the order of a meeting: present it, what was decided before, the figures, and what is decided now."""
    render_pack_heading(opened, context, fmt=fmt)
    frame = load_decisions(opened.content.scope, context)
    # In containers, so that no part moves when one above it grows: a field that moves loses what is being typed.
    with st.container():
        render_ways(frame, opened, context, fmt=fmt)
    with st.container():
        render_earlier_decisions(frame, opened, context, fmt=fmt)
    with st.container():
        render_figures(opened, fmt=fmt)
    with st.container():
        render_deciding(frame, opened, context, fmt=fmt)
