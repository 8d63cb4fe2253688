"""Overview: how is cooperation going in my area?"""

from __future__ import annotations

import streamlit as st

from components.filters import current_view
from components.format import Formatter
from components.loading import errors_in_words
from components.part import open_part
from components.sections.heading import render_filters, render_heading, render_no_data
from components.sections.overview import (
    render_area_attention,
    render_map,
    render_ranking,
    render_values_table,
)
from components.sections.tiles import has_data, render_area_tiles
from components.sections.values import load_area_figures
from components.session import current_visit
from data.rights import Right, require


@st.fragment
def render_by_indicator() -> None:
    """What shows the chosen indicator, or leads on with it: a change of it draws this anew and nothing else."""
    with errors_in_words(current_visit().translate):
        view, visit = open_part()
        write = Formatter(visit.translate)
        map_place, attention_place = st.columns([3, 2], gap="medium")
        with map_place:
            render_map(view, visit)
        with attention_place:
            render_area_attention(view, visit, write=write)
        render_values_table(view, visit, write=write)
        render_ranking(view, visit)


visit, view = current_visit(), current_view()
translate = visit.translate
write = Formatter(translate)
require(visit.actor, Right.SEE_INDICATORS)

render_heading(translate("Cooperation: {area}", area=view.area.name), view, visit, write=write)
render_filters(view)
figures = load_area_figures(view, visit)
if not has_data(figures.now):
    render_no_data(visit)

render_area_tiles(figures, view, write=write)
render_by_indicator()
