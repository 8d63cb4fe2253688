"""Overview: how is cooperation going in my area?"""

from __future__ import annotations

import streamlit as st

from components.sections.overview import (
    render_area_attention,
    render_map,
    render_ranking,
    render_values_table,
)
from components.sections.tiles import has_data, render_area_tiles
from components.sections.values import load_area_figures
from components.shell.cache import errors_in_words
from components.shell.filters import current_filters
from components.shell.formatter import Formatter
from components.shell.fragment import open_fragment
from components.shell.page_header import render_filters, render_heading, render_no_data
from components.shell.request_context import current_context
from data.policy import Action, require


@st.fragment
def render_by_indicator() -> None:
    """What shows the chosen indicator, or leads on with it: a change of it draws this anew and nothing else."""
    with errors_in_words(current_context().translate):
        filters, context = open_fragment()
        fmt = Formatter(context.translate)
        map_place, attention_place = st.columns([3, 2], gap="medium")
        with map_place:
            render_map(filters, context)
        with attention_place:
            render_area_attention(filters, context, fmt=fmt)
        render_values_table(filters, context, fmt=fmt)
        render_ranking(filters, context)


context, filters = current_context(), current_filters()
translate = context.translate
fmt = Formatter(translate)
require(context.actor, Action.SEE_INDICATORS)

render_heading(translate("Cooperation: {area}", area=filters.area.name), filters, context, fmt=fmt)
render_filters(filters)
figures = load_area_figures(filters, context)
if not has_data(figures.now):
    render_no_data(context)

render_area_tiles(figures, filters, fmt=fmt)
render_by_indicator()
