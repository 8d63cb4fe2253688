"""The Meeting page: what is shown where a pack is open, and where none is."""

from __future__ import annotations

import streamlit as st

from components.areas import Area
from components.empty import render_empty
from components.filters import View
from components.format import Formatter
from components.sections.meeting_deciding import render_deciding
from components.sections.meeting_decisions import load_decisions, render_area_decisions, render_earlier_decisions
from components.sections.meeting_figures import render_figures
from components.sections.meeting_pack import OpenedPack, render_pack_heading
from components.sections.meeting_packs import render_packs
from components.sections.meeting_preparing import render_preparing
from components.sections.meeting_ways import render_ways
from components.session import Visit


def render_not_yours(visit: Visit) -> None:
    """That the meetings of an area are for its own leaders, and what to choose instead."""
    translate = visit.translate
    render_empty(
        translate("The meetings of this area are shown to its own leaders"),
        translate("Choose your own area above."),
        icon=":material/lock:",
    )


def render_meetings(area: Area, view: View, visit: Visit, *, write: Formatter) -> None:
    """The next meeting of an area, the packs of those before, and all that they decided."""
    preparing_place, packs_place = st.columns([1, 1], gap="medium")
    with preparing_place:
        render_preparing(area, view, visit, write=write)
    with packs_place:
        render_packs(area, visit, write=write)
    render_area_decisions(area, visit, write=write)


def render_opened(opened: OpenedPack, visit: Visit, *, write: Formatter) -> None:
    """A pack in the order of a meeting: present it, what was decided before, the figures, and what is decided now."""
    render_pack_heading(opened, visit, write=write)
    frame = load_decisions(opened.content.scope, visit)
    # In containers, so that no part moves when one above it grows: a field that moves loses what is being typed.
    with st.container():
        render_ways(frame, opened, visit, write=write)
    with st.container():
        render_earlier_decisions(frame, opened, visit, write=write)
    with st.container():
        render_figures(opened, write=write)
    with st.container():
        render_deciding(frame, opened, visit, write=write)
