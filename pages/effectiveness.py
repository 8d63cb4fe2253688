"""Effectiveness: what is the state, how sure are we, what could we do."""

from __future__ import annotations

import streamlit as st

from components.filters import current_view
from components.format import Formatter
from components.loading import errors_in_words
from components.part import open_part
from components.sections.formality import render_formality
from components.sections.heading import render_heading, render_no_data, render_period_filters
from components.sections.index_actions import render_actions
from components.sections.index_by_weights import compute_by_weights
from components.sections.index_certainty import render_certainty, render_funnel
from components.sections.index_state import render_state
from components.sections.memorandum_effect import render_memorandum_effect
from components.sections.tiles import has_data
from components.sections.values import load_values
from components.session import current_visit
from data.rights import Right, require


@st.fragment
def render_by_weights() -> None:
    """What depends on the weights: moving one draws this anew and nothing else."""
    with errors_in_words(current_visit().translate):
        chosen, visit = open_part()
        view = chosen.of_all_directions
        write = Formatter(visit.translate)
        compute_by_weights(view, visit)
        render_state(view, visit, write=write)
        render_certainty(view, visit, write=write)
        render_actions(view, visit, write=write)


visit, view = current_visit(), current_view().of_all_directions
translate = visit.translate
write = Formatter(translate)
require(visit.actor, Right.SEE_INDICATORS)

render_heading(translate("Effectiveness: {area}", area=view.area.name), view, visit, write=write, has_direction=False)
render_period_filters(view)
if not has_data(load_values(view, visit, scope=view.scope, by=view.scope.kind)):
    render_no_data(visit)
render_by_weights()
st.divider()
render_funnel(view, visit, write=write)
render_memorandum_effect(view, visit, write=write)
render_formality(view, visit, write=write)
