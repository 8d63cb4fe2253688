"""Overview: how is cooperation going in my area?"""

from __future__ import annotations

import streamlit as st

from components.filters import current_view
from components.format import Formatter
from components.sections.heading import render_filters, render_heading, render_no_data
from components.sections.overview import (
    load_district_values,
    render_area_attention,
    render_map,
    render_ranking,
    render_values_table,
)
from components.sections.tiles import has_data, render_area_tiles
from components.sections.values import load_area_figures
from components.session import current_visit
from data.rights import Right, require

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
map_place, attention_place = st.columns([3, 2], gap="medium")
districts = load_district_values(view, visit)
with map_place:
    render_map(districts, view, visit)
with attention_place:
    render_area_attention(view, visit, write=write)
render_values_table(districts, view, visit, write=write)
render_ranking(view, visit)
