"""Effectiveness: what is the state, how sure are we, what could we do."""

from __future__ import annotations

import streamlit as st

from components.sections.formality import render_formality
from components.sections.index_actions import render_actions
from components.sections.index_by_weights import compute_by_weights
from components.sections.index_certainty import render_certainty, render_funnel
from components.sections.index_state import render_state
from components.sections.memorandum_effect import render_memorandum_effect
from components.sections.tiles import has_data
from components.sections.values import load_values
from components.shell.cache import errors_in_words
from components.shell.filters import current_filters
from components.shell.formatter import Formatter
from components.shell.fragment import open_fragment
from components.shell.page_header import render_heading, render_no_data, render_period_filters
from components.shell.request_context import current_context
from data.policy import Action, require


@st.fragment
def render_by_weights() -> None:
    """What depends on the weights: moving one draws this anew and nothing else."""
    with errors_in_words(current_context().translate):
        chosen, context = open_fragment()
        filters = chosen.of_all_directions
        fmt = Formatter(context.translate)
        compute_by_weights(filters, context)
        render_state(filters, context, fmt=fmt)
        render_certainty(filters, context, fmt=fmt)
        render_actions(filters, context, fmt=fmt)


context, filters = current_context(), current_filters().of_all_directions
translate = context.translate
fmt = Formatter(translate)
require(context.actor, Action.SEE_INDICATORS)

render_heading(
    translate("Effectiveness: {area}", area=filters.area.name), filters, context, fmt=fmt, has_direction=False
)
render_period_filters(filters)
if not has_data(load_values(filters, context, scope=filters.scope, by=filters.scope.kind)):
    render_no_data(context)
render_by_weights()
st.divider()
render_funnel(filters, context, fmt=fmt)
render_memorandum_effect(filters, context, fmt=fmt)
render_formality(filters, context, fmt=fmt)
