"""The floor app: what a bare Streamlit page costs. Six metrics, two charts of 200 rows, two selects."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

ROWS = 200

st.set_page_config(layout="wide")
st.title("Floor")
indicator = st.selectbox("Indicator", range(11), key="indicator")
period = st.selectbox("Period", range(6), key="period")
random = np.random.default_rng(indicator * 100 + period)
for column, value in zip(st.columns(6), random.integers(0, 1000, 6), strict=True):
    column.metric("Metric", int(value), int(value) % 7)
for chart in (alt.Chart().mark_line(), alt.Chart().mark_bar()):
    rows = pd.DataFrame({"x": np.arange(ROWS), "y": random.random(ROWS), "group": np.arange(ROWS) % 4})
    st.altair_chart(chart.properties(data=rows).encode(x="x:Q", y="y:Q", color="group:N"))
