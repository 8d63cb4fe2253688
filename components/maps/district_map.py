"""District map on a page: a persistent frame, and a layer redrawn at each change.

A district that is pressed, or chosen by keyboard, opens its page by a step in the browser's history, as Back and
Forward do; the server hears of it only as of a page that is opened. So Back leads to the map as it was.

The map's frame is made once and survives every change of indicator, period, scope and language, with the reader's zoom.
A change sends only a table of colours and texts; see ``docs/decisions``.
"""

from __future__ import annotations

import folium
import streamlit as st
from jinja2 import Template
from streamlit_folium import st_folium

from components.maps.geometry import frame_files
from components.maps.view import MapLinks

MAP_HEIGHT = 500
CENTRE = (41.4, 64.5)


class DistrictLayer(folium.FeatureGroup):
    """Layer that the browser draws from the outlines it has already loaded."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = hamkor.districtLayer({{ this.view }}, {{ this.links }});"
        "{% endmacro %}"
    )

    def __init__(self, view: str, links: MapLinks) -> None:
        super().__init__(name="districts", control=False)
        self.view, self.links = view, links.script()


class OfflineMap(folium.Map):
    """Map that requests nothing but our own server: Leaflet and the outlines come from ``/assets``."""

    default_js, default_css = frame_files()


def _blank_map() -> OfflineMap:
    return OfflineMap(
        location=CENTRE,
        zoom_start=5,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        keyboard=False,
        zoom_snap=0,
        zoom_delta=0.5,
        max_zoom=11,
        scroll_wheel_zoom=False,
        font_size="13px",
    )


def render_district_map(script: str, links: MapLinks, *, key: str, height: int = MAP_HEIGHT) -> None:
    """Draw the map of a ``layer_script`` at a fixed height; a district leads where ``links`` say."""
    with st.container(height=height, border=False, key=f"{key}_place"):
        st_folium(
            _blank_map(),
            key=key,
            height=height,
            use_container_width=True,
            feature_group_to_add=DistrictLayer(script, links),
            returned_objects=[],
        )
