"""The map on the page: what goes to the browser, and that nothing comes back."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
import streamlit_folium

from components.maps import district_map
from components.maps.classes import indicator_map
from components.maps.geometry import geometry_script
from components.maps.view import MapLinks, layer_script
from tests.components.samples import ENGLISH, PLAN, area_frame

LINKS = MapLinks(district="/district?period=year", region="?period=year")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the component is given, call by call."""
    calls: list[dict[str, Any]] = []

    def component(**arguments: object) -> dict[str, Any]:
        calls.append(arguments)
        return {}

    monkeypatch.setattr(streamlit_folium, "_component_func", component)
    return calls


def draw(frame: pd.DataFrame, region_soato: str = "", links: MapLinks = LINKS) -> None:
    """Draw the map of an indicator."""
    shown = indicator_map(frame, PLAN, months=12, translate=ENGLISH, region_soato=region_soato)
    district_map.render_district_map(layer_script(shown, translate=ENGLISH), links, key="map")


def test_everything_comes_from_our_own_server(sent: list[dict[str, Any]]) -> None:
    draw(area_frame())
    links = sent[0]["js_links"] + sent[0]["css_links"]
    assert f"/assets/{geometry_script().name}" in links
    assert all(link.startswith("/assets/") for link in links)
    assert "://" not in sent[0]["script"] + sent[0]["header"] + sent[0]["html"]


def test_the_frame_survives_other_values_and_another_region(sent: list[dict[str, Any]]) -> None:
    draw(area_frame())
    draw(area_frame().assign(value=1.0), region_soato="1703")
    assert sent[0]["key"] == sent[1]["key"]
    assert sent[0]["feature_group"] != sent[1]["feature_group"]


def test_a_change_sends_colours_and_no_geometry(sent: list[dict[str, Any]]) -> None:
    nation = pd.concat([area_frame()] * 70, ignore_index=True)
    draw(nation)
    assert len(sent[0]["feature_group"]) < 10_000
    assert "coordinates" not in sent[0]["feature_group"]


def test_nothing_comes_back_to_the_server(sent: list[dict[str, Any]]) -> None:
    draw(area_frame())
    assert sent[0]["returned_objects"] == []


def test_links_that_hold_what_was_typed_cannot_run(sent: list[dict[str, Any]]) -> None:
    draw(area_frame(), links=MapLinks(district="/district?find=</script><b>'&\u2028", region="?"))
    layer = sent[0]["feature_group"]
    assert "</script>" not in layer
    assert "/district?find=\\u003c/script\\u003e\\u003cb\\u003e\\u0027\\u0026\\u2028" in layer
