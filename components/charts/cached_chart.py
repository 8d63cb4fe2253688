"""Charts on a page, built once per content and drawn at every run.

Building a layered chart costs more than the rest of a run, so its finished specification is cached like a database
result: by the version of the data, the reader's rights and choices, and the language.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import altair as alt
import streamlit as st

from components.shell.cache import cached_value, full_cache_key

CACHED_CHARTS = 512
# Altair's own theme fixes widths; Streamlit leaves it out as well, but sets that anew for every chart.
alt.theme.enable("none")


class ChartSpec(NamedTuple):
    """Vega-Lite specification of a chart, and its text alternative."""

    spec: dict[str, Any]
    alt_text: str


@st.cache_data(show_spinner=False, max_entries=CACHED_CHARTS)
def _drawn(_make: Callable[[], tuple[alt.LayerChart, str]], key: str) -> ChartSpec:  # noqa: ARG001 - the cache's key
    chart, alt_text = _make()
    return ChartSpec(chart.to_dict(validate=False), alt_text)


def render_chart(make: Callable[[], tuple[alt.LayerChart, str]], *, key: str, cache_key: object) -> None:
    """Draw the chart that ``make`` returns with its text alternative.

    ``cache_key`` is all that the chart depends on besides the data, the rights and the language. ``make`` runs only on
    a cache miss, so let it also compute what only the chart needs.
    """
    drawn = _drawn(make, full_cache_key(key, cache_key))
    st.vega_lite_chart(drawn.spec, theme=None, key=key, alt=drawn.alt_text, width="stretch")


def render_bars(make: Callable[[], str], *, name: str, cache_key: object) -> None:
    """Show the HTML of :mod:`components.charts.bars` that ``make`` returns, cached as by :func:`render_chart`."""
    st.html(cached_value(make, name=name, cache_key=cache_key))
