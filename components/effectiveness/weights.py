"""Sliders of the index weights; like every other choice they are stored in the URL."""

from __future__ import annotations

import streamlit as st

from components.shell.address import Param, choose
from components.shell.filters import Filters, current_filters
from components.shell.request_context import current_context
from data.effectiveness.index import EQUAL_WEIGHTS, INDEX_METHOD, Pillar
from data.language import Translator

SLIDER_WIDTH = 190


def pick_weights(filters: Filters) -> None:
    """Draw a slider for each pillar, and a button that resets equal weights."""
    context = current_context()
    grid = st.grid(3, min_column_width=SLIDER_WIDTH, gap="small")
    for pillar in Pillar:
        with grid.cell():
            _pick_weight(pillar, filters, context.translate)
    st.button(
        context.translate("Equal weights"),
        key="equal_weights",
        icon=":material/restart_alt:",
        type="tertiary",
        disabled=filters.weights == EQUAL_WEIGHTS,
        on_click=choose,
        args=(Param.WEIGHTS, ""),
    )


def _pick_weight(pillar: Pillar, filters: Filters, translate: Translator) -> None:
    key = f"weight:{pillar}:{translate.language}"
    st.session_state[key] = filters.weights[pillar]
    st.slider(
        translate(pillar.label),
        min_value=0,
        max_value=INDEX_METHOD.heaviest_weight,
        key=key,
        on_change=_take_weight,
        args=(pillar, key, translate),
    )


def _take_weight(pillar: Pillar, key: str, translate: Translator) -> None:
    """Apply the moved weight; if it was the last above zero, nothing changes and the reader is told."""
    try:
        weights = current_filters().weights.replaced(pillar, int(st.session_state[key]))
    except ValueError:
        st.toast(translate("At least one pillar must count."), icon=":material/balance:")
        return
    choose(Param.WEIGHTS, weights.text)
