"""District map on a page: a persistent frame, a layer redrawn at each change, and the clicked district.

The map's frame is made once and survives every change of indicator, period, scope and language, with the reader's zoom.
A change sends only a table of colours and texts; see ``docs/decisions``.
"""

from __future__ import annotations

from typing import Any

import folium
import streamlit as st
from jinja2 import Template
from streamlit_folium import st_folium

from components.maps.geometry import frame_files

MAP_HEIGHT = 460
CENTRE = (41.4, 64.5)


class DistrictLayer(folium.FeatureGroup):
    """Layer that the browser draws from the outlines it has already loaded."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = hamkor.districtLayer({{ this.view }});"
        "{% endmacro %}"
    )

    def __init__(self, view: str) -> None:
        super().__init__(name="districts", control=False)
        self.view = view


class OfflineMap(folium.Map):
    """Map that requests nothing but our own server: Leaflet and the outlines come from ``/assets``."""

    default_js, default_css = frame_files()


def _blank_map() -> OfflineMap:
    return OfflineMap(
        location=CENTRE,
        zoom_start=5,
        tiles=None,
        zoom_control=False,
        zoom_snap=0.25,
        zoom_delta=0.5,
        max_zoom=11,
        scroll_wheel_zoom=False,
        font_size="13px",
    )


def render_district_map(script: str, *, key: str, height: int = MAP_HEIGHT) -> str | None:
    """Draw the map of a ``layer_script`` at a fixed height; returns the SOATO code of a clicked district, else None.

    Each click carries a time stamp, and the last one handled is kept in the session, so a click is reported once
    however often the page reruns, and a second click on the same district counts as a new one.
    """
    with st.container(height=height, border=False, key=f"{key}_place"):
        answer: dict[str, Any] = st_folium(
            _blank_map(),
            key=key,
            height=height,
            use_container_width=True,
            feature_group_to_add=DistrictLayer(script),
            returned_objects=["last_active_drawing"],
        )
    return new_click(answer.get("last_active_drawing"), seen_key=f"{key}_answered_click")


def new_click(drawing: dict[str, Any] | None, *, seen_key: str) -> str | None:
    """District of a click that was not handled yet; the session keeps its time stamp under ``seen_key``."""
    properties = (drawing or {}).get("properties") or {}
    moment, soato = properties.get("click"), properties.get("soato")
    if not moment or not soato or moment == st.session_state.get(seen_key):
        return None
    st.session_state[seen_key] = moment
    return str(soato)
