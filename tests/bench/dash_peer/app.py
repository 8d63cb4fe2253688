"""The Overview as a plain Dash app: six figures, what needs attention, a map and a ranking, by three selects.

Served by waitress in one process; it draws nothing from the internet. What it asks is kept until the data change.
"""

from __future__ import annotations

import json
import os
from functools import lru_cache
from math import isnan
from threading import Lock
from typing import Any

import pandas as pd
import plotly.express as px
import plotly.io as pio
from dash import Dash, Input, Output, callback, dcc, html
from flask import Response
from plotly.graph_objects import Figure
from sqlalchemy import create_engine, text
from waitress import serve

from components.shell.filters import PeriodCode, period_of
from data.codes import AttentionKind
from data.dates.clock import today
from data.directory import DISTRICT_OUTLINES, area_names
from data.indicators import INDICATORS
from data.language import Language, Translator
from tests.bench.dash_peer.figures import (
    NATION,
    RATIOS,
    area_values,
    attention_counts,
    attention_rows,
    district_sums,
    values,
)

LANGUAGE = Language.UZ_LATN
A_YEAR = 31_536_000
CARD = {"border": "1px solid #ddd", "borderRadius": "6px", "padding": "12px", "flex": "1"}

# The look of plotly itself: Streamlit, which comes with the periods of the page, puts its own in its place.
pio.templates.default = "plotly"
translate, names = Translator(LANGUAGE), area_names(LANGUAGE)
engine = create_engine(os.environ["DATABASE_URL"])
asking = Lock()
app = Dash(__name__, serve_locally=True, title="Hamkor")


def data_version() -> int:
    """Return the version of the data, by which everything asked is kept."""
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT version FROM data_version")).scalar_one())


@lru_cache(maxsize=64)
def kept_sums(period: str, has_year_before: bool, _version: int) -> pd.DataFrame:
    """Return the sums by district of a period's whole months, or of the same months of the year before."""
    day = today()
    months = period_of(PeriodCode(period), day).whole_months(day)
    with engine.connect() as connection:
        return district_sums(connection, months.year_before() if has_year_before else months, day)


def sums(period: str, version: int, *, has_year_before: bool = False) -> pd.DataFrame:
    """Return :func:`kept_sums`; of two callbacks that want the same at once, one asks and the other waits for it."""
    with asking:
        return kept_sums(period, has_year_before, version)


@lru_cache(maxsize=4)
def attention(_version: int) -> pd.DataFrame:
    """Return the counts of what needs attention, by kind and district."""
    with engine.connect() as connection:
        return attention_rows(connection, today())


@lru_cache(maxsize=1)
def turned_outlines() -> bytes:
    """Return the outlines with their rings turned round, or plotly would colour the rest of the world."""
    found = json.loads(DISTRICT_OUTLINES.read_text(encoding="utf-8"))
    for feature in found["features"]:
        geometry = feature["geometry"]
        for polygon in geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]:
            for ring in polygon:
                ring.reverse()
    return json.dumps(found, separators=(",", ":")).encode()


@app.server.get("/districts.geojson")
def outlines() -> Response:
    """Send the outlines once, for the browser to keep, rather than with each figure."""
    return Response(turned_outlines(), headers={"Cache-Control": f"max-age={A_YEAR}"}, mimetype="application/json")


@app.server.get("/world_110m.json")
def no_coasts() -> dict[str, Any]:
    """Return no coasts and borders: plotly asks its own site for those of the world, although none is drawn."""
    return {"type": "Topology", "objects": {}, "arcs": []}


def select(name: str, label: str, options: dict[str, str], value: str) -> html.Div:
    """Return a select with its label."""
    return html.Div([html.Label(label), dcc.Dropdown(options, value, id=name, clearable=False)], style={"width": 320})


def card(code: str, now: float, before: float) -> html.Div:
    """Return a figure and its change on the year before."""
    unit = "" if code == "evaluation_score" else " %"
    shown = "–" if isnan(now) else f"{now:.1f}{unit}"
    change = "" if isnan(now - before) else f"{now - before:+.1f}"
    return html.Div([html.Div(translate(INDICATORS[code].name)), html.H2(shown), html.Small(change)], style=CARD)


@callback(
    Output("figures", "children"),
    Output("attention", "children"),
    Input("area", "value"),
    Input("period", "value"),
)
def show_figures(area: str, period: str) -> tuple[list[html.Div], list[html.Li]]:
    """Return the cards and the list of what needs attention."""
    version = data_version()
    now = area_values(sums(period, version), area)
    before = area_values(sums(period, version, has_year_before=True), area)
    counts = attention_counts(attention(version), area)
    return (
        [card(code, now[code], before[code]) for code in RATIOS],
        [html.Li(f"{translate(AttentionKind(kind).label)}: {number}") for kind, number in counts.items()],
    )


@callback(
    Output("map", "figure"),
    Output("ranking", "figure"),
    Input("area", "value"),
    Input("period", "value"),
    Input("indicator", "value"),
)
def show_places(area: str, period: str, indicator: str) -> tuple[Figure, Figure]:
    """Return the map of the districts of the nation or region, and its regions or districts, worst first."""
    found = sums(period, data_version())
    region = found["region_soato"].get(area, area)
    inside = found if region == NATION else found[found["region_soato"] == region]
    districts = values(inside, None)
    ranked = districts if region != NATION else values(found, "region_soato")
    return draw_map(districts[indicator]), draw_ranking(ranked[indicator].dropna().sort_values(ascending=False))


def draw_map(shown: pd.Series[float]) -> Figure:
    """Return districts coloured by their values."""
    figure = px.choropleth(
        locations=shown.index,
        color=shown,
        geojson="/districts.geojson",
        hover_name=shown.index.map(names),
        projection="mercator",
        color_continuous_scale="Viridis",
    )
    figure.update_geos(fitbounds="locations", visible=False)
    return figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0}, coloraxis_colorbar_title=None)


def draw_ranking(shown: pd.Series[float]) -> Figure:
    """Return areas as bars."""
    figure = px.bar(x=shown.to_numpy(), y=shown.index.map(names), orientation="h", text=shown.round(1).to_numpy())
    return figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0}, xaxis_title=None, yaxis_title=None)


app.layout = html.Div(
    [
        html.H1("Hamkor"),
        html.Div(
            [
                select("area", translate("Area"), {NATION: translate("Uzbekistan"), **names}, NATION),
                select(
                    "period",
                    translate("Period"),
                    {code.value: translate(code.label) for code in PeriodCode},
                    PeriodCode.LAST_12_MONTHS.value,
                ),
            ],
            style={"display": "flex", "gap": 16},
        ),
        html.Ul(id="attention"),
        html.Div(id="figures", style={"display": "flex", "gap": 16}),
        select(
            "indicator",
            translate("Indicator"),
            {code: translate(INDICATORS[code].name) for code in RATIOS},
            "plan_execution",
        ),
        html.Div(
            [
                dcc.Graph(id="map", config={"topojsonURL": "/"}, style={"height": 500, "flex": "3"}),
                dcc.Graph(id="ranking", style={"height": 500, "flex": "2"}),
            ],
            style={"display": "flex", "gap": 16},
        ),
    ],
    style={"fontFamily": "sans-serif", "maxWidth": 1300, "margin": "auto"},
)


if __name__ == "__main__":
    serve(app.server, host="localhost", port=int(os.environ["PORT"]))
